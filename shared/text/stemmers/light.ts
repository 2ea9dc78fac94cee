// Endings of inflection for languages that have no stemmer of their own here: the longest that leaves enough of the word
// is cut. Derivation is not touched.
import { foldWord } from '../fold.ts';

/** Words are given in lower case, with their diacritics; most have no use for these. */
type Stemmer = (word: string) => string;

/** `endings`: none behind one that it ends in. */
function cutter(endings: string, shortest: number): Stemmer {
  const all = endings.split(' ');
  return (word) => {
    const ending = all.find((each) => word.endsWith(each) && word.length - each.length >= shortest);
    return ending === undefined ? word : word.slice(0, -ending.length);
  };
}

const folded =
  (stem: Stemmer): Stemmer =>
  (word) =>
    stem(foldWord(word));

const czech = cutter(
  'ovych ove ovi atech ech ach ami emi imi ymi ych ich eho emu iho imu um em am ou ym im a e i o u y',
  3,
);
const slovak = cutter('ovych ove ovi iach och ach ami mi eho emu ych ich om em am ou ov ym im a e i o u y', 3);
const southSlavic = cutter('ovima evima ama ima oga ega omu emu ovi evi ova eva om em im ih og eg oj a e i o u', 3);
const scandinavian = cutter(
  'arnas ernas ornas ernes enes arna erna orna erne ene ens ets ers ar er or en et as es s a e',
  3,
);
const dutch = cutter('heden en e s', 3);
const finnishCases = cutter(
  'iksi issa ista iin illa ilta ille jen ien iden ssa sta lla lta lle ksi na oja uja eja ia ta n t',
  4,
);
const hungarianCases = cutter(
  'nak nek val vel ban ben ból ből ról ről tól től hoz hez höz nál nél ra re ba be ért ig',
  4,
);
const hungarianNumber = cutter('ákat éket okat eket öket akat ák ék ok ek ök ak át ét ot et öt at t k a e á é i', 4);
const indonesian = cutter('nya lah kah pun ku mu', 4);

/** joukko, joukkoja, joukoissa: the vowel of the stem changes, so it goes too. */
const stemFinnish: Stemmer = (word) => finnishCases(word).replace(/(?<=....)[aeiouy]{1,2}$/, '');

/** The long vowel distinguishes katonák, soldiers, from a word with the ending -nak. */
const stemHungarian: Stemmer = (word) => hungarianNumber(hungarianCases(word));

/** legers, soldaten: behind the ending a doubled consonant was single, and a single vowel double. */
const stemDutch: Stemmer = (word) =>
  dutch(word)
    .replace(/([bcdfgklmnprst])\1$/, '$1')
    .replace(/([aeou])\1(?=[bcdfghklmnprstvz]$)/, '$1');

const HINDI: readonly (readonly [ending: RegExp, by: string])[] = [
  [/(?<=..)(?:ियों|ियाँ|ियां)$/u, 'ी'],
  [/(?<=..)(?:ाओं|ाएँ|ाएं)$/u, ''],
  [/(?<=..)(?:ुओं|ुएँ|ुएं)$/u, 'ु'],
  [/(?<=..)(?:ों|ें)$/u, ''],
  [/(?<=...)[ाेो]$/u, ''],
];

const stemHindi: Stemmer = (word) => {
  const [ending, by] = HINDI.find(([each]) => each.test(word)) ?? [];
  return ending === undefined ? word : word.replace(ending, by!);
};

const CYRILLIC = 'абвгдђежзијклљмнњопрстћуфхцчџш';
const LATIN = 'a b v g d dj e z z i j k l lj m n nj o p r s t c u f h c c dz s'.split(' ');

/** Serbian is written in both; the endings are listed in Latin letters. */
const stemSerbian: Stemmer = (word) =>
  southSlavic(word.replace(/[а-шђјљњћџ]/g, (letter) => LATIN[CYRILLIC.indexOf(letter)] ?? letter));

export const LIGHT_STEMMERS: Readonly<Record<string, Stemmer>> = {
  cs: folded(czech),
  sk: folded(slovak),
  sr: folded(stemSerbian),
  hr: folded(southSlavic),
  bs: folded(southSlavic),
  sl: folded(southSlavic),
  sv: folded(scandinavian),
  da: folded(scandinavian),
  no: folded(scandinavian),
  nl: folded(stemDutch),
  fi: folded(stemFinnish),
  hu: stemHungarian,
  id: folded(indonesian),
  ms: folded(indonesian),
  hi: folded(stemHindi),
};
