import { foldWord } from './fold.ts';

/** The key of a bare word's inflected forms. */
export function stemWord(surface: string, language: string): string {
  const word = foldWord(surface);
  if (language !== 'en' || word.length < 4) return word;
  return word.replace(/(?:ies)$/, 'y').replace(/(?:ing|ed|es|s)$/, '').replace(/(.)\1$/, '$1').replace(/e$/, '');
}
