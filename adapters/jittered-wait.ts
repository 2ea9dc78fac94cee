// Waits before something is tried again that others do at the same time.

const FIRST_WAIT_MS = 10;

/** Waits up to 10 ms after the first try and up to twice as long after each further one, with full jitter; `tries` counts from 0. */
export const jitteredWait = (tries: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * FIRST_WAIT_MS * 2 ** tries));
