// Dates written in figures: ISO 8601 and its relatives first, then year first or day first, with other words around them.

import { DAY_MS, DAY_SECONDS, SECOND_MS } from '../../core/time.ts';
import { foldName, monthsNamed } from '../../text/month-names.ts';
import { isOfIran, isTaiwanese } from './calendars.ts';
import { type DateParts, fullYear } from './date-parts.ts';
import { type TimeOfDay, timeIn } from './times-of-day.ts';

const ISO =
  /^([0-9]{4})(?:[-/.]?([0-9]{2})(?:[-/.]?([0-9]{2}))?)?(?:(?: ?T ?| |,? )([0-9]{1,2})(?::?([0-9]{2})(?::?([0-9]{2}(?:[.,][0-9]+)?))?) ?(.*))?$/i;
/** ISO 8601 allows an hour alone. */
const ISO_HOUR = /^([0-9]{4})-?([0-9]{2})-?([0-9]{2})T([0-9]{2}) ?(z?|[+\-\u2212\u2013].*)$/i;
/** Some write the month with three digits. */
const LOOSE_ISO =
  /^([0-9]{4})([-/.])0?([0-9]{1,2})\2([0-9]{1,2})(?:[ T]+([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}(?:[.,][0-9]+)?))? ?(.*))?$/i;
/** What may follow the time of an ISO date; anything else is read like a date in words. */
const ZONE = /^(?:[+\-\u2212\u2013([]|[a-z0-9]|$)(?!\.?m)/i;
const ORDINAL = /^([0-9]{4})-?([0-9]{3})(?:T([0-9]{2}):?([0-9]{2})(?::?([0-9]{2}(?:[.,][0-9]+)?))? ?(.*))?$/i;
const WEEK = /^([0-9]{4})-?W([0-9]{2})(?:-?([1-7]))?$/i;
/** The year first, as ISO 8601 once allowed. */
const SHORT_ISO = /^([0-9]{2})(-)([0-9]{2})-([0-9]{2})$/;
const SHORT_YEAR_FIRST = /^([0-9]{2})([/.-]) ?([0-9]{1,2})\2 ?([0-9]{1,2})(?![0-9])/;
/** Seconds, milliseconds, and the milliseconds of .NET, `/Date(1764491400000+0100)/`, whose offset changes nothing. */
const EPOCH = /^(?:([0-9]{9,10}(?:\.[0-9]{1,9})?)|(?:\/Date\()?([0-9]{13})(?:[+-][0-9]{4})?(?:\)\/)?)$/;

/** In the order in which they are tried. */
const FORMS: readonly ((text: string, language: string) => DateParts | null | undefined)[] = [
  fromEastAsian,
  fromEra,
  fromTaiwan,
  fromShort,
  fromDayFirst,
  fromYearFirst,
];

/** Undefined when the text is not such a date; null when it is one, but impossible. */
export function numericDate(text: string, language: string): DateParts | null | undefined {
  const iso = ISO.exec(text);
  if (iso !== null && ZONE.test(iso[7] ?? ''))
    return fromNumbers(iso[1], iso[2], iso[3], iso[4], iso[5], iso[6], iso[7]);
  const hour = ISO_HOUR.exec(text);
  if (hour !== null) return fromNumbers(hour[1], hour[2], hour[3], hour[4], undefined, undefined, hour[5]);
  const loose = LOOSE_ISO.exec(text);
  if (loose !== null && ZONE.test(loose[8] ?? ''))
    return fromNumbers(loose[1], loose[3], loose[4], loose[5], loose[6], loose[7], loose[8]);
  const ordinal = ORDINAL.exec(text);
  if (ordinal !== null) return fromOrdinal(ordinal);
  const week = WEEK.exec(text);
  if (week !== null) return fromWeek(Number(week[1]), Number(week[2]), Number(week[3] ?? 1));
  const epoch = EPOCH.exec(text);
  if (epoch !== null) return secondsSince1970(epoch[1] === undefined ? Number(epoch[2]) / SECOND_MS : Number(epoch[1]));
  for (const read of FORMS) {
    const parts = read(text, language);
    if (parts !== undefined) return parts;
  }
  return undefined;
}

const numberOf = (digits: string | undefined): number | undefined =>
  digits === undefined ? undefined : Number(digits.replace(',', '.'));

type Written = string | undefined;

function fromNumbers(
  year: Written,
  month: Written,
  day: Written,
  hour: Written,
  minute: Written,
  second: Written,
  zone: Written,
): DateParts {
  return {
    year: Number(year),
    month: numberOf(month),
    day: numberOf(day),
    hour: numberOf(hour) ?? 0,
    minute: numberOf(minute) ?? 0,
    second: numberOf(second) ?? 0,
    ...(zone ? { zone } : {}),
  };
}

function fromOrdinal([, year, day, hour, minute, second, zone]: RegExpExecArray): DateParts | null {
  const date = new Date(Date.UTC(Number(year), 0, Number(day)));
  if (date.getUTCFullYear() !== Number(year) || Number(day) === 0) return null;
  return fromNumbers(year, `${date.getUTCMonth() + 1}`, `${date.getUTCDate()}`, hour, minute, second, zone);
}

function fromWeek(year: number, week: number, day: number): DateParts | null {
  if (week < 1 || week > 53) return null;
  // The fourth of January is always in the first week.
  const fourth = new Date(Date.UTC(year, 0, 4));
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * DAY_MS;
  return secondsSince1970(monday / SECOND_MS + ((week - 1) * 7 + day - 1) * DAY_SECONDS);
}

const secondsSince1970 = (second: number): DateParts => ({ year: 1970, month: 1, day: 1, second });

function fromShort(text: string, language: string): DateParts | undefined {
  if (language !== '' && !/^en\b/i.test(language) && !putsYearFirst(language)) return undefined;
  const found = (putsYearFirst(language) ? SHORT_YEAR_FIRST : SHORT_ISO).exec(text);
  if (found === null) return undefined;
  const [whole, year = '', , month, day] = found;
  const time = timeBeside(text, found.index, whole, language);
  return { year: fullYear(year, ''), month: Number(month), day: Number(day), ...time };
}

const EAST_ASIAN = /([0-9]{1,4}|元) ?[年년] ?([0-9]{1,2}) ?[月월] ?([0-9]{1,2}) ?[日일號号]?/;
/** The year before each era's first one. */
const ERAS: Readonly<Record<string, number>> = { 明治: 1867, 大正: 1911, 昭和: 1925, 平成: 1988, 令和: 2018 };

function fromEastAsian(text: string, language: string): DateParts | null | undefined {
  const found = EAST_ASIAN.exec(text);
  if (found === null) return undefined;
  const [whole, written = '', month, day] = found;
  const before = text.slice(0, found.index);
  const time = timeBeside(text, found.index, whole, language);
  const era = ERAS[/([明大昭平令][治正和成]) ?$/.exec(before)?.[1] ?? ''];
  const isMinguo = era === undefined && (/民[國国] ?$/.test(before) || (written.length < 4 && isTaiwanese(language)));
  // A year of one or two digits belongs to an era.
  if (era === undefined && !isMinguo && written.length < 4) return null;
  const year = (written === '元' ? 1 : Number(written)) + (era ?? 0);
  return { year, month: Number(month), day: Number(day), ...time, ...(isMinguo ? { calendar: 'minguo' } : {}) };
}

const TAIWAN = /(?:^|民[國国] ?|[^0-9./-])(1[0-9]{2}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,2})(?![0-9])/;
/** R8.11.30, as Japanese offices write it. */
const ERA_LETTER = /^([MTSHR])([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{1,2})(?![0-9])(.*)$/i;
const ERA_LETTERS: Readonly<Record<string, number>> = { m: 1867, t: 1911, s: 1925, h: 1988, r: 2018 };

function fromEra(text: string, language: string): DateParts | undefined {
  const found = /^ja\b/i.test(language) ? ERA_LETTER.exec(text) : null;
  if (found === null) return undefined;
  const [, letter = '', written, month, day, rest = ''] = found;
  const year = Number(written) + (ERA_LETTERS[letter.toLowerCase()] ?? 0);
  return { year, month: Number(month), day: Number(day), ...timeBeside(rest, 0, '', language) };
}

/** Years of the Republic of China. */
function fromTaiwan(text: string, language: string): DateParts | undefined {
  const found = isTaiwanese(language) || /民[國国]/.test(text) ? TAIWAN.exec(text) : null;
  if (found === null) return undefined;
  const [whole, year, , month, day] = found;
  const time = timeBeside(text, found.index, whole, language);
  return { year: Number(year), month: Number(month), day: Number(day), ...time, calendar: 'minguo' };
}

/** Languages where years of two digits come first too. */
const putsYearFirst = (language: string): boolean => /^(?:ja|zh|ko|hu|lt|mn|ne|eu)\b/i.test(language);

const DAY_FIRST = /^([0-9]{1,2})([./ -])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9])/;
/** 14:05, 30/11/26 */
const TIME_AHEAD = /^[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?[ ,|–-]+/;
const DAY_FIRST_ANYWHERE = /(?<![0-9.:/-])([0-9]{1,2}) ?([./-]) ?([0-9]{1,2}) ?\2 ?([0-9]{4})(?![0-9])/;

/** 31.12.2024 and 31/12/2024. */
function fromDayFirst(text: string, language: string): DateParts | null | undefined {
  const ahead = TIME_AHEAD.exec(text)?.[0] ?? '';
  const found = DAY_FIRST.exec(text.slice(ahead.length)) ?? DAY_FIRST_ANYWHERE.exec(text);
  if (found === null) return undefined;
  const [whole, first, separator, second, year = ''] = found;
  // With two digits, neither the calendar nor the position of the year is certain.
  if (year.length < 4 && isOfIran(language)) return null;
  const isMonthFirst =
    separator === '/' && putsMonthFirst(language)
      ? Number(second) > 12 || Number(first) <= 12
      : Number(second) > 12 && Number(first) <= 12;
  const [day, month] = isMonthFirst ? [second, first] : [first, second];
  const time = timeBeside(text, text.indexOf(whole), whole, language);
  return { year: fullYear(year, language), month: Number(month), day: Number(day), ...time };
}

/** As in the United States: the default unless the language says otherwise, since most feeds are American. */
const putsMonthFirst = (language: string): boolean =>
  language === '' || /^(?:en(?:-(?:us|ca|ph))?|es-us|fil|tl)$/i.test(language);

const YEAR_FIRST = /(?<![0-9])([0-9]{4}) ?([./-]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,2})(?![0-9])/;

/** 2026. 11. 30. followed by a time in words. */
function fromYearFirst(text: string, language: string): DateParts | undefined {
  const found = YEAR_FIRST.exec(text);
  if (found === null || hasMonth(text.slice(0, found.index), language)) return undefined;
  const [whole, year, , month, day] = found;
  const time = timeBeside(text, found.index, whole, language);
  return { year: Number(year), month: Number(month), day: Number(day), ...time };
}

/** "30. nov. 2026. 11.05": what follows such a year is a time. */
const hasMonth = (before: string, language: string): boolean =>
  foldName(before)
    .split(/[^\p{L}\p{M}]+/u)
    .some((word) => monthsNamed(word, language).length > 0);

/** The point after a date is part of it. */
const timeBeside = (text: string, at: number, date: string, language: string): TimeOfDay =>
  timeIn(`${text.slice(0, at)} ${text.slice(at + date.length).replace(/^\./, '')}`, language, true).time;
