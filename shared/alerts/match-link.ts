// The way from a match to its article, and the published shape of a match, which shows it.
import { type Match, type PublishedMatch, publishedMatch } from '../model/match.ts';
import { safeAddress } from './safe-link.ts';
import { linkToPassage } from './text-fragment.ts';

/** The article, opened at the first passage that comes from the page itself, else at its first passage; null without a web address. */
export const linkOf = ({ article, passages }: Match): string | null =>
  linkToPassage(
    article.url || article.canonicalUrl,
    passages.find(({ origin }) => origin === 'article' || origin === 'title') ?? passages[0],
  );

/** Longer addresses would be most of a list. */
const LONGEST_IN_LIST = 300;

/** The article's plain address, for lists; null where it is long or no web address. */
export function plainLinkOf({ article }: Match): string | null {
  const href = safeAddress(article.url || article.canonicalUrl);
  return href === null || href.length > LONGEST_IN_LIST ? null : href;
}

/** `match.v1`, as the API and every event show it. */
export const showMatch = (match: Match): PublishedMatch => publishedMatch(match, linkOf(match));
