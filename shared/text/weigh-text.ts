// How well a text reads as a language, whatever bytes it came from. Weights are bits: minus the binary logarithm of a rough
// probability, so that less is better. Letters weigh by how often the language has them; all characters by what stands beside
// them. A sign says nothing about the language: it weighs the same in all of them. Inside a word, though, it is out of place.
import {
  CAPITAL,
  caseOf,
  DIGIT,
  DRAWING,
  HAN,
  HANGUL,
  JOINING,
  kindOf,
  LATIN,
  LETTER,
  MARK,
  NO_CHARACTER,
  NO_SCRIPT,
  OTHER_ASCII,
  QUOTE,
  SELDOM,
  SIGN,
  SIGN_BEHIND,
  SMALL,
  scriptOf,
} from './character-kinds.ts';
import { decoderFor } from './charset.ts';
import type { CharsetModel } from './charset-models.ts';

/** A text made ready to be weighed as several languages. */
export interface PreparedText {
  /** What all languages share: ASCII letters, signs, capitals and neighbours. In bits. */
  readonly sharedBits: number;
  /** Letters beyond ASCII, by the code unit of the small one, and how many there are. */
  readonly letters: ReadonlyMap<number, number>;
}

/** Of 26, a little less for the more frequent ones. */
export const ASCII_LETTER_BITS = 4.5;
/** Where most letters are ASCII ones, that a letter is not one of them. */
const BEYOND_ASCII_BITS = { latin: 3.5, other: 0 };
/** A letter that the language does not have, as in a name from elsewhere. */
const UNLISTED_LETTER_BITS = 13;
/** Of the characters of a language with thousands, those not listed make up about a third, and unusual ones hardly any. */
const OTHERS_BITS = 1.5;
const UNUSUAL_CHARACTER_BITS = 17;
/** Of some fifty: ﾐｻｲﾙ stands alone, without kanji, in the words of old systems. */
const HALF_WIDTH_KANA_BITS = 5.5;
const KATAKANA_N = 0x30f3;
/** A letter of a language that is not known here. */
const UNKNOWN_LANGUAGE_BITS = { latin: 8.5, eastAsian: 14.5, other: 6.5 };

const USUAL_SIGN_BITS = 6;
const SIGN_BITS: Readonly<Record<number, number>> = { [SELDOM]: 11, [DRAWING]: 14, [NO_CHARACTER]: 22 };
/** What is out of place weighs more by this. Even then it may be right: iPhone, G20, l·l, m2. */
const FIRST_CAPITAL_BITS = 2;
const CAPITAL_AFTER_SMALL_BITS = 8;
const SMALL_AFTER_CAPITALS_BITS = 3;
const OTHER_SCRIPT_BITS = 12;
const LETTER_BESIDE_HAN_BITS = 5;
const LETTER_BESIDE_DIGIT_BITS = 3;
const SIGN_WITHIN_WORD_BITS = 10;
const QUOTE_WITHIN_WORD_BITS = 6;
const SIGN_BEHIND_WORD_BITS = 4;
const SIGN_BEFORE_WORD_BITS = 4;

const TRAILS = Array.from({ length: 0xbf }, (_, index) => 0x40 + index);
const LINE_FEED = 0x0a;

export function prepareText(text: string): PreparedText {
  const letters = new Map<number, number>();
  let sharedBits = 0;
  let before = OTHER_ASCII;
  let capitals = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const kind = kindOf(unit);
    if (kind < LETTER) {
      if (kind === DIGIT && before >= LETTER) sharedBits += LETTER_BESIDE_DIGIT_BITS;
      if (kind >= SIGN)
        sharedBits += signBits(kind, before, at + 1 < text.length ? kindOf(text.charCodeAt(at + 1)) : 0);
      capitals = 0;
    } else {
      if (unit < 0x80) sharedBits += ASCII_LETTER_BITS;
      else letters.set(unit, (letters.get(unit) ?? 0) + 1);
      // A mark is part of the letter before it.
      if (caseOf(kind) === MARK && isOfScript(kind, before)) continue;
      sharedBits += letterBits(kind, before, capitals);
      capitals = caseOf(kind) === CAPITAL ? capitals + 1 : 0;
    }
    before = kind;
  }
  return { sharedBits, letters: bySmallLetter(letters) };
}

const isOfScript = (mark: number, letter: number): boolean =>
  letter >= LETTER && (scriptOf(mark) === NO_SCRIPT || scriptOf(mark) === scriptOf(letter));

/** What the neighbour before a letter says of it. `capitals`: this many come before it in a row. */
function letterBits(kind: number, before: number, capitals: number): number {
  const first = caseOf(kind) === CAPITAL && capitals === 0 ? FIRST_CAPITAL_BITS : 0;
  if (before < LETTER) return first + (before === DIGIT ? LETTER_BESIDE_DIGIT_BITS : 0);
  if (scriptOf(kind) !== scriptOf(before)) {
    const hasHan = scriptOf(kind) === HAN || scriptOf(before) === HAN;
    return first + (hasHan ? LETTER_BESIDE_HAN_BITS : OTHER_SCRIPT_BITS);
  }
  if (caseOf(kind) === CAPITAL && caseOf(before) === SMALL) return first + CAPITAL_AFTER_SMALL_BITS;
  return first + (caseOf(kind) === SMALL && capitals > 1 ? SMALL_AFTER_CAPITALS_BITS : 0);
}

function signBits(kind: number, before: number, after: number): number {
  const bits = SIGN_BITS[kind] ?? USUAL_SIGN_BITS;
  if (kind === JOINING) return bits;
  const isOfEnd = kind === SELDOM || kind === SIGN_BEHIND;
  if (before < LETTER) return bits + (isOfEnd && after >= LETTER ? SIGN_BEFORE_WORD_BITS : 0);
  if (after >= LETTER) return bits + (kind === QUOTE ? QUOTE_WITHIN_WORD_BITS : SIGN_WITHIN_WORD_BITS);
  return bits + (kind === QUOTE || kind === SIGN_BEHIND ? 0 : SIGN_BEHIND_WORD_BITS);
}

function bySmallLetter(letters: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  const bySmall = new Map<number, number>();
  for (const [unit, count] of letters) {
    const small = String.fromCharCode(unit).toLowerCase();
    const key = small.length === 1 ? small.charCodeAt(0) : unit;
    bySmall.set(key, (bySmall.get(key) ?? 0) + count);
  }
  return bySmall;
}

/** The weight as a language. */
export function weighAs(model: CharsetModel, { sharedBits, letters }: PreparedText): number {
  const bitsOf = bitsOfLetters(model);
  let bits = sharedBits;
  for (const [letter, count] of letters) bits += count * bitsOf(letter);
  return bits;
}

/** The weight as a language that is not known here, in whatever script. */
export function weighAsUnknown({ sharedBits, letters }: PreparedText): number {
  let bits = sharedBits;
  for (const [letter, count] of letters) {
    const script = scriptOf(kindOf(letter));
    const group = script === LATIN ? 'latin' : isEastAsian(script) ? 'eastAsian' : 'other';
    bits += count * UNKNOWN_LANGUAGE_BITS[group];
  }
  return bits;
}

const bitsByModel = new Map<CharsetModel, (letter: number) => number>();

function bitsOfLetters(model: CharsetModel): (letter: number) => number {
  const made = bitsByModel.get(model);
  if (made !== undefined) return made;
  const bits = listedBits(model.frequent);
  const usual = usualCharacters(model);
  const usualBits = Math.log2(usual.size) + OTHERS_BITS;
  const hasKana = bits.has(KATAKANA_N);
  const bitsOf = (letter: number): number => {
    if (hasKana && isHalfWidthKana(letter)) return HALF_WIDTH_KANA_BITS;
    return bits.get(letter) ?? (usual.has(letter) ? usualBits : unlistedBits(letter));
  };
  bitsByModel.set(model, bitsOf);
  return bitsOf;
}

const isHalfWidthKana = (unit: number): boolean => unit >= 0xff66 && unit <= 0xff9f;

const unlistedBits = (letter: number): number =>
  isEastAsian(scriptOf(kindOf(letter))) ? UNUSUAL_CHARACTER_BITS : UNLISTED_LETTER_BITS;

const isEastAsian = (script: number): boolean => script === HAN || script === HANGUL;

function usualCharacters({ usual }: CharsetModel): ReadonlySet<number> {
  const decoder = usual === undefined ? null : decoderFor(usual.encoding);
  const characters = new Set<number>();
  if (usual === undefined || decoder === null) return characters;
  for (const [first, last] of usual.leads) {
    for (let lead = first; lead <= last; lead += 1) {
      const row = Uint8Array.from(TRAILS.flatMap((trail) => [lead, trail, LINE_FEED]));
      for (const character of decoder.decode(row).split('\n')) {
        if (character.length === 1 && character !== '\ufffd') characters.add(character.charCodeAt(0));
      }
    }
  }
  return characters;
}

/** By rank, as Zipf found the frequencies of words, flattened at the top. */
function listedBits(frequent: string): ReadonlyMap<number, number> {
  const characters = [...new Set(frequent)];
  const beyondAscii = BEYOND_ASCII_BITS[/\p{Script=Latin}/u.test(frequent) ? 'latin' : 'other'];
  const total = characters.reduce((sum, _character, rank) => sum + 1 / (rank + 3), 0);
  return new Map(
    characters.map((character, rank) => [character.charCodeAt(0), Math.log2(total * (rank + 3)) + beyondAscii]),
  );
}
