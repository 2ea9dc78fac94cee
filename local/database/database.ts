// The embedded DynamoDB of one machine: a process of its own that keeps its data in the data folder, and is started again when it dies.
// Order: an endpoint given by the user, the dynoxide binary (package, then PATH), DynamoDB Local on Java, a clear error.

import { realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { createTable } from '../../adapters/dynamodb/create-table.ts';
import { SAYS_DISK_IS_FULL } from '../../adapters/dynamodb/vendor-errors.ts';
import type { Environment } from '../../shared/core/environment.ts';
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import { DAY_SECONDS, epochSeconds, MINUTE_MS } from '../../shared/core/time.ts';
import { damagedFile } from '../files/damaged-files.ts';
import { DYNOXIDE_FILE } from '../files/file-names.ts';
import { storageErrorOf } from '../files/storage-problems.ts';
import { type Engine, findEngine, type Machine, refuseOtherEngine } from './database-engines.ts';
import { type DatabaseProcess, endOrphans, startDatabaseProcess } from './database-process.ts';
import { thisMachine } from './this-machine.ts';

export interface LocalDatabase {
  readonly endpoint: string;
  /** In words, for the start's first lines. */
  readonly engine: string;
  /** Process id; null for an endpoint given by the user. Another one after a restart. */
  processId(): number | null;
  /** Removes records that the engine would keep forever and that are no longer read: those a day old, and not among the newest. */
  trim(now: Date): void;
  /** What happens when the process ends without being asked to. */
  onCrash(listener: CrashListener): void;
  stop(): Promise<void>;
}

export interface CrashListener {
  /** It ended and is being restarted. */
  restarting(message: string): void;
  /** It could not be kept running: nothing can be read or stored from now on. */
  lost(message: string): void;
}

export interface DatabaseOptions {
  readonly env: Environment;
  /** Where an engine is looked for. */
  readonly machine?: Machine;
  /** Milliseconds before each restart of a database that ended: one restart per pause. */
  readonly restartPausesMs?: readonly number[];
}

/** SQLite's own words, in what an engine prints or answers. */
const UNREADABLE = /malformed|not a database|corrupt|disk image/i;
const IO_ERROR = /disk I\/O error/i;
const NO_RIGHT = /readonly database|read-only|permission denied|unable to open database file/i;

const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };
export const LOCAL_REGION = 'us-east-1';
const RESTART_PAUSES_MS = [1_000, 5_000, 15_000] as const;
/** A database that ran this long counts as stable: its restarts are counted from zero again. */
const STABLE_MS = 10 * MINUTE_MS;

export const localDynamoDb = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS, maxAttempts: 5 });

/**
 * Starts the database on `folder` and makes the table. Throws InvalidInputError('no_database') when there is no engine on this machine,
 * ('other_engine') when the folder was made by another one, and ('corrupt_data') when the data cannot be opened: the message names the
 * file and how to move it aside. Throws StorageError when the disk is full or may not be written.
 */
export async function startDatabase(
  folder: string,
  tableName: string,
  { env, machine = thisMachine(env), restartPausesMs = RESTART_PAUSES_MS }: DatabaseOptions,
): Promise<LocalDatabase> {
  const given = env['TOCSIN_DYNAMODB_ENDPOINT'];
  const database =
    given === undefined || given === ''
      ? await startEngine(findEngine(machine, folder), realpathSync(folder), { env, restartPausesMs })
      : givenEndpoint(given);
  try {
    await createTable(localDynamoDb(database.endpoint), tableName);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}

const givenEndpoint = (endpoint: string): LocalDatabase => ({
  endpoint,
  engine: `the database at ${endpoint}`,
  processId: () => null,
  trim: () => {},
  onCrash: () => {},
  stop: async () => {},
});

async function startEngine(
  engine: Engine,
  folder: string,
  { env, restartPausesMs }: Required<Omit<DatabaseOptions, 'machine'>>,
): Promise<LocalDatabase> {
  refuseOtherEngine(engine, folder);
  await endOrphans(engine, folder);
  const port = await freePort();
  const dataFile = join(folder, engine.file);
  const begin = (): Promise<DatabaseProcess> => launch(engine, folder, { port, env });
  const kept = keepRunning(await begin(), begin, restartPausesMs);
  if (engine.file === DYNOXIDE_FILE) indexStream(dataFile);
  return {
    endpoint: endpointOf(port),
    engine: engine.name,
    processId: () => kept.current().pid,
    trim: (now) => (engine.file === DYNOXIDE_FILE ? trimStream(dataFile, now) : undefined),
    onCrash: ({ restarting, lost }) =>
      kept.listen({
        restarting: (why) => restarting(`the embedded database (${engine.name}) ended and is being restarted: ${why}`),
        lost: (why) => lost(`the embedded database (${engine.name}) keeps ending: ${why}`),
      }),
    stop: () => kept.stop(),
  };
}

const endpointOf = (port: number): string => `http://127.0.0.1:${port}`;

/** A process that answers requests. Throws like `startDatabase`. */
async function launch(
  engine: Engine,
  folder: string,
  place: { readonly port: number; readonly env: Environment },
): Promise<DatabaseProcess> {
  const running = startDatabaseProcess(engine, folder, place);
  const raced = new AbortController();
  const failure = await Promise.race([
    untilReady(endpointOf(place.port), engine.readyWithinMs, raced.signal),
    running.ended.then((why) => `${why}: ${running.output().slice(-400)}`),
  ]).finally(() => raced.abort());
  if (failure === null) return running;
  await running.stop();
  throw cannotOpen(engine, join(folder, engine.file), failure);
}

/** Restarts a process whenever it ends by itself, on the same port, so that clients need no new address. */
function keepRunning(first: DatabaseProcess, again: () => Promise<DatabaseProcess>, pausesMs: readonly number[]) {
  let current = first;
  let listener: CrashListener = { restarting: () => {}, lost: () => {} };
  const stopped = Promise.withResolvers<null>();
  let restarts = 0;
  /** The process that took the place of the one that ended; null when stopped, or when no restart is left. */
  const restarted = async (reason: string): Promise<DatabaseProcess | null> => {
    const pauseMs = pausesMs[restarts];
    if (pauseMs === undefined) {
      listener.lost(reason);
      return null;
    }
    restarts += 1;
    listener.restarting(reason);
    const timer = Promise.withResolvers<'over'>();
    const timeout = setTimeout(() => timer.resolve('over'), pauseMs);
    const isOver = await Promise.race([timer.promise, stopped.promise]);
    clearTimeout(timeout);
    if (isOver === null) return null;
    return again().catch((error: unknown) => restarted(error instanceof Error ? error.message : String(error)));
  };
  const watch = async (): Promise<void> => {
    for (;;) {
      const startedAt = performance.now();
      const reason = await Promise.race([current.ended, stopped.promise]);
      if (reason === null) return;
      if (performance.now() - startedAt > STABLE_MS) restarts = 0;
      const next = await restarted(reason);
      if (next === null) return;
      current = next;
    }
  };
  const watching = watch();
  return {
    current: () => current,
    listen: (to: CrashListener) => {
      listener = to;
    },
    stop: async () => {
      stopped.resolve(null);
      await watching;
      await current.stop();
    },
  };
}

/**
 * dynoxide 1.2.1 looks through all of the stream's records for the highest number at each write: after 4,000 writes one takes 15 ms of
 * processor time, and it goes on growing. With this index it looks once. The records are its own; nothing of them is changed.
 */
function indexStream(dataFile: string): void {
  onStreamRecords(
    dataFile,
    'CREATE INDEX IF NOT EXISTS tocsin_stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
  );
}

/** As DynamoDB, which keeps a stream for a day. The newest stay whatever their age: from them it counts on. */
function trimStream(dataFile: string, now: Date): void {
  const dayAgo = epochSeconds(now) - DAY_SECONDS;
  onStreamRecords(
    dataFile,
    `DELETE FROM _stream_records WHERE created_at < ${dayAgo} AND id < (SELECT MAX(id) FROM _stream_records) - ${NEWEST_KEPT}`,
  );
}

const NEWEST_KEPT = 1_000;

function onStreamRecords(dataFile: string, statement: string): void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(dataFile, { timeout: 5_000 });
    database.exec(statement);
  } catch {
    // Another version of dynoxide may store its stream in another way; it works without this.
  } finally {
    database?.close();
  }
}

function cannotOpen(engine: Engine, dataFile: string, failure: string): Error {
  if (SAYS_DISK_IS_FULL.test(failure)) return storageErrorOf({ code: 'ENOSPC' }, dataFile) ?? new Error(failure);
  if (NO_RIGHT.test(failure)) return storageErrorOf({ code: 'EACCES' }, dataFile) ?? new Error(failure);
  if (IO_ERROR.test(failure)) return storageErrorOf({ code: 'EIO', message: failure }, dataFile) ?? new Error(failure);
  return UNREADABLE.test(failure)
    ? damagedFile(dataFile, `${engine.name} does not open it: ${failure}`)
    : new ServiceUnavailableError(`the embedded database (${engine.name}) does not start: ${failure}`);
}

/** Null once it answers; else why it does not. */
async function untilReady(endpoint: string, withinMs: number, signal: AbortSignal): Promise<string | null> {
  const client = new DynamoDBClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS, maxAttempts: 1 });
  const giveUpAt = Date.now() + withinMs;
  let why = 'it does not answer';
  while (Date.now() < giveUpAt && !signal.aborted) {
    try {
      await client.send(new ListTablesCommand({ Limit: 1 }));
      client.destroy();
      return null;
    } catch (error) {
      why = (error as Error).message;
      // It answers, but cannot read its file: waiting longer does not help.
      if (UNREADABLE.test(why) || SAYS_DISK_IS_FULL.test(why) || NO_RIGHT.test(why) || IO_ERROR.test(why)) break;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  client.destroy();
  return why;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new ServiceUnavailableError('no free port');
  return address.port;
}
