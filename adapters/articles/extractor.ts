// Article text from pages that anyone may have written: in a worker thread with little memory and little time,
// so that no page can stop or starve the process. The libraries are loaded in the worker only, at its first use.

import { Worker } from 'node:worker_threads';
import { SECOND_MS } from '../../shared/core/time.ts';
import type { Extraction } from '../../shared/model/article.ts';
import type { ArticleExtractor } from '../../shared/ports.ts';

/** Ten to fifty times what news pages of usual size take. */
const TIMEOUT_MS = 3000;
/** Loading the libraries takes a fifth of a second on a full core; small Lambda functions have a fraction of one. */
const START_TIMEOUT_MS = 20_000;
const MAX_MEMORY_MB = 256;
/** A worker without a page for this long ends, and some 50 MB with it; articles come in bursts. */
const IDLE_MS = 10_000;
const YOUNG_GENERATION_MB = 32;

/** Beside this file: as a source where the sources run, as `extraction-worker.mjs` where a bundle runs. */
const WORKER_URL = new URL(
  import.meta.url.endsWith('.ts') ? './extraction-worker.ts' : './extraction-worker.mjs',
  import.meta.url,
);

export interface ExtractorOptions {
  readonly timeoutMs?: number;
  readonly maxMemoryMb?: number;
  readonly workerUrl?: URL;
  /** Milliseconds without a page after which the worker ends; the next page starts another one. */
  readonly idleMs?: number;
}

/** One page at a time; the others wait in line. Never rejects: whatever goes wrong with a page is a reason in words. */
export function createArticleExtractor(options: ExtractorOptions = {}): ArticleExtractor & { close(): Promise<void> } {
  const { timeoutMs = TIMEOUT_MS, maxMemoryMb = MAX_MEMORY_MB, workerUrl = WORKER_URL, idleMs = IDLE_MS } = options;
  let worker: Promise<Worker> | null = null;
  let line: Promise<unknown> = Promise.resolve();
  let pagesInLine = 0;
  let idleTimer: NodeJS.Timeout | undefined;

  async function extract(html: string, url: string): Promise<Extraction> {
    try {
      worker ??= startWorker(workerUrl, maxMemoryMb);
      const outcome = await ask(await worker, { html, url }, timeoutMs);
      if (outcome !== null) return outcome;
      await discard();
      return failure(`reading the page took more than ${timeoutMs / SECOND_MS} s`);
    } catch (error) {
      await discard();
      return failure(reasonOf(error, maxMemoryMb));
    }
  }

  async function discard(): Promise<void> {
    const last = worker;
    worker = null;
    await last?.then((each) => each.terminate()).catch(() => {});
  }

  function leave(): void {
    pagesInLine -= 1;
    if (pagesInLine === 0) idleTimer = setTimeout(() => void discard(), idleMs).unref();
  }

  return {
    extract: (html, url) => {
      clearTimeout(idleTimer);
      pagesInLine += 1;
      const turn = line.then(() => extract(html, url)).finally(leave);
      line = turn;
      return turn;
    },
    close: () => line.then(discard),
  };
}

/** Resolves once the worker has loaded its libraries. It sees no environment: pages are read beside no secrets. */
async function startWorker(url: URL, maxMemoryMb: number): Promise<Worker> {
  const worker = new Worker(url, {
    env: {},
    execArgv: [],
    // Its libraries may remark on a page; otherwise that would appear on our terminal.
    stdout: true,
    stderr: true,
    resourceLimits: {
      maxOldGenerationSizeMb: maxMemoryMb - YOUNG_GENERATION_MB,
      maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
    },
  });
  worker.stdout.resume();
  worker.stderr.resume();
  worker.on('error', () => {}); // an idle worker that dies is found dead by the next page, see ask()
  if ((await nextMessage(worker, START_TIMEOUT_MS)) === null) {
    await worker.terminate();
    throw new Error(`the worker was not ready within ${START_TIMEOUT_MS / SECOND_MS} s`);
  }
  return worker;
}

/** Null when there was no answer in time. The process stays alive for the answer, not for an idle worker. */
async function ask(worker: Worker, page: { html: string; url: string }, timeoutMs: number): Promise<Extraction | null> {
  worker.ref();
  try {
    worker.postMessage(page);
    return (await nextMessage(worker, timeoutMs)) as Extraction | null;
  } finally {
    worker.unref();
  }
}

/** The worker's next message, or null after `timeoutMs`. Rejects with what killed the worker. */
function nextMessage(worker: Worker, timeoutMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      act();
    };
    const onMessage = (message: unknown): void => settle(() => resolve(message));
    const onError = (error: unknown): void => settle(() => reject(error));
    const onExit = (): void => settle(() => reject(new Error('the worker has ended')));
    const timer = setTimeout(() => settle(() => resolve(null)), timeoutMs);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    if (worker.threadId === -1) onExit();
  });
}

function reasonOf(error: unknown, maxMemoryMb: number): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return `reading the page took more than ${maxMemoryMb} MB of memory`;
  return `the page could not be read (${message ?? String(error)})`.slice(0, 200);
}

const failure = (reason: string): Extraction => ({ ok: false, reason });
