// Waits for a data folder. A Tocsin that starts or stops uses it for some seconds, and so does another command while Tocsin does not run.
import { rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { lockFolder, makeFolder } from './folder-lock.ts';
import { type Runtime, readRuntime } from './runtime-file.ts';

/** Longer than a start with ten thousand feeds takes, or a stop that finishes its work. */
const MAX_WAIT_MS = 30_000;
const CHECK_EVERY_MS = 100;
const PRINT_AFTER_MS = 1_000;

export interface Waiting {
  /** Prints a line for the user, once, when the wait takes longer than a second. */
  readonly say?: (line: string) => void;
  /** @default 30 s */
  readonly maxWaitMs?: number;
  /** Ends the wait; its reason is thrown. */
  readonly signal?: AbortSignal;
}

/**
 * Takes the folder as soon as it is free; returns the function that releases it. Throws InvalidInputError('data_in_use') when an instance
 * answers there or the wait is over, and StorageError.
 */
export async function lockFreeFolder(
  folder: string,
  { say = () => {}, maxWaitMs = MAX_WAIT_MS, signal }: Waiting = {},
): Promise<() => void> {
  const begun = performance.now();
  for (let isPrinted = false; ; await pause()) {
    try {
      return lockFolder(folder);
    } catch (error) {
      signal?.throwIfAborted();
      const waitedMs = performance.now() - begun;
      if (!isInUse(error) || waitedMs >= maxWaitMs || (await readRuntime(folder)) !== null) throw error;
      if (!isPrinted && waitedMs >= PRINT_AFTER_MS) {
        isPrinted = true;
        say(`waiting: ${error.message.split('\n')[0]}, which is starting, stopping or about to finish`);
      }
    }
  }
}

/**
 * Does work on a data folder while no other process may use it. A folder that was created for work that failed is removed again. Throws
 * like `lockFreeFolder`.
 */
export async function withFolder<T>(folder: string, work: () => Promise<T> | T, waiting: Waiting = {}): Promise<T> {
  const made = makeFolder(folder);
  try {
    const unlock = await lockFreeFolder(folder, waiting);
    try {
      return await work();
    } finally {
      unlock();
    }
  } catch (error) {
    if (made !== null) removeEmpty(folder, made);
    throw error;
  }
}

/** The folder and those above it up to `outermost`, as far as they are empty. */
function removeEmpty(folder: string, outermost: string): void {
  try {
    rmdirSync(folder);
    if (folder !== outermost) removeEmpty(dirname(folder), outermost);
  } catch {
    // Something is in it.
  }
}

/** Asks the instance that uses the folder, even if it is still starting; without one, `alone` works on the folder itself. */
export async function askOrDo<T>(
  folder: string,
  ask: (running: Runtime) => Promise<T>,
  alone: () => Promise<T>,
): Promise<T> {
  for (;;) {
    const running = await readRuntime(folder);
    if (running !== null) return ask(running);
    try {
      return await alone();
    } catch (error) {
      if (!isInUse(error) || (await readRuntime(folder)) === null) throw error;
    }
  }
}

const isInUse = (error: unknown): error is InvalidInputError =>
  error instanceof InvalidInputError && error.code === 'data_in_use';

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, CHECK_EVERY_MS));
