// How versions up to 0.1 (commit 16e15f8) named an item by its link: as it stood, not as its publisher's address, and without knowing as many
// tracking parameters. What they remembered must not look new to this version, nor its articles. Pure.

import { type ArticleId, articleIdOf } from '../model/ids.ts';
import { originalOfAmpCache } from '../net/amp.ts';
import { canonicalUrl } from '../net/canonical-url.ts';
import { articleIdOfLink, type IdentifiedItem, keyOf, titleAndDay } from './item-identity.ts';

/** Keys that they kept of it and that this version has not; none where the link is not its own. */
export function formerKeysOf({ item, keys, linkIsOwn }: IdentifiedItem): readonly string[] {
  const link = linkIsOwn ? canonicalUrl(item.url ?? '')?.replace(/^http:/, 'https:') : undefined;
  if (link === undefined || keyOf('page', link) === keys.page) return [];
  const look = keyOf('link', link, ...titleAndDay(item));
  return keys.namedBy === 'guid' ? [look] : [keyOf('page', link), look];
}

/** The article that they made of an item whose link is its own: http and https were two. */
export function formerArticleId({ item }: IdentifiedItem): ArticleId | null {
  const { url } = item;
  if (url === null || articleIdOfLink(item) === null) return null;
  const link = canonicalUrl(originalOfAmpCache(url) ?? url);
  return link === null ? null : articleIdOf(link);
}
