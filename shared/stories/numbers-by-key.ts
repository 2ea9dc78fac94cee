// Whole numbers by the key of a word, in one flat table: a map would need several times the memory and the time, and every word of every
// document is counted and looked up in such tables.

const FEWEST_PLACES = 16;
/** Spreads keys whose last bits are alike (Knuth, The Art of Computer Programming 3, 6.4). */
const SPREAD = 0x9e3779b1;

/** Numbers of 1 and more; a key that is not in it has 0. */
export class NumbersByKey {
  /** Pairs: a key and its number, in the place that the key's hash gives or the next free one. A number of 0 is an empty place. */
  #places: Int32Array;
  #shift: number;
  #size = 0;

  /** Grows beyond the expected size by itself. At least half of the places are empty, so that a search ends after one or two. */
  constructor(expectedSize: number) {
    const bits = Math.ceil(Math.log2(Math.max(FEWEST_PLACES, 2 * expectedSize)));
    this.#places = new Int32Array(2 << bits);
    this.#shift = 32 - bits;
  }

  /** Keys with a number. */
  get size(): number {
    return this.#size;
  }

  get(key: number): number {
    return this.#places[this.#placeOf(key) + 1]!;
  }

  /** `number` is 1 or more. */
  add(key: number, number: number): void {
    const at = this.#placeOf(key);
    const before = this.#places[at + 1]!;
    this.#places[at] = key;
    this.#places[at + 1] = before + number;
    if (before > 0) return;
    this.#size += 1;
    if (4 * this.#size > this.#places.length) this.#grow();
  }

  /** A key of which nothing is left is gone. */
  subtract(key: number, number: number): void {
    const at = this.#placeOf(key);
    const before = this.#places[at + 1]!;
    if (before === 0) return;
    this.#places[at + 1] = Math.max(0, before - number);
    if (before > number) return;
    this.#size -= 1;
    this.#closeGap(at);
  }

  *[Symbol.iterator](): Generator<readonly [key: number, number: number]> {
    for (let at = 0; at < this.#places.length; at += 2)
      if (this.#places[at + 1] !== 0) yield [this.#places[at]!, this.#places[at + 1]!];
  }

  /** Where the key is, or the empty place where it would be. */
  #placeOf(key: number): number {
    const places = this.#places;
    const mask = places.length - 1;
    let at = 2 * (Math.imul(key, SPREAD) >>> this.#shift);
    while (places[at + 1] !== 0 && places[at] !== key) at = (at + 2) & mask;
    return at;
  }

  #grow(): void {
    const old = this.#places;
    this.#places = new Int32Array(2 * old.length);
    this.#shift -= 1;
    for (let at = 0; at < old.length; at += 2) if (old[at + 1] !== 0) this.#putBack(old[at]!, old[at + 1]!);
  }

  #putBack(key: number, number: number): void {
    const at = this.#placeOf(key);
    this.#places[at] = key;
    this.#places[at + 1] = number;
  }

  /** A key behind the emptied place may belong there: those up to the next empty place are put in again. */
  #closeGap(emptied: number): void {
    const places = this.#places;
    const mask = places.length - 1;
    for (let at = (emptied + 2) & mask; places[at + 1] !== 0; at = (at + 2) & mask) {
      const number = places[at + 1]!;
      places[at + 1] = 0;
      this.#putBack(places[at]!, number);
    }
  }
}
