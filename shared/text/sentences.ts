// Cuts a text into sentences by rules for the languages we read, without a dictionary and without the run time's own
// segmenter, whose answers change with its version.
import { LineEnds } from './line-ends.ts';
import { endOf } from './match-at.ts';
import { afterPlainEnd, isLowerLetter, terminatorEnds } from './sentence-ends.ts';

/** What may end a sentence: terminators and line ends. */
const CANDIDATE = /[.!?…。．｡！？؟۔।‼⁇⁈⁉။។៕\n\u2029]/g;
const TERMINATORS = /[.!?…。．｡！？؟۔।‼⁇⁈⁉။។៕]+/y;
/** Closing quotes, brackets and footnote numbers; French writes a space before its closing quote. */
const CLOSERS = /(?:["'”’»›“)\]}）］｝」』】〉》〕]|\[\d{1,3}\]|[\u00a0\u202f ][»›](?=[\s.,;:!?)]|$))*/y;
const SPACE = /\s*/y;
/** "SEOUL, Nov. 15 (Agency) --", "МОСКВА, 15 ноября. /АГЕНТСТВО/.": one with the sentence after it. */
const DATELINE =
  /\p{Lu}[\p{Lu}\p{M}.'’ -]{2,30}(?:,|[. ] ?(?=[^\n]{0,12}[\d(]))(?:(?!\p{Ll}{5}[.!?] [^/])[^\n—–]){0,50}?(?:\([^()\n]{2,30}\) ?(?:--?|[—–])|\/[\p{L} .-]{2,20}\/\.?|--|[—–])/uy;

/**
 * The sentences of a text as [start, end) in UTF-16 units: trimmed, ascending, disjoint, and holding every character
 * that is not a space. Time grows with the length of the text, whatever it holds.
 *
 * A blank line ends a sentence, and so does a single line end after a headline or list entry (see `LineEnds`). A full
 * stop does not when the next word is in lower case, nor after abbreviations, initials and ordinals. Where it cannot be
 * known, sentences stay together: one that is too long costs less than a clause torn in two. Thai and Lao have no full
 * stops: there a space ends a sentence that has become long.
 */
export function splitSentences(text: string): readonly (readonly [start: number, end: number])[] {
  const ranges: [start: number, end: number][] = [];
  const lineEnds = new LineEnds(text);
  let start = afterSpace(text, 0);
  let from = endOfDateline(text, start);
  while (start < text.length) {
    CANDIDATE.lastIndex = from;
    const at = CANDIDATE.exec(text)?.index ?? text.length;
    const boundary = at < text.length ? boundaryAt(text, start, at, lineEnds) : { ends: true, end: at, next: at };
    from = boundary.next;
    if (!boundary.ends) continue;
    addRange(text, start, trimmedEnd(text, start, boundary.end), ranges);
    start = afterSpace(text, boundary.next);
    from = endOfDateline(text, start);
  }
  return ranges;
}

const isThaiOrLao = (unit: number): boolean => unit >= 0xe01 && unit <= 0xeff;
const SPACE_BETWEEN_THEM = /(?<=[\u0e01-\u0eff]) +(?=[\u0e01-\u0eff])/g;
/** A shorter stretch is a clause of the sentence, a name or a number with its noun. */
const SHORTEST_BEFORE_SPACE = 60;

/** Adds the sentence, or, of Thai and Lao, its parts. */
function addRange(text: string, start: number, end: number, ranges: [number, number][]): void {
  let from = start;
  const mayBeLong = end - start > SHORTEST_BEFORE_SPACE;
  if (mayBeLong && (isThaiOrLao(text.charCodeAt(start)) || isThaiOrLao(text.charCodeAt(end - 1)))) {
    for (const { index, 0: spaces } of text.slice(start, end).matchAll(SPACE_BETWEEN_THEM)) {
      if (start + index - from < SHORTEST_BEFORE_SPACE) continue;
      ranges.push([from, start + index]);
      from = start + index + spaces.length;
    }
  }
  ranges.push([from, end]);
}

/** `end`: where the sentence ends, when it does; `next`: where to read on. */
interface Boundary {
  readonly ends: boolean;
  readonly end: number;
  readonly next: number;
}

function boundaryAt(text: string, start: number, at: number, lineEnds: LineEnds): Boundary {
  if (isLineEnd(text[at]!)) {
    const next = afterSpace(text, at);
    const isParagraphEnd = /[\n\u2029].*\n|\u2029/s.test(text.slice(at, next));
    return { ends: isParagraphEnd || next === text.length || lineEnds.endsSentence(at, next), end: at, next };
  }
  const plain = afterPlainEnd(text, at);
  if (plain !== -1) return { ends: true, end: at + 1, next: plain };
  const terminatorsEnd = endOf(TERMINATORS, text, at);
  const end = endOf(CLOSERS, text, terminatorsEnd);
  return { ends: terminatorEnds(text, start, at, terminatorsEnd, end), end, next: end };
}

/** Where to look for the first terminator: behind the dateline, if the sentence begins with one. */
function endOfDateline(text: string, start: number): number {
  return isLowerLetter(text.charCodeAt(start + 1)) ? start : endOf(DATELINE, text, start);
}

function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && !isVisible(text.charCodeAt(last - 1)) && /\s/.test(text[last - 1]!)) last--;
  return last;
}

const afterSpace = (text: string, at: number): number => (isVisible(text.charCodeAt(at)) ? at : endOf(SPACE, text, at));

/** Of ASCII, so that most places need no pattern. */
const isVisible = (unit: number): boolean => unit > 0x20 && unit < 0x7f;

const isLineEnd = (character: string): boolean => character === '\n' || character === '\u2029';
