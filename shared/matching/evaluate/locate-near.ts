// Where NEAR and NOT NEAR hold. near-slowly.ts says what NEAR means; here are the walks that find the same faster, each
// for what it may be used on.
import type { Reach } from '../../query/syntax.ts';
import type { EngineNode } from '../compile/program.ts';
import { reachesOver } from '../document/adjacency.ts';
import type { ReadDocument } from '../document/read-document.ts';
import { smallest } from '../document/span.ts';
import { pushSmallest } from '../document/span-lists.ts';
import type { Evaluation, NodeOf } from './evaluation.ts';
import { type ChainSpan, chainsOf } from './near-chain.ts';
import { tokensOf } from './tokens-of-span.ts';
import { isInOneUnit, unitsOf } from './units.ts';

export function locateNear(node: NodeOf<'near'>, evaluation: Evaluation): void {
  for (const part of node.parts) if (!evaluation.isPossible(part)) return;
  for (const part of node.parts) {
    evaluation.locate(part);
    if (evaluation.store.count(part) === 0) return;
  }
  const [left, right] = node.parts;
  const isPair = node.parts.length === 2 && (node.ordered || (left!.solid && right!.solid));
  if (isPair) locatePair(node, left!, right!, evaluation);
  else if (node.ordered || node.parts.every((part) => part.solid)) locateApart(node, evaluation);
  else locateMingled(node, evaluation);
}

/**
 * Two sides that do not overlap. For a span of one side, only the next span of the other side can make a smallest
 * pair that begins with it: any later one ends later and stands further off. So one walk over both lists is enough.
 */
function locatePair(
  node: NodeOf<'near'>,
  left: EngineNode,
  right: EngineNode,
  { read, store, budget }: Evaluation,
): void {
  const { firsts: firstsA, lasts: lastsA, count: countA } = store.listOf(left);
  const { firsts: firstsB, lasts: lastsB, count: countB } = store.listOf(right);
  const room = countA + countB;
  budget.spend(2 * room);
  store.reserve(2 * room);
  const { arena, end: firstsOut } = store;
  const lastsOut = firstsOut + room;
  const isNear = nearTest(node.reach, read);
  let a = 0;
  let b = 0;
  let nextA = 0;
  let nextB = 0;
  let out = 0;
  while (a < countA || (!node.ordered && b < countB)) {
    const fromA = node.ordered || b >= countB || (a < countA && arena[firstsA + a]! <= arena[firstsB + b]!);
    if (fromA) {
      const first = arena[firstsA + a]!;
      const last = arena[lastsA + a]!;
      while (nextB < countB && arena[firstsB + nextB]! <= last) nextB++;
      if (nextB < countB && isNear(first, last, arena[firstsB + nextB]!, arena[lastsB + nextB]!)) {
        out = pushSmallest(arena, firstsOut, lastsOut, out, first, arena[lastsB + nextB]!);
      }
      a++;
    } else {
      const first = arena[firstsB + b]!;
      const last = arena[lastsB + b]!;
      while (nextA < countA && arena[firstsA + nextA]! <= last) nextA++;
      if (nextA < countA && isNear(first, last, arena[firstsA + nextA]!, arena[lastsA + nextA]!)) {
        out = pushSmallest(arena, firstsOut, lastsOut, out, first, arena[lastsA + nextA]!);
      }
      b++;
    }
  }
  store.end += 2 * room;
  store.set(node, firstsOut, lastsOut, out);
}

/** Whether a span and one that begins after it ends are within reach, and in one paragraph. */
function nearTest(
  reach: Reach,
  read: ReadDocument,
): (first: number, last: number, otherFirst: number, otherLast: number) => boolean {
  const { paragraphs } = read;
  const units = unitsOf(reach, read);
  const isInOne = (first: number, otherLast: number): boolean =>
    units[first] === units[otherLast] && paragraphs[first] === paragraphs[otherLast];
  if (reach.unit !== 'words') return (first, _last, _otherFirst, otherLast) => isInOne(first, otherLast);
  const { widths } = read;
  const most = 2 * reach.count;
  const isClose = (first: number, last: number, otherFirst: number, otherLast: number): boolean =>
    widths[otherFirst]! - widths[last + 1]! <= most && isInOne(first, otherLast);
  if (reach.count > 0) return isClose;
  return (first, last, otherFirst, otherLast) =>
    isClose(first, last, otherFirst, otherLast) && reachesOver(0, last, otherFirst, read);
}

/** Three sides or more that stand one after another. */
function locateApart(node: NodeOf<'near'>, { read, store, budget }: Evaluation): void {
  const spend = (steps: number) => budget.spend(steps);
  const chains = chainsOf(spansOfSides(node, store), node.parts.length, node.ordered, node.reach, read, spend);
  store.put(node, smallest(chains.map((chain) => ({ ...chain, tokens: [] }))));
}

function spansOfSides(node: NodeOf<'near'>, store: Evaluation['store']): ChainSpan[] {
  return node.parts.flatMap((part, side) =>
    Array.from({ length: store.count(part) }, (_, i) => ({
      side,
      first: store.first(part, i),
      last: store.last(part, i),
    })),
  );
}

/**
 * Sides that may interleave: `(a NEAR/3 b) NEAR/9 c` with c between a and b. From each span, chains grow to the right
 * through spans of sides not yet in them; the chain that ends first is the best that begins there. Chains that already
 * end later than the best known are dropped.
 */
function locateMingled(node: NodeOf<'near'>, evaluation: Evaluation): void {
  const { read, store } = evaluation;
  const spans = spansOfSides(node, store).sort((x, y) => x.first - y.first || x.last - y.last);
  const found: { first: number; last: number }[] = [];
  for (let start = 0; start < spans.length; start++) {
    const { first, last: end } = spans[start]!;
    if (!isInOneUnit(node.reach, first, end, read)) continue;
    const last = growChain(node, spans, [spans[start]!], start + 1, end, Number.POSITIVE_INFINITY, evaluation);
    if (last === Number.POSITIVE_INFINITY) continue;
    if (found.at(-1)?.first === first && found.at(-1)!.last <= last) continue;
    while (found.length > 0 && found.at(-1)!.last >= last) found.pop();
    found.push({ first, last });
  }
  store.put(node, found);
}

/** The earliest end of a chain that begins with `chain`, at most `best`; infinity when there is none. */
function growChain(
  node: NodeOf<'near'>,
  spans: readonly ChainSpan[],
  chain: ChainSpan[],
  from: number,
  last: number,
  best: number,
  evaluation: Evaluation,
): number {
  evaluation.budget.spend(1);
  if (last >= best) return best;
  if (chain.length === node.parts.length) return last;
  let shortest = best;
  for (let next = from; next < spans.length; next++) {
    const span = spans[next]!;
    if (!isWithinReach(node.reach, chain[0]!.first, last, span, evaluation.read)) break;
    if (!mayJoin(node, chain, span, evaluation)) continue;
    chain.push(span);
    shortest = growChain(node, spans, chain, next + 1, Math.max(last, span.last), shortest, evaluation);
    chain.pop();
  }
  return shortest;
}

/** Of the spans sorted by first, none after one out of reach is within reach. */
function isWithinReach(reach: Reach, first: number, last: number, span: ChainSpan, read: ReadDocument): boolean {
  if (!isInOneUnit(reach, first, span.first, read)) return false;
  if (reach.unit !== 'words') return true;
  const { widths } = read;
  if (span.first <= last) return true;
  return widths[span.first]! - widths[last + 1]! <= 2 * reach.count && reachesOver(reach.count, last, span.first, read);
}

function mayJoin(node: NodeOf<'near'>, chain: readonly ChainSpan[], span: ChainSpan, evaluation: Evaluation): boolean {
  const { read, budget } = evaluation;
  budget.spend(1);
  if (!isInOneUnit(node.reach, chain[0]!.first, span.last, read)) return false;
  for (const other of chain) {
    if (other.side === span.side) return false;
    if (other.last < span.first) continue;
    if (node.parts[other.side]!.solid && node.parts[span.side]!.solid) return false;
    const tokens = tokensOf(node.parts[other.side]!, other.first, other.last, evaluation);
    const own = tokensOf(node.parts[span.side]!, span.first, span.last, evaluation);
    budget.spend(tokens.length + own.length);
    if (own.some((token) => tokens.includes(token))) return false;
  }
  return true;
}

/** What is kept by NOT NEAR and WITHOUT: spans with nothing of the other side in them or within reach of them. */
export function locateFar(node: NodeOf<'not-near'>, evaluation: Evaluation): void {
  const { store, budget } = evaluation;
  const { keep, avoid } = node;
  evaluation.locate(keep);
  evaluation.locate(avoid);
  budget.spend(store.count(keep) + store.count(avoid));
  const found: { first: number; last: number }[] = [];
  let next = 0;
  for (let i = 0; i < store.count(keep); i++) {
    const first = store.first(keep, i);
    const last = store.last(keep, i);
    while (next < store.count(avoid) && store.last(avoid, next) < first) next++;
    if (!isAvoided(node, first, last, next, evaluation)) found.push({ first, last });
  }
  store.put(node, found);
}

/** `next`: the first of the avoided spans that does not end before this one begins. Only it and the one before matter. */
function isAvoided(
  { avoid, reach }: NodeOf<'not-near'>,
  first: number,
  last: number,
  next: number,
  { read, store }: Evaluation,
): boolean {
  const before = next > 0 ? store.last(avoid, next - 1) : -1;
  const after = next < store.count(avoid) ? store.first(avoid, next) : -1;
  if (after !== -1 && after <= last) return true;
  if (reach.unit === 'span') return false;
  if (reach.unit === 'words') {
    const { widths } = read;
    const isClose = (end: number, start: number) =>
      widths[start]! - widths[end + 1]! <= 2 * reach.count &&
      reachesOver(reach.count, end, start, read) &&
      isInOneUnit(reach, end, start, read);
    return (before !== -1 && isClose(before, first)) || (after !== -1 && isClose(last, after));
  }
  const unit = unitsOf(reach, read);
  return (before !== -1 && unit[before] === unit[first]) || (after !== -1 && unit[after] === unit[last]);
}
