// Waits before something is tried again that others do at the same time.

const FIRST_WAIT_MS = 10;

/** Waits up to 10 ms before the second try and up to twice as long before each further one, with full jitter. `tries`: those that were made, at least one. */
export const jitteredWait = (tries: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * FIRST_WAIT_MS * 2 ** (tries - 1)));
