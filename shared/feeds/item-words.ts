// Words of an item, to distinguish an edit from another item: rough, in any script, and bounded.

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const WORD_OF_LETTERS = /[\p{L}\p{M}]+/gu;
const LETTER = /[\p{L}\p{M}\p{Cs}]/u;
/** Scripts that write words without spaces between them: two letters at a time stand for words. */
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Distinct words in lower case, of at least so many letters; the first `most` of them. */
export const wordsOf = (text: string, shortest: number, most = 100): ReadonlySet<string> =>
  distinct(text.matchAll(WORD), shortest, most);

/** The same without numbers, and without those within words. */
export const wordsOfLetters = (text: string, shortest: number, most = 100): ReadonlySet<string> =>
  distinct(text.matchAll(WORD_OF_LETTERS), shortest, most);

function distinct(found: Iterable<RegExpMatchArray>, shortest: number, most: number): ReadonlySet<string> {
  const words = new Set<string>();
  for (const [each] of found) {
    const word = each.toLowerCase();
    if (WITHOUT_SPACES.test(word)) for (const pair of pairsOf(word)) words.add(pair);
    else if (word.length >= shortest) words.add(word);
    if (words.size >= most) break;
  }
  return words;
}

/**
 * A hash of 32 bits (FNV-1a) of the letters alone, in lower case: what stays when counters, hours, signs and white space change. Made letter by
 * letter, for it is asked of whole texts at each poll.
 */
export function hashOfLetters(text: string): number {
  let hash = 0x811c9dc5;
  let isApart = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = letterOf(text.charCodeAt(at));
    if (letter === 0) {
      isApart = true;
      continue;
    }
    if (isApart) hash = Math.imul(hash ^ 32, 0x01000193);
    isApart = false;
    hash = Math.imul(hash ^ letter, 0x01000193);
  }
  return hash >>> 0;
}

const A_SMALL = 97;
const Z_SMALL = 122;
const NOT_ASKED = 0xffff;
const lettersByCode = new Uint16Array(2 ** 16).fill(NOT_ASKED);

/** Of a UTF-16 code unit: that of the letter in lower case, 0 for anything but a letter. Halves of a pair are letters. */
function letterOf(code: number): number {
  if (code >= A_SMALL && code <= Z_SMALL) return code;
  const known = lettersByCode[code]!;
  if (known !== NOT_ASKED) return known;
  const sign = String.fromCharCode(code);
  const found = LETTER.test(sign) ? sign.toLowerCase().charCodeAt(0) : 0;
  lettersByCode[code] = found;
  return found;
}

function pairsOf(word: string): readonly string[] {
  const letters = [...word];
  return letters.length === 1 ? letters : letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
}
