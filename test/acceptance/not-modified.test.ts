// A publisher whose "not modified" is wrong: the document itself is asked for once a week, and the answer is not relied upon for a month.

import { jest } from '@jest/globals';
import { describeHealth } from '../../shared/feeds/feed-health.ts';
import { feedIdOf } from '../../shared/model/ids.ts';
import type { Item } from '../../shared/model/item.ts';
import type { ArticleMessage } from '../../shared/model/messages.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { pollFeeds } from '../../shared/usecases/polling/poll-feeds.ts';
import { aClock, aNewFeed, anItem, later } from '../support/builders.ts';
import { aLog, aPublisher, aQueue, readItems, someMetrics } from '../support/fakes.ts';
import { createMemoryStores } from '../support/memory-store.ts';

const URL = 'https://news.example.org/feed.xml';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SETTINGS = { ...defaultSettings, poll: { ...defaultSettings.poll, everyMinutes: 360 } };
const item = (n: number, atMs: number): Item =>
  anItem({ id: `${n}`, url: `https://news.example.org/${n}`, title: `Report ${n}`, published: later(atMs) });

/** A feed polled every six hours, whose server says "not modified" to every condition. */
async function aStubbornFeed() {
  const clock = aClock();
  const { feeds } = createMemoryStores({ clock });
  await feeds.addFeed(aNewFeed({ url: URL, intervalMinutes: 360 }));
  const [batch] = await feeds.listPollBatches();
  const publisher = aPublisher();
  const queue = aQueue<ArticleMessage>();
  const log = aLog();
  let items: readonly Item[] = [item(1, 0)];
  publisher.answer(URL, async (etag) =>
    etag !== null
      ? { kind: 'unchanged', freshSeconds: null, movedTo: null }
      : {
          kind: 'changed',
          body: new TextEncoder().encode(JSON.stringify({ items })),
          contentType: 'application/json',
          finalUrl: URL,
          movedTo: null,
          etag: '"always"',
          lastModified: null,
          freshSeconds: null,
        },
  );
  const savePollState = jest.spyOn(feeds, 'savePollState');
  const ports = {
    feeds,
    articleQueue: queue,
    fetcher: publisher,
    readFeed: readItems,
    clock,
    log,
    metrics: someMetrics(),
  };
  const { id } = aNewFeed({ url: URL });
  return {
    log,
    show: (...shown: readonly Item[]) => {
      items = shown;
    },
    /** Polls each six hours for so many days; how many requests had no condition, how many states were written, what was queued. */
    async pass(days: number) {
      const before = { requests: publisher.requests.length, writes: savePollState.mock.calls.length };
      for (let hour = 0; hour < days * 24; hour += 6) {
        clock.advance(6 * HOUR_MS);
        await pollFeeds(
          { v: 1, kind: 'poll', pollBatch: batch!.id, slot: clock.now().toISOString(), feedIds: [feedIdOf(URL)] },
          ports,
          SETTINGS,
        );
      }
      return {
        whole: publisher.requests.slice(before.requests).filter(({ etag }) => etag === null).length,
        writes: savePollState.mock.calls.length - before.writes,
        queued: queue.take().map((message) => message.item.id),
      };
    },
    async health() {
      const feed = await feeds.getFeed(id);
      return describeHealth(feed!, null, clock.now(), defaultSettings);
    },
  };
}

describe('a feed that answers nothing but "not modified"', () => {
  it('is asked for the document itself after a week, and once a week from then on', async () => {
    const feed = await aStubbornFeed();
    await feed.pass(0.25);

    const weeks = [await feed.pass(6.75), await feed.pass(0.25), await feed.pass(6.75), await feed.pass(0.25)];

    expect(weeks.map(({ whole }) => whole)).toEqual([0, 1, 0, 1]);
    expect(await feed.health()).toMatchObject({ validatorsIgnoredUntil: null });
  });

  it('costs one write a week when it holds nothing new', async () => {
    const feed = await aStubbornFeed();
    await feed.pass(8); // until its interval is at its longest

    const { whole, writes } = await feed.pass(14);

    expect([whole, writes]).toEqual([2, 2]);
  });

  it('that hid items is downloaded whole for a month, and its health says so', async () => {
    const feed = await aStubbornFeed();
    await feed.pass(0.25);
    feed.show(item(2, DAY_MS), item(1, 0));

    const hidden = await feed.pass(6.75);
    const found = await feed.pass(0.25);
    const health = await feed.health();
    feed.show(item(3, 8 * DAY_MS), item(2, DAY_MS));
    const after = await feed.pass(29);
    const later = await feed.pass(3);

    expect([hidden.queued, found.queued, after.queued]).toEqual([[], ['2'], ['3']]);
    expect(health.validatorsIgnoredUntil).toBe(
      new Date(Date.parse('2026-11-24T14:00:00.000Z') + 30 * DAY_MS).toISOString(),
    );
    expect(health.explanation).toContain('downloaded whole until 2026-12-24');
    expect([after.whole, later.whole]).toEqual([116, 3]);
    expect(await feed.health()).toMatchObject({ validatorsIgnoredUntil: null });
    expect(feed.log.messages('warn')).toEqual(['feed said "not modified" although it had new items']);
  });

  it('is not blamed for what came since the last poll', async () => {
    const feed = await aStubbornFeed();
    await feed.pass(7);
    feed.show(item(2, 7 * DAY_MS + 2 * HOUR_MS), item(1, 0));

    const { queued } = await feed.pass(0.25);

    expect(queued).toEqual(['2']);
    expect(await feed.health()).toMatchObject({ validatorsIgnoredUntil: null });
  });

  it('is blamed for items without a date', async () => {
    const feed = await aStubbornFeed();
    await feed.pass(7);
    feed.show({ ...item(2, 0), published: null }, item(1, 0));

    await feed.pass(0.25);

    expect((await feed.health()).validatorsIgnoredUntil).not.toBeNull();
  });
});
