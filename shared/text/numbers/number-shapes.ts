// Digits that are not a quantity: times, dates, versions, telephone numbers, names of models. Of a date, the year counts.
import { lengthOfDay } from './calendar-days.ts';

export interface Shape {
  /** Units of the text that it takes up. */
  readonly length: number;
  /** Where in it the year stands, if it has one. */
  readonly year: { readonly offset: number; readonly value: number } | null;
}

/** Times, scores and ratios: 10:30, 3:2. */
const COLONS = /^\d+(?::\d+)+(?:[.,]\d+)?/;
const CLOCK = /^\d{1,2}(?:[.:h]\d{2})?\s?(?:a\.?m\.?|p\.?m\.?|uhr|o['’]clock)(?![\p{L}\p{N}])/iu;
const YEAR_FIRST = /^((?:1[0-9]|2[0-9])\d{2})([-/.])\d{1,2}\2\d{1,2}(?!\d)/;
const YEAR_LAST = /^(\d{1,2}([-/.])\d{1,2}\2)(\d{4}|\d{2})(?![\d])/;
/** 2025-26 and 2025/26. */
const SEASON = /^((?:19|20)\d{2})[-–/](\d{2})(?!\d|[.,]\d)/;
/** 9/11, 24/7, 1/2. */
const SLASHED = /^\d{1,2}\/\d{1,2}(?![\d/])/;
/** 555-123-4567, 978-3-16-148410-0. */
const HYPHENED = /^\d+(?:[-‐‑]\d+){2,}/;
const SHORT_TELEPHONE = /^\d{3}[-‐‑](\d{4})(?![\d,.]\d|\d)/;
const SPACED_TELEPHONE = /^(?:\d{3} \d{3} \d{4}|0\d{1,4}(?:[ /-]\d{2,})+|0\d{2,})(?!\d|[.,]\d)/;
/** With the code of a country: +44 20 7946 0958. */
const ABROAD = /^\d{1,3}(?:[ .()-]{1,2}\d{2,}){2,}/;
const CALLED = /(?:isbn|issn|tel|tél|phone|fax|call|dial|hotline|whatsapp|телефон|тел)[-. :]{0,3}[+(]?$/iu;
const CALLED_DIGITS = /^[\d(][\d ()/.-]*\d/;
/** 1.2.3 and 10.0.0.1, with whatever letters follow. */
const VERSION = /^\d+(?:\.\d+){2,}/;
const THOUSANDS = /^\d{1,3}(?:\.\d{3})+(?![.\d])/;
/**
 * Letters and a hyphen right before: F-16, COVID-19, Ми-8; of the dash, after capitals only. Hebrew writes its
 * particles so: ב-500.
 */
const MODEL_BEFORE =
  /([\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}][\p{L}\p{M}]*)[-‐‑]$|(?:^|[^\p{L}])(\p{Lu}[\p{Lu}\p{L}]{0,3})–$/u;
/** Words that are joined to a number and do not name a model. */
const JOINED_WORDS =
  /^(?:mid|pre|post|early|late|around|about|some|over|under|circa|ca|bis|to|ab|rund|mitte|ende|anfang|nach|vor|до|по|на)$/iu;
const YEAR = /^(?:19|20)\d{2}(?!\d|[.,]\d)/;

/**
 * The shape that `text` begins with; `before` is what comes before it. Null for what may be a quantity. Digits in
 * both are 0-9.
 */
export function shapeAt(text: string, before: string): Shape | null {
  const length = plainShape(text, before);
  if (length > 0) return { length, year: null };
  const first = YEAR_FIRST.exec(text);
  if (first !== null) return { length: first[0].length, year: { offset: 0, value: Number(first[1]) } };
  const last = YEAR_LAST.exec(text);
  if (last !== null && !/^[./-]\d/.test(text.slice(last[0].length))) {
    const isYear = last[3]!.length === 4;
    return { length: last[0].length, year: isYear ? { offset: last[1]!.length, value: Number(last[3]) } : null };
  }
  const season = SEASON.exec(text);
  if (season !== null) return { length: season[0].length, year: { offset: 0, value: Number(season[1]) } };
  if (VERSION.test(text) && !THOUSANDS.test(text) && !/^\d{1,3}(?:\.\d{3})+,\d/.test(text)) {
    return { length: VERSION.exec(text)![0].length, year: null };
  }
  const hyphened = HYPHENED.exec(text);
  return hyphened === null ? null : { length: hyphened[0].length, year: null };
}

function plainShape(text: string, before: string): number {
  const shape = [COLONS, CLOCK, SLASHED, SPACED_TELEPHONE].map((each) => each.exec(text)).find((each) => each !== null);
  if (shape !== undefined) return shape[0].length;
  if (CALLED.test(before)) return CALLED_DIGITS.exec(text)?.[0].length ?? 0;
  if (before.endsWith('+') && ABROAD.test(text)) return ABROAD.exec(text)![0].length;
  const short = SHORT_TELEPHONE.exec(text);
  // 800-1200 is a range.
  if (short !== null && Number(short[1]) % 5 !== 0) return short[0].length;
  if (isModel(text, before)) return /^\d+/.exec(text)![0].length;
  return lengthOfDay(text, before);
}

function isModel(text: string, before: string): boolean {
  const model = MODEL_BEFORE.exec(before);
  if (model === null || YEAR.test(text)) return false;
  return !JOINED_WORDS.test(model[1] ?? model[2]!);
}
