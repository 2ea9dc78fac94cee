// Runs nodes on one document after another: whether each holds, and where. An equal sub-tree is evaluated once per
// document. How each kind of node finds its spans: locate-words.ts, locate-groups.ts and locate-near.ts.

import { ANY_SYMBOL, type EngineNode, type EngineWord, NUMBER_SYMBOL } from '../compile/program.ts';
import type { SymbolTable } from '../compile/symbols.ts';
import type { ReadDocument } from '../document/read-document.ts';
import type { Span } from '../document/span.ts';
import { DocumentSymbols, type Presence } from '../index/document-symbols.ts';
import { SpanStore } from '../index/span-store.ts';
import { isDescribedAs } from './descriptions.ts';
import type { Evaluation } from './evaluation.ts';
import { locateUnion, locateWindows, repeats } from './locate-groups.ts';
import { locateFar, locateNear } from './locate-near.ts';
import { locateNumber, locatePhrase, locateWord, locateWordByLanguage, locateWords } from './locate-words.ts';
import { StepBudget } from './step-budget.ts';
import { tokensOf } from './tokens-of-span.ts';

export class Evaluator implements Evaluation {
  read!: ReadDocument;
  readonly symbols: DocumentSymbols;
  readonly store: SpanStore;
  readonly budget: StepBudget;
  /** Number of the document; each answer is stamped with it. */
  #document = 0;
  readonly #possibleIn: Int32Array;
  readonly #possible: Uint8Array;
  readonly #holdsIn: Int32Array;
  readonly #holds: Uint8Array;

  /** `stepsAllowed`: of one topic on one document. */
  constructor(nodeCount: number, symbols: SymbolTable, stepsAllowed: number) {
    this.store = new SpanStore(nodeCount);
    this.symbols = new DocumentSymbols(symbols, this.store);
    this.budget = new StepBudget(stepsAllowed);
    this.#possibleIn = new Int32Array(nodeCount);
    this.#possible = new Uint8Array(nodeCount);
    this.#holdsIn = new Int32Array(nodeCount);
    this.#holds = new Uint8Array(nodeCount);
  }

  /** Begins a document; gives what it has. */
  begin(read: ReadDocument): Presence {
    this.#document += 1;
    this.read = read;
    this.budget.beginDocument();
    this.store.beginDocument();
    this.symbols.place(read);
    return this.symbols;
  }

  /** Restarts the count of steps, for the next topic. */
  refillBudget(): void {
    this.budget.beginTopic();
  }

  isPossible(node: EngineNode): boolean {
    if (this.#possibleIn[node.id] === this.#document) return this.#possible[node.id] === 1;
    const possible = this.#findPossible(node);
    this.#possibleIn[node.id] = this.#document;
    this.#possible[node.id] = possible ? 1 : 0;
    return possible;
  }

  #findPossible(node: EngineNode): boolean {
    switch (node.kind) {
      case 'word':
        return this.symbols.isPresent(node.symbol);
      case 'words':
        for (const symbol of node.symbols) if (this.symbols.isPresent(symbol)) return true;
        return false;
      case 'word-by-language':
        return this.#isWordPresent(node.symbols);
      case 'phrase':
        return node.symbols.every((word) => word === ANY_SYMBOL || this.#isWordPresent(word));
      case 'number':
        return this.symbols.isPresent(NUMBER_SYMBOL);
      case 'description':
        return true;
      case 'or':
        for (const part of node.parts) if (this.isPossible(part)) return true;
        return false;
      case 'near':
        for (const part of node.parts) if (!this.isPossible(part)) return false;
        return true;
      case 'some': {
        let possible = 0;
        for (const part of node.parts) if (this.isPossible(part)) possible += 1;
        return possible >= node.count;
      }
      case 'without':
      case 'not-near':
        return this.isPossible(node.keep);
      case 'at-least':
        return this.isPossible(node.part);
    }
  }

  #isWordPresent(word: EngineWord): boolean {
    if (typeof word === 'number') return this.symbols.isPresent(word);
    for (const symbol of word.values()) if (this.symbols.isPresent(symbol)) return true;
    return false;
  }

  holds(node: EngineNode): boolean {
    if (this.#holdsIn[node.id] === this.#document) return this.#holds[node.id] === 1;
    const holds = this.#decide(node);
    this.#holdsIn[node.id] = this.#document;
    this.#holds[node.id] = holds ? 1 : 0;
    return holds;
  }

  #decide(node: EngineNode): boolean {
    switch (node.kind) {
      case 'description':
        return isDescribedAs(this.read.document, this.read.languages, node.field, node.value);
      case 'or':
        for (const part of node.parts) if (this.holds(part)) return true;
        return false;
      case 'some': {
        if (!this.isPossible(node)) return false;
        let holding = 0;
        for (const part of node.parts) if (this.holds(part)) holding += 1;
        return holding >= node.count;
      }
      case 'without':
        if (!this.holds(node.keep)) return false;
        for (const veto of node.vetoes) if (this.holds(veto)) return false;
        return true;
      default:
        this.locate(node);
        return this.store.count(node) > 0;
    }
  }

  /** Where the node holds, with the words that make each span: for topics that matched, not for candidates. */
  spansOf(node: EngineNode): Span[] {
    this.locate(node);
    return Array.from({ length: this.store.count(node) }, (_, index) => {
      const first = this.store.first(node, index);
      const last = this.store.last(node, index);
      return { first, last, tokens: tokensOf(node, first, last, this) };
    });
  }

  locate(node: EngineNode): void {
    if (this.store.has(node)) return;
    this.store.set(node, 0, 0, 0);
    this.#locateNew(node);
    this.budget.spend(this.store.count(node) + 1);
    this.store.markFound(node);
  }

  #locateNew(node: EngineNode): void {
    switch (node.kind) {
      case 'word':
        locateWord(node, node.symbol, this);
        break;
      case 'words':
        locateWords(node, this);
        break;
      case 'word-by-language':
        locateWordByLanguage(node, this);
        break;
      case 'phrase':
        locatePhrase(node, this);
        break;
      case 'number':
        locateNumber(node, this);
        break;
      case 'or':
        locateUnion(node, node.parts, this);
        break;
      case 'some':
        locateWindows(node, this);
        break;
      case 'without':
        if (this.holds(node)) this.#locateSame(node, node.keep);
        break;
      case 'near':
        locateNear(node, this);
        break;
      case 'not-near':
        locateFar(node, this);
        break;
      case 'at-least':
        this.locate(node.part);
        if (repeats(node.part, node.count, this.store)) this.#locateSame(node, node.part);
        break;
    }
  }

  #locateSame(node: EngineNode, as: EngineNode): void {
    this.locate(as);
    this.store.setSame(node, as);
  }
}
