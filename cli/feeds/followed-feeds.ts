// The feeds that an instance follows, as its API shows them.
import { InvalidInputError } from '../../shared/core/errors.ts';
import type { PublishedFeed } from '../../shared/model/feed.ts';
import { feedIdOf } from '../../shared/model/ids.ts';
import { canonicalUrl } from '../../shared/net/canonical-url.ts';
import { withoutFeedScheme } from '../../shared/net/feed-scheme.ts';
import type { ApiClient } from '../api/client.ts';
import { fetchAllPages } from '../api/pages.ts';

export type ShownFeed = PublishedFeed;

/** In pages as long as the API allows, because each page costs a look at all poll batches. */
export const fetchFeeds = (api: ApiClient): Promise<readonly ShownFeed[]> =>
  fetchAllPages<ShownFeed>(api, '/v1/feeds', { limit: '100' });

/** The id of the feed that an argument ID|URL names. Throws InvalidInputError('not_found') for an address that is not followed. */
export const feedIdFor = async (api: ApiClient, given: string): Promise<string> =>
  given.includes('/') ? idOfUrl(api, given) : given;

/** By the address under which the feed was added, however it is written, or by the address it has moved to since. */
async function idOfUrl(api: ApiClient, url: string): Promise<string> {
  const id = idWhenAdded(url);
  const feed = (await fetchFeeds(api)).find((each) => each.id === id || each.url === url);
  if (feed === undefined) throw new InvalidInputError('not_found', `${url} is not followed`);
  return feed.id;
}

/** The id that a feed gets when it is added under this address; null for an address that cannot be followed. */
export function idWhenAdded(url: string): string | null {
  const canonical = canonicalUrl(withoutFeedScheme(url.trim()));
  return canonical === null ? null : feedIdOf(canonical);
}
