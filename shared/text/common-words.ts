// How common a word is in the news, from lists of frequent words: the engine looks first for the rarest word that an
// expression requires, and authors are warned of an expression that requires no rare one.
import { foldWord } from './fold.ts';
import { FREQUENT_ENGLISH_WORDS } from './frequent-english-words.ts';
import { FREQUENT_WORDS } from './frequent-words.ts';
import { isHanOrKana } from './scripts.ts';

/** Words up to this rank are very common. */
const VERY_COMMON_RANK = 200;
/** Of a document of 500 words: the word of rank r is in it unless e^(-30 / (r + 8)); 14 % at rank 200, 1 % at 3,000. */
const SHARE_SCALE = 30;
const SHARE_OFFSET = 8;
/** Share of a word in no list of its language; the shorter, the more common. */
const UNLISTED_SHARE = 0.2;
/** English has the longest list, so a word that is not in it is rarer. */
const UNLISTED_ENGLISH_SHARE = 0.004;
const UNLISTED_CHARACTER_SHARE = 0.02;
const NUMBER_SHARE = 0.05;

/**
 * Estimated share of documents, 0 to 1, that hold the word, given its folded form (see `foldWord`), among documents of
 * the language. For a language without a list, and for `und`, the share in the language where the word is most common:
 * such a word is looked for in documents of all languages.
 */
export function commonness(foldedWord: string, language: string): number {
  const rank = rankOf(foldedWord, language);
  if (rank !== null) return 1 - Math.exp(-SHARE_SCALE / (rank + SHARE_OFFSET));
  if (/^\p{Nd}/u.test(foldedWord)) return NUMBER_SHARE;
  if (isHanOrKana(foldedWord.codePointAt(0) ?? 0)) return UNLISTED_CHARACTER_SHARE;
  const share = UNLISTED_SHARE / Math.max(1, foldedWord.length) ** 2;
  return language === 'en' ? Math.min(share, UNLISTED_ENGLISH_SHARE) : share;
}

/** One of the 200 most frequent words of the language; of any language when it has no list. */
export function isVeryCommon(foldedWord: string, language: string): boolean {
  const rank = rankOf(foldedWord, language);
  return rank !== null && rank <= VERY_COMMON_RANK;
}

/** In the list of frequent words of the language; of any language when it has no list. */
export const isFrequent = (foldedWord: string, language: string): boolean => rankOf(foldedWord, language) !== null;

function rankOf(foldedWord: string, language: string): number | null {
  return (FREQUENT_WORDS.has(language) ? ranksOf(language) : ranksOfAll()).get(foldedWord) ?? null;
}

const RANKS = new Map<string, ReadonlyMap<string, number>>();
const ANY_LANGUAGE = 'und';

/** Folded word -> rank from 1 in its language; made when first asked for. Forms that fold alike have the better rank. */
function ranksOf(language: string): ReadonlyMap<string, number> {
  const known = RANKS.get(language);
  if (known !== undefined) return known;
  const ranks = new Map<string, number>();
  const words = FREQUENT_WORDS.get(language) ?? [];
  for (const word of language === 'en' ? [...words, ...FREQUENT_ENGLISH_WORDS] : words) {
    const folded = foldWord(word);
    if (!ranks.has(folded)) ranks.set(folded, ranks.size + 1);
  }
  RANKS.set(language, ranks);
  return ranks;
}

function ranksOfAll(): ReadonlyMap<string, number> {
  const known = RANKS.get(ANY_LANGUAGE);
  if (known !== undefined) return known;
  const best = new Map<string, number>();
  for (const language of FREQUENT_WORDS.keys()) {
    for (const [word, rank] of ranksOf(language)) best.set(word, Math.min(rank, best.get(word) ?? rank));
  }
  RANKS.set(ANY_LANGUAGE, best);
  return best;
}
