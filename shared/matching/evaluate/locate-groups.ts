// Where groups hold: OR, several of them together (AND, N OF), and one said often enough.

import type { EngineNode } from '../compile/program.ts';
import { mergeSpans, type SpanList } from '../document/span-lists.ts';
import type { SpanStore } from '../index/span-store.ts';
import type { Evaluation, NodeOf } from './evaluation.ts';

/** Merges the lists two by two, short with short; of spans where one contains the other the smaller stays. */
export function locateUnion(node: EngineNode, parts: readonly EngineNode[], evaluation: Evaluation): void {
  const { store } = evaluation;
  let lists: SpanList[] = [];
  for (const part of parts) {
    if (!evaluation.isPossible(part)) continue;
    evaluation.locate(part);
    if (store.count(part) > 0) lists.push(store.listOf(part));
  }
  while (lists.length > 1) {
    const merged: SpanList[] = [];
    for (let i = 0; i < lists.length; i += 2) {
      merged.push(i + 1 < lists.length ? mergeLists(lists[i]!, lists[i + 1]!, evaluation) : lists[i]!);
    }
    lists = merged;
  }
  const union = lists[0];
  if (union !== undefined) store.set(node, union.firsts, union.lasts, union.count);
}

function mergeLists(left: SpanList, right: SpanList, { store, budget }: Evaluation): SpanList {
  const room = left.count + right.count;
  budget.spend(room);
  store.reserve(2 * room);
  const firsts = store.end;
  const lasts = firsts + room;
  store.end += 2 * room;
  return { firsts, lasts, count: mergeSpans(store.arena, left, right, firsts, lasts) };
}

/**
 * The smallest windows that hold a span of at least `count` parts: going through all spans by their ends, the start
 * of the best window that ends here is the count-th latest of the parts' latest starts.
 */
export function locateWindows(node: NodeOf<'some'>, evaluation: Evaluation): void {
  if (!evaluation.holds(node)) return;
  const { store, budget } = evaluation;
  const holding = node.parts.filter((part) => evaluation.holds(part));
  for (const part of holding) evaluation.locate(part);
  const placed = holding.filter((part) => store.count(part) > 0);
  // A part that holds for a reason outside of the text needs no place in the window.
  const wanted = node.count - (holding.length - placed.length);
  if (wanted <= 0) {
    locateUnion(node, placed, evaluation);
    return;
  }
  const events = placed.flatMap((part, index) =>
    Array.from({ length: store.count(part) }, (_, at) => ({
      first: store.first(part, at),
      last: store.last(part, at),
      part: index,
    })),
  );
  budget.spend(events.length * (placed.length + 1));
  events.sort((x, y) => x.last - y.last);
  const latest = new Array<number>(placed.length).fill(-1);
  const windows: { first: number; last: number }[] = [];
  for (let i = 0; i < events.length; i++) {
    const { first, last, part } = events[i]!;
    latest[part] = Math.max(latest[part]!, first);
    if (events[i + 1]?.last === last) continue;
    const start = latest.toSorted((x, y) => y - x)[wanted - 1]!;
    if (start >= 0 && start > (windows.at(-1)?.first ?? -1)) windows.push({ first: start, last });
  }
  store.put(node, windows);
}

/** Whether this many of the node's spans are apart from each other. */
export function repeats(node: EngineNode, times: number, store: SpanStore): boolean {
  let count = 0;
  let last = -1;
  for (let i = 0; i < store.count(node); i++) {
    if (store.first(node, i) <= last) continue;
    count += 1;
    last = store.last(node, i);
  }
  return count >= times;
}
