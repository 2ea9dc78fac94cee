// A copy of the project below the system's temporary folder, in which tests run against one mutant after the other.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyMutant, type Mutant } from './mutate-source.ts';

export interface TestRun {
  readonly outcome: 'passed' | 'failed' | 'timed out';
  /** Where the run stopped; null when all passed, or when Jest itself broke. */
  readonly failedTest: string | null;
  /** What each test file cost that ran to its end, mostly processor time. */
  readonly costMs: ReadonlyMap<string, number>;
}

export interface Workbench {
  /** Runs the test files in this order until one fails, or until so much processor time is used up: how busy the machine is does not matter. */
  runTests(files: readonly string[], cpuSeconds: number): Promise<TestRun>;
  /** Puts the mutant into its file while `work` runs. */
  with<Result>(mutant: Mutant, work: () => Promise<Result>): Promise<Result>;
  /** Whether the compiler accepts the project as it is now. */
  typesHold(): Promise<boolean>;
  remove(): void;
}

const HERE = dirname(fileURLToPath(import.meta.url));
const JEST = ['--experimental-vm-modules', join('node_modules', 'jest', 'bin', 'jest.js')];
/** Tests on random examples take a part of their usual number: a mutant that survives these may die in the whole suite. */
const FEWER_EXAMPLES = { DIFFERENTIAL_TOPICS: '300', PROPERTY_RUNS: '50' };
const TYPE_CHECK_SECONDS = 300;
/** A test file that mostly waits for others costs less than the time it takes, but something. */
const WAITING_COUNTS = 1 / 20;
/** On a busy machine a run may take so many times its processor time. */
const BUSY = 15;

/** Copies what git knows of, and what it does not ignore; packages are shared with the original. */
export function openWorkbench(original: string): Workbench {
  const root = mkdtempSync(join(tmpdir(), 'tocsin-mutation-'));
  for (const file of filesOf(original)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(original, file), join(root, file));
  }
  symlinkSync(join(original, 'node_modules'), join(root, 'node_modules'), 'dir');
  return {
    runTests: (files, cpuSeconds) => runTests(root, files, cpuSeconds),
    with: async (mutant, work) => {
      const path = join(root, mutant.file);
      const source = readFileSync(path, 'utf8');
      writeFileSync(path, applyMutant(source, mutant));
      try {
        return await work();
      } finally {
        writeFileSync(path, source);
      }
    },
    typesHold: async () => {
      const { code } = await run(
        root,
        [join('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit'],
        {},
        TYPE_CHECK_SECONDS,
      );
      return code === 0;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

const filesOf = (folder: string): string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: folder,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(folder, file)));

async function runTests(root: string, files: readonly string[], cpuSeconds: number): Promise<TestRun> {
  const order = join(root, '.mutation-order.json');
  const report = join(root, '.mutation-report.jsonl');
  const paths = files.map((file) => join(root, file));
  writeFileSync(order, JSON.stringify(paths));
  writeFileSync(report, '');
  const extensions = [
    `--testSequencer=${join(HERE, 'in-order.mjs')}`,
    `--reporters=${join(HERE, 'line-reporter.mjs')}`,
  ];
  const { code, timedOut } = await run(
    root,
    [...JEST, '--runInBand', '--bail', '--silent', ...extensions, '--runTestsByPath', ...paths],
    { ...FEWER_EXAMPLES, MUTATION_ORDER: order, MUTATION_REPORT: report },
    cpuSeconds,
  );
  const ended = readReport(report).map((one) => ({ ...one, file: relative(root, one.path) }));
  return {
    outcome: timedOut ? 'timed out' : code === 0 ? 'passed' : 'failed',
    failedTest: ended.find(({ failed }) => failed)?.file ?? null,
    costMs: new Map(ended.map(({ file, cpuMs, wallMs }) => [file, Math.max(cpuMs, wallMs * WAITING_COUNTS)])),
  };
}

interface EndedTestFile {
  readonly path: string;
  readonly failed: boolean;
  readonly cpuMs: number;
  readonly wallMs: number;
}

const readReport = (file: string): readonly EndedTestFile[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

interface Ended {
  readonly code: number | null;
  readonly timedOut: boolean;
}

/**
 * Runs Node in a process group of its own, so that what a test started ends with it. The shell sets the limit of processor time; a test that waits for ever
 * is ended by Jest.
 */
function run(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv, cpuSeconds: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      'sh',
      ['-c', 'ulimit -t "$1"; shift; exec "$@"', 'sh', String(cpuSeconds), process.execPath, ...args],
      {
        cwd,
        env: { ...process.env, ...env },
        stdio: 'ignore',
        detached: true,
      },
    );
    let timedOut = false;
    const timer = setTimeout(
      () => {
        timedOut = true;
        endGroup(child.pid);
      },
      cpuSeconds * 1000 * BUSY,
    );
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      endGroup(child.pid);
      resolve({ code, timedOut: timedOut || signal === 'SIGXCPU' || signal === 'SIGKILL' });
    });
  });
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Everything in it has ended.
  }
}
