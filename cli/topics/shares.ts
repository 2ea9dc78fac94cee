// Shares of small counts as tables show them.
import { intervalOf } from './score.ts';

/** In per cent, with its 95 % interval: 8 of 9 says less than 80 of 90. */
export function shareOf(hits: number, cases: number): string {
  const interval = intervalOf(hits, cases);
  if (interval === null) return '-';
  const [from, to] = interval.map((bound) => (100 * bound).toFixed(0));
  return `${percent(hits / cases)} (${from}–${to})`;
}

export const percent = (value: number | null): string => (value === null ? '-' : (100 * value).toFixed(1));
