// What is noted of an item beside its keys: enough to see that it was edited, or that its guid or link shows another item now.
// 32 bytes, stored behind the item's name in the feed's memory, and for some items 17 more that name its article
// (docs/adr/0008-identity-over-time.md). Pure.

import { hash } from 'node:crypto';
import { HOUR_MINUTES, MINUTE_MS } from '../core/time.ts';
import { type ArticleId, digitsOfId, ID_DIGITS, idOfDigits } from '../model/ids.ts';
import type { Item } from '../model/item.ts';
import { articleIdOfLink, dateOf, type IdentifiedItem, wholeDigest } from './item-identity.ts';
import { hashOfLetters, wordsOf, wordsOfLetters } from './item-words.ts';

export interface Note {
  /** Of title, summary and content: has anything changed at all? */
  readonly exact: string;
  /** Of the letters and of the numbers of its title, and of the letters of its text: has more changed than a counter, an hour or white space? */
  readonly titleLetters: string;
  readonly titleNumbers: string;
  readonly textLetters: string;
  /** Hashes of a few of its words, drawn by lot. */
  readonly titleWords: readonly string[];
  readonly textWords: readonly string[];
  /** Of its date, in minutes since 1970; null without a date. */
  readonly minute: number | null;
  /** When it was last matched, in minutes modulo `CLOCK_MINUTES`. */
  readonly matchedAt: number;
  /** It was matched again since it was first seen. */
  readonly wasEdited: boolean;
  /** Its article is named by its link; else by the feed and the name under which this note stands. */
  readonly byLink: boolean;
  /** It was there at the feed's first poll, or before notes were taken. */
  readonly isStock: boolean;
  /** It came under another guid and link once. */
  readonly wasRenamed: boolean;
  /** Of the article that its link names; `0000` without a link. */
  readonly link: string;
  /** The article that its link named when it was first seen, for the link may change. Null where it is not kept, or another name is used. */
  readonly article: ArticleId | null;
}

/** Hex digits of a note, without and with its article. */
export const NOTE_DIGITS = 64;
export const LONG_NOTE_DIGITS = NOTE_DIGITS + ID_DIGITS;
const VERSION = '2';
/** Two years: ages are stored modulo this, so an item that was not touched for longer may wait some hours more. */
const CLOCK_MINUTES = 2 ** 20;
const NO_DATE = 2 ** 28 - 1;
const TITLE_WORDS = { count: 4, digits: 2 } as const;
const TEXT_WORDS = { count: 8, digits: 3 } as const;
/** Words among which a text's are sought again: a paragraph or two may have been put before them. */
const MOST_WORDS_SOUGHT = 400;
const LONGEST_TEXT = 20_000;
/** Letters of a telling word. Longer words are rarer: two texts that share them are about the same. Shorter ones where there are too few. */
const TELLING_WORDS = [5, 4, 3, 1] as const;
const FEW_WORDS = 3;
/** Of a title, more than this share of the words is kept in one that was edited. */
const TITLE_KEPT = 0.5;
/**
 * And of a text at least this share. Texts of one source that have nothing to do with each other share a tenth, bulletins with the same
 * phrases a third. Between them and an edit an error towards another item costs a second alert, the other one costs the news.
 */
const TEXT_KEPT = 0.6;
/** Where no word of the title is left and the date has moved on. */
const TEXT_KEPT_OF_NEWER = 0.75;
/** Where only the number in a title is another: reports of a series have less in common, an article whose figures are corrected has more. */
const TEXT_KEPT_IN_SERIES = 0.4;
/** Under the same title and link, other words count as a new issue when its date is so much later. */
const NEW_ISSUE_MINUTES = 12 * HOUR_MINUTES;

export function noteOf(
  { item, linkIsOwn }: IdentifiedItem,
  about: Pick<Note, 'wasEdited' | 'isStock' | 'wasRenamed'>,
  now: Date,
): Note {
  const article = linkIsOwn ? articleIdOfLink(item) : null;
  return {
    ...about,
    exact: exactOf(item),
    titleLetters: titleLettersOf(item),
    titleNumbers: titleNumbersOf(item),
    textLetters: textLettersOf(item),
    titleWords: drawn(titleWordsOf(item), TITLE_WORDS),
    textWords: drawn(tellingWordsOf(item), TEXT_WORDS),
    minute: minuteOf(item),
    matchedAt: clockOf(now),
    byLink: article !== null,
    link: linkTagOf(item),
    article,
  };
}

/** Changes with every character but white space. */
export const exactOf = (item: Item): string => wholeDigest(item).slice(0, 4);

/** Whether more changed than signs, white space, and numbers in the text. A number in a title is part of the news. */
export const lettersDiffer = (item: Item, note: Note): boolean =>
  titleLettersOf(item) !== note.titleLetters ||
  titleNumbersOf(item) !== note.titleNumbers ||
  textLettersOf(item) !== note.textLetters;

/** Minutes since the item was last matched. */
export const minutesSince = ({ matchedAt }: Note, now: Date): number =>
  (clockOf(now) - matchedAt + CLOCK_MINUTES) % CLOCK_MINUTES;

export const linkTagOf = (item: Item): string => tagOfArticle(articleIdOfLink(item));

export const tagOfArticle = (id: ArticleId | null): string => (id === null ? '0000' : digest(id));

/**
 * Whether what bears a known name is another item: title and text have both nothing to do with what was noted, and link or date has
 * changed as well. Where one of them is missing or stays, link and date must say more. A new headline and date alone are an edit.
 */
export function isAnotherItem({ item, keys, linkIsOwn }: IdentifiedItem, note: Note): boolean {
  if (!lettersDiffer(item, note)) return false;
  const title = shareKept(note.titleWords, titleWordsOf(item), TITLE_WORDS);
  const isOtherTitle = title !== null && title <= TITLE_KEPT;
  const minute = minuteOf(item);
  const isLaterBy = minute === null || note.minute === null ? null : minute - note.minute;
  const mayBeNew = isLaterBy === null || isLaterBy > 0;
  // The usual edit: words are looked for in a long text only where they can help.
  if (title !== null && !isOtherTitle && (isLaterBy ?? 0) <= 0 && !isNextOfSeries(item, note)) return false;
  const text = shareKept(note.textWords, textWordsOf(item), TEXT_WORDS);
  const hasMoved = linkIsOwn && linkTagOf(item) !== note.link;
  const leastKept = title === 0 && isLaterBy !== null && isLaterBy > 0 ? TEXT_KEPT_OF_NEWER : TEXT_KEPT;
  const isOtherText = text !== null && text < leastKept;
  if (mayBeNew && text !== null && text <= TEXT_KEPT_IN_SERIES && isNextOfSeries(item, note)) return true;
  if (isOtherText && (isOtherTitle || title === null)) return hasMoved || mayBeNew;
  if (isOtherText) {
    const isNextIssue = (isLaterBy ?? 0) >= NEW_ISSUE_MINUTES || keys.namedBy === 'title';
    return isLaterBy !== null && isLaterBy > 0 && (hasMoved || isNextIssue);
  }
  return isOtherTitle && text === null && mayBeNew && (hasMoved || !linkIsOwn);
}

/** `Report 17`, and now `Report 18`. */
const isNextOfSeries = (item: Item, note: Note): boolean =>
  titleLettersOf(item) === note.titleLetters && titleNumbersOf(item) !== note.titleNumbers;

export function encodeNote(note: Note): string {
  const flags = (note.wasEdited ? 1 : 0) + (note.byLink ? 2 : 0) + (note.isStock ? 4 : 0) + (note.wasRenamed ? 8 : 0);
  return [
    VERSION,
    note.exact,
    note.titleLetters,
    note.titleNumbers,
    note.textLetters,
    packed(note.titleWords, TITLE_WORDS),
    packed(note.textWords, TEXT_WORDS),
    hex(note.minute ?? NO_DATE, 7),
    hex(note.matchedAt, 5),
    hex(flags, 1),
    note.link,
    note.article === null ? '' : digitsOfId(note.article),
  ].join('');
}

/** Null for a note of a version that this code does not know: the item counts as one without a note. */
export function decodeNote(text: string): Note | null {
  if ((text.length !== NOTE_DIGITS && text.length !== LONG_NOTE_DIGITS) || text[0] !== VERSION) return null;
  let at = 1;
  const take = (digits: number): string => {
    at += digits;
    return text.slice(at - digits, at);
  };
  const exact = take(4);
  const titleLetters = take(4);
  const titleNumbers = take(2);
  const textLetters = take(4);
  const titleWords = unpacked(take(TITLE_WORDS.count * TITLE_WORDS.digits), TITLE_WORDS);
  const textWords = unpacked(take(TEXT_WORDS.count * TEXT_WORDS.digits), TEXT_WORDS);
  const minute = Number.parseInt(take(7), 16);
  const matchedAt = Number.parseInt(take(5), 16);
  const flags = Number.parseInt(take(1), 16);
  const has = (flag: number): boolean => (flags & flag) !== 0;
  return {
    exact,
    titleLetters,
    titleNumbers,
    textLetters,
    titleWords,
    textWords,
    minute: minute === NO_DATE ? null : minute,
    matchedAt,
    wasEdited: has(1),
    byLink: has(2),
    isStock: has(4),
    wasRenamed: has(8),
    link: take(4),
    article: text.length === NOTE_DIGITS ? null : (idOfDigits(text.slice(NOTE_DIGITS)) as ArticleId),
  };
}

/** Minutes since 1970, from there on; null without a date. */
export function minuteOf(item: Item): number | null {
  const at = Date.parse(dateOf(item));
  return Number.isNaN(at) ? null : Math.min(NO_DATE - 1, Math.max(0, Math.floor(at / MINUTE_MS)));
}

// ---------------------------------------------------------------- words

interface Draw {
  readonly count: number;
  readonly digits: number;
}

const titleLettersOf = ({ title }: Item): string => hex(hashOfLetters(title ?? '') >>> 16, 4);

const titleNumbersOf = ({ title }: Item): string =>
  digest((title ?? '').match(/\p{N}+/gu)?.join(' ') ?? '').slice(0, 2);

const titleWordsOf = ({ title }: Item): ReadonlySet<string> => wordsOf(title ?? '', 1);

/** Looked at several times in a poll. */
const lettersOfTexts = new WeakMap<Item, string>();

function textLettersOf(item: Item): string {
  const known = lettersOfTexts.get(item);
  if (known !== undefined) return known;
  const letters = hex(hashOfLetters(`${item.summary ?? ''}\n${item.content ?? ''}`) >>> 16, 4);
  lettersOfTexts.set(item, letters);
  return letters;
}

const beginningOf = ({ summary, content }: Item): string => `${summary ?? ''}\n${content ?? ''}`.slice(0, LONGEST_TEXT);

const textWordsOf = (item: Item): ReadonlySet<string> => wordsOfLetters(beginningOf(item), 1, MOST_WORDS_SOUGHT);

function tellingWordsOf(item: Item): ReadonlySet<string> {
  const text = beginningOf(item);
  for (const shortest of TELLING_WORDS) {
    const words = wordsOfLetters(text, shortest);
    if (words.size >= FEW_WORDS) return words;
  }
  return wordsOfLetters(text, 1);
}

/** Always the same few words of a set: those whose hashes are the least. */
function drawn(words: ReadonlySet<string>, { count, digits }: Draw): readonly string[] {
  const hashes = [...words].map(hashOf).sort((left, right) => left - right);
  return hashes.slice(0, count).map((hash) => tagOf(hash, digits));
}

/** How much of what was noted is still there; null where one side has no words. */
function shareKept(noted: readonly string[], words: ReadonlySet<string>, { digits }: Draw): number | null {
  if (noted.length === 0 || words.size === 0) return null;
  const tags = new Set([...words].map((word) => tagOf(hashOf(word), digits)));
  return noted.filter((tag) => tags.has(tag)).length / noted.length;
}

/** The low digits: words are drawn by the high ones. Never zero, which stands for no word. */
const tagOf = (hash: number, digits: number): string => hex(hash % 16 ** digits || 1, digits);

/** FNV-1a, scrambled: 32 bits. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return (hash ^ (hash >>> 15)) >>> 0;
}

const packed = (tags: readonly string[], { count, digits }: Draw): string => tags.join('').padEnd(count * digits, '0');

function unpacked(text: string, { digits }: Draw): readonly string[] {
  const tags: string[] = [];
  for (let at = 0; at < text.length; at += digits) tags.push(text.slice(at, at + digits));
  return tags.filter((tag) => /[^0]/.test(tag));
}

// ---------------------------------------------------------------- figures

const clockOf = (now: Date): number => Math.floor(now.getTime() / MINUTE_MS) % CLOCK_MINUTES;
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const digest = (text: string): string => hash('sha256', text).slice(0, 4);
