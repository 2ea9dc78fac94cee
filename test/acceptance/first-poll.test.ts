// The first poll of a feed fills the store and disturbs nobody; later polls of what is known cost next to nothing.

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, jest } from '@jest/globals';
import { createDynamoDbStores } from '../../adapters/dynamodb/stores.ts';
import { feedIdOf, type SubscriptionId } from '../../shared/model/ids.ts';
import type { Item } from '../../shared/model/item.ts';
import type { ArticleMessage } from '../../shared/model/messages.ts';
import { type PollPorts, pollFeeds } from '../../shared/usecases/polling/poll-feeds.ts';
import { ALERT_SETTINGS } from '../support/alert-world.ts';
import { aClock, aNewFeed, anItem, aSubscription, aTopic, later, START } from '../support/builders.ts';
import { startEmbeddedDynamoDb, type TestDatabase } from '../support/embedded-dynamodb.ts';
import { aLog, aPublisher, aQueue, readItems, someMetrics } from '../support/fakes.ts';
import { aPipelineWorld, isIdle, runMinutes, startProcess } from '../support/pipeline-world.ts';

jest.setTimeout(120_000);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const OLD_ITEMS = 10_000;

const READERS = [
  aSubscription({ id: 'single' as SubscriptionId, target: 'single@example.org', topics: ['*'] }),
  aSubscription({ id: 'hourly' as SubscriptionId, target: 'hourly@example.org', topics: ['*'], digest: 'hourly' }),
];

/** One in a hundred is about the topic, one in three has no date. */
const archive = (url: string): readonly Item[] =>
  Array.from({ length: OLD_ITEMS }, (_, n) =>
    anItem({
      id: `${url}/${n}`,
      url: `${url}/${n}`,
      title: `Report ${n}`,
      summary: n % 100 === 0 ? `A convoy crossed the river on day ${n}.` : `Leeks cost ${n} cents.`,
      published: n % 3 === 0 ? null : later(-(25 + n) * HOUR_MS),
    }),
  );

describe('the first poll of a feed', () => {
  const url = 'https://archive.example.org/feed';

  const aWorldWithAnArchive = async () => {
    const world = await aPipelineWorld({
      at: START,
      feeds: [{ url, title: '', fullText: 'never' }],
      topics: [aTopic()],
      subscriptions: READERS,
    });
    world.publisher.show(url, { items: archive('https://archive.example.org') });
    return world;
  };

  it(`with ${OLD_ITEMS} old items stores what matches and alerts nobody`, async () => {
    const world = await aWorldWithAnArchive();

    await runMinutes(world, startProcess(world), 12);

    const { matches, deliveries } = world.stores.snapshot();
    expect(Object.keys(matches)).toHaveLength(OLD_ITEMS / 100);
    expect(new Set(Object.values(matches).map(({ quiet, alertState }) => `${quiet} ${alertState}`))).toEqual(
      new Set(['first_poll_old done']),
    );
    expect(Object.keys(deliveries)).toEqual([]);
    expect([...world.mails, ...world.publications]).toEqual([]);
  });

  it('alerts nobody either when the process dies with the items queued and nothing remembered', async () => {
    const world = await aWorldWithAnArchive();
    const { feeds } = world.stores;
    const saveMemory = jest.spyOn(feeds, 'saveMemory').mockRejectedValueOnce(new Error('the process is gone'));

    await expect(runMinutes(world, startProcess(world), 12)).rejects.toThrow('is gone');
    world.polls.releaseAll();
    await runMinutes(world, startProcess(world), 12);

    expect(saveMemory).toHaveBeenCalledTimes(2);
    expect(Object.keys(world.stores.snapshot().matches)).toHaveLength(OLD_ITEMS / 100);
    expect([...world.mails, ...world.publications]).toEqual([]);
  });

  it('alerts of what is younger than 24 hours, and of nothing that is older', async () => {
    const world = await aPipelineWorld({
      at: START,
      feeds: [{ url, fullText: 'never' }],
      topics: [aTopic()],
      subscriptions: READERS,
    });
    const dated = (name: string, published: string | null): Item =>
      anItem({ id: name, url: `https://news.example.org/${name}`, title: `Convoy ${name}`, published });
    world.publisher.show(url, {
      items: [
        dated('fresh', later(-23 * HOUR_MS)),
        dated('old', later(-25 * HOUR_MS)),
        dated('undated', null),
        dated('misdated', later(40 * 24 * HOUR_MS)),
      ],
    });

    await runMinutes(world, startProcess(world), 75);

    expect(Object.keys(world.stores.snapshot().matches)).toHaveLength(4);
    const told = world.mails.map(({ to, text }) => [to, [...text.matchAll(/Convoy (\w+)$/gm)].map(([, name]) => name)]);
    expect(told).toEqual([
      ['single@example.org', ['fresh']],
      ['hourly@example.org', ['fresh']],
    ]);
    expect(world.publications).toHaveLength(1);
    expect(await isIdle(world)).toBe(true);
  });

  it('that finds an article of three feeds stores one match that lists all of them', async () => {
    const feeds = ['one', 'two', 'three'].map((name) => `https://${name}.example.org/feed`);
    const world = await aPipelineWorld({
      at: START,
      feeds: feeds.map((each) => ({ url: each, fullText: 'never' as const })),
      topics: [aTopic()],
      subscriptions: READERS.slice(0, 1),
    });
    const link = 'https://news.example.org/convoy';
    for (const [n, each] of feeds.entries()) {
      world.publisher.show(each, { items: [anItem({ id: `item-${n}`, url: `${link}?utm_source=feed-${n}` })] });
    }

    await runMinutes(world, startProcess(world), 12);

    const matches = Object.values(world.stores.snapshot().matches);
    expect(matches).toHaveLength(1);
    expect(matches[0]?.article.canonicalUrl).toBe(link);
    expect(matches[0]?.sources.map(({ feedId }) => feedId).sort()).toEqual(feeds.map((each) => feedIdOf(each)).sort());
    expect(world.mails).toHaveLength(1);
  });
});

describe('a poll of feeds that bring nothing new', () => {
  const FEEDS = 25;
  const WRITES = /^(?:Put|Update|Delete|TransactWrite|BatchWrite)/;
  const ONE_WRITE = { requests: ['UpdateItem'], metered: ['UpdateItem'] };
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startEmbeddedDynamoDb();
  });
  afterAll(() => database.stop());

  /** A batch of feeds that were polled once; `poll` polls them again, five minutes later, and gives the writes that this cost. */
  async function polledOnce() {
    const clock = aClock();
    const units: string[] = [];
    const requests: string[] = [];
    const client = database.client;
    const stores = createDynamoDbStores({
      client,
      tableName: await database.newTable(),
      clock,
      onConsumed: (operation) => void units.push(operation),
    });
    countRequests(client, requests);
    const urls = Array.from({ length: FEEDS }, (_, n) => `https://feed-${n}.example.org/feed`);
    for (const url of urls) await stores.feeds.addFeed(aNewFeed({ url }));
    const publisher = aPublisher();
    const articleQueue = aQueue<ArticleMessage>();
    const ports: PollPorts = {
      feeds: stores.feeds,
      articleQueue,
      fetcher: publisher,
      readFeed: readItems,
      clock,
      log: aLog(),
      metrics: someMetrics(),
    };
    const items = [anItem(), anItem({ id: 'second', url: 'https://news.example.org/second' })];
    for (const url of urls) publisher.show(url, { items });
    const poll = async () => {
      const [batch] = await stores.feeds.listPollBatches();
      clock.advance(5 * MINUTE_MS);
      units.length = 0;
      requests.length = 0;
      const message = { v: 1, kind: 'poll', pollBatch: batch!.id, slot: clock.now().toISOString() } as const;
      const { results } = await pollFeeds({ ...message, feedIds: batch!.feedIds }, ports, ALERT_SETTINGS);
      const outcomes = new Set(results.map(({ outcome }) => outcome));
      return {
        outcomes: [...outcomes],
        polled: results.length,
        // A write whose condition does not hold costs as well, and is not among the metered ones.
        requests: requests.filter((name) => WRITES.test(name)),
        metered: units.filter((name) => WRITES.test(name)),
      };
    };
    await poll();
    articleQueue.take();
    return { poll, publisher, urls, items, articleQueue };
  }

  it('costs one write for the whole batch when each answers "not changed"', async () => {
    const { poll, articleQueue } = await polledOnce();

    expect(await poll()).toEqual({ outcomes: ['unchanged'], polled: FEEDS, ...ONE_WRITE });
    expect(articleQueue.sent).toEqual([]);
  });

  it('costs no more when the documents change around items that are known', async () => {
    const { poll, publisher, urls, items, articleQueue } = await polledOnce();
    for (const url of urls) publisher.show(url, { items, feed: { description: 'built anew' } });

    expect(await poll()).toEqual({ outcomes: ['changed'], polled: FEEDS, ...ONE_WRITE });
    expect(articleQueue.sent).toEqual([]);
  });
});

function countRequests(client: DynamoDBClient, requests: string[]): void {
  client.middlewareStack.add(
    (next, context) => (request) => {
      requests.push((context.commandName ?? '').replace(/Command$/, ''));
      return next(request);
    },
    { step: 'initialize' },
  );
}
