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
  /** Offset of a record plus one; 0 where there is none. */
  #slots = new Int32Array(1 << 10);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The record of the word `text[start, end)`, or ABSENT. */
  find(text: string, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const records = this.records;
    const mask = slots.length - 1;
    const length = end - start;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = slots[slot]! - 1;
      if (at < 0) return ABSENT;
      if (records[at] === hash && records[at + LENGTH] === length && this.#isAt(at, text, start, end)) return at;
    }
  }

  #isAt(at: number, text: string, start: number, end: number): boolean {
    let word = at + SYMBOLS + this.records[at + COUNT]!;
    for (let i = start; i < end; i += 2) {
      if (this.records[word++] !== pairAt(text, i, end)) return false;
    }
    return true;
  }

  /** Adds a word that is not in the table yet, and returns its record. */
  add(text: string, start: number, end: number, hash: number, symbols: ArrayLike<number>): number {
    const length = end - start;
    const at = this.#end;
    this.#reserve(SYMBOLS + symbols.length + ((length + 1) >> 1));
    const records = this.records;
    records[at + HASH] = hash;
    records[at + LENGTH] = length;
    records[at + COUNT] = symbols.length;
    for (let i = 0; i < symbols.length; i++) records[at + SYMBOLS + i] = symbols[i]!;
    let word = at + SYMBOLS + symbols.length;
    for (let i = start; i < end; i += 2) records[word++] = pairAt(text, i, end);
    this.#end = word;
    this.#size += 1;
    if (this.#size * 2 > this.#slots.length) this.#growSlots();
    else this.#place(at);
    return at;
  }

  /** Symbols of a record, as a copy. */
  symbolsAt(at: number): Int32Array {
    return this.records.slice(at + SYMBOLS, at + SYMBOLS + this.records[at + COUNT]!);
  }

  #place(at: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.records[at]! & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = at + 1;
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

/** Of the code units of a word (FNV-1a, then mixed, since slots are chosen by the low bits). */
export function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash ^ (hash >>> 15);
}

const pairAt = (text: string, at: number, end: number): number =>
  text.charCodeAt(at) | (at + 1 < end ? text.charCodeAt(at + 1) << 16 : 0);
