// Copies a data folder into one file while Tocsin runs, and restores it. While both databases are copied, the queues hand out no work and
// nothing is in progress: anything missing from the table's copy is still in the queues' copy, so a restored folder may repeat work but loses none.
// The file is itself an SQLite database that holds the copies in pieces; it contains neither the mails of the outbox nor the log.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { DATA_VERSION, newerData } from '../../shared/core/data-version.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { DATA_FILES } from '../database/database-engines.ts';
import { ACCESS_FILE, QUEUES_FILE, RESTORE_MARK, SECRETS_FILE } from '../files/file-names.ts';
import { onDisk, storageErrorOf } from '../files/storage-problems.ts';
import { writeWhole } from '../files/whole-file.ts';
import { dataVersionsIn, refuseHalfRestored } from './data-files.ts';

/** Raised when the file's layout changes. */
const FORMAT = 1;
const TOKEN_FILE = 'token';
/** Copied as they are. */
const SMALL_FILES: readonly string[] = [TOKEN_FILE, SECRETS_FILE, ACCESS_FILE];
const DATABASES: readonly string[] = [...DATA_FILES, QUEUES_FILE];
const PIECE_BYTES = 8 * 1024 * 1024;

export interface BackupSummary {
  readonly file: string;
  readonly madeAt: string;
  readonly bytes: number;
}

/**
 * Writes `file`, which must not exist yet. `pause` stops the queues of a running instance and returns the function that resumes them. Throws InvalidInputError('file_exists'), ('not_found') for a folder without data, and StorageError.
 */
export async function writeBackup(
  folder: string,
  file: string,
  now: Date,
  pause: () => Promise<() => void> = async () => () => {},
): Promise<BackupSummary> {
  if (existsSync(file)) {
    throw new InvalidInputError(
      'file_exists',
      `${file} already exists; choose another name, a backup never overwrites a file`,
    );
  }
  refuseHalfRestored(folder);
  const table = DATA_FILES.find((name) => existsSync(join(folder, name)));
  if (table === undefined) throw new InvalidInputError('not_found', `there is no data in ${folder}`);
  if (!existsSync(join(folder, QUEUES_FILE))) {
    const message = `${join(folder, QUEUES_FILE)} is missing; start Tocsin on this folder once, which creates a new one`;
    throw new InvalidInputError('not_found', message);
  }
  const dataVersion = Math.max(...dataVersionsIn(folder));
  const workshop = onDisk(file, () => mkdtempSync(`${file}.parts-`));
  try {
    const resume = await pause();
    try {
      for (const name of [table, QUEUES_FILE]) await copyDatabase(join(folder, name), join(workshop, name));
    } finally {
      resume();
    }
    const packed = join(workshop, 'packed');
    const smallFiles = SMALL_FILES.map((name) => join(folder, name));
    pack(packed, now, dataVersion, [
      ...[table, QUEUES_FILE].map((name) => join(workshop, name)),
      ...smallFiles.filter((file) => existsSync(file)),
    ]);
    // It contains addresses, tokens and keys.
    chmodSync(packed, 0o600);
    renameSync(packed, file);
    return { file, madeAt: now.toISOString(), bytes: statSync(file).size };
  } catch (error) {
    throw storageErrorOf(error, file) ?? error;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/**
 * Restores a backup into `folder`; existing data is renamed, never overwritten. The folder must not be in use. Throws
 * InvalidInputError('bad_backup') for a file that is damaged or is not a backup, and ('newer_data') for one that a newer version has made.
 * A backup of an earlier version is upgraded at the next start.
 */
export function restoreBackup(file: string, folder: string, now: Date): { readonly kept: readonly string[] } {
  const packed = openBackup(file);
  const kept: string[] = [];
  try {
    const parts = partsOf(packed, file);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    removeDrafts(folder);
    for (const name of parts) {
      const draft = draftOf(folder, name);
      const digest = onDisk(draft, () => unpack(packed, name, draft));
      // Absent in a backup from before digests were recorded.
      if (digest !== (inManifest(packed, digestOf(name)) ?? digest))
        throw badBackup(file, `is damaged: ${name} was changed`);
      if (name === QUEUES_FILE) onDisk(draft, () => forgetPlaces(draft));
    }
    const mark = join(folder, RESTORE_MARK);
    writeWhole(mark, resolve(file));
    const stamp = now.toISOString().replaceAll(':', '-');
    for (const name of new Set([...DATABASES.flatMap((each) => [each, `${each}-wal`, `${each}-shm`]), ...parts])) {
      const before = join(folder, name);
      if (!existsSync(before)) continue;
      renameSync(before, `${before}.before-restore-${stamp}`);
      if (!/-(?:wal|shm)$/.test(name)) kept.push(`${before}.before-restore-${stamp}`);
    }
    for (const name of parts) renameSync(draftOf(folder, name), join(folder, name));
    rmSync(mark);
    return { kept };
  } finally {
    packed.close();
    removeDrafts(folder);
  }
}

/** Left over only when something failed, now or in a restore that was killed: a database would take the journal of another for its own. */
function removeDrafts(folder: string): void {
  for (const name of [...DATABASES, ...SMALL_FILES])
    for (const end of ['', '-wal', '-shm']) rmSync(`${draftOf(folder, name)}${end}`, { force: true });
}

const digestOf = (name: string): string => `sha256 ${name}`;

const inManifest = (packed: DatabaseSync, name: string): string | null =>
  (packed.prepare('SELECT value FROM manifest WHERE name = ?').get(name) as { value: string } | undefined)?.value ??
  null;

const draftOf = (folder: string, name: string): string => join(folder, `${name}.restored`);

/** The names are checked: they become files in the data folder. */
function partsOf(packed: DatabaseSync, file: string): readonly string[] {
  const rows = packed.prepare('SELECT DISTINCT name FROM part').all() as { name: string }[];
  const names = rows.map(({ name }) => name);
  const unknown = names.find((name) => ![...DATABASES, ...SMALL_FILES].includes(name));
  if (unknown === undefined) return names;
  throw badBackup(file, `has a part that is not a file of a data folder: ${JSON.stringify(unknown.slice(0, 100))}`);
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true, timeout: 30_000 });
  try {
    await backup(source, to);
  } finally {
    source.close();
  }
}

function pack(into: string, now: Date, dataVersion: number, files: readonly string[]): void {
  const packed = new DatabaseSync(into);
  try {
    packed.exec(`
        CREATE TABLE manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE part (name TEXT NOT NULL, piece INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (name, piece));
        BEGIN`);
    const say = packed.prepare('INSERT INTO manifest VALUES (?, ?)');
    say.run('tocsin backup', String(FORMAT));
    say.run('made at', now.toISOString());
    say.run('data version', String(dataVersion));
    const add = packed.prepare('INSERT INTO part VALUES (?, ?, ?)');
    for (const file of files) {
      const digest = createHash('sha256');
      for (const [piece, bytes] of piecesOf(file)) {
        digest.update(bytes);
        add.run(basename(file), piece, bytes);
      }
      say.run(digestOf(basename(file)), digest.digest('hex'));
    }
    packed.exec('COMMIT');
  } finally {
    packed.close();
  }
}

function* piecesOf(file: string): Iterable<readonly [piece: number, bytes: Uint8Array]> {
  const handle = openSync(file, 'r');
  try {
    for (let piece = 0; ; piece++) {
      const bytes = new Uint8Array(PIECE_BYTES);
      const read = readSync(handle, bytes, 0, PIECE_BYTES, piece * PIECE_BYTES);
      if (read === 0) return;
      yield [piece, bytes.subarray(0, read)];
    }
  } finally {
    closeSync(handle);
  }
}

/** The SHA-256 of what was written, in hexadecimal digits. */
function unpack(packed: DatabaseSync, name: string, to: string): string {
  const digest = createHash('sha256');
  const handle = openSync(to, 'w', 0o600);
  try {
    const pieces = packed.prepare('SELECT bytes FROM part WHERE name = ? ORDER BY piece').iterate(name);
    for (const { bytes } of pieces as Iterable<{ bytes: Uint8Array }>) {
      digest.update(bytes);
      writeFileSync(handle, bytes);
    }
    return digest.digest('hex');
  } finally {
    closeSync(handle);
  }
}

function openBackup(file: string): DatabaseSync {
  if (!existsSync(file)) throw new InvalidInputError('not_found', `there is no file ${file}`);
  let packed: DatabaseSync | undefined;
  try {
    packed = new DatabaseSync(file, { readOnly: true });
    const format = inManifest(packed, 'tocsin backup');
    if (format === null) throw badBackup(file, 'is not a backup of Tocsin');
    if (Number(format) > FORMAT) throw badBackup(file, 'was made by a newer version of Tocsin; update Tocsin first');
    // Absent in a backup from before data versions were recorded.
    const dataVersion = Number(inManifest(packed, 'data version') ?? 1);
    if (dataVersion > DATA_VERSION) throw newerData(file, dataVersion);
    const [found] = packed.prepare('PRAGMA integrity_check(1)').all() as { integrity_check: string }[];
    if (found?.integrity_check !== 'ok') throw badBackup(file, `is damaged: ${found?.integrity_check}`);
    return packed;
  } catch (error) {
    packed?.close();
    throw error instanceof InvalidInputError ? error : badBackup(file, 'is not a backup of Tocsin, or is damaged');
  }
}

const badBackup = (file: string, why: string): InvalidInputError =>
  new InvalidInputError('bad_backup', `${file} ${why}; nothing was changed`);

/** The restored table continues its stream from the moment of the copy: positions reached after that would skip new records. */
function forgetPlaces(queuesFile: string): void {
  const queues = new DatabaseSync(queuesFile);
  try {
    queues.exec("DELETE FROM setting WHERE name LIKE 'stream place %'; PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    queues.close();
  }
}
