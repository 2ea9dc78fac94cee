// What kinds of characters there are where a text is weighed for how well it reads. By UTF-16 code unit.

export const OTHER_ASCII = 1;
export const DIGIT = 2;
/** Signs that news has often: currencies, degrees, fractions. From here on: what is neither a letter nor ASCII. */
export const SIGN = 3;
/** A sign that may stand behind a word: m², Nº, Brand®. */
export const SIGN_BEHIND = 4;
/** Stands between letters: the apostrophe, dashes, no-break spaces. */
export const JOINING = 5;
export const QUOTE = 6;
export const SELDOM = 7;
/** Lines and blocks of old screens. */
export const DRAWING = 8;
/** Controls, private use, U+FFFD. */
export const NO_CHARACTER = 9;
/** Letters and their marks from here on: `LETTER + 4 * script + case`. */
export const LETTER = 16;

const NO_CASE = 0;
export const SMALL = 1;
export const CAPITAL = 2;
export const MARK = 3;

export const LATIN = 0;
/** With kana. */
export const HAN = 1;
export const HANGUL = 2;
const SCRIPTS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々\uff70\uff9e\uff9f]/u,
  /\p{Script=Hangul}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Thai}/u,
];
/** Marks that go with any script, and scripts that no legacy encoding holds. */
export const NO_SCRIPT = SCRIPTS.length;

/** Of a letter. */
export const scriptOf = (kind: number): number => (kind - LETTER) >> 2;
/** Of a letter. */
export const caseOf = (kind: number): number => kind & 3;

const SIGNS: readonly (readonly [characters: string, kind: number])[] = [
  ['£€§°½¼¾±×¥¢µ№¿¡÷‰…，、。；：！？～（）', SIGN],
  ['ªº²³©®™', SIGN_BEHIND],
  ['’–—\u00a0\u00ad·•・\u2009', JOINING],
  ['‘“”„‚«»‹›「」『』《》〈〉【】', QUOTE],
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const NOTHING = /[\0-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd-\uffff]/;

/** By code unit; 0 for those not looked at yet. */
const kinds = new Uint8Array(0x10000);

/** Found out once for each character. */
export const kindOf = (unit: number): number => kinds[unit] || remember(unit);

function remember(unit: number): number {
  const kind = lookAt(String.fromCharCode(unit));
  kinds[unit] = kind;
  return kind;
}

function lookAt(character: string): number {
  const sign = SIGNS.find(([characters]) => characters.includes(character));
  if (sign !== undefined) return sign[1];
  if (/[\p{L}\p{M}]/u.test(character) && !/[\u02b0-\u02ff]/.test(character)) {
    const script = SCRIPTS.findIndex((pattern) => pattern.test(character));
    return LETTER + 4 * (script === -1 ? NO_SCRIPT : script) + letterCase(character);
  }
  if (/[0-9]/.test(character)) return DIGIT;
  if (NOTHING.test(character)) return NO_CHARACTER;
  if (character < '\x80') return OTHER_ASCII;
  if (/[\ud800-\udfff]/.test(character)) return SIGN;
  return /[\u2300-\u25ff]/.test(character) ? DRAWING : SELDOM;
}

function letterCase(character: string): number {
  if (/\p{Lu}/u.test(character)) return CAPITAL;
  if (/\p{Ll}/u.test(character)) return SMALL;
  return /\p{M}/u.test(character) ? MARK : NO_CASE;
}
