// Data folders as they are after much has happened: feeds whose items are all known, a queue full of articles.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createDynamoDbStores } from '../adapters/dynamodb/stores.ts';
import { createFeedFetcher } from '../adapters/http/feed-fetcher.ts';
import { openWeb } from '../adapters/http/web.ts';
import { localDynamoDb, startDatabase } from '../local/database/database.ts';
import { TABLE_NAME } from '../local/files/file-names.ts';
import { LocalQueues } from '../local/queues/queues.ts';
import { mapConcurrently } from '../shared/core/map-concurrently.ts';
import type { OpmlFeed } from '../shared/feeds/opml.ts';
import { readFeed } from '../shared/feeds/read-feed.ts';
import { feedIdOf } from '../shared/model/ids.ts';
import type { ArticleMessage, PollMessage } from '../shared/model/messages.ts';
import { defaultSettings } from '../shared/model/settings.ts';
import { configure } from '../shared/usecases/managing/configure.ts';
import { pollFeeds } from '../shared/usecases/polling/poll-feeds.ts';
import { ARTICLE_TEXT, SILENT, SYSTEM_CLOCK } from './local-parts.ts';

const GROUPS_AT_ONCE = 4;
const MESSAGES_AT_ONCE = 5_000;

/** Adds the feeds and polls each of them once; what is new is remembered and goes to no queue. */
export async function rememberItems(data: string, feeds: readonly OpmlFeed[]): Promise<void> {
  mkdirSync(data, { recursive: true });
  const settings = {
    ...defaultSettings,
    fetch: { allowHosts: [...new Set(feeds.map(({ url }) => new URL(url).host))] },
  };
  const database = await startDatabase(data, TABLE_NAME, { env: process.env });
  const client = localDynamoDb(database.endpoint);
  const web = openWeb(settings);
  const stores = createDynamoDbStores({ client, tableName: TABLE_NAME, clock: SYSTEM_CLOCK });
  const discard = async (): Promise<void> => {};
  const world = { clock: SYSTEM_CLOCK, log: SILENT, metrics: { put: () => {} } };
  try {
    await configure({ ...stores, ...world, pollQueue: { send: discard } }, { feeds, topics: [], packs: [] }, settings);
    const ports = {
      ...world,
      feeds: stores.feeds,
      articleQueue: { send: discard, sendLater: discard },
      fetcher: createFeedFetcher(web),
      readFeed,
    };
    await mapConcurrently(await stores.feeds.listPollBatches(), GROUPS_AT_ONCE, async ({ id, feedIds }) => {
      const message: PollMessage = { v: 1, kind: 'poll', pollBatch: id, slot: null, feedIds };
      await pollFeeds(message, ports, settings);
    });
  } finally {
    web.fetch.close();
    client.destroy();
    await database.stop();
  }
}

/** Puts that many new items of these feeds on the article queue. */
export function queueArticles(data: string, feeds: readonly OpmlFeed[], count: number): void {
  mkdirSync(data, { recursive: true });
  const queues = new LocalQueues(join(data, 'queues.sqlite'));
  for (let at = 0; at < count; at += MESSAGES_AT_ONCE) {
    const length = Math.min(MESSAGES_AT_ONCE, count - at);
    queues.send(
      'articles',
      Array.from({ length }, (_, n) => JSON.stringify(articleOf(feeds[(at + n) % feeds.length]?.url ?? '', at + n))),
    );
  }
  queues.close();
}

function articleOf(feedUrl: string, n: number): ArticleMessage {
  const now = SYSTEM_CLOCK.now().toISOString();
  return {
    v: 1,
    kind: 'article',
    feed: { id: feedIdOf(feedUrl), title: 'Feed', url: feedUrl, language: 'en', fullText: 'never' },
    item: {
      id: `queued-${n}`,
      title: `Report ${n}`,
      url: `https://news.example.org/queued/${n}`,
      published: now,
      updated: null,
      summary: null,
      content: ARTICLE_TEXT.replace('{n}', String(n)),
      authors: [],
      categories: [],
      language: null,
    },
    linkIsOwn: true,
    firstPoll: false,
    polledAt: now,
    truncated: false,
  };
}
