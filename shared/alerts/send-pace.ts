// When the next message may leave: places in a row, one behind the other at the provider's rate, after a short burst. This is the generic cell
// rate algorithm (ITU-T I.371). Its state is the instant at which the row will be empty.
import { DAY_MS, SECOND_MS } from '../core/time.ts';

export interface Pace {
  readonly perSecond: number;
  /** Messages that may leave at once when nothing was sent for a while; at least 1. */
  readonly burst: number;
}

/** A row that is fuller than this was written by a clock that ran ahead. */
export const LONGEST_ROW_MS = DAY_MS;

/** Milliseconds between two places. */
export const gapOf = ({ perSecond }: Pace): number => SECOND_MS / perSecond;

/**
 * Takes `count` places. `emptyAt`: when the row is empty if no more places are taken, epoch milliseconds; null for a new row. Gives the instant of
 * the first place, which is past where a burst is left (the others follow at the pace; those that are past may be used at once), and when the row is
 * empty afterwards.
 */
export function takePlaces(
  emptyAt: number | null,
  count: number,
  pace: Pace,
  now: number,
): { readonly firstAt: number; readonly emptyAt: number } {
  const gap = gapOf(pace);
  const known = emptyAt === null || emptyAt > now + LONGEST_ROW_MS ? now : Math.max(now, emptyAt);
  return { firstAt: known - (pace.burst - 1) * gap, emptyAt: known + count * gap };
}
