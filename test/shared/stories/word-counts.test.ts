// Counts of words in one flat table: the same as a map.
import { WordCounts } from '../../../shared/stories/word-counts.ts';
import { seeded } from '../../support/seeded.ts';

describe('word counts', () => {
  it('are those of a map, whatever is added and subtracted', () => {
    const random = seeded(5);
    const counts = new WordCounts();
    const map = new Map<number, number>();
    for (let step = 0; step < 40_000; step++) {
      // Few different keys, some of them next to each other, so that places are taken and freed again and again.
      const key = Math.floor(random() * 3_000) * (random() < 0.5 ? 1 : 0x10000);
      const count = 1 + Math.floor(random() * 3);
      const left = (map.get(key) ?? 0) + (random() < 0.55 ? count : -count);
      if (left > (map.get(key) ?? 0)) counts.add(key, count);
      else counts.subtract(key, count);
      if (left > 0) map.set(key, left);
      else map.delete(key);
    }

    expect(counts.size).toBe(map.size);
    expect(new Map(counts)).toEqual(map);
    expect([...map.keys()].every((key) => counts.get(key) === map.get(key))).toBe(true);
  });

  it('has 0 for a word that was never counted', () => {
    expect(new WordCounts().get(7)).toBe(0);
  });
});
