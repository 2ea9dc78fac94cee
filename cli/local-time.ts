// Instants as the terminal shows them (in its time zone, with the offset), and times as people type them. JSON and CSV keep
// instants in UTC.

import { InvalidInputError } from '../shared/core/errors.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../shared/core/time.ts';
import { timeInWords, type ZoneOffset } from '../shared/text/zoned-time.ts';

export type { ZoneOffset };

export const terminalZone: ZoneOffset = (instantMs) => -new Date(instantMs).getTimezoneOffset();

/** "2026-11-30 09:21 +01:00". */
export const localMinute = (instant: string | Date, zone: ZoneOffset): string => timeInWords(instant, zone);

/** "2026-11-30 09:21:04 +01:00". */
export const localSecond = (instant: string | Date, zone: ZoneOffset): string => timeInWords(instant, zone, 'second');

/** "09:21:04 +01:00": for lines about what happens now. */
export const localClock = (instant: string | Date, zone: ZoneOffset): string => localSecond(instant, zone).slice(11);

/** Turns the UTC times in a sentence from the instance into local ones. */
export const withLocalTimes = (sentence: string, zone: ZoneOffset): string =>
  sentence.replace(/(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) UTC/g, (_, day: string, time: string) =>
    localMinute(`${day}T${time}:00Z`, zone),
  );

export const ALLOWED_TIMES =
  'today, yesterday; 90m, 2h, 7d or 1w (that long ago); a day such as 2026-11-30; a time such as 2026-11-30T09:21 or 2026-11-30T08:21:00Z';

const UNIT_MS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS };
const LENGTH = /^(\d{1,6}) ?([mhdw])$/i;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?: ?(Z|UTC|[+-]\d{2}(?::?\d{2})?))?$/i;

/** `+0530` and `+05`, which `date` prints, beside `+05:30`. */
const SHORT_OFFSET = /([+-]\d{2})(\d{2})?$/;
const wholeOffset = (_: string, hours: string, minutes = '00'): string => `${hours}:${minutes}`;

/** True when the result of `readTime` depends on the clock. */
export const isRelative = (given: string | undefined): boolean =>
  given !== undefined && !DAY.test(given.trim()) && !TIME.test(given.trim());

/**
 * The instant that `--since` or `--until` means, as RFC 3339. A day is in the terminal's zone: since its first moment, until its
 * last. It may have 23 or 25 hours when the clocks change; `7d` is seven times 24 hours. Throws InvalidInputError.
 */
export function readTime(option: 'since' | 'until', given: string, now: Date, zone: ZoneOffset): string {
  const text = given.trim();
  const day = dayNamed(text, now, zone);
  if (day !== null) return instantOf(option === 'since' ? day : day + DAY_MS, zone);
  const ago = lengthOf(text);
  if (ago !== null && ago < now.getTime()) return new Date(now.getTime() - ago).toISOString();
  const instant = timeNamed(text, zone);
  if (instant !== null) return instant;
  throw new InvalidInputError('invalid_arguments', `--${option}: "${given}" is not a time. Allowed: ${ALLOWED_TIMES}`);
}

/** The milliseconds of `90m`, `12h`, `2d` or `1w`. Throws InvalidInputError. */
export function readDuration(option: string, given: string): number {
  const ms = lengthOf(given.trim());
  if (ms !== null && ms > 0) return ms;
  throw new InvalidInputError(
    'invalid_arguments',
    `--${option}: "${given}" is not a length of time. Allowed: 90m, 12h, 2d or 1w`,
  );
}

/** The milliseconds of `2h`; null when the text is not a length of time. */
function lengthOf(text: string): number | null {
  const [, count, unit] = LENGTH.exec(text) ?? [];
  return unit === undefined ? null : Number(count) * (UNIT_MS[unit.toLowerCase()] ?? 0);
}

/** Midnight of the day as if the zone were UTC; null when the text is not a day. */
function dayNamed(text: string, now: Date, zone: ZoneOffset): number | null {
  const today = Math.floor((now.getTime() + zone(now.getTime()) * MINUTE_MS) / DAY_MS) * DAY_MS;
  if (/^today$/i.test(text)) return today;
  if (/^yesterday$/i.test(text)) return today - DAY_MS;
  const [, year, month, day] = DAY.exec(text) ?? [];
  return year === undefined ? null : dayAt(year, month, day);
}

/** Null for a day that does not exist, such as the 30th of February. */
function dayAt(year: string | undefined, month: string | undefined, day: string | undefined): number | null {
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(ms).toISOString().startsWith(`${year}-${month}-${day}`) ? ms : null;
}

function timeNamed(text: string, zone: ZoneOffset): string | null {
  const [, year, month, day, hour, minute, second = '00', offset] = TIME.exec(text) ?? [];
  const midnight = year === undefined ? null : dayAt(year, month, day);
  if (midnight === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  if (offset === undefined) {
    return instantOf(midnight + Number(hour) * HOUR_MS + Number(minute) * MINUTE_MS + Number(second) * SECOND_MS, zone);
  }
  // At most two blanks: one between day and time, one before the offset.
  const compact = text
    .replace(/^(\S{10}) /, '$1T')
    .replace(' ', '')
    .toUpperCase()
    .replace('UTC', 'Z');
  const instant = new Date(compact.replace(SHORT_OFFSET, wholeOffset));
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

/**
 * When the clocks first show `wall` (as if in UTC). If they never do, because they are put forward just then, the moment at which
 * that happens.
 */
function instantOf(wall: number, zone: ZoneOffset): string {
  const before = zone(wall - DAY_MS) * MINUTE_MS;
  const after = zone(wall + DAY_MS) * MINUTE_MS;
  const shown = [wall - before, wall - after].filter((instant) => instant + zone(instant) * MINUTE_MS === wall);
  return new Date(shown.length === 0 ? wall - before : Math.min(...shown)).toISOString();
}
