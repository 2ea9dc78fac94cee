// Short lists of small integers by the key of a word, all of them in one array: a search looks at hundreds of them, and as lists of their own they
// would be hundreds of thousands of things for the collector to visit.
import { NumbersByKey } from './numbers-by-key.ts';

const FEWEST_LISTS = 64;

export class PlacesByKey {
  readonly #longest: number;
  /** By key: one more than the number of its list. */
  readonly #listOf = new NumbersByKey(FEWEST_LISTS);
  /** By number of list: how long it is, then its places. */
  #lists: Int32Array;
  #made = 0;
  readonly #free: number[] = [];

  /** `longest`: where one more is put to so many, the one that was put first goes. */
  constructor(longest: number) {
    this.#longest = longest;
    this.#lists = new Int32Array(FEWEST_LISTS * (longest + 1));
  }

  /** Puts the places of the key that were met by no key before into `met`, behind the `count` that are there, and counts how often each was met. */
  meet(key: number, timesMet: Uint8Array, met: Int32Array, count: number): number {
    const number = this.#listOf.get(key);
    if (number === 0) return count;
    const lists = this.#lists;
    const start = (number - 1) * (this.#longest + 1);
    const end = start + lists[start]!;
    let next = count;
    for (let at = start + 1; at <= end; at++) {
      const place = lists[at]!;
      const times = timesMet[place]!;
      if (times === 0) met[next++] = place;
      timesMet[place] = times + 1;
    }
    return next;
  }

  /** Puts the place last under the key. */
  put(key: number, place: number): void {
    const start = this.#startOf(key) ?? this.#makeList(key);
    this.#removeAt(start, place);
    if (this.#lists[start] === this.#longest) this.#removeAt(start, this.#lists[start + 1]!);
    const length = this.#lists[start]! + 1;
    this.#lists[start] = length;
    this.#lists[start + length] = place;
  }

  remove(key: number, place: number): void {
    const start = this.#startOf(key);
    if (start === null) return;
    this.#removeAt(start, place);
    if (this.#lists[start]! > 0) return;
    const number = this.#listOf.get(key);
    this.#listOf.subtract(key, number);
    this.#free.push(number - 1);
  }

  #startOf(key: number): number | null {
    const number = this.#listOf.get(key);
    return number === 0 ? null : (number - 1) * (this.#longest + 1);
  }

  #makeList(key: number): number {
    const number = this.#free.pop() ?? this.#made++;
    const start = number * (this.#longest + 1);
    if (start >= this.#lists.length) {
      const old = this.#lists;
      this.#lists = new Int32Array(2 * old.length);
      this.#lists.set(old);
    }
    this.#listOf.add(key, number + 1);
    return start;
  }

  #removeAt(start: number, place: number): void {
    const lists = this.#lists;
    const end = start + lists[start]!;
    for (let at = start + 1; at <= end; at++) {
      if (lists[at] !== place) continue;
      lists.copyWithin(at, at + 1, end + 1);
      lists[start] = lists[start]! - 1;
      return;
    }
  }
}
