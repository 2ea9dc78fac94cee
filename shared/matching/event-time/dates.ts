// Which dates and eras a sentence states, and how long ago they are against the day of its article.
import { foldName, monthsNamed } from '../../text/month-names.ts';
import { possibleIn, type TimePatterns } from './time-patterns.ts';

/** A stretch of a sentence that says when: [from, to) in it. */
export interface TimeMark {
  readonly from: number;
  readonly to: number;
  readonly age: 'recent' | 'old';
  /** In words: "1911", more than a year before the article. */
  readonly reason: string;
}

/** What ended less than this before the article is its present: a year and a month, since most dates are not exact. */
const RECENT_DAYS = 400;
const DAY_MS = 86_400_000;
/** A year before this one, or a round one, may be a plain number: only the end of its clause or a capital may follow. */
const FIRST_LIKELY_YEAR = 1900;

/** The dates of a sentence that say when their clause happened; none is inside another. */
export function datesIn(
  sentence: string,
  patterns: TimePatterns,
  language: string,
  when: Date | null,
): readonly TimeMark[] {
  const found: TimeMark[] = [];
  for (const pattern of possibleIn(sentence, patterns, patterns.dates)) {
    for (const match of sentence.matchAll(pattern)) {
      const mark = markOf(match, sentence, patterns, language, when);
      if (mark !== null) found.push(mark);
    }
  }
  return found.sort((a, b) => a.from - b.from || b.to - a.to);
}

function markOf(
  match: RegExpExecArray,
  sentence: string,
  patterns: TimePatterns,
  language: string,
  when: Date | null,
): TimeMark | null {
  const from = match.index;
  const to = from + match[0].length;
  const { y, m, n, e } = match.groups ?? {};
  if (e !== undefined) return eraMark(e, from, to, patterns, when);
  if (y === undefined || when === null) return null;
  const months = m === undefined ? [] : monthsNamed(foldName(m.replace(/\.$/, '')), language);
  if (m !== undefined && months.length === 0) return null;
  const year = Number(y);
  if (m === undefined && n === undefined && !isLikelyYear(year, sentence.slice(to))) return null;
  const month = months[0] ?? (n === undefined ? null : Number(n));
  const end = month === null ? Date.UTC(year + 1, 0, 1) : Date.UTC(year, month, 1);
  const isOld = when.getTime() - end > RECENT_DAYS * DAY_MS;
  const reason = `“${oneLine(match[0])}”, more than a year before the article`;
  return { from, to, age: isOld ? 'old' : 'recent', reason };
}

/** Without a day to judge by, eras are old: none has lasted until today. */
function eraMark(name: string, from: number, to: number, patterns: TimePatterns, when: Date | null): TimeMark | null {
  const end = patterns.eras.find(([pattern]) => pattern.test(name))?.[1];
  if (end === undefined) return null;
  const isOld = when === null || when.getTime() - Date.UTC(end + 1, 0, 1) > RECENT_DAYS * DAY_MS;
  return isOld ? { from, to, age: 'old', reason: `“${oneLine(name)}”, long before the article` } : null;
}

const isLikelyYear = (year: number, behind: string): boolean =>
  (year >= FIRST_LIKELY_YEAR && year !== 2000) ||
  !/^\s\p{Ll}/u.test(behind) ||
  /^\s(?:and|to|y|et|und|e|и|та)\s/u.test(behind);

/** Where an event is named together with its year, and the year is old: the 2003 invasion of Iraq. */
export function eventsIn(
  sentence: string,
  patterns: TimePatterns,
  language: string,
  when: Date | null,
): readonly TimeMark[] {
  return possibleIn(sentence, patterns, patterns.events).flatMap((pattern) =>
    [...sentence.matchAll(pattern)].flatMap((match) => {
      const mark = markOf(match, sentence, patterns, language, when);
      return mark?.age === 'old' ? [mark] : [];
    }),
  );
}

export const oneLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/^\W+|[\s:–—-]+$/g, '')
    .trim();
