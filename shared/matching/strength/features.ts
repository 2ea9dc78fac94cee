// The features of a match, from its evidence and the document.
import type { EvidenceTime, MatchFeatures, Prominence, TextLength } from '../../model/strength.ts';
import { plainWords } from '../../text/plain-words.ts';
import type { ReadDocument } from '../document/read-document.ts';
import type { Evidence } from '../evaluate/evidence.ts';
import { namesPower } from './powers.ts';

/** More say nothing new about how much of the text the topic is. */
const MOST_SENTENCES = 8;
const MOST_RULES = 8;
/** Matched words in a hundred: a short text has more, and is no more about its topic for being short. */
const HIGHEST_DENSITY = 3;
/** Sentences that are looked at; a text that repeats one a thousand times gains nothing. */
const MOST_LOOKED_AT = 64;
/** Words, headline included. */
const LONGEST_BRIEF = 60;
const LONGEST_MEDIUM = 400;

/** `evidence`: of each rule that holds. `time`: the best of it. A neighbour is not looked for here, since other topics are not known. */
export function featuresOf(
  evidence: readonly (readonly Evidence[])[],
  time: EvidenceTime,
  read: ReadDocument,
): MatchFeatures {
  const all = evidence.flat();
  const tokens = new Set(all.flatMap((each) => each.tokens));
  const sentences = distinctSentences(tokens, read);
  const words = wordsIn(read);
  return {
    prominence: prominenceOf(all, read),
    time,
    sentences: Math.min(sentences.length, MOST_SENTENCES),
    rules: Math.min(evidence.length, MOST_RULES),
    namesPower: sentences.some((sentence) => namesPower(sentence, read.languages)),
    density: densityOf(tokens, words, read),
    length: lengthOf(words),
    neighbourFitsBetter: false,
  };
}

function prominenceOf(evidence: readonly Evidence[], read: ReadDocument): Prominence {
  const first = evidence.reduce((least, each) => Math.min(least, each.first), Number.POSITIVE_INFINITY);
  if (first < read.titleCount) return 'headline';
  return first < read.leadCount ? 'lead' : 'body';
}

/** Their texts in order, each once: a summary often repeats the headline, or the page the summary. */
function distinctSentences(tokens: ReadonlySet<number>, read: ReadDocument): readonly string[] {
  const numbers = [...new Set([...tokens].map((token) => read.sentences[token]!))].sort((a, b) => a - b);
  const byWords = new Map<string, string>();
  for (const number of numbers.slice(0, MOST_LOOKED_AT)) {
    const text = textOf(number, read);
    const words = plainWords(text);
    if (!byWords.has(words)) byWords.set(words, text);
    if (byWords.size === MOST_SENTENCES) break;
  }
  return [...byWords.values()];
}

function textOf(sentence: number, read: ReadDocument): string {
  const field = sentence === 0 ? read.document.title : read.document.text;
  return field.slice(...read.sentenceRanges[sentence]!);
}

const wordsIn = ({ widths, count }: ReadDocument): number => widths[count]! / 2;

function densityOf(tokens: ReadonlySet<number>, words: number, { widths }: ReadDocument): number {
  const matched = [...tokens].reduce((sum, token) => sum + (widths[token + 1]! - widths[token]!) / 2, 0);
  return Math.min(HIGHEST_DENSITY, Math.round((1_000 * matched) / words) / 10);
}

const lengthOf = (words: number): TextLength =>
  words <= LONGEST_BRIEF ? 'brief' : words <= LONGEST_MEDIUM ? 'medium' : 'long';
