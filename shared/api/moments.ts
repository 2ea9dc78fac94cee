// Points in time as a query gives them: an instant, a day in UTC, or a duration back from now.

import { DAY_MS, HOUR_MINUTES, MINUTE_MS } from '../core/time.ts';

/** A duration that can go back from here can go back from any later time. */
const EPOCH = new Date(0);
const INSTANT_OR_DAY = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;
const DAY_LENGTH = '2026-11-23'.length;
const DURATION = /^P(?!$)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?)?$/;

export const MOMENT_WANTED =
  'an instant such as 2026-11-23T08:00:00Z, a day in UTC such as 2026-11-23, or a duration such as P7D';

/** A duration moves with the clock. */
export const isDuration = (text: string): boolean => DURATION.test(text);

/** False also for a day that does not exist, and for a duration that is too long for a date. */
export const isMoment = (text: string): boolean => momentOf(text, EPOCH, 'start') !== null;

/** RFC 3339 in UTC. `text` is a moment, or undefined. A day becomes its start, or the start of the next day when `ofDay` is `end`. */
export const instantOf = (text: string | undefined, now: Date, ofDay: 'start' | 'end' = 'start'): string | undefined =>
  text === undefined ? undefined : (momentOf(text, now, ofDay)?.toISOString() ?? undefined);

function momentOf(text: string, now: Date, ofDay: 'start' | 'end'): Date | null {
  const ago = DURATION.exec(text);
  if (ago !== null) {
    const [weeks = 0, days = 0, hours = 0, minutes = 0] = ago.slice(1).map((part) => Number(part ?? 0));
    return validDate(now.getTime() - (((weeks * 7 + days) * 24 + hours) * HOUR_MINUTES + minutes) * MINUTE_MS);
  }
  if (!INSTANT_OR_DAY.test(text)) return null;
  const day = text.slice(0, DAY_LENGTH);
  // JavaScript reads the 30th of February as the 2nd of March.
  if (validDate(Date.parse(day))?.toISOString().startsWith(day) !== true) return null;
  return validDate(Date.parse(text) + (ofDay === 'end' && text === day ? DAY_MS : 0));
}

function validDate(ms: number): Date | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date;
}
