// A copy of the project below the system's temporary folder, in which tests run against one mutant after the other.
import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyMutant, type Mutant } from './mutate-source.ts';

export interface TestRun {
  readonly outcome: 'passed' | 'failed' | 'timed out';
  /** Where the run stopped; null when all passed. */
  readonly failedTest: string | null;
  /** What each test file cost that ran to its end, mostly processor time. */
  readonly costMs: ReadonlyMap<string, number>;
}

export interface Workbench {
  /**
   * Runs the test files in this order until one fails, or uses up its limit in seconds of processor time: how busy the machine is does not
   * matter.
   */
  runTests(files: readonly string[], limitOf: (file: string) => number): Promise<TestRun>;
  /** Puts the mutant into its file while `work` runs. */
  with<Result>(mutant: Mutant, work: () => Promise<Result>): Promise<Result>;
  /** Whether the compiler accepts the project as it is now. */
  typesHold(): Promise<boolean>;
  remove(): void;
}

const HERE = dirname(fileURLToPath(import.meta.url));
/** Tests on random examples take a part of their usual number: a mutant that survives these may die in the whole suite. */
const FEWER_EXAMPLES = { DIFFERENTIAL_TOPICS: '300', PROPERTY_RUNS: '50' };
const TYPE_CHECK_SECONDS = 300;
/** A test file that mostly waits for others costs less than the time it takes, but something. */
const WAITING_COUNTS = 1 / 20;
/** On a busy machine a run may take so many times its processor time. */
const BUSY = 15;
/** What tests leave behind in the process that runs them goes after so many files. */
const FILES_OF_ONE_SERVER = 60;

/** Copies what git knows of, and what it does not ignore; packages are shared with the original. */
export function openWorkbench(original: string): Workbench {
  const root = mkdtempSync(join(tmpdir(), 'tocsin-mutation-'));
  for (const file of filesOf(original)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(original, file), join(root, file));
  }
  symlinkSync(join(original, 'node_modules'), join(root, 'node_modules'), 'dir');
  const server = new JestServer(root);
  return {
    runTests: (files, limitOf) => runTests(server, files, limitOf),
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
    typesHold: async () =>
      (await run(root, [join('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit'], TYPE_CHECK_SECONDS)) === 0,
    remove: () => {
      server.end();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

const filesOf = (folder: string): string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: folder,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(folder, file)));

async function runTests(
  server: JestServer,
  files: readonly string[],
  limitOf: (file: string) => number,
): Promise<TestRun> {
  const costMs = new Map<string, number>();
  for (const file of files) {
    const { outcome, cpuMs, wallMs } = await server.runTest(file, limitOf(file));
    if (outcome === 'timed out') return { outcome, failedTest: file, costMs };
    costMs.set(file, Math.max(cpuMs, wallMs * WAITING_COUNTS));
    if (outcome === 'failed') return { outcome, failedTest: file, costMs };
  }
  return { outcome: 'passed', failedTest: null, costMs };
}

interface EndedTestFile {
  readonly outcome: TestRun['outcome'];
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** Runs Jest in a process group of its own, so that what a test started ends with it. */
class JestServer {
  readonly #root: string;
  #process: ChildProcess | null = null;
  #files = 0;

  constructor(root: string) {
    this.#root = root;
  }

  async runTest(file: string, cpuSeconds: number): Promise<EndedTestFile> {
    if (this.#files >= FILES_OF_ONE_SERVER || this.#process?.connected === false) this.end();
    this.#files += 1;
    this.#process ??= this.#start();
    const child = this.#process;
    const ended = await new Promise<EndedTestFile>((resolve) => {
      const stop = (outcome: TestRun['outcome']): void => {
        clearTimeout(timer);
        this.end();
        resolve({ outcome, cpuMs: 0, wallMs: 0 });
      };
      const timer = setTimeout(() => stop('timed out'), cpuSeconds * 1000 * BUSY);
      child.once('exit', (_code, signal) => stop(signal === 'SIGKILL' ? 'timed out' : 'failed'));
      child.once('message', ({ passed, cpuMs, wallMs }: { passed: boolean; cpuMs: number; wallMs: number }) => {
        clearTimeout(timer);
        resolve({ outcome: passed ? 'passed' : 'failed', cpuMs, wallMs });
      });
      child.send({ file: join(this.#root, file), cpuSeconds });
    });
    child.removeAllListeners();
    return ended;
  }

  end(): void {
    this.#process?.removeAllListeners();
    endGroup(this.#process?.pid);
    this.#process = null;
    this.#files = 0;
  }

  #start(): ChildProcess {
    return fork(join(HERE, 'jest-server.mjs'), {
      execArgv: ['--experimental-vm-modules'],
      cwd: this.#root,
      env: { ...process.env, ...FEWER_EXAMPLES },
      stdio: 'ignore',
      detached: true,
    });
  }
}

/** The exit code. The shell sets the limit of processor time. */
function run(cwd: string, args: readonly string[], cpuSeconds: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      'sh',
      ['-c', 'ulimit -t "$1"; shift; exec "$@"', 'sh', String(cpuSeconds), process.execPath, ...args],
      { cwd, stdio: 'ignore', detached: true },
    );
    const timer = setTimeout(() => endGroup(child.pid), cpuSeconds * 1000 * BUSY);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code);
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
