// Dates as feeds write them, to RFC 3339 in UTC. Numeric forms (ISO 8601, W3C-DTF, RFC 3339) first; everything with words in it
// (RFC 822 and its many relatives) is read word by word, in any order that leaves no doubt.
import { MONTHS } from './month-names.ts';
import { zoneMinutes, zoneOfScript } from './zones.ts';

const LONGEST_DATE = 100;

interface Parts {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
  readonly hour?: number;
  readonly minute?: number;
  /** With fractions. */
  readonly second?: number;
  /** As written; undefined means UTC. */
  readonly zone?: string;
}

/** With milliseconds. Null when it cannot be read, or names a day that does not exist; a date without a zone is taken as UTC. */
export function readDate(text: string): string | null {
  const usual = usualDate(text.length > LONGEST_DATE ? '' : text.trim());
  if (usual !== null) return usual;
  const tidied = text
    .slice(0, LONGEST_DATE)
    .normalize('NFKC')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
  if (tidied === '') return null;
  const parts = numericDate(tidied.replace(WEEKDAY, '')) ?? wordDate(tidied);
  if (parts === null) return null;
  return instantOf(parts.zone === undefined ? { ...parts, zone: zoneOfScript(tidied) } : parts);
}

/** Before a date in figures; a lone year behind it belongs to a month. */
const WEEKDAY = /^\p{L}{2,9}[.,]* +(?=[0-9]{1,4}[-/. 년年][ ]?[0-9])/u;

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
  // What goes over the end of a month or a day is left to those who know why.
  if (!Number.isInteger(month) || month < 1 || month > 12 || day < 1 || day > 28 || year < 1900) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(seconds) > 59) return null;
  const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === '-' ? -1 : 1);
  if (Math.abs(offset) > 18 * 60) return null;
  const time = Date.UTC(year, month - 1, day, Number(hour), Number(minute) - offset, Number(seconds), Number(millis));
  return new Date(time).toISOString();
}

const ISO =
  /^([0-9]{4})(?:[-/.]?([0-9]{2})(?:[-/.]?([0-9]{2}))?)?(?:(?: ?T ?| |,? )([0-9]{1,2})(?::?([0-9]{2})(?::?([0-9]{2}(?:[.,][0-9]+)?))?)? ?(.*))?$/i;
/** Some write a month of three figures. */
const LOOSE_ISO =
  /^([0-9]{4})([-/.])0?([0-9]{1,2})\2([0-9]{1,2})(?:[ T]+([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}(?:[.,][0-9]+)?))? ?(.*))?$/i;
const ORDINAL = /^([0-9]{4})-?([0-9]{3})(?:T([0-9]{2}):?([0-9]{2})(?::?([0-9]{2}(?:[.,][0-9]+)?))? ?(.*))?$/i;
const WEEK = /^([0-9]{4})-?W([0-9]{2})(?:-?([1-7]))?$/i;
/** The year first, as ISO 8601 once allowed. */
const SHORT_ISO = /^([0-9]{2})-([0-9]{2})-([0-9]{2})$/;
/** A day, and a time in some form of words behind it. */
const DAY_AND_REST = /^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})[ ,]+(.+)$/;
const EPOCH = /^([0-9]{9,10}|[0-9]{13})$/;
const DAY_FIRST = /^([0-9]{1,2})([./ -])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?:,? +(.*))?$/;
const EAST_ASIAN =
  /^([0-9]{4}) ?[年년] ?([0-9]{1,2}) ?[月월] ?([0-9]{1,2}) ?[日일]?(?: ?[(（]?[月火水木金土日月화수목금토일][)）]?)?,? ?(.*)$/;

function numericDate(text: string): Parts | null {
  const iso = ISO.exec(text);
  if (iso !== null) return fromNumbers(iso[1], iso[2], iso[3], iso[4], iso[5], iso[6], iso[7]);
  const loose = LOOSE_ISO.exec(text);
  if (loose !== null) return fromNumbers(loose[1], loose[3], loose[4], loose[5], loose[6], loose[7], loose[8]);
  const short = SHORT_ISO.exec(text);
  if (short !== null) return { year: fullYear(short[1] ?? ''), month: Number(short[2]), day: Number(short[3]) };
  const ordinal = ORDINAL.exec(text);
  if (ordinal !== null) {
    const [, year, day, hour, minute, second, zone] = ordinal;
    const date = new Date(Date.UTC(Number(year), 0, Number(day)));
    const isInYear = date.getUTCFullYear() === Number(year) && Number(day) > 0;
    return isInYear
      ? fromNumbers(year, `${date.getUTCMonth() + 1}`, `${date.getUTCDate()}`, hour, minute, second, zone)
      : null;
  }
  const week = WEEK.exec(text);
  if (week !== null) return fromWeek(Number(week[1]), Number(week[2]), Number(week[3] ?? 1));
  const epoch = EPOCH.exec(text)?.[1];
  if (epoch !== undefined) {
    const date = new Date(Number(epoch) * (epoch.length === 13 ? 1 : 1000));
    return { year: 1970, month: 1, day: 1, second: date.getTime() / 1000 };
  }
  const eastAsian = EAST_ASIAN.exec(text);
  if (eastAsian !== null) {
    const [, year, month, day, rest = ''] = eastAsian;
    return { year: Number(year), month: Number(month), day: Number(day), ...timeIn(rest).time };
  }
  const rest = DAY_AND_REST.exec(text);
  if (rest !== null) {
    return { year: Number(rest[1]), month: Number(rest[2]), day: Number(rest[3]), ...timeIn(rest[4] ?? '').time };
  }
  const dayFirst = DAY_FIRST.exec(text);
  return dayFirst === null ? null : fromDayFirst(dayFirst);
}

const numberOf = (digits: string | undefined): number | undefined =>
  digits === undefined ? undefined : Number(digits.replace(',', '.'));

function fromNumbers(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  hour: string | undefined,
  minute: string | undefined,
  second: string | undefined,
  zone: string | undefined,
): Parts {
  const half = /^(am|pm|오전|오후|午前|午後)\b ?/i.exec(zone ?? '')?.[1];
  return {
    year: Number(year),
    month: numberOf(month),
    day: numberOf(day),
    hour: half === undefined ? numberOf(hour) : halfDay(Number(hour), half),
    minute: numberOf(minute),
    second: numberOf(second),
    zone: half === undefined ? zone : zone?.slice(half.length),
  };
}

function fromWeek(year: number, week: number, day: number): Parts | null {
  if (week < 1 || week > 53) return null;
  // The fourth of January is always in the first week.
  const fourth = new Date(Date.UTC(year, 0, 4));
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 86_400_000;
  return { year: 1970, month: 1, day: 1, second: monday / 1000 + ((week - 1) * 7 + day - 1) * 86_400 };
}

/** 31.12.2024 and 31/12/2024; with slashes the month comes first where both could be one, as in the United States. */
function fromDayFirst([, first, separator, second, year, rest = '']: RegExpExecArray): Parts {
  const isMonthFirst = separator === '/' ? Number(second) > 12 || Number(first) <= 12 : Number(second) > 12;
  const [day, month] = isMonthFirst ? [second, first] : [first, second];
  return { year: fullYear(year ?? ''), month: Number(month), day: Number(day), ...timeIn(rest).time };
}

const TIME =
  /(?:(am|pm|오전|오후|午前|午後|上午|下午) ?)?(?<![0-9])([0-9]{1,2}) ?(?:[:.h]|시|時|点) ?([0-9]{2})(?: ?[:.분分] ?([0-9]{2}(?:[.,][0-9]{1,9})?) ?(?:초|秒)?)?(?:分|분)?(?: ?(am|pm|a\.m\.|p\.m\.)(?![a-z]))?/i;

/** The time of day in a text with the zone behind it, and the text without both. */
function timeIn(text: string): { time: Pick<Parts, 'hour' | 'minute' | 'second' | 'zone'>; rest: string } {
  const found = TIME.exec(text);
  if (found === null) return { time: {}, rest: text };
  const [whole, before, hour, minute, second, after] = found;
  const half = before ?? after;
  const behind = text.slice(found.index + whole.length).trim();
  const { zone, rest } = zoneIn(behind);
  return {
    time: {
      hour: half === undefined ? Number(hour) : halfDay(Number(hour), half),
      minute: Number(minute),
      second: numberOf(second),
      zone,
    },
    rest: `${text.slice(0, found.index)} ${rest}`,
  };
}

/** "EST", "+0200", "GMT+2", "Eastern Standard Time", with a year behind as in "GMT 2004"; comments in brackets count last. */
function zoneIn(text: string): { zone: string | undefined; rest: string } {
  const year = /(?:^|\s)([12][0-9]{3})$/.exec(text);
  const rest = year?.[1] ?? '';
  const zone = (year === null ? text : text.slice(0, year.index)).trim();
  return { zone: zone === '' ? undefined : zone, rest };
}

/** Twelve in the morning is midnight. */
function halfDay(hour: number, half: string): number {
  const isAfternoon = /^(?:p|오후|午後|下午)/i.test(half);
  return isAfternoon ? (hour % 12) + 12 : hour === 12 ? 0 : hour;
}

/** Two digits as RFC 2822 has it: below 50 is this century. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  if (digits.length === 3) return year + 1900;
  return year < 50 ? year + 2000 : year + 1900;
}

/** A month by name, one number for the day and one for the year; names of days and everything else mean nothing. */
function wordDate(text: string): Parts | null {
  const { time, rest } = timeIn(text);
  const numbers = rest.match(/[0-9]+/g) ?? [];
  const words = (rest.match(/[\p{L}\p{M}]+/gu) ?? []).map(plain);
  // The last: in "mar, 3 giu" the first is a Tuesday.
  const month = words.map((word) => MONTHS.get(word)).findLast(Boolean) ?? shortMonth(words);
  if (month === undefined) return null;
  const yearAt = numbers.findIndex((digits) => digits.length === 4);
  const at = yearAt >= 0 ? yearAt : numbers.length > 1 ? 1 : -1;
  const year = numbers[at];
  if (year === undefined) return null;
  const day = numbers.find((digits, index) => index !== at && digits.length <= 2);
  return { year: fullYear(year), month, day: day === undefined ? 1 : Number(day), ...time };
}

/** "Janu" and such, but not the Tuesdays that begin like March. */
const shortMonth = (words: readonly string[]): number | undefined =>
  words.map((word) => (/^mar(?:di|te|ti)/.test(word) ? undefined : MONTHS.get(word.slice(0, 3)))).findLast(Boolean);

/** Lower case, without accents. */
const plain = (word: string): string => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

function instantOf({ year, month = 1, day = 1, hour = 0, minute = 0, second = 0, zone }: Parts): string | null {
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth;
  const isTime = hour <= 24 && minute <= 59 && (second <= 60 || year === 1970);
  // Before printing there is no news: such years are what programs write for "no date", and the last one they know for "never".
  if (!exists || !isTime || year < 1400 || year === 9999) return null;
  const local = Date.UTC(year, month - 1, day, hour, minute) + Math.floor(second * 1000 + 0.0001);
  const time = new Date(local - (zone === undefined ? 0 : zoneMinutes(zone, local)) * 60_000);
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() > 9999 ? null : time.toISOString();
}
