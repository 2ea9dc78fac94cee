// Which languages a query may name.
import { isLanguage, languageWanted } from '../../../shared/text/language-codes.ts';

describe('a language of a query', () => {
  it.each(['en', 'EN', 'de', 'gsw', 'pt-BR', 'sr-Latn-RS', 'und', 'UND', 'en-ab', 'en-abcdefgh'])(
    'may be %s',
    (tag) => {
      expect(isLanguage(tag)).toBe(true);
    },
  );

  it.each(['', 'e', 'xx', 'engl', 'English', 'en-', 'en-a', 'en-abcdefghi', 'en_GB', ' en', 'en ', 'und-', 'e1'])(
    'may not be "%s"',
    (tag) => {
      expect(isLanguage(tag)).toBe(false);
    },
  );

  it.each([
    ['German', ' Did you mean "de"?'],
    [' ukrainian ', ' Did you mean "uk"?'],
    // The first and the last in the alphabet.
    ['Afar', ' Did you mean "aa"?'],
    ['ZULU', ' Did you mean "zu"?'],
    ['Klingon', ''],
    ['Germ', ''],
  ])('that is its English name, "%s", is understood', (text, hint) => {
    expect(languageWanted(text)).toBe(`a language code such as "en" or "pt-BR"${hint === '' ? '' : `.${hint}`}`);
  });
});
