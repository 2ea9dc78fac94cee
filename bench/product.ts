// The product as a person starts it, for measurements: a process of its own with the flags of `npm start`, in a folder that is thrown away.
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type OpmlFeed, writeOpml } from '../shared/feeds/opml.ts';

export interface Workplace {
  /** The data folder. */
  readonly data: string;
  start(): StartedProduct;
  remove(): void;
}

export interface StartedProduct {
  readonly pid: number;
  /** Milliseconds until it said that it runs. Throws with what it said when it ends before. */
  untilRunning(): Promise<number>;
  /** Milliseconds from SIGTERM to its end. */
  stop(): Promise<number>;
}

/** A configuration with the shipped topics and these feeds, whose servers are allowed to be on this machine. */
export function makeWorkplace(feeds: readonly OpmlFeed[]): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
  const config = join(folder, 'config');
  mkdirSync(config);
  cpSync(resolve('config', 'topics'), join(config, 'topics'), { recursive: true });
  const hosts = [...new Set(feeds.map(({ url }) => new URL(url).host))];
  writeFileSync(join(config, 'tocsin.yaml'), JSON.stringify({ fetch: { allowHosts: hosts } }));
  writeFileSync(join(config, 'feeds.opml'), writeOpml(feeds));
  const data = join(folder, 'data');
  return {
    data,
    start: () => startProduct(folder, config, data),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function startProduct(folder: string, config: string, data: string): StartedProduct {
  const began = performance.now();
  const child = spawn(process.execPath, [...argumentsOfStart(), '--data', data, '--port', '0', '--no-sample'], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '', TOCSIN_CONFIG: config },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const running = new Promise<number>((done, fail) => {
    const take = (text: Buffer): void => {
      said = `${said}${text}`.slice(-4_000);
      if (said.includes('Ctrl-C stops')) done(performance.now() - began);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    void ended.then(() => fail(new Error(`the product ended: ${said}`)));
  });
  running.catch(() => {});
  return { pid: child.pid ?? 0, untilRunning: () => running, stop: () => stopProduct(child, ended) };
}

/** What follows `node` in the script `start`, with the file as an absolute path. */
function argumentsOfStart(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  const [, ...words] = scripts.start.split(' ');
  return words.map((word) => (/\.m?[jt]s$/.test(word) ? resolve(word) : word));
}

async function stopProduct(child: ChildProcess, ended: Promise<void>): Promise<number> {
  const began = performance.now();
  child.kill('SIGTERM');
  await ended;
  return performance.now() - began;
}
