// Which symbols the current document has, and where: a counting sort, after which the positions of each symbol stand in a
// row in the arena. This runs for every word of every document.
import { codeUnitsOf, hashOf } from '../../text/code-units.ts';
import { isUnspaced } from '../../text/scripts.ts';
import { NUMBER_SYMBOL, type SymbolTable } from '../compile/symbols.ts';
import { FIRST_SYMBOL, symbolsIn } from '../compile/word-table.ts';
import { FIRST_EAST_ASIAN, type ReadDocument } from '../document/read-document.ts';
import type { SpanStore } from './span-store.ts';

/** A document is cut into this many blocks of equal length, one for each bit of an integer. */
const BLOCKS = 32;

/** What a document has, and about where. */
export interface Presence {
  /** Its symbols, each once. */
  readonly symbols: readonly number[];
  /** Per symbol: a bit for each block that it is in; 0 where the document lacks it. */
  readonly blocks: Int32Array;
  /** Tokens of a block. */
  readonly blockTokens: number;
  /** Some of its tokens may be Han or kana characters. */
  readonly hasCharacters: boolean;
  /** Some words are compounds: they take up more than one token. */
  readonly hasCompounds: boolean;
  /** Tokens of the longest word; 1 without compounds. */
  readonly longestWord: number;
}

/** Tokens of a word that is a compound. */
export interface CompoundPlace {
  readonly first: number;
  readonly last: number;
}

export class DocumentSymbols implements Presence {
  readonly symbols: number[] = [];
  readonly blocks: Int32Array;
  blockTokens = 1;
  hasCharacters = false;
  longestWord = 1;
  /** Of the symbols that have some; `positions` gives the words of one token among their places. */
  readonly #compounds = new Map<number, CompoundPlace[]>();
  readonly #table: SymbolTable;
  readonly #store: SpanStore;
  /** Per symbol; good where its blocks are not 0. */
  readonly #counts: Int32Array;
  readonly #offsets: Int32Array;
  /** The tokens that match some symbol, and of each its record in the table of words. */
  #tokensFound = new Int32Array(1 << 11);
  #recordOfToken = new Int32Array(1 << 11);

  constructor(table: SymbolTable, store: SpanStore) {
    this.#table = table;
    this.#store = store;
    this.blocks = new Int32Array(table.size);
    this.#counts = new Int32Array(table.size);
    this.#offsets = new Int32Array(table.size);
  }

  isPresent(symbol: number): boolean {
    return this.blocks[symbol] !== 0;
  }

  /** How often it is in the document. */
  count(symbol: number): number {
    return this.blocks[symbol] === 0 ? 0 : this.#counts[symbol]!;
  }

  /** Offset of its positions in the arena; only for a symbol that is present. */
  offset(symbol: number): number {
    return this.#offsets[symbol]!;
  }

  get hasCompounds(): boolean {
    return this.#compounds.size > 0;
  }

  /** Where it stands as a compound; undefined for nowhere. */
  compoundsOf(symbol: number): readonly CompoundPlace[] | undefined {
    return this.#compounds.get(symbol);
  }

  positions(symbol: number): number[] {
    const offset = this.#offsets[symbol]!;
    return Array.from(this.#store.arena.subarray(offset, offset + this.count(symbol)));
  }

  standsAt(symbol: number, token: number): boolean {
    const { arena } = this.#store;
    let low = this.#offsets[symbol]!;
    let high = low + this.count(symbol) - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = arena[middle]!;
      if (found === token) return true;
      if (found < token) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  }

  /** Takes up a document; the arena must be empty. */
  place(read: ReadDocument): void {
    for (const symbol of this.symbols) this.blocks[symbol] = 0;
    this.symbols.length = 0;
    this.blockTokens = Math.max(1, Math.ceil(read.count / BLOCKS));
    this.hasCharacters = false;
    const { found, total } = this.#lookUpTokens(read);
    this.#placeCompounds(read);
    const store = this.#store;
    store.reserve(total);
    for (const symbol of this.symbols) {
      this.#offsets[symbol] = store.end;
      store.end += this.#counts[symbol]!;
      this.#counts[symbol] = 0;
    }
    this.#writePositions(found);
  }

  /** Counts the symbols and notes which tokens have some: how many, and how many symbols they have in all. */
  #lookUpTokens(read: ReadDocument): { readonly found: number; readonly total: number } {
    const { count, titleCount, starts } = read;
    const table = this.#table;
    table.renew();
    if (count > this.#recordOfToken.length) {
      this.#recordOfToken = new Int32Array(2 * count);
      this.#tokensFound = new Int32Array(2 * count);
    }
    const recordOfToken = this.#recordOfToken;
    const tokensFound = this.#tokensFound;
    const { symbols, blocks, blockTokens } = this;
    const counts = this.#counts;
    let units = codeUnitsOf(read.document.title);
    let total = 0;
    let found = 0;
    for (let token = 0; token < count; token++) {
      if (token === titleCount) units = codeUnitsOf(read.document.text);
      const start = starts[token]!;
      if (units[start]! >= FIRST_EAST_ASIAN) this.hasCharacters = true;
      const record = table.lookUp(units, start, read.surfaceEnd(token), read.surfaceHash(token, units));
      const { records } = table.words;
      const matched = symbolsIn(records[record]!);
      if (matched === 0) continue;
      tokensFound[found] = token;
      recordOfToken[found++] = record;
      total += matched;
      const block = 1 << ((token / blockTokens) | 0);
      const end = record + FIRST_SYMBOL + matched;
      for (let at = record + FIRST_SYMBOL; at < end; at++) {
        const symbol = records[at]!;
        if (blocks[symbol] === 0) {
          counts[symbol] = 1;
          symbols.push(symbol);
        } else counts[symbol]!++;
        blocks[symbol]! |= block;
      }
    }
    return { found, total };
  }

  #placeCompounds(read: ReadDocument): void {
    if (this.#compounds.size > 0) this.#compounds.clear();
    this.longestWord = 1;
    const { blocks, blockTokens } = this;
    const table = this.#table;
    for (const { first, last, surface } of read.compounds) {
      if (!table.hasUnspaced && isUnspaced(surface.charCodeAt(0))) continue;
      const units = codeUnitsOf(surface);
      const record = table.lookUp(units, 0, surface.length, hashOf(units, 0, surface.length));
      const { records } = table.words;
      const end = record + FIRST_SYMBOL + symbolsIn(records[record]!);
      for (let at = record + FIRST_SYMBOL; at < end; at++) {
        const symbol = records[at]!;
        if (symbol === NUMBER_SYMBOL) continue;
        if (blocks[symbol] === 0) {
          this.#counts[symbol] = 0;
          this.symbols.push(symbol);
        }
        for (let token = first; token <= last; token++) blocks[symbol]! |= 1 << ((token / blockTokens) | 0);
        this.longestWord = Math.max(this.longestWord, last - first + 1);
        const places = this.#compounds.get(symbol);
        if (places === undefined) this.#compounds.set(symbol, [{ first, last }]);
        else places.push({ first, last });
      }
    }
  }

  #writePositions(found: number): void {
    const { records } = this.#table.words;
    const { arena } = this.#store;
    const [offsets, counts] = [this.#offsets, this.#counts];
    for (let i = 0; i < found; i++) {
      const record = this.#recordOfToken[i]!;
      const end = record + FIRST_SYMBOL + symbolsIn(records[record]!);
      for (let at = record + FIRST_SYMBOL; at < end; at++) {
        const symbol = records[at]!;
        arena[offsets[symbol]! + counts[symbol]!++] = this.#tokensFound[i]!;
      }
    }
  }
}
