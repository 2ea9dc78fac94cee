// How much each word of a document says: what is rare in the news says much, what the title says counts more.
import { heaviestFirst } from './heaviest-first.ts';
import type { ReadDocument, ReadWord } from './read-document.ts';
import type { WordStatistics } from './word-statistics.ts';

/** A word of the title counts this much more than one of the lead. */
const TITLE_FACTOR = 1.5;

export type WeighedWord = Readonly<ReadWord>;

export interface WeighedDocument extends ReadDocument {
  /** The weightiest words first; words of the same weight in the order of the text. */
  readonly ranked: readonly WeighedWord[];
  /** How much of what the weights rest on is a guess, 0 to 1: see `WordStatistics`. */
  readonly guessed: number;
}

/** Gives the words of the document their information and weight. */
export function weighDocument(
  read: ReadDocument,
  statistics: Pick<WordStatistics, 'informationIn' | 'guessedIn'>,
): WeighedDocument {
  const words = read.words.all;
  const informationOf = statistics.informationIn(read.document.language);
  let squares = 0;
  for (const word of words) {
    word.information = Math.max(0, informationOf(word.key, word.prior));
    word.weight = (1 + Math.log(word.count)) * (word.inTitle ? TITLE_FACTOR : 1) * word.information;
    squares += word.weight * word.weight;
  }
  const length = Math.sqrt(squares) || 1;
  for (const word of words) word.weight /= length;
  const guessed = statistics.guessedIn(read.document.language);
  return { ...read, guessed, ranked: heaviestFirst(words.map(({ weight }) => weight)).map((place) => words[place]!) };
}
