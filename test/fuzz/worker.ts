// One thread of the fuzzer: every so-manieth document, each told when it begins, so that one that stops the thread is known.
import { parentPort, workerData } from 'node:worker_threads';
import { check } from './check.ts';
import { documentOf } from './document-of.ts';
import { seedDocuments } from './seed-documents.ts';

export interface WorkerTask {
  readonly seed: number;
  readonly first: number;
  readonly step: number;
  readonly documents: number;
  /** Number of the document that is being read, or -1. */
  readonly current: Int32Array<SharedArrayBuffer>;
}

export type WorkerMessage =
  | { readonly kind: 'failed'; readonly number: number; readonly problem: string }
  | {
      readonly kind: 'tally';
      readonly read: number;
      readonly refused: number;
      readonly slowestMs: number;
      readonly slowest: number;
    };

const KNOWN_EVERY = 50;
const TALLY_EVERY = 200;

const { seed, first, step, documents, current } = workerData as WorkerTask;
const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);

async function run(): Promise<void> {
  const seeds = seedDocuments();
  const known = await Promise.all(seeds.map(async (each) => ({ ...each, print: (await check(each)).print })));
  let tally = { read: 0, refused: 0, slowestMs: 0, slowest: first };
  for (let number = first, turn = 1; number < documents; number += step, turn += 1) {
    Atomics.store(current, 0, number);
    const document = documentOf(seeds, seed, number);
    const checked = await check(document);
    if (checked.problem !== null) tell({ kind: 'failed', number, problem: checked.problem });
    if (checked.outcome !== 'failed') tally[checked.outcome] += 1;
    if (checked.cpuMs > tally.slowestMs) tally = { ...tally, slowestMs: checked.cpuMs, slowest: number };
    if (turn % KNOWN_EVERY === 0) {
      if ((await check(document)).print !== checked.print) {
        tell({ kind: 'failed', number, problem: 'reads differently the second time' });
      }
      const good = known[(turn / KNOWN_EVERY) % known.length];
      if (good !== undefined && (await check(good)).print !== good.print) {
        tell({ kind: 'failed', number, problem: `${good.name} reads differently after it` });
      }
    }
    if (turn % TALLY_EVERY === 0) {
      tell({ kind: 'tally', ...tally });
      tally = { ...tally, read: 0, refused: 0 };
    }
  }
  Atomics.store(current, 0, -1);
  tell({ kind: 'tally', ...tally });
}

await run();
