// What one written word of an expression matches in a text: its forms, its exact form, or a part of it.
import { foldRaw, foldWord, joinedInitials } from '../text/fold.ts';
import { stemWord } from '../text/stemming.ts';
import { tokenize } from '../text/tokenize.ts';

export type WordPattern =
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
/** Han and kana: the tokenizer makes each character a token of its own. */
const CHARACTER_SCRIPT = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆]$/u;

/**
 * The ways to match one written word, each a run of adjacent tokens: `cease-fire` is `cease fire` and `ceasefire`,
 * `批准书` three characters in a row. Empty when the word has no letter or digit in it.
 */
export function patternsOfWord(asWritten: string, exactness: Exactness, language: string): readonly WordPattern[][] {
  // Syllables and voiced kana count letters and tell their script only when they are composed.
  const written = asWritten.normalize('NFC');
  const leading = written.startsWith('*');
  const trailing = written.length > 1 && written.endsWith('*');
  const core = written.slice(leading ? 1 : 0, trailing ? -1 : undefined);
  const surfaces = surfacesOf(core);
  if (surfaces.length === 0) return [];
  const wild = { leading, trailing };
  const asTokens = surfaces.map((surface, index) =>
    patternOfToken(surface, exactness, language, {
      leading: wild.leading && index === 0,
      trailing: wild.trailing && index === surfaces.length - 1,
    }),
  );
  const more = hasPluralInS(core, exactness, language) ? patternsOfWord(`${core}s`, exactness, language) : [];
  if (surfaces.length === 1 || !/[-\u2010\u2011]/.test(core)) return [asTokens, ...more];
  const joined = surfaces.join('');
  if (surfacesOf(joined).length !== 1) return [asTokens, ...more];
  return [asTokens, [patternOfToken(joined, exactness, language, wild)], ...more];
}

/** F-16s, T-72s, B52s: names of models, which no stemmer reads. Not 1990s, which is no plural of 1990. */
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
  for (const word of words) {
    const next = word === '*' ? [[{ form: 'any' } as const]] : patternsOfWord(word, exactness, language);
    if (next.length === 0) continue;
    ways = ways.flatMap((way) => next.map((more) => [...way, ...more]));
    if (ways.length > MOST_WAYS) ways = ways.slice(0, MOST_WAYS);
  }
  return ways.filter((way) => way.some((pattern) => pattern.form !== 'any'));
}

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
      return stemWord(surface, pattern.language) === pattern.value;
    case 'document-stem':
      return documentLanguages.some((language) => stemWord(surface, language) === stemWord(pattern.word, language));
    case 'exact':
      return foldWord(surface) === pattern.value;
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

function surfacesOf(text: string): string[] {
  if (PLAIN_WORD.test(text)) return [text];
  const { count, starts, ends } = tokenize(text);
  return Array.from({ length: count }, (_, index) => text.slice(starts[index], ends[index]));
}
