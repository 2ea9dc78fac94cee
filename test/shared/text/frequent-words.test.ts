import { FREQUENT_WORDS } from '../../../shared/text/frequent-words.ts';

/** A word that no one could write a page of news without. */
const USUAL: Readonly<Record<string, string>> = {
  en: 'the',
  fr: 'de',
  es: 'de',
  de: 'die',
  it: 'di',
  pt: 'de',
  tr: 've',
  pl: 'w',
  nl: 'de',
  sv: 'är',
  ru: 'в',
  uk: 'в',
  bg: 'на',
  sr: 'и',
  ar: 'في',
  fa: 'و',
  ko: '있다',
  zh: '的',
  ja: 'の',
};

describe('the frequent words of a language', () => {
  it('are known for each of these languages, and hold its most usual word', () => {
    expect([...FREQUENT_WORDS].map(([language, [first]]) => [language, first])).toEqual(Object.entries(USUAL));
  });

  it.each([...FREQUENT_WORDS])('are eighty at least, each listed once: %s', (_language, words) => {
    expect(words.length).toBeGreaterThanOrEqual(80);
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
    expect(words.filter((word) => word.trim() !== word || word === '')).toEqual([]);
  });
});
