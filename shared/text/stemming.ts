// The key under which the inflected forms of a word meet, for each language that has a stemmer here.
import { foldWord } from './fold.ts';
import { stemArabic, stemPersian } from './stemmers/arabic.ts';
import { stemEnglish } from './stemmers/english.ts';
import { stemFrench } from './stemmers/french.ts';
import { stemGerman } from './stemmers/german.ts';
import { stemItalian } from './stemmers/italian.ts';
import { stemPolish } from './stemmers/polish.ts';
import { stemPortuguese } from './stemmers/portuguese.ts';
import { stemRussian } from './stemmers/russian.ts';
import { stemSpanish } from './stemmers/spanish.ts';
import { SH_MARK, stemTurkish } from './stemmers/turkish.ts';
import { stemUkrainian } from './stemmers/ukrainian.ts';

/** What a stemmer gets has case, composition and apostrophes unified, and its diacritics unless it has no use for them. */
const STEMMERS: Readonly<Record<string, (word: string) => string>> = {
  en: (word) => stemEnglish(foldWord(word)),
  ru: (word) => stemRussian(foldWord(word)),
  uk: (word) => stemUkrainian(foldWord(word)),
  fr: stemFrench,
  es: stemSpanish,
  pt: stemPortuguese,
  it: stemItalian,
  de: stemGerman,
  ar: (word) => stemArabic(foldWord(word)),
  fa: (word) => stemPersian(foldWord(word)),
  pl: stemPolish,
  // ş is kept through the folding: endings begin with s and never with ş (savaşı is no form of sava).
  tr: (word) => stemTurkish(foldWord(word.replaceAll('ş', SH_MARK))).replaceAll(SH_MARK, 's'),
};

/**
 * The key of a bare word's inflected forms in a language ("en", "fr"). Case and diacritics make no difference to what
 * is returned, but the diacritics guide the stemmer, so give the word as it is written. Languages without a stemmer,
 * and words in digits, get `foldWord`.
 */
export function stemWord(surface: string, language: string): string {
  const stemmer = STEMMERS[language];
  if (stemmer === undefined || /\d/.test(surface)) return foldWord(surface);
  // A mark or soft sign by itself is all ending.
  return foldWord(stemmer(surface.normalize('NFKC').toLowerCase())) || foldWord(surface);
}
