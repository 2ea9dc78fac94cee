// The embedded database over the years: expired records go, and so does a stream that nobody reads again.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type LocalDatabase, localDynamoDb, startDatabase } from '../../local/database/database.ts';
import type { Machine } from '../../local/database/database-engines.ts';
import { deleteExpired } from '../../local/event-sources/expiry.ts';

let folder: string;
let database: LocalDatabase;
const now = new Date('2026-01-05T10:00:00Z');
const epochSeconds = Math.floor(now.getTime() / 1000);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-database-'));
  database = await startDatabase(folder, 'tocsin', { env: process.env });
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true });
});

const put = (id: string, expiresAt?: number) =>
  localDynamoDb(database.endpoint).send(
    new PutItemCommand({
      TableName: 'tocsin',
      Item: {
        pk: { S: id },
        sk: { S: id },
        ...(expiresAt === undefined ? {} : { expiresAt: { N: String(expiresAt) } }),
      },
    }),
  );

describe('the embedded database', () => {
  it('loses what has outlived its time and nothing else', async () => {
    await put('for ever');
    await put('outlived', epochSeconds - 1);
    await put('alive', epochSeconds + 60);

    await deleteExpired(localDynamoDb(database.endpoint), 'tocsin', { now: () => now });

    const { Items = [] } = await localDynamoDb(database.endpoint).send(new ScanCommand({ TableName: 'tocsin' }));
    expect(Items.map(({ pk }) => pk?.S).sort()).toEqual(['alive', 'for ever']);
  });

  it('keeps a day of its stream, and the newest records whatever their age', async () => {
    const file = new DatabaseSync(join(folder, 'tocsin.sqlite'), { timeout: 5_000 });
    const count = (): number => (file.prepare('SELECT COUNT(*) AS n FROM _stream_records').get() as { n: number }).n;
    const copy = `INSERT INTO _stream_records (table_name, event_name, keys_json, sequence_number, shard_id, created_at)
      SELECT table_name, event_name, keys_json, sequence_number, shard_id, 1 FROM _stream_records LIMIT 1`;
    for (let i = 0; i < 1_500; i++) file.exec(copy);
    const before = count();

    database.trim(new Date());
    const after = count();
    file.close();
    await put('written afterwards');

    expect(before).toBeGreaterThan(1_500);
    expect(after).toBeLessThanOrEqual(1_010);
    expect(after).toBeGreaterThanOrEqual(1_000);
  });
});

describe('a database that the environment names', () => {
  it('is used in place of an embedded one, and goes on when Tocsin stops', async () => {
    const place = mkdtempSync(join(tmpdir(), 'tocsin-elsewhere-'));
    const env = { ...process.env, TOCSIN_DYNAMODB_ENDPOINT: database.endpoint };

    const given = await startDatabase(place, 'elsewhere', { env });
    await given.stop();
    const left = readdirSync(place);
    rmSync(place, { recursive: true });

    expect(given).toMatchObject({ endpoint: database.endpoint, engine: `the database at ${database.endpoint}` });
    expect(given.processId()).toBeNull();
    expect(left).toEqual([]);
    const { Items } = await localDynamoDb(database.endpoint).send(new ScanCommand({ TableName: 'elsewhere' }));
    expect(Items).toEqual([]);
  });
});

describe('an embedded database that does not start', () => {
  const SAYS: readonly (readonly [says: string, code: string, words: RegExp])[] = [
    [
      'error: database disk image is malformed',
      'corrupt_data',
      /tocsin\.sqlite cannot be used: dynoxide does not open it/,
    ],
    ['error: disk I/O error', 'unwritable_data', /the disk of .* fails/],
    ['error: database or disk is full', 'disk_full', /no space left on the disk/],
    ['error: unable to open database file', 'unwritable_data', /tocsin\.sqlite cannot be written/],
    ['error: address already in use', 'service_unavailable', /dynoxide\) does not start: .*address already in use/],
  ];

  it.each(SAYS)('and says "%s" is %s: data is called damaged only when it is', async (says, code, words) => {
    const place = mkdtempSync(join(tmpdir(), 'tocsin-engine-'));
    writeFileSync(join(place, 'dynoxide'), `#!/bin/sh\necho '${says}' >&2\nexit 1\n`, { mode: 0o755 });
    writeFileSync(join(place, 'tocsin.sqlite'), '');
    const env = { PATH: place };
    const machine: Machine = {
      platform: 'test-none',
      env,
      packageFolder: () => null,
      install: () => 'no',
      say: () => {},
    };

    const failure = await startDatabase(place, 'tocsin', { env, machine }).catch((error: unknown) => error);
    rmSync(place, { recursive: true });

    expect(failure).toMatchObject({ code, message: expect.stringMatching(words) });
  });
});
