// The slow, obvious evaluator: tries everything, keeps the smallest. It is the oracle of the engine's tests and the
// tree that `explain` prints; it never runs on the path of an article.
import type { Reach } from '../../query/syntax.ts';
import type { Clause, Scope } from '../compile/clause.ts';
import { matchesWord, type WordPattern } from '../compile/word-patterns.ts';
import { areJoined, isWholeKatakana, reachesOver } from '../document/adjacency.ts';
import type { ReadDocument } from '../document/read-document.ts';
import { MAX_SPANS, type Span, smallest, uniteTokens } from '../document/span.ts';
import { isDescribedAs } from './descriptions.ts';
import type { Locator } from './evidence.ts';
import { combineNear, halfWordsBetween } from './near-slowly.ts';
import { isInOneUnit, unitsOf } from './units.ts';

export interface SlowEvaluation {
  readonly holds: boolean;
  /** Empty when it does not hold, or holds for a reason outside of the text. */
  readonly spans: readonly Span[];
}

const NOT_AT_ALL: SlowEvaluation = { holds: false, spans: [] };

/** Whether and where a clause holds in a document. */
export function evaluateSlowly(clause: Clause, read: ReadDocument): SlowEvaluation {
  const recur = (part: Clause) => evaluateSlowly(part, read);
  switch (clause.kind) {
    case 'term':
      return fromSpans(spansOfTerm(clause, read));
    case 'number':
      return fromSpans(spansOfNumber(clause, read));
    case 'description':
      return { holds: isDescribedAs(read.document, read.languages, clause.field, clause.value), spans: [] };
    case 'or': {
      const parts = clause.parts.map(recur);
      return { holds: parts.some((each) => each.holds), spans: smallest(parts.flatMap((each) => each.spans)) };
    }
    case 'some':
      return windows(clause.parts.map(recur), clause.count);
    case 'without':
      return clause.vetoes.some((veto) => recur(veto).holds) ? NOT_AT_ALL : recur(clause.keep);
    case 'near':
      return fromSpans(
        combineNear(
          clause.parts.map((part) => recur(part).spans),
          clause.ordered,
          clause.reach,
          read,
        ),
      );
    case 'not-near': {
      const avoid = recur(clause.avoid).spans;
      const far = recur(clause.keep).spans.filter(
        (span) => !avoid.some((other) => isWithin(span, other, clause.reach, read)),
      );
      return fromSpans(far);
    }
    case 'at-least': {
      const { spans } = recur(clause.part);
      return countDisjoint(spans) >= clause.count ? fromSpans(spans) : NOT_AT_ALL;
    }
  }
}

function fromSpans(spans: readonly Span[]): SlowEvaluation {
  return { holds: spans.length > 0, spans };
}

function isInScope(scope: Scope, first: number, last: number, read: ReadDocument): boolean {
  if (scope === 'title') return last < read.titleCount;
  if (scope === 'body') return first >= read.titleCount;
  return scope === null || last < read.leadCount;
}

function spansOfTerm({ words, scope }: Extract<Clause, { kind: 'term' }>, read: ReadDocument): Span[] {
  const spans: Span[] = [];
  for (let first = 0; first < read.count; first++) {
    for (const last of endsOfRun(words, first, read)) {
      if (!isInScope(scope, first, last, read) || read.paragraphs[first] !== read.paragraphs[last]) continue;
      if (words[0]?.isWholeKatakana === true && !isWholeKatakana(first, last, read)) continue;
      spans.push({ first, last, tokens: rangeOf(first, last) });
    }
  }
  return smallest(spans).slice(0, MAX_SPANS);
}

/** The last tokens of every way to match the words from `first` on. */
function endsOfRun([word, ...others]: readonly WordPattern[], first: number, read: ReadDocument): number[] {
  if (word === undefined || first >= read.count) return [];
  const ends = read.compounds
    .filter((each) => each.first === first)
    .filter(({ surface, isHyphened }) =>
      word.form === 'any' ? isHyphened : matchesWord(word, surface, read.languages),
    )
    .map(({ last }) => last);
  if (matchesWord(word, read.surface(first), read.languages)) ends.push(first);
  if (others.length === 0) return ends;
  return ends
    .filter((last) => last + 1 < read.count && areJoined(others[0]!.join ?? 'beside', last, last + 1, read))
    .flatMap((last) => endsOfRun(others, last + 1, read));
}

function spansOfNumber({ from, to, scope }: Extract<Clause, { kind: 'number' }>, read: ReadDocument): Span[] {
  return read.numbers
    .filter(({ value }) => (from === null || value >= from) && (to === null || value <= to))
    .filter(({ first, last }) => isInScope(scope, first, last, read))
    .slice(0, MAX_SPANS)
    .map(({ first, last }) => ({ first, last, tokens: rangeOf(first, last) }));
}

const rangeOf = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** The smallest stretches that hold a span of at least `count` parts; parts that hold outside of the text count everywhere. */
function windows(parts: readonly SlowEvaluation[], count: number): SlowEvaluation {
  if (parts.filter((part) => part.holds).length < count) return NOT_AT_ALL;
  const placed = parts.map((part) => part.spans).filter((spans) => spans.length > 0);
  const wanted = count - parts.filter((part) => part.holds && part.spans.length === 0).length;
  if (wanted <= 0) return { holds: true, spans: smallest(placed.flat()) };
  const all = placed.flat();
  const found: Span[] = [];
  for (const { first } of all) {
    for (const { last } of all) {
      const inside = placed
        .map((spans) => spans.find((span) => span.first >= first && span.last <= last))
        .filter((span) => span !== undefined);
      if (inside.length >= wanted) found.push({ first, last, tokens: uniteTokens(inside.map((span) => span.tokens)) });
    }
  }
  return { holds: true, spans: smallest(found) };
}

/** For NOT NEAR and WITHOUT: the other is in the span or across its end, or within reach on either side of it. */
function isWithin(span: Span, other: Span, reach: Reach, read: ReadDocument): boolean {
  const [left, right] = span.first <= other.first ? [span, other] : [other, span];
  if (reach.unit === 'span') return right.first <= left.last;
  if (reach.unit === 'words') {
    if (right.first <= left.last) return true;
    const close = halfWordsBetween(left.last, right.first, read) <= 2 * reach.count;
    return (
      close &&
      reachesOver(reach.count, left.last, right.first, read) &&
      isInOneUnit(reach, left.last, right.first, read)
    );
  }
  const unit = unitsOf(reach, read);
  return unit[other.first]! <= unit[span.last]! && unit[other.last]! >= unit[span.first]!;
}

function countDisjoint(spans: readonly Span[]): number {
  let count = 0;
  let last = -1;
  for (const span of spans) {
    if (span.first <= last) continue;
    count += 1;
    last = span.last;
  }
  return count;
}

/** The oracle as an evaluator of one document, for what is built on top of either. */
export function slowLocator(read: ReadDocument): Locator {
  return {
    holds: (clause) => evaluateSlowly(clause, read).holds,
    spans: (clause) => evaluateSlowly(clause, read).spans,
  };
}
