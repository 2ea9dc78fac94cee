// Time as one machine's Tocsin sees it. Schedules, queues and health all use the same clock, so that a test can let days pass.
import { wallClock } from '../../adapters/wall-clock.ts';
import type { Clock } from '../../shared/ports.ts';

export interface InstanceClock extends Clock {
  /** Monotonic milliseconds: setting the clock does not move them. */
  passed(): number;
  /** Calls back once when so many milliseconds have passed; the function that it gives cancels that. */
  after(ms: number, action: () => void): () => void;
}

export const systemClock: InstanceClock = {
  now: wallClock.now,
  passed: () => performance.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
