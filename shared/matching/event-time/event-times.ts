// Whether a piece of evidence is news, background or history. News in the past tense is news; only what the text itself marks as past
// is not, by a date, an era, a clause of the past, or a headline. In doubt it is news: a lost alert is worse than one too many.
// The words are in words/, a file a language; docs/topic-syntax.md says what counts, docs/adr/0025-event-time.md why.
import { foldDigits } from '../../text/digits.ts';
import type { ReadDocument } from '../document/read-document.ts';
import type { Span } from '../document/span.ts';
import { clausesOf, type SentenceClause, type Stretch } from './clauses.ts';
import { datesIn, eventsIn, oneLine, type TimeMark } from './dates.ts';
import { possibleIn, type TimePatterns } from './time-patterns.ts';
import { timePatternsOf } from './words/languages.ts';

/**
 * - `now`: under way, recent, or to come
 * - `background`: before the news, but perhaps not long
 * - `history`: more than about a year before the article
 */
export type EventTime = 'now' | 'background' | 'history';

export interface JudgedTime {
  readonly time: EventTime;
  /** What in the text says so, in words; empty for `now`. */
  readonly reason: string;
  /** Some of the words are in a clause of the past, the others are not. */
  readonly isMixed?: true;
}

export interface EventTimes {
  /** The time of what the tokens of a span say; of a span over several clauses or sentences, the newest. */
  of(span: Pick<Span, 'tokens'>): JudgedTime;
}

const NOW: JudgedTime = { time: 'now', reason: '' };
const ORDER: readonly EventTime[] = ['now', 'background', 'history'];

/**
 * Reads sentences when they are first asked for, and each once. `when`: the day of the article. Null: no day is known, so that years say
 * nothing, though eras and clauses do.
 */
export function eventTimes(read: ReadDocument, when: Date | null): EventTimes {
  let times: EventTimes | undefined;
  const open = (): EventTimes => {
    const language = read.languages[0] ?? 'und';
    const patterns = timePatternsOf(language);
    return patterns === undefined ? { of: () => NOW } : new ReadTimes(read, patterns, language, when);
  };
  return {
    of(span) {
      times ??= open();
      return times.of(span);
    },
  };
}

/** Against the day on which the document was published; where it has none, or none that can be read, against `today`. */
export function eventTimesOf(read: ReadDocument, today: Date | null = null): EventTimes {
  const published = Date.parse(read.document.publishedAt ?? '');
  return eventTimes(read, Number.isNaN(published) ? today : new Date(published));
}

class ReadTimes implements EventTimes {
  readonly #read: ReadDocument;
  readonly #patterns: TimePatterns;
  readonly #language: string;
  readonly #when: Date | null;
  readonly #sentences = new Map<number, SentenceTimes>();
  #headline: JudgedTime | undefined;

  constructor(read: ReadDocument, patterns: TimePatterns, language: string, when: Date | null) {
    this.#read = read;
    this.#patterns = patterns;
    this.#language = language;
    this.#when = when;
  }

  of({ tokens }: Pick<Span, 'tokens'>): JudgedTime {
    const groups = Map.groupBy(tokens, (token) => this.#read.sentences[token]!);
    const [first = NOW, ...others] = [...groups].map(([sentence, own]) => this.#timeIn(sentence, own));
    const newest = others.reduce((a, b) => (ORDER.indexOf(b.time) < ORDER.indexOf(a.time) ? b : a), first);
    const isMixed = newest.time !== 'history' && [first, ...others].some(({ time }) => time === 'history');
    return isMixed ? { ...newest, isMixed } : newest;
  }

  #timeIn(sentence: number, tokens: readonly number[]): JudgedTime {
    const [start] = this.#read.sentenceRanges[sentence]!;
    const times = this.#sentence(sentence);
    const judged = times.of(
      tokens.map((token) => ({ from: this.#read.starts[token]! - start, to: this.#read.ends[token]! - start })),
    );
    if (judged.time === 'history' || times.isPresent) return judged;
    const headline = this.#ofHeadline();
    return headline.time === 'now' ? judged : headline;
  }

  #sentence(sentence: number): SentenceTimes {
    let known = this.#sentences.get(sentence);
    if (known === undefined) {
      const field = sentence === 0 ? this.#read.document.title : this.#read.document.text;
      const text = foldDigits(field.slice(...this.#read.sentenceRanges[sentence]!));
      known = new SentenceTimes(text, this.#patterns, this.#language, this.#when);
      this.#sentences.set(sentence, known);
    }
    return known;
  }

  /** A headline about the past speaks for the whole text. */
  #ofHeadline(): JudgedTime {
    this.#headline ??= this.#readHeadline();
    return this.#headline;
  }

  #readHeadline(): JudgedTime {
    const { title } = this.#read.document;
    if (title === '') return NOW;
    const [found] = title.matchAll(this.#patterns.headlines);
    if (found === undefined && !YEAR_IN_FRONT.test(title)) return NOW;
    const times = this.#sentence(0);
    if (found !== undefined) {
      const isNews = times.isPresent && !/today/i.test(found[0]);
      return isNews ? NOW : { time: 'history', reason: `the headline says “${oneLine(found[0])}”` };
    }
    const year = times.yearInFront;
    return year === null ? NOW : { time: 'history', reason: `the headline begins with ${year.reason}` };
  }
}

const YEAR_IN_FRONT = /^[^\p{L}\p{N}]*\p{N}{4}/u;

interface Judged {
  /** What a date says of it; null where none does. */
  readonly dated: JudgedTime | null;
  /** What the date belongs to, where all evidence stands before it: built in 1985. */
  readonly owner: Stretch | null;
  readonly isPresent: boolean;
  /** It has a verb of the present or future. */
  readonly hasTense: boolean;
  readonly clause: SentenceClause;
}

/** Longest rest of a clause that is nothing but a date, in words: "In 1911 alone". */
const WORDS_BESIDE_DATE = 2;
/** The same where the date begins the sentence: "During the 1973 war with Israel and Syria". */
const WORDS_BEHIND_FIRST_DATE = 5;

class SentenceTimes {
  readonly #text: string;
  readonly #patterns: TimePatterns;
  readonly #parts: SentenceParts | null;
  #isPresent: boolean | undefined;

  constructor(text: string, patterns: TimePatterns, language: string, when: Date | null) {
    this.#text = text;
    this.#patterns = patterns;
    const mayBePast = patterns.hints === null || patterns.hints.test(text);
    this.#parts = mayBePast ? partsOf(text, patterns, language, when) : null;
  }

  /** Something in it is said to happen now. */
  get isPresent(): boolean {
    this.#isPresent ??= (this.#parts?.present ?? stretches(this.#text, this.#patterns.present)).length > 0;
    return this.#isPresent;
  }

  /** The old date that the sentence begins with, as a chronicle does. */
  get yearInFront(): TimeMark | null {
    return this.#parts?.yearInFront ?? null;
  }

  of(tokens: readonly Stretch[]): JudgedTime {
    if (this.#parts === null) return NOW;
    const { events, clauses } = this.#parts;
    const named = events.find((event) => tokens.every((token) => inside(token, event)));
    if (named !== undefined) return { time: 'history', reason: named.reason };
    const touched = clauses.filter(({ clause }) =>
      tokens.some((token) => token.from >= clause.from && token.from < clause.to),
    );
    const dated = touched
      .filter(
        ({ owner, clause }) => owner === null || tokens.some(({ from, to }) => to > owner.from && from < clause.to),
      )
      .map((each) => each.dated)
      .filter((each) => each !== null);
    const oldest = dated.find(({ time }) => time === 'history') ?? dated[0];
    if (touched.some(({ isPresent, clause }) => isPresent && clause.kind !== 'memory')) {
      return touched.length > 1 && oldest?.time === 'history' ? { ...NOW, isMixed: true } : NOW;
    }
    if (oldest !== undefined) return oldest;
    const byKind = touched.map(timeOfKind);
    const told = touched.findIndex(({ clause }) => clause.kind === 'told');
    if (told !== -1) return byKind[told]!;
    return (
      byKind.find(({ time }) => time === 'now') ?? byKind.find(({ time }) => time === 'background') ?? byKind[0] ?? NOW
    );
  }
}

/** What there is in a sentence that may speak of the past. */
interface SentenceParts {
  readonly present: readonly Stretch[];
  readonly yearInFront: TimeMark | null;
  readonly events: readonly TimeMark[];
  readonly clauses: readonly Judged[];
}

function partsOf(text: string, patterns: TimePatterns, language: string, when: Date | null): SentenceParts {
  const beginnings = possibleIn(text, patterns, patterns.beginnings).flatMap((pattern) => stretches(text, pattern));
  const isFree = ({ from, to }: Stretch): boolean => !beginnings.some((each) => from < each.to && to > each.from);
  const dates = datesIn(text, patterns, language, when).filter(isFree);
  const old = [
    ...dates.filter(({ age }) => age === 'old'),
    ...stretches(text, patterns.past).map((each) => pastMark(text, each)),
  ];
  const recent = dates.filter(({ age }) => age === 'recent');
  const lastYear = stretches(text, patterns.lastYear);
  const present = stretches(text, patterns.present)
    .filter((each) => !old.some((mark) => touches(each, mark)))
    .filter((each) => !lastYear.some((other) => overlap(each, other)));
  const marks = { old, recent, lastYear, present };
  const clauses = clausesOf(text, patterns, [...old, ...recent, ...beginnings]);
  return {
    present,
    yearInFront: old.find(({ from, to }) => from === 0 && /[:：–—]\s*$/u.test(text.slice(0, to))) ?? null,
    events: eventsIn(text, patterns, language, when),
    clauses: withCarriedDates(
      text,
      clauses.map((clause) => judgedClause(text, clause, patterns, marks)),
      marks,
    ),
  };
}

interface Marks {
  readonly old: readonly TimeMark[];
  readonly recent: readonly TimeMark[];
  readonly lastYear: readonly Stretch[];
  readonly present: readonly Stretch[];
}

function judgedClause(text: string, clause: SentenceClause, patterns: TimePatterns, marks: Marks): Judged {
  const own = text.slice(clause.from, clause.to);
  const isHere = (mark: Stretch): boolean => mark.from >= clause.from && mark.from < clause.to;
  const old = marks.old.find(isHere);
  const lastYear = marks.lastYear.find(isHere);
  const isPresent = marks.present.some(isHere) || marks.recent.some(isHere);
  const hasTense = has(own, patterns.tense);
  const judged = {
    clause,
    isPresent,
    hasTense,
    owner: old === undefined ? null : ownerOf(text, clause, old, patterns),
  };
  if (old !== undefined) {
    const isOpening = old.from === clause.from + leadOf(own);
    const isOfThing = hasTense && !isOpening && clause.kind !== 'memory';
    return { ...judged, dated: isOfThing ? null : { time: 'history', reason: old.reason } };
  }
  if (lastYear !== undefined) {
    const reason = `“${text.slice(lastYear.from, lastYear.to)}”`;
    return { ...judged, dated: hasTense ? null : { time: 'background', reason } };
  }
  if (clause.kind === 'after' && has(own, patterns.had)) {
    return { ...judged, dated: { time: 'background', reason: inClause(clause) } };
  }
  const isCause = clause.kind === 'since' && hasTense;
  return { ...judged, isPresent: isPresent || isCause, dated: null };
}

/** The word right before a date, where it may be that of a thing and not of what is said: tanks built in 1985. */
function ownerOf(text: string, clause: SentenceClause, mark: Stretch, patterns: TimePatterns): Stretch | null {
  const found = patterns.attributes.exec(text.slice(clause.from, mark.from));
  if (found === null) return null;
  const from = clause.from + found.index;
  return { from, to: from + found[0].length };
}

/**
 * A clause that is only a date dates its neighbours: one that begins the sentence all that follow up to a sign that parts, one that ends
 * it all before it, another the ones on both sides.
 */
function withCarriedDates(text: string, judged: readonly Judged[], marks: Marks): readonly Judged[] {
  const carried = [...judged];
  const date = (at: number, dated: JudgedTime): void => {
    const each = carried[at];
    if (each === undefined || each.dated !== null || each.isPresent) return;
    const isOpen = each.clause.kind === 'main' || (each.clause.kind === 'other' && !each.hasTense);
    if (isOpen) carried[at] = { ...each, dated };
  };
  const isLast = (index: number): boolean => judged.slice(index + 1).every((each) => wordsIn(text, each.clause) === 0);
  judged.forEach(({ clause, dated }, index) => {
    if (dated === null || judged[index]!.owner !== null || (clause.kind !== 'main' && clause.kind !== 'after')) return;
    const mark =
      [...marks.old, ...marks.lastYear].find(({ from }) => from >= clause.from && from < clause.to) ?? clause;
    const rest = wordsIn(text, clause) - wordsIn(text, mark);
    const isFirst = judged.slice(0, index).every((each) => wordsIn(text, each.clause) === 0);
    const startsWithDate = mark.from === clause.from + leadOf(text.slice(clause.from, clause.to));
    if (isFirst && startsWithDate && rest <= WORDS_BEHIND_FIRST_DATE) {
      for (let at = index + 1; at < judged.length && !judged[at]!.clause.isApart; at++) date(at, dated);
    } else if (rest <= WORDS_BESIDE_DATE && isLast(index) && !clause.isApart) {
      for (let at = index - 1; at >= 0; at--) {
        date(at, dated);
        if (judged[at]!.clause.isApart) break;
      }
    } else if (rest <= WORDS_BESIDE_DATE && clause.kind === 'main') {
      if (!clause.isApart) date(index - 1, dated);
      if (judged[index + 1]?.clause.isApart === false) date(index + 1, dated);
    }
  });
  return carried;
}

function timeOfKind({ clause, isPresent }: Judged): JudgedTime {
  // What happens on the day of an anniversary may be news.
  if (clause.kind === 'memory') return { time: isPresent ? 'background' : 'history', reason: inClause(clause) };
  if (clause.kind === 'since' || clause.kind === 'told') return { time: 'background', reason: inClause(clause) };
  return NOW;
}

const inClause = ({ marker }: SentenceClause): string => `inside “${oneLine(marker)} …”`;

const pastMark = (text: string, { from, to }: Stretch): TimeMark => ({
  from,
  to,
  age: 'old',
  reason: `“${oneLine(text.slice(from, to))}”`,
});

const stretches = (text: string, pattern: RegExp): readonly Stretch[] =>
  Array.from(text.matchAll(pattern), (match) => ({ from: match.index, to: match.index + match[0].length }));

function has(text: string, pattern: RegExp): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}

const overlap = (a: Stretch, b: Stretch): boolean => a.from < b.to && a.to > b.from;
const inside = (a: Stretch, b: Stretch): boolean => a.from >= b.from && a.to <= b.to;
/** Beside it, with a comma or space between at most: Monday, 17 March 2003. */
const touches = (a: Stretch, b: Stretch): boolean => a.from < b.to + 3 && a.to + 3 > b.from;

const leadOf = (text: string): number => /^[^\p{L}\p{N}]*/u.exec(text)![0].length;

const DENSE = /[\u3040-\u30ff\u3400-\u9fff]/gu;

/** Of scripts without spaces, two characters are a word. */
function wordsIn(text: string, { from, to }: Stretch): number {
  const own = text.slice(from, to);
  const dense = own.match(DENSE)?.length ?? 0;
  const spaced = own.replace(DENSE, ' ').match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}.'’-]*/gu)?.length ?? 0;
  return Math.ceil(dense / 2) + spaced;
}
