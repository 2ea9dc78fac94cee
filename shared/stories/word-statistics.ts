// How common each word was in a rolling week of everything that was read, by language: what the weights of words rest on.
// Words are known by a hash of their stem. Memory is bounded, days expire, and the counts of several processes add up.

import { DAY_MS } from '../core/time.ts';
import { NumbersByKey } from './numbers-by-key.ts';

/** A rolling week: statistics of other months cost 7 to 20 points of F1. */
export const DAYS_KEPT = 7;
/** Different words counted in one language on one day; the rarest are dropped first, since an unseen word is about as rare. */
const MOST_WORDS = 30_000;
/** Room for so many different words is made when a day of a language begins. */
const WORDS_EXPECTED = 512;
const MOST_LANGUAGES = 100;
/** What the shipped lists of common words count for, as if so many documents had been read: a week of a few feeds outweighs it. */
const PRIOR_DOCUMENTS = 300;

interface Day {
  /** Days since 1970. */
  readonly day: number;
  documents: number;
  readonly counts: NumbersByKey;
}

interface LanguageCounts {
  readonly days: Day[];
  /** Sums over the days kept. */
  documents: number;
  readonly counts: NumbersByKey;
}

/** One day of one language, as it is stored or sent: rare words may be left out. */
export interface DayOfWords {
  readonly language: string;
  readonly day: number;
  readonly documents: number;
  readonly counts: readonly (readonly [word: number, documents: number])[];
}

export class WordStatistics {
  readonly #languages = new Map<string, LanguageCounts>();

  /** Counts the different words of one document. `words` holds each word once. */
  add(language: string, words: Iterable<number>, timeMs: number): void {
    const all = this.#of(language);
    const day = openDay(all, Math.floor(timeMs / DAY_MS));
    if (day === null) return;
    day.documents += 1;
    all.documents += 1;
    for (const word of words) {
      day.counts.add(word, 1);
      all.counts.add(word, 1);
    }
    if (day.counts.size > 2 * MOST_WORDS) dropRarest(all, day, MOST_WORDS);
  }

  /**
   * Tells the information of the words of a language, in nats: minus the logarithm of the share of documents that hold the word. `prior` is
   * that share by the shipped lists, 0 to 1, which counts for less the more was read.
   */
  informationIn(language: string): (word: number, prior: number) => number {
    const all = this.#languages.get(language);
    const documents = (all?.documents ?? 0) + PRIOR_DOCUMENTS;
    const counts = all?.counts;
    return (word, prior) => {
      const holding = (counts?.get(word) ?? 0) + PRIOR_DOCUMENTS * prior;
      return Math.log(documents / Math.max(holding, 1 / PRIOR_DOCUMENTS));
    };
  }

  /**
   * How much of what is known of the words of a language is a guess, 0 to 1: 1 where nothing was read, a half after as many documents as
   * the shipped list counts for. English has a long list, so that nothing is a guess: those of other languages hold the few hundred most
   * common words, beside which all other words look equally rare, names or not.
   */
  guessedIn(language: string): number {
    if (language === 'en') return 0;
    return PRIOR_DOCUMENTS / ((this.#languages.get(language)?.documents ?? 0) + PRIOR_DOCUMENTS);
  }

  /** Adds what another process counted. */
  merge({ language, day, documents, counts }: DayOfWords): void {
    const all = this.#of(language);
    const own = openDay(all, day);
    if (own !== null) addTo(all, own, documents, counts);
  }

  /** Raises the counts of each day to those of `other` where these are higher: what both have counted is not counted twice. */
  raiseTo(other: WordStatistics): void {
    for (const [language, { days }] of other.#languages) {
      const all = this.#of(language);
      for (const { day, documents, counts } of days) {
        const own = openDay(all, day);
        if (own !== null) addTo(all, own, Math.max(0, documents - own.documents), missingIn(own.counts, counts));
      }
    }
  }

  /** What was counted, for storing and sending: of each day the `mostWords` most frequent words, in `fewest` documents at least. */
  days(mostWords: number, fewest = 2): readonly DayOfWords[] {
    return [...this.#languages].flatMap(([language, { days }]) =>
      days.map(({ day, documents, counts }) => ({
        language,
        day,
        documents,
        counts: mostFrequent(counts, mostWords).filter(([, count]) => count >= fewest),
      })),
    );
  }

  #of(language: string): LanguageCounts {
    const known = this.#languages.get(language);
    if (known !== undefined) return known;
    if (this.#languages.size >= MOST_LANGUAGES) this.#dropSmallest();
    const fresh: LanguageCounts = { days: [], documents: 0, counts: new NumbersByKey(WORDS_EXPECTED) };
    this.#languages.set(language, fresh);
    return fresh;
  }

  #dropSmallest(): void {
    const [smallest] = [...this.#languages].toSorted(([, a], [, b]) => a.documents - b.documents);
    if (smallest !== undefined) this.#languages.delete(smallest[0]);
  }
}

/** The day's counts, with days that are over dropped; null for a day older than those kept. */
function openDay(all: LanguageCounts, day: number): Day | null {
  const newest = all.days.at(-1)?.day ?? day;
  if (day <= newest - DAYS_KEPT) return null;
  const known = all.days.find((each) => each.day === day);
  if (known !== undefined) return known;
  const fresh: Day = { day, documents: 0, counts: new NumbersByKey(WORDS_EXPECTED) };
  all.days.push(fresh);
  all.days.sort((a, b) => a.day - b.day);
  while (all.days[0]!.day <= all.days.at(-1)!.day - DAYS_KEPT) forget(all, all.days.shift()!);
  return fresh;
}

function forget(all: LanguageCounts, over: Day): void {
  all.documents -= over.documents;
  for (const [word, count] of over.counts) all.counts.subtract(word, count);
}

function addTo(
  all: LanguageCounts,
  day: Day,
  documents: number,
  counts: Iterable<readonly [word: number, documents: number]>,
): void {
  day.documents += documents;
  all.documents += documents;
  for (const [word, count] of counts) {
    day.counts.add(word, count);
    all.counts.add(word, count);
  }
  if (day.counts.size > 2 * MOST_WORDS) dropRarest(all, day, MOST_WORDS);
}

/** By how much the counts of `wanted` are higher, where they are. */
function* missingIn(counts: NumbersByKey, wanted: NumbersByKey): Generator<readonly [word: number, documents: number]> {
  for (const [word, count] of wanted) {
    const missing = count - counts.get(word);
    if (missing > 0) yield [word, missing];
  }
}

function dropRarest(all: LanguageCounts, day: Day, most: number): void {
  for (const [word, count] of mostFrequent(day.counts, day.counts.size).slice(most)) {
    day.counts.subtract(word, count);
    all.counts.subtract(word, count);
  }
}

/** Most frequent first; words that are as frequent in the order of their hash, so that the same words are always kept. */
const mostFrequent = (counts: NumbersByKey, most: number): (readonly [number, number])[] =>
  [...counts].toSorted(([wordA, a], [wordB, b]) => b - a || wordA - wordB).slice(0, most);
