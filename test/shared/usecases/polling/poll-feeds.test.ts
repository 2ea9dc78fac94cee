// Feeds and their hosts: one that is too slow for all of its feeds, and one that others ask too.
import { FetchFailedError, NoTurnError } from '../../../../shared/core/errors.ts';
import { readFeed } from '../../../../shared/feeds/read-feed.ts';
import { defaultSettings } from '../../../../shared/model/settings.ts';
import { pollFeeds } from '../../../../shared/usecases/polling/poll-feeds.ts';
import { aClock, aNewFeed } from '../../../support/builders.ts';
import { aLog, aQueue, someMetrics } from '../../../support/fakes.ts';
import { createMemoryStores } from '../../../support/memory-store.ts';

const FEEDS = 25;
/** Feeds that the host answers before patience ends. */
const TURNS = 10;

it('feeds that had no turn with a busy host are polled first the next time, and none stays without', async () => {
  const clock = aClock();
  const { feeds } = createMemoryStores({ clock });
  const added = Array.from({ length: FEEDS }, (_, n) => aNewFeed({ url: `https://slow.example.org/${n}` }));
  for (const feed of added) await feeds.addFeed(feed);
  let turns = 0;
  const polled = new Set<string>();
  const fetcher = {
    fetchFeed: async ({ url }: { url: string }) => {
      turns += 1;
      if (turns > TURNS) throw new NoTurnError(url, `${url}: no turn came in time`, 60);
      polled.add(url);
      return { kind: 'unchanged', freshSeconds: null } as const;
    },
  };
  const ports = {
    feeds,
    articleQueue: aQueue(),
    fetcher,
    readFeed: () => Promise.reject(new Error('nothing is read')),
    clock,
    log: aLog(),
    metrics: someMetrics(),
  };

  const rounds: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    turns = 0;
    clock.advance(5 * 60_000);
    await pollFeeds(
      { v: 1, kind: 'poll', pollBatch: null, slot: null, feedIds: added.map(({ id }) => id) },
      ports,
      defaultSettings,
    );
    rounds.push(polled.size);
  }

  expect(rounds).toEqual([10, 20, 25]);
});

it('feeds that failed the last time are polled after the others, which do not wait for them', async () => {
  const clock = aClock();
  const { feeds } = createMemoryStores({ clock });
  const added = ['dead1', 'alive1', 'dead2', 'alive2'].map((host) => aNewFeed({ url: `https://${host}.example/feed` }));
  for (const feed of added) await feeds.addFeed(feed);
  const asked: string[] = [];
  const fetcher = {
    fetchFeed: async ({ url }: { url: string }) => {
      asked.push(new URL(url).hostname);
      if (url.includes('dead')) throw new FetchFailedError('dns', url, `${url}: no name server answered`);
      return { kind: 'unchanged', freshSeconds: null } as const;
    },
  };
  const readNothing = () => Promise.reject(new Error('nothing is read'));
  const world = { articleQueue: aQueue(), log: aLog(), metrics: someMetrics(), readFeed: readNothing };
  const message = { v: 1, kind: 'poll', pollBatch: null, slot: null, feedIds: added.map(({ id }) => id) } as const;
  const poll = () => pollFeeds(message, { feeds, fetcher, clock, ...world }, defaultSettings);
  await poll();
  asked.length = 0;

  await poll();

  expect(asked).toHaveLength(4);
  expect(asked.slice(0, 2).every((host) => host.startsWith('alive'))).toBe(true);
});

it('others who may ask the same host are looked out for where its pages are read, and not where the feed brings its text', async () => {
  const clock = aClock();
  const { feeds } = createMemoryStores({ clock });
  const long = 'The convoy crossed the river at dawn and the bridge held. '.repeat(40);
  const itemsOf = {
    long: `<content:encoded>${long}</content:encoded>`,
    short: '<description>A convoy.</description>',
    never: '',
  };
  const urlOf = (name: string): string => `https://${name}.example.org/feed`;
  const added = [
    aNewFeed({ url: urlOf('long'), fullText: 'auto' }),
    aNewFeed({ url: urlOf('short'), fullText: 'auto' }),
    aNewFeed({ url: urlOf('never'), fullText: 'never' }),
  ];
  for (const feed of added) await feeds.addFeed(feed);
  let number = 0;
  const asked: Record<string, boolean[]> = { long: [], short: [], never: [] };
  const fetcher = {
    fetchFeed: async ({ url, hostIsShared = true }: { url: string; hostIsShared?: boolean }) => {
      const name = new URL(url).host.split('.')[0] as keyof typeof itemsOf;
      asked[name]?.push(hostIsShared);
      const item = `<item><guid>${name}-${number}</guid><title>Convoy ${number}</title>${itemsOf[name]}</item>`;
      const body = new TextEncoder().encode(
        `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title>${item}</channel></rss>`,
      );
      return {
        kind: 'changed',
        body,
        contentType: 'application/rss+xml',
        finalUrl: url,
        movedTo: null,
        etag: null,
        lastModified: null,
        freshSeconds: null,
      } as const;
    },
  };
  const ports = {
    feeds,
    articleQueue: aQueue(),
    fetcher,
    readFeed,
    clock,
    log: aLog(),
    metrics: someMetrics(),
  };

  for (; number < 2; number += 1) {
    clock.advance(24 * 60 * 60_000);
    await pollFeeds(
      { v: 1, kind: 'poll', pollBatch: null, slot: null, feedIds: added.map(({ id }) => id) },
      ports,
      defaultSettings,
    );
  }

  expect(asked).toEqual({ long: [true, false], short: [true, true], never: [false, false] });
});
