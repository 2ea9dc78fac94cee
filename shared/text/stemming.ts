// The key under which the inflected forms of a word meet, for each language that has a stemmer here.
import { foldWord } from './fold.ts';
import { stemEnglish } from './stemmers/english.ts';

/** Stemmers of a language; given and returned: composed lower case letters, diacritics kept. */
const STEMMERS: Readonly<Record<string, (word: string) => string>> = {
  en: (word) => stemEnglish(foldWord(word)),
};

/**
 * The key of a bare word's inflected forms in a language ("en", "fr"). Case and diacritics make no difference to what
 * is returned, but the diacritics guide the stemmer, so give the word as it is written. Languages without a stemmer,
 * and words in digits, get `foldWord`.
 */
export function stemWord(surface: string, language: string): string {
  const stemmer = STEMMERS[language];
  if (stemmer === undefined || /\d/.test(surface)) return foldWord(surface);
  return foldWord(stemmer(surface.normalize('NFKC').toLowerCase()));
}
