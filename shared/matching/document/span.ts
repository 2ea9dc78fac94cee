// Where a clause holds: spans of tokens, and the algebra's one law, that only the smallest are kept.

/** Places of one word or phrase that are looked at in one document; no readable text has as many. */
export const MAX_SPANS = 4_096;

/** Tokens [first, last], both included, and those of them that made it: the words to highlight. */
export interface Span {
  readonly first: number;
  readonly last: number;
  /** Sorted; holds `first` and `last`. */
  readonly tokens: readonly number[];
}

/**
 * Only the smallest: no span of the answer contains another, so both ends rise from span to span.
 * Of spans with the same ends the one with the fewest tokens stays, then the one whose tokens come first:
 * a rule that does not depend on the order in which they were found.
 */
export function smallest(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.first - b.first || b.last - a.last || -compareTokens(a.tokens, b.tokens));
  const kept: Span[] = [];
  let leastLast = Number.POSITIVE_INFINITY;
  for (let index = sorted.length - 1; index >= 0; index--) {
    const span = sorted[index]!;
    if (span.last >= leastLast) continue;
    leastLast = span.last;
    kept.push(span);
  }
  return kept.reverse();
}

export function compareTokens(left: readonly number[], right: readonly number[]): number {
  if (left.length !== right.length) return left.length - right.length;
  for (let index = 0; index < left.length; index++) {
    if (left[index] !== right[index]) return left[index]! - right[index]!;
  }
  return 0;
}

export function uniteTokens(lists: readonly (readonly number[])[]): number[] {
  if (lists.length === 1) return [...lists[0]!];
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}

export const shareToken = (left: readonly number[], right: readonly number[]): boolean =>
  left.some((token) => right.includes(token));
