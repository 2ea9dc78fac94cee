// Which words make a span that a node has: what is highlighted. Of several choices the one with the fewest words, then
// the earliest, as in span.ts.

import type { EngineNode } from '../compile/program.ts';
import { compareTokens, type Span, uniteTokens } from '../document/span.ts';
import type { Evaluation } from './evaluation.ts';
import { combineNear, type NearSide } from './near-slowly.ts';

/** Ways to choose the words of one NEAR that are tried to find the ones to highlight. */
const MOST_CHOICES = 5_000;

/** Throws BudgetSpent. */
export function tokensOf(node: EngineNode, first: number, last: number, evaluation: Evaluation): readonly number[] {
  const { read, store, budget } = evaluation;
  budget.spend(1);
  if (node.solid) return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  switch (node.kind) {
    case 'without':
    case 'not-near':
      return tokensOf(node.keep, first, last, evaluation);
    case 'at-least':
      return tokensOf(node.part, first, last, evaluation);
    case 'or':
      return tokensOfChoice(node.parts, first, last, evaluation);
    case 'some': {
      const holding = node.parts.filter((part) => evaluation.holds(part));
      for (const part of holding) evaluation.locate(part);
      const placed = holding.filter((part) => store.count(part) > 0);
      const outside = holding.length - placed.length;
      if (node.count - outside <= 0) return tokensOfChoice(placed, first, last, evaluation);
      return uniteTokens(
        placed.flatMap((part) => spansWithin(part, first, last, 1, evaluation).map((span) => span.tokens)),
      );
    }
    case 'near': {
      const sides: NearSide[] = node.parts.map((part) =>
        spansWithin(part, first, last, Number.POSITIVE_INFINITY, evaluation),
      );
      // So many choices are those of a word said over and over; its ends say as much then.
      const choices = sides.reduce((product, side) => product * side.length, 1);
      budget.spend(Math.min(choices, MOST_CHOICES));
      if (choices > MOST_CHOICES) return first === last ? [first] : [first, last];
      const made = combineNear(sides, node.ordered, node.reach, read).find(
        (span) => span.first === first && span.last === last,
      );
      return made?.tokens ?? [first, last];
    }
    default:
      return [first, last];
  }
}

function tokensOfChoice(
  parts: readonly EngineNode[],
  first: number,
  last: number,
  evaluation: Evaluation,
): readonly number[] {
  let best: readonly number[] | null = null;
  evaluation.budget.spend(parts.length);
  for (const part of parts) {
    if (!evaluation.holds(part) || !hasSpan(part, first, last, evaluation)) continue;
    const tokens = tokensOf(part, first, last, evaluation);
    if (best === null || compareTokens(tokens, best) < 0) best = tokens;
  }
  return best ?? [first, last];
}

function hasSpan(node: EngineNode, first: number, last: number, evaluation: Evaluation): boolean {
  const { store } = evaluation;
  evaluation.locate(node);
  const index = store.indexFrom(node, first);
  return index < store.count(node) && store.first(node, index) === first && store.last(node, index) === last;
}

/** The node's spans inside [first, last], at most this many. */
function spansWithin(node: EngineNode, first: number, last: number, most: number, evaluation: Evaluation): Span[] {
  const { store } = evaluation;
  evaluation.locate(node);
  const found: Span[] = [];
  for (let index = store.indexFrom(node, first); index < store.count(node) && found.length < most; index++) {
    const [spanFirst, spanLast] = [store.first(node, index), store.last(node, index)];
    if (spanLast > last) break;
    found.push({ first: spanFirst, last: spanLast, tokens: tokensOf(node, spanFirst, spanLast, evaluation) });
  }
  return found;
}
