// Disk problems as errors that name the disk: no space, no permission to write. The original messages ("cannot rollback",
// "disk I/O error") send an operator to the wrong place.
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { SAYS_DISK_IS_FULL } from '../../adapters/dynamodb/vendor-errors.ts';
import { StorageError, TocsinError } from '../../shared/core/errors.ts';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
export const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
export const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
export const SQLITE_NOTADB = 26;

/** SQLite maps pieces of 32 KB. */
const LEAST_FREE_BYTES = 64 * 1024;
const NO_SPACE = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const NO_RIGHT = new Set(['EACCES', 'EPERM', 'EROFS']);
/** A folder where a file should be, or the other way round. */
const IN_THE_WAY = new Set(['EISDIR', 'ENOTDIR', 'EEXIST', 'ERR_FS_EISDIR']);

/** The error as a StorageError about the disk of `file`; null when it is about something else. */
export function storageErrorOf(error: unknown, file: string): StorageError | null {
  if (error instanceof StorageError) return error;
  const {
    code = '',
    errcode = 0,
    message = '',
    path = file,
    // Of a file that was to get another name.
    dest = path,
  } = (error ?? {}) as Partial<NodeJS.ErrnoException & { readonly errcode: number; readonly dest: string }>;
  // SQLite keeps details in the upper bytes.
  const primary = errcode & 0xff;
  const folder = dirname(file);
  const saysFull = SAYS_DISK_IS_FULL.test(message);
  const isFailing = code === 'EIO' || primary === SQLITE_IOERR;
  const say = (kind: StorageError['code'], words: string): StorageError =>
    new StorageError(kind, words, { cause: error });
  if (NO_SPACE.has(code) || primary === SQLITE_FULL || saysFull || (isFailing && !hasSpace(folder)))
    return say('disk_full', `no space left on the disk of ${folder}: free some space`);
  if (isFailing)
    return say(
      'unwritable_data',
      `the disk of ${folder} fails (${message}): see the system's log, and replace the disk`,
    );
  if (IN_THE_WAY.has(code))
    return say(
      'unwritable_data',
      `${dest} cannot be used: something else has its name; move it away, or choose another folder with --data DIR`,
    );
  if (NO_RIGHT.has(code) || primary === SQLITE_READONLY || primary === SQLITE_CANTOPEN)
    return say(
      'unwritable_data',
      `${file} cannot be written: allow this user to write to ${folder}, or choose another folder with --data DIR`,
    );
  return null;
}

/** SQLite reports a full disk as a failing one where it maps a file into memory. */
function hasSpace(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= LEAST_FREE_BYTES;
  } catch {
    return true;
  }
}

/** Does work on `file`; disk problems become StorageErrors, other errors pass unchanged. */
export function onDisk<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof TocsinError ? error : (storageErrorOf(error, file) ?? error);
  }
}

/** Whether SQLite answered with this primary result code. */
export const isSqliteError = (error: unknown, code: number): boolean =>
  ((((error ?? {}) as { readonly errcode?: number }).errcode ?? 0) & 0xff) === code;
