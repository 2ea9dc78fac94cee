// Wall clocks: which instant a local time of a day is, across changes of the clocks.
import { DAY_MS, HOUR_MINUTES, MINUTE_MS } from '../core/time.ts';
import type { ZoneOffset } from './zoned-time.ts';

/** A day of the calendar, as days since 1970-01-01. */
export type CalendarDay = number;

/** The local day and the minutes since its midnight. */
export function localTimeOf(
  instantMs: number,
  zone: ZoneOffset,
): { readonly day: CalendarDay; readonly minutes: number } {
  const wall = instantMs + zone(instantMs) * MINUTE_MS;
  const day = Math.floor(wall / DAY_MS);
  return { day, minutes: Math.floor((wall - day * DAY_MS) / MINUTE_MS) };
}

/** 0 for Monday to 6 for Sunday. The first of January 1970 was a Thursday. */
export const weekdayOf = (day: CalendarDay): number => (((day + 3) % 7) + 7) % 7;

/**
 * The instant at which the clocks of the zone show that time, in milliseconds since 1970. Of a time that comes twice the first; of one that is left
 * out, when the clocks jump over it.
 */
export function instantOfLocal(day: CalendarDay, minutes: number, zone: ZoneOffset): number {
  const wall = day * DAY_MS + minutes * MINUTE_MS;
  const offsets = [zone(wall - DAY_MS), zone(wall + DAY_MS)];
  const candidates = offsets.map((offset) => wall - offset * MINUTE_MS).sort((a, b) => a - b);
  const shown = candidates.find((instant) => instant + zone(instant) * MINUTE_MS === wall);
  return shown ?? changeOfClocks(candidates[0] ?? wall, candidates.at(-1) ?? wall, zone) ?? wall;
}

/** The instant after `from`, at or before `until`, at which the zone's offset changes; null when it is the same at both. To the minute; of several the last. */
export function changeOfClocks(from: number, until: number, zone: ZoneOffset): number | null {
  const after = zone(until);
  if (zone(from) === after) return null;
  let low = Math.floor(from / MINUTE_MS);
  let high = Math.ceil(until / MINUTE_MS);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone(middle * MINUTE_MS) === after) high = middle;
    else low = middle;
  }
  return high * MINUTE_MS;
}

/** Minutes since midnight of `HH:MM`; null when it is not such a time. */
export function minutesOf(time: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  return hours === undefined ? null : Number(hours) * HOUR_MINUTES + Number(minutes);
}
