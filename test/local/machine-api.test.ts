// The API of one machine over its port: the routes that only it has, in one document with the others.
import { tmpdir } from 'node:os';
import { Health } from '../../local/pages/health.ts';
import { MACHINE_ROUTES, withMachineApi } from '../../local/pages/machine-api.ts';
import { startWebServer, type WebServer } from '../../local/pages/web-server.ts';
import { LocalQueues } from '../../local/queues/queues.ts';
import { ROLE_HEADER, ROLES } from '../../shared/api/access.ts';
import { ROUTES } from '../../shared/api/routes.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { someAccess } from '../support/access.ts';
import { anApi, type Json, type Seen } from '../support/api-world.ts';
import { aMachineStatus } from '../support/builders.ts';
import { untrueAnswers } from '../support/openapi-truth.ts';

const TOKEN = 'token-of-this-test';

let queues: LocalQueues;
let server: WebServer;
let backUp: (file: string) => Promise<{ file: string; madeAt: string; bytes: number }>;

beforeEach(async () => {
  queues = new LocalQueues(':memory:');
  backUp = async (file) => ({ file, madeAt: '2026-11-17T08:00:00.000Z', bytes: 10 });
  const health = new Health({ folder: tmpdir(), queues, databaseProcessId: () => null });
  health.report('mail server', 'it refuses the password');
  const nowhere = async (): Promise<Response> => new Response(null, { status: 404 });
  server = await startWebServer({
    port: 0,
    ...someAccess(TOKEN),
    handleApi: withMachineApi(anApi().handle, { queues, health, ...someAccess(TOKEN), backup: (file) => backUp(file) }),
    handlePublic: nowhere,
    handleHealth: nowhere,
    handlePage: async () => null,
    handleSns: nowhere,
  });
});
afterEach(async () => {
  await server.close();
  queues.close();
});

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${TOKEN}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (text === '' ? undefined : text.startsWith('{') ? JSON.parse(text) : {}) as Json,
  };
}

const ROUTES_HERE = [...ROUTES.filter(({ id }) => id !== 'getOpenApi'), ...MACHINE_ROUTES];

it('the document names the routes of this machine with the others, and is true of their answers', async () => {
  const { body: document } = await ask('GET', '/v1/openapi.json');
  const seen: Seen[] = [];
  const see = async (method: string, path: string, body?: unknown) => {
    const answer = await ask(method, path, body);
    seen.push({ method, path, status: answer.status, body: answer.body });
  };
  await see('GET', '/v1/openapi.json');
  await see('GET', '/v1/machine');
  await see('GET', '/v1/dead-letters');
  await see('POST', '/v1/dead-letters/redrive', {});
  await see('POST', '/v1/dead-letters/drop', { ids: [1] });
  await see('POST', '/v1/dead-letters/drop', { ids: [0], all: true });
  await see('POST', '/v1/tokens', { name: 'ana', role: 'read' });
  await see('POST', '/v1/tokens', { name: 'ana', role: 'read' });
  await see('GET', '/v1/tokens');
  await see('DELETE', '/v1/tokens/ana');
  await see('DELETE', '/v1/tokens/ana');
  await see('POST', '/v1/backup', { file: '/tmp/never-written' });
  await see('POST', '/v1/backup', { file: 'relative' });
  backUp = async () => Promise.reject(new InvalidInputError('file_exists', '/x exists already'));
  await see('POST', '/v1/backup', { file: '/x' });

  const { untrue, succeeded } = untrueAnswers(document, ROUTES_HERE, seen);

  const documented = Object.entries(document['paths'] as Record<string, Json>).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(documented.sort()).toEqual(ROUTES_HERE.map(({ method, path }) => `${method} ${path}`).sort());
  expect(untrue).toEqual([]);
  expect(succeeded).toEqual(MACHINE_ROUTES.map(({ id }) => id).sort());
});

it.each([
  ['/v1/dead-letters/drop', { ids: [0, 1.5], all: true }, ['all', 'ids[0]', 'ids[1]']],
  ['/v1/dead-letters/redrive', { ids: [] }, ['ids']],
  ['/v1/backup', { file: 'relative/file' }, ['file']],
  ['/v1/backup', {}, ['file']],
])('problems in what is sent to %s are listed by place', async (path, body, places) => {
  const { status, body: problem } = await ask('POST', path, body);
  const details = (problem['errors'] as { detail: string }[]).map(({ detail }) => detail);

  expect([status, problem['code']]).toEqual([400, 'invalid_body']);
  expect(details.map((detail) => /^[^:]+/.exec(detail)?.[0])).toEqual(places);
});

it('errors here are shown to the owner as they are', async () => {
  backUp = async () => Promise.reject(new RangeError('a surprise'));
  const surprise = await ask('POST', '/v1/backup', { file: '/x' });
  backUp = async () => Promise.reject(new InvalidInputError('file_exists', '/x exists already'));
  const exists = await ask('POST', '/v1/backup', { file: '/x' });

  expect(surprise.body).toMatchObject({
    status: 500,
    code: 'internal',
    detail: 'internal error: RangeError: a surprise',
  });
  expect(exists.body).toMatchObject({
    status: 409,
    code: 'file_exists',
    title: 'File exists',
    detail: '/x exists already',
  });
});

it.each([
  ['an item', { item: { title: 'Ferry late' }, feed: { title: 'Harbour' } }, 'Ferry late — Harbour'],
  ['an item without a title', { item: { title: null }, feed: {} }, 'an item without a title — unknown feed'],
  ['an item of no feed', { item: { title: 'Ferry late' } }, 'Ferry late — unknown feed'],
  ['one feed', { feedIds: ['a'] }, 'a poll of 1 feed'],
  ['nothing known', 'x'.repeat(200), 'x'.repeat(100)],
  ['null', 'null', 'null'],
])('a message that was set aside is described by what it is about: %s', async (_, body, about) => {
  queues.send('polls-dead', [typeof body === 'string' ? body : JSON.stringify(body)]);

  const { body: listed } = await ask('GET', '/v1/dead-letters');

  expect(listed).toEqual({
    count: 1,
    items: [{ id: 1, queue: 'polls', since: expect.stringMatching(/Z$/), reason: null, about }],
  });
});

describe.each(MACHINE_ROUTES)('$method $path', ({ method, path }) => {
  it.each(ROLES)('is open to %s, or refused before anything is read', async (role) => {
    const { access, log } = someAccess(TOKEN);
    const parts = { queues, access, log, health: { machineStatus: () => aMachineStatus() }, backup: backUp };
    const address = `http://localhost${path.replace('{name}', 'nobody')}`;
    const asked = new Request(address, { method, headers: { [ROLE_HEADER]: role } });

    const { status } = await withMachineApi(anApi().handle, parts)(asked);

    const isOpen = method === 'GET' && path !== '/v1/tokens';
    expect(status === 403).toBe(role !== 'admin' && !isOpen);
  });
});

it('what went wrong is said as it is to an admin alone', async () => {
  const { access, log } = someAccess(TOKEN);
  const machineStatus = () => {
    throw new Error('/secret/path');
  };
  const handle = withMachineApi(anApi().handle, { queues, access, log, health: { machineStatus }, backup: backUp });
  const said = async (role: string) =>
    (await handle(new Request('http://localhost/v1/machine', { headers: { [ROLE_HEADER]: role } }))).text();

  expect(await said('admin')).toContain('/secret/path');
  expect(await said('read')).not.toContain('/secret/path');
});

it('the document says what each route of this machine is for, and what may be sent', async () => {
  const { body } = await ask('GET', '/v1/openapi.json');
  const paths = body['paths'] as Record<string, Record<string, { summary?: string; operationId?: string }>>;
  const here = MACHINE_ROUTES.map(({ method, path }) => paths[path]?.[method.toLowerCase()]);

  expect(here.map((each) => each?.operationId)).toEqual([
    'getOpenApi',
    'getMachine',
    'listDeadLetters',
    'redriveDeadLetters',
    'dropDeadLetters',
    'backUp',
    'listTokens',
    'createToken',
    'revokeToken',
  ]);
  for (const each of here) expect(each?.summary).toMatch(/^[A-Z].*\w$/);
  expect(JSON.stringify(paths['/v1/dead-letters/drop'])).toContain('Those with these ids; absent for all');
  expect(JSON.stringify(paths['/v1/backup'])).toContain('Absolute path on this machine');
});

describe('over the port', () => {
  it.each(['/v1/topics', '/v1/dead-letters', '/v1/openapi.json', '/v1/none', '/nowhere'])(
    'HEAD %s has the status, the length and the ETag of GET',
    async (path) => {
      const [get, head] = [await ask('GET', path), await ask('HEAD', path)];

      expect([head.status, head.text]).toEqual([get.status, '']);
      expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(get.text)));
      expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
    },
  );

  it('an answer that the client has already is 304', async () => {
    const etag = (await ask('GET', '/v1/topics')).headers.get('etag') ?? '';

    expect((await ask('GET', '/v1/topics', undefined, { 'if-none-match': etag })).status).toBe(304);
  });

  it.each(['/v1/topics', '/v1/tokens'])('%s without the token names the scheme that would do', async (path) => {
    const { status, headers } = await ask('GET', path, undefined, { authorization: 'Basic eDp5' });

    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="tocsin"']);
  });

  it.each([
    ['GET', '/v1/topics', { authorization: 'Basic eDp5' }, 401, 'Unauthorized'],
    ['GET', '/v1/topics', { origin: 'https://site.example' }, 403, 'Forbidden'],
    ['GET', '/nowhere', {}, 404, 'Not found'],
    ['GET', '/v1/nowhere', {}, 404, 'Not found'],
    ['GET', '/v1/feeds/%ZZ', {}, 400, 'Invalid path'],
    ['DELETE', '/v1/dead-letters', {}, 405, 'Method not allowed'],
  ])('%s %s %j is a problem document with the title of its code', async (method, path, headers, status, title) => {
    const { body, headers: given } = await ask(method, path, undefined, headers);

    expect(body).toMatchObject({ status, title, type: `urn:tocsin:problem:${body['code']}` });
    expect(given.get('content-type')).toBe('application/problem+json');
  });
});
