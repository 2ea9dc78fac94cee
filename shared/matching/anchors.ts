// What must be in a document for a node to hold, and the rarest such thing: the anchor, by which the engine finds the
// topics worth a closer look. Topics whose anchor is not in the text cost nothing.
import { ANY_SYMBOL, type EngineNode, type EngineWord, NUMBER_SYMBOL, symbolsOf } from './program.ts';
import type { SymbolTable } from './symbols.ts';

/** Of these symbols at least one is in every document in which the node holds. */
export interface Anchor {
  readonly symbols: readonly number[];
  /** Estimated share of documents that have one. */
  readonly weight: number;
}

/** Null where nothing is required: a node that may hold for what describes the document. */
export function anchorOf(
  node: EngineNode,
  symbols: SymbolTable,
  known: Map<EngineNode, Anchor | null> = new Map(),
): Anchor | null {
  const remembered = known.get(node);
  if (remembered !== undefined) return remembered;
  const anchor = findAnchor(node, symbols, known);
  known.set(node, anchor);
  return anchor;
}

function findAnchor(node: EngineNode, symbols: SymbolTable, known: Map<EngineNode, Anchor | null>): Anchor | null {
  const recur = (part: EngineNode) => anchorOf(part, symbols, known);
  switch (node.kind) {
    case 'word':
      return oneOf([node.symbol], symbols);
    case 'word-by-language':
      return oneOf([...new Set(node.symbols.values())], symbols);
    case 'phrase':
      return rarest(
        node.symbols.filter((word) => word !== ANY_SYMBOL).map((word: EngineWord) => oneOf(symbolsOf(word), symbols)),
      );
    case 'number':
      return oneOf([NUMBER_SYMBOL], symbols);
    case 'description':
      return null;
    case 'or':
      return unite(node.parts.map(recur));
    case 'near':
      return rarest(node.parts.map(recur));
    case 'some':
      return node.count === node.parts.length
        ? rarest(node.parts.map(recur))
        : anchorOfQuorum(node.parts.map(recur), node.count);
    case 'without':
    case 'not-near':
      return recur(node.keep);
    case 'at-least':
      return recur(node.part);
  }
}

function oneOf(choice: readonly number[], symbols: SymbolTable): Anchor {
  return { symbols: choice, weight: choice.reduce((sum, symbol) => sum + symbols.weightOf(symbol), 0) };
}

function rarest(anchors: readonly (Anchor | null)[]): Anchor | null {
  return anchors.reduce(
    (best, each) => (best === null || (each !== null && each.weight < best.weight) ? each : best),
    null,
  );
}

function unite(anchors: readonly (Anchor | null)[]): Anchor | null {
  const all = anchors.filter((anchor) => anchor !== null);
  if (all.length < anchors.length) return null;
  return {
    symbols: [...new Set(all.flatMap((anchor) => anchor.symbols))],
    weight: all.reduce((sum, anchor) => sum + anchor.weight, 0),
  };
}

/** With N of k required, some part of any k - N + 1 parts must hold: take the rarest so many. */
function anchorOfQuorum(anchors: readonly (Anchor | null)[], count: number): Anchor | null {
  const usable = anchors.filter((anchor) => anchor !== null).sort((a, b) => a.weight - b.weight);
  const needed = anchors.length - count + 1;
  return usable.length < needed ? null : unite(usable.slice(0, needed));
}
