// What the command line prints when the API refuses: everything, readable, with the right exit code.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
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
