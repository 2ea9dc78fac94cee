// A data folder that cannot be used: a clear message with the remedy, nothing left behind, and a remedy that works.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { restoreBackup, writeBackup } from '../../local/data-folder/backup.ts';
import { writeRuntime } from '../../local/data-folder/runtime-file.ts';
import { damageIn } from '../../local/files/damaged-files.ts';
import { startParts } from '../../local/instance.ts';
import { allProcesses } from '../../local/system/processes.ts';
import { defaultSettings } from '../../shared/model/settings.ts';

const NOW = new Date('2026-11-30T08:00:00Z');

let base: string;
/** A folder that was used once; each test spoils a copy. */
let original: string;
let folder: string;

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'tocsin-unusable-'));
  original = join(base, 'original');
  await start(original);
});
afterAll(() => rmSync(base, { recursive: true }));
beforeEach(() => {
  folder = mkdtempSync(join(base, 'copy-'));
  cpSync(original, folder, { recursive: true });
});

const at = (...names: readonly string[]): string => join(folder, ...names);

async function start(data: string = folder): Promise<void> {
  const parts = await startParts(data, defaultSettings, { env: process.env });
  await parts.stop();
}

/** The error of a start, which leaves neither a process nor a file of a running instance. */
async function refusal(): Promise<{ readonly code: string; readonly message: string }> {
  const error = await start().then(
    () => new Error('the folder was accepted'),
    (thrown: unknown) => thrown,
  );
  expect(allProcesses().filter(({ commandLine }) => commandLine.includes(folder))).toEqual([]);
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.filter(({ name }) => /^lock|\.pid$|\.new$/.test(name))).toEqual([]);
  return error as { code: string; message: string };
}

/** Pages in the middle of a file, as a bad disk may leave them. */
function spoilPages(file: string): void {
  const bytes = readFileSync(at(file));
  bytes.fill(0x5a, 4096 * 2, 4096 * 6);
  writeFileSync(at(file), bytes);
}

function inDatabase(file: string, statement: string): void {
  const database = new DatabaseSync(at(file));
  database.exec(statement);
  database.close();
}

function otherDatabase(file: string): void {
  rmSync(at(file));
  inDatabase(file, 'CREATE TABLE song (title TEXT)');
}

describe.each(['queues.sqlite', 'tocsin.sqlite'])('a %s', (file) => {
  it.each([
    [
      'that is no database',
      () => writeFileSync(at(file), 'this is no database'.repeat(1_000)),
      /file is not a database/,
    ],
    ['that was cut short', () => truncateSync(at(file), 10_000), /malformed|damaged/],
    ['with spoiled pages in its middle', () => spoilPages(file), /malformed|damaged/],
    [
      'of another program',
      () => otherDatabase(file),
      /it has no queues of Tocsin|it is the database of another program/,
    ],
  ])('%s is named and left as it is, and both remedies work', async (_what, spoil, why) => {
    const backup = at('good.backup');
    await writeBackup(folder, backup, NOW);
    spoil();
    const before = readFileSync(at(file));

    const { code, message } = await refusal();

    expect(code).toBe('corrupt_data');
    expect(message).toMatch(new RegExp(`^${at(file)} cannot be used: .*(?:${why.source})`));
    expect(message).toContain('tocsin restore FILE');
    expect(readFileSync(at(file)).equals(before)).toBe(true);
    const [, from = '', to = ''] = /: mv (\S+) (\S+)$/m.exec(message) ?? [];
    renameSync(from, to);
    await start();
    spoil();
    restoreBackup(backup, folder, NOW);
    await start();
  });
});

it('a queue file that was moved aside takes nothing of its old log into the new one', async () => {
  inDatabase('queues.sqlite', 'PRAGMA journal_mode = WAL');
  const killed = new DatabaseSync(at('queues.sqlite'));
  killed.exec("INSERT INTO message (queue, body, sentAt, visibleAt) VALUES ('articles', 'old', 0, 0)");
  const log = readFileSync(at('queues.sqlite-wal'));
  killed.close();
  rmSync(at('queues.sqlite'));
  writeFileSync(at('queues.sqlite-wal'), log);

  await start();

  expect(log.length).toBeGreaterThan(0);
  const database = new DatabaseSync(at('queues.sqlite'));
  expect(database.prepare('SELECT body FROM message').all()).toEqual([]);
  database.close();
});

describe('a database', () => {
  it('whose table is gone is damaged', async () => {
    inDatabase('tocsin.sqlite', 'DROP TABLE tocsin');

    expect(await refusal()).toMatchObject({
      code: 'corrupt_data',
      message: expect.stringContaining('its table is missing'),
    });
  });

  it('that was emptied does not belong to its queue file', async () => {
    inDatabase('tocsin.sqlite', 'DROP TABLE tocsin; DELETE FROM _tables');

    expect(await refusal()).toMatchObject({ code: 'foreign_data' });
  });
});

describe('a name in the data folder', () => {
  it.each(['lock', 'token', 'database.pid', 'queues.sqlite', 'tocsin.sqlite'])(
    '%s that is a folder is reported, and may be moved away',
    async (name) => {
      rmSync(at(name), { force: true });
      mkdirSync(at(name, 'in the way'), { recursive: true });

      const { code, message } = await refusal();

      expect(code).toBe('unwritable_data');
      expect(message).toContain(`${at(name)} cannot be used: something else has its name`);
      renameSync(at(name), at('moved away'));
      await start();
    },
  );

  it('runtime.json that is a folder is reported, and no draft is left next to it', () => {
    mkdirSync(at('runtime.json', 'in the way'), { recursive: true });

    expect(() => writeRuntime(folder, 'http://127.0.0.1:1')).toThrow(
      expect.objectContaining({
        code: 'unwritable_data',
        message: expect.stringContaining(`${at('runtime.json')} cannot`),
      }),
    );
    expect(readdirSync(folder)).not.toContain('runtime.json.new');
  });

  it.each(['lock', 'runtime.json', 'database.pid'])('%s that holds nonsense blocks no one', async (name) => {
    writeFileSync(at(name), 'nonsense');

    await start();
  });

  it('that is the folder’s own is reported when it is a file', async () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a letter');

    await expect(start()).rejects.toMatchObject({
      code: 'unreadable_file',
      message: expect.stringMatching(/cannot be made: a file is in its place\n.*--data DIR/),
    });
  });

  it('that is not there yet is made, with the folders above it', async () => {
    await start(at('a', 'b'));

    expect(readdirSync(at('a', 'b'))).toContain('tocsin.sqlite');
  });
});

describe('damage that is met while Tocsin runs', () => {
  it('of the queue file is named with the remedy', () => {
    spoilPages('queues.sqlite');
    const database = new DatabaseSync(at('queues.sqlite'));
    const found = ((): unknown => {
      try {
        return database.prepare('SELECT * FROM setting').all();
      } catch (error) {
        return error;
      } finally {
        database.close();
      }
    })();

    expect(damageIn(folder, found)?.message).toMatch(/queues\.sqlite cannot be used(.|\n)*tocsin restore FILE/);
  });

  it('of the database is named, wherever it is quoted', () => {
    const line = '{"message":"InternalServerError: backend: database disk image is malformed"}';

    expect(damageIn(folder, line)?.message).toMatch(/tocsin\.sqlite cannot be used: database disk image is malformed/);
  });

  it('is not seen in the words of a feed', () => {
    expect(damageIn(folder, '{"message":"malformed XML in a corrupt feed"}')).toBeNull();
    expect(damageIn(folder, new Error('does not answer'))).toBeNull();
    expect(damageIn(folder, undefined)).toBeNull();
  });
});
