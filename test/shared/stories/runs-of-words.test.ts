// The share of one text that another has, estimated from samples.
import { overlapOf, RunsOfWords, type Sample } from '../../../shared/stories/runs-of-words.ts';

function sampleOf(words: readonly number[]): Sample {
  const runs = new RunsOfWords(words.length);
  for (const word of words) runs.add(word, false);
  return runs.sample();
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe('the overlap of two texts', () => {
  it('is whole for the same text', () => {
    const words = range(0, 40);

    expect(overlapOf(sampleOf(words), sampleOf(words))).toMatchObject({ share: 1, runs: 37, shareWithin: 1 });
  });

  it('is whole for a text that was cut short, however long the other is', () => {
    const { share, runs } = overlapOf(sampleOf(range(0, 60)), sampleOf(range(0, 200)));

    expect(share).toBe(1);
    expect(runs).toBeGreaterThan(5);
  });

  it('is about the share that two long texts have in common', () => {
    const { share } = overlapOf(sampleOf(range(0, 200)), sampleOf(range(100, 300)));

    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.7);
  });

  it('is none for other words in the same order', () => {
    expect(overlapOf(sampleOf(range(0, 100)), sampleOf(range(500, 600)))).toMatchObject({ share: 0, own: null });
  });

  it('is none for a text of fewer words than a run', () => {
    expect(overlapOf(sampleOf([1, 2, 3]), sampleOf(range(0, 40)))).toMatchObject({ share: 0, runs: 0 });
  });

  it('says where the common words are in either text, and how many others are before and behind them', () => {
    const { own, others } = overlapOf(sampleOf([90, 91, ...range(0, 20), 92]), sampleOf([...range(0, 20), 93, 94]));

    expect(own).toMatchObject({ first: 2, last: 21, before: 2, behind: 1 });
    expect(others).toMatchObject({ first: 0, last: 19, before: 0, behind: 2 });
  });

  it('tells how much is the same between the first and the last common run, whatever is before and behind', () => {
    const changed = [...range(0, 12), 99, ...range(12, 24)];

    const same = overlapOf(
      sampleOf([...range(60, 80), ...range(0, 24)]),
      sampleOf([...range(0, 24), ...range(80, 99)]),
    );
    const other = overlapOf(sampleOf(changed), sampleOf([...range(0, 24), ...range(80, 99)]));

    expect(same.shareWithin).toBe(1);
    expect(other.shareWithin).toBeCloseTo(18 / 22);
  });

  it('tells the length of a head of a long text to a few words', () => {
    const { own } = overlapOf(sampleOf([...range(900, 912), ...range(0, 220)]), sampleOf(range(0, 230)));

    expect(own!.before).toBeGreaterThan(5);
    expect(own!.before).toBeLessThanOrEqual(12);
  });

  it('has no places where one of the samples was stored without them', () => {
    const { hashes, isWhole } = sampleOf(range(0, 40));

    expect(overlapOf(sampleOf(range(0, 40)), { hashes, isWhole })).toMatchObject({ share: 1, own: null, others: null });
  });
});

describe('runs of words', () => {
  it('leave the title out, unless the text is short', () => {
    const long = new RunsOfWords(20);
    const short = new RunsOfWords(5);
    for (const runs of [long, short]) for (const word of range(0, 6)) runs.add(word, true);

    expect(long.sample().hashes).toHaveLength(0);
    expect(short.sample().hashes).toHaveLength(3);
  });

  it('tell which words lie between the first and the last shared run', () => {
    const changed = new RunsOfWords(30);
    for (const word of [90, 91, ...range(0, 10), 92, ...range(10, 20), 93]) changed.add(word, false);

    expect([...changed.keysWithin(sampleOf(range(0, 20)))].sort((a, b) => a - b)).toEqual([...range(0, 20), 92]);
    expect(changed.keysWithin(sampleOf(range(500, 520))).size).toBe(0);
  });
});
