// The key under which the inflected forms of a word meet, for each language that has a stemmer here.
import { foldWord } from './fold.ts';
import { stemArabic, stemPersian } from './stemmers/arabic.ts';
import { stemEnglish } from './stemmers/english.ts';
import { stemFrench } from './stemmers/french.ts';
import { stemGerman } from './stemmers/german.ts';
import { stemItalian } from './stemmers/italian.ts';
import { LIGHT_STEMMERS } from './stemmers/light.ts';
import { withoutParticles } from './stemmers/particles.ts';
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
  // ş is kept through the folding: endings begin with s and never with ş (savaşı is not a form of sava).
  tr: (word) => stemTurkish(foldWord(word.replaceAll('ş', SH_MARK))).replaceAll(SH_MARK, 's'),
  ...LIGHT_STEMMERS,
};

/** Languages whose inflection is known here. */
export const LANGUAGES_WITH_STEMMER: readonly string[] = Object.keys(STEMMERS);

/**
 * The key of a bare word's inflected forms in a language ("en", "fr"). Case and diacritics make no difference to what
 * is returned, but the diacritics guide the stemmer, so give the word as it is written. Languages without a stemmer,
 * and words in digits, get `foldWord`.
 */
export function stemWord(surface: string, language: string): string {
  const stemmer = STEMMERS[language];
  if (stemmer === undefined || /\d/.test(surface)) return foldWord(surface);
  // A mark or soft sign on its own is nothing but an ending.
  return foldWord(stemmer(surface.replaceAll('\u00b4', "'").normalize('NFKC').toLowerCase())) || foldWord(surface);
}

/**
 * All keys under which a word of a text is found by bare words of a language: its own, those of what is left when a
 * particle written together with it is taken off (`withoutParticles`), and that of the word without the apostrophe
 * inside it, as in Qur'an.
 */
export function stemsOf(surface: string, language: string): readonly string[] {
  const own = stemWord(surface, language);
  const others = withoutParticles(surface, language);
  if (APOSTROPHE_INSIDE.test(surface) && !CONTRACTION.test(surface))
    others.push(surface.replace(/['\u2019\u02bc]/g, ''));
  return others.length === 0 ? [own] : [own, ...others.map((word) => stemWord(word, language))];
}

/**
 * The exact forms of a word of a text, given folded: itself, and in Arabic without "and" before the article, which is no
 * part of it.
 */
export function exactFormsOf(folded: string): readonly string[] {
  return AND_BEFORE_ARTICLE.test(folded) ? [folded, folded.slice(1)] : [folded];
}

const APOSTROPHE_INSIDE = /\p{L}{2}['\u2019\u02bc]\p{L}{2}/u;
/** I'll, they're, o'clock's: words that are another word without their apostrophe. */
const CONTRACTION = /(?:['\u2019\u02bc](?:ll|re|ve|d|m|s|t)|n['\u2019\u02bc]t)$/i;
const AND_BEFORE_ARTICLE = /^[وف]ال.{3}/u;
