// Turkish: plural, possession and case of nouns, tense and person of verbs, cut from the end one after the other.

/**
 * Endings from the last to the first, on letters without diacritics: A is a or e, I is i, ı, u or ü, D is d or t, K is
 * g or k. Of each step the longest ending is cut that leaves so many letters.
 */
const STEPS: readonly (readonly [leaves: number, endings: string])[] = [
  // Copula.
  [3, 'DIr DIrlAr ydI ymIs'],
  // Tense and person of verbs; infinitive, verbal nouns and participles.
  [
    3,
    `l?I?yor(lAr|um|sun|uz|du|dular|mus)? y?AcAK(lAr|tI|InI|I)? DI(lAr|k|m|n)? mIs(DIr|tI|lAr)?
    mAK(tA|tAn|lA|In|A|I|tAdIr)? mAlI(dIr)? mAsI(nIn?|nA|ndAn?)? DIK(lArI|tAn|I)?(nIn?|nA|ndA)? ArAk mIyor`,
  ],
  // Case.
  [2, 'DAkI(lAr)? n?DAn? DAn?'],
  [3, 'nIn In ylA lA yI nI yA nA'],
  // Possession.
  [3, 'lArI sI ImIz InIz mIz nIz'],
  [3, 'lAr'],
  // Verbal nouns, and what is left of accusative, dative and possession.
  [3, 'mA I A'],
];
const PATTERNS = STEPS.map(([leaves, endings]) => {
  const alternatives = endings
    .replaceAll('A', '[ae]')
    .replaceAll('I', '[iu]')
    .replaceAll('D', '[dt]')
    .replaceAll('K', '[gk]')
    .trim()
    .split(/\s+/);
  return new RegExp(`(?<=^(?=.*[aeiou]).{${leaves},})(?:${alternatives.join('|')})$`);
});
const FINAL: Readonly<Record<string, string>> = { p: 'b', t: 'd', k: 'g' };

/** Given the letters of `foldWord`; what follows an apostrophe is an ending. */
export function stemTurkish(word: string): string {
  let stem = word.replace(/(?<=..)'.*$/, '');
  // Twice, because plural and possession end in letters that look like a case (kadın, kadınlar).
  for (const pattern of [...PATTERNS, ...PATTERNS]) stem = stem.replace(pattern, '');
  return stem.length < 3 ? stem : stem.replace(/[ptk]$/, (letter) => FINAL[letter]!);
}
