// Whether a stored match fits a filter, and the filter in its one normal form.
import { InvalidInputError } from '../core/errors.ts';
import { languageCodeOf } from '../text/language-codes.ts';
import type { ArticleSource } from './article.ts';
import type { Match, MatchFilter } from './match.ts';

/** The instants as RFC 3339 UTC with milliseconds, as they are stored. Throws InvalidInputError when one cannot be read. */
export function normalFilter(filter: MatchFilter): MatchFilter {
  return { ...filter, since: instant('since', filter.since), until: instant('until', filter.until) };
}

/** `filter` is in normal form. */
export function fitsFilter(match: Match, filter: MatchFilter): boolean {
  const { topic, feedId, since, until, source, language, text, strength, prominence } = filter;
  const { firstSeenAt } = match.article;
  return (
    (topic === undefined || match.topic.id === topic) &&
    (feedId === undefined || match.sources.some((one) => one.feedId === feedId)) &&
    (since === undefined || firstSeenAt >= since) &&
    (until === undefined || firstSeenAt < until) &&
    (source === undefined || isFromSource(match.sources, source)) &&
    (language === undefined || isInLanguage(match.article.language, language)) &&
    (text === undefined || says(match, folded(text))) &&
    (strength === undefined || match.strength === strength) &&
    (prominence === undefined || match.prominence === prominence)
  );
}

/** The query's part of a cursor's fingerprint: the filter, its keys in one order. */
export const filterIdentity = (filter: MatchFilter): readonly unknown[] => [
  'matches',
  ...(['topic', 'feedId', 'since', 'until', 'source', 'language', 'text', 'strength', 'prominence'] as const).map(
    (key) => filter[key] ?? null,
  ),
];

/** Both as tags; regions, scripts and case do not matter, since articles have the code of the language alone. */
export const isInLanguage = (language: string, wanted: string): boolean =>
  languageCodeOf(language) === languageCodeOf(wanted);

/** `source`: a host, or a part of the title of a feed; case does not matter. */
export function isFromSource(sources: readonly ArticleSource[], source: string): boolean {
  const wanted = folded(source);
  return sources.some(
    ({ host, title }) => folded(host) === wanted.replace(/^www\./, '') || folded(title).includes(wanted),
  );
}

function says(match: Match, wanted: string): boolean {
  return (
    folded(match.article.title).includes(wanted) ||
    match.passages.some((passage) => folded(passage.text).includes(wanted))
  );
}

/** For comparing without case. */
export const folded = (text: string): string => text.normalize('NFC').toLowerCase();

function instant(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new InvalidInputError(
      'bad_instant',
      `${name}: "${text}" is not an instant; expected one such as 2026-11-17T08:00:00Z`,
    );
  }
  return date.toISOString();
}
