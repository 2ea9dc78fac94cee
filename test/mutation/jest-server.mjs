// Runs test files in one process, one message each, for one mutant after the other: to start Jest costs more than most files.
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { runCLI } from 'jest';

const LIMIT = 0;

/** In seconds. */
function used() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

if (isMainThread) {
  // A second thread keeps the limit of processor time, since a mutant may keep this one busy for ever.
  const limit = new Float64Array(new SharedArrayBuffer(8)).fill(Number.POSITIVE_INFINITY);
  new Worker(new URL(import.meta.url), { workerData: limit }).unref();
  process.on('message', async ({ file, cpuSeconds }) => {
    const [cpu, wall] = [used(), performance.now()];
    limit[LIMIT] = cpu + cpuSeconds;
    const argv = {
      _: [file],
      $0: '',
      runInBand: true,
      runTestsByPath: true,
      silent: true,
      reporters: [],
      watchman: false,
    };
    const { results } = await runCLI(argv, [process.cwd()]);
    limit[LIMIT] = Number.POSITIVE_INFINITY;
    process.send({ passed: results.success, cpuMs: (used() - cpu) * 1000, wallMs: performance.now() - wall });
  });
} else {
  setInterval(() => {
    if (used() > workerData[LIMIT]) process.kill(process.pid, 'SIGKILL');
  }, 500);
}
