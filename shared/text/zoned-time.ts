// How an instant is shown to people, wherever that is: "2026-11-30 09:21 +01:00", in UTC "2026-11-30 08:21 UTC".

import { HOUR_MINUTES, MINUTE_MS } from '../core/time.ts';

/** How many minutes a zone is ahead of UTC at an instant, given in milliseconds since 1970. */
export type ZoneOffset = (instantMs: number) => number;

export const UTC: ZoneOffset = () => 0;

/** To the minute, or to the second: "2026-11-30 09:21:04 +01:00". */
export function timeInWords(
  instant: string | Date,
  zone: ZoneOffset,
  precision: 'minute' | 'second' = 'minute',
): string {
  const ms = new Date(instant).getTime();
  const offset = Math.round(zone(ms));
  const wall = new Date(ms + offset * MINUTE_MS).toISOString().slice(0, precision === 'minute' ? 16 : 19);
  return `${wall.replace('T', ' ')} ${offsetInWords(offset)}`;
}

function offsetInWords(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const parts = [Math.floor(Math.abs(minutes) / HOUR_MINUTES), Math.abs(minutes) % HOUR_MINUTES];
  return `${minutes < 0 ? '-' : '+'}${parts.map((part) => `${part}`.padStart(2, '0')).join(':')}`;
}

/** By time zone: making one takes longer than asking it hundreds of times. */
const zones = new Map<string, ZoneOffset>();

/** The zone of that name in the IANA database. Throws RangeError when there is none. */
export function zoneNamed(timeZone: string): ZoneOffset {
  const zone = zones.get(timeZone) ?? readZone(timeZone);
  zones.set(timeZone, zone);
  return zone;
}

function readZone(timeZone: string): ZoneOffset {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (instantMs) => {
    const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(format.format(instantMs)) ?? [];
    return sign === undefined ? 0 : (Number(hours) * HOUR_MINUTES + Number(minutes)) * (sign === '-' ? -1 : 1);
  };
}

/** Whether `zoneNamed` knows it. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
