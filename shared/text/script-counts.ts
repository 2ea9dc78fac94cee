// In which writing system a text is, by its letters.
import { codeUnitsOf } from './code-units.ts';
import { isHangul, isHanOrKana } from './scripts.ts';

/** `Han` stands for Han and kana together: what Chinese and Japanese are written in. */
export type Script =
  | 'Latin'
  | 'Cyrillic'
  | 'Arabic'
  | 'Hangul'
  | 'Han'
  | 'Greek'
  | 'Hebrew'
  | 'Devanagari'
  | 'Thai'
  | 'Armenian'
  | 'Georgian'
  | 'Other';

export interface ScriptCounts {
  /** Letters; a Han character or Hangul syllable counts as two, since it says as much as several letters. */
  readonly letters: ReadonlyMap<Script, number>;
  readonly han: number;
  readonly kana: number;
}

const RANGES: readonly (readonly [first: number, last: number, script: Script])[] = [
  [0x41, 0x24f, 'Latin'],
  [0x1e00, 0x1eff, 'Latin'],
  [0x370, 0x3ff, 'Greek'],
  [0x1f00, 0x1fff, 'Greek'],
  [0x400, 0x52f, 'Cyrillic'],
  [0x531, 0x58f, 'Armenian'],
  [0x590, 0x5ff, 'Hebrew'],
  [0x600, 0x77f, 'Arabic'],
  [0xfb50, 0xfdff, 'Arabic'],
  [0xfe70, 0xfeff, 'Arabic'],
  [0x900, 0x97f, 'Devanagari'],
  [0xe00, 0xe7f, 'Thai'],
  [0x10a0, 0x10ff, 'Georgian'],
];

export function countScripts(text: string): ScriptCounts {
  const kinds = KINDS;
  const counts = new Uint32Array(SCRIPTS.length + 1);
  const met: number[] = [];
  const units = codeUnitsOf(text);
  const { length } = text;
  // Letters of one kind in a row are counted before they are noted: most texts are one such row.
  let current = NO_LETTER;
  let inRow = 0;
  for (let at = 0; at < length; at++) {
    let kind = kinds[units[at]!]!;
    if (kind === NOT_LOOKED_UP) {
      const codePoint = text.codePointAt(at)!;
      if (codePoint > 0xffff) at++;
      kind = kindOf(codePoint);
    }
    if (kind === NO_LETTER) continue;
    if (kind !== current) {
      if (inRow > 0) counts[current]! += inRow;
      if (counts[kind] === 0) met.push(kind);
      current = kind;
      inRow = 0;
    }
    inRow++;
  }
  if (inRow > 0) counts[current]! += inRow;
  const [han, kana] = [counts[HAN]!, counts[KANA]!];
  const letters = new Map<Script, number>();
  // In the order of the text: where two have as many letters, the first one leads.
  for (const kind of met) {
    if (kind === HAN || kind === KANA) letters.set('Han', 2 * (han + kana));
    else letters.set(SCRIPTS[kind]!, counts[kind]! * (kind === HANGUL ? 2 : 1));
  }
  return { letters, han, kana };
}

const SCRIPTS: readonly Script[] = [
  'Latin',
  'Cyrillic',
  'Arabic',
  'Hangul',
  'Han',
  'Greek',
  'Hebrew',
  'Devanagari',
  'Thai',
  'Armenian',
  'Georgian',
  'Other',
];
const HAN = SCRIPTS.indexOf('Han');
const HANGUL = SCRIPTS.indexOf('Hangul');
/** Behind the scripts: counted separately, though `Han` stands for both. */
const KANA = SCRIPTS.length;
const NO_LETTER = 254;
const NOT_LOOKED_UP = 255;
/** What each code point of the first plane is, once it was met: looking it up takes longer than all else. Surrogates are never noted. */
const KINDS = new Uint8Array(0x1_0000).fill(NOT_LOOKED_UP);

function kindOf(codePoint: number): number {
  const known = KINDS[codePoint] ?? NOT_LOOKED_UP;
  if (known !== NOT_LOOKED_UP) return known;
  const kind = lookUpKind(codePoint);
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  if (codePoint < KINDS.length && !isSurrogate) KINDS[codePoint] = kind;
  return kind;
}

function lookUpKind(codePoint: number): number {
  if (!/\p{L}/u.test(String.fromCodePoint(codePoint))) return NO_LETTER;
  const script = scriptOf(codePoint);
  return script === 'Han' && codePoint >= 0x3041 && codePoint <= 0x31ff ? KANA : SCRIPTS.indexOf(script);
}

/** The script with most letters; null for a text without any. */
export function leadingScript({ letters }: ScriptCounts): Script | null {
  let leading: Script | null = null;
  for (const [script, count] of letters) {
    if (leading === null || count > letters.get(leading)!) leading = script;
  }
  return leading;
}

/** The script of a text's first letter; null where that is not a letter. */
export function scriptOfFirst(text: string): Script | null {
  const kind = kindOf(text.codePointAt(0) ?? 0);
  return kind === KANA ? 'Han' : (SCRIPTS[kind] ?? null);
}

function scriptOf(codePoint: number): Script {
  if (isHanOrKana(codePoint)) return 'Han';
  if (isHangul(codePoint)) return 'Hangul';
  return RANGES.find(([first, last]) => codePoint >= first && codePoint <= last)?.[2] ?? 'Other';
}

const SCRIPTS_OF_LANGUAGES: Readonly<Record<string, readonly Script[]>> = {
  ar: ['Arabic'],
  fa: ['Arabic'],
  ur: ['Arabic'],
  ps: ['Arabic'],
  ug: ['Arabic'],
  ckb: ['Arabic'],
  ru: ['Cyrillic'],
  uk: ['Cyrillic'],
  bg: ['Cyrillic'],
  mk: ['Cyrillic'],
  be: ['Cyrillic'],
  ky: ['Cyrillic'],
  tg: ['Cyrillic'],
  tt: ['Cyrillic'],
  ba: ['Cyrillic'],
  mn: ['Cyrillic', 'Other'],
  sr: ['Cyrillic', 'Latin'],
  kk: ['Cyrillic', 'Latin'],
  uz: ['Cyrillic', 'Latin'],
  az: ['Latin', 'Cyrillic'],
  ko: ['Hangul'],
  zh: ['Han'],
  ja: ['Han'],
  yue: ['Han'],
  el: ['Greek'],
  he: ['Hebrew'],
  yi: ['Hebrew'],
  hi: ['Devanagari'],
  mr: ['Devanagari'],
  ne: ['Devanagari'],
  th: ['Thai'],
  hy: ['Armenian'],
  ka: ['Georgian'],
};

/** Scripts that a language may be written in; a language not known to us may have Latin or one we do not know. */
export const scriptsOf = (language: string): readonly Script[] => SCRIPTS_OF_LANGUAGES[language] ?? ['Latin', 'Other'];

/** Scripts that only one language uses. */
export const LANGUAGE_OF_SCRIPT: ReadonlyMap<Script, string> = new Map([
  ['Hangul', 'ko'],
  ['Greek', 'el'],
  ['Hebrew', 'he'],
  ['Devanagari', 'hi'],
  ['Thai', 'th'],
  ['Armenian', 'hy'],
  ['Georgian', 'ka'],
]);
