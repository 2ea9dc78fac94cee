// Which table and which queue file belong together. A server of this machine answers as the table does.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type FileBefore, fileBefore, joinInstallation } from '../../local/data-folder/installation.ts';
import { LocalQueues } from '../../local/queues/queues.ts';
import { type AwsServer, clientSettings, serveAwsJson } from '../support/aws-json-server.ts';

let server: AwsServer;
let client: DynamoDBClient;
let queues: LocalQueues;
let idOfTable: string | null;

beforeEach(async () => {
  idOfTable = null;
  server = await serveAwsJson(({ operation }) =>
    operation === 'GetItem' && idOfTable !== null ? { body: { Item: { id: { S: idOfTable } } } } : {},
  );
  client = new DynamoDBClient(clientSettings(server));
  queues = new LocalQueues(':memory:');
});
afterEach(async () => {
  client.destroy();
  await server.close();
  queues.close();
});

interface Found {
  readonly ofTable: string | null;
  readonly ofQueues: string | null;
  readonly table: FileBefore | null;
  readonly queueFile: FileBefore;
}

async function joined({ ofTable, ofQueues, table, queueFile }: Found): Promise<unknown> {
  idOfTable = ofTable;
  if (ofQueues !== null) queues.setSetting('installation', ofQueues);
  for (const name of ['stream place shard', 'outbox subscribed', 'sample feed id', 'settled clock'])
    queues.setSetting(name, 'x');
  return joinInstallation(client, 'tocsin', queues, { folder: '/srv/data', table, queues: queueFile });
}

const known = (): readonly string[] =>
  ['stream place shard', 'outbox subscribed', 'sample feed id', 'settled clock'].filter(
    (name) => queues.getSetting(name) !== null,
  );

it.each<[string, Found, 'same' | 'new table']>([
  ['of one installation', { ofTable: 'a', ofQueues: 'a', table: 'present', queueFile: 'present' }, 'same'],
  ['both new', { ofTable: null, ofQueues: null, table: 'missing', queueFile: 'missing' }, 'same'],
  [
    'of an earlier version without ids',
    { ofTable: null, ofQueues: null, table: 'present', queueFile: 'present' },
    'same',
  ],
  ['a table and a new queue file', { ofTable: 'a', ofQueues: null, table: 'present', queueFile: 'missing' }, 'same'],
  [
    'queues whose table was moved aside',
    { ofTable: null, ofQueues: 'a', table: 'missing', queueFile: 'present' },
    'new table',
  ],
  [
    'queues without an id whose table is missing',
    { ofTable: null, ofQueues: null, table: 'missing', queueFile: 'present' },
    'new table',
  ],
  [
    'queues with a new table elsewhere',
    { ofTable: null, ofQueues: 'a', table: null, queueFile: 'present' },
    'new table',
  ],
  [
    'queues without an id and a table elsewhere',
    { ofTable: null, ofQueues: null, table: null, queueFile: 'present' },
    'same',
  ],
  ['new queues and a table elsewhere', { ofTable: 'a', ofQueues: null, table: null, queueFile: 'missing' }, 'same'],
])('%s are joined', async (_, found, result) => {
  const isMarked = found.ofTable !== null && found.ofQueues !== null;

  expect(await joined(found)).toBe(result);
  expect(known()).toEqual(
    result === 'same'
      ? ['stream place shard', 'outbox subscribed', 'sample feed id', 'settled clock']
      : ['settled clock'],
  );
  const id = queues.getSetting('installation');
  if (found.ofTable !== null || found.ofQueues !== null) expect(id).toBe(found.ofTable ?? found.ofQueues);
  expect(id).toMatch(/^(?:a|[0-9a-f-]{36})$/);
  const key = { pk: { S: 'INSTALLATION' }, sk: { S: 'INSTALLATION' } };
  expect(server.asked.map(({ operation }) => operation)).toEqual(isMarked ? ['GetItem'] : ['GetItem', 'PutItem']);
  expect(server.asked[0]?.body).toEqual({ TableName: 'tocsin', Key: key, ConsistentRead: true });
  if (!isMarked)
    expect(server.asked[1]?.body).toEqual({
      TableName: 'tocsin',
      Item: { ...key, type: { S: 'installation' }, id: { S: id } },
    });
});

it.each<[string, Found, string, string]>([
  [
    'of two installations',
    { ofTable: 'a', ofQueues: 'b', table: 'present', queueFile: 'present' },
    'belong to two different installations',
    'tocsin.sqlite',
  ],
  [
    'with an emptied database',
    { ofTable: null, ofQueues: 'a', table: 'empty', queueFile: 'present' },
    'do not belong together: the database file is empty',
    'tocsin.sqlite',
  ],
  [
    'with an emptied queue file',
    { ofTable: 'a', ofQueues: null, table: 'present', queueFile: 'empty' },
    'do not belong together: the queue file is empty',
    'queues.sqlite',
  ],
  [
    'with a database that has no id',
    { ofTable: null, ofQueues: 'a', table: 'present', queueFile: 'present' },
    'do not belong together: the database has no installation id',
    'tocsin.sqlite',
  ],
])('files %s are refused, with what to do, and nothing is changed', async (_, found, why, file) => {
  const refused = joined(found);

  await expect(refused).rejects.toMatchObject({
    code: 'foreign_data',
    message: expect.stringContaining(`the two data files in /srv/data ${why}`),
    problems: [
      'restore both files from the same copy: tocsin restore FILE',
      expect.stringMatching(new RegExp(`mv /srv/data/${file} /srv/data/${file}\\.broken$`)),
      expect.stringMatching(
        file === 'queues.sqlite' ? /matches and subscriptions stay$/ : /create the subscriptions again$/,
      ),
    ],
  });
  expect(server.asked.map(({ operation }) => operation)).toEqual(['GetItem']);
  expect(known()).toHaveLength(4);
});

it('a file is missing, empty or present', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-before-'));
  writeFileSync(join(folder, 'empty'), '');
  writeFileSync(join(folder, 'present'), 'x');

  const states = ['missing', 'empty', 'present'].map((name) => fileBefore(join(folder, name)));
  rmSync(folder, { recursive: true });

  expect(states).toEqual(['missing', 'empty', 'present']);
});
