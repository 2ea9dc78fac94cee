// The `tocsin` command as a person runs it: a process of its own in a folder of its own, with the configuration a test writes.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allProcesses } from '../../local/system/processes.ts';
import type { PublishedDelivery } from '../../shared/model/subscription.ts';

export const MAIN = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'cli', 'main.mjs');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Workplace {
  readonly folder: string;
  /** Writes a file below the folder: `config/tocsin.yaml`. */
  write(path: string, text: string | Uint8Array): void;
  /** Runs a command to its end. */
  run(...args: string[]): Promise<Finished>;
  /** As `run`, the answer parsed; throws with what was said where the exit code is not 0. */
  json<T>(...args: string[]): Promise<T>;
  start(...args: string[]): StartedTocsin;
  /** Process ids of the databases that run on a data folder in it. */
  databases(): readonly number[];
  remove(): Promise<void>;
}

export interface StartedTocsin {
  readonly pid: number;
  /** Everything said so far, both streams. */
  readonly said: () => string;
  /** Resolves when the pattern was said; throws when the process ends before. */
  untilSaid(pattern: RegExp): Promise<RegExpExecArray>;
  /** It has ended, by itself or by a signal. */
  readonly isOver: () => boolean;
  /** Where it answers, and the token of its data folder, which is shown on a terminal only. */
  address(): Promise<{ readonly url: string; readonly token: string }>;
  /** What its API answers to a GET of this path below /v1/. */
  get<T>(path: string): Promise<T>;
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export const TROOPS_PACK = `apiVersion: tocsin.dev/v1
kind: TopicPack
pack: { id: test-pack, version: 1.0.0, license: CC0-1.0, title: For tests }
topics:
  - id: troop-deployment
    title: Troop deployment
    description: Troops sent somewhere.
    severity: high
    any:
      en: [ 'troops NEAR/8 deploy' ]
    tests:
      - match: "The ministry will deploy troops to the border."
        passage: "deploy troops"
      - no: "The coach deployed a new striker."
`;

export function makeWorkplace(env: Record<string, string> = {}): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-test-'));
  const started: ChildProcess[] = [];
  const spawnHere = (args: readonly string[]): ChildProcess => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: folder,
      env: { ...process.env, NODE_OPTIONS: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    return child;
  };
  const run = async (...args: string[]): Promise<Finished> => {
    const child = spawnHere(args);
    const [stdout, stderr, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), endOf(child)]);
    return { code, stdout, stderr };
  };
  const write = (path: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('config/topics/test.yaml', TROOPS_PACK);
  return {
    folder,
    write,
    run,
    json: async <T>(...args: string[]): Promise<T> => {
      const { code, stdout, stderr } = await run(...args, '--json');
      if (code !== 0) throw new Error(`tocsin ${args.join(' ')} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout) as T;
    },
    start: (...args) => {
      const data = args[args.indexOf('--data') + 1] ?? '';
      return watch(
        spawnHere(['start', '--port', '0', ...args]),
        resolve(folder, args.includes('--data') ? data : '.tocsin'),
      );
    },
    databases: () => databasesIn(folder),
    remove: async () => {
      for (const child of started) child.kill('SIGKILL');
      await Promise.all(started.map(endOf));
      // Those of instances that were killed, by a test or just now.
      for (const pid of databasesIn(folder)) process.kill(pid, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

function watch(child: ChildProcess, dataFolder: string): StartedTocsin {
  let text = '';
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer | null): void => {
    text += chunk?.toString() ?? '';
    for (const listener of listeners) listener();
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  child.on('close', () => hear(null));
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const untilSaid: StartedTocsin['untilSaid'] = (pattern) =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(text);
        if (found === null && !isOver()) return;
        listeners.delete(look);
        if (found === null) reject(new Error(`it ended without saying ${pattern}:\n${text}`));
        else resolve(found);
      };
      listeners.add(look);
      look();
    });
  const address: StartedTocsin['address'] = async () => {
    const [, url = ''] = await untilSaid(/(http:\/\/127\.0\.0\.1:\d+)\/\?token=/);
    return { url, token: readFileSync(join(dataFolder, 'token'), 'utf8') };
  };
  return {
    pid: child.pid ?? 0,
    said: () => text,
    untilSaid,
    isOver,
    address,
    get: async <T>(path: string): Promise<T> => {
      const { url, token } = await address();
      const response = await fetch(`${url}/v1/${path}`, { headers: { authorization: `Bearer ${token}` } });
      if (!response.ok) throw new Error(`GET ${path} was answered with ${response.status}`);
      return (await response.json()) as T;
    },
    stop: async (signal = 'SIGINT') => {
      child.kill(signal);
      return endOf(child);
    },
  };
}

function databasesIn(folder: string): readonly number[] {
  const place = `${realpathSync(folder)}/`;
  return allProcesses().flatMap(({ pid, commandLine }) =>
    /dynoxide|DynamoDBLocal/.test(commandLine) && commandLine.includes(place) ? [pid] : [],
  );
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += chunk.toString();
  return text;
}

const endOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once('close', (code) => resolve(code));
  });

/** Has every feed of a started Tocsin polled now. */
export async function pollAll(started: StartedTocsin): Promise<void> {
  const { url, token } = await started.address();
  const headers = { authorization: `Bearer ${token}` };
  const { items } = await started.get<{ items: { id: string }[] }>('feeds');
  for (const { id } of items) await fetch(`${url}/v1/feeds/${id}/poll`, { method: 'POST', headers });
}

/** What the one subscription of a started Tocsin was sent, or is to be: the newest hundred. */
export async function deliveriesOf(started: StartedTocsin): Promise<readonly PublishedDelivery[]> {
  const { items: subscriptions } = await started.get<{ items: readonly { id: string }[] }>('subscriptions');
  const [subscription, ...others] = subscriptions;
  if (subscription === undefined || others.length > 0) throw new Error(`${subscriptions.length} subscriptions`);
  const path = `subscriptions/${subscription.id}/deliveries?limit=100`;
  return (await started.get<{ items: readonly PublishedDelivery[] }>(path)).items;
}
