// A text as an array of its UTF-16 code units. Reading one from a string asks each time how the string is stored, which
// is most of the time of a loop over its characters; copying all of them at once costs less than one such loop.
import { Buffer } from 'node:buffer';

/** Zeros behind the text, so that a loop may look ahead without asking for the length. */
const ZEROS_BEHIND = 4;

let buffer = Buffer.alloc(1 << 15);
let units = new Uint16Array(buffer.buffer, buffer.byteOffset, buffer.length >> 1);

/**
 * The code units of a text, lone surrogates as they are, then zeros. The array is longer than the text, and is used
 * again by the next call: keep no reference to it.
 */
export function codeUnitsOf(text: string): Uint16Array {
  if (text.length + ZEROS_BEHIND > units.length) {
    buffer = Buffer.alloc(4 * (text.length + ZEROS_BEHIND));
    units = new Uint16Array(buffer.buffer, buffer.byteOffset, buffer.length >> 1);
  }
  buffer.write(text, 'utf16le');
  units.fill(0, text.length, text.length + ZEROS_BEHIND);
  return units;
}

/** A hash of a word grows by one code unit at a time (FNV-1a on units): `Math.imul(hash ^ unit, HASH_FACTOR)`. */
export const HASH_SEED = 0x811c9dc5 | 0;
export const HASH_FACTOR = 0x01000193;

/** The hash of the units [start, end). */
export function hashOf(units: Uint16Array, start: number, end: number): number {
  let hash = HASH_SEED;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ units[i]!, HASH_FACTOR);
  return hash;
}

/** The hash of a whole text, the same as of its units. For short texts: no array is filled. */
export function hashText(text: string): number {
  let hash = HASH_SEED;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), HASH_FACTOR);
  return hash;
}
