// When a message whose work failed is tried again, and when it is set aside: the same on AWS and on one machine. Tries come close together at
// first and never further apart than 15 minutes, for nine hours: an outage of six ends before any message is given up.
import { mayRetry } from './errors.ts';
import { MINUTE_SECONDS } from './time.ts';

/** A message received this often is set aside by its queue, whatever its errors say. */
export const MOST_RECEIVES = 50;
/** A message whose error will not pass is set aside after so many receives, about 25 minutes: a deploy may cure it, or be undone, until then. */
export const LASTING_RECEIVES = 8;

const FIRST_WAIT_SECONDS = 12;
/** No message is hidden for longer; the longest delay in SQS. */
const LONGEST_WAIT_SECONDS = 15 * MINUTE_SECONDS;
/** Waits differ by up to this share, so that what failed together does not come back together. */
const SPREAD = 1 / 6;

/** What only a mistake in a program throws. `fetch failed` is a TypeError too, but names its cause. */
const MISTAKES: readonly string[] = ['TypeError', 'RangeError', 'ReferenceError'];

/** Seconds until the next try, or that there is none. */
export type AfterFailure = number | 'set aside';

/**
 * `receives`: how often the message was received, this time included; `random` from 0 to 1. The waits are 10 to 12 s, 20 to 24 s, … and at
 * last 12.5 to 15 minutes.
 */
export function afterFailure(error: unknown, receives: number, random: number): AfterFailure {
  if (receives >= LASTING_RECEIVES && !mayPass(error)) return 'set aside';
  const wait = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (Math.max(1, receives) - 1));
  return Math.round(wait * (1 - SPREAD * random));
}

/** False when the same work will fail again: our own errors say so, and so do mistakes in the program. */
export const mayPass = (error: unknown): boolean =>
  mayRetry(error) && !(error instanceof Error && MISTAKES.includes(error.name) && error.cause === undefined);
