// Counts of words by their key, in one flat table: a map would need several times the memory and the time, and every word of every document
// is counted and looked up here.

const FEWEST_PLACES = 1024;
/** Spreads keys whose last bits are alike (Knuth, The Art of Computer Programming 3, 6.4). */
const SPREAD = 0x9e3779b1;

/** Whole counts of 1 and more; what is not in it has 0. */
export class WordCounts {
  /** Pairs: a key and its count, in the place that the key's hash gives or the next free one. A count of 0 is an empty place. */
  #places = new Int32Array(2 * FEWEST_PLACES);
  #shift = 32 - Math.log2(FEWEST_PLACES);
  #size = 0;

  /** Words with a count. */
  get size(): number {
    return this.#size;
  }

  get(key: number): number {
    return this.#places[this.#placeOf(key) + 1]!;
  }

  /** `count` is 1 or more. */
  add(key: number, count: number): void {
    const at = this.#placeOf(key);
    const before = this.#places[at + 1]!;
    this.#places[at] = key;
    this.#places[at + 1] = before + count;
    if (before > 0) return;
    this.#size += 1;
    if (4 * this.#size > this.#places.length) this.#grow();
  }

  /** A word of which nothing is left is gone. */
  subtract(key: number, count: number): void {
    const at = this.#placeOf(key);
    const before = this.#places[at + 1]!;
    if (before === 0) return;
    this.#places[at + 1] = Math.max(0, before - count);
    if (before > count) return;
    this.#size -= 1;
    this.#closeGap(at);
  }

  *[Symbol.iterator](): Generator<readonly [key: number, count: number]> {
    for (let at = 0; at < this.#places.length; at += 2)
      if (this.#places[at + 1] !== 0) yield [this.#places[at]!, this.#places[at + 1]!];
  }

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

  #putBack(key: number, count: number): void {
    const at = this.#placeOf(key);
    this.#places[at] = key;
    this.#places[at + 1] = count;
  }

  /** What stands behind an emptied place may have been meant for it: it is put in again. */
  #closeGap(emptied: number): void {
    const places = this.#places;
    const mask = places.length - 1;
    for (let at = (emptied + 2) & mask; places[at + 1] !== 0; at = (at + 2) & mask) {
      const count = places[at + 1]!;
      places[at + 1] = 0;
      this.#putBack(places[at]!, count);
    }
  }
}
