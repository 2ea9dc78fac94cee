// What is known of the languages of one script, laid out so that one pass over a text weighs all of them at once: for each word and
// each pair of letters, what it says for every language of the script.
import { FREQUENT_WORDS } from './frequent-words.ts';
import { FREQUENT_WORDS_OF_NEIGHBOURS } from './frequent-words-of-neighbours.ts';
import { EVEN_LEVEL, LETTER_PAIRS, LEVEL_STEP, PAIR_ALPHABETS } from './letter-pairs.ts';
import { LETTER_PAIRS_OF_NEIGHBOURS } from './letter-pairs-of-neighbours.ts';

/** Scripts that several of our languages share. */
export type SharedScript = 'Latin' | 'Cyrillic' | 'Arabic';

export interface Profiles {
  readonly languages: readonly string[];
  /** Natural logarithms of the odds before anything is read. */
  readonly leads: Float64Array;
  /** Word -> numbers of the languages that list it, each with the logarithm of how much more frequent it is there than an unlisted word. */
  readonly words: ReadonlyMap<string, readonly (readonly [language: number, weight: number])[]>;
  /** Character code -> number of the letter in pairs, from 1; 0 for what divides words. */
  readonly letters: Uint8Array;
  /** Letters and the edge of a word: pair (a, b) is number side * a + b. 1 where no pairs are known. */
  readonly side: number;
  /** Of pair p and language n at p * languages + n. */
  readonly pairs: Float32Array;
  /** Letter -> 1 for each language that has it not; a letter that all have is missing. */
  readonly lacking: ReadonlyMap<string, Uint8Array>;
  /** For letters of no language. */
  readonly lackingEverywhere: Uint8Array;
}

/** Advance of a script's first language, the most frequent one in feeds. */
const FIRST_LANGUAGE_LEAD = 0.7;
/** Languages that look like ours and are rarer in feeds: a headline that could be either is ours. */
const NEIGHBOUR_LEAD = -2;
/** Almost every sentence of Azerbaijani has an ə, which counts strongly against Turkish. */
const AZERBAIJANI_LEAD = -6;
/** Smoothing: share of text assumed for a word that is in no list. */
const UNLISTED_SHARE = 2e-4;
/** Pairs within a word depend on each other, so each is worth less than it seems. */
const PAIR_WEIGHT = 0.5;

/** Letters beyond a-z, or all letters, of the languages that share a script; the likelier language first. */
const LETTERS: Readonly<Record<SharedScript, Readonly<Record<string, string>>>> = {
  Latin: {
    en: '',
    es: 'áéíñóúü',
    fr: 'àâæçèéêëîïôùûüÿœ',
    de: 'äöüß',
    it: 'àèéìòù',
    pt: 'áâãàçéêíóôõú',
    tr: 'âçğıîöşüû',
    pl: 'ąćęłńóśźż',
    nl: 'éëïóö',
    sv: 'åäöé',
    cs: 'áčďéěíňóřšťúůýž',
    sk: 'áäčďéíĺľňóôŕšťúýž',
    da: 'æøåé',
    no: 'æøåéò',
    ro: 'ăâîșțşţ',
    ca: 'àçèéíïòóúü',
    az: 'çəğıöşü',
    gl: 'áéíïñóúü',
    eu: 'ñü',
    sh: 'čćđšž',
    sl: 'čšž',
    hu: 'áéíóöőúüű',
    fi: 'äö',
    et: 'äõöüšž',
    lv: 'āčēģīķļņšūž',
    lt: 'ąčęėįšųūž',
    id: '',
    ms: '',
    vi: 'àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ',
    fil: 'ñ',
    is: 'áæðéíóöúýþ',
    sq: 'çë',
    sw: '',
    af: 'áêéèëîïôöûŉ',
    cy: 'âêîôûŵŷïö',
    ga: 'áéíóú',
    mt: 'ċġħżàèìòù',
    uz: 'ʻʼ',
    lb: 'äéëö',
    ht: 'èò',
  },
  Cyrillic: {
    ru: 'абвгдежзийклмнопрстуфхцчшщъыьэюяё',
    uk: 'абвгдежзийклмнопрстуфхцчшщьюяєіїґ',
    bg: 'абвгдежзийклмнопрстуфхцчшщъюя',
    sr: 'абвгдежзиклмнопрстуфхцчшђјљњћџ',
    be: 'абвгдежзйклмнопрстуфхцчшыьэюяёіў',
    mk: 'абвгдежзиклмнопрстуфхцчшѓѕјљњќџ',
  },
  Arabic: {
    ar: 'ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي',
    fa: 'ءآأؤئابتثجحخدذرزسشصضطظعغفقلمنهوپچژکگی',
    ur: 'ءآأؤئابتثجحخدذرزسشصضطظعغفقلمنوپچژکگیٹڈڑںھہۂۃے',
  },
};

const listOf = (language: string): readonly string[] =>
  FREQUENT_WORDS.get(language) ?? FREQUENT_WORDS_OF_NEIGHBOURS.get(language) ?? [];

/** Whether the words of a language are known, so that their absence means something. */
export const hasList = (language: string): boolean => listOf(language).length > 0;

const PROFILES = new Map<SharedScript, Profiles>();

/** Made once per script. */
export function profilesOf(script: SharedScript): Profiles {
  let profiles = PROFILES.get(script);
  if (profiles === undefined) {
    profiles = buildProfiles(LETTERS[script], PAIR_ALPHABETS[script] ?? '');
    PROFILES.set(script, profiles);
  }
  return profiles;
}

function buildProfiles(letters: Readonly<Record<string, string>>, alphabet: string): Profiles {
  const languages = Object.keys(letters);
  const leadOf = (language: string, at: number): number =>
    at === 0
      ? FIRST_LANGUAGE_LEAD
      : language === 'az'
        ? AZERBAIJANI_LEAD
        : FREQUENT_WORDS_OF_NEIGHBOURS.has(language)
          ? NEIGHBOUR_LEAD
          : 0;
  return {
    languages,
    leads: Float64Array.from(languages, leadOf),
    words: wordsOf(languages),
    letters: lettersOf(alphabet),
    side: alphabet.length + 1,
    pairs: pairsOf(languages, alphabet),
    lacking: lackingLetters(Object.values(letters)),
    lackingEverywhere: new Uint8Array(languages.length).fill(1),
  };
}

function wordsOf(languages: readonly string[]): Profiles['words'] {
  const words = new Map<string, (readonly [number, number])[]>();
  languages.forEach((language, at) => {
    listOf(language).forEach((word, rank) => {
      const weight = [at, weightOfRank(rank)] as const;
      const known = words.get(word);
      if (known === undefined) words.set(word, [weight]);
      else known.push(weight);
    });
  });
  return words;
}

/** By Zipf: a word's share of running text falls as its rank. */
const weightOfRank = (rank: number): number => Math.log(1 + 0.08 / (rank + 3) / UNLISTED_SHARE);

function lettersOf(alphabet: string): Uint8Array {
  const letters = new Uint8Array(Math.max(0, ...Array.from(alphabet, (letter) => letter.charCodeAt(0))) + 1);
  for (let at = 0; at < alphabet.length; at++) letters[alphabet.charCodeAt(at)] = at + 1;
  return letters;
}

/** 0 where the pairs of a language are not known. */
function pairsOf(languages: readonly string[], alphabet: string): Float32Array {
  const count = languages.length;
  const pairs = new Float32Array((alphabet.length + 1) ** 2 * count);
  languages.forEach((language, at) => {
    const levels = LETTER_PAIRS.get(language) ?? LETTER_PAIRS_OF_NEIGHBOURS.get(language) ?? '';
    for (let pair = 0; pair < levels.length; pair++) {
      pairs[pair * count + at] = PAIR_WEIGHT * LEVEL_STEP * (levels.charCodeAt(pair) - EVEN_LEVEL);
    }
  });
  return pairs;
}

function lackingLetters(letters: readonly string[]): ReadonlyMap<string, Uint8Array> {
  const lacking = new Map<string, Uint8Array>();
  for (const letter of new Set(letters.join(''))) {
    const flags = Uint8Array.from(letters, (of) => (of.includes(letter) ? 0 : 1));
    if (flags.includes(1)) lacking.set(letter, flags);
    else lacking.set(letter, NONE);
  }
  return lacking;
}

/** Of a letter that every language has. */
const NONE = new Uint8Array(0);
