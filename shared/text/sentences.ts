// Cuts a text into sentences by rules for the languages we read, without a dictionary and without the run time's own
// segmenter, whose answers change with its version.
import { abbreviationKind, BEFORE_ORDINAL, CAPITALISED_MONTHS, SENTENCE_STARTERS } from './abbreviations.ts';
import { LineEnds } from './line-ends.ts';
import { isHangul, isHanOrKana } from './scripts.ts';

/** What may end a sentence: terminators and line ends. */
const CANDIDATE = /[.!?…。．｡！？؟۔।‼⁇⁈⁉\n\u2029]/g;
const TERMINATORS = /[.!?…。．｡！？؟۔।‼⁇⁈⁉]+/y;
/** East Asian terminators need no space after them. */
const WIDE_TERMINATOR = /[。．｡！？]/;
/** Closing quotes, brackets and footnote numbers; French writes a space before its closing quote. */
const CLOSERS = /(?:["'”’»›“)\]}）］｝」』】〉》〕]|\[\d{1,3}\]|[\u00a0\u202f ][»›](?=[\s.,;:!?)]|$))*/y;
const SPACE = /\s*/y;
const OPENERS = /(?:["'“‘’”«»„‚‹›([{¿¡—–\-/「『《〈【（…][\u00a0\u202f ]?){0,6}/y;
const NEXT_WORD = /[\p{L}\p{M}\p{N}'’]{1,24}/uy;
/** "SEOUL, Nov. 15 (Agency) --", "МОСКВА, 15 ноября. /АГЕНТСТВО/.": one with the sentence after it. */
const DATELINE =
  /\p{Lu}[\p{Lu}\p{M}.'’ -]{2,30}(?:,|[. ] ?(?=[^\n]{0,12}[\d(]))[^\n—–]{0,50}?(?:\([^()\n]{2,30}\) ?(?:--?|[—–])|\/[\p{L} .-]{2,20}\/\.?|--|[—–])/uy;
/** Longer words are no abbreviations. */
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
 * The sentences of a text as [start, end) in UTF-16 units: trimmed, ascending, disjoint, and holding every character
 * that is no space. Time grows with the length of the text, whatever it holds.
 *
 * A blank line ends a sentence, and so does a single line end after a headline or list entry (see `LineEnds`). A full
 * stop does not when the next word is in lower case, nor after abbreviations, initials and ordinals. Where it cannot be
 * told, sentences stay together: one that is too long costs less than a clause torn in two.
 */
export function splitSentences(text: string): readonly (readonly [start: number, end: number])[] {
  const ranges: [start: number, end: number][] = [];
  const lineEnds = new LineEnds(text);
  let start = endOf(SPACE, text, 0);
  let from = endOfDateline(text, start);
  while (start < text.length) {
    CANDIDATE.lastIndex = from;
    const at = CANDIDATE.exec(text)?.index ?? text.length;
    const boundary = at < text.length ? boundaryAt(text, start, at, lineEnds) : { ends: true, end: at, next: at };
    from = boundary.next;
    if (!boundary.ends) continue;
    ranges.push([start, trimmedEnd(text, start, boundary.end)]);
    start = endOf(SPACE, text, boundary.next);
    from = endOfDateline(text, start);
  }
  return ranges;
}

/** `end`: where the sentence ends, when it does; `next`: where to read on. */
interface Boundary {
  readonly ends: boolean;
  readonly end: number;
  readonly next: number;
}

function boundaryAt(text: string, start: number, at: number, lineEnds: LineEnds): Boundary {
  if (isLineEnd(text[at]!)) {
    const next = endOf(SPACE, text, at);
    const isParagraphEnd = /[\n\u2029].*\n|\u2029/s.test(text.slice(at, next));
    return { ends: isParagraphEnd || next === text.length || lineEnds.endsSentence(at, next), end: at, next };
  }
  const terminatorsEnd = endOf(TERMINATORS, text, at);
  const end = endOf(CLOSERS, text, terminatorsEnd);
  return { ends: terminatorEnds(text, start, at, terminatorsEnd, end), end, next: end };
}

function terminatorEnds(text: string, start: number, at: number, terminatorsEnd: number, end: number): boolean {
  if (end === text.length) return true;
  const next = endOf(SPACE, text, end);
  if (next === text.length) return true;
  if (end > terminatorsEnd && matches(AFTER_SPEECH, text, next)) return false;
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

/** Where to look for the first terminator: behind the dateline, if the sentence begins with one. */
const endOfDateline = (text: string, start: number): number => endOf(DATELINE, text, start);

function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && /\s/.test(text[last - 1]!)) last--;
  return last;
}

const isLineEnd = (character: string): boolean => character === '\n' || character === '\u2029';

function execAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const matches = (pattern: RegExp, text: string, at: number): boolean => execAt(pattern, text, at) !== null;

/** Where a match at `at` ends; `at` when there is none. */
const endOf = (pattern: RegExp, text: string, at: number): number => at + (execAt(pattern, text, at)?.[0].length ?? 0);
