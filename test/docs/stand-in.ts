// Stand-ins for the programs of a server that docs/operations.md uses and a test must not run: `node stand-in.ts NAME ARGUMENTS`. They act below
// the folder STAND_IN_ROOT. systemctl is the one with work to do: it reads the units of docs/examples and runs what they say.
import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { placesOf } from './places.ts';

const { root, rewrite } = placesOf(process.env);
const STOP_WITHIN_MS = 30_000;
const STAND_IN_ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name === 'PATH' || name.startsWith('STAND_IN_')),
);

interface Unit {
  readonly main: readonly string[];
  readonly afterwards: readonly (readonly string[])[];
  readonly oneShot: boolean;
  readonly options: SpawnOptions;
}

// ---------------------------------------------------------------- systemctl

async function systemctl([verb = '', ...args]: string[]): Promise<number> {
  const units = args.filter((arg) => !arg.startsWith('--'));
  if (verb === 'daemon-reload' || verb === 'reload') return 0;
  for (const unit of units) {
    if (verb === 'stop' || verb === 'restart') await stop(unit);
    if (verb === 'start' || verb === 'restart' || (verb === 'enable' && args.includes('--now'))) {
      const code = await start(unit);
      if (code !== 0) return code;
    }
    if (verb === 'status') process.stdout.write(`${unit}: ${mainProcess(unit) === null ? 'inactive' : 'active'}\n`);
  }
  return 0;
}

async function start(name: string): Promise<number> {
  const file = join(root, 'etc/systemd/system', name.includes('.') ? name : `${name}.service`);
  const text = readFileSync(file, 'utf8');
  if (name.endsWith('.timer')) return existsSync(file.replace(/timer$/, 'service')) ? 0 : 1;
  const { main, afterwards, oneShot, options } = unitOf(rewrite(text));
  mkdirSync(String(options.cwd), { recursive: true });
  if (oneShot) return [main, ...afterwards].every((command) => runToEnd(command, options)) ? 0 : 1;
  const log = openSync(journalOf(name), 'a');
  const [program = '', ...args] = main;
  const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', log, log] });
  writeFileSync(pidFile(name), String(child.pid));
  child.unref();
  return afterwards.every((command) => runToEnd(command, options)) ? 0 : 1;
}

function runToEnd([program = '', ...args]: readonly string[], options: SpawnOptions): boolean {
  const { status, stderr } = spawnSync(program, args, { ...options, encoding: 'utf8' });
  process.stderr.write(stderr);
  return status === 0;
}

async function stop(name: string): Promise<void> {
  const process_ = mainProcess(name);
  if (process_ === null) return;
  process.kill(process_, 'SIGTERM');
  const deadline = Date.now() + STOP_WITHIN_MS;
  while (isAlive(process_)) {
    if (Date.now() > deadline) throw new Error(`${name} did not stop within ${STOP_WITHIN_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  rmSync(pidFile(name));
}

function unitOf(text: string): Unit {
  const settings = [...text.matchAll(/^(\w+)=(.*)$/gm)].map(({ 1: key = '', 2: value = '' }) => [key, value] as const);
  const all = (key: string): readonly string[] => settings.filter(([name]) => name === key).map(([, value]) => value);
  const file = all('EnvironmentFile')[0]?.replace(/^-/, '') ?? '';
  const pairs = [
    ...all('Environment').flatMap(words),
    ...(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []),
  ];
  const env = Object.fromEntries(
    pairs
      .filter((pair) => pair.includes('='))
      .map((pair) => [pair.slice(0, pair.indexOf('=')), rewrite(pair.slice(pair.indexOf('=') + 1))]),
  );
  return {
    main: words(all('ExecStart')[0] ?? ''),
    afterwards: all('ExecStartPost').map(words),
    oneShot: all('Type')[0] === 'oneshot',
    // A unit inherits next to nothing from the process that starts it; the rest is for the stand-ins.
    options: { cwd: all('WorkingDirectory')[0], env: { ...STAND_IN_ENVIRONMENT, ...env } },
  };
}

/** The words of a line in a unit: quotes hold words together, %% is a percent sign. */
const words = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(({ 1: single, 2: double, 3: bare }) =>
    (single ?? double ?? bare ?? '').replaceAll('%%', '%'),
  );

function mainProcess(name: string): number | null {
  const pid = existsSync(pidFile(name)) ? Number(readFileSync(pidFile(name), 'utf8')) : null;
  return pid !== null && isAlive(pid) ? pid : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A child that ended but was not waited for counts as ended, as it does for systemd.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const pidFile = (name: string): string => join(root, `${name}.pid`);

function journalOf(name: string): string {
  return join(root, `${name}.journal`);
}

// ---------------------------------------------------------------- other programs

/** `curl -fsS [-H HEADER] [--retry TIMES …] URL`: tries as long as curl would, but more often, while nothing listens. */
async function curl(args: string[]): Promise<number> {
  const optionOf = (option: string): string => (args.includes(option) ? (args[args.indexOf(option) + 1] ?? '') : '');
  const [header = '', value = ''] = optionOf('-H').split(': ');
  const ask = (): Promise<Response> => fetch(args.at(-1) ?? '', header === '' ? {} : { headers: { [header]: value } });
  let response = await ask().catch(() => null);
  const end = performance.now() + Number(optionOf('--retry')) * 1000;
  while (response === null && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    response = await ask().catch(() => null);
  }
  if (!args.includes('-o')) process.stdout.write((await response?.text()) ?? '');
  return response?.ok === true ? 0 : 22;
}

/** `install [-d] [-o OWNER] [-g GROUP] -m MODE [SOURCE] TARGET…`; owners are left out. */
function install(args: string[]): number {
  const valued = ['-o', '-g', '-m'];
  const names = args.filter((arg, at) => !arg.startsWith('-') && !valued.includes(args[at - 1] ?? ''));
  const mode = Number.parseInt(args[args.indexOf('-m') + 1] ?? '644', 8);
  if (args.includes('-d')) {
    for (const name of names) mkdirSync(name, { recursive: true, mode });
    return 0;
  }
  const [source = '', target = ''] = names;
  const file =
    existsSync(target) && basename(target) !== basename(source) && target.endsWith('/')
      ? join(target, basename(source))
      : target;
  writeFileSync(file, rewrite(readFileSync(source, 'utf8')), { mode });
  return 0;
}

/** The program stands in its place already: see the test. */
function git([verb]: string[]): number {
  return ['clone', 'pull', '-C'].includes(verb ?? '') ? 0 : 1;
}

/** `npm ci`, and `npm start -- --help`. */
function npm([verb, ...args]: string[]): number {
  if (verb === 'start')
    return spawnSync(process.execPath, ['cli/main.mjs', 'start', ...args.slice(1)], { stdio: 'inherit' }).status ?? 1;
  return verb === 'ci' && existsSync('package-lock.json') ? 0 : 1;
}

// ---------------------------------------------------------------- which one

const programs: Readonly<Record<string, (args: string[]) => Promise<number> | number>> = {
  systemctl,
  curl,
  install,
  git,
  npm,
  useradd: () => 0,
  nginx: () => (existsSync(join(root, 'etc/nginx/conf.d/tocsin.conf')) ? 0 : 1),
  caddy: (args) => (existsSync(args.at(-1) ?? '') ? 0 : 1),
  journalctl: (args) => {
    process.stdout.write(readFileSync(journalOf(args[args.indexOf('-u') + 1] ?? '')));
    return 0;
  },
};

const [program = '', ...given] = process.argv.slice(2);
const run = programs[program];
if (run === undefined) throw new Error(`there is no stand-in for ${program}`);
process.exitCode = await run(given);
