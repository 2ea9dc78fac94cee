// Turkish: plural, possession and case of nouns, tense and person of verbs, cut from the end one after the other.

/** Stands for ş where all other letters are without diacritics. */
export const SH_MARK = '\ue000';

/**
 * Endings from the last to the first, on letters without diacritics: A is a or e, I is i, ı, u or ü, K is g or k. D is t
 * behind a voiceless consonant and d elsewhere, so hükümeti is not a past tense. `v` before an ending: only behind a vowel;
 * `c`: only behind a consonant; `i`: only behind i, ı, u or ü, which a possession ends in. Of each step the longest
 * ending is cut that leaves this many letters.
 */
const STEPS: readonly (readonly [leaves: number, endings: string])[] = [
  // Copula.
  [3, 'DIr DIrlAr v:ydI v:ymIs'],
  // Tense and person of verbs; infinitive, verbal nouns and participles.
  [
    3,
    `l?I?yor(lAr|um|sun|uz|du|dular|mus)? y?AcAK(lAr|tI|InI|I)? DI(lAr|k|m|n)? mIs(DIr|tI|lAr)?
    mAK(tA|tAn|lA|In|A|I|tAdIr)? mAlI(dIr)? mAsI(nIn?|nA|ndAn?)? DIK(lArI|tAn|I)?(nIn?|nA|ndA)? ArAk mIyor`,
  ],
  // Case.
  [2, 'DAkI(lAr)? i:nDAn? DAn?'],
  [3, 'v:nIn c:In v:ylA lA v:yI i:nI v:yA i:nA'],
  // Possession.
  [3, 'lArI v:sI c:ImIz c:InIz v:mIz v:nIz'],
  [3, 'lAr'],
  // Verbal nouns, and what is left of accusative, dative and possession.
  [3, 'mA I A'],
];
const BEHIND: Readonly<Record<string, string>> = { v: '(?<=[aeiou])', c: '(?<=[^aeiou])', i: '(?<=[iu])' };
const D = `(?:(?<=[fstkchp${SH_MARK}])t|(?<=[^fstkp${SH_MARK}])d)`;
const PATTERNS = STEPS.map(([leaves, endings]) => {
  const alternatives = endings
    .replaceAll('mIs', `mI${SH_MARK}`)
    .replaceAll('A', '[ae]')
    .replaceAll('I', '[iu]')
    .replaceAll('K', '[gk]')
    .replaceAll('D', D)
    .trim()
    .split(/\s+/)
    .map((ending) => ending.replace(/^([vci]):/, (_, place: string) => BEHIND[place]!));
  return new RegExp(`(?<=^(?=.*[aeiou]).{${leaves},})(?:${alternatives.join('|')})$`);
});
const FINAL: Readonly<Record<string, string>> = { p: 'b', t: 'd', k: 'g' };
/** Nouns whose end looks like an ending: bakan (minister) is not a form of bak, polis none of pol. */
const NOUNS_LIKE_FORMS =
  'ateşkes meclis polis virus nufus temas ofis servis ajans konsensus bakan başkan komutan duşman uzman kurban insan ' +
  'vatan liman zaman orman plan ilan alan divan kaptan sultan orta';
const NOUN_LIKE_FORM = new RegExp(
  `^(${NOUNS_LIKE_FORMS.replaceAll(' ', '|').replaceAll('ş', SH_MARK)})(?=$|[aeiou]|l[ae]|[dt][ae])`,
);

/** Given the letters of `foldWord`, but `SH_MARK` for ş; what follows an apostrophe is an ending. */
export function stemTurkish(word: string): string {
  let stem = word.replace(/(?<=..)'.*$/, '');
  const noun = NOUN_LIKE_FORM.exec(stem)?.[1];
  if (noun !== undefined) return noun;
  // Twice, because plural and possession end in letters that look like a case (kadın, kadınlar).
  for (const pattern of [...PATTERNS, ...PATTERNS]) stem = stem.replace(pattern, '');
  return stem.length < 3 ? stem : stem.replace(/[ptk]$/, (letter) => FINAL[letter]!);
}
