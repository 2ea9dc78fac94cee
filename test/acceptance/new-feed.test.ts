// A feed that was just added: its first poll is queued at once, and its batch's slot comes in the same minute. Real requests, with a clock that is set.
import { createFeedFetcher } from '../../adapters/http/feed-fetcher.ts';
import { openWeb } from '../../adapters/http/web.ts';
import { readFeed } from '../../shared/feeds/read-feed.ts';
import { feedIdOf } from '../../shared/model/ids.ts';
import { type PollMessage, parsePollMessage } from '../../shared/model/messages.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { configure } from '../../shared/usecases/managing/configure.ts';
import { pollFeeds } from '../../shared/usecases/polling/poll-feeds.ts';
import { schedulePolls } from '../../shared/usecases/polling/schedule-polls.ts';
import { aClock } from '../support/builders.ts';
import { aLog, aQueue, someMetrics } from '../support/fakes.ts';
import { type LoopbackWeb, serveWeb } from '../support/loopback.ts';
import { createMemoryStores } from '../support/memory-store.ts';

const MINUTE = 60_000;
const RSS = '<rss version="2.0"><channel><title>T</title><item><title>news</title></item></channel></rss>';

let publisher: LoopbackWeb;
beforeEach(async () => {
  publisher = await serveWeb((_, response) => response.end(RSS));
});
afterEach(() => publisher.close());

/** A feed added by the configuration; `queued` is what lies on the poll queue. */
async function aNewlyFollowedFeed() {
  const settings = { ...defaultSettings, fetch: { allowHosts: [publisher.pair] } };
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  const web = openWeb(settings, { clock });
  const queue = aQueue<PollMessage>();
  const ports = {
    ...stores,
    pollQueue: queue,
    articleQueue: aQueue(),
    fetcher: createFeedFetcher(web),
    readFeed,
    clock,
    log: aLog(),
    metrics: someMetrics(),
  };
  const url = `${publisher.origin}/feed.xml`;
  await configure(ports, { feeds: [{ url, title: '', folder: '', language: null }], topics: [], packs: [] }, settings);
  return {
    clock,
    queued: () => queue.take(),
    schedule: async (): Promise<readonly PollMessage[]> => {
      await schedulePolls(ports, settings);
      return queue.take();
    },
    /** All at the same time. */
    work: async (messages: readonly PollMessage[]): Promise<void> => {
      const bodies = messages.map((message) => JSON.stringify(message));
      await Promise.all(bodies.map((body) => pollFeeds(parsePollMessage(body), ports, settings)));
    },
    isRead: async () => (await stores.feeds.getFeed(feedIdOf(url)))?.state.baselined,
    close: web.fetch.close,
  };
}

/** The schedule's messages of so many minutes, one after the other. */
async function slots({ clock, schedule }: Awaited<ReturnType<typeof aNewlyFollowedFeed>>, minutes: number) {
  const messages: PollMessage[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    messages.push(...(await schedule()));
    clock.advance(MINUTE);
  }
  return messages;
}

it('a new feed is polled once when its first poll and its first slots are worked on at the same time', async () => {
  const feed = await aNewlyFollowedFeed();
  const first = feed.queued();

  await feed.work([...first, ...(await slots(feed, 6))]);

  expect(publisher.requests).toHaveLength(1);
  expect(await feed.isRead()).toBe(true);
  feed.close();
});

it('a first poll that is late finds that the schedule was there, and asks nothing', async () => {
  const feed = await aNewlyFollowedFeed();
  const first = feed.queued();
  feed.clock.advance(10 * MINUTE);
  const scheduled = await slots(feed, 6);
  await feed.work(scheduled.slice(0, 1));
  expect(publisher.requests).toHaveLength(1);

  await feed.work(first);

  expect(publisher.requests).toHaveLength(1);
  feed.close();
});

it('a feed whose first poll was never queued is polled by its schedule within a quarter of an hour', async () => {
  const feed = await aNewlyFollowedFeed();
  feed.queued();

  for (let minute = 0; minute < 15; minute += 1) await feed.work(await slots(feed, 1));

  expect(await feed.isRead()).toBe(true);
  feed.close();
});
