// Lists of spans in one array of integers: all their firsts in a row and all their lasts in a row, both rising.

/** Where in the arena a list of spans lies. */
export interface SpanList {
  readonly firsts: number;
  readonly lasts: number;
  readonly count: number;
}

/** Merges two lists into a third by their firsts, dropping what contains another; returns the third's count. */
export function mergeSpans(
  arena: Int32Array,
  { firsts: firstsA, lasts: lastsA, count: countA }: SpanList,
  { firsts: firstsB, lasts: lastsB, count: countB }: SpanList,
  firstsOut: number,
  lastsOut: number,
): number {
  let a = 0;
  let b = 0;
  let out = 0;
  while (a < countA || b < countB) {
    const takeA = b >= countB || (a < countA && arena[firstsA + a]! <= arena[firstsB + b]!);
    const first = takeA ? arena[firstsA + a]! : arena[firstsB + b]!;
    const last = takeA ? arena[lastsA + a]! : arena[lastsB + b]!;
    if (takeA) a++;
    else b++;
    out = pushSmallest(arena, firstsOut, lastsOut, out, first, last);
  }
  return out;
}

/**
 * Appends a span to a list that is built by rising firsts, keeping only the smallest: earlier spans that contain the new
 * one go, and the new one is not taken when it contains the latest. Returns the new count.
 */
export function pushSmallest(
  arena: Int32Array,
  firsts: number,
  lasts: number,
  count: number,
  first: number,
  last: number,
): number {
  let kept = count;
  if (kept > 0 && arena[firsts + kept - 1] === first && arena[lasts + kept - 1]! <= last) return kept;
  while (kept > 0 && arena[lasts + kept - 1]! >= last) kept--;
  arena[firsts + kept] = first;
  arena[lasts + kept] = last;
  return kept + 1;
}

/** Up to this many integers are sorted in place. */
const FEW = 24;

/** Sorts [begin, end): the few that there nearly always are in place, more by the typed array's own sort. */
export function sortIntegers(values: Int32Array, begin: number, end: number): void {
  if (end - begin > FEW) {
    values.subarray(begin, end).sort();
    return;
  }
  for (let at = begin + 1; at < end; at++) {
    const value = values[at]!;
    let to = at;
    while (to > begin && values[to - 1]! > value) {
      values[to] = values[to - 1]!;
      to--;
    }
    values[to] = value;
  }
}
