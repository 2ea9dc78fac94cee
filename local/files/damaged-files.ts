// A damaged data file: the same words and the same remedy wherever the damage is found.
import { basename, join } from 'node:path';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { DYNOXIDE_FILE, QUEUES_FILE } from './file-names.ts';
import { isSqliteError, SQLITE_CORRUPT, SQLITE_NOTADB } from './storage-problems.ts';

/** What SQLite says of a damaged file, and dynoxide of a record that is no text; the embedded database passes both on. */
const DAMAGED = /database disk image is malformed|file is not a database|invalid utf-8 sequence/i;

export const LOST_WITH_QUEUES = 'items that were read but not yet matched will be lost; matches and subscriptions stay';

/** InvalidInputError('corrupt_data') with the commands that restore a backup or start again without the file. `problem`: what was found, in a few words. */
export const damagedFile = (file: string, problem: string, cause?: unknown): InvalidInputError =>
  new InvalidInputError('corrupt_data', `${file} cannot be used: ${problem}`, remedies(file), { cause });

function remedies(file: string): readonly string[] {
  const lost =
    basename(file) === QUEUES_FILE
      ? LOST_WITH_QUEUES
      : 'feeds and topics will be loaded from the configuration again; matches and subscriptions will be lost';
  return [
    'stop Tocsin and restore a backup: tocsin restore FILE',
    `or start again without it, keeping the file for inspection: mv ${file} ${file}.broken`,
    lost,
  ];
}

/** Whether SQLite found the file damaged. */
export const isDamage = (error: unknown): boolean =>
  isSqliteError(error, SQLITE_CORRUPT) || isSqliteError(error, SQLITE_NOTADB);

/** An error that was met while Tocsin runs, with the remedy when it comes from a damaged data file; otherwise null. */
export function damageIn(folder: string, said: unknown): InvalidInputError | null {
  if (isDamage(said)) return damagedFile(join(folder, QUEUES_FILE), (said as Error).message, said);
  const text = said instanceof Error ? said.message : String(said);
  const [found] = DAMAGED.exec(text) ?? [];
  return found === undefined ? null : damagedFile(join(folder, DYNOXIDE_FILE), found, said);
}
