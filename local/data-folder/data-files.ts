// Checks the data files before anything opens them for writing: a folder that this Tocsin must not use stays unchanged, to the byte.
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { DATA_VERSION_KEY } from '../../adapters/dynamodb/keys.ts';
import { DATA_VERSION, newerData } from '../../shared/core/data-version.ts';
import { InvalidInputError, TocsinError } from '../../shared/core/errors.ts';
import { damagedFile, isDamage } from '../files/damaged-files.ts';
import { DYNOXIDE_FILE, QUEUES_FILE, RESTORE_MARK, TABLE_NAME } from '../files/file-names.ts';
import { storageErrorOf } from '../files/storage-problems.ts';
import { queueFileVersion } from '../queues/queue-file.ts';

/** A check reads the whole file: some 0.2 s for 400 MB that the system has in memory, a second or more from a disk. */
const LARGEST_CHECKED_BYTES = 1024 * 1024 * 1024;

/** How the version of each data file is read. DynamoDB Local's file is not read: the queue file beside it has the same version. */
const FILES: Readonly<Record<string, (database: DatabaseSync, file: string) => number>> = {
  [QUEUES_FILE]: queueFileVersion,
  [DYNOXIDE_FILE]: tableVersion,
};

/** The versions of the data files that are there and not empty. Throws InvalidInputError('corrupt_data'). */
export const dataVersionsIn = (folder: string): readonly number[] =>
  present(folder).map(({ file, version }) => look(file, version));

/**
 * Throws InvalidInputError('newer_data') or ('corrupt_data') for a folder that must not be used; nothing in it was changed. A file too
 * large to be checked at each start is reported when the damage is met.
 */
export function refuseUnusable(folder: string): void {
  refuseHalfRestored(folder);
  for (const { file, version } of present(folder)) {
    const found = look(file, version);
    if (found > DATA_VERSION) throw newerData(file, found);
  }
  for (const { file } of present(folder)) if (statSync(file).size <= LARGEST_CHECKED_BYTES) look(file, check);
}

/** Throws InvalidInputError('corrupt_data') when some files are of a backup and others are not. */
export function refuseHalfRestored(folder: string): void {
  const mark = join(folder, RESTORE_MARK);
  if (!existsSync(mark)) return;
  const backup = readFileSync(mark, 'utf8');
  throw new InvalidInputError(
    'corrupt_data',
    `${folder} is only partly restored: the restore of ${backup} was interrupted`,
    [`run it again: tocsin restore ${backup}`],
  );
}

const present = (folder: string) =>
  Object.entries(FILES)
    .map(([name, version]) => ({ file: join(folder, name), version }))
    .filter(({ file }) => existsSync(file) && isFile(file) && statSync(file).size > 0);

/** Throws StorageError for a folder with the name of a data file. */
function isFile(file: string): boolean {
  if (statSync(file).isFile()) return true;
  throw storageErrorOf({ code: 'EISDIR' }, file);
}

function check(database: DatabaseSync, file: string): void {
  const { quick_check: found } = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
  if (found !== 'ok') throw damagedFile(file, `it is damaged (${found.split('\n').at(-1)})`);
}

/** Of the file of dynoxide, which keeps the records of a table under their keys as JSON. */
function tableVersion(database: DatabaseSync, file: string): number {
  const tables = (
    database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[]
  ).map(({ name }) => name);
  if (tables.length > 0 && !tables.includes('_tables'))
    throw damagedFile(file, 'it is the database of another program');
  // A start that was killed may have left a file without any table; there is nothing in it to upgrade.
  if (!tables.includes(TABLE_NAME)) {
    if (tables.includes('_tables') && isListed(database)) throw damagedFile(file, 'its table is missing');
    return DATA_VERSION;
  }
  const mark = database
    .prepare(`SELECT item_json AS json FROM "${TABLE_NAME}" WHERE pk = ? AND sk = ?`)
    .get(`S:${DATA_VERSION_KEY.pk}`, `S:${DATA_VERSION_KEY.sk}`) as { json: string } | undefined;
  return mark === undefined ? 1 : Number((JSON.parse(mark.json) as { version: { N: string } }).version.N);
}

const isListed = (database: DatabaseSync): boolean =>
  database.prepare('SELECT 1 FROM _tables WHERE table_name = ?').get(TABLE_NAME) !== undefined;

/** Reads a file, and leaves no file beside it that was not there. */
function look<T>(file: string, read: (database: DatabaseSync, file: string) => T): T {
  const isAlone = !existsSync(`${file}-wal`);
  const url = pathToFileURL(file);
  // Otherwise SQLite makes files for those who write at the same time.
  if (isAlone) url.searchParams.set('immutable', '1');
  const hadIndex = existsSync(`${file}-shm`);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(url, { readOnly: true, timeout: 5_000 });
    return read(database, file);
  } catch (error) {
    if (error instanceof TocsinError) throw error;
    throw isDamage(error) ? damagedFile(file, (error as Error).message, error) : (storageErrorOf(error, file) ?? error);
  } finally {
    database?.close();
    if (!hadIndex) rmSync(`${file}-shm`, { force: true });
  }
}
