// Where the leaves of an expression stand: words, phrases and numbers.

import type { Scope } from '../compile/clause.ts';
import { ANY_SYMBOL, type EngineNode, type EngineWord, OTHER_LANGUAGE } from '../compile/program.ts';
import { STEMMED_LANGUAGES } from '../compile/symbols.ts';
import { areJoined, isWholeKatakana } from '../document/adjacency.ts';
import type { ReadDocument } from '../document/read-document.ts';
import { MAX_SPANS, type Span, smallest } from '../document/span.ts';
import { sortIntegers } from '../document/span-lists.ts';
import type { Evaluation, NodeOf } from './evaluation.ts';

/** The positions of a symbol are already in the arena: they are the node's spans, but for those out of scope. */
export function locateWord(node: NodeOf<'word' | 'word-by-language'>, symbol: number, evaluation: Evaluation): void {
  const { read, symbols, store } = evaluation;
  if (!symbols.isPresent(symbol)) return;
  if (symbols.hasCompounds && symbols.compoundsOf(symbol) !== undefined) {
    locateAny(node, [symbol], node.scope, evaluation);
    return;
  }
  const offset = symbols.offset(symbol);
  let begin = 0;
  let end = symbols.count(symbol);
  if (node.scope !== null) {
    const [from, to] = boundsOf(node.scope, read);
    while (begin < end && store.arena[offset + begin]! < from) begin++;
    while (end > begin && store.arena[offset + end - 1]! >= to) end--;
  }
  store.set(node, offset + begin, offset + begin, Math.min(end - begin, MAX_SPANS));
}

export function locateWords(node: NodeOf<'words'>, evaluation: Evaluation): void {
  const { symbols, store, budget } = evaluation;
  const wanted = node.symbols;
  if (symbols.hasCompounds && wanted.some((symbol) => symbols.compoundsOf(symbol) !== undefined)) {
    locateAny(node, wanted, null, evaluation);
    return;
  }
  let only = -1;
  let total = 0;
  for (let i = 0; i < wanted.length; i++) {
    const symbol = wanted[i]!;
    if (!symbols.isPresent(symbol)) continue;
    only = total === 0 ? symbol : -1;
    total += symbols.count(symbol);
  }
  if (total === 0) return;
  if (only !== -1) {
    const offset = symbols.offset(only);
    store.set(node, offset, offset, Math.min(total, MAX_SPANS));
    return;
  }
  budget.spend(wanted.length + 2 * total);
  store.reserve(total);
  const { arena, end: begin } = store;
  let end = begin;
  for (let i = 0; i < wanted.length; i++) {
    const symbol = wanted[i]!;
    if (!symbols.isPresent(symbol)) continue;
    const offset = symbols.offset(symbol);
    const count = symbols.count(symbol);
    for (let at = 0; at < count; at++) arena[end++] = arena[offset + at]!;
  }
  sortIntegers(arena, begin, end);
  let kept = begin;
  for (let at = begin; at < end; at++) {
    if (at === begin || arena[at] !== arena[kept - 1]) arena[kept++] = arena[at]!;
  }
  store.end = kept;
  store.set(node, begin, begin, Math.min(kept - begin, MAX_SPANS));
}

/** Where some of the symbols stand as compounds, which is rare. */
function locateAny(node: EngineNode, wanted: ArrayLike<number>, scope: Scope, evaluation: Evaluation): void {
  const [from, to] = boundsOf(scope, evaluation.read);
  const spans = spansOfAny(Array.from(wanted), evaluation).filter(({ first, last }) => first >= from && last < to);
  evaluation.store.put(node, smallest(spans).slice(0, MAX_SPANS));
}

/** Every place of the symbols, as words of one token and as compounds; not yet the smallest only. */
function spansOfAny(wanted: readonly number[], { symbols, budget }: Evaluation): Span[] {
  const present = wanted.filter((symbol) => symbols.isPresent(symbol));
  const places = present.flatMap((symbol) => [
    ...symbols.positions(symbol).map((token) => ({ first: token, last: token })),
    ...(symbols.compoundsOf(symbol) ?? []),
  ]);
  budget.spend(wanted.length + 4 * places.length);
  return places.map(({ first, last }) => ({ first, last, tokens: [] }));
}

/** Tokens [from, to) of a scope. */
function boundsOf(scope: Scope, { count, titleCount, leadCount }: ReadDocument): readonly [from: number, to: number] {
  if (scope === null) return [0, count];
  if (scope === 'title') return [0, titleCount];
  return scope === 'body' ? [titleCount, count] : [0, leadCount];
}

/** The symbols of a word in the document's language, or languages. */
function symbolsInLanguage(word: EngineWord, read: ReadDocument): readonly number[] {
  if (typeof word === 'number') return [word];
  const languages = read.languages.map((language) =>
    STEMMED_LANGUAGES.includes(language) ? language : OTHER_LANGUAGE,
  );
  return [...new Set(languages.map((language) => word.get(language)!))];
}

export function locateWordByLanguage(node: NodeOf<'word-by-language'>, evaluation: Evaluation): void {
  const { read, store } = evaluation;
  const wanted = symbolsInLanguage(node.symbols, read);
  if (wanted.length === 1) {
    locateWord(node, wanted[0]!, evaluation);
    return;
  }
  if (evaluation.symbols.hasCompounds) {
    locateAny(node, wanted, node.scope, evaluation);
    return;
  }
  const [from, to] = boundsOf(node.scope, read);
  const tokens = positionsOfAny(wanted, evaluation).filter((token) => token >= from && token < to);
  store.put(
    node,
    tokens.slice(0, MAX_SPANS).map((token) => ({ first: token, last: token })),
  );
}

export function locatePhrase(node: NodeOf<'phrase'>, evaluation: Evaluation): void {
  const { read, symbols, store, budget } = evaluation;
  const words = node.symbols.map((word) => (word === ANY_SYMBOL ? null : symbolsInLanguage(word, read)));
  if (mayHoldCompounds(words, evaluation)) {
    locatePhraseOfCompounds(node, words, evaluation);
    return;
  }
  // Begin at the word that occurs least.
  let pivot = -1;
  let least = Number.POSITIVE_INFINITY;
  words.forEach((choices, index) => {
    if (choices === null) return;
    const count = choices.reduce((sum, symbol) => sum + symbols.count(symbol), 0);
    if (count >= least) return;
    least = count;
    pivot = index;
  });
  if (least === 0) return;
  const [from, to] = boundsOf(node.scope, read);
  const length = words.length;
  const { paragraphs } = read;
  const starts = positionsOfAny(words[pivot]!, evaluation);
  budget.spend(starts.length * length);
  const found = starts
    .map((position) => position - pivot)
    .filter(
      (first) =>
        first >= from &&
        first + length <= to &&
        paragraphs[first] === paragraphs[first + length - 1] &&
        words.every(
          (choices, index) =>
            index === pivot ||
            choices === null ||
            choices.some((symbol) => symbols.isPresent(symbol) && symbols.standsAt(symbol, first + index)),
        ) &&
        node.joins.every((join, index) => index === 0 || areJoined(join, first + index - 1, first + index, read)) &&
        (!node.isWholeKatakana || isWholeKatakana(first, first + length - 1, read)),
    );
  store.put(
    node,
    found.slice(0, MAX_SPANS).map((first) => ({ first, last: first + length - 1 })),
  );
}

type Choices = readonly (readonly number[] | null)[];

function mayHoldCompounds(words: Choices, { symbols, read }: Evaluation): boolean {
  return words.some((choices) =>
    choices === null
      ? read.compounds.some(({ isHyphened }) => isHyphened)
      : symbols.hasCompounds && choices.some((symbol) => symbols.compoundsOf(symbol) !== undefined),
  );
}

/** As many tokens as its words have: from each place of the first word on, word by word. */
function locatePhraseOfCompounds(node: NodeOf<'phrase'>, words: Choices, evaluation: Evaluation): void {
  const { read, store, budget } = evaluation;
  const [from, to] = boundsOf(node.scope, read);
  const placesOf = words.map((choices) => placesByFirst(choices, evaluation));
  const found: Span[] = [];
  const grow = (index: number, first: number, token: number): void => {
    budget.spend(1);
    for (const last of placesOf[index]!(token)) {
      if (last >= to || read.paragraphs[first] !== read.paragraphs[last]) continue;
      if (index + 1 === words.length) {
        if (!node.isWholeKatakana || isWholeKatakana(first, last, read)) found.push({ first, last, tokens: [] });
      } else if (last + 1 < to && areJoined(node.joins[index + 1]!, last, last + 1, read))
        grow(index + 1, first, last + 1);
    }
  };
  for (let first = from; first < to; first++) grow(0, first, first);
  store.put(node, smallest(found).slice(0, MAX_SPANS));
}

/** For a token, the last tokens of the word's places that begin there. */
function placesByFirst(
  choices: readonly number[] | null,
  evaluation: Evaluation,
): (token: number) => readonly number[] {
  const byFirst = new Map<number, number[]>();
  const places =
    choices === null
      ? evaluation.read.compounds.filter(({ isHyphened }) => isHyphened)
      : spansOfAny(choices, evaluation);
  for (const { first, last } of places) byFirst.set(first, [...(byFirst.get(first) ?? []), last]);
  if (choices !== null) return (token) => byFirst.get(token) ?? [];
  return (token) => [token, ...(byFirst.get(token) ?? [])];
}

/** Rising, each once. */
function positionsOfAny(wanted: readonly number[], { symbols }: Evaluation): number[] {
  const present = wanted.filter((symbol) => symbols.isPresent(symbol));
  if (present.length === 1) return symbols.positions(present[0]!);
  return [...new Set(present.flatMap((symbol) => symbols.positions(symbol)))].sort((a, b) => a - b);
}

export function locateNumber(node: NodeOf<'number'>, { read, store }: Evaluation): void {
  const [begin, end] = boundsOf(node.scope, read);
  const found = read.numbers.filter(
    ({ first, last, value }) =>
      (node.from === null || value >= node.from) &&
      (node.to === null || value <= node.to) &&
      first >= begin &&
      last < end,
  );
  store.put(node, found.slice(0, MAX_SPANS));
}
