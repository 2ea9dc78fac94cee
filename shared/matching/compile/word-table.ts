// Words that were seen before and the symbols each matches, in one array of integers, found without making a string of
// the word: this is looked up for every word of every document, and most of its time is waiting for memory. So what is
// touched is kept small: a slot is one integer, a record a handful.
import { hashOf } from '../../text/code-units.ts';

/** What `find` answers when there is no record. */
export const ABSENT = -1;

/** A record: its head, the symbols from here on, the word's code units two by two. */
export const FIRST_SYMBOL = 1;
/** Head of a record: the word's length in the low bits, above them how many symbols it has. */
const LENGTH_BITS = 8;
const LENGTH_MASK = (1 << LENGTH_BITS) - 1;
export const symbolsIn = (head: number): number => head >>> LENGTH_BITS;

/** A slot: a record's offset plus one, above it bits of the word's hash, so that a wrong record is rarely touched; or 0. */
const OFFSET_MASK = (1 << 24) - 1;
/** Integers of all records beyond which the table is full: 8 MB. */
const MANY_INTEGERS = 1 << 21;

export class WordTable {
  /** Record at `at`: `symbolsIn(records[at])` symbols from `at + FIRST_SYMBOL` on. */
  records = new Int32Array(1 << 12);
  readonly #mostWords: number;
  #end = 0;
  #slots = new Int32Array(1 << 10);
  #size = 0;

  /** `mostWords`: how many words make it full; it takes more, since a document must find room for all of its words. */
  constructor(mostWords: number) {
    this.#mostWords = mostWords;
  }

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  get isFull(): boolean {
    return this.#size >= this.#mostWords || this.#end >= MANY_INTEGERS;
  }

  /** The record of the word `units[start, end)`, at most 255 units; `hash` as `hashOf` computes it. ABSENT without one. */
  find(units: Uint16Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const records = this.records;
    const mask = slots.length - 1;
    const length = end - start;
    for (let slot = slotOf(hash) & mask; ; slot = (slot + 1) & mask) {
      const value = slots[slot]!;
      if (value === 0) return ABSENT;
      if (((value ^ hash) & ~OFFSET_MASK) !== 0) continue;
      const at = (value & OFFSET_MASK) - 1;
      const head = records[at]!;
      if ((head & LENGTH_MASK) !== length) continue;
      let word = at + FIRST_SYMBOL + symbolsIn(head);
      let i = start;
      while (i < end && records[word] === pairAt(units, i, end)) {
        i += 2;
        word++;
      }
      if (i >= end) return at;
    }
  }

  /** Adds a word that is not in the table yet, and returns its record. */
  add(units: Uint16Array, start: number, end: number, hash: number, symbols: ArrayLike<number>): number {
    const at = this.#end;
    const length = end - start;
    this.#reserve(FIRST_SYMBOL + symbols.length + ((length + 1) >> 1));
    const records = this.records;
    records[at] = (symbols.length << LENGTH_BITS) | length;
    for (let i = 0; i < symbols.length; i++) records[at + FIRST_SYMBOL + i] = symbols[i]!;
    let word = at + FIRST_SYMBOL + symbols.length;
    for (let i = start; i < end; i += 2) records[word++] = pairAt(units, i, end);
    this.#end = word;
    this.#size += 1;
    if (this.#size * 2 > this.#slots.length) this.#growSlots();
    else this.#place(at, hash);
    return at;
  }

  /** Symbols of a record, as a copy. */
  symbolsAt(at: number): Int32Array {
    return this.records.slice(at + FIRST_SYMBOL, at + FIRST_SYMBOL + symbolsIn(this.records[at]!));
  }

  /** A record too far out for a slot is good for its document, but is not found again. */
  #place(at: number, hash: number): void {
    if (at >= OFFSET_MASK) return;
    const mask = this.#slots.length - 1;
    let slot = slotOf(hash) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = (hash & ~OFFSET_MASK) | (at + 1);
  }

  #growSlots(): void {
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let at = 0; at < this.#end; ) {
      const head = this.records[at]!;
      const word = at + FIRST_SYMBOL + symbolsIn(head);
      this.#place(at, hashOfPairs(this.records, word, head & LENGTH_MASK));
      at = word + (((head & LENGTH_MASK) + 1) >> 1);
    }
  }

  #reserve(count: number): void {
    if (this.#end + count <= this.records.length) return;
    const larger = new Int32Array(Math.max(2 * this.records.length, this.#end + count));
    larger.set(this.records.subarray(0, this.#end));
    this.records = larger;
  }
}

/** The upper bits of the hash come down, since the lower ones alone say little of a word's beginning. */
const slotOf = (hash: number): number => hash ^ (hash >>> 15);

const pairAt = (units: Uint16Array, i: number, end: number): number =>
  units[i]! | (i + 1 < end ? units[i + 1]! << 16 : 0);

function hashOfPairs(records: Int32Array, word: number, length: number): number {
  const units = new Uint16Array(length);
  for (let i = 0; i < length; i++) units[i] = records[word + (i >> 1)]! >>> ((i & 1) << 4);
  return hashOf(units, 0, length);
}
