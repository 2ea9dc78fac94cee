// What one written word of an expression matches in a text: its forms, its exact form, or a part of it.
import { foldRaw, foldWord, joinedInitials } from '../../text/fold.ts';
import { isUnspaced } from '../../text/scripts.ts';
import { exactFormsOf, stemsOf, stemWord } from '../../text/stemming.ts';
import { tokenizeWanted } from '../../text/tokenize.ts';
import { hasUnspacedWord } from '../../text/unspaced-scripts.ts';
import type { Join } from '../document/adjacency.ts';

export type WordPattern = WordForm & {
  /** How it stands by the word before it in a run; `beside` when left out. */
  readonly join?: Join;
  /** Of the first word of a run: all of it in katakana, and so short that it must not be a part of a longer word. */
  readonly isWholeKatakana?: true;
};

export type WordForm =
  /** Inflected forms: equal after stemming in this language. `word` is what was written, folded. */
  | { readonly form: 'stem'; readonly value: string; readonly language: string; readonly word: string }
  /** Inflected forms in whatever language the document has: expressions under the key `*`. */
  | { readonly form: 'document-stem'; readonly word: string }
  /** Equal after folding of case, width and diacritics. */
  | { readonly form: 'exact'; readonly value: string }
  /** Equal letter for letter. */
  | { readonly form: 'raw'; readonly value: string }
  | { readonly form: 'prefix' | 'suffix' | 'infix'; readonly value: string; readonly raw: boolean }
  /** One Hangul syllable: itself, alone or with a particle, since a prefix of one syllable would catch everything. */
  | { readonly form: 'syllable'; readonly value: string }
  /** A word of a script without spaces, in a stretch of what the segmenter takes for words; a star leaves its side open. */
  | {
      readonly form: 'unspaced';
      readonly value: string;
      readonly isOpenBefore: boolean;
      readonly isOpenBehind: boolean;
    }
  | { readonly form: 'any' };

/** Bare words match their forms; quoted ones are taken as written; `=` also keeps the case. */
export type Exactness = 'forms' | 'written' | 'case';

/** The key of expressions that hold for every language. */
export const ANY_LANGUAGE = '*';

/** Particles after a one-syllable Korean noun. */
const PARTICLES = new Set(
  '은 는 이 가 을 를 의 에 도 와 과 로 만 도 에서 에게 으로 까지 부터 이나 나 라 이라 이다 라도 처럼 보다 마다 조차 밖에 하고 에는 에도 으로의 에서의'.split(
    ' ',
  ),
);
const HANGUL = /[\uac00-\ud7a3]/;
/** Han and kana: the tokenizer makes each character a separate token. */
const CHARACTER_SCRIPT = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]$/u;
/** With its voicing mark, which may be a separate character. */
const CHARACTER = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆\uff66-\uff9f]/u;
const SHORT_KATAKANA = /^[\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f]{1,3}$/;

/**
 * The ways to match one written word, each a run of adjacent tokens: `cease-fire` is `cease fire` and `ceasefire`,
 * `批准书` three characters in a row. Empty when the word has no letter or digit in it.
 */
export function patternsOfWord(asWritten: string, exactness: Exactness, language: string): readonly WordPattern[][] {
  // Syllables and voiced kana count letters and show their script only when they are composed.
  const written = asWritten.normalize('NFC');
  const leading = written.startsWith('*');
  const trailing = written.length > 1 && written.endsWith('*');
  const core = written.slice(leading ? 1 : 0, trailing ? -1 : undefined);
  const wild = { leading, trailing };
  if (PLAIN_WORD.test(core)) return [[patternOfToken(core, exactness, language, wild)]];
  const pieces = piecesOf(core);
  if (pieces.length === 0) return [];
  const asTokens = pieces.map(({ surface, gap }, index) => {
    const pattern = patternOfToken(surface, exactness, language, {
      leading: wild.leading && index === 0,
      trailing: wild.trailing && index === pieces.length - 1,
    });
    return index === 0 ? pattern : joinedBy(pattern, joinOf(pieces[index - 1]!.surface, surface, gap));
  });
  if (SHORT_KATAKANA.test(core.normalize('NFKC')) && !leading && !trailing) {
    asTokens[0] = { ...asTokens[0]!, isWholeKatakana: true };
  }
  const more = [
    ...(hasPluralInS(core, exactness, language) ? patternsOfWord(`${core}s`, exactness, language) : []),
    ...waysWithoutUmlauts(asWritten, exactness, language).filter((way) => keyOfWay(way) !== keyOfWay(asTokens)),
  ];
  if (pieces.length === 1) {
    const parts = exactness === 'forms' && !leading ? splitsOfHangul(core) : [];
    return [asTokens, ...parts, ...more];
  }
  if (!/[-\u2010\u2011]/.test(core)) return [asTokens, ...more];
  const joined = pieces.map(({ surface }) => surface).join('');
  if (piecesOf(joined).length !== 1) return [asTokens, ...more];
  return [asTokens, [patternOfToken(joined, exactness, language, wild)], ...more];
}

const joinedBy = (pattern: WordPattern, join: Join): WordPattern =>
  join === 'beside' ? pattern : { ...pattern, join };

/** Within one written word: characters stand right behind each other, and with nothing but spaces by letters and digits. */
function joinOf(before: string, surface: string, gap: string): Join {
  if (gap !== '') return 'beside';
  return CHARACTER.test(before) && CHARACTER.test(surface) ? 'touching' : 'spaced';
}

/** München is also written Muenchen where the keyboard lacks its letters. */
function waysWithoutUmlauts(written: string, exactness: Exactness, language: string): readonly WordPattern[][] {
  if (language !== 'de' || exactness === 'case' || !/[äöü]/i.test(written)) return [];
  const plain = written.replace(/[äöü]/gi, (letter) => `${letter.normalize('NFD')[0]}e`);
  return patternsOfWord(plain, exactness, language);
}

const keyOfWay = (way: readonly WordPattern[]): string =>
  way.map((pattern) => ('value' in pattern ? `${pattern.form} ${pattern.value}` : pattern.form)).join(' ');

/** Syllables of either part of a compound that may have a space in it. */
const SHORTEST_PART = 2;

/** Compounds are written with a space or without: 연합훈련 and 연합 훈련. The first part is a whole word then. */
function splitsOfHangul(core: string): readonly WordPattern[][] {
  if (!/^[\uac00-\ud7a3]{4,12}$/.test(core)) return [];
  const ways: WordPattern[][] = [];
  for (let at = SHORTEST_PART; at <= core.length - SHORTEST_PART; at++) {
    ways.push([
      { form: 'exact', value: core.slice(0, at) },
      { form: 'prefix', value: core.slice(at), raw: false },
    ]);
  }
  return ways;
}

/** F-16s, T-72s, B52s: names of models, which no stemmer reads. Not 1990s, which is not a plural of 1990. */
const hasPluralInS = (core: string, exactness: Exactness, language: string): boolean =>
  exactness === 'forms' && (language === 'en' || language === ANY_LANGUAGE) && MODEL.test(core);
const MODEL = /^\p{Script=Latin}{1,5}[-\u2010\u2011]?\d{1,4}$/u;

/** One pattern per word of a phrase, in a row; a hyphened word doubles the ways. A lone `*` is any one word. */
export function patternsOfPhrase(
  words: readonly string[],
  exactness: Exactness,
  language: string,
): readonly WordPattern[][] {
  let ways: readonly WordPattern[][] = [[]];
  let isOpen = false;
  for (const word of words) {
    const next: readonly WordPattern[][] =
      word === '*' ? [[{ form: 'any' }]] : patternsOfWord(word, exactness, language);
    if (next.length === 0) continue;
    const join: Join = isOpen ? 'open' : 'beside';
    isOpen = TERMINATED.test(word);
    ways = ways.flatMap((way) =>
      next.map(([first, ...others]) => [...way, way.length === 0 ? first! : joinedBy(first!, join), ...others]),
    );
    if (ways.length > MOST_WAYS) ways = ways.slice(0, MOST_WAYS);
  }
  return ways
    .filter((way) => way.some((pattern) => pattern.form !== 'any'))
    .map((way) => (words.length > 1 ? withOpenEnds(way) : way));
}

/** With other words beside it, a short word of katakana is sure enough. */
const withOpenEnds = ([first, ...others]: readonly WordPattern[]): WordPattern[] => {
  const { isWholeKatakana: _, ...open } = first!;
  return [open, ...others];
};

/** "Yahoo! News" has its full stop within. */
const TERMINATED = /[.!?…。．！？]['"”’)]?$/u;

/** A phrase with several hyphened words would double for each; beyond this only the first ways are kept. */
const MOST_WAYS = 8;

function patternOfToken(
  surface: string,
  exactness: Exactness,
  language: string,
  { leading, trailing }: { leading: boolean; trailing: boolean },
): WordPattern {
  const raw = exactness === 'case';
  const value = raw ? foldRaw(surface) : foldWord(surface);
  if (CHARACTER_SCRIPT.test(surface)) return { form: raw ? 'raw' : 'exact', value };
  if (isUnspaced(surface.charCodeAt(0))) {
    return { form: 'unspaced', value: foldWord(surface), isOpenBefore: leading, isOpenBehind: trailing };
  }
  if (leading && trailing) return { form: 'infix', value, raw };
  if (leading) return { form: 'suffix', value, raw };
  if (trailing) return { form: 'prefix', value, raw };
  if (raw) return { form: 'raw', value };
  if (exactness === 'written') return { form: 'exact', value };
  if (HANGUL.test(surface))
    return surface.length === 1 ? { form: 'syllable', value } : { form: 'prefix', value, raw: false };
  if (/^\p{N}/u.test(surface)) return { form: 'exact', value };
  if (language === ANY_LANGUAGE) return { form: 'document-stem', word: surface };
  return { form: 'stem', value: stemWord(surface, language), language, word: foldWord(surface) };
}

/** The plain reading of a pattern, used by the oracle and wherever a pattern is tried on one word only. */
export function matchesWord(pattern: WordPattern, surface: string, documentLanguages: readonly string[]): boolean {
  if (matchesSurface(pattern, surface, documentLanguages)) return true;
  const initials = WHOLE_WORD.has(pattern.form) ? joinedInitials(surface) : null;
  return initials !== null && matchesSurface(pattern, initials, documentLanguages);
}

/** Forms for which U.S. is the word US too. */
const WHOLE_WORD: ReadonlySet<WordPattern['form']> = new Set(['stem', 'document-stem', 'exact', 'raw']);

function matchesSurface(pattern: WordPattern, surface: string, documentLanguages: readonly string[]): boolean {
  switch (pattern.form) {
    case 'any':
      return true;
    case 'stem':
      return stemsOf(surface, pattern.language).includes(pattern.value);
    case 'document-stem':
      return documentLanguages.some((language) =>
        stemsOf(surface, language).includes(stemWord(pattern.word, language)),
      );
    case 'exact':
      return exactFormsOf(foldWord(surface)).includes(pattern.value);
    case 'unspaced':
      return hasUnspacedWord(surface, { word: pattern.value, ...pattern });
    case 'raw':
      return foldRaw(surface) === pattern.value;
    case 'syllable':
      return isSyllableWithParticle(pattern.value, foldWord(surface));
    default:
      return matchesPart(pattern.form, pattern.value, pattern.raw ? foldRaw(surface) : foldWord(surface));
  }
}

export function isSyllableWithParticle(syllable: string, word: string): boolean {
  return word === syllable || (word.startsWith(syllable) && PARTICLES.has(word.slice(syllable.length)));
}

function matchesPart(form: 'prefix' | 'suffix' | 'infix', part: string, word: string): boolean {
  if (form === 'prefix') return word.startsWith(part);
  return form === 'suffix' ? word.endsWith(part) : word.includes(part);
}

/** A word that is one token whatever the rules: most words of most topics. */
const PLAIN_WORD = /^[a-zA-Z]+$/;

interface Piece {
  readonly surface: string;
  /** What stands between it and the piece before. */
  readonly gap: string;
}

function piecesOf(text: string): Piece[] {
  const { count, starts, ends } = tokenizeWanted(text);
  return Array.from({ length: count }, (_, index) => ({
    surface: text.slice(starts[index], ends[index]),
    gap: index === 0 ? '' : text.slice(ends[index - 1], starts[index]),
  }));
}
