import { ABSENT, FIRST_SYMBOL, symbolsIn, WordTable } from '../../../shared/matching/compile/word-table.ts';
import { codeUnitsOf, hashOf } from '../../../shared/text/code-units.ts';

const find = (table: WordTable, word: string, hash?: number): readonly number[] | null => {
  const units = codeUnitsOf(word);
  const at = table.find(units, 0, word.length, hash ?? hashOf(units, 0, word.length));
  if (at === ABSENT) return null;
  const { records } = table;
  const symbols = records.slice(at + FIRST_SYMBOL, at + FIRST_SYMBOL + symbolsIn(records[at]!));
  expect([...table.symbolsAt(at)]).toEqual([...symbols]);
  return [...symbols];
};

const add = (table: WordTable, word: string, symbols: readonly number[], hash?: number): void => {
  const units = codeUnitsOf(word);
  table.add(units, 0, word.length, hash ?? hashOf(units, 0, word.length), symbols);
};

describe('a table of words', () => {
  it('gives back the symbols of each word, through all its growth', () => {
    const table = new WordTable(100_000);
    const words = Array.from({ length: 5_000 }, (_, index) => `word${index.toString(36)}`);

    words.forEach((word, index) => {
      add(table, word, index % 3 === 0 ? [] : [index, index + 1]);
    });

    words.forEach((word, index) => {
      expect(find(table, word)).toEqual(index % 3 === 0 ? [] : [index, index + 1]);
    });
    expect(find(table, 'word')).toBeNull();
  });

  it('distinguishes words with the same hash, also where one begins the other or differs in its last letter only', () => {
    const table = new WordTable(10);

    add(table, 'abc', [1], 77);
    add(table, 'abd', [2], 77);
    add(table, 'abcd', [3], 77);

    expect(find(table, 'abc', 77)).toEqual([1]);
    expect(find(table, 'abd', 77)).toEqual([2]);
    expect(find(table, 'abcd', 77)).toEqual([3]);
    expect(find(table, 'ab', 77)).toBeNull();
  });

  it('keeps all sixteen bits of a letter', () => {
    const table = new WordTable(10);

    add(table, '\u1234\u0034', [1]);

    expect(find(table, '\u1234\u0034')).toEqual([1]);
    expect(find(table, '\u0034\u1234')).toBeNull();
    expect(find(table, '\u0034\u0034')).toBeNull();
  });

  it('is full with so many words, and takes more all the same', () => {
    const table = new WordTable(2);
    expect(table.isEmpty).toBe(true);

    add(table, 'one', [1]);
    expect([table.isEmpty, table.isFull]).toEqual([false, false]);
    add(table, 'two', [2]);
    add(table, 'three', [3]);

    expect(table.isFull).toBe(true);
    expect(find(table, 'three')).toEqual([3]);
  });

  it('is full when its records have grown large, however few they are', () => {
    const table = new WordTable(1_000_000);
    const many = Array.from({ length: 100_000 }, (_, index) => index);

    for (let i = 0; i < 25; i++) add(table, `word${i}`, many);

    expect(table.isFull).toBe(true);
    expect(find(table, 'word24')).toEqual(many);
  });

  it('answers with a record of its own where the slots cannot name it, and does not confuse it with another', () => {
    const table = new WordTable(1_000_000);
    const units = codeUnitsOf('farbeyond');
    const hash = (start: number, end: number) => hashOf(units, start, end);
    for (let far = 1; far <= 2; far++) table.add(units, 0, far, hash(0, far), new Int32Array(1 << 23));

    const at = table.add(units, 3, 9, hash(3, 9), [8]);

    expect([...table.symbolsAt(at)]).toEqual([8]);
    expect(table.find(units, 3, 9, hash(3, 9))).toBe(ABSENT);
    expect(table.find(units, 0, 1, hash(0, 1))).toBe(0);
  });
});
