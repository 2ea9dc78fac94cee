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

const PATTERNS: ReadonlyMap<string, TimePatterns> = new Map(
  Object.entries(WORDS).map(([language, words]) => [language, patternsOf(words)]),
);

/** Undefined for a language whose words for time are not known: its sentences are news. */
export const timePatternsOf = (language: string): TimePatterns | undefined => PATTERNS.get(language);
