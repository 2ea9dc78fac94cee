// The file of the queues: its tables, its data version (SQLite's `user_version`), and how a file of an earlier version gets the present one.
import { DatabaseSync } from 'node:sqlite';
import { alertsOnly } from '../../adapters/sns/filter-policy.ts';
import { DATA_VERSION, newerData } from '../../shared/core/data-version.ts';
import { MOST_RECEIVES } from '../../shared/core/message-retries.ts';
import { damagedFile } from '../files/damaged-files.ts';

/**
 * Opens the file, `:memory:` too, and brings it to the present data version, all at once or not at all. Throws
 * InvalidInputError('newer_data') and ('corrupt_data') for a database of another program; then nothing was changed.
 */
export function openQueueFile(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    const version = queueFileVersion(database, file);
    if (version > DATA_VERSION) throw newerData(file, version);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    if (version < DATA_VERSION) upgrade(database, version);
    // What does not depend on the data: an earlier version makes its own, or does without.
    database.exec(`
      DROP INDEX IF EXISTS message_worn;
      CREATE INDEX IF NOT EXISTS message_spent ON message (queue, visibleAt) WHERE receives >= ${MOST_RECEIVES};
      CREATE INDEX IF NOT EXISTS message_suspect ON message (deaths) WHERE deaths > 0;`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** 0 for an empty file. Files from before versions were recorded have version 1. */
export function queueFileVersion(database: DatabaseSync, file: string): number {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  const tables = (
    database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[]
  ).map(({ name }) => name);
  if (tables.length === 0) return 0;
  if (!tables.includes('message') || !tables.includes('setting')) throw damagedFile(file, 'it has no queues of Tocsin');
  return version === 0 ? 1 : version;
}

function upgrade(database: DatabaseSync, from: number): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const { to, run } of STEPS) if (to > from) run(database);
    database.exec(`PRAGMA user_version = ${DATA_VERSION}; COMMIT`);
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** In order. Each step checks what exists, because files were also written between two versions. */
const STEPS: readonly { readonly to: number; readonly run: (database: DatabaseSync) => void }[] = [
  {
    to: 1,
    run: (database) =>
      database.exec(`
        CREATE TABLE message (
          id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, body TEXT NOT NULL,
          sentAt INTEGER NOT NULL, visibleAt INTEGER NOT NULL, receives INTEGER NOT NULL DEFAULT 0, reason TEXT);
        CREATE INDEX message_visible ON message (queue, visibleAt, id);
        CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);`),
  },
  { to: 2, run: addColumnsOfDeaths },
  { to: 3, run: letOnlyAlertsThroughToMail },
];

/** Every message received in a file without these columns counts as in progress, so that none loses a try. */
function addColumnsOfDeaths(database: DatabaseSync): void {
  const columns = database.prepare('PRAGMA table_info(message)').all() as { name: string }[];
  if (!columns.some(({ name }) => name === 'inWork'))
    database.exec(`
      ALTER TABLE message ADD COLUMN inWork INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE message ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0;
      UPDATE message SET inWork = 1 WHERE receives > 0 AND queue NOT LIKE '%-dead';`);
  database.exec('CREATE INDEX IF NOT EXISTS message_in_work ON message (inWork) WHERE inWork = 1');
}

/** People get one alert an event: the e-mail subscriptions of the local SNS leave the events of matches to machines. */
function letOnlyAlertsThroughToMail(database: DatabaseSync): void {
  const name = 'sns subscriptions';
  const stored = database.prepare('SELECT value FROM setting WHERE name = ?').get(name);
  if (stored === undefined) return;
  const subscriptions = JSON.parse(String(stored['value'])) as readonly { protocol: string; filterPolicy: object }[];
  const changed = subscriptions.map((each) => ({
    ...each,
    filterPolicy: (each.protocol === 'email' ? alertsOnly(each.filterPolicy) : null) ?? each.filterPolicy,
  }));
  database.prepare('UPDATE setting SET value = ? WHERE name = ?').run(JSON.stringify(changed), name);
}
