// Which symbols a document has, and where; and how the places of all nodes are kept in one array.
import { type EngineNode, ProgramBuilder } from '../../../shared/matching/compile/program.ts';
import { SymbolTable } from '../../../shared/matching/compile/symbols.ts';
import { ReadDocument } from '../../../shared/matching/document/read-document.ts';
import { mergeSpans, pushSmallest, type SpanList, sortIntegers } from '../../../shared/matching/document/span-lists.ts';
import { DocumentSymbols } from '../../../shared/matching/index/document-symbols.ts';
import { SpanStore } from '../../../shared/matching/index/span-store.ts';

describe('the symbols of a document', () => {
  const table = new SymbolTable();
  const exact = (value: string) => table.symbolOf({ form: 'exact', value });
  const [army, navy, ceasefire, number] = [exact('army'), exact('navy'), exact('ceasefire'), 0];
  const store = new SpanStore(0);
  const symbols = new DocumentSymbols(table, store);
  const place = (text: string, title = ''): void => {
    store.beginDocument();
    symbols.place(new ReadDocument({ title, text, language: 'en' }));
  };

  it('are there with their places, in title and text', () => {
    place('The navy, an army, 12 of the navy.', 'An army');

    expect([...symbols.symbols].sort()).toEqual([number, army, navy].sort());
    expect(symbols.positions(army)).toEqual([1, 5]);
    expect(symbols.positions(navy)).toEqual([3, 9]);
    expect(symbols.positions(number)).toEqual([6]);
    expect([army, navy, number, ceasefire].map((symbol) => symbols.count(symbol))).toEqual([2, 2, 1, 0]);
    expect([army, ceasefire].map((symbol) => symbols.isPresent(symbol))).toEqual([true, false]);
    expect([0, 1, 2, 5, 6].map((token) => symbols.standsAt(army, token))).toEqual([false, true, false, true, false]);
    expect([symbols.hasCompounds, symbols.hasCharacters, symbols.longestWord, symbols.blockTokens]).toEqual([
      false,
      false,
      1,
      1,
    ]);
  });

  it('are those of this document only', () => {
    place('An army.');
    place('The navy.');

    expect(symbols.symbols).toEqual([navy]);
    expect([symbols.count(army), symbols.isPresent(army), symbols.blocks[army]]).toEqual([0, false, 0]);
  });

  it('are in blocks, each a thirty-second of the words', () => {
    place(`army ${'x '.repeat(31)}`);
    expect([symbols.blockTokens, symbols.blocks[army]]).toEqual([1, 1]);

    place(`${'x '.repeat(31)}army`);
    expect([symbols.blockTokens, symbols.blocks[army]! >>> 0]).toEqual([1, 2 ** 31]);

    place(`${'x '.repeat(31)}army army`);
    expect([symbols.blockTokens, symbols.blocks[army]]).toEqual([2, (1 << 15) | (1 << 16)]);

    place('');
    expect([symbols.blockTokens, symbols.symbols]).toEqual([1, []]);
  });

  it('may be words of several parts', () => {
    place('A cease-fire, a ceasefire of the army.');

    expect(symbols.compoundsOf(ceasefire)).toEqual([{ first: 1, last: 2 }]);
    expect(symbols.positions(ceasefire)).toEqual([4]);
    expect([symbols.hasCompounds, symbols.longestWord]).toEqual([true, 2]);
    expect(symbols.blocks[ceasefire]).toBe((1 << 1) | (1 << 2) | (1 << 4));
    expect(symbols.compoundsOf(army)).toBeUndefined();

    place('A cease-fire, a cease-fire.');
    expect(symbols.compoundsOf(ceasefire)).toEqual([
      { first: 1, last: 2 },
      { first: 4, last: 5 },
    ]);
    expect([symbols.positions(ceasefire), symbols.count(ceasefire)]).toEqual([[], 0]);

    place('A cease-ire.');
    expect([symbols.hasCompounds, symbols.longestWord]).toEqual([false, 1]);
  });

  it('may stand among Chinese or Japanese characters', () => {
    const hasCharacters = (text: string, title = '') => {
      place(text, title);
      return symbols.hasCharacters;
    };

    expect([
      hasCharacters('army 兵'),
      hasCharacters('army'),
      hasCharacters('army', '兵'),
      hasCharacters('армия'),
    ]).toEqual([true, false, true, false]);
  });

  it('are found in a document of many words', () => {
    place(`army ${'navy '.repeat(5_000)}army`);

    expect(symbols.positions(army)).toEqual([0, 5_001]);
    expect(symbols.count(navy)).toBe(5_000);
    expect([symbols.standsAt(navy, 1), symbols.standsAt(navy, 5_000), symbols.standsAt(navy, 5_001)]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('the places of nodes', () => {
  const nodes: readonly EngineNode[] = (() => {
    const program = new ProgramBuilder(new SymbolTable());
    return ['aa', 'bb', 'cc'].map((value) =>
      program.nodeOf({ kind: 'term', label: value, words: [{ form: 'exact', value }], scope: null }),
    );
  })();
  const [first, second] = nodes as [EngineNode, EngineNode];
  const aStore = (): SpanStore => {
    const store = new SpanStore(nodes.length);
    store.beginDocument();
    return store;
  };
  const spansIn = (store: SpanStore, node: EngineNode) =>
    Array.from({ length: store.count(node) }, (_, index) => [store.first(node, index), store.last(node, index)]);

  it('are those that were put, for each node', () => {
    const store = aStore();
    store.put(first, [
      { first: 1, last: 3 },
      { first: 2, last: 5 },
    ]);
    store.put(second, [{ first: 7, last: 7 }]);

    expect(spansIn(store, first)).toEqual([
      [1, 3],
      [2, 5],
    ]);
    expect(spansIn(store, second)).toEqual([[7, 7]]);
    expect(store.end).toBe(6);
    store.setSame(second, first);
    expect(spansIn(store, second)).toEqual(spansIn(store, first));
    expect(store.listOf(second)).toEqual({ firsts: 0, lasts: 2, count: 2 });
  });

  it('are found for this document only once they are marked', () => {
    const store = aStore();
    expect(store.has(first)).toBe(false);
    store.markFound(first);
    expect([store.has(first), store.has(second)]).toEqual([true, false]);
    store.put(second, [{ first: 1, last: 1 }]);
    store.beginDocument();

    expect([store.has(first), store.end]).toEqual([false, 0]);
  });

  it.each([
    [0, 0],
    [2, 0],
    [3, 1],
    [5, 1],
    [6, 2],
    [9, 2],
    [10, 3],
  ])('from token %i on begin with number %i', (token, index) => {
    const store = aStore();
    store.put(
      first,
      [2, 5, 9].map((each) => ({ first: each, last: each })),
    );

    expect(store.indexFrom(first, token)).toBe(index);
  });

  it('are kept when the array grows', () => {
    const store = aStore();
    store.put(first, [{ first: 1, last: 2 }]);
    const many = Array.from({ length: 20_000 }, (_, at) => ({ first: at, last: at + 1 }));
    store.put(second, many);

    expect(spansIn(store, first)).toEqual([[1, 2]]);
    expect([store.first(second, 19_999), store.last(second, 19_999)]).toEqual([19_999, 20_000]);
    expect(store.arena.length).toBeGreaterThanOrEqual(40_002);
  });

  it('need no larger array as long as they fit', () => {
    const store = aStore();
    const { arena } = store;

    store.reserve(arena.length);
    expect(store.arena).toBe(arena);
    store.reserve(arena.length + 1);
    expect(store.arena.length).toBe(2 * arena.length);
  });
});

describe('lists of spans', () => {
  type Spans = readonly (readonly [number, number])[];
  const listIn = (arena: Int32Array, at: number, spans: Spans): SpanList => {
    spans.forEach(([from, to], index) => {
      arena[at + index] = from;
      arena[at + 20 + index] = to;
    });
    return { firsts: at, lasts: at + 20, count: spans.length };
  };
  const readFrom = (arena: Int32Array, at: number, count: number): Spans =>
    Array.from({ length: count }, (_, index) => [arena[at + index]!, arena[at + 20 + index]!] as const);

  it.each<[left: Spans, right: Spans, merged: Spans]>([
    [[], [], []],
    [[[1, 2]], [], [[1, 2]]],
    [[], [[1, 2]], [[1, 2]]],
    [
      [
        [1, 1],
        [5, 5],
      ],
      [[3, 3]],
      [
        [1, 1],
        [3, 3],
        [5, 5],
      ],
    ],
    [[[1, 1]], [[1, 1]], [[1, 1]]],
    [[[1, 5]], [[2, 4]], [[2, 4]]],
    [[[2, 4]], [[1, 5]], [[2, 4]]],
    [[[1, 3]], [[1, 5]], [[1, 3]]],
    [[[1, 5]], [[1, 3]], [[1, 3]]],
    [[[1, 5]], [[3, 5]], [[3, 5]]],
    [
      [[1, 3]],
      [[2, 4]],
      [
        [1, 3],
        [2, 4],
      ],
    ],
    [
      [
        [1, 8],
        [2, 9],
      ],
      [
        [3, 4],
        [6, 7],
      ],
      [
        [3, 4],
        [6, 7],
      ],
    ],
  ])('%j and %j are %j together', (left, right, merged) => {
    const arena = new Int32Array(200);
    const count = mergeSpans(arena, listIn(arena, 0, left), listIn(arena, 50, right), 100, 120);

    expect(readFrom(arena, 100, count)).toEqual(merged);
  });

  it('hold only the smallest: what contains the new one goes, the new one does not come where it contains the last', () => {
    const arena = new Int32Array(200);
    const pushAll = (spans: Spans) =>
      readFrom(
        arena,
        0,
        spans.reduce((count, [from, to]) => pushSmallest(arena, 0, 20, count, from, to), 0),
      );

    expect(
      pushAll([
        [1, 9],
        [2, 8],
        [3, 7],
      ]),
    ).toEqual([[3, 7]]);
    expect(
      pushAll([
        [1, 2],
        [1, 3],
      ]),
    ).toEqual([[1, 2]]);
    expect(
      pushAll([
        [1, 3],
        [1, 2],
      ]),
    ).toEqual([[1, 2]]);
    expect(
      pushAll([
        [1, 3],
        [2, 3],
        [4, 4],
      ]),
    ).toEqual([
      [2, 3],
      [4, 4],
    ]);
  });

  it.each([1, 2, 23, 24, 25, 26, 40])('of %i integers are sorted, and no others', (count) => {
    const values = Int32Array.from({ length: count + 4 }, (_, index) => (index * 7_919) % 101);
    const before = [...values];
    sortIntegers(values, 2, 2 + count);

    expect([...values.subarray(2, 2 + count)]).toEqual(before.slice(2, 2 + count).sort((a, b) => a - b));
    expect([values[0], values[1], values[count + 2], values[count + 3]]).toEqual([
      before[0],
      before[1],
      before[count + 2],
      before[count + 3],
    ]);
  });
});
