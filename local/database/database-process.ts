// Starts and stops the process of the embedded database, and finds one that a killed instance left behind. Two databases on one file must
// be impossible, and the database of another folder must never be touched, not even when this folder is a copy of that one.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../shared/core/environment.ts';
import { writeWhole } from '../files/whole-file.ts';
import { childEnvironment } from '../system/child-environment.ts';
import { allProcesses, processOf, startOf } from '../system/processes.ts';
import type { Engine } from './database-engines.ts';

export interface DatabaseProcess {
  readonly pid: number;
  /** Resolves with the reason when the process has ended. */
  readonly ended: Promise<string>;
  /** The end of what it printed. */
  output(): string;
  stop(): Promise<void>;
}

/** What is recorded about a started process. Its start distinguishes it from a later one with the same id, the folder from one of a copy. */
interface Noted {
  readonly pid: number;
  readonly start: string | null;
  readonly folder: string;
}

/** A database that is killed after this wait loses nothing; stopping Tocsin may take this long. */
const STOP_WITHIN_MS = 2_500;
const CHECK_EVERY_MS = 25;
const OUTPUT_CHUNKS = 50;

const noteOf = (folder: string): string => join(folder, 'database.pid');

/** Throws StorageError, and leaves nothing running, when the process cannot be recorded in the folder. */
export function startDatabaseProcess(
  engine: Engine,
  folder: string,
  { port, env }: { readonly port: number; readonly env: Environment },
): DatabaseProcess {
  // A process group of its own: Ctrl-C at the terminal is for us, and the database goes last.
  const child = spawn(engine.command, engine.args(port, join(folder, engine.file)), {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: childEnvironment(env),
  });
  // However this process ends, unless it is killed: nothing would look after the database.
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      output.push(text.toString());
      if (output.length > OUTPUT_CHUNKS) output.shift();
    });
  }
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      process.off('exit', endWithUs);
      resolve(`it ended with ${signal ?? code}`);
    });
  });
  const { pid = 0 } = child;
  try {
    if (pid !== 0) note(folder, pid);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return {
    pid,
    ended,
    output: () => output.join('').trim(),
    stop: async () => {
      await stopChild(child, ended);
      rmSync(noteOf(folder), { force: true });
    },
  };
}

/** Ends what a killed instance left running on this folder; finds it by the note or, if that is lost, by the data file on its command line. */
export async function endOrphans(engine: Engine, folder: string): Promise<void> {
  const noted = readNote(folder);
  rmSync(noteOf(folder), { force: true });
  const dataFile = join(folder, engine.file);
  const orphans = allProcesses().filter(
    ({ pid, commandLine }) =>
      commandLine.includes(engine.command) &&
      (` ${commandLine} `.includes(` ${engine.mark(dataFile)} `) || (noted !== null && isNoted(noted, pid, folder))),
  );
  await Promise.all(orphans.map(({ pid }) => end(pid)));
}

const isNoted = (noted: Noted, pid: number, folder: string): boolean =>
  noted.pid === pid && noted.start !== null && noted.start === startOf(pid) && noted.folder === identityOf(folder);

/** A copy of a folder has a different one; a folder that was moved keeps its own. */
function identityOf(folder: string): string {
  const { dev, ino } = statSync(folder);
  return `${dev} ${ino}`;
}

function note(folder: string, pid: number): void {
  const noted: Noted = { pid, start: startOf(pid), folder: identityOf(folder) };
  writeWhole(noteOf(folder), JSON.stringify(noted));
}

/** Null when there is no readable note. Earlier versions recorded only the id, which proves nothing. */
function readNote(folder: string): Noted | null {
  if (!existsSync(noteOf(folder))) return null;
  try {
    const { pid, start, folder: identity } = JSON.parse(readFileSync(noteOf(folder), 'utf8')) as Partial<Noted>;
    return pid === undefined || start === undefined || identity === undefined ? null : { pid, start, folder: identity };
  } catch {
    return null;
  }
}

async function end(pid: number): Promise<void> {
  const start = startOf(pid);
  const isThere = (): boolean => processOf(pid) !== null && startOf(pid) === start;
  if (start === null) return;
  signal(pid, 'SIGTERM');
  for (let waited = 0; isThere() && waited < STOP_WITHIN_MS; waited += CHECK_EVERY_MS)
    await new Promise((resolve) => setTimeout(resolve, CHECK_EVERY_MS));
  if (isThere()) signal(pid, 'SIGKILL');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function stopChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await ended;
  clearTimeout(late);
}
