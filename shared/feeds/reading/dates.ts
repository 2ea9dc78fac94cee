// Dates as feeds write them, to RFC 3339 in UTC. The two usual forms first; then those in figures; everything with words in it
// (RFC 822 and its many relatives) is read word by word.
import { HOUR_MINUTES, MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import { calendarOf, inOurCalendar, isOurYear } from './calendars.ts';
import type { DateParts } from './date-parts.ts';
import { numericDate } from './numeric-dates.ts';
import { wordDate } from './word-dates.ts';
import { zoneMinutes, zoneOfScript } from './zones.ts';

const LONGEST_DATE = 100;

/**
 * With milliseconds. Null when it cannot be read, names a day that does not exist, or a year whose calendar is uncertain; a date
 * without a zone is taken as UTC. `language`: the tag that the feed or the item states. It decides years of other calendars, the order
 * of day and month, and month names on which languages disagree.
 */
export function readDate(text: string, language?: string | null): string | null {
  const usual = usualDate(text.length > LONGEST_DATE ? '' : text.trim());
  if (usual !== null) return usual;
  const tidied = tidy(text.slice(0, LONGEST_DATE));
  if (tidied === '') return null;
  const tag = (language ?? '').replaceAll('_', '-');
  const inFigures = numericDate(tidied.replace(WEEKDAY, ''), tag);
  const parts = inFigures === undefined ? wordDate(tidied, tag) : inFigures;
  const ours = parts === null ? null : inOurYears(parts, tag, tidied);
  if (ours === null) return null;
  return instantOf(ours.zone === undefined ? { ...ours, zone: zoneOfScript(tidied) } : ours);
}

/** Before a date in figures; a lone year behind it belongs to a month. */
const WEEKDAY = /^\p{L}{2,9}[.,]* +(?=[0-9]{1,4}[-/. 년年][ ]?[0-9])/u;

/** Zeros of the scripts that have figures of their own; the other nine follow each. */
const ZEROS = [
  0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0x1040, 0x17e0,
];

/** ASCII digits, plain spaces, and no invisible characters. */
const tidy = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/(?![0-9])\p{Nd}/gu, (figure) => {
      const code = figure.charCodeAt(0);
      const zero = ZEROS.find((first) => code >= first && code <= first + 9);
      return zero === undefined ? figure : String(code - zero);
    })
    .replace(/\s+/g, ' ')
    .trim();

const RFC_822 =
  /^(?:[A-Z][a-z]{2}, )?([0-9]{1,2}) ([A-Z][a-z]{2}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2})()(?: GMT| ([+-])([0-9]{2})([0-9]{2}))$/;
const RFC_3339 =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{3}))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))$/;
const SHORT_MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** The two forms nearly all feeds have, read without detours; null for everything else, and for what is odd in these. */
function usualDate(text: string): string | null {
  const found = RFC_3339.exec(text) ?? RFC_822.exec(text);
  if (found === null) return null;
  const [, first, second = '', third, hour, minute, seconds, millis = '0', sign, zoneHour = '0', zoneMinute = '0'] =
    found;
  const isIso = second.length === 2;
  const year = Number(isIso ? first : third);
  const month = isIso ? Number(second) : SHORT_MONTHS.indexOf(second) / 3 + 1;
  const day = Number(isIso ? third : first);
  // Times past the end of a month or a day, and years of other calendars, are left to the other readers.
  if (!Number.isInteger(month) || month < 1 || month > 12 || day < 1 || day > 28 || year < 1900 || year > 2100)
    return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(seconds) > 59) return null;
  const offset = (Number(zoneHour) * HOUR_MINUTES + Number(zoneMinute)) * (sign === '-' ? -1 : 1);
  if (Math.abs(offset) > 18 * HOUR_MINUTES) return null;
  const time = Date.UTC(year, month - 1, day, Number(hour), Number(minute) - offset, Number(seconds), Number(millis));
  return new Date(time).toISOString();
}

/** Nepal's years are 56 or 57 ahead, and its months follow no rule. */
const isNepalese = (year: number, language: string): boolean => /^ne\b/i.test(language) && year > 2070;

function inOurYears(parts: DateParts, language: string, text: string): DateParts | null {
  const { year, month = 1, day = 1 } = parts;
  if (parts.calendar === undefined && isOurYear(year)) return isNepalese(year, language) ? null : parts;
  const calendar = parts.calendar ?? calendarOf(year, language, text);
  const found = calendar === null ? null : inOurCalendar({ year, month, day }, calendar);
  return found === null ? null : { ...parts, ...found };
}

function instantOf({
  year,
  month = 1,
  day = 1,
  hour = 0,
  minute = 0,
  second = 0,
  zone,
}: DateParts & { zone?: string | undefined }): string | null {
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth;
  const isTime = hour <= 24 && minute <= 59 && (second <= 60 || year === 1970);
  if (!exists || !isTime) return null;
  const local = Date.UTC(year, month - 1, day, hour, minute) + Math.floor(second * SECOND_MS + 0.0001);
  const time = new Date(local - (zone === undefined ? 0 : zoneMinutes(zone, local)) * MINUTE_MS);
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() > 9999 ? null : time.toISOString();
}
