// Who uses a data folder: one process at a time. The operating system holds the lock, on an SQLite file, and releases it when the process
// ends, however it ends; so a lock that was left behind blocks no one, and it holds between containers that share a folder, where process
// ids mean nothing. In addition, the file `lock` shows people and earlier versions which process it is.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { isSqliteError, onDisk, SQLITE_BUSY, SQLITE_NOTADB } from '../files/storage-problems.ts';
import { writeWhole } from '../files/whole-file.ts';
import { mayRun, processOf } from '../system/processes.ts';

/** Longer than another command takes to see whether the folder is in use. */
const WAIT_MS = 500;
const TRIES = 5;

/** The locks of this process. A lock ends when its connection is collected as garbage, so each is kept here until it is released. */
const locksHeld = new Set<DatabaseSync>();

const lockFile = (folder: string): string => join(folder, 'lock.sqlite');
const noteFile = (folder: string): string => join(folder, 'lock');

/**
 * The outermost folder that had to be made; null when all were there. Throws InvalidInputError('unreadable_file') when it cannot be made, or
 * is a file.
 */
export function makeFolder(folder: string): string | null {
  try {
    // It holds addresses and tokens.
    return mkdirSync(folder, { recursive: true, mode: 0o700 }) ?? null;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'EEXIST' || code === 'ENOTDIR' ? 'a file is in its place' : message;
    throw new InvalidInputError(
      'unreadable_file',
      `the data folder ${folder} cannot be made: ${why}`,
      ['choose another: --data DIR'],
      { cause },
    );
  }
}

/** Returns the function that releases the folder. Throws InvalidInputError('data_in_use') and StorageError. */
export function lockFolder(folder: string): () => void {
  const held = onDisk(lockFile(folder), () => takeLock(folder));
  if (held === null) throw inUse(folder, notedIn(folder)?.pid ?? null);
  const release = (): void => {
    removeLockFile(folder);
    held.close();
    locksHeld.delete(held);
  };
  try {
    const earlier = earlierVersionIn(folder);
    if (earlier !== null) throw inUse(folder, earlier, [`or, if no Tocsin runs there: rm ${noteFile(folder)}`]);
    // The line end shows that the lock of the operating system is held too; versions without such a lock write none.
    writeWhole(noteFile(folder), `${process.pid}\n`);
  } catch (error) {
    release();
    throw error;
  }
  locksHeld.add(held);
  return () => {
    rmSync(noteFile(folder), { force: true });
    release();
  };
}

/** The process that uses the folder; null when none does. */
export function holderOf(folder: string): number | null {
  return isLocked(folder) ? (notedIn(folder)?.pid ?? null) : earlierVersionIn(folder);
}

/** Null when another process has the lock. The file may be removed by its holder while this one waits, so it is looked at again. */
function takeLock(folder: string): DatabaseSync | null {
  const file = lockFile(folder);
  for (let tries = 0; tries < TRIES; tries++) {
    if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
    const before = identityOf(file);
    const database = new DatabaseSync(file, { timeout: WAIT_MS });
    try {
      // It holds nothing, so it needs no journal.
      database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
      if (before !== null && identityOf(file) === before) return database;
    } catch (error) {
      if (isSqliteError(error, SQLITE_NOTADB)) rmSync(file, { force: true });
      else {
        database.close();
        if (isSqliteError(error, SQLITE_BUSY)) return null;
        throw error;
      }
    }
    database.close();
  }
  return null;
}

const identityOf = (file: string): string | null => {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.dev} ${stat.ino}`;
};

function isLocked(folder: string): boolean {
  if (!existsSync(lockFile(folder))) return false;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(lockFile(folder), { readOnly: true });
    database.prepare('SELECT 1 FROM sqlite_master').get();
    return false;
  } catch (error) {
    return isSqliteError(error, SQLITE_BUSY);
  } finally {
    database?.close();
  }
}

/** While it is still locked, so that no other process locks a file that is about to be removed. */
function removeLockFile(folder: string): void {
  try {
    rmSync(lockFile(folder), { force: true });
  } catch {
    // Windows removes no open file. An empty file without a lock is harmless.
  }
}

/** What the note says; null without one that can be read. */
function notedIn(folder: string): { readonly pid: number; readonly isLockedBySystem: boolean } | null {
  const [, pid, end] = /^(\d{1,10})(\n?)$/.exec(textOf(noteFile(folder))) ?? [];
  return pid === undefined ? null : { pid: Number(pid), isLockedBySystem: end === '\n' };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** A running Tocsin from before the lock of the operating system was used. Process ids are used again, so it must look like one. */
function earlierVersionIn(folder: string): number | null {
  const noted = notedIn(folder);
  // In a container the next start often has the very id of the one that was killed.
  if (noted === null || noted.isLockedBySystem || noted.pid === process.pid) return null;
  const found = processOf(noted.pid);
  const isOne = found === null ? mayRun(noted.pid) : /\bcli[\\/]main\.m?[jt]s\b/.test(found.commandLine);
  return isOne ? noted.pid : null;
}

const inUse = (folder: string, pid: number | null, more: readonly string[] = []): InvalidInputError =>
  new InvalidInputError(
    'data_in_use',
    `${folder} is used by another Tocsin${pid === null ? '' : ` (process ${pid})`}`,
    ['stop it first, or give this one a folder of its own: --data DIR', ...more],
  );
