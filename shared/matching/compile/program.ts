// Clauses as the engine runs them: nodes with numbers for words. Equal sub-trees, such as a set that a hundred topics
// use, become one node, which is evaluated once per document.

import type { DescriptionField, Reach } from '../../query/syntax.ts';
import { stemWord } from '../../text/stemming.ts';
import type { Join } from '../document/adjacency.ts';
import type { Clause, Scope } from './clause.ts';
import { NUMBER_SYMBOL, STEMMED_LANGUAGES, type SymbolTable } from './symbols.ts';
import type { WordPattern } from './word-patterns.ts';

/** Stands in a run of symbols for any one word. */
export const ANY_SYMBOL = -1;

export type EngineNode = {
  readonly id: number /** Overlapping means sharing a word: a run of words, or a choice of such. */;
  readonly solid: boolean;
} & (
  | { readonly kind: 'word'; readonly symbol: number; readonly scope: Scope }
  /** One symbol per language of the document: expressions under `*`. */
  | { readonly kind: 'word-by-language'; readonly symbols: ReadonlyMap<string, number>; readonly scope: Scope }
  /** Any of several words, anywhere: most groups of a topic. */
  | { readonly kind: 'words'; readonly symbols: Int32Array }
  | {
      readonly kind: 'phrase';
      readonly symbols: readonly EngineWord[];
      /** How each stands by the one before; the first is not asked for. */
      readonly joins: readonly Join[];
      readonly isWholeKatakana: boolean;
      readonly scope: Scope;
    }
  | { readonly kind: 'number'; readonly from: number | null; readonly to: number | null; readonly scope: Scope }
  | { readonly kind: 'description'; readonly field: DescriptionField; readonly value: string }
  | { readonly kind: 'or'; readonly parts: readonly EngineNode[] }
  | { readonly kind: 'some'; readonly count: number; readonly parts: readonly EngineNode[] }
  | { readonly kind: 'without'; readonly keep: EngineNode; readonly vetoes: readonly EngineNode[] }
  | { readonly kind: 'near'; readonly parts: readonly EngineNode[]; readonly ordered: boolean; readonly reach: Reach }
  | { readonly kind: 'not-near'; readonly keep: EngineNode; readonly avoid: EngineNode; readonly reach: Reach }
  | { readonly kind: 'at-least'; readonly count: number; readonly part: EngineNode }
);

/** One word of a phrase: a symbol, ANY_SYMBOL, or a symbol per language. */
export type EngineWord = number | ReadonlyMap<string, number>;

/** Omit over each member of a union. */
type Shape<Node> = Node extends unknown ? Omit<Node, 'id'> : never;
type ClauseOf<Kind extends Clause['kind']> = Extract<Clause, { readonly kind: Kind }>;

export class ProgramBuilder {
  readonly symbols: SymbolTable;
  readonly nodes: EngineNode[] = [];
  readonly #byKey = new Map<string, EngineNode>();
  readonly #byClause = new Map<Clause, EngineNode>();
  /** The nodes of all clauses so far; good without this builder. */
  readonly byClause: ReadonlyMap<Clause, EngineNode> = this.#byClause;

  constructor(symbols: SymbolTable) {
    this.symbols = symbols;
  }

  /** The node of a clause; the same for equal clauses. */
  nodeOf(clause: Clause): EngineNode {
    const known = this.#byClause.get(clause);
    if (known !== undefined) return known;
    const node = this.#build(clause);
    this.#byClause.set(clause, node);
    return node;
  }

  #build(clause: Clause): EngineNode {
    switch (clause.kind) {
      case 'term':
        return this.#buildTerm(clause.words, clause.scope);
      case 'number': {
        const { from, to, scope } = clause;
        return this.#intern(`N${from} ${to} ${scope}`, { kind: 'number', from, to, scope, solid: true });
      }
      case 'description': {
        const { field, value } = clause;
        return this.#intern(`D${field} ${value}`, { kind: 'description', field, value, solid: false });
      }
      case 'or':
        return this.#buildOr(clause);
      case 'some': {
        const parts = sorted(clause.parts.map((part) => this.nodeOf(part)));
        const { count } = clause;
        return this.#intern(`S${count} ${idsOf(parts)}`, { kind: 'some', count, parts, solid: false });
      }
      case 'without':
        return this.#buildWithout(clause);
      case 'near':
        return this.#buildNear(clause);
      case 'not-near':
        return this.#buildNotNear(clause);
      case 'at-least': {
        const part = this.nodeOf(clause.part);
        const { count } = clause;
        return this.#intern(`L${count} ${part.id}`, { kind: 'at-least', count, part, solid: part.solid });
      }
    }
  }

  #buildOr({ parts: alternatives }: ClauseOf<'or'>): EngineNode {
    const parts = sortedOnce(alternatives.map((part) => this.nodeOf(part)));
    if (parts.length === 1) return parts[0]!;
    const key = `O${idsOf(parts)}`;
    const words = symbolsOfWords(parts);
    if (words !== null) return this.#intern(key, { kind: 'words', symbols: words, solid: true });
    return this.#intern(key, { kind: 'or', parts, solid: parts.every((part) => part.solid) });
  }

  #buildWithout(clause: ClauseOf<'without'>): EngineNode {
    const keep = this.nodeOf(clause.keep);
    const vetoes = sortedOnce(clause.vetoes.map((veto) => this.nodeOf(veto)));
    return this.#intern(`W${keep.id} ${idsOf(vetoes)}`, { kind: 'without', keep, vetoes, solid: keep.solid });
  }

  #buildNear(clause: ClauseOf<'near'>): EngineNode {
    const { ordered, reach } = clause;
    const inOrder = clause.parts.map((part) => this.nodeOf(part));
    const parts = ordered ? inOrder : sorted(inOrder);
    const key = `R${ordered} ${keyOfReach(reach)} ${idsOf(parts)}`;
    return this.#intern(key, { kind: 'near', parts, ordered, reach, solid: false });
  }

  #buildNotNear(clause: ClauseOf<'not-near'>): EngineNode {
    const keep = this.nodeOf(clause.keep);
    const avoid = this.nodeOf(clause.avoid);
    const { reach } = clause;
    const key = `X${keyOfReach(reach)} ${keep.id} ${avoid.id}`;
    return this.#intern(key, { kind: 'not-near', keep, avoid, reach, solid: keep.solid });
  }

  #buildTerm(words: readonly WordPattern[], scope: Scope): EngineNode {
    const symbols = words.map((word) => this.#wordOf(word));
    const joins = words.map(({ join }) => join ?? 'beside');
    const isWholeKatakana = words[0]?.isWholeKatakana === true;
    const written = symbols.map((word) => (typeof word === 'number' ? word : [...word.values()].join('|')));
    const key = `T${scope} ${isWholeKatakana} ${written.map((word, index) => `${joins[index]} ${word}`).join(' ')}`;
    const [first] = symbols;
    if (symbols.length > 1 || first === undefined || isWholeKatakana)
      return this.#intern(key, { kind: 'phrase', symbols, joins, isWholeKatakana, scope, solid: true });
    if (typeof first === 'number') return this.#intern(key, { kind: 'word', symbol: first, scope, solid: true });
    return this.#intern(key, { kind: 'word-by-language', symbols: first, scope, solid: true });
  }

  #wordOf(pattern: WordPattern): EngineWord {
    if (pattern.form === 'any') return ANY_SYMBOL;
    if (pattern.form !== 'document-stem') return this.symbols.symbolOf(pattern);
    const languages = [...STEMMED_LANGUAGES, OTHER_LANGUAGE];
    return new Map(
      languages.map((language) => [
        language,
        this.symbols.stemSymbolOf(stemWord(pattern.word, language), language, pattern.word),
      ]),
    );
  }

  #intern(key: string, shape: Shape<EngineNode>): EngineNode {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const node = { ...shape, id: this.nodes.length } as EngineNode;
    this.nodes.push(node);
    this.#byKey.set(key, node);
    return node;
  }
}

/** Stems of a language without a stemmer are the folded words. */
export const OTHER_LANGUAGE = 'und';

/** Symbols of which one must be in the document for the term to be there. */
export function symbolsOf(word: EngineWord): readonly number[] {
  return typeof word === 'number' ? [word] : [...new Set(word.values())];
}

/** Null where one of the alternatives is more than a word that may stand anywhere. */
function symbolsOfWords(parts: readonly EngineNode[]): Int32Array | null {
  const symbols: number[] = [];
  for (const part of parts) {
    if (part.kind === 'words') symbols.push(...part.symbols);
    else if (part.kind === 'word' && part.scope === null) symbols.push(part.symbol);
    else return null;
  }
  return Int32Array.from(new Set(symbols));
}

export { NUMBER_SYMBOL };

const sorted = (nodes: readonly EngineNode[]): readonly EngineNode[] => [...nodes].sort((a, b) => a.id - b.id);
const sortedOnce = (nodes: readonly EngineNode[]): readonly EngineNode[] => sorted([...new Set(nodes)]);
const idsOf = (nodes: readonly EngineNode[]): string => nodes.map((node) => node.id).join(' ');
const keyOfReach = (reach: Reach): string =>
  reach.unit === 'words' ? `${reach.count}${reach.inClause === true ? 'c' : ''}` : reach.unit;
