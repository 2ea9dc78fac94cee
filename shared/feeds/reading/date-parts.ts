// What a date says, before it is an instant.
import type { Calendar } from './calendars.ts';
import type { TimeOfDay } from './times-of-day.ts';

export interface DateParts extends TimeOfDay {
  readonly year: number;
  readonly month?: number | undefined;
  readonly day?: number | undefined;
  /** If the date itself states it. */
  readonly calendar?: Calendar;
}

/** Two digits as in RFC 2822: below 50 is this century. In Thailand, Buddhist years are cut to two digits as well. */
export function fullYear(digits: string, language: string): number {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  if (digits.length === 3) return year + 1900;
  if (year < 50) return year + 2000;
  return /^th\b/i.test(language) ? year + 2500 : year + 1900;
}
