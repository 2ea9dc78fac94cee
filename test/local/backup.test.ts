// Restoring a backup: only the files of a data folder, and nothing that was there is lost.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { restoreBackup, writeBackup } from '../../local/data-folder/backup.ts';
import { refuseUnusable } from '../../local/data-folder/data-files.ts';
import { LocalQueues } from '../../local/queues/queues.ts';

const NOW = new Date('2026-11-17T08:00:00Z');

let base: string;
let original: string;
let target: string;
let file: string;

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'tocsin-backup-'));
  [original = '', target = '', file = ''] = ['original', 'target', 'tocsin.backup'].map((name) => join(base, name));
  for (const folder of [original, target]) mkdirSync(folder);
  inDatabase(join(original, 'tocsin.sqlite'), 'CREATE TABLE _tables (table_name TEXT)');
  new LocalQueues(join(original, 'queues.sqlite')).close();
  writeFileSync(join(original, 'token'), 'token of the backup');
  await writeBackup(original, file, NOW);
});
afterEach(() => rmSync(base, { recursive: true }));

function inDatabase(path: string, statement: string): void {
  const database = new DatabaseSync(path);
  database.exec(statement);
  database.close();
}

/** The files below `base` that this process has open. */
const openFiles = (): string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(base) ? [path] : [];
    } catch {
      return [];
    }
  });
const itWithProc = process.platform === 'linux' ? it : it.skip;

it('says what was written and when, for the owner alone to read', async () => {
  const second = join(base, 'second.backup');

  const summary = await writeBackup(original, second, NOW);

  const { size, mode } = statSync(second);
  expect(summary).toEqual({ file: second, madeAt: NOW.toISOString(), bytes: size });
  expect(mode & 0o777).toBe(0o600);
});

it('the queues go on after the copy, whether it succeeded or not', async () => {
  const calls: string[] = [];
  const pause = (work: () => void) => async () => {
    calls.push('paused');
    work();
    return () => void calls.push('resumed');
  };
  const damage = () => writeFileSync(join(original, 'queues.sqlite'), 'no database '.repeat(100));

  await writeBackup(
    original,
    join(base, 'second.backup'),
    NOW,
    pause(() => {}),
  );
  await expect(writeBackup(original, join(base, 'third.backup'), NOW, pause(damage))).rejects.toThrow();

  expect(calls).toEqual(['paused', 'resumed', 'paused', 'resumed']);
  expect(readdirSync(base).sort()).toEqual(['original', 'second.backup', 'target', 'tocsin.backup']);
});

it('a folder without its queue file is not backed up', async () => {
  rmSync(join(original, 'queues.sqlite'));

  await expect(writeBackup(original, join(base, 'second.backup'), NOW)).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('queues.sqlite is missing'),
  });
  expect(readdirSync(base).sort()).toEqual(['original', 'target', 'tocsin.backup']);
});

describe('a restored backup', () => {
  it('has the files of the original, and no others', () => {
    restoreBackup(file, target, NOW);

    expect(readdirSync(target).sort()).toEqual(['queues.sqlite', 'tocsin.sqlite', 'token']);
  });

  it('keeps the former token under another name', () => {
    writeFileSync(join(target, 'token'), 'former token');

    const { kept } = restoreBackup(file, target, NOW);

    expect(kept).toEqual([join(target, 'token.before-restore-2026-11-17T08-00-00.000Z')]);
    expect(readFileSync(kept[0] ?? '', 'utf8')).toBe('former token');
    expect(readFileSync(join(target, 'token'), 'utf8')).toBe('token of the backup');
  });

  it('leaves the token alone where the backup has none', () => {
    inDatabase(file, "DELETE FROM part WHERE name = 'token'");
    writeFileSync(join(target, 'token'), 'former token');

    restoreBackup(file, target, NOW);

    expect(readFileSync(join(target, 'token'), 'utf8')).toBe('former token');
  });

  it('keeps the journals of the former databases beside them', () => {
    for (const name of ['tocsin.sqlite', 'tocsin.sqlite-wal', 'queues.sqlite-shm'])
      writeFileSync(join(target, name), name);

    const { kept } = restoreBackup(file, target, NOW);

    const stamp = 'before-restore-2026-11-17T08-00-00.000Z';
    expect(kept).toEqual([join(target, `tocsin.sqlite.${stamp}`)]);
    for (const name of ['tocsin.sqlite', 'tocsin.sqlite-wal', 'queues.sqlite-shm'])
      expect(readFileSync(join(target, `${name}.${stamp}`), 'utf8')).toBe(name);
  });

  it('forgets how far its stream was read, which is not how far the copy goes, and no other setting', async () => {
    const settings = (folder: string, work: (queues: LocalQueues) => void): void => {
      const queues = new LocalQueues(join(folder, 'queues.sqlite'));
      work(queues);
      queues.close();
    };
    settings(original, (queues) => {
      queues.setSetting('stream place shard-1', '17');
      queues.setSetting('another', 'kept');
    });
    const second = join(base, 'second.backup');
    await writeBackup(original, second, NOW);

    restoreBackup(second, target, NOW);

    settings(target, (queues) => {
      expect([queues.getSetting('stream place shard-1'), queues.getSetting('another')]).toEqual([null, 'kept']);
    });
  });

  it('has files of any size, which only the owner can read', async () => {
    const large = 'token '.repeat(1_500_000);
    writeFileSync(join(original, 'token'), large);
    const second = join(base, 'second.backup');
    await writeBackup(original, second, NOW);

    restoreBackup(second, target, NOW);

    expect(readFileSync(join(target, 'token'), 'utf8') === large).toBe(true);
    for (const name of readdirSync(target))
      expect([name, statSync(join(target, name)).mode & 0o777]).toEqual([name, 0o600]);
  });

  itWithProc('leaves no file open, nor does one that is refused', () => {
    restoreBackup(file, target, NOW);
    inDatabase(file, "UPDATE manifest SET value = '2' WHERE name = 'tocsin backup'");
    expect(() => restoreBackup(file, target, NOW)).toThrow();

    expect(openFiles()).toEqual([]);
  });

  it.each([
    ["UPDATE manifest SET value = '2' WHERE name = 'tocsin backup'", 'was made by a newer version of Tocsin'],
    ["DELETE FROM manifest WHERE name = 'tocsin backup'", 'is not a backup of Tocsin;'],
    ['DROP TABLE manifest', 'is not a backup of Tocsin, or is damaged;'],
  ])('is refused, and nothing is changed, after %s', (statement, why) => {
    inDatabase(file, statement);

    expect(() => restoreBackup(file, target, NOW)).toThrow(
      expect.objectContaining({ code: 'bad_backup', message: expect.stringContaining(`${file} ${why}`) }),
    );
    expect(readdirSync(target)).toEqual([]);
  });

  it.each([
    ['no file', null, 'not_found', 'there is no file'],
    ['no database', 'a text', 'bad_backup', 'is not a backup of Tocsin, or is damaged'],
  ])('is refused where there is %s', (_what, text, code, words) => {
    const other = join(base, 'other');
    if (text !== null) writeFileSync(other, text);

    expect(() => restoreBackup(other, target, NOW)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(words) }),
    );
  });

  it('is refused with a part that would be a file elsewhere', () => {
    inDatabase(file, "INSERT INTO part VALUES ('../elsewhere', 0, x'00')");

    expect(() => restoreBackup(file, target, NOW)).toThrow(
      expect.objectContaining({ code: 'bad_backup', message: expect.stringContaining('"../elsewhere"') }),
    );
    expect([existsSync(join(base, 'elsewhere')), readdirSync(target)]).toEqual([false, []]);
  });

  it('is noticed when it was cut short, until it has been run again', async () => {
    // What stands in the way of the second file ends it between the two.
    const cutShort = join(target, 'tocsin.sqlite.before-restore-2026-11-17T08-00-00.000Z');
    writeFileSync(join(target, 'tocsin.sqlite'), 'former table');
    mkdirSync(join(cutShort, 'in the way'), { recursive: true });
    expect(() => restoreBackup(file, target, NOW)).toThrow();
    rmSync(cutShort, { recursive: true });

    const refused = { code: 'corrupt_data', message: expect.stringContaining(`tocsin restore ${file}`) };
    expect(() => refuseUnusable(target)).toThrow(expect.objectContaining(refused));
    await expect(writeBackup(target, join(base, 'second.backup'), NOW)).rejects.toMatchObject(refused);
    restoreBackup(file, target, NOW);
    expect(() => refuseUnusable(target)).not.toThrow();
  });

  it('is refused when a byte of what it holds has changed', () => {
    inDatabase(file, "UPDATE part SET bytes = CAST('Token of the backup' AS BLOB) WHERE name = 'token'");

    expect(() => restoreBackup(file, target, NOW)).toThrow(
      expect.objectContaining({ code: 'bad_backup', message: expect.stringContaining('token was changed') }),
    );
    expect(readdirSync(target)).toEqual([]);
  });

  it('of a version without digests is taken as it is', () => {
    inDatabase(file, "DELETE FROM manifest WHERE name LIKE 'sha256%'");

    restoreBackup(file, target, NOW);

    expect(readFileSync(join(target, 'token'), 'utf8')).toBe('token of the backup');
  });

  it('takes nothing from the drafts of one that was killed', () => {
    for (const end of ['', '-wal', '-shm']) writeFileSync(join(target, `queues.sqlite.restored${end}`), 'left over');

    restoreBackup(file, target, NOW);

    expect(readdirSync(target).sort()).toEqual(['queues.sqlite', 'tocsin.sqlite', 'token']);
    expect(() => refuseUnusable(target)).not.toThrow();
  });

  it('leaves no drafts behind when it fails', () => {
    inDatabase(file, "UPDATE part SET bytes = x'00' WHERE name = 'queues.sqlite'");

    expect(() => restoreBackup(file, target, NOW)).toThrow();
    expect(readdirSync(target)).toEqual([]);
  });
});
