// npm run fuzz [-- --documents 100000 --seed N --only NUMBER]: reads damaged feeds. Each must give items or one typed error, in
// half a second of processor time at most, and leave nothing behind for the next. Exit code 1 when one does not.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { check } from './check.ts';
import { documentOf } from './document-of.ts';
import { seedDocuments } from './seed-documents.ts';
import type { WorkerMessage, WorkerTask } from './worker.ts';

const MOST_WORKERS = 4;
/** A document during which a thread stands still for so long stops it for good. */
const HANG_MS = 60_000;
const MOST_FAILURES = 20;
const MEMORY_MB = 512;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { documents: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const documents = wholeNumber(values.documents ?? positionals[0] ?? '100000');
const seed = wholeNumber(values.seed ?? '1');
const seeds = seedDocuments();
const totals = { read: 0, refused: 0, slowestMs: 0, slowest: 0 };
let failures = 0;
let folder: string | null = null;

if (values.only !== undefined) await readOne(wholeNumber(values.only));
else await readAll();

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`"${text}" is no whole number`);
  return Number(text);
}

async function readOne(number: number): Promise<void> {
  const document = documentOf(seeds, seed, number);
  console.log(`document ${number} of seed ${seed}: ${document.body.length} bytes from ${document.seed.name}`);
  console.log(`Content-Type: ${document.contentType ?? 'none'}`);
  console.log(`saved: ${save(number)}`);
  const { outcome, problem, cpuMs, print } = await check(document);
  console.log(`${outcome} in ${cpuMs.toFixed(1)} ms: ${print.slice(0, 2000)}`);
  if (problem !== null) fail(number, problem);
}

async function readAll(): Promise<void> {
  const workers = Math.min(MOST_WORKERS, availableParallelism());
  const begun = performance.now();
  console.log(`fuzz: seed ${seed}, ${documents} documents made from ${seeds.length}, ${workers} threads`);
  await Promise.all(Array.from({ length: workers }, (_, first) => runThread(first, workers)));
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(
    `fuzz: ${totals.read + totals.refused} documents in ${seconds} s: ${totals.read} read, ${totals.refused} refused, ` +
      `slowest ${Math.round(totals.slowestMs)} ms (document ${totals.slowest}), ${failures} failures`,
  );
}

/** A thread that dies or stands still is a failure of the document it was at; another goes on behind that. */
async function runThread(first: number, step: number): Promise<void> {
  let next = first;
  while (next < documents && failures < MOST_FAILURES) {
    const current = new Int32Array(new SharedArrayBuffer(4));
    Atomics.store(current, 0, next);
    const problem = await runWorker({ seed, first: next, step, documents, current });
    if (problem === null) return;
    const number = Atomics.load(current, 0);
    fail(number, problem);
    next = number + step;
  }
}

function runWorker(task: WorkerTask): Promise<string | null> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  return new Promise((resolve) => {
    let last = { number: -2, since: 0 };
    const watch = setInterval(() => {
      const number = Atomics.load(task.current, 0);
      if (number !== last.number) last = { number, since: performance.now() };
      else if (performance.now() - last.since > HANG_MS) end(`stood still for ${HANG_MS / 1000} s`);
      if (failures >= MOST_FAILURES) end('was not reached: too many failures');
    }, 1000);
    const end = (problem: string | null): void => {
      clearInterval(watch);
      worker.removeAllListeners();
      worker.on('error', () => {});
      void worker.terminate().then(() => resolve(problem));
    };
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'failed') return fail(message.number, message.problem);
      totals.read += message.read;
      totals.refused += message.refused;
      if (message.slowestMs > totals.slowestMs) {
        totals.slowestMs = message.slowestMs;
        totals.slowest = message.slowest;
      }
    });
    worker.on('error', (error: Error) => end(`killed its thread: ${error.stack ?? error.message}`));
    worker.on('exit', () => end(Atomics.load(task.current, 0) === -1 ? null : 'ended its thread'));
  });
}

function fail(number: number, problem: string): void {
  failures += 1;
  process.exitCode = 1;
  console.log(`FAILED: document ${number} ${problem}`);
  console.log(`  saved: ${save(number)}`);
  console.log(`  again: npm run fuzz -- --seed ${seed} --only ${number}`);
}

function save(number: number): string {
  folder ??= mkdtempSync(join(tmpdir(), 'tocsin-fuzz-'));
  const path = join(folder, `${seed}-${number}`);
  writeFileSync(path, documentOf(seeds, seed, number).body);
  return path;
}
