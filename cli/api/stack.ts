// The API of a deployment on AWS: its address is an output of the stack, and requests are signed.
import { createHash, createHmac } from 'node:crypto';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { SignatureV4 } from '@smithy/signature-v4';
import { InvalidInputError, ServiceUnavailableError } from '../../shared/core/errors.ts';
import type { CommandIo } from '../command.ts';
import type { SendRequest } from './client.ts';

/** Throws InvalidInputError('unknown_stack') and ServiceUnavailableError. */
export async function stackUrl(
  stack: string,
  region: string | undefined,
  io: CommandIo,
): Promise<{ readonly url: string; readonly region: string }> {
  const cloudFormation = new CloudFormationClient({ ...(region === undefined ? {} : { region }) });
  const found = await cloudFormation.send(new DescribeStacksCommand({ StackName: stack })).catch((cause: unknown) => {
    const { message } = cause as Error;
    if (/does not exist/.test(message))
      throw new InvalidInputError('unknown_stack', `there is no stack "${stack}" in this account and region`);
    throw new ServiceUnavailableError(`cannot look up the stack "${stack}": ${message}`, { cause });
  });
  const url = found.Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'ApiUrl')?.OutputValue;
  if (url === undefined)
    throw new InvalidInputError(
      'unknown_stack',
      `the stack "${stack}" has no output ApiUrl: was it deployed by Tocsin?`,
    );
  // An emulator serves the API at another address than the stack's.
  return { url: io.env['TOCSIN_API_URL'] ?? url, region: await cloudFormation.config.region() };
}

/** `fetch` with Signature Version 4 for execute-api. */
export const signedFetch = (region: string): SendRequest => {
  const signer = new SignatureV4({ service: 'execute-api', region, credentials: defaultProvider(), sha256: Sha256 });
  return async (request) => {
    const url = new URL(request.url);
    const body = request.body === null ? undefined : await request.text();
    const signed = await signer.sign({
      method: request.method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { ...Object.fromEntries(request.headers), host: url.host },
      ...(body === undefined ? {} : { body }),
    });
    return fetch(url, { method: request.method, headers: signed.headers, ...(body === undefined ? {} : { body }) });
  };
};

/** SHA-256 with the interface that the signer expects. */
class Sha256 {
  private readonly hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
