// A document keeps its turn in memory until what was found in it has been handed on.
import { createLargeDocuments } from '../../../../adapters/http/large-documents.ts';
import { readFeed } from '../../../../shared/feeds/read-feed.ts';
import { parseArticleMessage } from '../../../../shared/model/messages.ts';
import { defaultSettings } from '../../../../shared/model/settings.ts';
import type { DocumentTurn } from '../../../../shared/ports.ts';
import { readPage } from '../../../../shared/usecases/matching/article-page.ts';
import { pollFeeds } from '../../../../shared/usecases/polling/poll-feeds.ts';
import { aClock, aNewFeed, anItem, START } from '../../../support/builders.ts';
import { aLog, aQueue, someMetrics } from '../../../support/fakes.ts';
import { createMemoryStores } from '../../../support/memory-store.ts';

const FEED = new TextEncoder().encode(
  '<rss version="2.0"><channel><title>News</title><item><guid>1</guid><title>A convoy</title></item></channel></rss>',
);

/** Whether another large document could be read now. */
const isFree = (largeDocuments: ReturnType<typeof oneAtATime>): Promise<boolean> =>
  largeDocuments.withTurn((turn) => turn.take());

const oneAtATime = () => createLargeDocuments({ atOnce: 1, waitMs: 0 });

it('a feed: its items are in the queue and its state is stored', async () => {
  const clock = aClock();
  const { feeds } = createMemoryStores({ clock });
  const feed = aNewFeed({ url: 'https://news.example.org/feed' });
  await feeds.addFeed(feed);
  const largeDocuments = oneAtATime();
  const free: boolean[] = [];
  const look = async (): Promise<void> => void free.push(await isFree(largeDocuments));
  const savePollState = feeds.savePollState.bind(feeds);
  feeds.savePollState = async (...state) => {
    await look();
    return savePollState(...state);
  };
  const ports = {
    feeds,
    articleQueue: { ...aQueue(), send: look },
    fetcher: {
      fetchFeed: async ({ url, turn }: { url: string; turn?: DocumentTurn }) => {
        await turn?.take();
        const about = { contentType: undefined, movedTo: null, etag: null, lastModified: null, freshSeconds: null };
        return { kind: 'changed', body: FEED, finalUrl: url, ...about } as const;
      },
    },
    readFeed,
    largeDocuments,
    clock,
    log: aLog(),
    metrics: someMetrics(),
  };

  const message = { v: 1, kind: 'poll', pollBatch: null, slot: null, feedIds: [feed.id] } as const;
  await pollFeeds(message, ports, defaultSettings);

  expect(free).toEqual([false, false]);
  expect(await isFree(largeDocuments)).toBe(true);
});

it('a page: its text is found, or it is known to have none', async () => {
  const largeDocuments = oneAtATime();
  const free: boolean[] = [];
  const message = parseArticleMessage(
    JSON.stringify({
      v: 1,
      kind: 'article',
      feed: { id: 'f', title: '', url: 'https://news.example.org/feed', language: null, fullText: 'always' },
      item: anItem({ url: 'https://news.example.org/convoy' }),
      linkIsOwn: true,
      firstPoll: false,
      polledAt: START,
      truncated: false,
    }),
  );
  const ports = {
    pages: {
      fetchPage: async (url: string, turn?: DocumentTurn) => {
        await turn?.take();
        return { html: '<p>A convoy.</p>', finalUrl: url };
      },
    },
    extractor: {
      extract: async () => {
        free.push(await isFree(largeDocuments));
        throw new Error('no text');
      },
    },
    largeDocuments,
    clock: aClock(),
    log: aLog(),
  };

  await readPage(message, ports);

  expect(free).toEqual([false]);
  expect(await isFree(largeDocuments)).toBe(true);
});
