// What the matcher learns from the documents it reads: which word of a topic is the rare one.
import { CandidateIndex } from '../../../shared/matching/index/candidate-index.ts';
import type { Presence } from '../../../shared/matching/index/document-symbols.ts';

const [ARMY, TREATY, BORDER] = [0, 1, 2];
const GUESSES = [0.1, 0.2, 0.15];

/** The first entry requires army and treaty, the second border. */
const anIndex = (): CandidateIndex =>
  new CandidateIndex(
    [[requirement(ARMY), requirement(TREATY)], [requirement(BORDER)]],
    GUESSES.length,
    (symbol) => GUESSES[symbol] ?? 0,
  );
const requirement = (symbol: number) => ({ symbols: [symbol], cluster: null });

/** A document with these symbols, all in its first block. */
function aPresence(...symbols: readonly number[]): Presence {
  const blocks = new Int32Array(GUESSES.length);
  for (const symbol of symbols) blocks[symbol] = 1;
  return { symbols, blocks, blockTokens: 1, hasCharacters: false, hasCompounds: false, longestWord: 1 };
}

const found = (index: CandidateIndex, presence: Presence): number[] => {
  const { entries, count } = index.find(presence);
  return [...entries.subarray(0, count)];
};

const read = (index: CandidateIndex, documents: number, presence: Presence): void => {
  for (let number = 0; number < documents; number++) index.find(presence);
};

describe('the index of candidates', () => {
  it('finds an entry at the word guessed to be its rarest, where all its words are there', () => {
    const index = anIndex();

    expect(found(index, aPresence(ARMY, BORDER, TREATY))).toEqual([0, 1]);
    expect(found(index, aPresence(TREATY, BORDER, ARMY))).toEqual([1, 0]);
    expect(found(index, aPresence(ARMY))).toEqual([]);
    expect(found(index, aPresence(TREATY))).toEqual([]);
  });

  it.each([200, 1_000])('has learned after %i documents which word is the rarest', (documents) => {
    const index = anIndex();
    // Both words are as common as guessed until the last but one lesson.
    const before = documents === 200 ? 0 : 201;
    read(index, before, aPresence(TREATY));
    read(index, documents - before - 1, aPresence(ARMY));
    const last = found(index, aPresence(ARMY, BORDER, TREATY));
    const after = found(index, aPresence(ARMY, BORDER, TREATY));

    expect(last).toEqual([0, 1]);
    expect(after).toEqual([1, 0]);
  });

  it('keeps to its guess about words that it has hardly seen', () => {
    const index = anIndex();
    read(index, 198, aPresence(BORDER));
    read(index, 2, aPresence(ARMY, TREATY));

    expect(found(index, aPresence(ARMY, BORDER, TREATY))).toEqual([0, 1]);
  });
});

describe('the gate of an entry', () => {
  const [RARE, COMMON, OTHER] = [0, 1, 2];
  const WEIGHTS = [0.1, 0.5, 0.6, 0.7, 0.8];
  /** 5 tokens from the first to the last where tokens are words, 9 where they are characters. */
  const near = { words: 5, characters: 9 };
  const indexOf = (
    ...requirements: readonly (readonly [symbols: readonly number[], isNear: boolean])[]
  ): CandidateIndex =>
    new CandidateIndex(
      [requirements.map(([symbols, isNear]) => ({ symbols, cluster: isNear ? near : null }))],
      WEIGHTS.length,
      (symbol) => WEIGHTS[symbol] ?? 0,
    );
  /** A document with each symbol in these of its 32 blocks. */
  function inBlocks(places: Readonly<Record<number, readonly number[]>>, change: Partial<Presence> = {}): Presence {
    const blocks = new Int32Array(WEIGHTS.length);
    for (const [symbol, bits] of Object.entries(places)) for (const bit of bits) blocks[Number(symbol)]! |= 1 << bit;
    const symbols = Object.keys(places).map(Number);
    return { symbols, blocks, blockTokens: 4, hasCharacters: false, hasCompounds: false, longestWord: 1, ...change };
  }
  const isFound = (index: CandidateIndex, presence: Presence): boolean => found(index, presence).length === 1;
  const pair = () => indexOf([[RARE], true], [[COMMON], true]);

  it.each<[rare: readonly number[], common: readonly number[], change: Partial<Presence>, isNear: boolean]>([
    [[0], [0], {}, true],
    [[0], [1], {}, true],
    [[1], [0], {}, true],
    [[0], [2], {}, false],
    [[2], [0], {}, false],
    [[30], [31], {}, true],
    [[31], [30], {}, true],
    [[31], [0], {}, false],
    [[0], [31], {}, false],
    [[0, 20], [5, 21], {}, true],
    [[0, 20], [5, 22], {}, false],
    [[0], [2], { blockTokens: 3 }, true],
    [[0], [3], { blockTokens: 3 }, false],
    [[0], [4], { blockTokens: 1 }, true],
    [[0], [5], { blockTokens: 1 }, false],
    [[0], [2], { hasCharacters: true }, true],
    [[0], [3], { hasCharacters: true }, false],
    [[0], [3], { longestWord: 2 }, true],
    [[0], [4], { longestWord: 2 }, false],
    [[0], [31], { longestWord: 8, blockTokens: 1 }, true],
    [[31], [0], { longestWord: 8, blockTokens: 1 }, true],
  ])('lets through words in blocks that may be near: %j and %j, %j: %s', (rare, common, change, isNear) => {
    expect(isFound(pair(), inBlocks({ [RARE]: rare, [COMMON]: common }, change))).toBe(isNear);
  });

  it('asks nothing of the place of words that may be anywhere', () => {
    const index = indexOf([[RARE], false], [[COMMON], false]);

    expect(isFound(index, inBlocks({ [RARE]: [0], [COMMON]: [31] }))).toBe(true);
    expect(isFound(index, inBlocks({ [RARE]: [0] }))).toBe(false);
  });

  it('asks for one of several words', () => {
    const index = indexOf([[RARE], true], [[COMMON, OTHER], true]);

    expect(isFound(index, inBlocks({ [RARE]: [0], [OTHER]: [1] }))).toBe(true);
    expect(isFound(index, inBlocks({ [RARE]: [0], [COMMON]: [5], [OTHER]: [1] }))).toBe(true);
    expect(isFound(index, inBlocks({ [RARE]: [0], [COMMON]: [5], [OTHER]: [6] }))).toBe(false);
  });

  it('asks that all of a cluster be near its rarest word at one place', () => {
    const index = indexOf([[RARE], true], [[COMMON], true], [[OTHER], true]);

    expect(isFound(index, inBlocks({ [RARE]: [5], [COMMON]: [4], [OTHER]: [6] }))).toBe(true);
    expect(isFound(index, inBlocks({ [RARE]: [5, 15], [COMMON]: [4], [OTHER]: [16] }))).toBe(false);
  });

  it('is passed by the fifth rarest requirement without a look', () => {
    const index = indexOf([[0], false], [[1], false], [[2], false], [[3], false], [[4], false]);

    expect(isFound(index, inBlocks({ 0: [0], 1: [1], 2: [2], 3: [3] }))).toBe(true);
    expect(isFound(index, inBlocks({ 0: [0], 1: [1], 2: [2], 4: [3] }))).toBe(false);
  });

  it('is behind an anchor of several words, any of which will do', () => {
    const index = indexOf([[RARE, COMMON], false]);

    expect(
      [inBlocks({ [RARE]: [0] }), inBlocks({ [COMMON]: [0] }), inBlocks({ [OTHER]: [0] })].map((each) =>
        isFound(index, each),
      ),
    ).toEqual([true, true, false]);
    expect(found(index, inBlocks({ [RARE]: [0], [COMMON]: [0] }))).toEqual([0]);
  });
});

it('as many entries are found as there are', () => {
  const index = new CandidateIndex(
    Array.from({ length: 300 }, () => [requirement(ARMY)]),
    GUESSES.length,
    (symbol) => GUESSES[symbol] ?? 0,
  );

  expect(found(index, aPresence(ARMY))).toEqual(Array.from({ length: 300 }, (_, entry) => entry));
  expect(found(index, aPresence(TREATY))).toEqual([]);
});
