// Where the leaves of an expression stand: words, phrases and numbers.

import type { Scope } from './clause.ts';
import type { Evaluation, NodeOf } from './evaluation.ts';
import { ANY_SYMBOL, type EngineWord, OTHER_LANGUAGE } from './program.ts';
import type { ReadDocument } from './read-document.ts';
import { MAX_SPANS } from './span.ts';
import { sortIntegers } from './span-lists.ts';
import { STEMMED_LANGUAGES } from './symbols.ts';

/** The positions of a symbol stand in the arena already: they are the node's spans, but for those out of scope. */
export function locateWord(
  node: NodeOf<'word' | 'word-by-language'>,
  symbol: number,
  { read, symbols, store }: Evaluation,
): void {
  if (!symbols.isPresent(symbol)) return;
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

export function locateWords(node: NodeOf<'words'>, { symbols, store, budget }: Evaluation): void {
  const wanted = node.symbols;
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

/** Tokens [from, to) of a scope. */
function boundsOf(scope: Scope, { count, titleCount, leadCount }: ReadDocument): readonly [from: number, to: number] {
  if (scope === null) return [0, count];
  if (scope === 'title') return [0, titleCount];
  return scope === 'body' ? [titleCount, count] : [0, leadCount];
}

/** The symbols of a word in the document's language, or languages. */
function symbolsInLanguage(word: EngineWord, read: ReadDocument): readonly number[] {
  if (typeof word === 'number') return [word];
  const known: readonly string[] = STEMMED_LANGUAGES;
  const languages = read.languages.map((language) => (known.includes(language) ? language : OTHER_LANGUAGE));
  return [...new Set(languages.map((language) => word.get(language)!))];
}

export function locateWordByLanguage(node: NodeOf<'word-by-language'>, evaluation: Evaluation): void {
  const { read, store } = evaluation;
  const wanted = symbolsInLanguage(node.symbols, read);
  if (wanted.length === 1) {
    locateWord(node, wanted[0]!, evaluation);
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
        ),
    );
  store.put(
    node,
    found.slice(0, MAX_SPANS).map((first) => ({ first, last: first + length - 1 })),
  );
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
