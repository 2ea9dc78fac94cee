// The languages whose words for time are known here.
import { patternsOf, type TimePatterns } from '../time-patterns.ts';
import type { TimeWords } from '../time-words.ts';
import { ARABIC } from './ar.ts';
import { GERMAN } from './de.ts';
import { ENGLISH } from './en.ts';
import { SPANISH } from './es.ts';
import { FRENCH } from './fr.ts';
import { JAPANESE } from './ja.ts';
import { KOREAN } from './ko.ts';
import { RUSSIAN } from './ru.ts';
import { UKRAINIAN } from './uk.ts';
import { CHINESE } from './zh.ts';

const WORDS: Readonly<Record<string, TimeWords>> = {
  en: ENGLISH,
  fr: FRENCH,
  es: SPANISH,
  de: GERMAN,
  ru: RUSSIAN,
  uk: UKRAINIAN,
  ar: ARABIC,
  zh: CHINESE,
  ja: JAPANESE,
  ko: KOREAN,
};

/** Those of languages that were asked for: few are, and each takes milliseconds to make. */
const PATTERNS = new Map<string, TimePatterns>();

/** Undefined for a language whose words for time are not known: its sentences are news. */
export function timePatternsOf(language: string): TimePatterns | undefined {
  const words = Object.hasOwn(WORDS, language) ? WORDS[language] : undefined;
  if (words === undefined) return undefined;
  const patterns = PATTERNS.get(language) ?? patternsOf(words);
  PATTERNS.set(language, patterns);
  return patterns;
}
