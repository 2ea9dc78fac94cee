// Cuts a text into words, once, by character class. Nothing is changed or normalised: a token is a range of the
// original, and `fold.ts` and `stemming.ts` give it its keys.
import { isHangul, isHanOrKana } from './scripts.ts';

export { isHangul, isHanOrKana } from './scripts.ts';

/** Token i is `text.slice(starts[i], ends[i])`; offsets count UTF-16 code units, end exclusive; ascending, disjoint. */
export interface Tokens {
  readonly count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

// Character classes; 0 means not looked up yet.
const LETTER = 1;
const DIGIT = 2;
const HANGUL = 3;
/** Han or kana: a token by itself. */
const CHARACTER = 4;
/** Belongs to what it follows; never begins a token. */
const MARK = 5;
const APOSTROPHE = 6;
const DOT = 7;
const COMMA = 8;
/** Not seen inside a word: soft hyphen, joiners. */
const INVISIBLE = 9;
const HIGH_SURROGATE = 10;
const SEPARATOR = 11;

/** Class of each UTF-16 code unit, filled as units are met: classifying all of them would slow every cold start. */
const CLASSES = new Uint8Array(0x10000);

const EXCEPTIONS: readonly (readonly [characters: string, kind: number])[] = [
  ["'\u2018\u2019\u02b9\u02bb\u02bc\uff07", APOSTROPHE],
  ['.\uff0e', DOT],
  [',\uff0c\u066b\u066c', COMMA],
  ['\u00ad\u200c\u200d\u2060\ufeff', INVISIBLE],
  // Voicing marks of kana, combining and half width: letters or symbols to Unicode, but part of the character before.
  ['\u3099\u309a\uff9e\uff9f', MARK],
  ['\u309b\u309c', SEPARATOR],
];
for (const [characters, kind] of EXCEPTIONS) {
  for (let i = 0; i < characters.length; i++) CLASSES[characters.charCodeAt(i)] = kind;
}

/** Written before an apostrophe and no part of the word after it (French, Italian). */
const ELIDED = new Set(
  'c d j l m n s t qu jusqu lorsqu puisqu quoiqu un dell all dall nell sull coll quell quest gl agl degl'.split(' '),
);
const LONGEST_ELIDED = 6;

/** Scratch of every call; what is returned is a copy. */
let startsSoFar = new Int32Array(4096);
let endsSoFar = new Int32Array(4096);

/**
 * The words of a text; at most the first `maxTokens` of them.
 *
 * A word is a run of letters, digits and marks. It keeps an apostrophe between letters (don't), a full stop between
 * single letters (U.S) and a point, comma or apostrophe between digits (10,000; 1.5). It ends at everything else, so
 * hyphens split, and so does a full stop without its space ("ended.Then"). The possessive 's and the elided articles
 * and pronouns of French and Italian (l', qu', dell') are left out of the token. Each Han or kana character is a token;
 * a Hangul eojeol is one, but Latin letters before a particle are a token of their own: NATO|가, while 3만5천 is one.
 */
export function tokenize(text: string, maxTokens = Number.POSITIVE_INFINITY): Tokens {
  let count = 0;
  for (let i = 0; i < text.length && count < maxTokens; ) {
    const kind = classAt(text, i);
    if (kind > CHARACTER) {
      i += widthAt(text, i);
      continue;
    }
    if (count === startsSoFar.length) growScratch();
    firstApostrophe = -1;
    const end = kind === CHARACTER ? endOfMarks(text, i + widthAt(text, i)) : endOfWord(text, i);
    startsSoFar[count] = firstApostrophe < 0 ? i : withoutElision(text, i, end);
    endsSoFar[count] = firstApostrophe < 0 ? end : withoutPossessive(text, startsSoFar[count]!, end);
    count++;
    i = end;
  }
  return { count, starts: startsSoFar.slice(0, count), ends: endsSoFar.slice(0, count) };
}

/** Set by `endOfWord`: where the word's first apostrophe stands, -1 when it has none (nearly always). */
let firstApostrophe = -1;

/** Where the word that begins at `start` ends. The loop's first line is all that most characters see. */
function endOfWord(text: string, start: number): number {
  const first = classAt(text, start);
  let previous = first;
  let i = start + widthAt(text, start);
  let segmentStart = start;
  while (i < text.length) {
    const kind = classAt(text, i);
    if (kind !== previous) {
      if (kind <= HANGUL) {
        if (kind === HANGUL ? first === LETTER : kind === LETTER && previous === HANGUL) return i;
        previous = kind;
      } else if (kind === APOSTROPHE) {
        if (!joinsWithApostrophe(previous, classAt(text, i + 1))) return i;
        if (firstApostrophe < 0) firstApostrophe = i;
      } else if (kind === DOT || kind === COMMA) {
        if (!joinsWithPoint(text, i, kind, previous, segmentStart)) return i;
        segmentStart = i + 1;
      } else if (kind === INVISIBLE) {
        if (classAt(text, i + 1) > HANGUL) return i;
      } else if (kind !== MARK) return i;
    }
    i += widthAt(text, i);
  }
  return i;
}

/** don't, 10'000 and 1990's, but not the closing quote of '파병'을. */
const joinsWithApostrophe = (before: number, after: number): boolean =>
  before === LETTER ? after === LETTER : before === DIGIT && after <= DIGIT;

/** 10,000 and 1.5; U.S and e.g, whose letters stand alone. */
function joinsWithPoint(text: string, at: number, kind: number, before: number, segmentStart: number): boolean {
  const after = classAt(text, at + 1);
  if (before === DIGIT) return after === DIGIT;
  if (kind === COMMA || before !== LETTER || after !== LETTER || segmentStart !== at - 1) return false;
  return classAt(text, at + 2) > MARK;
}

function withoutElision(text: string, start: number, end: number): number {
  if (firstApostrophe - start > LONGEST_ELIDED || (firstApostrophe === end - 2 && endsWithS(text, end))) return start;
  return ELIDED.has(text.slice(start, firstApostrophe).toLowerCase()) ? firstApostrophe + 1 : start;
}

const withoutPossessive = (text: string, start: number, end: number): number =>
  end - 2 > start && classAt(text, end - 2) === APOSTROPHE && endsWithS(text, end) ? end - 2 : end;

const endsWithS = (text: string, end: number): boolean => (text.charCodeAt(end - 1) | 0x20) === 0x73;

function endOfMarks(text: string, from: number): number {
  let i = from;
  while (classAt(text, i) === MARK) i += widthAt(text, i);
  return i;
}

/** Class of the character at `i`; `SEPARATOR` past the end. */
function classAt(text: string, i: number): number {
  if (i >= text.length) return SEPARATOR;
  const unit = text.charCodeAt(i);
  const kind = CLASSES[unit]!;
  if (kind === 0) {
    CLASSES[unit] = (unit & 0xfc00) === 0xd800 ? HIGH_SURROGATE : classify(unit);
    return classAt(text, i);
  }
  return kind === HIGH_SURROGATE ? classify(text.codePointAt(i)!) : kind;
}

function widthAt(text: string, i: number): 1 | 2 {
  const paired = (text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
  return paired ? 2 : 1;
}

/** A surrogate without its partner is a separator. Letter-like numbers (², Ⅳ) are letters. */
function classify(codePoint: number): number {
  if (isHanOrKana(codePoint)) return CHARACTER;
  if (isHangul(codePoint)) return HANGUL;
  const character = String.fromCodePoint(codePoint);
  if (/\p{Nd}/u.test(character)) return DIGIT;
  if (/[\p{L}\p{N}]/u.test(character)) return LETTER;
  return /\p{M}/u.test(character) ? MARK : SEPARATOR;
}

function growScratch(): void {
  const larger = [new Int32Array(startsSoFar.length * 2), new Int32Array(startsSoFar.length * 2)] as const;
  larger[0].set(startsSoFar);
  larger[1].set(endsSoFar);
  [startsSoFar, endsSoFar] = larger;
}
