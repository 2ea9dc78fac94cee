// The way from a match to its article, and the published shape of a match, which shows it.
import { type Match, type PublishedMatch, publishedMatch } from '../model/match.ts';
import { linkToPassage } from './text-fragment.ts';

/** The article, opened at the first passage that comes from the page itself, else at its first passage; null without a web address. */
export const linkOf = ({ article, passages }: Match): string | null =>
  linkToPassage(
    article.url || article.canonicalUrl,
    passages.find(({ origin }) => origin === 'article' || origin === 'title') ?? passages[0],
  );

/** `match.v1`, as the API and every event show it. */
export const showMatch = (match: Match): PublishedMatch => publishedMatch(match, linkOf(match));
