// What one text says beyond others: its sentences, without those that stand there already.
import { plainWords } from './plain-words.ts';
import { splitSentences } from './sentences.ts';

/** A stretch of a text, and where it begins. */
export interface Stretch {
  readonly text: string;
  readonly start: number;
}

/** The sentence goes on elsewhere: `The ministry will deploy troo…`, `… troo [...]`. */
const BREAKS_OFF = /(?:…|\.{3})[\s\])}]*$/;
const IS_ENDED = /[\p{P}\p{S}]\s*$/u;
/** The last sentence of a text without a full stop was cut if it is as long as this, and then perhaps in the middle of a word. */
const LONG_FOR_NO_SENTENCE = 40;

/**
 * Sentences side by side are one stretch; one that is left out parts the stretches. A sentence stands elsewhere when its words are a whole
 * sentence there; one that breaks off, when they begin one, the last word perhaps in part. Where that is in doubt it is kept: a
 * repeat costs less than a loss.
 */
export function saidBeyond(text: string, others: readonly string[]): readonly Stretch[] {
  const sentences = splitSentences(text);
  if (sentences.length === 0) return [];
  const said = others.map(plainWords);
  const kept: [start: number, end: number][] = [];
  let isOpen = false;
  sentences.forEach(([start, end], index) => {
    const words = sayingOf(text.slice(start, end), index === sentences.length - 1);
    const isSaid = words === NO_WORDS || said.some((other) => other.includes(words));
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

const NO_WORDS = '\n';

/** Without the end where the last word may go on. */
function sayingOf(sentence: string, isLast: boolean): string {
  const words = plainWords(sentence);
  if (words === NO_WORDS) return words;
  const isCut =
    BREAKS_OFF.test(sentence) || (isLast && words.length > LONG_FOR_NO_SENTENCE && !IS_ENDED.test(sentence));
  return isCut ? words.slice(0, -' \n'.length) : words;
}
