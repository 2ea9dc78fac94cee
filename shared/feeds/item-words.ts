// Words of an item, to tell an edit from another item: rough, in any script, and bounded.

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** Scripts that write words without spaces between them: two letters at a time stand for words. */
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Distinct words in lower case, of at least so many letters; the first `most` of them. */
export function wordsOf(text: string, shortest: number, most = 100): ReadonlySet<string> {
  const words = new Set<string>();
  for (const [found] of text.matchAll(WORD)) {
    const word = found.toLowerCase();
    if (WITHOUT_SPACES.test(word)) for (const pair of pairsOf(word)) words.add(pair);
    else if (word.length >= shortest) words.add(word);
    if (words.size >= most) break;
  }
  return words;
}

/** Letters only: what stays when counters, hours and white space change. */
export const lettersOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}]+/gu, ' ')
    .trim();

function pairsOf(word: string): readonly string[] {
  const letters = [...word];
  return letters.length === 1 ? letters : letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
}
