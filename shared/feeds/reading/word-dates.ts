// Dates in which the month is a word, in any order that leaves no doubt: a month, one number for the day and one for the year. Names
// of days and everything else mean nothing.

import { foldName, monthBeginning, monthsNamed } from '../../text/month-names.ts';
import { type Calendar, calendarOf, isOurYear } from './calendars.ts';
import { type DateParts, fullYear } from './date-parts.ts';
import { timeIn } from './times-of-day.ts';

export function wordDate(text: string, language: string): DateParts | null {
  const { time, rest } = timeIn(text, language, false);
  const tokens = withMonthsMarked(foldName(rest)).match(TOKEN) ?? [];
  const found = ourMonthIn(tokens, language) ?? foreignMonthIn(tokens);
  if (found === null) return null;
  const day = dayBeside(tokens, found.at);
  const year = yearIn(tokens, found, day, text, language);
  if (year === null) return null;
  const date = { year, day: day === null ? 1 : Number(tokens[day]), ...time };
  if ('calendar' in found) return { ...date, month: found.month, calendar: found.calendar };
  const months =
    found.months.length > 1 ? found.months.filter((month) => fallsOn(tokens, { ...date, month })) : found.months;
  return months.length === 1 ? { ...date, month: months[0] } : null;
}

/** Months in figures and names of several words are marked with their number. */
const TOKEN = /~[0-9]{1,2}|[0-9]+|[\p{L}\p{M}]+/gu;

/** Thai and Lao short names are made of points. */
const POINTED = [
  'ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.',
  'ມ.ກ. ກ.ພ. ມ.ນ. ມ.ສ. ພ.ພ. ມິ.ຖ. ກ.ລ. ສ.ຫ. ກ.ຍ. ຕ.ລ. ພ.ຈ. ທ.ວ.',
].map((names) => names.split(' '));
const CHINESE = '一 二 三 四 五 六 七 八 九 十 十一 十二'.split(' ');
const PHRASES: readonly (readonly [phrase: RegExp, month: number])[] = [
  [/كانون الثاني/, 1],
  [/تشرين الاول/, 10],
  [/تشرين الثاني/, 11],
  [/كانون الاول/, 12],
  [/(?:mean |m)fomh(?:air)?/, 9],
  [/(?:deireadh |d)fomh(?:air)?/, 10],
  ...POINTED.flatMap((names) =>
    names.map(
      (name, index) => [new RegExp(`(?<![\\p{L}\\p{M}])${name.split('.').join('\\. ?')}`, 'u'), index + 1] as const,
    ),
  ),
  ...CHINESE.map((figure, index) => [new RegExp(`(?<!十)${figure}月`), index + 1] as const),
];
const MONTH_IN_FIGURES = /(?:thang|thg|th)\.? ?([0-9]{1,2})(?![0-9])|(?<![0-9])([0-9]{1,2}) ?(?:月|월|-? ?р сар)/;

function withMonthsMarked(folded: string): string {
  const text = folded.replace(/\bthu [0-9],?/, ' ');
  const figures = MONTH_IN_FIGURES.exec(text);
  if (figures !== null) return text.replace(figures[0], ` ~${figures[1] ?? figures[2]} `);
  const phrase = PHRASES.find(([pattern]) => pattern.test(text));
  return phrase === undefined ? text : text.replace(phrase[0], ` ~${phrase[1]} `);
}

const isShort = (token: string | undefined): boolean => token !== undefined && /^[0-9]{1,2}$/.test(token);
const isNumber = (token: string | undefined): boolean => token !== undefined && /^[0-9]/.test(token);

/** Short months that are days of the week in another language: Tuesday, Saturday, Sunday and Monday. */
const DAYS_TOO: ReadonlySet<string> = new Set(['mar', 'sub', 'paz', 'sen']);

interface FoundMonth {
  readonly at: number;
  readonly months: readonly number[];
}

/** The word that can only be a month; else the one in the position of a month among the numbers. */
function ourMonthIn(tokens: readonly string[], language: string): FoundMonth | null {
  const found = tokens
    .map((token, at) => ({ at, months: monthsOf(token, language), isDayToo: DAYS_TOO.has(token) }))
    .filter(({ months }) => months.length > 0);
  const sure = found.filter(({ isDayToo }) => !isDayToo);
  const best = (sure.length > 0 ? sure : found).toSorted(
    (a, b) => numbersBeside(tokens, b.at) - numbersBeside(tokens, a.at),
  )[0];
  if (best !== undefined) return best;
  const at = tokens.findLastIndex((token) => monthBeginning(token) !== undefined);
  const month = monthBeginning(tokens[at] ?? '');
  return month === undefined || foreignMonthIn(tokens) !== null ? null : { at, months: [month] };
}

const monthsOf = (token: string, language: string): readonly number[] =>
  token.startsWith('~') ? [Number(token.slice(1))] : monthsNamed(bareName(token), language);

/** Two between the day and the year. */
const numbersBeside = (tokens: readonly string[], at: number): number =>
  (isNumber(numberBeside(tokens, at, 1)) ? 1 : 0) + (isShort(numberBeside(tokens, at, -1)) ? 1 : 0);

/** The next token in that direction, skipping one "de", "of" or the like. */
const numberBeside = (tokens: readonly string[], at: number, step: 1 | -1): string | undefined =>
  isNumber(tokens[at + step]) || (tokens[at + step]?.length ?? 9) > 4 ? tokens[at + step] : tokens[at + 2 * step];

/** Hebrew writes "in" and "of" as a letter before the name; Basque writes "of" as an ending. */
const bareName = (word: string): string => word.replace(/^[בלמה](?=[א-ת]{3})/, '').replace(/(?<=[a-z]{4}a)ren$/, '');

/** Names of exactly one month in one calendar; for other names the year decides. */
const FOREIGN: ReadonlyMap<string, { readonly month: number; readonly calendar: Calendar }> = new Map(
  (
    [
      ['jalali', 'فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند'],
      ['jalali', 'حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت'],
      ['jalali', 'وری غویی غبرګولی چنګاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب'],
      ['hijri', 'محرم صفر ربیع۱ ربیع۲ جمادی۱ جمادی۲ رجب شعبان رمضان شوال ذوالقعدة ذوالحجة'],
    ] as const
  ).flatMap(([calendar, names]) =>
    names.split(' ').map((name, index) => [foldName(name), { month: index + 1, calendar }] as const),
  ),
);

/** Months of a Hijri year whose names are two words. */
const HIJRI_PAIRS: readonly (readonly [name: RegExp, month: number])[] = [
  [/^ربيع ال?اول/, 3],
  [/^ربيع ال?(?:اخر|ثاني)/, 4],
  [/^جمادي ال?اولي?/, 5],
  [/^جمادي ال?(?:اخر|ثاني)/, 6],
  [/^ذو? ?ال?قعد/, 11],
  [/^ذو?ي? ?ال?حج/, 12],
];

function foreignMonthIn(
  tokens: readonly string[],
): { readonly at: number; readonly month: number; readonly calendar: Calendar } | null {
  for (const [at, token] of tokens.entries()) {
    const pair = `${token} ${tokens[at + 1] ?? ''}`;
    const hijri = HIJRI_PAIRS.find(([name]) => name.test(pair) || name.test(token))?.[1];
    const found = hijri === undefined ? FOREIGN.get(token) : { month: hijri, calendar: 'hijri' as const };
    if (found !== undefined) return { at, ...found };
  }
  return null;
}

/** The position of the day's number: before the month, else after it, else anywhere; null when there is only the year. */
function dayBeside(tokens: readonly string[], month: number): number | null {
  const numbers = tokens.flatMap((token, at) => (isNumber(token) ? [at] : []));
  const days = numbers.filter((at) => isShort(tokens[at]));
  // A lone number of two figures beside a month is the day, and the year is missing.
  return days.findLast((at) => at < month) ?? days.find((at) => at > month) ?? null;
}

function yearIn(
  tokens: readonly string[],
  month: { readonly at: number } & ({ readonly calendar: Calendar } | { readonly months: readonly number[] }),
  day: number | null,
  text: string,
  language: string,
): number | null {
  const others = tokens.filter((token, at) => isNumber(token) && at !== day);
  const full = others.filter((digits) => digits.length === 4).map(Number);
  if ('calendar' in month) return full.find((year) => year >= 1300 && year <= 1500) ?? null;
  const ours = full.find(isOurYear) ?? full.find((year) => hasOurMonths(calendarOf(year, language, text)));
  if (full.length > 0) return ours ?? null;
  const short = others.find((digits) => digits.length <= 3);
  return short === undefined ? null : fullYear(short, /\p{Script=Thai}/u.test(text) ? 'th' : language);
}

/** Calendars with Gregorian months. With a year of any other calendar, a Gregorian month is ambiguous. */
const hasOurMonths = (calendar: Calendar | null): boolean => calendar === 'buddhist' || calendar === 'minguo';

/** Days of the week in Croatian, Czech, Polish and English, by their beginnings; Sunday is the first. */
const WEEKDAYS = [
  /^(?:ned|ne$|nie|nd|sun)/,
  /^(?:pon|po$|pn|mon)/,
  /^(?:uto|ut$|wto|wt$|tue)/,
  /^(?:sri|str|st$|sro|sr$|wed)/,
];
const LATER_WEEKDAYS = [/^(?:cet|ct|czw|thu)/, /^(?:pet|pa|pia|pi$|pt|fri)/, /^(?:sub|sob|so$|sb|sat)/];

function fallsOn(
  tokens: readonly string[],
  { year, month, day }: { year: number; month: number; day: number },
): boolean {
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const pattern = [...WEEKDAYS, ...LATER_WEEKDAYS][weekday];
  return tokens.some((token) => pattern?.test(token));
}
