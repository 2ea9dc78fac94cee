// When feeds are checked for incidents that operators are to be notified of: rules that every store keeps.
import { HOUR_MS, instantAfter, MINUTE_MS } from '../core/time.ts';

export const CHECK_EVERY_MS = HOUR_MS;

/** A check that has not ended by then has died, and another takes over. Shorter than the pace of the sweep, so that a check that fails makes each sweep fail. */
export const CHECK_TAKES_MS = 4 * MINUTE_MS;

/** The furthest instant at which the next check can be due. A mark beyond it was written by a clock that ran ahead, and does not count. */
export const furthestCheck = (now: string): string => instantAfter(new Date(now), 2 * CHECK_EVERY_MS);
