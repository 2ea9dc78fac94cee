// Returns memory to the system after a burst of large documents. V8 keeps emptied pages for the next burst and returns them only when the
// process has been idle for some seconds, which a monitor of many feeds never is.

/** A small installation stays below. */
const LARGE_BYTES = 200_000_000;
const LOOK_EVERY_MS = 2_000;
/** Collected again when this much has been added to what the last collection left. */
const WORTH_BYTES = 25_000_000;

export interface MemoryParts {
  /** Resident memory of this process in bytes. */
  readonly residentBytes: () => number;
  /** Collects all garbage and returns free memory to the system, which takes some tenths of a second. Undefined without `--expose-gc`. */
  readonly collect: (() => void) | undefined;
}

const ofThisProcess: MemoryParts = {
  residentBytes: () => process.memoryUsage.rss(),
  collect:
    typeof gc === 'undefined'
      ? undefined
      : () => void gc?.({ type: 'major', flavor: 'last-resort', execution: 'sync' }),
};

/** Checks the memory every few seconds until the returned function is called. */
export function returnSpareMemory({ residentBytes, collect }: MemoryParts = ofThisProcess): () => void {
  if (collect === undefined) return () => {};
  let limit = LARGE_BYTES;
  const timer = setInterval(() => {
    if (residentBytes() > limit) {
      collect();
      limit = Number.POSITIVE_INFINITY;
    }
    // It follows what is in use, downwards at each look and upwards only by a collection.
    limit = Math.max(LARGE_BYTES, Math.min(limit, residentBytes() + WORTH_BYTES));
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
