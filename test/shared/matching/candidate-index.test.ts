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
