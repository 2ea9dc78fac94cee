// The same work for each of many items, some at a time.
import { mapConcurrently } from '../../../shared/core/map-concurrently.ts';

describe('work for each item', () => {
  it('has its results in the order of the items, however they end', async () => {
    const ends: (() => void)[] = [];
    const results = mapConcurrently(
      ['a', 'b', 'c'],
      3,
      (item) => new Promise<string>((end) => ends.push(() => end(item.toUpperCase()))),
    );

    for (const end of ends.toReversed()) end();

    expect(await results).toEqual(['A', 'B', 'C']);
  });

  it.each([
    [1, 5, 1],
    [2, 5, 2],
    [5, 5, 5],
    [9, 5, 5],
  ])('is done for %i at a time of %i at most: %i', async (concurrency, count, expected) => {
    let running = 0;
    let most = 0;
    const done: number[] = [];

    await mapConcurrently(
      Array.from({ length: count }, (_, index) => index),
      concurrency,
      async (item) => {
        most = Math.max(most, ++running);
        await Promise.resolve();
        running -= 1;
        done.push(item);
      },
    );

    expect([most, done.toSorted()]).toEqual([expected, [0, 1, 2, 3, 4]]);
  });

  it('has no results where there are no items', async () => {
    expect(await mapConcurrently([], 3, () => 1)).toEqual([]);
  });

  it('rejects with the first that rejects', async () => {
    const work = (item: number) => (item === 2 ? Promise.reject(new Error('two')) : item);

    await expect(mapConcurrently([1, 2, 3], 1, work)).rejects.toThrow('two');
  });
});
