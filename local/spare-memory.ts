// Gives back memory that a burst of large documents has left behind. V8 keeps the pages for the next burst and returns them only when the
// process is idle for some seconds, which a monitor with thousands of feeds never is.

/** A small installation stays below. */
const LARGE_BYTES = 280_000_000;
const LOOK_EVERY_MS = 3_000;
/** A collection that gains less than this is not worth its time for a while: so much is really in use. */
const WORTH_BYTES = 40_000_000;
const REST_MS = 60_000;

export interface MemoryParts {
  /** Resident memory of this process in bytes. */
  readonly residentBytes: () => number;
  /** Collects all garbage and returns what is free to the system. Takes some tenths of a second; undefined where Node was not started so that it can. */
  readonly collect: (() => void) | undefined;
}

const ofThisProcess: MemoryParts = {
  residentBytes: () => process.memoryUsage.rss(),
  collect:
    typeof gc === 'undefined'
      ? undefined
      : () => void gc?.({ type: 'major', flavor: 'last-resort', execution: 'sync' }),
};

/** Looks from time to time, until the function given back is called. */
export function returnSpareMemory({ residentBytes, collect }: MemoryParts = ofThisProcess): () => void {
  if (collect === undefined) return () => {};
  let timer: NodeJS.Timeout;
  const look = (): void => {
    const before = residentBytes();
    if (before > LARGE_BYTES) collect();
    const isInVain = before > LARGE_BYTES && before - residentBytes() < WORTH_BYTES;
    timer = setTimeout(look, isInVain ? REST_MS : LOOK_EVERY_MS).unref();
  };
  timer = setTimeout(look, LOOK_EVERY_MS).unref();
  return () => clearTimeout(timer);
}
