// A service that speaks the JSON protocol of DynamoDB and SQS and answers what a test says: for the answers a real one gives rarely.
import type { IncomingMessage } from 'node:http';
import { type LoopbackWeb, serveWeb } from './loopback.ts';

export interface AwsRequest {
  /** `PutItem`, `SendMessageBatch`, … */
  readonly operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into requests of every shape
  readonly body: any;
}

/** `error`: the name of the service's exception; then the status is 400 unless given. */
export interface AwsAnswer {
  readonly status?: number;
  readonly error?: string;
  readonly body?: object;
}

export interface AwsServer extends LoopbackWeb {
  /** In the order they came. */
  readonly asked: readonly AwsRequest[];
}

export async function serveAwsJson(answer: (request: AwsRequest, number: number) => AwsAnswer): Promise<AwsServer> {
  const asked: AwsRequest[] = [];
  const web = await serveWeb(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    const question = { operation, body: JSON.parse(await bodyOf(request)) };
    asked.push(question);
    const { error, status = error === undefined ? 200 : 400, body = {} } = answer(question, asked.length);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(error === undefined ? body : { __type: error, message: 'as the test says', ...body }));
  });
  return { ...web, asked };
}

/** Settings for a client of this server that asks once. */
export const clientSettings = (server: LoopbackWeb) => ({
  endpoint: server.origin,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
