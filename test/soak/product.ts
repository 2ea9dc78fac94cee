// The product under trial: the real command in a folder of its own, what it says of itself, and what the machine says of it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allProcesses } from '../../local/system/processes.ts';
import { makeWorkplace, type StartedTocsin, type Workplace } from '../support/tocsin-process.ts';

/** What the preloaded module reads, again and again. */
export interface Controls {
  /** Added to the clock of Tocsin and its commands; the database keeps the machine's. */
  readonly clockMs: number;
  /** `ADDRESS:PORT` of the name server that is asked. */
  readonly nameServer: string;
}

export interface Product {
  readonly place: Workplace;
  /** The data folder. */
  readonly data: string;
  /** The clock that the product sees. */
  setClock(offsetMs: number): void;
  /** Does not wait until it is ready. */
  launch(): StartedTocsin;
  /** Waits until it answers. Throws when it ends before. */
  start(): Promise<StartedTocsin>;
  readonly running: StartedTocsin | null;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Process id of its database; null when it has none. */
  databaseId(): number | null;
  /** Sends a signal to Tocsin, to its database, or to both. */
  signal(signal: NodeJS.Signals, ...to: readonly ('tocsin' | 'database')[]): void;
  api<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** All that a list of the API holds. */
  list<T>(path: string): Promise<readonly T[]>;
  /** Processes of Tocsin and its database that work on this folder. */
  processes(): readonly number[];
  /** Kills what still runs. */
  stopAll(): Promise<void>;
  remove(): Promise<void>;
}

const PRELOAD = new URL('./preload.ts', import.meta.url).href;
const PAGE = 100;
const ANSWER_WITHIN_MS = 20_000;

export function makeProduct(nameServer: string, env: Record<string, string>): Product {
  const controlFolder = mkdtempSync(join(tmpdir(), 'tocsin-soak-'));
  const controlFile = join(controlFolder, 'controls.json');
  const write = (controls: Controls): void => {
    writeFileSync(`${controlFile}.new`, JSON.stringify(controls));
    renameSync(`${controlFile}.new`, controlFile);
  };
  write({ clockMs: 0, nameServer });
  const place = makeWorkplace({
    ...env,
    NODE_OPTIONS: `--import=${PRELOAD}`,
    TOCSIN_SOAK_CONTROLS: controlFile,
  });
  const data = join(place.folder, '.tocsin');
  let running: StartedTocsin | null = null;
  let address: { readonly url: string; readonly token: string } | null = null;
  const launch = (): StartedTocsin => {
    address = null;
    running = place.start('--no-sample');
    return running;
  };
  const databaseId = (): number | null =>
    allProcesses().find(({ commandLine }) => /dynoxide|DynamoDBLocal/.test(commandLine) && commandLine.includes(data))
      ?.pid ?? null;
  const processes = (): readonly number[] =>
    allProcesses()
      .filter(({ pid, commandLine }) => commandLine.includes(data) || pid === running?.pid)
      .map(({ pid }) => pid);
  const api = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    if (address === null) throw new Error('Tocsin is not running');
    const response = await fetch(address.url + path, {
      method,
      headers: { authorization: `Bearer ${address.token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    const text = await response.text();
    return (text === '' ? null : JSON.parse(text)) as T;
  };
  return {
    place,
    data,
    setClock: (clockMs) => write({ clockMs, nameServer }),
    launch,
    start: async () => {
      const started = launch();
      await started.untilSaid(/Ctrl-C stops/);
      address = await started.address();
      return started;
    },
    get running() {
      return running;
    },
    end: async (signal) => {
      const code = (await running?.stop(signal)) ?? null;
      running = null;
      address = null;
      return code;
    },
    databaseId,
    signal: (signal, ...to) => {
      const ids = to.map((which) => (which === 'tocsin' ? running?.pid : databaseId()));
      for (const id of ids) if (id) process.kill(id, signal);
    },
    api,
    list: async <T>(path: string) => {
      const found: T[] = [];
      let cursor: string | null = null;
      do {
        const at: string = `${path}?limit=${PAGE}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
        const page: { readonly items: readonly T[]; readonly cursor: string | null } = await api('GET', at);
        found.push(...page.items);
        cursor = page.cursor;
      } while (cursor !== null);
      return found;
    },
    processes,
    stopAll: async () => {
      const left = processes();
      for (const pid of left) process.kill(pid, 'SIGCONT');
      await running?.stop('SIGKILL');
      for (const pid of processes()) process.kill(pid, 'SIGKILL');
    },
    remove: async () => {
      await place.remove();
      rmSync(controlFolder, { recursive: true, force: true });
    },
  };
}

/** What `tocsin doctor --json` says; null when it gives no such answer. */
export interface Diagnosis {
  readonly well: boolean;
  readonly code: number | null;
  /** What it finds wrong. */
  readonly problems: readonly { readonly what: string; readonly says: string }[];
}

export async function askDoctor({ place }: Product): Promise<Diagnosis> {
  const { code, stdout, stderr } = await place.run('doctor', '--json');
  try {
    const { findings } = JSON.parse(stdout) as {
      readonly findings: readonly { readonly well: boolean; readonly what: string; readonly says: string }[];
    };
    return { well: code === 0, code, problems: findings.filter(({ well }) => !well) };
  } catch {
    return { well: false, code, problems: [{ what: 'no answer', says: stderr.trim() }] };
  }
}

/** Resident memory of these processes, in MiB; 0 where the machine does not tell. */
export function residentMiB(pids: readonly number[]): number {
  const kibibytes = pids.map((pid) => {
    try {
      return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return Math.round(kibibytes.reduce((sum, size) => sum + size, 0) / 1024);
}

/** Size of a folder's files, in MiB. */
export function folderMiB(folder: string): number {
  const sizes = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const found = statSync(join(folder, name), { throwIfNoEntry: false });
    return found?.isFile() === true ? found.size : 0;
  });
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024 / 1024);
}

export const canLimitFiles = (): boolean => spawnSync('prlimit', ['--fsize']).status === 0;

/** Files of the process cannot be written at or beyond this many bytes; null ends that. Throws where `prlimit` is missing. */
export function limitFiles(pid: number, bytes: number | null): void {
  const { status, stderr, error } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes ?? 'unlimited'}:`], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`prlimit (of util-linux) failed: ${error?.message ?? stderr}`);
}
