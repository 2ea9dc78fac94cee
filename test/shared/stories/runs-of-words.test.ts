// The share of one text that another has, estimated from samples.
import { containment, RunsOfWords, type Sample } from '../../../shared/stories/runs-of-words.ts';

function sampleOf(words: readonly number[]): Sample {
  const runs = new RunsOfWords(words.length);
  for (const word of words) runs.add(word, false);
  return runs.sample();
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe('containment', () => {
  it('is whole for the same text', () => {
    expect(containment(sampleOf(range(0, 40)), sampleOf(range(0, 40)))).toEqual({ share: 1, runs: 37 });
  });

  it('is whole for a text that was cut short, however long the other is', () => {
    const { share, runs } = containment(sampleOf(range(0, 200)), sampleOf(range(0, 60)));

    expect(share).toBe(1);
    expect(runs).toBeGreaterThan(5);
  });

  it('is about the share that two long texts have in common', () => {
    const { share } = containment(sampleOf(range(0, 200)), sampleOf(range(100, 300)));

    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.7);
  });

  it('is none for other words in the same order', () => {
    expect(containment(sampleOf(range(0, 100)), sampleOf(range(500, 600))).share).toBe(0);
  });

  it('is none for a text of fewer words than a run', () => {
    expect(containment(sampleOf([1, 2, 3]), sampleOf(range(0, 40)))).toEqual({ share: 0, runs: 0 });
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
