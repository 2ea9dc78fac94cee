// Restoring a backup: only the files of a data folder, and nothing that was there is lost.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
