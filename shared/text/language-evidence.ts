// Weighs for each language of a script how likely it has the words of a text: by its frequent words, its letters and
// the pairs of letters in its words.
import { foldWord } from './fold.ts';
import { FREQUENT_WORDS } from './frequent-words.ts';
import { EVEN_LEVEL, LETTER_PAIRS, LEVEL_STEP, PAIR_ALPHABETS } from './letter-pairs.ts';

/**
 * `language`: ISO 639 code, `und` when nothing tells. `second`: the next best; null where the script decides.
 * `confident`: the second is very likely wrong.
 */
export interface DetectedLanguage {
  readonly language: string;
  readonly second: string | null;
  readonly confident: boolean;
}

export const UNDETERMINED: DetectedLanguage = { language: 'und', second: null, confident: false };

/** By how much the best must lead, as a natural logarithm of odds. */
const CONFIDENT_LEAD = 4;
/** Advance of a script's first language, the most frequent one in feeds. */
const FIRST_LANGUAGE_LEAD = 0.7;
/** Smoothing: share of text assumed for a word that stands in no list. */
const UNLISTED_SHARE = 2e-4;
/** Pairs within a word depend on each other, so each tells less than it seems to. */
const PAIR_WEIGHT = 0.5;
/** A letter that a language has not: in a name it may well stand, in other words hardly. */
const FOREIGN_LETTER = { name: 1.5, word: 4 };
/** A text of a language we know holds this share of words from its list; a short text may fall short by a few words. */
const LEAST_LISTED_SHARE = 0.12;
const LISTED_SHORTFALL = 2.2;
const ENOUGH_WORDS = 20;
/** Scripts that several of our languages share. */
export type SharedScript = 'Latin' | 'Cyrillic' | 'Arabic';

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

/** The likeliest language of a text in the given script. */
export function bestByWords(text: string, script: SharedScript): DetectedLanguage {
  const words = readWords(text, PAIR_ALPHABETS[script] ?? '');
  const candidates = profilesOf(script).map((profile) => weigh(words, profile));
  const [best, second] = candidates.sort((a, b) => b.score - a.score) as [Candidate, Candidate];
  const leastListed = FREQUENT_WORDS.has(best.language) ? LEAST_LISTED_SHARE * words.length - LISTED_SHORTFALL : 0;
  if (words.length >= ENOUGH_WORDS && best.listed < leastListed) return UNDETERMINED;
  return { language: best.language, second: second.language, confident: best.score - second.score >= CONFIDENT_LEAD };
}

interface Candidate {
  readonly language: string;
  readonly score: number;
  /** Words of the text that stand in the list of the language. */
  readonly listed: number;
}

interface Word {
  readonly lower: string;
  /** Where its pairs of letters stand in `LETTER_PAIRS`. */
  readonly pairs: readonly number[];
  /** No letter but a-z: foreign to no language of the Latin script. */
  readonly isPlain: boolean;
  readonly isCapitalised: boolean;
}

/** What is known of one language; made once per script. */
interface Profile {
  readonly language: string;
  readonly lead: number;
  /** Word -> natural logarithm of how much more frequent it is than a word of no list. */
  readonly words: ReadonlyMap<string, number>;
  readonly foreignLetter: RegExp;
  /** Null where the language's pairs are not known. */
  readonly pairs: Float64Array | null;
}

function weigh(words: readonly Word[], { language, lead, words: known, foreignLetter, pairs }: Profile): Candidate {
  let score = lead;
  let listed = 0;
  for (const word of words) {
    const weight = known.get(word.lower);
    if (weight !== undefined) {
      score += weight;
      listed++;
    }
    if (pairs !== null) for (const pair of word.pairs) score += pairs[pair]!;
    if (!word.isPlain && foreignLetter.test(word.lower)) {
      score -= word.isCapitalised ? FOREIGN_LETTER.name : FOREIGN_LETTER.word;
    }
  }
  return { language, score, listed };
}

function readWords(text: string, alphabet: string): Word[] {
  const words: Word[] = [];
  for (const surface of text.match(/[\p{L}\p{M}]+/gu) ?? []) {
    const lower = surface.toLowerCase();
    // A single capital is an initial or part of an abbreviation.
    if (lower.length === 1 && lower !== surface) continue;
    const pairs = alphabet === '' ? [] : pairsOf(lower, alphabet);
    words.push({ lower, pairs, isPlain: /^[a-z]+$/.test(lower), isCapitalised: lower !== surface });
  }
  return words;
}

/** Letters of no alphabet divide a word. */
function pairsOf(lower: string, alphabet: string): number[] {
  const plain = /[\u0400-\u04ff]/.test(lower) ? lower.replace(/ё/g, 'е') : foldWord(lower);
  const pairs: number[] = [];
  let before = 0;
  for (let i = 0; i <= plain.length; i++) {
    const letter = i < plain.length ? alphabet.indexOf(plain[i]!) + 1 : 0;
    pairs.push((alphabet.length + 1) * before + letter);
    before = letter;
  }
  return pairs;
}

const PROFILES = new Map<SharedScript, readonly Profile[]>();

function profilesOf(script: SharedScript): readonly Profile[] {
  let profiles = PROFILES.get(script);
  if (profiles === undefined) {
    profiles = Object.entries(LETTERS[script]).map(([language, letters], i) => profileOf(language, letters, i === 0));
    PROFILES.set(script, profiles);
  }
  return profiles;
}

function profileOf(language: string, letters: string, isFirst: boolean): Profile {
  const levels = LETTER_PAIRS.get(language);
  return {
    language,
    lead: isFirst ? FIRST_LANGUAGE_LEAD : 0,
    words: new Map((FREQUENT_WORDS.get(language) ?? []).map((word, rank) => [word, weightOfRank(rank)])),
    foreignLetter: new RegExp(`[^a-z${letters}\\p{M}]`, 'u'),
    pairs:
      levels === undefined
        ? null
        : Float64Array.from(levels, (level) => PAIR_WEIGHT * LEVEL_STEP * (level.charCodeAt(0) - EVEN_LEVEL)),
  };
}

/** By Zipf: a word's share of running text falls as its rank. */
const weightOfRank = (rank: number): number => Math.log(1 + 0.08 / (rank + 3) / UNLISTED_SHARE);
