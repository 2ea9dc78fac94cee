// `--stack NAME`: the API of a deployment on AWS. A server of this machine stands for CloudFormation and for the API.
import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stackUrl } from '../../cli/api/stack.ts';
import type { CommandIo } from '../../cli/command.ts';
import { type CommandFolder, commandFolder } from '../support/command-line.ts';
import { type LoopbackWeb, serveWeb } from '../support/loopback.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret-of-this-test' };

let folder: CommandFolder;
let web: LoopbackWeb;
let before: NodeJS.ProcessEnv;
/** What CloudFormation answers to DescribeStacks. */
let cloudFormation: (response: ServerResponse) => void;
let asked: { readonly request: IncomingMessage; readonly body: string }[];

beforeEach(async () => {
  folder = commandFolder();
  asked = [];
  web = await serveWeb(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (body.includes('Action=DescribeStacks')) return cloudFormation(response);
    asked.push({ request, body });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[],"cursor":null,"ended":[]}');
  });
  cloudFormation = stackWith(`<member><OutputKey>ApiUrl</OutputKey><OutputValue>${web.origin}/</OutputValue></member>`);
  before = { ...process.env };
  Object.assign(process.env, KEYS, { AWS_ENDPOINT_URL_CLOUDFORMATION: web.origin, AWS_REGION: 'us-east-1' });
  delete process.env['AWS_SESSION_TOKEN'];
});
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (before[name] === undefined) delete process.env[name];
  Object.assign(process.env, before);
  await web.close();
  folder.remove();
});

const xml = (response: ServerResponse, status: number, body: string): void =>
  void response.writeHead(status, { 'content-type': 'text/xml' }).end(body);

const stackWith =
  (outputs: string) =>
  (response: ServerResponse): void =>
    xml(
      response,
      200,
      `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>prod</StackName><Outputs>${outputs}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    );

const failsWith =
  (status: number, code: string, message: string) =>
  (response: ServerResponse): void =>
    xml(
      response,
      status,
      `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    );

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The signature as AWS documents it for Signature Version 4, worked out from what arrived. */
function expectedSignature({ request, body }: (typeof asked)[number], region: string): string {
  const url = new URL(request.url ?? '', web.origin);
  const names = /SignedHeaders=([^,]+)/.exec(request.headers.authorization ?? '')?.[1]?.split(';') ?? [];
  const query = [...url.searchParams].map((pair) => pair.map(encodeURIComponent).join('=')).sort();
  const canonical = [
    request.method,
    url.pathname,
    query.join('&'),
    ...names.map((name) => `${name}:${String(request.headers[name]).trim()}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
  const time = String(request.headers['x-amz-date']);
  const scope = `${time.slice(0, 8)}/${region}/execute-api/aws4_request`;
  const key = scope
    .split('/')
    .reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${KEYS.AWS_SECRET_ACCESS_KEY}`);
  return hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex');
}

describe('--stack', () => {
  it('asks the API of the stack, signed for the region', async () => {
    const { code, stdout } = await folder.run([
      'matches',
      '--stack',
      'prod',
      '--region',
      'eu-west-1',
      '--topic',
      'a b',
      '--json',
    ]);

    expect({ code, stdout }).toEqual({ code: 0, stdout: '[]\n' });
    expect(asked).toHaveLength(1);
    const [first] = asked;
    const url = new URL(first?.request.url ?? '', web.origin);
    expect([first?.request.method, url.pathname]).toEqual(['GET', '/v1/matches']);
    expect(Object.fromEntries(url.searchParams)).toEqual({ topic: 'a b', limit: '50' });
    expect(first?.request.headers.authorization).toContain('Credential=AKIDEXAMPLE/');
    expect(first?.request.headers.authorization).toContain(`Signature=${expectedSignature(first!, 'eu-west-1')}`);
  });

  it('signs the body of a request too', async () => {
    await folder.run(['subscribe', 'email', 'desk@example.org', '--topic', 'x', '--stack', 'prod', '--json']);

    const [first] = asked;
    expect(first?.request.method).toBe('POST');
    expect(JSON.parse(first?.body ?? '')).toEqual({ channel: 'email', target: 'desk@example.org', topics: ['x'] });
    expect(first?.request.headers['content-type']).toBe('application/json');
    expect(first?.request.headers.authorization).toContain(`Signature=${expectedSignature(first!, 'us-east-1')}`);
  });

  it('prefers TOCSIN_API_URL to the address in the stack', async () => {
    cloudFormation = stackWith(
      '<member><OutputKey>ApiUrl</OutputKey><OutputValue>http://127.0.0.1:9/</OutputValue></member>',
    );

    const { code } = await folder.run(['matches', '--stack', 'prod', '--json'], {
      env: { TOCSIN_API_URL: web.origin },
    });

    expect({ code, requests: asked.length }).toEqual({ code: 0, requests: 1 });
  });

  it.each<[string, () => (response: ServerResponse) => void, number, RegExp]>([
    [
      'does not exist',
      () => failsWith(400, 'ValidationError', 'Stack with id prod does not exist'),
      2,
      /^tocsin: there is no stack "prod" in this account and region\n$/,
    ],
    [
      'has no API',
      () => stackWith('<member><OutputKey>Other</OutputKey><OutputValue>x</OutputValue></member>'),
      2,
      /^tocsin: the stack "prod" has no output ApiUrl/,
    ],
    [
      'may not be looked up',
      () => failsWith(403, 'AccessDenied', 'not authorized to perform cloudformation:DescribeStacks'),
      1,
      /^tocsin: cannot look up the stack "prod": not authorized/,
    ],
  ])('that %s ends the command', async (_what, answer, code, says) => {
    cloudFormation = answer();

    const run = await folder.run(['matches', '--stack', 'prod']);

    expect({ code: run.code, stdout: run.stdout }).toEqual({ code, stdout: '' });
    expect(run.stderr).toMatch(says);
    expect(asked).toEqual([]);
  });

  it('that cannot be looked up keeps what AWS said as the cause', async () => {
    cloudFormation = failsWith(403, 'AccessDenied', 'not authorized');

    const io = { env: {} } as CommandIo;

    await expect(stackUrl('prod', 'us-east-1', io)).rejects.toMatchObject({
      code: 'service_unavailable',
      cause: { name: 'AccessDenied', message: 'not authorized' },
    });
  });

  it('is in the region of the environment unless one is given', async () => {
    const io = { env: {} } as CommandIo;

    expect(await stackUrl('prod', undefined, io)).toEqual({ url: `${web.origin}/`, region: 'us-east-1' });
    expect(await stackUrl('prod', 'eu-west-1', io)).toEqual({ url: `${web.origin}/`, region: 'eu-west-1' });
  });

  it('leaves the alarms to AWS: doctor asks nothing about this machine', async () => {
    await folder.run(['doctor', '--stack', 'prod', '--json']);

    expect(asked.length).toBeGreaterThan(0);
    expect(asked.map(({ request }) => request.url)).not.toContain('/v1/machine');
  });
});
