// The words of a language as patterns that are ready to use.
import type { ClauseKind, TimeWords } from './time-words.ts';

export interface DatePattern {
  readonly pattern: RegExp;
  /** What a sentence must have for it. */
  readonly needs: 'year' | 'era';
}

export interface TimePatterns {
  readonly dates: readonly DatePattern[];
  readonly beginnings: readonly DatePattern[];
  /** Any name of an era. */
  readonly anyEra: RegExp;
  /** Null: every sentence is read. */
  readonly hints: RegExp | null;
  readonly eras: readonly (readonly [name: RegExp, end: number])[];
  readonly events: readonly DatePattern[];
  readonly attributes: RegExp;
  readonly past: RegExp;
  readonly lastYear: RegExp;
  readonly had: RegExp;
  readonly present: RegExp;
  readonly tense: RegExp;
  readonly opens: readonly (readonly [ClauseKind, RegExp])[];
  readonly closes: readonly (readonly [ClauseKind, RegExp])[];
  readonly headlines: RegExp;
  readonly breaks: RegExp;
}

/** A letter or digit of a script with spaces: such a class is ready much sooner than one of all letters. */
const LETTER = String.raw`[0-9A-Za-z\u00c0-\u024f\u0370-\u060b\u0620-\u06d3\u06d5-\u1fff]`;

/** Four digits that stand alone: not of 12,000, F-2023, $1500 or 1999-2. `letters`: what cannot stand before them. */
const yearAfter = (letters: string): string =>
  String.raw`(?<![${letters}\p{N}$€£¥₩][-.,]?)(?<y>(?:1\d|20)\d\d)(?![\p{N}%°]|[.,:]\p{N}|-\p{L})`;
const YEAR = yearAfter(String.raw`\p{L}`);
/** Where words are not parted by spaces. */
const UNSPACED_YEAR = yearAfter('A-Za-z');
/** A word that may be the name of a month: who reads it decides. */
const MONTH = String.raw`(?<m>\p{L}[\p{L}\p{M}]*\.?)`;
const MONTH_NUMBER = '(?<n>1[0-2]|0?[1-9])';
/** The year that an entry of a chronicle begins with, in any language. */
const CHRONICLE = new RegExp(String.raw`^[^\p{L}\p{N}]*${YEAR}\s?[년年]?\s*[:：–—]`, 'gu');
const NOTHING = /(?!)/gu;
/** Signs between clauses; a comma or colon between digits is part of a number. */
const BREAKS = String.raw`(?<!\p{N})[,،:]|[,،:](?!\p{N})|[;؛，；：、（）()\[\]!?！？]|[—–]|\s--?\s`;

export function patternsOf(words: TimeWords): TimePatterns {
  const [before, after] = words.isUnspaced === true ? ['', ''] : [`(?<!${LETTER})`, `(?!${LETTER})`];
  const pattern = (source: string): RegExp =>
    source === '' ? NOTHING : new RegExp(`${before}(?:${source})${after}`, 'giu');
  const eras = words.eras.map(([name]) => name).join('|');
  const counted = words.counted === '' ? '' : String.raw`(?!\s?(?:${words.counted})${after})`;
  const template = (source: string): DatePattern => ({
    needs: source.includes('<E>') ? 'era' : 'year',
    pattern: pattern(
      source
        .replaceAll('<Y>', (words.isUnspaced === true ? UNSPACED_YEAR : YEAR) + counted)
        .replaceAll('<M>', MONTH)
        .replaceAll('<N>', MONTH_NUMBER)
        .replaceAll('<E>', `(?<e>${eras})`),
    ),
  });
  const clauses = (of: TimeWords['opens'] = {}): TimePatterns['opens'] =>
    (Object.entries(of) as [ClauseKind, string][]).map(([kind, source]) => [kind, pattern(source)]);
  const breaks =
    words.listCommas === undefined ? BREAKS : BREAKS.replace(new RegExp(`[${words.listCommas}]`, 'gu'), '');
  return {
    dates: [{ needs: 'year', pattern: CHRONICLE }, ...words.dates.map(template)],
    beginnings: words.beginnings.map(template),
    anyEra: new RegExp(eras, 'iu'),
    hints: words.hints === undefined ? null : new RegExp(String.raw`\d{4}|${words.hints}`, 'i'),
    eras: words.eras.map(([name, end]) => [new RegExp(`^(?:${name})$`, 'iu'), end]),
    events: words.events.map(template),
    attributes:
      words.attributes === '' ? NOTHING : new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${words.attributes})\s*$`, 'iu'),
    past: pattern(words.past),
    lastYear: pattern(words.lastYear),
    had: pattern(words.had),
    present: pattern(words.present),
    tense: pattern(words.tense),
    opens: clauses(words.opens),
    closes: clauses(words.closes),
    headlines: pattern(words.headlines),
    breaks: new RegExp(breaks, 'gu'),
  };
}

const FOUR_DIGITS = /\d{4}/;

/** Those that can be found in a sentence at all. */
export function possibleIn(
  sentence: string,
  { anyEra }: TimePatterns,
  among: readonly DatePattern[],
): readonly RegExp[] {
  const has = { year: FOUR_DIGITS.test(sentence), era: anyEra.test(sentence) };
  return among.filter(({ needs }) => has[needs]).map(({ pattern }) => pattern);
}
