// Disk problems as errors that name the disk: no space, no permission to write. The original messages ("cannot rollback",
// "disk I/O error") send an operator to the wrong place.
import { dirname } from 'node:path';
import { StorageError, TocsinError } from '../shared/errors.ts';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
export const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
export const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
export const SQLITE_NOTADB = 26;

const NO_SPACE = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const NO_RIGHT = new Set(['EACCES', 'EPERM', 'EROFS']);

/** The error as a StorageError about the disk of `file`; null when it is about something else. */
export function storageErrorOf(error: unknown, file: string): StorageError | null {
  if (error instanceof StorageError) return error;
  const { code = '', errcode = 0 } = (error ?? {}) as { readonly code?: string; readonly errcode?: number };
  // SQLite keeps details in the upper bytes.
  const primary = errcode & 0xff;
  if (NO_SPACE.has(code) || primary === SQLITE_FULL) {
    return new StorageError(
      'disk_full',
      `no space left on the disk of ${dirname(file)}: free some space, then start again`,
      {
        cause: error,
      },
    );
  }
  if (NO_RIGHT.has(code) || primary === SQLITE_READONLY || primary === SQLITE_CANTOPEN) {
    return new StorageError(
      'unwritable_data',
      `${file} cannot be written: allow this user to write to ${dirname(file)}, or choose another folder with --data DIR`,
      { cause: error },
    );
  }
  return null;
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
  (((error as { readonly errcode?: number }).errcode ?? 0) & 0xff) === code;
