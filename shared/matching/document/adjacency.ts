// What may stand between two words that belong side by side.
import { isKatakana } from '../../text/scripts.ts';
import type { ReadDocument } from './read-document.ts';

/**
 * - `touching`: nothing that is seen: characters of one Chinese or Japanese word
 * - `spaced`: spaces at most: a letter or digit by a character in one written word (A股)
 * - `beside`: anything but the end of a sentence or paragraph: words of a phrase
 * - `open`: anything within a paragraph: words of a phrase that was written with a full stop between them
 */
export type Join = 'touching' | 'spaced' | 'beside' | 'open';

const UNSEEN = /^[\u00ad\u200b-\u200f\u2060\ufeff]*$/;
const SPACES = /^[\u00ad\u200b-\u200f\u2060\ufeff \u00a0\u2002-\u200a\u202f\u3000]*$/;
const MAY_END_SENTENCE = /[.!?…。．｡！？؟۔।‼⁇⁈⁉။៕\n\r\u2029]/;

/** Whether the gap between two neighbouring tokens of one paragraph lets them be joined so. */
export function areJoined(join: Join, before: number, token: number, read: ReadDocument): boolean {
  if (join === 'open') return true;
  const field = read.fieldOf(before);
  const from = read.ends[before]!;
  const to = read.starts[token]!;
  if (to === from) return true;
  if (to === from + 1 && field.charCodeAt(from) === 0x20 && join !== 'touching') return true;
  const gap = field.slice(from, to);
  if (join === 'touching') return UNSEEN.test(gap);
  if (join === 'spaced') return SPACES.test(gap);
  return !MAY_END_SENTENCE.test(gap) || !read.isSentenceBetween(before, token);
}

/** NEAR/0 is side by side, as words of a phrase are; any other reach goes over the ends of sentences. */
export const reachesOver = (count: number, before: number, token: number, read: ReadDocument): boolean =>
  count > 0 || token !== before + 1 || areJoined('beside', before, token, read);

/**
 * Whether the tokens [first, last], all of them katakana, are a word and not a part of one: no katakana stands around
 * them, or the run time's segmenter separates them (サイバー|テロ, but タンク).
 */
export function isWholeKatakana(first: number, last: number, read: ReadDocument): boolean {
  const field = read.fieldOf(first);
  const [start, end] = [read.starts[first]!, read.ends[last]!];
  let from = start;
  let to = end;
  while (from > 0 && end - from < LONGEST_RUN && isKatakana(field.charCodeAt(from - 1))) from--;
  while (to < field.length && to - start < LONGEST_RUN && isKatakana(field.charCodeAt(to))) to++;
  if (from === start && to === end) return true;
  segmenter ??= new Intl.Segmenter('ja', { granularity: 'word' });
  const cuts = new Set([to - from]);
  for (const { index } of segmenter.segment(field.slice(from, to))) cuts.add(index);
  return cuts.has(start - from) && cuts.has(end - from);
}

const LONGEST_RUN = 60;
let segmenter: Intl.Segmenter | undefined;
