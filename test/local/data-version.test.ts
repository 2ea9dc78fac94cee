// Data of another version: an earlier one is upgraded, at once or after a kill in the middle; a later one is refused and stays as it is.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { TABLE } from '../../adapters/dynamodb/table.ts';
import { LocalSns } from '../../local/aws/sns.ts';
import { restoreBackup, writeBackup } from '../../local/data-folder/backup.ts';
import { dataVersionsIn } from '../../local/data-folder/data-files.ts';
import { localDynamoDb, startDatabase } from '../../local/database/database.ts';
import { TABLE_NAME } from '../../local/files/file-names.ts';
import { startParts } from '../../local/instance.ts';
import { LocalQueues } from '../../local/queues/queues.ts';
import { DATA_VERSION } from '../../shared/core/data-version.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { until } from '../support/waiting.ts';

const FIRST = new URL('../fixtures/data-folders/16e15f8/', import.meta.url);
const NEWER = DATA_VERSION + 1;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-version-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);

/** Starts on a folder and stops; returns what the user is shown. */
async function start(data: string = folder): Promise<readonly string[]> {
  const said: string[] = [];
  const parts = await startParts(data, defaultSettings, { env: process.env, say: (line) => said.push(line) });
  await parts.stop();
  return said;
}

function layOutFirst(): void {
  for (const name of ['tocsin.sqlite', 'queues.sqlite'])
    writeFileSync(at(name), gunzipSync(readFileSync(new URL(`${name}.gz`, FIRST))));
}

function inDatabase<T>(file: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(at(file));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const raiseQueues = (): void =>
  inDatabase('queues.sqlite', (database) => database.exec(`PRAGMA user_version = ${NEWER}`));
const raiseTable = (): void =>
  inDatabase('tocsin.sqlite', (database) =>
    database.exec(
      `UPDATE tocsin SET item_json = replace(item_json, '{"N":"${DATA_VERSION}"}', '{"N":"${NEWER}"}') WHERE pk = 'S:DATAVERSION'`,
    ),
  );

const filesOf = (data: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(data, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(data, name), 'base64')]),
  );

describe('a new data folder', () => {
  it('has the present version in both files, and nothing is printed', async () => {
    const said = await start();

    expect(dataVersionsIn(folder)).toEqual([DATA_VERSION, DATA_VERSION]);
    expect(said).toEqual([]);
  });
});

describe('a data folder of an earlier version', () => {
  it('is upgraded once, and the terminal and the log say how to go back', async () => {
    layOutFirst();
    const before = dataVersionsIn(folder);

    const said = [await start(), await start()];

    expect([before, dataVersionsIn(folder)]).toEqual([
      [1, 1],
      [DATA_VERSION, DATA_VERSION],
    ]);
    expect(said).toEqual([
      [expect.stringMatching(`upgrading the data in .+ from version 1 to ${DATA_VERSION};.*only with a backup`)],
      [],
    ]);
    await until(() => readFileSync(at('tocsin.log'), 'utf8').includes(said[0]?.[0] ?? 'nothing'));
  });

  it('keeps the tries of messages that were in work', async () => {
    layOutFirst();
    const queues = new LocalQueues(at('queues.sqlite'));
    queues.releaseAll();

    const received = queues.receive('articles', 10, 1_000);
    queues.close();

    expect(received.map(({ receives }) => receives)).toEqual([1]);
  });

  it('gets the indexes that it lacks', async () => {
    await start();
    const rows = (): unknown =>
      inDatabase('tocsin.sqlite', (database) => database.prepare('SELECT * FROM "tocsin::gsi::listed"').all());
    const before = rows();
    const database = await startDatabase(folder, TABLE_NAME, { env: process.env });
    const client = localDynamoDb(database.endpoint);
    await client.send(
      new UpdateTableCommand({
        TableName: TABLE_NAME,
        GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: TABLE.indexes.listed.name } }],
      }),
    );
    client.destroy();
    await database.stop();
    inDatabase('tocsin.sqlite', (file) => file.exec("DELETE FROM tocsin WHERE pk = 'S:DATAVERSION'"));
    expect(rows).toThrow('no such table');

    await start();

    expect(rows()).toEqual(before);
  });

  it('has mail subscriptions of the local SNS that leave the events of matches to machines', () => {
    layOutFirst();
    const subscription = { arn: 'a', endpoint: 'x', confirmed: true, raw: false, token: 't' };
    const stored = [
      { ...subscription, protocol: 'email', filterPolicy: { topic: ['treaties'] } },
      { ...subscription, protocol: 'email', filterPolicy: {} },
      { ...subscription, protocol: 'https', filterPolicy: {} },
    ];
    inDatabase('queues.sqlite', (database) =>
      database
        .prepare("INSERT OR REPLACE INTO setting (name, value) VALUES ('sns subscriptions', ?)")
        .run(JSON.stringify(stored)),
    );

    const queues = new LocalQueues(at('queues.sqlite'));
    const upgraded = new LocalSns(queues).subscriptions();
    queues.close();

    const policies = [{ type: ['alert'], topic: ['treaties'] }, { type: ['alert'] }, {}];
    expect(upgraded).toEqual(stored.map((each, nth) => ({ ...each, filterPolicy: policies[nth] })));
  });

  it('that was half upgraded is upgraded to the end', async () => {
    layOutFirst();
    new LocalQueues(at('queues.sqlite')).close();

    const said = await start();

    expect(dataVersionsIn(folder)).toEqual([DATA_VERSION, DATA_VERSION]);
    expect(said).toHaveLength(1);
  });

  it('whose upgrade fails keeps its version and all of its rows', () => {
    layOutFirst();
    const rows = (): unknown =>
      inDatabase('queues.sqlite', (database) => database.prepare('SELECT * FROM message').all());
    const before = rows();
    // The last statement of the step cannot be done.
    inDatabase('queues.sqlite', (database) => database.exec('CREATE TABLE message_in_work (id)'));

    expect(() => new LocalQueues(at('queues.sqlite'))).toThrow('message_in_work');
    expect([dataVersionsIn(folder), rows()]).toEqual([[1, 1], before]);
    inDatabase('queues.sqlite', (database) => database.exec('DROP TABLE message_in_work'));
    new LocalQueues(at('queues.sqlite')).close();
    expect(dataVersionsIn(folder)).toEqual([DATA_VERSION, 1]);
  });

  it('written between two versions, with the new columns but without a mark, is upgraded too', async () => {
    await start();
    inDatabase('queues.sqlite', (database) => database.exec('PRAGMA user_version = 0'));
    inDatabase('tocsin.sqlite', (database) => database.exec("DELETE FROM tocsin WHERE pk = 'S:DATAVERSION'"));

    expect(await start()).toHaveLength(1);
    expect(dataVersionsIn(folder)).toEqual([DATA_VERSION, DATA_VERSION]);
  });
});

describe('a data folder of a newer version', () => {
  it.each([
    ['queue file', raiseQueues, 'queues.sqlite'],
    ['table', raiseTable, 'tocsin.sqlite'],
  ])('recognised by its %s, is refused with the remedy and left as it is, to the byte', async (_what, raise, file) => {
    await start();
    raise();
    const before = filesOf(folder);

    await expect(start()).rejects.toMatchObject({
      code: 'newer_data',
      message: expect.stringMatching(
        `${file} was written by a newer Tocsin \\(data version ${NEWER}; this one reads up to ${DATA_VERSION}\\)(.|\\n)*install that version(.|\\n)*restore a backup`,
      ),
    });
    expect(filesOf(folder)).toEqual(before);
  });

  it('is recognised after a kill, when the mark is not in the file itself yet', async () => {
    await start();
    const killed = new DatabaseSync(at('queues.sqlite'));
    killed.exec(`PRAGMA user_version = ${NEWER}`);
    const before = filesOf(folder);

    expect(dataVersionsIn(folder)).toContain(NEWER);
    await expect(start()).rejects.toMatchObject({ code: 'newer_data' });
    const after = filesOf(folder);
    killed.close();

    for (const name of ['queues.sqlite', 'queues.sqlite-wal', 'tocsin.sqlite']) expect(after[name]).toBe(before[name]);
    expect(Object.keys(after)).toEqual(Object.keys(before));
  });
});

it('a look at a folder leaves no file beside those that were there', async () => {
  await start();
  const killed = new DatabaseSync(at('queues.sqlite'));
  killed.exec(`PRAGMA user_version = ${NEWER}`);
  const copy = at('copy');
  mkdirSync(copy);
  for (const name of ['queues.sqlite', 'queues.sqlite-wal', 'tocsin.sqlite']) cpSync(at(name), join(copy, name));
  killed.close();

  const versions = dataVersionsIn(copy);

  expect(versions).toEqual([NEWER, DATA_VERSION]);
  expect(readdirSync(copy).sort()).toEqual(['queues.sqlite', 'queues.sqlite-wal', 'tocsin.sqlite']);
});

describe('a backup', () => {
  const NOW = new Date('2026-11-30T08:00:00Z');

  it('of an earlier version is made without an upgrade, and upgraded at the first start after it is restored', async () => {
    layOutFirst();
    await writeBackup(folder, at('old.backup'), NOW);
    const target = at('restored');

    restoreBackup(at('old.backup'), target, NOW);

    expect([dataVersionsIn(folder), dataVersionsIn(target)]).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(await start(target)).toHaveLength(1);
    expect(dataVersionsIn(target)).toEqual([DATA_VERSION, DATA_VERSION]);
  });

  it('of a newer version is refused, and nothing is restored', async () => {
    await start();
    raiseQueues();
    await writeBackup(folder, at('newer.backup'), NOW);
    const target = at('restored');

    expect(() => restoreBackup(at('newer.backup'), target, NOW)).toThrow(
      expect.objectContaining({ code: 'newer_data', message: expect.stringContaining('newer.backup') }),
    );
    expect(readdirSync(folder)).not.toContain('restored');
  });
});

it('a database file that a killed start left without any table is no data of another version', () => {
  inDatabase('tocsin.sqlite', (database) => database.exec('PRAGMA user_version = 1'));

  expect(readFileSync(at('tocsin.sqlite')).length).toBeGreaterThan(0);
  expect(dataVersionsIn(folder)).toEqual([DATA_VERSION]);
});
