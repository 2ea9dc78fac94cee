// Disk problems are reported as such, whichever library reports them.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { toOurError } from '../../adapters/dynamodb/vendor-errors.ts';
import {
  isSqliteError,
  onDisk,
  SQLITE_BUSY,
  SQLITE_CORRUPT,
  SQLITE_NOTADB,
  storageErrorOf,
} from '../../local/files/storage-problems.ts';
import { InvalidInputError, StorageError } from '../../shared/core/errors.ts';

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
    ['EFBIG', 'disk_full'],
    ['EACCES', 'unwritable_data'],
    ['EPERM', 'unwritable_data'],
    ['EISDIR', 'unwritable_data'],
    ['ENOTDIR', 'unwritable_data'],
    ['EEXIST', 'unwritable_data'],
    ['ERR_FS_EISDIR', 'unwritable_data'],
    ['EROFS', 'unwritable_data'],
    ['EIO', 'unwritable_data'],
  ])('%s is %s, with the place', (code, expected) => {
    const error = storageErrorOf(withCode(code), '/srv/tocsin/queues.sqlite');

    expect(error).toMatchObject({ code: expected, message: expect.stringContaining('/srv/tocsin') });
  });

  it.each([['ENOENT'], ['ECONNRESET']])('%s is none', (code) => {
    expect(storageErrorOf(withCode(code), '/srv/tocsin/queues.sqlite')).toBeNull();
  });

  it.each([
    ['full', 13, 'disk_full'],
    ['read-only', 8, 'unwritable_data'],
    ['not to be opened', 14, 'unwritable_data'],
    ['a failing disk, with details in the upper bytes', 10 | (1 << 8), 'unwritable_data'],
  ])('of SQLite is recognised by its code: %s', (_, errcode, expected) => {
    const error = Object.assign(new Error('said by SQLite'), { errcode });

    expect(storageErrorOf(error, join(folder, 'queues.sqlite'))?.code).toBe(expected);
  });

  it.each([5, 7, 9, 11, 12, 15, 26])('is none where SQLite answers with the code %d', (errcode) => {
    expect(storageErrorOf(Object.assign(new Error('x'), { errcode }), '/srv/queues.sqlite')).toBeNull();
  });

  it.each([null, undefined, 'text', {}])('is none where %j was thrown', (thrown) => {
    expect(storageErrorOf(thrown, '/srv/queues.sqlite')).toBeNull();
    expect(isSqliteError(thrown, SQLITE_BUSY)).toBe(false);
  });

  it('that is one already stays as it is, and so does any other error of ours or of others', () => {
    const full = new StorageError('disk_full', 'the disk is full');
    const ours = new InvalidInputError('not_found', 'no file');
    const other = new RangeError('a surprise');

    expect(storageErrorOf(full, '/srv/x')).toBe(full);
    for (const error of [full, ours, other])
      expect(() =>
        onDisk('/srv/x', () => {
          throw error;
        }),
      ).toThrow(error);
    expect(onDisk('/srv/x', () => 7)).toBe(7);
  });

  it('keeps what it was made of, and names the file that cannot be written', () => {
    const cause = withCode('EACCES');

    expect(storageErrorOf(cause, '/srv/tocsin/token')).toMatchObject({
      message:
        '/srv/tocsin/token cannot be written: allow this user to write to /srv/tocsin, or choose another folder with --data DIR',
      cause,
    });
  });

  it('of SQLite is compared by its primary code', () => {
    const locked = { errcode: 5 | (1 << 8) };

    expect([SQLITE_BUSY, SQLITE_CORRUPT, SQLITE_NOTADB]).toEqual([5, 11, 26]);
    expect(isSqliteError(locked, SQLITE_BUSY)).toBe(true);
    expect(isSqliteError({ errcode: 6 }, SQLITE_BUSY)).toBe(false);
    expect(isSqliteError({ errcode: 0 }, 0)).toBe(true);
  });

  it('that hides a full disk is told as such: SQLite calls it a failing one', () => {
    const failing = Object.assign(new Error('disk I/O error'), { errcode: 10 | (19 << 8) });

    expect(storageErrorOf(failing, join(folder, 'queues.sqlite'))?.message).toBe(
      `the disk of ${folder} fails (disk I/O error): see the system's log, and replace the disk`,
    );
    // A file system without any free space, on every Linux.
    if (existsSync('/proc/self')) expect(storageErrorOf(failing, '/proc/queues.sqlite')?.code).toBe('disk_full');
  });

  it('is recognised in what the embedded database answers, here and where the table is asked', () => {
    const said =
      'commit failed (backend: database or disk is full) and rollback also failed (backend: cannot rollback)';
    const answered = Object.assign(new Error(said), {
      name: 'InternalServerError',
      $metadata: { httpStatusCode: 500 },
    });

    expect(storageErrorOf(answered, '/srv/tocsin/tocsin.sqlite')).toMatchObject({
      code: 'disk_full',
      message: 'no space left on the disk of /srv/tocsin: free some space',
    });
    expect(toOurError(answered, 'tocsin')).toMatchObject({
      code: 'disk_full',
      message: 'no space left on the disk of the table "tocsin": free some space',
    });
  });

  it('names what is in the way, the file and not its draft', () => {
    const error = Object.assign(withCode('EISDIR'), { path: '/srv/token.new', dest: '/srv/token' });

    expect(storageErrorOf(error, '/srv/other')?.message).toMatch(/^\/srv\/token cannot be used: something else/);
    expect(storageErrorOf(withCode('EISDIR'), '/srv/token')?.message).toMatch(/^\/srv\/token cannot be used/);
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
