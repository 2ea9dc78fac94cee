// Disk problems are reported as such, whichever library reports them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onDisk, storageErrorOf } from '../../local/storage-problems.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-storage-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const withCode = (code: string): Error => Object.assign(new Error(code), { code });

describe('an error of the disk', () => {
  it.each([
    ['ENOSPC', 'disk_full'],
    ['EDQUOT', 'disk_full'],
    ['EACCES', 'unwritable_data'],
    ['EROFS', 'unwritable_data'],
  ])('%s is %s, with the place', (code, expected) => {
    const error = storageErrorOf(withCode(code), '/srv/tocsin/queues.sqlite');

    expect(error).toMatchObject({ code: expected, message: expect.stringContaining('/srv/tocsin') });
  });

  it.each([['ENOENT'], ['ECONNRESET']])('%s is none', (code) => {
    expect(storageErrorOf(withCode(code), '/srv/tocsin/queues.sqlite')).toBeNull();
  });

  it('of SQLite is recognised when the database is full and when it cannot be opened', () => {
    const file = join(folder, 'full.sqlite');
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE line (text TEXT); PRAGMA max_page_count = 3');
    const fill = (): void => {
      for (let i = 0; i < 100; i++) database.prepare('INSERT INTO line VALUES (?)').run('x'.repeat(1_000));
    };

    expect(() => onDisk(file, fill)).toThrow(expect.objectContaining({ code: 'disk_full' }));
    expect(() => onDisk(folder, () => new DatabaseSync(folder))).toThrow(
      expect.objectContaining({ code: 'unwritable_data' }),
    );
    database.close();
  });
});
