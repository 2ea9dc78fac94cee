// Whether a terminator with its closing quotes ends a sentence, judged by what comes before and after it.
import {
  abbreviationKind,
  BEFORE_ORDINAL,
  CAPITALISED_MONTHS,
  isLowerAbbreviation,
  SENTENCE_STARTERS,
} from './abbreviations.ts';
import { endOf, execAt, matchesAt } from './match-at.ts';
import { isHangul, isHanOrKana } from './scripts.ts';

const SPACE = /\s*/y;
/** Terminators of scripts without spaces need none after them. */
const WIDE_TERMINATOR = /[。．｡！？။។៕]/;
const OPENERS = /(?:["'“‘’”«»„‚‹›([{¿¡—–\-/「『《〈【（…][^\S\n]?){0,6}/y;
const NEXT_WORD = /[\p{L}\p{M}\p{N}'’]{1,24}/uy;
/** Longer words are not abbreviations. */
const LONGEST_ABBREVIATION = 12;
/** The letters of an initialism stand alone (U.S, т.е) or doubled (EE.UU). */
const INITIALISM = /^\p{L}{1,2}(?:\.\p{L}{1,2})+$/u;
/** The sentence so far is but a number or letter: "1. Treaty", "IV. Findings". */
const ENUMERATION = /^[("«]?(?:\d{1,3}|[IVXLC]{1,5}|[\p{Lu}\p{Ll}])$/u;
const ROMAN_NUMERAL = /^[IVXLC]+$/;
/** Speech is followed by who spoke: Korean and Japanese particles, or Chinese verbs of saying soon after. */
const AFTER_SPEECH =
  /(?:이?라(?:고|며|면서|는)|고 |고[는도]|며[ ,]|면서|는 |하고|[とってのがはをにもで、，,：:]|[^。！？，、\s「『“]{0,10}?[说說称稱道问問答](?:道)?[，。：,:]|[^。！？，、\s]{0,8}(?:表示|指出|强调|強調|补充))/y;
const DOMAIN_ENDINGS = new Set(['com', 'org', 'net', 'gov', 'edu', 'info', 'html', 'php', 'js', 'pdf', 'asp']);

/**
 * Where the next sentence begins, for the usual end of a sentence in Latin script, found without a pattern: a full stop
 * after a word in lower case that is not an abbreviation, then spaces or line ends, then a capital, perhaps in quotes. -1
 * says nothing; then `terminatorEnds` decides, and would decide the same here.
 */
export function afterPlainEnd(text: string, at: number): number {
  if (text.charCodeAt(at) !== FULL_STOP) return -1;
  let next = at + 1;
  while (isSpaceOrLineEnd(text.charCodeAt(next))) next++;
  if (next === at + 1 || !isCapital(text.charCodeAt(QUOTES.includes(text[next]!) ? next + 1 : next))) return -1;
  let start = at;
  while (start > 0 && at - start <= LONGEST_ABBREVIATION && isLowerLetter(text.charCodeAt(start - 1))) start--;
  const length = at - start;
  if (length > LONGEST_ABBREVIATION) return next;
  const isWhole = length > 1 && start > 0 && isSpaceOrLineEnd(text.charCodeAt(start - 1));
  return isWhole && !isLowerAbbreviation(text.slice(start, at)) ? next : -1;
}

const FULL_STOP = 0x2e;
const QUOTES = '"“‘';
const isSpaceOrLineEnd = (unit: number): boolean => unit === 0x20 || unit === 0x0a;
const isCapital = (unit: number): boolean => unit >= 0x41 && unit <= 0x5a;
/** Of the unaccented Latin letters. */
export const isLowerLetter = (unit: number): boolean => unit >= 0x61 && unit <= 0x7a;

/**
 * `text` from `start` is the sentence so far; the terminators stand at [at, terminatorsEnd), closing quotes and brackets
 * after them up to `end`.
 */
export function terminatorEnds(text: string, start: number, at: number, terminatorsEnd: number, end: number): boolean {
  if (end === text.length) return true;
  const next = endOf(SPACE, text, end);
  if (next === text.length) return true;
  if (end > terminatorsEnd && matchesAt(AFTER_SPEECH, text, next)) return false;
  if (WIDE_TERMINATOR.test(text.slice(at, Math.min(terminatorsEnd, at + 8)))) return !/[、，,]/.test(text[next]!);
  const wordStart = startOfWord(text, at, start);
  const before = text.slice(wordStart, at);
  const isFullStop = terminatorsEnd === at + 1 && text[at] === '.';
  if (next === end) return isSpaceMissing(text, wordStart, at, end, isFullStop);
  if (/[,;،؛、，)]/.test(text[next]!)) return false;

  const gapHasLineEnd = /[\n\u2029]/.test(text.slice(end, Math.min(next, end + 8)));
  const wordAt = endOf(OPENERS, text, next);
  const [word = ''] = execAt(NEXT_WORD, text, wordAt) ?? [];
  const isLower = /^\p{Ll}(?!\p{Lu})/u.test(word);
  if (!isFullStop) return !isLower && !(isEllipsis(text, at) && isOmission(text, at));
  return fullStopEnds(text, start, wordStart, before, { word, isLower, end: wordAt + word.length, gapHasLineEnd });
}

interface NextWord {
  readonly word: string;
  readonly isLower: boolean;
  readonly end: number;
  /** A line end stands between the full stop and the word. */
  readonly gapHasLineEnd: boolean;
}

function fullStopEnds(text: string, start: number, wordStart: number, before: string, next: NextWord): boolean {
  const isStarter = SENTENCE_STARTERS.has(next.word) && text[next.end] !== '.' && text[next.end] !== '-';
  const startsWithNumber = /^\d/.test(next.word);
  if (!next.gapHasLineEnd && ENUMERATION.test(text.slice(start, Math.min(wordStart + before.length, start + 8))))
    return false;
  if (/^\d+$/.test(before) || (before.length > 1 && ROMAN_NUMERAL.test(before))) {
    if (next.isLower) return false;
    if (before.length <= 4 && startsWithNumber && /^\d{1,2}$/.test(next.word) && text[next.end] === '.') return false;
    return isStarter || !isOrdinal(text, wordStart, before, next.word);
  }
  const isInitial = isSingleLetter(before);
  const kind =
    isInitial || INITIALISM.test(before) ? (abbreviationKind(before) ?? 'may-end') : abbreviationKind(before);
  if (next.isLower) return kind === null && next.gapHasLineEnd;
  if (kind === null) return true;
  if (kind === 'joins') return false;
  if (kind === 'number') return !startsWithNumber && !ROMAN_NUMERAL.test(next.word);
  if (kind === 'mostly-ends') return /^\p{L}/u.test(next.word);
  return isStarter;
}

/**
 * The last number of a date (2024. 11. 15.), or an ordinal: German by the word before the number or the month after it,
 * Turkish by the letters of the text around it.
 */
function isOrdinal(text: string, numberStart: number, number: string, next: string): boolean {
  if (number.length > 2 && !ROMAN_NUMERAL.test(number)) return false;
  if (CAPITALISED_MONTHS.has(next)) return true;
  const wordEnd = Math.max(0, numberStart - 1);
  if (/\d\. ?$/.test(text.slice(Math.max(0, numberStart - 3), numberStart))) return true;
  if (BEFORE_ORDINAL.has(text.slice(startOfWord(text, wordEnd, 0), wordEnd))) return true;
  return /[ğışİŞ]/.test(text.slice(Math.max(0, numberStart - 150), numberStart + 150));
}

/**
 * "ended.Then" and "끝났다.그는", but not example.org, 1.5, U.S.A or node.js: what is before must be a word in lower case
 * or of a script without cases, and what is after a word with a capital or of that script.
 */
function isSpaceMissing(text: string, wordStart: number, at: number, end: number, isFullStop: boolean): boolean {
  const before = text.slice(wordStart, at);
  const [after = ''] = execAt(NEXT_WORD, text, end) ?? [];
  if (after === '' || (end > at + 1 && isEllipsis(text, at))) return false;
  if (isAddress(text, at)) return false;
  if (/^\p{Lo}/u.test(after)) return /\p{Lo}{2}$/u.test(before) && (end === at + 1 || !isHangul(after.codePointAt(0)!));
  if (!/^\p{Lu}/u.test(after)) return false;
  if (/\p{Lo}{2}$/u.test(before)) return true;
  if (!/[\p{Ll}\d]{2}$/u.test(before) || (isFullStop && !/^\p{Lu}[\p{Ll}'’]|^[AIÀÉOÓУВИЯ]$/u.test(after))) return false;
  return !DOMAIN_ENDINGS.has(after.toLowerCase()) && abbreviationKind(before) === null;
}

/** What stands there without spaces is an address of the web or of mail. */
function isAddress(text: string, at: number): boolean {
  const [before = ''] = /\S*$/.exec(text.slice(Math.max(0, at - 80), at)) ?? [];
  const [after = ''] = /^\S*/.exec(text.slice(at, at + 24)) ?? [];
  return /:\/\/|www\.|[@/?&=#]\p{L}/u.test(before + after);
}

const isEllipsis = (text: string, at: number): boolean =>
  text[at] === '…' || (text[at] === '.' && text[at + 1] === '.');

/** Dots that stand for words left out, not for a voice that trails off: "[...]", "said … that". */
const isOmission = (text: string, at: number): boolean => at === 0 || /[\s[(]/.test(text[at - 1]!);

/** A letter of a script that writes initials; "네." is a Korean sentence. */
function isSingleLetter(word: string): boolean {
  if (word.length !== 1 || !/\p{L}/u.test(word)) return false;
  const codePoint = word.charCodeAt(0);
  return !isHangul(codePoint) && !isHanOrKana(codePoint);
}

/** Of the word that ends at `end`; at most so far back that abbreviations and the last word of a sentence are whole. */
function startOfWord(text: string, end: number, earliest: number): number {
  const limit = Math.max(earliest, end - LONGEST_ABBREVIATION - 1);
  let i = end;
  while (i > limit && /[\p{L}\p{M}\p{N}.'’-]/u.test(text[i - 1]!)) i--;
  while (i < end && /['’.-]/.test(text[i]!)) i++;
  return i;
}
