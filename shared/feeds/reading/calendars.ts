// Dates of other calendars, converted to the Gregorian one. A year alone does not show its calendar: it is converted only if the language or a
// word of the date leaves no doubt. A date whose year is not Gregorian and cannot be converted is not read.

import { DAY_MS } from '../../core/time.ts';

export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export type Calendar = 'jalali' | 'hijri' | 'buddhist' | 'minguo';

/** The first newspaper is from 1605, and no news is from after the next century. */
const FIRST_YEAR = 1600;
const LAST_YEAR = 2199;
/**
 * Where a language uses both, this year separates Jalali from Hijri: Jalali years do not exceed it before 2047, and Hijri years up to it ended
 * in 2005, before any feed.
 */
const LAST_JALALI_YEAR = 1425;
const BUDDHIST_YEARS = 543;
const MINGUO_YEARS = 1911;

export const isOurYear = (year: number): boolean => year >= FIRST_YEAR && year <= LAST_YEAR;

/** Null where nothing is certain. `text`: the date as written, with its words. */
export function calendarOf(year: number, language: string, text: string): Calendar | null {
  const mayBeJalali = year >= 1300 && year <= LAST_JALALI_YEAR;
  if (year >= 1300 && year <= 1500) {
    if (SOLAR.test(text)) return mayBeJalali ? 'jalali' : null;
    if (LUNAR.test(text)) return 'hijri';
    if (isOfIran(language)) return mayBeJalali ? 'jalali' : null;
    if (/^ar\b/i.test(language)) return year > LAST_JALALI_YEAR ? 'hijri' : null;
  }
  if (year >= 2400 && year <= 2700 && (/^th\b/i.test(language) || /\p{Script=Thai}/u.test(text))) return 'buddhist';
  if (year >= 1 && year <= 250 && (isTaiwanese(language) || /民[國国]/.test(text))) return 'minguo';
  return null;
}

/** "Hijri" names both calendars of Iran: the solar one adds a word. */
const SOLAR = /هـ? ?\. ?ش|شمسی|شمسي|خورشید/;
const LUNAR = /هـ|ه ?\. ?ق|هجري|هجرية|هجری قمری/;

/** Persian, Dari and Pashto. */
export const isOfIran = (language: string): boolean => /^(?:fa|prs|ps)\b/i.test(language);

export const isTaiwanese = (language: string): boolean => /^zh-(?:tw|hant)(?!-(?:hk|mo))/i.test(language);

/** Null when the calendar has no such day, or its year in ours is out of range. */
export function inOurCalendar(day: Day, calendar: Calendar): Day | null {
  const found = CONVERSIONS[calendar](day);
  return found !== null && isOurYear(found.year) ? found : null;
}

const CONVERSIONS: Readonly<Record<Calendar, (day: Day) => Day | null>> = {
  jalali: fromJalali,
  hijri: fromHijri,
  buddhist: ({ year, month, day }) => ({ year: year - BUDDHIST_YEARS, month, day }),
  minguo: ({ year, month, day }) => ({ year: year + MINGUO_YEARS, month, day }),
};

/** By the rule of eight leap years in 33, which agrees with the observed equinox from 1178 to 1633. */
function fromJalali({ year, month, day }: Day): Day | null {
  const isLeap = (25 * year + 11) % 33 < 8;
  const daysInMonth = month <= 6 ? 31 : month < 12 || isLeap ? 30 : 29;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth) return null;
  const leapYearsBefore = Math.floor((8 * year + 21) / 33);
  const daysBefore = (month - 1) * 30 + Math.min(month - 1, 6);
  // The last day before the year 1 is the 21st of March 622, 492,269 days before 1970.
  return dayAt(365 * (year - 1) + leapYearsBefore + daysBefore + day - 492_269);
}

/** By the calendar of Umm al-Qura, the official one of Saudi Arabia, where Hijri dates are most used; elsewhere it may be a day off. */
function fromHijri(wanted: Day): Day | null {
  const { year, month, day } = wanted;
  if (month < 1 || month > 12 || day < 1 || day > 30) return null;
  ummAlQura ??= new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  // By the mean length of a year and a month, from the 16th of July 622: no more than a few days off.
  const about = Math.round((year - 1) * 354.367_07 + (month - 1) * 29.530_59 + day) - 492_149;
  for (let at = about - 4; at <= about + 4; at += 1) {
    const [, m, d, y] = /^(\d+)\/(\d+)\/(\d+)/.exec(ummAlQura.format(at * DAY_MS)) ?? [];
    if (Number(y) === year && Number(m) === month && Number(d) === day) return dayAt(at);
  }
  return null;
}

/** Created when first needed, which is rare. */
let ummAlQura: Intl.DateTimeFormat | undefined;

/** `days` since 1970. */
function dayAt(days: number): Day {
  const date = new Date(days * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
