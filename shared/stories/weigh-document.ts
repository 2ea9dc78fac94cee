// How much each word of a document says: what is rare in the news says much, what the title says counts more.
import type { ReadDocument, ReadWord } from './read-document.ts';
import type { WordStatistics } from './word-statistics.ts';

/** A word of the title counts this much more than one of the lead. */
const TITLE_FACTOR = 1.5;

export interface WeighedWord extends Readonly<Omit<ReadWord, 'prior'>> {
  /** In nats. */
  readonly information: number;
  /** All weights of a document together have length 1. */
  weight: number;
}

export interface WeighedDocument extends ReadDocument {
  /** By key. */
  readonly weights: ReadonlyMap<number, number>;
  /** The weightiest words first; words of the same weight in the order of their keys. */
  readonly ranked: readonly WeighedWord[];
}

export function weighDocument(read: ReadDocument, statistics: WordStatistics): WeighedDocument {
  const informationOf = statistics.informationIn(read.document.language);
  let squares = 0;
  const ranked: WeighedWord[] = [];
  for (const word of read.words.values()) {
    const information = Math.max(0, informationOf(word.key, word.prior));
    const weight = (1 + Math.log(word.count)) * (word.inTitle ? TITLE_FACTOR : 1) * information;
    squares += weight * weight;
    const { key, shown, nameKey, isDecisive, isNumber, inTitle, count } = word;
    ranked.push({ key, shown, nameKey, isDecisive, isNumber, inTitle, count, information, weight });
  }
  const length = Math.sqrt(squares) || 1;
  ranked.sort((a, b) => b.weight - a.weight || a.key - b.key);
  const weights = new Map<number, number>();
  for (const word of ranked) {
    word.weight /= length;
    weights.set(word.key, word.weight);
  }
  return { ...read, weights, ranked };
}
