// When a delivery that could not be sent is tried again.

import { createHash } from 'node:crypto';
import { HOUR_SECONDS, MINUTE_SECONDS, SECOND_MS } from '../core/time.ts';

/** Seconds to wait after the first, second, … try. Seven tries in all, over about 35 hours, then the delivery has failed. */
const RETRY_DELAYS_SECONDS = [
  30,
  5 * MINUTE_SECONDS,
  30 * MINUTE_SECONDS,
  2 * HOUR_SECONDS,
  8 * HOUR_SECONDS,
  24 * HOUR_SECONDS,
] as const;

/** Up to this share is added, so that what failed together does not come back together. */
const JITTER = 0.2;

/** How long one try may take before another may start, with the same id. */
export const ATTEMPT_SECONDS = 120;
/** When another alert of the same story is being sent. */
export const SOON_SECONDS = 30;
/** A digest may have thousands of members to read and to settle. */
export const DIGEST_ATTEMPT_SECONDS = 300;

/**
 * When the next try is due after `attempts` tries, the last of which ended at `now`; null when there is none left.
 * The jitter follows from the id, so that the same history always gives the same times.
 */
export function nextTryAt(id: string, attempts: number, now: Date): string | null {
  const delay = RETRY_DELAYS_SECONDS[attempts - 1];
  if (delay === undefined) return null;
  const share = createHash('sha256').update(`${id} ${attempts}`).digest().readUInt32BE(0) / 2 ** 32;
  return secondsAfter(now, delay * (1 + JITTER * share));
}

export const secondsAfter = (now: Date, seconds: number): string =>
  new Date(now.getTime() + seconds * SECOND_MS).toISOString();
