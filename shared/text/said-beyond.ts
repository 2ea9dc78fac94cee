// What one text says beyond others: its sentences, without those that stand there already.
import { INVISIBLE, plainWords } from './plain-words.ts';
import { splitSentences } from './sentences.ts';

/** A stretch of a text, and where it begins. */
export interface Stretch {
  readonly text: string;
  readonly start: number;
}

/** The sentence goes on elsewhere: `The ministry will deploy troo…`, `… troo [...]`. */
const BREAKS_OFF = /\s*[[({]?\s*(?:…|\.{3})[\s\])}]*$/;
/** So much of the end is looked at. */
const LONGEST_SIGN_OF_IT = 12;
const IS_ENDED = /[\p{P}\p{S}]\s*$/u;
/** The last sentence of a text without a full stop was cut if it is as long as this, and then perhaps in the middle of a word. */
const LONG_FOR_NO_SENTENCE = 40;
/**
 * What is looked at, and where: each sentence may be looked for through the whole of the other text, which a hostile page can make long.
 * An article has some hundred sentences and 20,000 characters; of longer ones the matcher does not read the end either.
 */
export const MOST_SENTENCES = 1_000;
export const MOST_CHARS = 100_000;

/**
 * Sentences side by side are one stretch; one that is left out parts the stretches. A sentence stands elsewhere when its words are a whole
 * sentence there; one that breaks off, when they begin one, the last word perhaps in part. Where that is in doubt it is kept: a
 * repeat costs less than a loss. Sentences beyond MOST_SENTENCES are kept unseen, and others are read up to MOST_CHARS.
 */
export function saidBeyond(text: string, others: readonly string[]): readonly Stretch[] {
  const sentences = splitSentences(text);
  if (sentences.length === 0) return [];
  const known = others.map((other) => new KnownText(other.slice(0, MOST_CHARS)));
  const kept: [start: number, end: number][] = [];
  let isOpen = false;
  sentences.forEach(([start, end], index) => {
    const isLast = index === sentences.length - 1;
    const isSaid = index < MOST_SENTENCES && isSaidIn(known, text.slice(start, end), isLast);
    if (!isSaid && isOpen) kept.at(-1)![1] = end;
    else if (!isSaid) kept.push([start, end]);
    isOpen = !isSaid;
  });
  return kept.map(([start, end]) => ({ text: text.slice(start, end), start }));
}

/** Whether the sentence says no more than the other: the same words, or the beginning of them where it breaks off. */
export function isRepeatOf(sentence: string, other: string): boolean {
  const words = sayingOf(sentence, false);
  return (
    words !== NO_WORDS && (words.endsWith('\n') ? words === plainWords(other) : plainWords(other).startsWith(words))
  );
}

function isSaidIn(known: readonly KnownText[], sentence: string, isLast: boolean): boolean {
  if (known.some((text) => text.hasAsWritten(sentence))) return true;
  const possible = known.filter((text) => !text.lacksAWordOf(sentence));
  if (possible.length === 0) return false;
  const words = sayingOf(sentence, isLast);
  return possible.some((text) => text.has(words));
}

/**
 * A text to look for sentences in. To reduce a whole page to its words costs more than to match it with some hundred topics, and is
 * seldom needed: most sentences stand there letter for letter, and most others have a word that stands nowhere.
 */
class KnownText {
  readonly #text: string;
  #words: string | null = null;
  #isPlain: boolean | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  /** The very sentence, full stop included, behind the end of another; of one that breaks off, what there is of it. */
  hasAsWritten(sentence: string): boolean {
    const begun = withoutSigns(sentence);
    if (begun === '' || (begun === sentence && !HAS_FULL_STOP.test(sentence))) return false;
    const at = this.#text.indexOf(begun);
    return at === 0 || (at > 0 && BEHIND_A_SENTENCE.test(this.#text.slice(Math.max(0, at - 4), at)));
  }

  /** True when a word surely is not there: in none of the spellings that sentences and headlines have. */
  lacksAWordOf(sentence: string): boolean {
    this.#isPlain ??= !INVISIBLE.test(this.#text);
    if (!this.#isPlain) return false;
    for (const word of withoutSigns(sentence).match(LONG_WORDS) ?? []) {
      // Its first letter may be a capital in one text and not in the other.
      const rest = word.slice(1);
      const spellings = [rest, rest.toLowerCase(), rest.toUpperCase()];
      if (!spellings.some((each) => this.#text.includes(each))) return true;
    }
    return false;
  }

  /** `words`: what `sayingOf` makes of a sentence. */
  has(words: string): boolean {
    this.#words ??= plainWords(this.#text);
    return this.#words.includes(words);
  }
}

const HAS_FULL_STOP = /[.!?。！？]$/;
const BEHIND_A_SENTENCE = /(?:[.!?。！？]\s*|\n\n)$/;
const LONG_WORDS = /[\p{L}\p{N}]{5,}/gu;

/** The sentence as far as it goes; the whole of one that does not break off. */
function withoutSigns(sentence: string): string {
  const from = Math.max(0, sentence.length - LONGEST_SIGN_OF_IT);
  const at = sentence.slice(from).search(BREAKS_OFF);
  return at === -1 ? sentence : sentence.slice(0, from + at);
}

/** Of a text without a word. */
const NO_WORDS = '\n';

/** Without the end where the last word may go on. */
function sayingOf(sentence: string, isLast: boolean): string {
  const words = plainWords(sentence);
  if (words === NO_WORDS) return words;
  const isCut =
    withoutSigns(sentence) !== sentence || (isLast && words.length > LONG_FOR_NO_SENTENCE && !IS_ENDED.test(sentence));
  return isCut ? words.slice(0, -' \n'.length) : words;
}
