// The words in which an alert says when, where and why.
import { counted } from '../core/counted.ts';
import type { TextOrigin } from '../model/article.ts';
import { type Match, originsOf, type Passage } from '../model/match.ts';
import type { Story } from '../model/story.ts';
import type { Prominence } from '../model/strength.ts';
import { timeInWords, zoneNamed } from '../text/zoned-time.ts';
import type { Coverage } from './coverage.ts';
import { cutText, oneLine } from './plain-text.ts';

const MAX_SOURCES_NAMED = 6;
/** Characters; a title or id may have hundreds. */
const LONGEST_TOPIC = 60;

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

/** Where the earliest evidence of a match stands. */
export const PLACES: Readonly<Record<Prominence, string>> = {
  headline: 'in the headline',
  lead: 'near the beginning',
  body: 'further down',
};

const lists = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** `A, B and C`. */
export const listed = (names: readonly string[]): string => lists.format(names);

/** Where the passages come from, and why the page was not read: `the headline and the feed's summary (the page could not be read: …)`. */
export function originInWords(match: Match): string {
  const { origin, extractionFailure } = match.article;
  const only = origin === 'title' ? ' only' : '';
  return `${namesOf(originsOf(match))}${only}${extractionFailure === null ? '' : ` (${failureInWords(extractionFailure)})`}`;
}

/** Where one passage comes from: `the feed's summary`. */
export const placeInWords = ({ origin }: Passage): string => ORIGINS[origin];

const namesOf = (origins: readonly TextOrigin[]): string => listed(origins.map((each) => ORIGINS[each]));

/** Adds "the page could not be read" to a reason that does not mention the page itself. */
export function failureInWords(reason: string): string {
  const shown = cutText(oneLine(reason), 200);
  return shown.startsWith('the page ') ? shown : `the page could not be read: ${shown}`;
}

export const headline = (match: Match): string => cutText(oneLine(match.article.title), 300) || 'Untitled article';

/** The first feed that carried the article. */
export function sourceName({ sources }: Match): string {
  const [first] = sources;
  return first === undefined ? 'unknown source' : nameOfSource(first);
}

export const nameOfSource = ({ title, host }: Match['sources'][number]): string =>
  cutText(oneLine(title) || oneLine(host), 80);

/** The other outlets with the article or its story, each name once. */
export function otherOutlets(match: Match, story: Story | null): readonly string[] {
  const own = sourceName(match);
  const names = [...match.sources.slice(1), ...(story?.sources ?? [])].map(nameOfSource);
  return [...new Set(names)].filter((name) => name !== own);
}

/** `also in 3: A, B, C`; empty for a single source. */
export function alsoIn(names: readonly string[]): string {
  if (names.length === 0) return '';
  const more = names.length - MAX_SOURCES_NAMED;
  return `also in ${names.length}: ${names.slice(0, MAX_SOURCES_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** `6 outlets, 2 independent texts`; empty for a single outlet. */
export function voicesInWords(outlets: number, texts: number): string {
  return outlets < 2 ? '' : `${counted(outlets, 'outlet')}, ${counted(texts, 'independent text')}`;
}

export const topicTitle = ({ topic }: Match): string =>
  cutText(oneLine(topic.title) || oneLine(topic.id), LONGEST_TOPIC);

/** `River crossings (medium)`. */
export const topicWithSeverity = (match: Match): string => `${topicTitle(match)} (${match.topic.severity})`;

/** What names the definition that matched: `river-crossings 1.0.0+0a1b2c3`. */
export const topicVersion = ({ topic }: Match): string =>
  cutText(`${oneLine(topic.id)} ${oneLine(topic.version)}`, LONGEST_TOPIC * 2);

/** `A, B and 3 more`. */
export function someOf(names: readonly string[], most: number): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${more} more` : listed(names);
}

/** As many names as fit into `most` characters, and the number of the others. */
export function namesWithin(names: readonly string[], most: number): string {
  let room = most;
  const end = names.findIndex((name) => {
    room -= name.length + 2;
    return room < 0;
  });
  return someOf(names, end === -1 ? names.length : end);
}

/** `212 of 214 feeds read; 2 failing: A since …, B since …`. Empty before the feeds were first checked. */
export function coverageInWords(coverage: Coverage | null, timeZone: string): string {
  if (coverage === null) return '';
  const { feeds, read, failing } = coverage;
  const all = `${read.toLocaleString('en-GB')} of ${counted(feeds, 'feed')} read`;
  const failed = feeds - read;
  if (failed <= 0) return `${all}.`;
  const named = failing.map(
    ({ title, since }) =>
      `${cutText(oneLine(title), 60) || 'one without a name'} since ${instantInWords(since, timeZone)}`,
  );
  const more = failed - named.length;
  const list =
    named.length === 0 ? '' : `: ${named.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en-GB')} more` : ''}`;
  return `${all}; ${failed.toLocaleString('en-GB')} failing${list}.`;
}
