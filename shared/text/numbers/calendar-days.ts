// Days of the month beside their month's name: 30 November, Nov. 30, 30 ноября, 11月30日. They are not quantities; the year
// beside them counts for itself.
import { foldName, monthsNamed } from '../month-names.ts';

/** 11月30日, 11월 30일, and the month alone. */
const EAST_ASIAN = /^\d{1,2}\s?[月월](?:\s?\d{1,2}\s?[日號号일])?(?!\p{Script=Hangul}{2})/u;
const DAY = /^(\d{1,2})(?:st|nd|rd|th|er|\.|º|-?го|-?е)?[\s\u00a0](?:de |d[’'])?(\p{L}{3,})(?!\p{L})/u;
const MONTH_BEFORE = /(?:^|[^\p{L}])(\p{Lu}\p{Ll}{2,})\.?[\s\u00a0]$/u;
/** Behind the day in the order of America: "On May 5, ", but "In May 300 people". */
const BEHIND_DAY = /^(\d{1,2})(?:st|nd|rd|th)?(?:[,.;:)\]"”]|\s?$|\s(?:19|20)\d{2}|\s\d{1,2}:\d{2})/u;
/** Months of three letters that are not another word; any other short name must begin with a capital. */
const SHORT_MONTHS = new Set(['mai', 'май', 'мая', 'mei', 'maj', 'tra']);

/** Units of the day, or of month and day, that the text begins with; 0 for none. */
export function lengthOfDay(text: string, before: string): number {
  const eastAsian = EAST_ASIAN.exec(text);
  if (eastAsian !== null) return eastAsian[0].length;
  const day = DAY.exec(text);
  if (day !== null && isDay(day[1]!) && isMonth(day[2]!)) return day[1]!.length;
  const month = MONTH_BEFORE.exec(before);
  if (month === null || !isMonth(month[1]!)) return 0;
  const behind = BEHIND_DAY.exec(text);
  return behind !== null && isDay(behind[1]!) ? behind[1]!.length : 0;
}

const isDay = (digits: string): boolean => Number(digits) >= 1 && Number(digits) <= 31;

function isMonth(word: string): boolean {
  const name = word.toLowerCase();
  if (name.length === 3 && word === name && !SHORT_MONTHS.has(name)) return false;
  return monthsNamed(foldName(name), '').length > 0;
}
