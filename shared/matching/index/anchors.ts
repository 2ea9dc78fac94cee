// What must be in a document for a node to hold: requirements, each a choice of symbols, and how near each other. The
// rarest is the anchor, by which the engine finds the topics worth a closer look; the others are the gate before it.

import { ANY_SYMBOL, type EngineNode, type EngineWord, NUMBER_SYMBOL, symbolsOf } from '../compile/program.ts';
import { LONGEST_HYPHENED } from '../document/compounds.ts';

/** One of these symbols is in every document in which the node holds. */
export interface Requirement {
  readonly symbols: readonly number[];
  /** Requirements of one cluster are met within this many tokens of each other; null for one that stands alone. */
  readonly cluster: Cluster | null;
}

export interface Cluster {
  /** From the first to the last token that meet a requirement of the cluster, both included, where tokens are words. */
  readonly words: number;
  /** The same where tokens may be Han or kana characters, of which two count as a word. */
  readonly characters: number;
}

/** Share of documents, known or guessed, that have a word of the symbol. */
export type Weigh = (symbol: number) => number;

/** All requirements of a node that are plain to see; none for a node that may hold for what describes the document. */
export function requirementsOf(
  node: EngineNode,
  weigh: Weigh,
  known: Map<EngineNode, readonly Requirement[]> = new Map(),
): readonly Requirement[] {
  const remembered = known.get(node);
  if (remembered !== undefined) return remembered;
  const found = findRequirements(node, weigh, known);
  known.set(node, found);
  return found;
}

function findRequirements(
  node: EngineNode,
  weigh: Weigh,
  known: Map<EngineNode, readonly Requirement[]>,
): readonly Requirement[] {
  const recur = (part: EngineNode) => requirementsOf(part, weigh, known);
  switch (node.kind) {
    case 'word':
      return [alone([node.symbol])];
    case 'words':
      return [alone([...node.symbols])];
    case 'word-by-language':
      return [alone([...new Set(node.symbols.values())])];
    case 'phrase': {
      const tokens = tokensOfPhrase(node.symbols);
      const cluster = { words: tokens, characters: tokens };
      return node.symbols.filter((word) => word !== ANY_SYMBOL).map((word) => ({ symbols: symbolsOf(word), cluster }));
    }
    case 'number':
      return [alone([NUMBER_SYMBOL])];
    case 'description':
      return [];
    case 'or':
      return unite(
        node.parts.map((part) => rarestOf(recur(part), weigh)),
        node.parts.length,
      );
    case 'near': {
      const required = node.parts.flatMap(recur);
      const cluster = { words: mostTokens(node, 1), characters: mostTokens(node, 2) };
      if (cluster.words === Number.POSITIVE_INFINITY) return required;
      return required.map(({ symbols }) => ({ symbols, cluster }));
    }
    case 'some':
      return node.count === node.parts.length
        ? node.parts.flatMap(recur)
        : requirementsOfQuorum(
            node.parts.map((part) => rarestOf(recur(part), weigh)),
            node.count,
            weigh,
          );
    case 'without':
    case 'not-near':
      return recur(node.keep);
    case 'at-least':
      return recur(node.part);
  }
}

/** Any one word may be a compound with hyphens. */
const tokensOfPhrase = (symbols: readonly EngineWord[]): number =>
  symbols.reduce<number>((sum, word) => sum + (word === ANY_SYMBOL ? LONGEST_HYPHENED : 1), 0);

const alone = (symbols: readonly number[]): Requirement => ({ symbols, cluster: null });

/** The longest span that a node can have where each word is so many tokens; infinity where that is unknown. */
function mostTokens(node: EngineNode, perWord: 1 | 2): number {
  switch (node.kind) {
    case 'word':
    case 'words':
    case 'word-by-language':
      return 1;
    case 'phrase':
      return tokensOfPhrase(node.symbols);
    case 'or':
      return Math.max(...node.parts.map((part) => mostTokens(part, perWord)));
    case 'near': {
      if (node.reach.unit !== 'words') return Number.POSITIVE_INFINITY;
      const between = (node.parts.length - 1) * perWord * node.reach.count;
      return node.parts.reduce((sum, part) => sum + mostTokens(part, perWord), between);
    }
    case 'without':
    case 'not-near':
      return mostTokens(node.keep, perWord);
    case 'at-least':
      return mostTokens(node.part, perWord);
    default:
      return Number.POSITIVE_INFINITY;
  }
}

/** Estimated share of documents that meet the requirement; may exceed 1, which does no harm to comparisons. */
export function weightOf({ symbols }: Requirement, weigh: Weigh): number {
  let sum = 0;
  for (const symbol of symbols) sum += weigh(symbol);
  return sum;
}

function rarestOf(requirements: readonly Requirement[], weigh: Weigh): Requirement | null {
  let best: Requirement | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const requirement of requirements) {
    const weight = weightOf(requirement, weigh);
    if (weight >= least) continue;
    best = requirement;
    least = weight;
  }
  return best;
}

/** One of this many alternatives holds: a symbol of one of them is there. Nothing is sure if one needs nothing. */
function unite(alternatives: readonly (Requirement | null)[], count: number): readonly Requirement[] {
  const needed = alternatives.filter((each) => each !== null);
  return needed.length < count ? [] : [alone([...new Set(needed.flatMap(({ symbols }) => symbols))])];
}

/** With N of k required, some part of any k - N + 1 parts must hold: take the rarest so many. */
function requirementsOfQuorum(
  parts: readonly (Requirement | null)[],
  count: number,
  weigh: Weigh,
): readonly Requirement[] {
  const usable = parts.filter((each) => each !== null).sort((a, b) => weightOf(a, weigh) - weightOf(b, weigh));
  const needed = parts.length - count + 1;
  return unite(usable.slice(0, needed), needed);
}
