// Numbers by key in one flat table: the same as a map.
import { NumbersByKey } from '../../../shared/stories/numbers-by-key.ts';
import { seeded } from '../../support/seeded.ts';

describe('numbers by key', () => {
  it('are those of a map, whatever is added and subtracted', () => {
    const random = seeded(5);
    const numbers = new NumbersByKey(1);
    const map = new Map<number, number>();
    for (let step = 0; step < 40_000; step++) {
      // Few different keys, some of them next to each other, so that places are taken and freed again and again.
      const key = Math.floor(random() * 3_000) * (random() < 0.5 ? 1 : 0x10000);
      const count = 1 + Math.floor(random() * 3);
      const left = (map.get(key) ?? 0) + (random() < 0.55 ? count : -count);
      if (left > (map.get(key) ?? 0)) numbers.add(key, count);
      else numbers.subtract(key, count);
      if (left > 0) map.set(key, left);
      else map.delete(key);
    }

    expect(numbers.size).toBe(map.size);
    expect(new Map(numbers)).toEqual(map);
    expect([...map.keys()].every((key) => numbers.get(key) === map.get(key))).toBe(true);
  });

  it('are 0 for a key that was never added', () => {
    expect(new NumbersByKey(1).get(7)).toBe(0);
  });
});
