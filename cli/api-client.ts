// Speaks to the HTTP API: of a running instance on this machine, of a stopped one (its database is opened for the moment), or of a stack on AWS.
import { createHash, createHmac } from 'node:crypto';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { SignatureV4 } from '@smithy/signature-v4';
import { askOrDo } from '../local/data-folder/free-folder.ts';
import { otherVersion, type Runtime } from '../local/data-folder/runtime-file.ts';
import { isProblemCode } from '../shared/core/error-codes.ts';
import { InvalidInputError, ServiceUnavailableError } from '../shared/core/errors.ts';
import { type CommandIo, configFolder, dataFolder } from './command.ts';

/** Where a command's questions go; options every querying command shares. */
export interface Home {
  /** `--stack NAME`: the deployment on AWS; absent: this machine. */
  readonly stack?: string;
  /** `--region`, else the environment's. */
  readonly region?: string;
  /** `--data DIR` of the instance on this machine; absent: see `dataFolder`. */
  readonly data?: string;
}

export const HOME_OPTIONS = {
  stack: { type: 'string' },
  region: { type: 'string' },
  data: { type: 'string' },
} as const;

/** The same in a line of usage. */
export const HOME_USAGE = '[--data DIR | --stack NAME [--region R]]';

export interface ApiClient {
  /** The JSON answered, undefined for no content. Throws InvalidInputError for 4xx, ServiceUnavailableError for 5xx and no answer. */
  call(
    method: string,
    path: string,
    options?: { readonly query?: Record<string, string | undefined>; readonly body?: unknown },
  ): Promise<unknown>;
  close(): Promise<void>;
}

/** The API's refusal, whole: it may have more fields than code, detail and problems. */
export class ApiProblemError extends InvalidInputError {
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(
    code: InvalidInputError['code'],
    detail: string,
    problems: readonly string[],
    problem: Readonly<Record<string, unknown>>,
  ) {
    super(code, detail, problems);
    this.problem = problem;
  }
}

type Send = (request: Request) => Promise<Response>;

export async function connect(home: Home, io: CommandIo): Promise<ApiClient> {
  if (home.stack !== undefined) {
    const { url, region } = await stackUrl(home.stack, home.region, io);
    return client(url, signedFetch(region), async () => {});
  }
  const folder = dataFolder(home.data, io);
  return askOrDo(
    folder,
    async (running) => ofInstance(running, io),
    () => ofFolder(folder, io),
  );
}

function ofInstance(running: Runtime, io: CommandIo): ApiClient {
  const remark = otherVersion(running);
  if (remark !== null) io.stderr(`${remark}\n`);
  return client(
    running.url,
    (request) => {
      request.headers.set('authorization', `Bearer ${running.token}`);
      return fetch(request);
    },
    async () => {},
  );
}

async function ofFolder(folder: string, io: CommandIo): Promise<ApiClient> {
  // Loaded only here: it starts a database.
  const [{ openOffline }, { readSettings }] = await Promise.all([
    import('../local/instance.ts'),
    import('../adapters/files/read-configuration.ts'),
  ]);
  const say = (line: string): void => io.stderr(`${line}\n`);
  const offline = await openOffline(folder, await readSettings(configFolder(io), io.env), say);
  return client('http://127.0.0.1', offline.handleApi, offline.close);
}

function client(base: string, send: Send, close: () => Promise<void>): ApiClient {
  return {
    close,
    call: async (method, path, { query = {}, body } = {}) => {
      const url = new URL(base.replace(/\/$/, '') + path);
      for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
      const request = new Request(url, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      const response = await send(request).catch((cause: unknown) => {
        throw new ServiceUnavailableError(`${url.host} does not answer; is Tocsin running there?`, { cause });
      });
      return answerOf(response, `${method} ${url.pathname}`);
    },
  };
}

async function answerOf(response: Response, asked: string): Promise<unknown> {
  const text = await response.text();
  if (response.ok) return text === '' ? undefined : JSON.parse(text);
  const problem = problemOf(text);
  const told =
    problem?.detail ?? `${asked} was answered with ${response.status}${text === '' ? '' : `: ${text.slice(0, 200)}`}`;
  const detail = inCommandWords(told);
  if (response.status >= 500) throw new ServiceUnavailableError(detail);
  const hint =
    response.status === 403 && problem === null
      ? [`${asked}: IAM refuses; these credentials need execute-api:Invoke on the API`]
      : [];
  // A single fault is in the detail already.
  const faults = faultsOf(problem)
    .map(inCommandWords)
    .filter((fault) => !detail.includes(fault));
  const code = problem !== null && isProblemCode(problem.code) ? problem.code : (`http_${response.status}` as const);
  throw new ApiProblemError(code, detail, [...faults, ...hint], { ...problem });
}

/** What the API says to its callers, reworded for a user who typed a command and sees neither query nor body. */
export const inCommandWords = (text: string): string =>
  text
    .replace(/^the (?:query|body|query and the body) cannot be used(?:: )?(?: \(\d+ problems\))?/, '')
    .replace(/^$/, 'some values cannot be used')
    .replace(/GET \/v1\/(topics|feeds) lists them/, 'tocsin $1 list shows them')
    .replace('send "verify": false', 'add --anyway');

interface ShownProblem {
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly { readonly detail: string }[];
  /** What a deployment of an older version sends. */
  readonly problems?: readonly string[];
}

const faultsOf = (problem: ShownProblem | null): readonly string[] =>
  problem?.errors?.map(({ detail }) => detail) ?? problem?.problems ?? [];

function problemOf(text: string): ShownProblem | null {
  try {
    const value = JSON.parse(text) as { detail?: unknown };
    return typeof value.detail === 'string' ? (value as ShownProblem) : null;
  } catch {
    return null;
  }
}

// ---------------------------------------------------------------- AWS

async function stackUrl(
  stack: string,
  region: string | undefined,
  io: CommandIo,
): Promise<{ url: string; region: string }> {
  const cloudFormation = new CloudFormationClient({ ...(region === undefined ? {} : { region }) });
  const found = await cloudFormation.send(new DescribeStacksCommand({ StackName: stack })).catch((cause: unknown) => {
    const { message } = cause as Error;
    if (/does not exist/.test(message))
      throw new InvalidInputError('unknown_stack', `there is no stack "${stack}" in this account and region`);
    throw new ServiceUnavailableError(`the stack "${stack}" cannot be looked up: ${message}`, { cause });
  });
  const url = found.Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'ApiUrl')?.OutputValue;
  if (url === undefined)
    throw new InvalidInputError('unknown_stack', `the stack "${stack}" has no output ApiUrl: is it a Tocsin?`);
  // An emulator serves the API elsewhere than where the stack says.
  return { url: io.env['TOCSIN_API_URL'] ?? url, region: await cloudFormation.config.region() };
}

/** `fetch` with Signature Version 4 for execute-api. */
const signedFetch = (region: string): Send => {
  const signer = new SignatureV4({ service: 'execute-api', region, credentials: defaultProvider(), sha256: Sha256 });
  return async (request) => {
    const url = new URL(request.url);
    const body = request.body === null ? undefined : await request.text();
    const signed = await signer.sign({
      method: request.method,
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port === '' ? {} : { port: Number(url.port) }),
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { ...Object.fromEntries(request.headers), host: url.host },
      ...(body === undefined ? {} : { body }),
    });
    return fetch(url, { method: request.method, headers: signed.headers, ...(body === undefined ? {} : { body }) });
  };
};

/** SHA-256 in the shape the signer wants. */
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
