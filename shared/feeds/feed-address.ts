// The address under which a feed is added, and the id that follows from it.
import { type FeedId, feedIdOf } from '../model/ids.ts';
import { canonicalUrl } from '../net/canonical-url.ts';
import { withoutCredentials } from '../net/display-url.ts';
import { withoutFeedScheme } from '../net/feed-scheme.ts';

/** Null unless the text is an http or https address; `feed:` before it is ignored. */
export function feedAddressOf(written: string): { readonly id: FeedId; readonly url: string } | null {
  const url = withoutFeedScheme(written.trim());
  const canonical = canonicalUrl(url);
  return canonical === null ? null : { id: feedIdOf(canonical), url: withoutCredentials(url) };
}

/** The id of a feed at an address that was checked before. */
export const feedIdAt = (url: string): FeedId => feedIdOf(canonicalUrl(url) ?? url);
