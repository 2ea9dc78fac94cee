import { codeUnitsOf, hashOf, hashText } from '../../../shared/text/code-units.ts';

const unitsIn = (text: string): number[] => Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));

describe('the code units of a text', () => {
  it.each([
    ['Latin', 'Deployed'],
    ['accents and other scripts', 'déployé, развёрнуты, 파병, 出兵'],
    ['surrogates, in pairs and alone', 'a\u{20000}b\ud800c\udc00'],
    ['a text longer than any before', `${'long '.repeat(20_000)}end`],
    ['nothing', ''],
  ])('are those of the string: %s', (_name, text) => {
    const units = codeUnitsOf(text);

    expect([...units.subarray(0, text.length)]).toEqual(unitsIn(text));
  });

  it('end in zeros, whatever text was there before', () => {
    codeUnitsOf('a text with many letters');

    const units = codeUnitsOf('short');

    expect([...units.subarray(5, 9)]).toEqual([0, 0, 0, 0]);
  });

  it('have the same hash as the text itself', () => {
    for (const text of ['', 'a', 'Zürich', '파병', 'a\u{20000}b'])
      expect(hashText(text)).toBe(hashOf(codeUnitsOf(text), 0, text.length));
  });

  it('have a hash that depends on each of them and on their order', () => {
    const hash = (word: string) => hashOf(codeUnitsOf(word), 0, word.length);

    expect(new Set(['abc', 'acb', 'abd', 'ab', 'abca'].map(hash)).size).toBe(5);
    expect(hashOf(codeUnitsOf('xabcx'), 1, 4)).toBe(hash('abc'));
  });
});
