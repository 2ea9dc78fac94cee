// English: the inflectional steps of Porter's second stemmer (Snowball "english"), with words of the news.

import { toAmericanSpelling } from './english-spelling.ts';
import { FORMS_OF_UNCHANGING, IRREGULAR_FORMS, SINGULAR_IN_MEN, UNCHANGING } from './english-words.ts';
import { regionStart } from './regions.ts';

const VOWELS = 'aeiouy';
const HAS_VOWEL = /[aeiouy]/;
/** A consonant, a vowel and a consonant other than w, x and the consonant y; or a vowel and a consonant only. */
const ENDS_SHORT = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy])$/;
const DOUBLED = /(?:bb|dd|gg|mm|nn|pp|rr|tt)$/;

/**
 * Plural, third person, past and -ing of nouns and verbs, some comparatives, and British spelling. Derived words keep
 * apart (ratify, ratification; policy, police; universe, university): authors list them.
 */
export function stemEnglish(word: string): string {
  let stem = word.replace(/'(?:s'?)?$/, '');
  if (!/^[a-z]+$/.test(stem)) return stem;
  stem = FORMS_OF_UNCHANGING.get(stem) ?? IRREGULAR_FORMS.get(stem) ?? stem;
  if (stem.endsWith('men') && stem.length > 5 && !SINGULAR_IN_MEN.has(stem)) stem = `${stem.slice(0, -2)}an`;
  if (UNCHANGING.has(stem)) return stem;
  stem = toAmericanSpelling(stem);
  // A y that begins a word or follows a vowel is a consonant.
  stem = stem.replace(/^y/, 'Y').replace(/([aeiouy])y/g, '$1Y');
  stem = withoutPlural(stem);
  stem = withoutPastOrParticiple(stem);
  stem = stem.replace(/(?<=.[^aeiouy])[yY]$/, 'i');
  return withoutFinal(stem);
}

function withoutPlural(word: string): string {
  if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
  if (word.length < 4 || /(?:us|ss)$/.test(word)) return word;
  return /[aeiouy].+s$/.test(word) ? word.slice(0, -1) : word;
}

function withoutPastOrParticiple(word: string): string {
  if (word.endsWith('eed')) return word.length - 3 >= regionStart(word, VOWELS) ? word.slice(0, -1) : word;
  const cut = /(?:ed|ing)$/.exec(word);
  if (cut === null || !HAS_VOWEL.test(word.slice(0, cut.index))) return word;
  const stem = word.slice(0, cut.index);
  if (DOUBLED.test(stem)) return stem.length > 3 ? stem.slice(0, -1) : stem;
  return ENDS_SHORT.test(stem) && regionStart(stem, VOWELS) === stem.length ? `${stem}e` : stem;
}

/** Without the final e that other forms lack, and without the second l of British doubling (controll, expell). */
function withoutFinal(word: string): string {
  const first = regionStart(word, VOWELS);
  const second = regionStart(word, VOWELS, first);
  const last = word.length - 1;
  if (word.endsWith('e')) {
    const isSilent = last >= second || (last >= first && !ENDS_SHORT.test(word.slice(0, -1)));
    return isSilent ? word.slice(0, -1) : word;
  }
  return word.endsWith('ll') && last >= second ? word.slice(0, -1) : word;
}
