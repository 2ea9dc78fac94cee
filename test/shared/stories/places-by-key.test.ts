// Short lists of places by key.
import { PlacesByKey } from '../../../shared/stories/places-by-key.ts';
import { seeded } from '../../support/seeded.ts';

const PLACES = 1_000;

/** The places under the key, in their order. */
function placesOf(lists: PlacesByKey, key: number): readonly number[] {
  const met = new Int32Array(PLACES);
  return [...met.subarray(0, lists.meet(key, new Uint8Array(PLACES), met, 0))];
}

describe('places by key', () => {
  it('are in the order in which they were put, each once', () => {
    const lists = new PlacesByKey(4);
    for (const place of [3, 1, 2, 3]) lists.put(7, place);

    expect(placesOf(lists, 7)).toEqual([1, 2, 3]);
    expect(placesOf(lists, 8)).toEqual([]);
  });

  it('are no more than so many: the one that was put first goes', () => {
    const lists = new PlacesByKey(2);
    for (const place of [1, 2, 3]) lists.put(7, place);

    expect(placesOf(lists, 7)).toEqual([2, 3]);
  });

  it('are met once each by several keys, and their times are counted', () => {
    const lists = new PlacesByKey(4);
    for (const place of [1, 2]) lists.put(7, place);
    for (const place of [2, 3]) lists.put(8, place);
    const times = new Uint8Array(PLACES);
    const met = new Int32Array(PLACES);

    const count = lists.meet(8, times, met, lists.meet(7, times, met, 0));

    expect([...met.subarray(0, count)]).toEqual([1, 2, 3]);
    expect([...times.subarray(0, 4)]).toEqual([0, 1, 2, 1]);
  });

  it('are like lists in a map, whatever is put and removed', () => {
    const random = seeded(3);
    const lists = new PlacesByKey(3);
    const plain = new Map<number, number[]>();
    for (let step = 0; step < 20_000; step++) {
      const key = Math.floor(random() * 300) * 977 - 100_000;
      const place = Math.floor(random() * 6);
      const others = (plain.get(key) ?? []).filter((each) => each !== place);
      if (random() < 0.5) {
        lists.remove(key, place);
        plain.set(key, others);
      } else {
        lists.put(key, place);
        plain.set(key, [...others, place].slice(-3));
      }
    }

    for (const [key, places] of plain) expect(placesOf(lists, key)).toEqual(places);
  });
});
