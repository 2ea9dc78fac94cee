// What the command line prints when the API refuses: everything, readable, with the right exit code.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { apiClient, inCommandWords } from '../../cli/api/client.ts';
import { fetchAllPages } from '../../cli/api/pages.ts';
import { lockFolder } from '../../local/data-folder/folder-lock.ts';
import { writeRuntime } from '../../local/data-folder/runtime-file.ts';
import { type CommandFolder, commandFolder } from '../support/command-line.ts';

let folder: CommandFolder;
let server: Server;
let unlock: () => void;
let answered: { readonly status: number; readonly body: string };

beforeEach(async () => {
  folder = commandFolder();
  server = createServer((_request, response) => response.writeHead(answered.status).end(answered.body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const data = join(folder.path, '.tocsin');
  mkdirSync(data);
  writeFileSync(join(data, 'token'), 'token-of-this-test');
  unlock = lockFolder(data);
  writeRuntime(data, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  unlock();
  folder.remove();
});

const two = [{ detail: 'limit: got "0"; expected more' }, { detail: 'topic: is empty' }];

it.each([
  [
    'every problem, one per line',
    400,
    { code: 'invalid_query', detail: 'the query cannot be used (2 problems)', errors: two },
    'tocsin: some values cannot be used\n  limit: got "0"; expected more\n  topic: is empty\n',
    2,
  ],
  [
    'a single problem once',
    400,
    { code: 'invalid_query', detail: 'the query cannot be used: topic: is empty', errors: [two[1]] },
    'tocsin: topic: is empty\n',
    2,
  ],
  [
    'the problems of a deployment of an older version',
    400,
    { code: 'invalid_query', detail: 'the query cannot be used', problems: ['limit: Invalid input'] },
    'tocsin: some values cannot be used\n  limit: Invalid input\n',
    2,
  ],
  [
    'the command that lists the names, instead of the request',
    400,
    { code: 'unknown_topic', detail: 'nothing can be found: no topic "x". GET /v1/topics lists them' },
    'tocsin: nothing can be found: no topic "x". tocsin topics list shows them\n',
    2,
  ],
  [
    'a failure that is not caused by the input, with exit code 1',
    503,
    { code: 'service_unavailable', detail: 'the database does not answer' },
    'tocsin: the database does not answer\n',
    1,
  ],
  [
    'an answer of a proxy that is not a problem document, cut short',
    502,
    'x'.repeat(300),
    `tocsin: GET /v1/matches failed with HTTP 502: "${'x'.repeat(199)}\n`,
    1,
  ],
  [
    'an internal error',
    500,
    { code: 'internal_error', detail: 'internal error: see the log' },
    'tocsin: internal error: see the log\n',
    1,
  ],
  [
    'a token that is refused',
    401,
    { code: 'unauthorized', detail: 'the token is wrong' },
    'tocsin: the token is wrong\n',
    2,
  ],
  [
    'an error with a status alone',
    404,
    { message: 'no route' },
    'tocsin: GET /v1/matches failed with HTTP 404: {"message":"no route"}\n',
    2,
  ],
  [
    'a refusal of the API itself without a word on IAM',
    403,
    { code: 'forbidden', detail: 'not here' },
    'tocsin: not here\n',
    2,
  ],
  [
    'the option that the API knows as a field',
    422,
    { code: 'feed_refused', detail: 'no feed there: send "verify": false to add it' },
    'tocsin: no feed there: add --anyway to add it\n',
    2,
  ],
  [
    'what IAM refuses, with what is needed',
    403,
    { message: 'Forbidden' },
    'tocsin: GET /v1/matches failed with HTTP 403: {"message":"Forbidden"}\n  GET /v1/matches: IAM refuses; these credentials need execute-api:Invoke on the API\n',
    2,
  ],
])('shows %s', async (_what, status, body, words, exit) => {
  answered = { status, body: JSON.stringify(body) };

  const { code, stderr } = await folder.run(['matches']);

  expect({ code, stderr }).toEqual({ code: exit, stderr: words });
});

it('gives the code, the message and the problems as data with --json', async () => {
  answered = {
    status: 400,
    body: JSON.stringify({ code: 'invalid_query', detail: 'the query cannot be used (2 problems)', errors: two }),
  };

  const { code, stdout, stderr } = await folder.run(['matches', '--json']);

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(JSON.parse(stderr)).toEqual({
    code: 'invalid_query',
    message: 'some values cannot be used',
    problems: ['limit: got "0"; expected more', 'topic: is empty'],
  });
});

it('names a code where the answer has none', async () => {
  answered = { status: 418, body: '' };

  const { stderr } = await folder.run(['matches', '--json']);

  expect(JSON.parse(stderr)).toEqual({
    code: 'http_418',
    message: 'GET /v1/matches failed with HTTP 418',
    problems: [],
  });
});

it('says where it got no answer, with exit code 1', async () => {
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));

  const { code, stderr } = await folder.run(['matches']);

  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `tocsin: 127.0.0.1:${port} does not answer; is Tocsin running there?\n`,
  });
});

it('prints the stack of an error that it did not expect, with exit code 1', async () => {
  answered = { status: 200, body: 'not JSON' };

  const { code, stdout, stderr } = await folder.run(['matches']);

  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^tocsin: SyntaxError: .*not valid JSON\n +at /);
});

it('warns of an instance of another version', async () => {
  answered = { status: 200, body: JSON.stringify({ items: [], cursor: null }) };
  writeFileSync(
    join(folder.path, '.tocsin', 'runtime.json'),
    JSON.stringify({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      pid: process.pid,
      version: '0.0.9',
    }),
  );

  const { code, stderr } = await folder.run(['subscriptions', '--json']);

  expect(code).toBe(0);
  expect(stderr).toMatch(/^the running Tocsin is version 0\.0\.9, this command is version /);
});

describe('a request to the API', () => {
  const asked: Request[] = [];
  const client = (answer: () => Response, base = 'http://127.0.0.1:4747') =>
    apiClient(base, async (request) => {
      asked.push(request);
      return answer();
    });
  beforeEach(() => asked.splice(0));

  it('has the method, the path below the base, the query and the body that it was given', async () => {
    const call = client(() => Response.json({ done: true }), 'https://api.example.org/prod/').call;

    expect(await call('PUT', '/v1/topics', { query: { a: 'b c', left: undefined }, body: { x: 1 } })).toEqual({
      done: true,
    });
    expect(asked[0]).toMatchObject({ method: 'PUT', url: 'https://api.example.org/prod/v1/topics?a=b+c' });
    expect(asked[0]?.headers.get('content-type')).toBe('application/json');
    expect(await asked[0]?.json()).toEqual({ x: 1 });
  });

  it('without a body says nothing of its type, and an answer without content is null', async () => {
    expect(await client(() => new Response(null, { status: 204 })).call('DELETE', '/v1/feeds/x')).toBeNull();
    expect(asked[0]?.headers.has('content-type')).toBe(false);
    expect(asked[0]?.body).toBeNull();
  });

  it('says that the command line asks', async () => {
    await client(() => Response.json(null)).call('GET', '/v1/status');

    expect(asked[0]?.headers.get('x-tocsin-caller')).toBe('command line');
  });

  it('that gets no answer names the host, asks whether Tocsin runs, and keeps the cause', async () => {
    const cause = new TypeError('fetch failed');
    const failed = client(() => {
      throw cause;
    }).call('GET', '/v1/status');

    await expect(failed).rejects.toMatchObject({
      code: 'service_unavailable',
      message: '127.0.0.1:4747 does not answer; is Tocsin running there?',
      cause,
    });
  });

  it.each([
    [200, 200],
    [201, 200],
  ])(
    'that is refused without a problem document shows the beginning of what came: of %d signs %d',
    async (length, shown) => {
      const failed = client(() => new Response('x'.repeat(length), { status: 400 })).call('GET', '/v1/x');

      await expect(failed).rejects.toMatchObject({
        message: expect.stringMatching(new RegExp(`^GET /v1/x failed with HTTP 400: x{${shown}}$`)),
      });
    },
  );

  it.each([
    [499, false],
    [500, true],
    [599, true],
  ])('that is answered with %d may be repeated: %s', async (status, retryable) => {
    const failed = client(() => new Response('', { status })).call('GET', '/v1/status');

    await expect(failed).rejects.toMatchObject({
      retryable,
      message: expect.stringContaining(`GET /v1/status failed with HTTP ${status}`),
    });
  });

  it('that is refused keeps every field of the refusal', async () => {
    const problem = { code: 'not_a_code', detail: 'no feed there', kind: 'http', candidates: [] };

    await expect(client(() => Response.json(problem, { status: 422 })).call('POST', '/v1/feeds')).rejects.toMatchObject(
      { code: 'http_422', problem },
    );
  });

  it.each(['null', '"text"', '{"detail":1}', '[]'])(
    'answered with %s, which is no problem document, shows it',
    async (text) => {
      await expect(client(() => new Response(text, { status: 400 })).call('GET', '/v1/x')).rejects.toThrow(
        `GET /v1/x failed with HTTP 400: ${text}`,
      );
    },
  );

  it('for a list is repeated from page to page, with the same query', async () => {
    const pages = [
      { items: [1, 2], cursor: 'next page' },
      { items: [], cursor: 'last' },
      { items: [3], cursor: null },
    ];

    expect(
      await fetchAllPages(
        client(() => Response.json(pages.shift())),
        '/v1/feeds',
        { limit: '2' },
      ),
    ).toEqual([1, 2, 3]);
    expect(asked.map(({ url }) => new URL(url).search)).toEqual([
      '?limit=2',
      '?limit=2&cursor=next+page',
      '?limit=2&cursor=last',
    ]);
  });

  it.each([
    ['the query and the body cannot be used: limit: is empty', 'limit: is empty'],
    ['the body cannot be used (3 faults)', 'some values cannot be used'],
    ['the query cannot be used', 'some values cannot be used'],
    ['GET /v1/feeds lists them', 'tocsin feeds list shows them'],
    ['GET /v1/matches lists them', 'tocsin matches shows them'],
    ['GET /v1/openapi.json lists them', 'GET /v1/openapi.json lists them'],
    ['say: the query cannot be used', 'say: the query cannot be used'],
  ])('is worded for the person who typed a command: %s', (said, words) => {
    expect(inCommandWords(said)).toBe(words);
  });
});
