// Whether the name in an end tag is a misspelling of the one in the start tag.
import { localOf } from './signs.ts';

const LONGEST_NAME = 32;
/** Shorter names are too similar to each other. */
const SHORTEST_NAME = 3;
/** Names of this length or more may differ by two letters, shorter ones by one. */
const LONG_NAME = 6;
/** Pairs of names that are compared in one document. */
const MOST_PAIRS = 2_000;

/** For one document: remembers its comparisons, and stops comparing at the limit. */
export class MisspeltNames {
  #known = new Map<string, boolean>();

  /** Another case or prefix, a letter swapped with its neighbour, left out, added or replaced. */
  isMisspelt(written: string, meant: string): boolean {
    const one = localOf(written);
    const other = localOf(meant);
    if (one === other) return true;
    const shortest = Math.min(one.length, other.length);
    const longest = Math.max(one.length, other.length);
    if (shortest < SHORTEST_NAME || longest > LONGEST_NAME || longest - shortest > 2) return false;
    const pair = `${one} ${other}`;
    let isLike = this.#known.get(pair);
    if (isLike === undefined && this.#known.size < MOST_PAIRS) {
      isLike = distance(one, other) <= (shortest < LONG_NAME ? 1 : 2);
      this.#known.set(pair, isLike);
    }
    return isLike ?? false;
  }
}

/** Letters to insert, delete, replace or swap with the next (optimal string alignment, Damerau 1964). */
function distance(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      let least = Math.min(last[column - 1]! + (isSame ? 0 : 1), last[column]! + 1, next[column - 1]! + 1);
      const isSwapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwapped) least = Math.min(least, beforeLast[column - 2]! + 1);
      next.push(least);
    }
    beforeLast = last;
    last = next;
  }
  return last[other.length]!;
}
