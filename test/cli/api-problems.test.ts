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
