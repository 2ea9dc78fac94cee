// A text reduced to its words, for telling whether two texts say the same: case, quotes, commas and white space do not count.
import { Buffer } from 'node:buffer';
import { codeUnitsOf } from './code-units.ts';

const SPACE = 0x20;
const BREAK = 0x0a;
/** What a code unit becomes: itself in lower case, or one of these; 0 means not looked up yet. */
const LINE_END = 0x0d;
const NOTHING = 0xffff;
const BECOMES = new Uint16Array(0x10000);
/** Scratch of every call: a text of words of one letter, each with a full stop, is the one that grows most. */
const UNITS_FOR_EACH = 2;
let buffer = Buffer.alloc(1 << 15);
let scratch = new Uint16Array(buffer.buffer, buffer.byteOffset, buffer.length >> 1);

/** A sentence may begin behind these, as far as is known without looking further; behind a dash or a colon, as after a dateline. */
const BREAKS = /[.!?…:;—–\u2029。！？｡：；؟۔।॥]/;
/** Not seen by a reader: soft hyphen, joiners, the mark of the byte order. */
export const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/;

/**
 * The words in lower case with a space before and after each, and a line end at either end and wherever a sentence may begin:
 * `\n rain fell \n wind blew \n`. So a sentence of one text is found in another with `includes`, as a whole or not at all.
 * Half of a surrogate pair counts as a letter, as pictures do.
 */
export function plainWords(text: string): string {
  const units = codeUnitsOf(text);
  const { length } = text;
  const to = scratchFor(UNITS_FOR_EACH * length + 3);
  let end = 0;
  let lineEnds = 0;
  let isBroken = true;
  let isInWord = false;
  for (let i = 0; i < length; ) {
    const becomes = BECOMES[units[i]!] || lookUp(units[i]!);
    if (becomes === NOTHING) i++;
    else if (becomes <= SPACE) {
      isInWord = false;
      if (becomes === BREAK) isBroken = true;
      // A line end may be one of a wrapped text; a blank line ends a sentence.
      else if (becomes === LINE_END && ++lineEnds > 1) isBroken = true;
      i++;
    } else {
      if (!isInWord) {
        if (end > 0) to[end++] = SPACE;
        if (isBroken) {
          to[end++] = BREAK;
          to[end++] = SPACE;
        }
        isInWord = true;
        isBroken = false;
        lineEnds = 0;
      }
      // The letters of a word; the zeros behind the text are not.
      for (let letter = becomes; letter > SPACE && letter !== NOTHING; letter = BECOMES[units[++i]!]!)
        to[end++] = letter;
    }
  }
  if (end > 0) to[end++] = SPACE;
  to[end++] = BREAK;
  return buffer.toString('utf16le', 0, 2 * end);
}

function scratchFor(units: number): Uint16Array {
  if (units > scratch.length) {
    buffer = Buffer.alloc(2 * units);
    scratch = new Uint16Array(buffer.buffer, buffer.byteOffset, buffer.length >> 1);
  }
  return scratch;
}

function lookUp(unit: number): number {
  BECOMES[unit] = becomesOf(unit);
  return BECOMES[unit]!;
}

function becomesOf(unit: number): number {
  const character = String.fromCharCode(unit);
  if (character === '\n') return LINE_END;
  if (BREAKS.test(character)) return BREAK;
  if (INVISIBLE.test(character)) return NOTHING;
  if (unit >= 0xd800 && unit <= 0xdfff) return unit;
  if (!/[\p{L}\p{N}\p{M}]/u.test(character)) return SPACE;
  // Of the few letters with two units in lower case, the first is enough.
  const plain = character.normalize('NFKC');
  if (plain.length === 1 && plain !== character) return becomesOf(plain.charCodeAt(0));
  return character === 'ς' ? 'σ'.charCodeAt(0) : character.toLowerCase().charCodeAt(0);
}
