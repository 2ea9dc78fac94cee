// What the stemmers share: the parts of a word in which a suffix may be cut, and tables of words.

/**
 * Where the region begins that follows the first consonant after a vowel at or behind `from`; the length of the word if
 * there is none. From 0 this is the start of R1 of the Snowball algorithms, from there the start of R2.
 */
export function regionStart(word: string, vowels: string, from = 0): number {
  for (let i = from + 1; i < word.length; i++) {
    if (!vowels.includes(word[i]!) && vowels.includes(word[i - 1]!)) return i + 1;
  }
  return word.length;
}

/** The word without the longest of the suffixes that begins at `from` or behind; undefined if it has none. */
export function cutLongest(word: string, suffixes: readonly string[], from: number): string | undefined {
  const suffix = suffixes.find((candidate) => word.endsWith(candidate) && word.length - candidate.length >= from);
  return suffix === undefined ? undefined : word.slice(0, word.length - suffix.length);
}

/** The words of a list parted by white space, the longest first. */
export const longestFirst = (list: string): readonly string[] =>
  list
    .trim()
    .split(/\s+/)
    .sort((a, b) => b.length - a.length);

/** The words of a list parted by white space. */
export const wordSet = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** From "form,form>word form>word": each form with its word. */
export function formsOf(list: string): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const entry of list.trim().split(/\s+/)) {
    const [forms, word] = entry.split('>') as [string, string];
    for (const form of forms.split(',')) words.set(form, word);
  }
  return words;
}
