// Words that were seen before and the symbols each matches, in one array of integers, found without making a string of
// the word: this is looked up for every word of every document.

/** Where a record lies in `records`, or that there is none. */
export const ABSENT = -1;

// A record: its hash, the word's length, how many symbols, the symbols, the word's code units two by two.
const HASH = 0;
const LENGTH = 1;
const COUNT = 2;
const SYMBOLS = 3;

export class WordTable {
  /** Symbols of a record at `at`: `records[at + 3] … records[at + 3 + records[at + 2])`. */
  records = new Int32Array(1 << 12);
  #end = 0;
  /** Two by two: a word's hash, so that a wrong record is rarely touched, and its record's offset plus one, or 0. */
  #slots = new Int32Array(1 << 10);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The record of the word that was packed last, or ABSENT. */
  find(hash: number): number {
    const slots = this.#slots;
    const records = this.records;
    const mask = slots.length - 1;
    for (let slot = (2 * hash) & mask; ; slot = (slot + 2) & mask) {
      const at = slots[slot + 1]! - 1;
      if (at < 0) return ABSENT;
      if (slots[slot] === hash && records[at + LENGTH] === packedLength && this.#isPacked(at)) return at;
    }
  }

  #isPacked(at: number): boolean {
    const records = this.records;
    const word = at + SYMBOLS + records[at + COUNT]!;
    const pairs = (packedLength + 1) >> 1;
    for (let i = 0; i < pairs; i++) if (records[word + i] !== packed[i]) return false;
    return true;
  }

  /** Adds the word that was packed last, which is not in the table yet, and returns its record. */
  add(hash: number, symbols: ArrayLike<number>): number {
    const at = this.#end;
    const pairs = (packedLength + 1) >> 1;
    this.#reserve(SYMBOLS + symbols.length + pairs);
    const records = this.records;
    records[at + HASH] = hash;
    records[at + LENGTH] = packedLength;
    records[at + COUNT] = symbols.length;
    for (let i = 0; i < symbols.length; i++) records[at + SYMBOLS + i] = symbols[i]!;
    const word = at + SYMBOLS + symbols.length;
    for (let i = 0; i < pairs; i++) records[word + i] = packed[i]!;
    this.#end = word + pairs;
    this.#size += 1;
    if (this.#size * 3 > this.#slots.length) this.#growSlots();
    else this.#place(at);
    return at;
  }

  /** Symbols of a record, as a copy. */
  symbolsAt(at: number): Int32Array {
    return this.records.slice(at + SYMBOLS, at + SYMBOLS + this.records[at + COUNT]!);
  }

  #place(at: number): void {
    const mask = this.#slots.length - 1;
    const hash = this.records[at]!;
    let slot = (2 * hash) & mask;
    while (this.#slots[slot + 1] !== 0) slot = (slot + 2) & mask;
    this.#slots[slot] = hash;
    this.#slots[slot + 1] = at + 1;
  }

  #growSlots(): void {
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let at = 0; at < this.#end; ) {
      this.#place(at);
      at += SYMBOLS + this.records[at + COUNT]! + ((this.records[at + LENGTH]! + 1) >> 1);
    }
  }

  #reserve(count: number): void {
    if (this.#end + count <= this.records.length) return;
    const larger = new Int32Array(Math.max(2 * this.records.length, this.#end + count));
    larger.set(this.records.subarray(0, this.#end));
    this.records = larger;
  }
}

/** The word at hand: its length, and its code units two by two. */
let packed = new Int32Array(64);
let packedLength = 0;

/** Takes up the word `text[start, end)` for `find` and `add`; returns its hash (FNV-1a of pairs, mixed for the low bits). */
export function packWord(text: string, start: number, end: number): number {
  packedLength = end - start;
  if (packedLength > 2 * packed.length) packed = new Int32Array(packedLength);
  let hash = 0x811c9dc5;
  let at = 0;
  for (let i = start; i < end; i += 2) {
    const pair = text.charCodeAt(i) | (i + 1 < end ? text.charCodeAt(i + 1) << 16 : 0);
    packed[at++] = pair;
    hash = Math.imul(hash ^ pair, 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}
