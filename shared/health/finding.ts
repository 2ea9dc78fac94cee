// What `doctor`, the status page and /readyz say about an instance.

import { counted } from '../core/counted.ts';
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from '../core/time.ts';

/** One thing that was checked. */
export interface Finding {
  /** False when a human has to look: `doctor` ends with exit code 1. */
  readonly well: boolean;
  /** What was checked, in a word or two: `schedule`. */
  readonly what: string;
  /** The result in a sentence; times as `2026-11-30 14:05 UTC`. */
  readonly says: string;
}

/** `40 seconds`, `3 minutes`, `2 hours`, `2 days`: whole units, rounded down. */
export function duration(seconds: number): string {
  if (seconds < 120) return counted(Math.floor(seconds), 'second');
  if (seconds < 120 * MINUTE_SECONDS) return counted(Math.floor(seconds / MINUTE_SECONDS), 'minute');
  if (seconds < 48 * HOUR_SECONDS) return counted(Math.floor(seconds / HOUR_SECONDS), 'hour');
  return counted(Math.floor(seconds / DAY_SECONDS), 'day');
}
