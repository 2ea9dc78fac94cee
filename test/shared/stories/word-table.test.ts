// The words of one document, found by key.
import { heaviestFirst } from '../../../shared/stories/heaviest-first.ts';
import { WordTable } from '../../../shared/stories/word-table.ts';

describe('a table of words', () => {
  it('finds each word that was added, and no other', () => {
    const words = Array.from({ length: 240 }, (_, i) => ({ key: (i - 120) * 65_536 }));
    const table = new WordTable<{ key: number }>(words.length);
    for (const word of words) table.add(word);

    expect(words.map(({ key }) => table.get(key))).toEqual(words);
    expect([table.has(0), table.has(1), table.get(1)]).toEqual([true, false, undefined]);
    expect(table.all).toEqual(words);
  });
});

describe('the order by weight', () => {
  it('has the heaviest first, and equal ones in their order', () => {
    expect(heaviestFirst([0.2, 3, 0.2, 0, 1_000, 0.2])).toEqual([4, 1, 0, 2, 5, 3]);
  });

  it('is that of the places where nothing weighs anything', () => {
    expect(heaviestFirst([0, 0, 0])).toEqual([0, 1, 2]);
    expect(heaviestFirst([])).toEqual([]);
  });
});
