// Whether a feed is followed already, under whichever of its addresses.

import { feedIdAt } from '../../feeds/feed-address.ts';
import type { Feed } from '../../model/feed.ts';
import type { FeedStore } from '../../ports.ts';

/** Feeds looked through at once. */
const PAGE = 500;

/** The feed that was added under one of the addresses; null when there is none. */
export async function addedAs(addresses: readonly string[], feeds: Pick<FeedStore, 'getFeeds'>): Promise<Feed | null> {
  const [known] = await feeds.getFeeds([...new Set(addresses.map(feedIdAt))]);
  return known ?? null;
}

/** As `addedAs`, or the feed that has moved to one of the addresses since it was added, for which all feeds are read. */
export async function followedAs(
  addresses: readonly string[],
  feeds: Pick<FeedStore, 'getFeeds' | 'listFeeds'>,
): Promise<Feed | null> {
  const known = await addedAs(addresses, feeds);
  if (known !== null) return known;
  const ids = new Set(addresses.map(feedIdAt));
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<FeedStore['listFeeds']>> = await feeds.listFeeds({ limit: PAGE, cursor });
    const moved = page.items.find(({ url }) => ids.has(feedIdAt(url)));
    if (moved !== undefined) return moved;
    cursor = page.cursor;
  } while (cursor !== null);
  return null;
}
