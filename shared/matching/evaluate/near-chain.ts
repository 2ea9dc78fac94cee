// NEAR of three sides or more whose spans never share a word unless they overlap: the smallest chains, found in one walk
// over all spans. near-slowly.ts says what a chain is; evaluator.ts decides when this may be used.
import type { Reach } from '../../query/syntax.ts';
import { reachesOver } from '../document/adjacency.ts';
import type { ReadDocument } from '../document/read-document.ts';
import { isInOneUnit } from './units.ts';

export interface ChainSpan {
  /** Which part of the NEAR the span is of. */
  readonly side: number;
  readonly first: number;
  readonly last: number;
}

/** For one choice of sides, the chains of just these: by rising end, each with the latest start it can have. */
class Chains {
  readonly lasts: number[] = [];
  readonly starts: number[] = [];
  /** Latest start of all chains up to here. */
  readonly latest: number[] = [];

  add(start: number, last: number): void {
    let at = this.lasts.length;
    while (at > 0 && this.lasts[at - 1]! > last) at--;
    if (at > 0 && this.lasts[at - 1] === last) {
      this.starts[at - 1] = Math.max(this.starts[at - 1]!, start);
      this.#renew(at - 1);
      return;
    }
    this.lasts.splice(at, 0, last);
    this.starts.splice(at, 0, start);
    this.latest.splice(at, 0, start);
    this.#renew(at);
  }

  #renew(from: number): void {
    for (let at = from; at < this.lasts.length; at++) {
      this.latest[at] = Math.max(this.starts[at]!, at > 0 ? this.latest[at - 1]! : -1);
    }
  }
}

/**
 * The latest start of a chain of all sides for each end, in no order and not yet the smallest only. A chain is taken to
 * grow by the span that begins next, so what matters of it is where it ends and how late it can have begun.
 */
export function chainsOf(
  spans: readonly ChainSpan[],
  sides: number,
  ordered: boolean,
  reach: Reach,
  read: ReadDocument,
  spend: (steps: number) => void,
): { readonly first: number; readonly last: number }[] {
  const sorted = [...spans].sort((x, y) => x.first - y.first || x.last - y.last);
  const all = (1 << sides) - 1;
  const chains = Array.from({ length: all }, () => new Chains());
  const found: { first: number; last: number }[] = [];
  spend(sorted.length * 8);
  for (const { side, first, last } of sorted) {
    if (!isInOneUnit(reach, first, last, read)) continue;
    // From the largest choice down, so that a span never joins a chain that it has just begun or grown.
    for (let before = all - 1; before >= 0; before--) {
      if ((before & (1 << side)) !== 0 || (ordered && before !== (1 << side) - 1)) continue;
      const start = before === 0 ? first : latestStart(chains[before]!, first, last, reach, read, spend);
      if (start < 0) continue;
      const grown = before | (1 << side);
      if (grown === all) found.push({ first: start, last });
      else chains[grown]!.add(start, last);
    }
  }
  return found;
}

/** Of chains that a span [first, last] can follow: the latest start, or -1. */
function latestStart(
  chains: Chains,
  first: number,
  last: number,
  reach: Reach,
  read: ReadDocument,
  spend: (steps: number) => void,
): number {
  let at = chains.lasts.length - 1;
  let steps = 1;
  while (at >= 0 && chains.lasts[at]! >= first) {
    at--;
    steps++;
  }
  let start = -1;
  if (reach.unit !== 'words') start = at < 0 ? -1 : chains.latest[at]!;
  else {
    const { widths } = read;
    for (; at >= 0 && widths[first]! - widths[chains.lasts[at]! + 1]! <= 2 * reach.count; at--) {
      steps++;
      if (reachesOver(reach.count, chains.lasts[at]!, first, read)) start = Math.max(start, chains.starts[at]!);
    }
  }
  spend(steps);
  return start >= 0 && isInOneUnit(reach, start, last, read) ? start : -1;
}
