// What NEAR means, spelled out: every choice of one span per side is tried. The oracle uses it on whole documents, the
// engine inside one span, to find the words that made it.
import type { Reach } from '../../query/syntax.ts';
import { reachesOver } from '../document/adjacency.ts';
import type { ReadDocument } from '../document/read-document.ts';
import { type Span, shareToken, smallest, uniteTokens } from '../document/span.ts';
import { isInOneUnit } from './units.ts';

export type NearSide = readonly Span[];

/**
 * One span of each side, no two of which share a word, in one paragraph. Sorted by place, each is within reach of what
 * stands before it; with `ordered`, the sides are in the order they were written and do not overlap.
 */
export function combineNear(sides: readonly NearSide[], ordered: boolean, reach: Reach, read: ReadDocument): Span[] {
  let chosen: (readonly Span[])[] = [[]];
  for (const side of sides) {
    chosen = chosen.flatMap((before) =>
      side
        .filter((span) => !before.some((other) => shareToken(other.tokens, span.tokens)))
        .map((span) => [...before, span]),
    );
  }
  const found = chosen
    .filter((spans) => (!ordered || isInOrder(spans)) && areTogether(spans, reach, read))
    .map((spans): Span => {
      const first = Math.min(...spans.map((span) => span.first));
      const last = Math.max(...spans.map((span) => span.last));
      return { first, last, tokens: uniteTokens(spans.map((span) => span.tokens)) };
    });
  return smallest(found);
}

const isInOrder = (spans: readonly Span[]): boolean =>
  spans.every((span, index) => index === 0 || span.first > spans[index - 1]!.last);

function areTogether(spans: readonly Span[], reach: Reach, read: ReadDocument): boolean {
  const sorted = [...spans].sort((a, b) => a.first - b.first || a.last - b.last);
  const first = sorted[0]!.first;
  let last = sorted[0]!.last;
  for (const span of sorted.slice(1)) {
    if (reach.unit === 'words') {
      if (halfWordsBetween(last, span.first, read) > 2 * reach.count) return false;
      if (!reachesOver(reach.count, last, span.first, read)) return false;
    }
    last = Math.max(last, span.last);
  }
  return isInOneUnit(reach, first, last, read);
}

/** Half words strictly between two tokens; 0 where the second does not come after the first. */
export function halfWordsBetween(last: number, first: number, read: ReadDocument): number {
  return first <= last ? 0 : read.widths[first]! - read.widths[last + 1]!;
}
