// How each language says who does what to whom: once per language, for all topics. A template is an expression with
// {verb}, {participle}, {noun}, {actor} and {object} left open, and /n for the reach of the frame.
import { ENGLISH } from './english.ts';
import { GERMAN, POLISH, RUSSIAN, TURKISH } from './free-order.ts';
import { ARABIC, CHINESE, JAPANESE, KOREAN } from './marked.ts';
import { FRENCH, ITALIAN, PORTUGUESE, SPANISH } from './romance.ts';

export interface Roles {
  /** Words between an act and its actor or object, at most. */
  readonly reach: number;
  /** What is sent, signed, attacked. */
  readonly object: readonly string[];
  /** Who arrives, signs, attacks. */
  readonly actor: readonly string[];
  /** Small words that the templates name as {roles.name}. */
  readonly words: Readonly<Record<string, string>>;
}

/** Of a language whose grammar we do not know: in one clause, in any order. */
const OTHERS: Roles = {
  reach: 6,
  object: ['{act} NEAR/nc {object}'],
  actor: ['{act} NEAR/nc {actor}'],
  words: {},
};

export const ROLES: Readonly<Record<string, Roles>> = {
  ar: ARABIC,
  de: GERMAN,
  en: ENGLISH,
  es: SPANISH,
  fr: FRENCH,
  it: ITALIAN,
  ja: JAPANESE,
  ko: KOREAN,
  pl: POLISH,
  pt: PORTUGUESE,
  ru: RUSSIAN,
  tr: TURKISH,
  uk: RUSSIAN,
  zh: CHINESE,
};

export const rolesOf = (language: string): Roles => ROLES[language] ?? OTHERS;
