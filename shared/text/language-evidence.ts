// Weighs for each language of a script how likely it has the words of a text: by its frequent words, its letters and
// the pairs of letters in its words.
import { foldWord } from './fold.ts';
import { hasList, type Profiles, profilesOf, type SharedScript } from './language-profiles.ts';
import { scriptOfFirst } from './script-counts.ts';

/**
 * `language`: ISO 639 code, `und` when unknown. `second`: the next best; null where the script decides.
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
/** A letter that a language does not have: common in names, rare in other words. */
const FOREIGN_LETTER = { name: 1.5, word: 4 };
/** A text of a language we know holds this share of words from its list; a short text may fall short by a few words. */
const LEAST_LISTED_SHARE = 0.12;
const LISTED_SHORTFALL = 2.2;
const ENOUGH_WORDS = 20;
/** A summary that repeats the title adds no evidence, so this many different words are needed to overrule a stated language. */
const ENOUGH_DIFFERENT = 14;
/** From this share of words with a letter that the best language has not, the text is in none that we know; and at least this many. */
const FOREIGN_SHARE = 0.08;
const FEWEST_FOREIGN = 2;
/** What overrules a stated language: odds of another one, as a logarithm. */
const OVERRULING_LEAD = 15;
/** The other must have so many times more of the listed words than the stated one. */
const OVERRULING_LISTED_RATIO = 1.3;
/** Share of the stretches in which it must be ahead: a text with long quotes stays in the language that it states. */
const OVERRULING_STRETCHES = 0.75;
/** So many words, names apart, with letters that the stated language lacks and the other has, need fewer listed words in addition. */
const OVERRULING_FOREIGN = { fewest: 4, share: 0.12, listedRatio: 1.15 };
/** A text is in no language that we know, least of all in the stated one: odds for each word, and listed words, which may occur by chance. */
const NONE_LEAD_BY_WORD = 1.2;
const NONE_LISTED_SHARE = 0.04;
/** Of words, in prose; a list of names has almost none. */
const NONE_SMALL_SHARE = 0.6;
const STRETCH_WORDS = 10;
/** More words than these say nothing new. */
const MOST_WORDS = 240;
/** A text whose first words are most likely in the stated language is in it: nearly every text, at a quarter of the cost. */
const FIRST_WORDS = 60;

/** The likeliest language of a text in the given script. */
export function bestByWords(text: string, script: SharedScript): DetectedLanguage {
  const { languages } = profilesOf(script);
  const evidence = weigh(text, script, MOST_WORDS);
  const [best, second] = twoBest(evidence.scores);
  const language = languages[best]!;
  if (isNoneOfThese(evidence, best, language)) return UNDETERMINED;
  const confident = evidence.scores[best]! - evidence.scores[second]! >= CONFIDENT_LEAD;
  return { language, second: languages[second]!, confident };
}

/**
 * The language that a text is clearly in, where that is not the stated one, or `und` where it is clearly in none that we know; null where the
 * text is short, mixed or leaves a doubt, and where nothing is known of the stated language.
 */
export function overrulingLanguage(text: string, script: SharedScript, stated: string): string | null {
  const { languages } = profilesOf(script);
  const known = languages.indexOf(stated);
  if (known < 0 || clearlyBeginsIn(known, text, script, stated)) return null;
  const evidence = weigh(text, script, MOST_WORDS);
  const { words, inSmallLetters, different, scores, listed, foreign, stretches } = evidence;
  const [best] = twoBest(scores);
  if (words < ENOUGH_WORDS || different < ENOUGH_DIFFERENT) return null;
  const language = languages[best]!;
  const lead = scores[best]! - scores[known]!;
  const isAhead =
    stretches.filter((stretch) => stretch[best]! > stretch[known]!).length >= OVERRULING_STRETCHES * stretches.length;
  const isForeign = foreign[known]! >= Math.max(OVERRULING_FOREIGN.fewest, OVERRULING_FOREIGN.share * words);
  if (isNoneOfThese(evidence, best, language)) {
    // Arabic letters are weaker evidence: some write Arabic with the letters of a Persian keyboard, and names have no capitals.
    const isOfOthers = isForeign && script !== 'Arabic';
    const isFarFromIt = isAhead && lead >= NONE_LEAD_BY_WORD * words;
    const isProse = inSmallLetters >= NONE_SMALL_SHARE * words && listed[known]! <= NONE_LISTED_SHARE * words;
    return hasList(stated) && isProse && (isOfOthers || isFarFromIt) ? UNDETERMINED.language : null;
  }
  if (best === known || !hasList(language)) return null;
  const isClear =
    lead >= OVERRULING_LEAD &&
    isAhead &&
    listed[best]! >=
      (isForeign && foreign[best]! === 0 ? OVERRULING_FOREIGN.listedRatio : OVERRULING_LISTED_RATIO) * listed[known]!;
  return isClear ? language : null;
}

function clearlyBeginsIn(known: number, text: string, script: SharedScript, stated: string): boolean {
  const beginning = weigh(text, script, FIRST_WORDS);
  return twoBest(beginning.scores)[0] === known && !isNoneOfThese(beginning, known, stated);
}

interface Evidence {
  readonly words: number;
  /** Words without a capital. */
  readonly inSmallLetters: number;
  /** Different words, counted up to `ENOUGH_DIFFERENT`. */
  readonly different: number;
  /** Of each language, as logarithms. */
  readonly scores: Float64Array;
  /** Words of the text that are in the list of each language. */
  readonly listed: Uint16Array;
  /** Words, names apart, with a letter that each language has not. */
  readonly foreign: Uint16Array;
  /** Scores of each stretch of ten words. */
  readonly stretches: readonly Float64Array[];
}

function isNoneOfThese({ words, listed, foreign }: Evidence, best: number, language: string): boolean {
  if (foreign[best]! >= Math.max(FEWEST_FOREIGN, FOREIGN_SHARE * words)) return true;
  if (words < ENOUGH_WORDS || !hasList(language)) return false;
  return listed[best]! < LEAST_LISTED_SHARE * words - LISTED_SHORTFALL;
}

function twoBest(scores: Float64Array): readonly [best: number, second: number] {
  let best = 0;
  let second = -1;
  for (let at = 1; at < scores.length; at++) {
    if (scores[at]! > scores[best]!) {
      second = best;
      best = at;
    } else if (second < 0 || scores[at]! > scores[second]!) second = at;
  }
  return [best, second];
}

function weigh(text: string, script: SharedScript, mostWords: number): Evidence {
  const profiles = profilesOf(script);
  const count = profiles.languages.length;
  const scores = profiles.leads.slice();
  const listed = new Uint16Array(count);
  const foreign = new Uint16Array(count);
  const stretches: Float64Array[] = [];
  const different = new Set<string>();
  let before = scores.slice();
  let words = 0;
  let inSmallLetters = 0;
  const eachWord = /[\p{L}\p{M}]+/gu;
  for (let found = eachWord.exec(text); found !== null && words < mostWords; found = eachWord.exec(text)) {
    const [surface] = found;
    const lower = surface.toLowerCase();
    // Words of another script are names and say nothing.
    if (scriptOfFirst(surface) !== script) continue;
    words++;
    if (lower === surface) inSmallLetters++;
    // A single capital is an initial or part of an abbreviation.
    if (lower.length === 1 && lower !== surface) continue;
    if (different.size < ENOUGH_DIFFERENT) different.add(lower);
    for (const [language, weight] of profiles.words.get(lower) ?? []) {
      scores[language]! += weight;
      listed[language]!++;
    }
    addPairs(lower, profiles, scores);
    if (!/^[a-z]+$/.test(lower)) addForeignLetters(lower, lower !== surface, profiles, scores, foreign);
    if (words % STRETCH_WORDS === 0) {
      stretches.push(scores.map((score, at) => score - before[at]!));
      before = scores.slice();
    }
  }
  return { words, inSmallLetters, different: different.size, scores, listed, foreign, stretches };
}

/** Letters of no alphabet divide a word. */
function addPairs(lower: string, { letters, side, pairs, languages }: Profiles, scores: Float64Array): void {
  if (side === 1) return;
  const count = languages.length;
  const plain = /[\u0400-\u04ff]/.test(lower) ? lower.replace(/ё/g, 'е') : foldWord(lower);
  let before = 0;
  for (let i = 0; i <= plain.length; i++) {
    const letter = i < plain.length ? (letters[plain.charCodeAt(i)] ?? 0) : 0;
    const from = (side * before + letter) * count;
    for (let at = 0; at < count; at++) scores[at]! += pairs[from + at]!;
    before = letter;
  }
}

/** Each word counts once for a language, however many foreign letters it has. */
function addForeignLetters(
  lower: string,
  isCapitalised: boolean,
  { lacking, lackingEverywhere }: Profiles,
  scores: Float64Array,
  foreign: Uint16Array,
): void {
  let lacks: Uint8Array | null = null;
  for (const letter of lower) {
    if ((letter >= 'a' && letter <= 'z') || /\p{M}/u.test(letter)) continue;
    const flags = lacking.get(letter) ?? lackingEverywhere;
    if (flags.length === 0) continue;
    lacks = lacks === null ? flags : lacks.map((flag, at) => flag | flags[at]!);
  }
  if (lacks === null) return;
  const penalty = isCapitalised ? FOREIGN_LETTER.name : FOREIGN_LETTER.word;
  for (let at = 0; at < scores.length; at++) {
    if (lacks[at] === 0) continue;
    scores[at]! -= penalty;
    if (!isCapitalised) foreign[at]!++;
  }
}
