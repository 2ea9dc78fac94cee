// Runs nodes on one document after another. Spans are pairs of integers in one growing array; every answer is stamped
// with the document's number, so nothing is cleared between documents and an equal sub-tree is evaluated once.
//
// A list of spans is (offset of firsts, offset of lasts, count) in `#arena`. Both ends rise from span to span, since no
// span of a list contains another; all merges below rely on it. For single words both offsets are the same.
import { codeUnitsOf } from '../text/code-units.ts';
import type { Reach } from '../topics/syntax.ts';
import type { Presence } from './candidate-index.ts';
import type { Scope } from './clause.ts';
import { isDescribedAs } from './descriptions.ts';
import { type ChainSpan, chainsOf, isInOneUnit } from './near-chain.ts';
import { combineNear, type NearSide } from './near-slowly.ts';
import { type FoundNumber, numbersIn } from './numbers.ts';
import { ANY_SYMBOL, type EngineNode, type EngineWord, NUMBER_SYMBOL, OTHER_LANGUAGE } from './program.ts';
import { FIRST_EAST_ASIAN, type ReadDocument } from './read-document.ts';
import { compareTokens, MAX_SPANS, type Span, smallest, uniteTokens } from './span.ts';
import { mergeSpans, pushSmallest, type SpanList, sortIntegers } from './span-lists.ts';
import { STEMMED_LANGUAGES, type SymbolTable } from './symbols.ts';
import { FIRST_SYMBOL, symbolsIn } from './word-table.ts';

/** Ways to choose the words of one NEAR that are tried to find the ones to highlight. */
const MOST_CHOICES = 5_000;

/** Topics that may spend all they are allowed on one document; beyond, each gets as small a share. */
const FULL_BUDGETS = 50;

/** Thrown when one topic costs more on one document than it may; the topic is skipped there. */
export class BudgetSpent extends Error {}

export class Evaluator {
  readonly #symbols: SymbolTable;
  readonly #stepsAllowed: number;
  #epoch = 0;
  #steps = 0;
  #stepsLeft: number;
  #stepsOfDocument = 0;
  #read!: ReadDocument;
  #numbers: readonly FoundNumber[] | null = null;
  /** Symbols of the document, each once. */
  readonly #present: number[] = [];
  #hasCharacters = false;
  #arena = new Int32Array(1 << 14);
  #arenaEnd = 0;
  /** Of each symbol: the blocks of the document that it is in, 0 where the document lacks it. */
  readonly #blocks: Int32Array;
  /** The tokens that match some symbol, and of each its record in the table of words. Used again for the next document. */
  #tokensFound = new Int32Array(1 << 11);
  #recordOfToken = new Int32Array(1 << 11);
  // Per symbol: epoch, and where in the arena its positions stand.
  #symbolEpoch: Int32Array;
  #symbolCount: Int32Array;
  #symbolOffset: Int32Array;
  // Per node: three answers, each with its epoch.
  readonly #possibleEpoch: Int32Array;
  readonly #possible: Uint8Array;
  readonly #holdsEpoch: Int32Array;
  readonly #holds: Uint8Array;
  readonly #spansEpoch: Int32Array;
  readonly #firsts: Int32Array;
  readonly #lasts: Int32Array;
  readonly #counts: Int32Array;

  constructor(nodeCount: number, symbols: SymbolTable, stepsAllowed: number) {
    this.#symbols = symbols;
    this.#stepsAllowed = stepsAllowed;
    this.#stepsLeft = stepsAllowed;
    this.#blocks = new Int32Array(symbols.size);
    this.#symbolEpoch = new Int32Array(symbols.size);
    this.#symbolCount = new Int32Array(symbols.size);
    this.#symbolOffset = new Int32Array(symbols.size);
    this.#possibleEpoch = new Int32Array(nodeCount);
    this.#possible = new Uint8Array(nodeCount);
    this.#holdsEpoch = new Int32Array(nodeCount);
    this.#holds = new Uint8Array(nodeCount);
    this.#spansEpoch = new Int32Array(nodeCount);
    this.#firsts = new Int32Array(nodeCount);
    this.#lasts = new Int32Array(nodeCount);
    this.#counts = new Int32Array(nodeCount);
  }

  /** Takes up a document and tells what it has. */
  begin(read: ReadDocument): Presence {
    this.#epoch += 1;
    this.#steps = 0;
    this.#stepsOfDocument = 0;
    this.#read = read;
    this.#numbers = null;
    for (const symbol of this.#present) this.#blocks[symbol] = 0;
    this.#present.length = 0;
    this.#arenaEnd = 0;
    this.#placeSymbols(read);
    return {
      symbols: this.#present,
      blocks: this.#blocks,
      blockTokens: blockTokensOf(read),
      hasCharacters: this.#hasCharacters,
    };
  }

  /** Starts the count of steps anew, for the next topic. Where many topics were costly, the rest get by with little. */
  refillBudget(): void {
    this.#stepsOfDocument += this.#steps;
    this.#steps = 0;
    const isSpent = this.#stepsOfDocument > FULL_BUDGETS * this.#stepsAllowed;
    this.#stepsLeft = isSpent ? this.#stepsAllowed / FULL_BUDGETS : this.#stepsAllowed;
  }

  /** Counting sort: after it, the positions of each symbol stand in a row in the arena. */
  #placeSymbols(read: ReadDocument): void {
    const { count } = read;
    const epoch = this.#epoch;
    const symbols = this.#symbols;
    symbols.renew();
    if (count > this.#recordOfToken.length) {
      this.#recordOfToken = new Int32Array(2 * count);
      this.#tokensFound = new Int32Array(2 * count);
    }
    const recordOfToken = this.#recordOfToken;
    const symbolEpoch = this.#symbolEpoch;
    const symbolCount = this.#symbolCount;
    const tokensFound = this.#tokensFound;
    const blocks = this.#blocks;
    const blockTokens = blockTokensOf(read);
    const { titleCount, starts } = read;
    let units = codeUnitsOf(read.document.title);
    let total = 0;
    let found = 0;
    this.#hasCharacters = false;
    for (let token = 0; token < count; token++) {
      if (token === titleCount) units = codeUnitsOf(read.document.text);
      const start = starts[token]!;
      if (units[start]! >= FIRST_EAST_ASIAN) this.#hasCharacters = true;
      const record = symbols.lookUp(units, start, read.surfaceEnd(token), read.surfaceHash(token, units));
      const { records } = symbols.words;
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
          symbolEpoch[symbol] = epoch;
          symbolCount[symbol] = 1;
          this.#present.push(symbol);
        } else symbolCount[symbol]!++;
        blocks[symbol]! |= block;
      }
    }
    this.#reserve(total);
    for (const symbol of this.#present) {
      this.#symbolOffset[symbol] = this.#arenaEnd;
      this.#arenaEnd += symbolCount[symbol]!;
      symbolCount[symbol] = 0;
    }
    const { records } = symbols.words;
    const arena = this.#arena;
    for (let i = 0; i < found; i++) {
      const record = recordOfToken[i]!;
      const end = record + FIRST_SYMBOL + symbolsIn(records[record]!);
      for (let at = record + FIRST_SYMBOL; at < end; at++) {
        const symbol = records[at]!;
        arena[this.#symbolOffset[symbol]! + symbolCount[symbol]!++] = tokensFound[i]!;
      }
    }
  }

  /** False only when the node surely does not hold: some word that it needs is nowhere in the document. */
  isPossible(node: EngineNode): boolean {
    if (this.#possibleEpoch[node.id] === this.#epoch) return this.#possible[node.id] === 1;
    const possible = this.#findPossible(node);
    this.#possibleEpoch[node.id] = this.#epoch;
    this.#possible[node.id] = possible ? 1 : 0;
    return possible;
  }

  #findPossible(node: EngineNode): boolean {
    switch (node.kind) {
      case 'word':
        return this.#symbolEpoch[node.symbol] === this.#epoch;
      case 'words':
        for (const symbol of node.symbols) if (this.#blocks[symbol] !== 0) return true;
        return false;
      case 'word-by-language':
        return this.#isWordPresent(node.symbols);
      case 'phrase':
        return node.symbols.every((word) => word === ANY_SYMBOL || this.#isWordPresent(word));
      case 'number':
        return this.#symbolEpoch[NUMBER_SYMBOL] === this.#epoch;
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
    if (typeof word === 'number') return this.#symbolEpoch[word] === this.#epoch;
    for (const symbol of word.values()) if (this.#symbolEpoch[symbol] === this.#epoch) return true;
    return false;
  }

  /** Whether the node holds in the document. Throws BudgetSpent. */
  holds(node: EngineNode): boolean {
    if (this.#holdsEpoch[node.id] === this.#epoch) return this.#holds[node.id] === 1;
    const holds = this.#decide(node);
    this.#holdsEpoch[node.id] = this.#epoch;
    this.#holds[node.id] = holds ? 1 : 0;
    return holds;
  }

  #decide(node: EngineNode): boolean {
    switch (node.kind) {
      case 'description':
        return isDescribedAs(this.#read.document, this.#read.languages, node.field, node.value);
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
        this.#locate(node);
        return this.#counts[node.id]! > 0;
    }
  }

  /** Where the node holds, with the words that make each span: for topics that matched, not for candidates. */
  spansOf(node: EngineNode): Span[] {
    if (!this.holds(node)) return [];
    this.#locate(node);
    const firsts = this.#firsts[node.id]!;
    const lasts = this.#lasts[node.id]!;
    const spans: Span[] = [];
    for (let i = 0; i < this.#counts[node.id]!; i++) {
      const first = this.#arena[firsts + i]!;
      const last = this.#arena[lasts + i]!;
      spans.push({ first, last, tokens: this.#tokensOf(node, first, last) });
    }
    return spans;
  }

  // ---------------------------------------------------------------- spans

  /** Finds the node's spans, once per document, into #firsts, #lasts and #counts. */
  #locate(node: EngineNode): void {
    if (this.#spansEpoch[node.id] === this.#epoch) return;
    this.#setSpans(node, 0, 0, 0);
    this.#locateNew(node);
    this.#spend(this.#counts[node.id]! + 1);
    this.#spansEpoch[node.id] = this.#epoch;
  }

  #locateNew(node: EngineNode): void {
    switch (node.kind) {
      case 'word':
        this.#locateWord(node, node.symbol, node.scope);
        break;
      case 'words':
        this.#locateWords(node);
        break;
      case 'word-by-language':
        this.#locateWordByLanguage(node);
        break;
      case 'phrase':
        this.#locatePhrase(node);
        break;
      case 'number':
        this.#locateNumber(node);
        break;
      case 'or':
        this.#locateUnion(node, node.parts);
        break;
      case 'some':
        this.#locateWindows(node);
        break;
      case 'without':
        if (this.holds(node)) this.#locateSame(node, node.keep);
        break;
      case 'near':
        this.#locateNear(node);
        break;
      case 'not-near':
        this.#locateFar(node);
        break;
      case 'at-least':
        this.#locate(node.part);
        if (this.#countDisjoint(node.part) >= node.count) this.#locateSame(node, node.part);
        break;
    }
  }

  #setSpans(node: EngineNode, firsts: number, lasts: number, count: number): void {
    this.#firsts[node.id] = firsts;
    this.#lasts[node.id] = lasts;
    this.#counts[node.id] = count;
  }

  #locateSame(node: EngineNode, as: EngineNode): void {
    this.#locate(as);
    this.#setSpans(node, this.#firsts[as.id]!, this.#lasts[as.id]!, this.#counts[as.id]!);
  }

  #locateWord(node: EngineNode, symbol: number, scope: Scope): void {
    if (this.#symbolEpoch[symbol] !== this.#epoch) return;
    const offset = this.#symbolOffset[symbol]!;
    const [from, to] = this.#boundsOf(scope);
    let begin = 0;
    let end = this.#symbolCount[symbol]!;
    if (scope !== null) {
      while (begin < end && this.#arena[offset + begin]! < from) begin++;
      while (end > begin && this.#arena[offset + end - 1]! >= to) end--;
    }
    this.#setSpans(node, offset + begin, offset + begin, Math.min(end - begin, MAX_SPANS));
  }

  #locateWords(node: Extract<EngineNode, { kind: 'words' }>): void {
    const { symbols } = node;
    let only = -1;
    let total = 0;
    for (let i = 0; i < symbols.length; i++) {
      const symbol = symbols[i]!;
      if (this.#blocks[symbol] === 0) continue;
      only = total === 0 ? symbol : -1;
      total += this.#symbolCount[symbol]!;
    }
    if (total === 0) return;
    if (only !== -1) {
      const offset = this.#symbolOffset[only]!;
      this.#setSpans(node, offset, offset, Math.min(total, MAX_SPANS));
      return;
    }
    this.#spend(symbols.length + 2 * total);
    this.#reserve(total);
    const arena = this.#arena;
    const begin = this.#arenaEnd;
    let end = begin;
    for (let i = 0; i < symbols.length; i++) {
      const symbol = symbols[i]!;
      if (this.#blocks[symbol] === 0) continue;
      const offset = this.#symbolOffset[symbol]!;
      const count = this.#symbolCount[symbol]!;
      for (let at = 0; at < count; at++) arena[end++] = arena[offset + at]!;
    }
    sortIntegers(arena, begin, end);
    let kept = begin;
    for (let at = begin; at < end; at++) {
      if (at === begin || arena[at] !== arena[kept - 1]) arena[kept++] = arena[at]!;
    }
    this.#arenaEnd = kept;
    this.#setSpans(node, begin, begin, Math.min(kept - begin, MAX_SPANS));
  }

  /** Tokens [from, to) of a scope. */
  #boundsOf(scope: Scope): readonly [from: number, to: number] {
    const { count, titleCount } = this.#read;
    if (scope === null) return [0, count];
    if (scope === 'title') return [0, titleCount];
    return scope === 'body' ? [titleCount, count] : [0, this.#read.leadCount];
  }

  /** The symbols of a word in the document's language, or languages. */
  #symbolsInLanguage(word: EngineWord): readonly number[] {
    if (typeof word === 'number') return [word];
    const known: readonly string[] = STEMMED_LANGUAGES;
    const languages = this.#read.languages.map((language) => (known.includes(language) ? language : OTHER_LANGUAGE));
    return [...new Set(languages.map((language) => word.get(language)!))];
  }

  #locateWordByLanguage(node: Extract<EngineNode, { kind: 'word-by-language' }>): void {
    const symbols = this.#symbolsInLanguage(node.symbols);
    if (symbols.length === 1) {
      this.#locateWord(node, symbols[0]!, node.scope);
      return;
    }
    const [from, to] = this.#boundsOf(node.scope);
    const tokens = symbols
      .flatMap((symbol) => this.#positionsOf(symbol))
      .filter((token) => token >= from && token < to);
    const sorted = [...new Set(tokens)].sort((a, b) => a - b).slice(0, MAX_SPANS);
    this.#reserve(sorted.length);
    this.#setSpans(node, this.#arenaEnd, this.#arenaEnd, sorted.length);
    for (const token of sorted) this.#arena[this.#arenaEnd++] = token;
  }

  #positionsOf(symbol: number): number[] {
    if (this.#symbolEpoch[symbol] !== this.#epoch) return [];
    const offset = this.#symbolOffset[symbol]!;
    return Array.from(this.#arena.subarray(offset, offset + this.#symbolCount[symbol]!));
  }

  #locatePhrase(node: Extract<EngineNode, { kind: 'phrase' }>): void {
    const words = node.symbols.map((word) => (word === ANY_SYMBOL ? null : this.#symbolsInLanguage(word)));
    // Begin at the word that occurs least.
    let pivot = -1;
    let least = Number.POSITIVE_INFINITY;
    words.forEach((symbols, index) => {
      if (symbols === null) return;
      const count = symbols.reduce((sum, symbol) => sum + this.#occurrencesOf(symbol), 0);
      if (count >= least) return;
      least = count;
      pivot = index;
    });
    if (least === 0) return;
    const [from, to] = this.#boundsOf(node.scope);
    const length = words.length;
    const { paragraphs } = this.#read;
    const starts = [...new Set(words[pivot]!.flatMap((symbol) => this.#positionsOf(symbol)))].sort((a, b) => a - b);
    this.#spend(starts.length * length);
    const found: number[] = [];
    for (const position of starts) {
      const first = position - pivot;
      if (first < from || first + length > to || paragraphs[first] !== paragraphs[first + length - 1]) continue;
      const fits = words.every(
        (symbols, index) =>
          index === pivot || symbols === null || symbols.some((symbol) => this.#standsAt(symbol, first + index)),
      );
      if (fits && found.length < MAX_SPANS) found.push(first);
    }
    this.#store(
      node,
      found,
      found.map((first) => first + length - 1),
    );
  }

  #occurrencesOf(symbol: number): number {
    return this.#symbolEpoch[symbol] === this.#epoch ? this.#symbolCount[symbol]! : 0;
  }

  #standsAt(symbol: number, token: number): boolean {
    if (this.#symbolEpoch[symbol] !== this.#epoch) return false;
    let low = this.#symbolOffset[symbol]!;
    let high = low + this.#symbolCount[symbol]! - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.#arena[middle]!;
      if (found === token) return true;
      if (found < token) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  }

  #locateNumber(node: Extract<EngineNode, { kind: 'number' }>): void {
    this.#numbers ??= numbersIn(this.#read);
    const [begin, end] = this.#boundsOf(node.scope);
    const found = this.#numbers.filter(
      ({ first, last, value }) =>
        (node.from === null || value >= node.from) &&
        (node.to === null || value <= node.to) &&
        first >= begin &&
        last < end,
    );
    const kept = found.slice(0, MAX_SPANS);
    this.#store(
      node,
      kept.map(({ first }) => first),
      kept.map(({ last }) => last),
    );
  }

  #store(node: EngineNode, firsts: readonly number[], lasts: readonly number[]): void {
    const count = firsts.length;
    this.#reserve(2 * count);
    const offset = this.#arenaEnd;
    for (let i = 0; i < count; i++) {
      this.#arena[offset + i] = firsts[i]!;
      this.#arena[offset + count + i] = lasts[i]!;
    }
    this.#arenaEnd += 2 * count;
    this.#setSpans(node, offset, offset + count, count);
  }

  /** Merges the lists two by two, short with short; of spans where one contains the other the smaller stays. */
  #locateUnion(node: EngineNode, parts: readonly EngineNode[]): void {
    let lists: SpanList[] = [];
    for (const part of parts) {
      if (!this.isPossible(part)) continue;
      this.#locate(part);
      const count = this.#counts[part.id]!;
      if (count > 0) lists.push({ firsts: this.#firsts[part.id]!, lasts: this.#lasts[part.id]!, count });
    }
    while (lists.length > 1) {
      const merged: SpanList[] = [];
      for (let i = 0; i < lists.length; i += 2) {
        merged.push(i + 1 < lists.length ? this.#mergeLists(lists[i]!, lists[i + 1]!) : lists[i]!);
      }
      lists = merged;
    }
    const union = lists[0];
    if (union !== undefined) this.#setSpans(node, union.firsts, union.lasts, union.count);
  }

  #mergeLists(left: SpanList, right: SpanList): SpanList {
    const room = left.count + right.count;
    this.#spend(room);
    this.#reserve(2 * room);
    const firsts = this.#arenaEnd;
    const lasts = firsts + room;
    this.#arenaEnd += 2 * room;
    const count = mergeSpans(
      this.#arena,
      left.firsts,
      left.lasts,
      left.count,
      right.firsts,
      right.lasts,
      right.count,
      firsts,
      lasts,
    );
    return { firsts, lasts, count };
  }

  /**
   * The smallest windows that hold a span of at least `count` parts: going through all spans by their ends, the start
   * of the best window that ends here is the count-th latest of the parts' latest starts.
   */
  #locateWindows(node: Extract<EngineNode, { kind: 'some' }>): void {
    if (!this.holds(node)) return;
    const placed: EngineNode[] = [];
    let wanted = node.count;
    for (const part of node.parts) {
      if (!this.holds(part)) continue;
      this.#locate(part);
      if (this.#counts[part.id]! > 0) placed.push(part);
      else wanted -= 1;
    }
    if (wanted <= 0) {
      this.#locateUnion(node, placed);
      return;
    }
    const events: { first: number; last: number; part: number }[] = [];
    placed.forEach((part, index) => {
      for (let i = 0; i < this.#counts[part.id]!; i++) {
        events.push({
          first: this.#arena[this.#firsts[part.id]! + i]!,
          last: this.#arena[this.#lasts[part.id]! + i]!,
          part: index,
        });
      }
    });
    this.#spend(events.length * (placed.length + 1));
    events.sort((x, y) => x.last - y.last);
    const latest = new Array<number>(placed.length).fill(-1);
    const firsts: number[] = [];
    const lasts: number[] = [];
    for (let i = 0; i < events.length; i++) {
      const { first, last, part } = events[i]!;
      latest[part] = Math.max(latest[part]!, first);
      if (events[i + 1]?.last === last) continue;
      const start = latest.toSorted((x, y) => y - x)[wanted - 1]!;
      if (start < 0 || start <= (firsts.at(-1) ?? -1)) continue;
      firsts.push(start);
      lasts.push(last);
    }
    this.#store(node, firsts, lasts);
  }

  #countDisjoint(node: EngineNode): number {
    let count = 0;
    let last = -1;
    for (let i = 0; i < this.#counts[node.id]!; i++) {
      if (this.#arena[this.#firsts[node.id]! + i]! <= last) continue;
      count += 1;
      last = this.#arena[this.#lasts[node.id]! + i]!;
    }
    return count;
  }

  // ---------------------------------------------------------------- proximity

  #locateNear(node: Extract<EngineNode, { kind: 'near' }>): void {
    for (const part of node.parts) if (!this.isPossible(part)) return;
    for (const part of node.parts) {
      this.#locate(part);
      if (this.#counts[part.id] === 0) return;
    }
    const [left, right] = node.parts;
    const isPair = node.parts.length === 2 && (node.ordered || (left!.solid && right!.solid));
    if (isPair) this.#locatePair(node, left!, right!);
    else if (node.ordered || node.parts.every((part) => part.solid)) this.#locateApart(node);
    else this.#locateMingled(node);
  }

  /**
   * Two sides that do not overlap. For a span of one side, only the next span of the other side can make a smallest
   * pair that begins with it: any later one ends later and stands further off. So one walk over both lists is enough.
   */
  #locatePair(node: Extract<EngineNode, { kind: 'near' }>, left: EngineNode, right: EngineNode): void {
    const countA = this.#counts[left.id]!;
    const countB = this.#counts[right.id]!;
    this.#spend(2 * (countA + countB));
    this.#reserve(2 * (countA + countB));
    const arena = this.#arena;
    const [firstsA, lastsA] = [this.#firsts[left.id]!, this.#lasts[left.id]!];
    const [firstsB, lastsB] = [this.#firsts[right.id]!, this.#lasts[right.id]!];
    const room = countA + countB;
    const firstsOut = this.#arenaEnd;
    const lastsOut = firstsOut + room;
    const isNear = this.#nearTest(node.reach);
    let a = 0;
    let b = 0;
    let nextA = 0;
    let nextB = 0;
    let out = 0;
    while (a < countA || (!node.ordered && b < countB)) {
      const fromA = node.ordered || b >= countB || (a < countA && arena[firstsA + a]! <= arena[firstsB + b]!);
      if (fromA) {
        const first = arena[firstsA + a]!;
        const last = arena[lastsA + a]!;
        while (nextB < countB && arena[firstsB + nextB]! <= last) nextB++;
        if (nextB < countB && isNear(first, last, arena[firstsB + nextB]!, arena[lastsB + nextB]!)) {
          out = pushSmallest(arena, firstsOut, lastsOut, out, first, arena[lastsB + nextB]!);
        }
        a++;
      } else {
        const first = arena[firstsB + b]!;
        const last = arena[lastsB + b]!;
        while (nextA < countA && arena[firstsA + nextA]! <= last) nextA++;
        if (nextA < countA && isNear(first, last, arena[firstsA + nextA]!, arena[lastsA + nextA]!)) {
          out = pushSmallest(arena, firstsOut, lastsOut, out, first, arena[lastsA + nextA]!);
        }
        b++;
      }
    }
    this.#arenaEnd += 2 * room;
    this.#setSpans(node, firstsOut, lastsOut, out);
  }

  /** Whether a span and one that begins after it ends are within reach, and in one paragraph. */
  #nearTest(reach: Reach): (first: number, last: number, otherFirst: number, otherLast: number) => boolean {
    const { paragraphs } = this.#read;
    if (reach.unit === 'words') {
      const { widths } = this.#read;
      const most = 2 * reach.count;
      return (first, last, otherFirst, otherLast) =>
        widths[otherFirst]! - widths[last + 1]! <= most && paragraphs[first] === paragraphs[otherLast];
    }
    if (reach.unit === 'paragraph')
      return (first, _last, _otherFirst, otherLast) => paragraphs[first] === paragraphs[otherLast];
    const { sentences } = this.#read;
    return (first, _last, _otherFirst, otherLast) =>
      sentences[first] === sentences[otherLast] && paragraphs[first] === paragraphs[otherLast];
  }

  /** Three sides or more that stand one after another. */
  #locateApart(node: Extract<EngineNode, { kind: 'near' }>): void {
    const spend = (steps: number) => this.#spend(steps);
    const chains = chainsOf(this.#spansOfSides(node), node.parts.length, node.ordered, node.reach, this.#read, spend);
    const least = smallest(chains.map((chain) => ({ ...chain, tokens: [] })));
    this.#store(
      node,
      least.map(({ first }) => first),
      least.map(({ last }) => last),
    );
  }

  #spansOfSides(node: Extract<EngineNode, { kind: 'near' }>): ChainSpan[] {
    const spans: ChainSpan[] = [];
    node.parts.forEach((part, side) => {
      for (let i = 0; i < this.#counts[part.id]!; i++) {
        const first = this.#arena[this.#firsts[part.id]! + i]!;
        spans.push({ side, first, last: this.#arena[this.#lasts[part.id]! + i]! });
      }
    });
    return spans;
  }

  /**
   * Sides that may interleave: `(a NEAR/3 b) NEAR/9 c` with c between a and b. From each span, chains grow to the right
   * through spans of sides not yet in them; the chain that ends first is the best that begins there. Chains that already
   * end later than the best known are dropped.
   */
  #locateMingled(node: Extract<EngineNode, { kind: 'near' }>): void {
    const spans = this.#spansOfSides(node).sort((x, y) => x.first - y.first || x.last - y.last);
    const firsts: number[] = [];
    const lasts: number[] = [];
    for (let start = 0; start < spans.length; start++) {
      if (!isInOneUnit(node.reach, spans[start]!.first, spans[start]!.last, this.#read)) continue;
      const last = this.#growChain(
        node,
        spans,
        [spans[start]!],
        start + 1,
        spans[start]!.last,
        Number.POSITIVE_INFINITY,
      );
      if (last === Number.POSITIVE_INFINITY) continue;
      const { first } = spans[start]!;
      if (firsts.at(-1) === first && lasts.at(-1)! <= last) continue;
      while (lasts.length > 0 && lasts.at(-1)! >= last) {
        firsts.pop();
        lasts.pop();
      }
      firsts.push(first);
      lasts.push(last);
    }
    this.#store(node, firsts, lasts);
  }

  /** The earliest end of a chain that begins with `chain`, at most `best`; infinity when there is none. */
  #growChain(
    node: Extract<EngineNode, { kind: 'near' }>,
    spans: readonly ChainSpan[],
    chain: ChainSpan[],
    from: number,
    last: number,
    best: number,
  ): number {
    this.#spend(1);
    if (last >= best) return best;
    if (chain.length === node.parts.length) return last;
    let shortest = best;
    for (let next = from; next < spans.length; next++) {
      const span = spans[next]!;
      if (!this.#isWithinReach(node.reach, chain[0]!.first, last, span)) break;
      if (!this.#mayJoin(node, chain, span)) continue;
      chain.push(span);
      shortest = this.#growChain(node, spans, chain, next + 1, Math.max(last, span.last), shortest);
      chain.pop();
    }
    return shortest;
  }

  /** Of the spans sorted by first, none after one out of reach is within reach. */
  #isWithinReach(reach: Reach, first: number, last: number, span: ChainSpan): boolean {
    const { paragraphs } = this.#read;
    if (paragraphs[first] !== paragraphs[span.first]) return false;
    if (reach.unit === 'paragraph') return true;
    if (reach.unit === 'sentence') return this.#read.sentences[first] === this.#read.sentences[span.first];
    const { widths } = this.#read;
    return span.first <= last || widths[span.first]! - widths[last + 1]! <= 2 * reach.count;
  }

  #mayJoin(node: Extract<EngineNode, { kind: 'near' }>, chain: readonly ChainSpan[], span: ChainSpan): boolean {
    this.#spend(1);
    if (!isInOneUnit(node.reach, chain[0]!.first, span.last, this.#read)) return false;
    for (const other of chain) {
      if (other.side === span.side) return false;
      if (other.last < span.first) continue;
      if (node.parts[other.side]!.solid && node.parts[span.side]!.solid) return false;
      const tokens = this.#tokensOf(node.parts[other.side]!, other.first, other.last);
      const own = this.#tokensOf(node.parts[span.side]!, span.first, span.last);
      this.#spend(tokens.length + own.length);
      if (own.some((token) => tokens.includes(token))) return false;
    }
    return true;
  }

  /** What is kept by NOT NEAR: spans with nothing of the other side in them or within reach of them. */
  #locateFar(node: Extract<EngineNode, { kind: 'not-near' }>): void {
    this.#locate(node.keep);
    this.#locate(node.avoid);
    const keepCount = this.#counts[node.keep.id]!;
    const avoidCount = this.#counts[node.avoid.id]!;
    this.#spend(keepCount + avoidCount);
    const firsts: number[] = [];
    const lasts: number[] = [];
    let next = 0;
    for (let i = 0; i < keepCount; i++) {
      const first = this.#arena[this.#firsts[node.keep.id]! + i]!;
      const last = this.#arena[this.#lasts[node.keep.id]! + i]!;
      while (next < avoidCount && this.#arena[this.#lasts[node.avoid.id]! + next]! < first) next++;
      if (this.#isAvoided(node, first, last, next)) continue;
      firsts.push(first);
      lasts.push(last);
    }
    this.#store(node, firsts, lasts);
  }

  /** `next`: the first of the avoided spans that does not end before this one begins. Only it and the one before matter. */
  #isAvoided(node: Extract<EngineNode, { kind: 'not-near' }>, first: number, last: number, next: number): boolean {
    const firstOf = (index: number) => this.#arena[this.#firsts[node.avoid.id]! + index]!;
    const lastOf = (index: number) => this.#arena[this.#lasts[node.avoid.id]! + index]!;
    const count = this.#counts[node.avoid.id]!;
    const before = next > 0 ? lastOf(next - 1) : -1;
    const after = next < count ? firstOf(next) : -1;
    const { reach } = node;
    const { paragraphs } = this.#read;
    if (after !== -1 && after <= last) return true;
    if (reach.unit === 'words') {
      const { widths } = this.#read;
      const isClose = (end: number, start: number) =>
        widths[start]! - widths[end + 1]! <= 2 * reach.count && paragraphs[end] === paragraphs[start];
      return (before !== -1 && isClose(before, first)) || (after !== -1 && isClose(last, after));
    }
    const unit = reach.unit === 'sentence' ? this.#read.sentences : paragraphs;
    return (before !== -1 && unit[before] === unit[first]) || (after !== -1 && unit[after] === unit[last]);
  }

  // ---------------------------------------------------------------- words of a span

  /** The words that make a span which the node has: fewest, then earliest, as in span.ts. */
  #tokensOf(node: EngineNode, first: number, last: number): readonly number[] {
    this.#spend(1);
    if (node.solid) return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    switch (node.kind) {
      case 'without':
      case 'not-near':
        return this.#tokensOf(node.keep, first, last);
      case 'at-least':
        return this.#tokensOf(node.part, first, last);
      case 'or':
        return this.#tokensOfChoice(node.parts, first, last);
      case 'some': {
        const placed = node.parts.filter((part) => this.holds(part) && this.#countOf(part) > 0);
        const outside = node.parts.filter((part) => this.holds(part) && this.#countOf(part) === 0).length;
        if (node.count - outside <= 0) return this.#tokensOfChoice(placed, first, last);
        return uniteTokens(
          placed.flatMap((part) => this.#spansWithin(part, first, last, 1).map((span) => span.tokens)),
        );
      }
      case 'near': {
        const sides: NearSide[] = node.parts.map((part) =>
          this.#spansWithin(part, first, last, Number.POSITIVE_INFINITY),
        );
        // So many choices are those of a word said over and over; its ends say as much then.
        const choices = sides.reduce((product, side) => product * side.length, 1);
        this.#spend(Math.min(choices, MOST_CHOICES));
        if (choices > MOST_CHOICES) return first === last ? [first] : [first, last];
        const made = combineNear(sides, node.ordered, node.reach, this.#read).find(
          (span) => span.first === first && span.last === last,
        );
        return made?.tokens ?? [first, last];
      }
      default:
        return [first, last];
    }
  }

  #countOf(node: EngineNode): number {
    this.#locate(node);
    return this.#counts[node.id]!;
  }

  #tokensOfChoice(parts: readonly EngineNode[], first: number, last: number): readonly number[] {
    let best: readonly number[] | null = null;
    this.#spend(parts.length);
    for (const part of parts) {
      if (!this.holds(part) || !this.#hasSpan(part, first, last)) continue;
      const tokens = this.#tokensOf(part, first, last);
      if (best === null || compareTokens(tokens, best) < 0) best = tokens;
    }
    return best ?? [first, last];
  }

  #hasSpan(node: EngineNode, first: number, last: number): boolean {
    const index = this.#firstFrom(node, first);
    return (
      index < this.#counts[node.id]! &&
      this.#arena[this.#firsts[node.id]! + index] === first &&
      this.#arena[this.#lasts[node.id]! + index] === last
    );
  }

  /** The node's spans inside [first, last], at most so many. */
  #spansWithin(node: EngineNode, first: number, last: number, most: number): Span[] {
    const found: Span[] = [];
    for (let index = this.#firstFrom(node, first); index < this.#counts[node.id]! && found.length < most; index++) {
      const spanFirst = this.#arena[this.#firsts[node.id]! + index]!;
      const spanLast = this.#arena[this.#lasts[node.id]! + index]!;
      if (spanLast > last) break;
      found.push({ first: spanFirst, last: spanLast, tokens: this.#tokensOf(node, spanFirst, spanLast) });
    }
    return found;
  }

  /** Index of the node's first span that begins at or after a token. */
  #firstFrom(node: EngineNode, token: number): number {
    this.#locate(node);
    const firsts = this.#firsts[node.id]!;
    let low = 0;
    let high = this.#counts[node.id]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#arena[firsts + middle]! < token) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // ---------------------------------------------------------------- bounds

  #spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > this.#stepsLeft) throw new BudgetSpent();
  }

  /** Makes room for so many more integers. Hold no reference to #arena across this. */
  #reserve(count: number): void {
    if (this.#arenaEnd + count <= this.#arena.length) return;
    const larger = new Int32Array(Math.max(2 * this.#arena.length, this.#arenaEnd + count));
    larger.set(this.#arena.subarray(0, this.#arenaEnd));
    this.#arena = larger;
  }
}

const BLOCKS = 32;
const blockTokensOf = (read: ReadDocument): number => Math.max(1, Math.ceil(read.count / BLOCKS));
