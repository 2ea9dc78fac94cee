// Keys under which written forms of the same word meet: `foldWord` for exact forms, `foldRaw` for exact case.
import { foldDigits } from './digits.ts';
import { simplifyHan } from './simplified-chinese.ts';

/**
 * The exact-form key of a word: compatibility forms and case unified (NFKC, lower case), apostrophes made ', invisible
 * characters dropped, diacritics of Latin and Greek letters stripped (élève = eleve, Łódź = lodz, ß = ss, ı = i),
 * ё = е. Cyrillic й, ї, ґ and the Ukrainian apostrophe stay: they distinguish words and people type them; stress
 * marks go. Arabic loses vowel signs and tatweel, and alef, ya, kaf and ta marbuta have one form each. Hebrew loses its points. Traditional
 * Chinese characters become simplified ones. Digits of every script become 0-9. Idempotent.
 */
export function foldWord(surface: string): string {
  if (PLAIN.test(surface)) return surface;
  // NFKC would make a space and a mark of the acute accent that is typed for an apostrophe.
  let word = surface.replaceAll('\u00b4', "'").normalize('NFKC').toLowerCase();
  if (PLAIN.test(word)) return word;
  word = word.replace(APOSTROPHES, "'").replace(INVISIBLE, '');
  if (DECOMPOSABLE.test(word)) {
    word = word.normalize('NFD').replace(LATIN_MARKS, '$1').replace(CYRILLIC_STRESS, '').normalize('NFC');
  }
  if (UNDECOMPOSED.test(word)) word = word.replace(UNDECOMPOSED_ALL, (letter) => PLAIN_LETTERS[letter]!);
  if (ARABIC.test(word)) word = foldArabic(word);
  if (HEBREW_POINTS.test(word)) word = word.replace(HEBREW_POINTS_ALL, '');
  if (BEYOND_ARABIC.test(word)) word = foldDigits(word);
  if (HAN.test(word)) word = simplifyHan(word);
  return word;
}

/** The key of `=Word`: its letters, case and diacritics as written; only composition and apostrophes are unified. */
export const foldRaw = (surface: string): string => {
  if (PLAIN_ANY_CASE.test(surface)) return surface;
  return surface.normalize('NFC').replace(APOSTROPHES, "'").replace(INVISIBLE, '');
};

/** U.S -> US: the same name without its points, so that US finds both spellings. Null for words that are not initials. */
export const joinedInitials = (surface: string): string | null =>
  surface.length <= LONGEST_INITIALS && INITIALS.test(surface) ? surface.replace(/[.\uff0e]/g, '') : null;

/** Capitals only: a.m. and p.m. are not AM and PM. */
const INITIALS = /^\p{Lu}(?:[.\uff0e]\p{Lu})+$/u;
const LONGEST_INITIALS = 11;
const PLAIN = /^[a-z0-9']*$/;
const PLAIN_ANY_CASE = /^[A-Za-z0-9'.,]*$/;
/** The grave and acute accents are typed for one too. */
const APOSTROPHES = /[`\u00b4\u2018\u2019\u02b9\u02bb\u02bc\uff07]/g;
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const DECOMPOSABLE = /[^\0-\x7f\u3040-\ud7ff]/;
const LATIN_MARKS = /([\p{Script=Latin}\p{Script=Greek}])\p{Mn}+/gu;
/** й, ї and ў are a letter with a mark too, but other marks than these two. */
const CYRILLIC_STRESS = /(?<=[\u0400-\u052f])[\u0300\u0301]+/g;
/** Letters that Unicode does not take apart. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ё: 'е',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
};
const UNDECOMPOSED = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`);
const UNDECOMPOSED_ALL = new RegExp(UNDECOMPOSED.source, 'g');
const ARABIC = /[\u0600-\u06ff]/;
const HEBREW_POINTS = /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]/;
const HEBREW_POINTS_ALL = new RegExp(HEBREW_POINTS.source, 'g');
/** Where digits of other scripts may be; those of Arabic and full width are done with before. */
const BEYOND_ARABIC = /[\u07c0-\u1819]/;
const HAN = /[\u4e00-\u9fff]/;

/** As light10 does (Larkey and others, Light Stemming for Arabic Information Retrieval, 2007); Persian letters too. */
function foldArabic(word: string): string {
  return word
    .replace(/[\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/[ىیې]/g, 'ي')
    .replace(/ک/g, 'ك')
    .replace(/ة/g, 'ه')
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}
