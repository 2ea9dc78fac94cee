// Where the nodes of a program hold in the current document: spans as pairs of integers in one growing array. Every
// answer is stamped with the document's number, so nothing is cleared between documents.
//
// A list of spans is (offset of firsts, offset of lasts, count) in `arena`. Both ends rise from span to span, since no
// span of a list contains another; all merges rely on it. For single words both offsets are the same.
import type { EngineNode } from '../compile/program.ts';
import type { Span } from '../document/span.ts';
import type { SpanList } from '../document/span-lists.ts';

export class SpanStore {
  /** Changes when it grows: hold no reference to it across `reserve`. */
  arena = new Int32Array(1 << 14);
  /** Where it is free from. */
  end = 0;
  #document = 0;
  readonly #documentOf: Int32Array;
  readonly #firsts: Int32Array;
  readonly #lasts: Int32Array;
  readonly #counts: Int32Array;

  constructor(nodeCount: number) {
    this.#documentOf = new Int32Array(nodeCount);
    this.#firsts = new Int32Array(nodeCount);
    this.#lasts = new Int32Array(nodeCount);
    this.#counts = new Int32Array(nodeCount);
  }

  beginDocument(): void {
    this.#document += 1;
    this.end = 0;
  }

  /** Whether the node's spans were found in this document; what is said of them below is valid only then. */
  has(node: EngineNode): boolean {
    return this.#documentOf[node.id] === this.#document;
  }

  markFound(node: EngineNode): void {
    this.#documentOf[node.id] = this.#document;
  }

  count(node: EngineNode): number {
    return this.#counts[node.id]!;
  }

  first(node: EngineNode, index: number): number {
    return this.arena[this.#firsts[node.id]! + index]!;
  }

  last(node: EngineNode, index: number): number {
    return this.arena[this.#lasts[node.id]! + index]!;
  }

  /** The node's spans are those of a list that is already in the arena. */
  set(node: EngineNode, firsts: number, lasts: number, count: number): void {
    this.#firsts[node.id] = firsts;
    this.#lasts[node.id] = lasts;
    this.#counts[node.id] = count;
  }

  setSame(node: EngineNode, as: EngineNode): void {
    this.set(node, this.#firsts[as.id]!, this.#lasts[as.id]!, this.#counts[as.id]!);
  }

  listOf(node: EngineNode): SpanList {
    return { firsts: this.#firsts[node.id]!, lasts: this.#lasts[node.id]!, count: this.#counts[node.id]! };
  }

  /** Copies spans into the arena and makes them the node's. */
  put(node: EngineNode, spans: readonly Pick<Span, 'first' | 'last'>[]): void {
    const count = spans.length;
    this.reserve(2 * count);
    const offset = this.end;
    for (let i = 0; i < count; i++) {
      this.arena[offset + i] = spans[i]!.first;
      this.arena[offset + count + i] = spans[i]!.last;
    }
    this.end += 2 * count;
    this.set(node, offset, offset + count, count);
  }

  /** Index of the node's first span that begins at or after a token. */
  indexFrom(node: EngineNode, token: number): number {
    const firsts = this.#firsts[node.id]!;
    let low = 0;
    let high = this.#counts[node.id]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.arena[firsts + middle]! < token) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Makes room for this many more integers. */
  reserve(count: number): void {
    if (this.end + count <= this.arena.length) return;
    const larger = new Int32Array(Math.max(2 * this.arena.length, this.end + count));
    larger.set(this.arena.subarray(0, this.end));
    this.arena = larger;
  }
}
