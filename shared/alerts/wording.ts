// The words in which an alert says when, where and why.
import type { TextOrigin } from '../model/article.ts';
import { type Match, originsOf, type Passage } from '../model/match.ts';
import { timeInWords, zoneNamed } from '../text/zoned-time.ts';
import { cutText, oneLine } from './plain-text.ts';

const MAX_SOURCES_NAMED = 6;

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** `Korean`; the tag itself where it names no language we know of, `unknown` for `und`. */
export function languageName(tag: string): string {
  if (tag === 'und' || tag === '') return 'unknown';
  try {
    return languages.of(tag) ?? tag;
  } catch {
    return oneLine(tag);
  }
}

/** `2026-11-23 08:17 +01:00`. `timeZone` is an IANA zone that the settings have checked. */
export const instantInWords = (instant: string, timeZone: string): string => timeInWords(instant, zoneNamed(timeZone));

const ORIGINS: Readonly<Record<TextOrigin, string>> = {
  article: 'the article',
  feed: "the feed's text",
  summary: "the feed's summary",
  title: 'the headline',
};

const lists = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** Where the passages come from, and why the page was not read: `the headline and the feed's summary (the page could not be read: …)`. */
export function originInWords(match: Match): string {
  const { origin, extractionFailure } = match.article;
  const only = origin === 'title' ? ' only' : '';
  return `${namesOf(originsOf(match))}${only}${extractionFailure === null ? '' : ` (${failureInWords(extractionFailure)})`}`;
}

/** Where one passage comes from: `the feed's summary`. */
export const placeInWords = ({ origin }: Passage): string => ORIGINS[origin];

const namesOf = (origins: readonly TextOrigin[]): string => lists.format(origins.map((each) => ORIGINS[each]));

/** Adds "the page could not be read" to a reason that does not mention the page itself. */
export function failureInWords(reason: string): string {
  const shown = cutText(oneLine(reason), 200);
  return shown.startsWith('the page ') ? shown : `the page could not be read: ${shown}`;
}

export const headline = (match: Match): string => cutText(oneLine(match.article.title), 300) || 'Untitled article';

/** The first feed that carried the article. */
export function sourceName({ sources }: Match): string {
  const [first] = sources;
  return first === undefined ? 'unknown source' : cutText(oneLine(first.title) || oneLine(first.host), 80);
}

/** `also in A, B and 3 more`; empty for a single source. */
export function otherSources(match: Match): string {
  const names = [
    ...new Set(match.sources.slice(1).map(({ title, host }) => cutText(oneLine(title) || oneLine(host), 80))),
  ];
  if (names.length === 0) return '';
  const more = names.length - MAX_SOURCES_NAMED;
  return `also in ${names.slice(0, MAX_SOURCES_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

export const topicInWords = ({ topic }: Match): string =>
  `${oneLine(topic.title)} (${oneLine(topic.id)}, version ${oneLine(topic.version)}), severity ${topic.severity}`;
