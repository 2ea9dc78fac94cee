// Cuts a text into words, once, by character class. Nothing is changed or normalised: a token is a range of the
// original, and `fold.ts` and `stemming.ts` give it its keys.
import { codeUnitsOf, HASH_FACTOR, HASH_SEED, hashOf } from './code-units.ts';
import { isHangul, isHanOrKana, isUnspaced } from './scripts.ts';
import { endsOfWords } from './unspaced-scripts.ts';

/** Token i is `text.slice(starts[i], ends[i])`; offsets count UTF-16 code units, end exclusive; ascending, disjoint. */
export interface Tokens {
  readonly count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Of each token's code units, as `hashOf` computes it: found on the way, since every unit is read anyway. */
  readonly hashes: Int32Array;
  /**
   * The tokens behind which a sign was met that may hold them and the next together: hyphens, the middle dots of Korean, initials,
   * scripts without spaces. Ascending, each once.
   */
  readonly joints: readonly number[];
}

// Character classes; 0 means not looked up yet.
const LETTER = 1;
const DIGIT = 2;
const HANGUL = 3;
/** Han or kana: each is one token. */
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
/** A separator after which a word in capitals and small letters is several: #BootsOnTheGround. */
const HASH = 12;
/** Of a script without spaces whose words have several characters. */
const UNSPACED = 13;
/** A separator that may hold the parts of one word together. */
const JOINT = 14;

/** Class of each UTF-16 code unit, filled as units are met: classifying all of them would slow every cold start. */
const CLASSES = new Uint8Array(0x10000);

const EXCEPTIONS: readonly (readonly [characters: string, kind: number])[] = [
  ["'`\u00b4\u2018\u2019\u02b9\u02bb\u02bc\uff07", APOSTROPHE],
  ['.\uff0e', DOT],
  [',\uff0c\u066b\u066c', COMMA],
  ['\u00ad\u200b\u200c\u200d\u2060\ufeff', INVISIBLE],
  ['#\uff03', HASH],
  ['-\u2010\u2011\u00b7\u318d\u30fb\u2027\u2219\uff65', JOINT],
  // Voicing marks of kana, combining and half width: letters or symbols to Unicode, but part of the character before.
  ['\u3099\u309a\uff9e\uff9f', MARK],
  ['\u309b\u309c', SEPARATOR],
];
for (const [characters, kind] of EXCEPTIONS) {
  for (let i = 0; i < characters.length; i++) CLASSES[characters.charCodeAt(i)] = kind;
}

/** Allows a line end inside a Latin word; in scripts without spaces it separates words. */
const ZERO_WIDTH_SPACE = 0x200b;
const FULL_STOP = 0x2e;
/** Letters right behind a number that are a word which lacks its space: 10,000troops, but 5bn and 15th. */
const SHORTEST_GLUED = 4;
/** Between the words of a hashtag. */
const CAMEL_CASE = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;

/** Written before an apostrophe and no part of the word after it (French, Italian). */
const ELIDED = new Set(
  'c d j l m n s t qu jusqu lorsqu puisqu quoiqu un dell all dall nell sull coll quell quest gl agl degl'.split(' '),
);

/** Scratch of every call; what is returned is a copy. */
let startsSoFar: Int32Array = new Int32Array(4096);
let endsSoFar: Int32Array = new Int32Array(4096);
let hashesSoFar: Int32Array = new Int32Array(4096);
let cutsUnspaced = true;
let joints: number[] = [];
/** The current text. */
let units: Uint16Array = new Uint16Array(0);

/**
 * The words of a text; at most the first `maxTokens` of them.
 *
 * A word is a run of letters, digits and marks. It keeps an apostrophe between letters (don't), a full stop between
 * single letters (U.S) and a point, comma or apostrophe between digits (10,000; 1.5). It ends at everything else, so
 * hyphens split, and so does a full stop without its space ("ended.Then"), and a number before a word (10,000troops)
 * or behind a currency's code (Rs500). The possessive 's and the elided articles
 * and pronouns of French and Italian (l', qu', dell') are left out of the token. Each Han or kana character is a token;
 * a Hangul eojeol is one, but Latin letters before a particle are a token of their own: NATO|가, while 3만5천 is one.
 * Thai, Lao, Khmer and Burmese are cut by the run time's segmenter, and hashtags where a small letter meets a capital.
 */
export function tokenize(text: string, maxTokens = Number.POSITIVE_INFINITY): Tokens {
  joints = [];
  return tokensSoFar(scan(text, 0, maxTokens));
}

/** The same, but for runs of scripts without spaces, which stay whole: for words of a topic. */
export function tokenizeWanted(text: string): Tokens {
  cutsUnspaced = false;
  try {
    return tokenize(text);
  } finally {
    cutsUnspaced = true;
  }
}

/** Title and text in one row, title first, offsets in their own field; `titleCount` of them are the title's. */
export function tokenizeBoth(title: string, text: string, maxTokens: number): Tokens & { readonly titleCount: number } {
  joints = [];
  const titleCount = scan(title, 0, maxTokens);
  const { count, starts, ends, hashes } = tokensSoFar(scan(text, titleCount, maxTokens));
  return { titleCount, count, starts, ends, hashes, joints };
}

/** One buffer for all three: making one costs more than filling it. */
function tokensSoFar(count: number): Tokens {
  const all = new Int32Array(3 * count);
  const [starts, ends, hashes] = [0, 1, 2].map((part) => all.subarray(part * count, (part + 1) * count)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  starts.set(startsSoFar.subarray(0, count));
  ends.set(endsSoFar.subarray(0, count));
  hashes.set(hashesSoFar.subarray(0, count));
  return { count, starts, ends, hashes, joints };
}

/**
 * Puts the tokens of a text behind the `before` tokens of the scratch and returns how many there are now. Most words
 * are a run of one class with a space or a point and a space behind it, and are done with here; the rest is for
 * `scanHardWord`.
 */
function scan(text: string, before: number, maxTokens: number): number {
  units = codeUnitsOf(text);
  const unit = units;
  const classes = CLASSES;
  const length = text.length;
  let starts = startsSoFar;
  let ends = endsSoFar;
  let hashes = hashesSoFar;
  let count = before;
  for (let i = 0; i < length && count < maxTokens; ) {
    const kind = classes[unit[i]!]!;
    if (kind === SEPARATOR) {
      i++;
      continue;
    }
    if (count === starts.length) [starts, ends, hashes] = growScratch();
    if (kind === LETTER || kind === DIGIT || kind === HANGUL) {
      let end = i;
      let hash = HASH_SEED;
      let next = unit[i]!;
      do {
        hash = Math.imul(hash ^ next, HASH_FACTOR);
        next = unit[++end]!;
      } while (classes[next] === kind);
      const after = classes[next]!;
      const isFollowed =
        after === SEPARATOR ||
        ((after === DOT || after === COMMA) && classes[unit[end + 1]!] === SEPARATOR && end - i > 1);
      if (isFollowed) {
        starts[count] = i;
        ends[count] = end;
        hashes[count++] = hash;
        i = end;
        continue;
      }
    }
    const known = classAt(i);
    if (known === UNSPACED || known === JOINT) noteJoint(count - 1);
    if (known === UNSPACED || known === HASH) {
      const from = known === UNSPACED ? i : i + 1;
      const cuts = known === UNSPACED ? cutsOfRun(text, i, maxTokens - count) : cutsOfHashtag(text, from);
      const first = count;
      count = pushParts(from, cuts, first, maxTokens);
      for (let token = first; token < count; token++) noteJoint(token);
      [starts, ends, hashes] = [startsSoFar, endsSoFar, hashesSoFar];
      i = cuts.at(-1) ?? from;
    } else if (known > CHARACTER) i += widthAt(i);
    else i = scanHardWord(text, i, known, count++);
  }
  return count;
}

function noteJoint(token: number): void {
  if (token >= 0 && joints.at(-1) !== token) joints.push(token);
}

/** A run of letters of these scripts with their marks; a zero-width space ends it. */
function endOfRun(start: number): number {
  let i = start;
  for (;;) {
    const kind = classAt(i);
    if (kind !== UNSPACED && kind !== MARK && (kind !== INVISIBLE || units[i] === ZERO_WIDTH_SPACE)) return i;
    i += widthAt(i);
  }
}

function cutsOfRun(text: string, start: number, most: number): readonly number[] {
  const end = endOfRun(start);
  if (!cutsUnspaced) return [end];
  return endsOfWords(text.slice(start, end), most).map((cut) => start + cut);
}

/** Letters, digits and marks only; where there is an apostrophe or point, the rules of other words hold. */
function endOfHashtag(start: number): number {
  let i = start;
  while (classAt(i) <= DIGIT || (i > start && classAt(i) === MARK)) i += widthAt(i);
  return i;
}

/** None where it is one word. */
function cutsOfHashtag(text: string, start: number): readonly number[] {
  const end = endOfHashtag(start);
  const after = classAt(end);
  if (end === start || after === APOSTROPHE || after === DOT || after === COMMA || after === INVISIBLE) return [];
  const tag = text.slice(start, end);
  const cuts = Array.from(tag.matchAll(CAMEL_CASE), ({ index }) => start + index);
  return cuts.length === 0 ? [] : [...cuts, end];
}

/** Puts the tokens that end at these places into the scratch, the first from `start`, and returns how many there are. */
function pushParts(start: number, cuts: readonly number[], before: number, maxTokens: number): number {
  let count = before;
  let from = start;
  for (const cut of cuts) {
    if (count === maxTokens) break;
    if (count === startsSoFar.length) growScratch();
    startsSoFar[count] = from;
    endsSoFar[count] = cut;
    hashesSoFar[count++] = hashOf(units, from, cut);
    from = cut;
  }
  return count;
}

/** Puts the token that begins at `i` into the scratch and returns where to read on. */
function scanHardWord(text: string, i: number, kind: number, index: number): number {
  firstApostrophe = -1;
  const end = kind === CHARACTER ? endOfMarks(i + widthAt(i)) : endOfWord(i);
  if (end - i === 1 && units[end] === FULL_STOP) noteJoint(index);
  const from = firstApostrophe < 0 ? i : withoutElision(text, i, end);
  const to = firstApostrophe < 0 ? end : withoutPossessive(from, end);
  startsSoFar[index] = from;
  endsSoFar[index] = to;
  hashesSoFar[index] = hashOf(units, from, to);
  return end;
}

/** Set by `endOfWord`: where the word's first apostrophe stands, -1 when it has none (nearly always). */
let firstApostrophe = -1;

/** Where the word that begins at `start` ends; at the latest at the zeros behind the text, which are separators. */
function endOfWord(start: number): number {
  const first = classAt(start);
  let previous = first;
  let i = start + widthAt(start);
  let segmentStart = start;
  for (;;) {
    while (CLASSES[units[i]!] === previous) i++;
    const kind = classAt(i);
    if (kind !== previous) {
      if (kind <= HANGUL) {
        if (kind === HANGUL ? first === LETTER : kind === LETTER && previous === HANGUL) return i;
        if (kind === DIGIT && first === LETTER && partsFromDigits(start, i)) return i;
        if (kind === LETTER && first === DIGIT && CLASSES[units[i - 1]!] === DIGIT && isGluedWord(i)) return i;
        previous = kind;
      } else if (kind === APOSTROPHE) {
        if (!joinsWithApostrophe(previous, classAt(i + 1))) return i;
        if (firstApostrophe < 0) firstApostrophe = i;
      } else if (kind === DOT || kind === COMMA) {
        if (!joinsWithPoint(i, kind, previous, segmentStart)) return i;
        segmentStart = i + 1;
      } else if (kind === INVISIBLE) {
        const next = classAt(i + 1);
        if (next > HANGUL || (units[i] === ZERO_WIDTH_SPACE && (next !== LETTER || previous !== LETTER))) return i;
      } else if (kind !== MARK) return i;
    }
    i += widthAt(i);
  }
}

/**
 * Whether the letters [start, end) are none of the number behind them: Arabic particles (و500), and codes of currencies
 * (Rs500). F16 and H1N1 are one word.
 */
function partsFromDigits(start: number, end: number): boolean {
  if (isArabicLetter(units[end - 1]!)) return true;
  return end - start <= LONGEST_CODE && CURRENCY_CODES.has(String.fromCharCode(...units.subarray(start, end)));
}

const LONGEST_CODE = 3;
const CURRENCY_CODES = new Set(
  'Rs Rp RM Kč Ft zł USD EUR GBP CHF JPY CNY INR PKR BDT IDR AUD CAD NZD HKD SGD NOK SEK DKK PLN CZK HUF'.split(' '),
);
const isArabicLetter = (unit: number): boolean => unit >= 0x620 && unit <= 0x6ff && CLASSES[unit] === LETTER;

function isGluedWord(start: number): boolean {
  let i = start;
  let letters = 0;
  for (let kind = LETTER; kind === LETTER || kind === MARK; kind = classAt(i)) {
    if (kind === LETTER) letters++;
    i += widthAt(i);
  }
  return letters >= SHORTEST_GLUED && classAt(i) !== DIGIT;
}

/** don't, 10'000 and 1990's, but not the closing quote of '파병'을. */
const joinsWithApostrophe = (before: number, after: number): boolean =>
  before === LETTER ? after === LETTER : before === DIGIT && after <= DIGIT;

/** 10,000 and 1.5; U.S and e.g, whose letters stand alone. */
function joinsWithPoint(at: number, kind: number, before: number, segmentStart: number): boolean {
  const after = classAt(at + 1);
  if (before === DIGIT) return after === DIGIT;
  if (kind === COMMA || before !== LETTER || after !== LETTER || segmentStart !== at - 1) return false;
  return classAt(at + 2) > MARK;
}

function withoutElision(text: string, start: number, end: number): number {
  if (firstApostrophe === end - 2 && endsWithS(end)) return start;
  return ELIDED.has(text.slice(start, firstApostrophe).toLowerCase()) ? firstApostrophe + 1 : start;
}

const withoutPossessive = (start: number, end: number): number =>
  end - 2 > start && classAt(end - 2) === APOSTROPHE && endsWithS(end) ? end - 2 : end;

const endsWithS = (end: number): boolean => (units[end - 1]! | 0x20) === 0x73;

function endOfMarks(from: number): number {
  let i = from;
  while (classAt(i) === MARK) i += widthAt(i);
  return i;
}

/** Class of the character at `i`; behind the text, `SEPARATOR`. */
function classAt(i: number): number {
  const unit = units[i]!;
  const kind = CLASSES[unit]!;
  if (kind !== 0 && kind !== HIGH_SURROGATE) return kind;
  if ((unit & 0xfc00) === 0xd800) {
    CLASSES[unit] = HIGH_SURROGATE;
    return classify(widthAt(i) === 2 ? (unit - 0xd800) * 0x400 + (units[i + 1]! - 0xdc00) + 0x10000 : unit);
  }
  CLASSES[unit] = classify(unit);
  return CLASSES[unit]!;
}

function widthAt(i: number): 1 | 2 {
  return (units[i]! & 0xfc00) === 0xd800 && (units[i + 1]! & 0xfc00) === 0xdc00 ? 2 : 1;
}

/** A surrogate without its partner is a separator. Letter-like numbers (², Ⅳ) are letters. */
function classify(codePoint: number): number {
  if (isHanOrKana(codePoint)) return CHARACTER;
  if (isHangul(codePoint)) return HANGUL;
  if (isUnspaced(codePoint) && /\p{L}/u.test(String.fromCodePoint(codePoint))) return UNSPACED;
  const character = String.fromCodePoint(codePoint);
  if (/\p{Nd}/u.test(character)) return DIGIT;
  if (/[\p{L}\p{N}]/u.test(character)) return LETTER;
  return /\p{M}/u.test(character) ? MARK : SEPARATOR;
}

function growScratch(): [starts: Int32Array, ends: Int32Array, hashes: Int32Array] {
  const [starts, ends, hashes] = [startsSoFar, endsSoFar, hashesSoFar].map((scratch) => {
    const larger = new Int32Array(2 * scratch.length);
    larger.set(scratch);
    return larger;
  }) as [Int32Array, Int32Array, Int32Array];
  [startsSoFar, endsSoFar, hashesSoFar] = [starts, ends, hashes];
  return [starts, ends, hashes];
}
