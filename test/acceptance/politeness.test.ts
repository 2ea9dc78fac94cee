// How publishers are asked over days: real polls through the real fetcher to servers of this machine, with a clock that is set.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createFeedFetcher } from '../../adapters/http/feed-fetcher.ts';
import { openWeb } from '../../adapters/http/web.ts';
import { readFeed } from '../../shared/feeds/read-feed.ts';
import { feedIdOf } from '../../shared/model/ids.ts';
import type { ArticleMessage } from '../../shared/model/messages.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { pollFeeds } from '../../shared/usecases/polling/poll-feeds.ts';
import { aClock, aNewFeed, START } from '../support/builders.ts';
import { aLog, aQueue, someMetrics } from '../support/fakes.ts';
import { type LoopbackWeb, type RecordedRequest, serveWeb } from '../support/loopback.ts';
import { createMemoryStores } from '../support/memory-store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const rss = (titles: readonly string[], inside = ''): string =>
  `<rss version="2.0"><channel><title>Harbour news</title>${inside}${titles
    .map((title) => `<item><title>${title}</title><guid>${title}</guid></item>`)
    .join('')}</channel></rss>`;

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function aPublisherWith(first: Answer) {
  let answer = first;
  let looked = 0;
  const web: LoopbackWeb = await serveWeb((request, response) => answer(request, response));
  open.push(web);
  const sinceLastLook = (): readonly RecordedRequest[] => {
    const since = web.requests.slice(looked);
    looked = web.requests.length;
    return since;
  };
  return {
    web,
    answers: (next: Answer) => {
      answer = next;
    },
    /** Requests since the last look: paths and validators. */
    asked: () =>
      sinceLastLook().map(({ path, headers }) => [path, headers['if-none-match'], headers['if-modified-since']]),
  };
}

/** Feeds at these paths of a publisher, polled every five minutes as their schedule says. */
async function following({ web }: { readonly web: LoopbackWeb }, ...paths: readonly string[]) {
  const settings = { ...defaultSettings, fetch: { ...defaultSettings.fetch, allowHosts: [web.pair] } };
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  const urls = paths.map((path) => `${web.origin}${path}`);
  for (const url of urls) await stores.feeds.addFeed(aNewFeed({ url }));
  const parts = openWeb(settings, { clock });
  open.push(parts.fetch);
  const articleQueue = aQueue<ArticleMessage>();
  const log = aLog();
  const ports = {
    feeds: stores.feeds,
    articleQueue,
    fetcher: createFeedFetcher(parts),
    readFeed,
    clock,
    log,
    metrics: someMetrics(),
  };
  const [batch] = await stores.feeds.listPollBatches();
  const message = { v: 1, kind: 'poll', pollBatch: batch!.id, feedIds: batch!.feedIds } as const;
  return {
    clock,
    log,
    feed: async (path = paths[0]!) => (await stores.feeds.getFeed(feedIdOf(`${web.origin}${path}`)))!,
    titles: () => articleQueue.take().map(({ item }) => item.title),
    pollNow: () => pollFeeds({ ...message, pollBatch: null, slot: null }, ports, settings),
    pass: async (ms: number): Promise<void> => {
      for (const end = clock.now().getTime() + ms; clock.now().getTime() < end; ) {
        clock.advance(5 * MINUTE);
        await pollFeeds({ ...message, slot: clock.now().toISOString() }, ports, settings);
      }
    },
  };
}

const good: Answer = (_request, response) => response.end(rss(['One']));

describe('validators', () => {
  it('are kept after a good document only, and sent back as they came', async () => {
    const publisher = await aPublisherWith((_request, response) =>
      response.writeHead(200, { etag: 'W/"odd \'one\'"', 'last-modified': 'yesterday, about noon' }).end(rss(['One'])),
    );
    const { pass } = await following(publisher, '/feed');
    await pass(5 * MINUTE);
    publisher.answers((_request, response) =>
      response.writeHead(200, { etag: '"of the error page"' }).end('<html><title>Back soon</title></html>'),
    );
    await pass(30 * MINUTE);

    const asked = publisher.asked();

    expect(asked.length).toBeGreaterThan(2);
    expect(asked[0]).toEqual(['/feed', undefined, undefined]);
    expect(new Set(asked.slice(1).map((each) => each.join(' ')))).toEqual(
      new Set(['/feed W/"odd \'one\'" yesterday, about noon']),
    );
  });
});

describe('a feed that answers from another address', () => {
  const movingTo =
    (status: number, target = '/new'): Answer =>
    (request, response) => {
      if (request.url === '/old') response.writeHead(status, { location: target }).end();
      else if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"1"' }).end(rss(['One']));
    };

  it.each([301, 308])('with %d is followed there after three good polls over a day', async (status) => {
    const publisher = await aPublisherWith(movingTo(status));
    const { pass, feed, log } = await following(publisher, '/old');

    await pass(23 * HOUR);
    const before = (await feed('/old')).url;
    await pass(3 * HOUR);
    publisher.asked();
    await pass(3 * HOUR);

    expect(before).toBe(`${publisher.web.origin}/old`);
    expect((await feed('/old')).url).toBe(`${publisher.web.origin}/new`);
    expect(new Set(publisher.asked().map(([path]) => path))).toEqual(new Set(['/new']));
    expect(log.messages('info')).toContain('feed moved for good: its new address is followed');
  });

  it.each([302, 303, 307])('with %d stays at its own', async (status) => {
    const publisher = await aPublisherWith(movingTo(status));
    const { pass, feed } = await following(publisher, '/old');

    await pass(3 * DAY);

    expect((await feed('/old')).url).toBe(`${publisher.web.origin}/old`);
  });

  it('that is no feed is not followed there', async () => {
    const publisher = await aPublisherWith((request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/login' }).end();
      else response.end('<html><title>Log in</title></html>');
    });
    const { pass, feed } = await following(publisher, '/old');

    await pass(3 * DAY);

    const { url, state } = await feed('/old');
    expect([url, state.failure?.kind]).toEqual([`${publisher.web.origin}/old`, 'not_a_feed']);
  });

  it('that fails within the day, or changes, is watched for a day anew', async () => {
    const publisher = await aPublisherWith(movingTo(301));
    const { pass, feed } = await following(publisher, '/old');

    await pass(20 * HOUR);
    publisher.answers(movingTo(301, '/other'));
    await pass(20 * HOUR);
    publisher.answers((_request, response) => response.writeHead(500).end());
    await pass(2 * HOUR);
    publisher.answers(movingTo(301, '/other'));
    await pass(20 * HOUR);

    expect((await feed('/old')).url).toBe(`${publisher.web.origin}/old`);
  });

  it('inside this network is never followed there', async () => {
    const inside = await aPublisherWith(good);
    const publisher = await aPublisherWith((_request, response) =>
      response.writeHead(301, { location: `${inside.web.origin}/feed` }).end(),
    );
    const { pass, feed } = await following(publisher, '/old');

    await pass(2 * DAY);

    const { url, state } = await feed('/old');
    expect([url, state.failure?.kind]).toEqual([`${publisher.web.origin}/old`, 'blocked']);
    expect(inside.web.connections()).toBe(0);
  });
});

// The span between polls is at least what is asked for, and less than half as much again: 480 minutes for six hours.
describe('a publisher that asks for patience', () => {
  it.each([
    { status: 429, header: '7200', seconds: 7200 },
    { status: 503, header: '7200', seconds: 7200 },
    { status: 429, header: new Date(Date.parse(START) + 2 * HOUR).toUTCString(), seconds: 7200 },
    { status: 503, header: '31536000', seconds: 86_400 },
  ])('with $status and Retry-After: $header gets it for all feeds of the host', async ({ status, header, seconds }) => {
    const publisher = await aPublisherWith((_request, response) =>
      response.writeHead(status, { 'retry-after': header }).end(),
    );
    const { pass, feed } = await following(publisher, '/a', '/b', '/c');

    await pass(5 * MINUTE);
    publisher.answers(good);
    await pass((seconds - 900) * 1000);
    const meanwhile = publisher.asked();
    await pass(2 * HOUR);

    // Feeds polled side by side may have asked before the first answer was there.
    expect(meanwhile.length).toBeLessThanOrEqual(3);
    expect(new Set(publisher.asked().map(([path]) => path))).toEqual(new Set(['/a', '/b', '/c']));
    expect((await feed('/b')).state.failure).toBeNull();
  });

  it.each<[what: string, answer: Answer, polls: [least: number, most: number]]>([
    [
      'with max-age of six hours',
      (_, response) => response.setHeader('cache-control', 'max-age=21600').end(rss(['One'])),
      [2, 4],
    ],
    [
      'with max-age of a year, a day',
      (_, response) => response.setHeader('cache-control', 'max-age=31536000').end(rss(['One'])),
      [1, 3],
    ],
    ['with a ttl of six hours', (_, response) => response.end(rss(['One'], '<ttl>360</ttl>')), [2, 4]],
    ['with a ttl of a year, a day', (_, response) => response.end(rss(['One'], '<ttl>525600</ttl>')), [1, 3]],
    ['with nothing, as an archive that is quiet', good, [5, 100]],
  ])('%s, is asked so often in the second day', async (_what, answer, [least, most]) => {
    const publisher = await aPublisherWith(answer);
    const { pass } = await following(publisher, '/feed');
    await pass(DAY);
    publisher.asked();

    await pass(DAY);

    const count = publisher.asked().length;
    expect(count).toBeGreaterThanOrEqual(least);
    expect(count).toBeLessThanOrEqual(most);
  });

  it('in hours it names is not asked then, and is asked in all others when it names all', async () => {
    const hours = (from: number, to: number): string =>
      `<skipHours>${Array.from({ length: to - from }, (_, hour) => `<hour>${from + hour}</hour>`).join('')}</skipHours>`;
    const seen: number[] = [];
    let count = 0;
    const publisher = await aPublisherWith(good);
    const { pass, clock } = await following(publisher, '/feed');
    const serving = (skip: string): Answer => {
      return (_request, response) => {
        seen.push(clock.now().getUTCHours());
        count += 1;
        response.end(rss([`Item ${count}`], skip));
      };
    };
    publisher.answers(serving(hours(10, 20)));
    await pass(2 * DAY);
    const named = seen.splice(0);
    publisher.answers(serving(hours(0, 24)));
    await pass(2 * DAY);

    expect(named.filter((hour) => hour >= 10 && hour < 20)).toEqual([]);
    expect(new Set(named).size).toBe(14);
    expect(new Set(seen).size).toBe(24);
  });
});

describe('a feed that fails', () => {
  it('is asked ever more seldom, but once a day for ever, and recovers alone', async () => {
    const publisher = await aPublisherWith((request) => request.socket.destroy());
    const { pass, feed, clock, titles } = await following(publisher, '/feed');
    const gaps: number[] = [];
    let last = clock.now().getTime();
    for (let minutes = 0; minutes < 30 * 24 * 60; minutes += 5) {
      await pass(5 * MINUTE);
      if (publisher.asked().length === 0) continue;
      gaps.push((clock.now().getTime() - last) / MINUTE);
      last = clock.now().getTime();
    }
    const failing = (await feed()).state;
    publisher.answers(good);
    await pass(DAY + 10 * MINUTE);

    const first = gaps.slice(1, 8);
    expect(first).toEqual(first.toSorted((left, right) => left - right));
    expect(first.at(-1)! / first[0]!).toBeGreaterThan(30);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(24 * 60 + 5);
    expect(gaps.length).toBeGreaterThanOrEqual(30);
    expect(failing.failure).toMatchObject({ kind: 'reset', count: gaps.length });
    expect((await feed()).state.failure).toBeNull();
    expect(titles()).toEqual(['One']);
  });

  it('is paused for other spans than its neighbour, so that they do not come back together', async () => {
    const publisher = await aPublisherWith((request) => request.socket.destroy());
    const paths = Array.from({ length: 8 }, (_, n) => `/${n}`);
    const { pass, feed } = await following(publisher, ...paths);

    await pass(6 * HOUR);

    const ends = await Promise.all(paths.map(async (path) => (await feed(path)).state.notBefore));
    expect(new Set(ends).size).toBeGreaterThan(4);
  });

  it('keeps what is known of it, so that nothing is told of twice afterwards', async () => {
    const publisher = await aPublisherWith(good);
    const { pass, titles, feed } = await following(publisher, '/feed');
    await pass(HOUR);
    const before = (await feed()).state;
    publisher.answers((_request, response) => response.end('<rss version="2.0"><channel><item><tit'));
    await pass(HOUR);
    const failing = (await feed()).state;
    publisher.answers((_request, response) => response.end(rss(['Two', 'One'])));
    await pass(DAY);

    expect(failing).toMatchObject({
      failure: { kind: 'not_a_feed' },
      bodyHash: before.bodyHash,
      itemCount: 1,
      lastNewItemAt: before.lastNewItemAt,
    });
    expect(titles()).toEqual(['One', 'Two']);
  });
});

describe('a feed that its publisher has ended (410)', () => {
  it('is not asked again, until a person asks', async () => {
    const publisher = await aPublisherWith((_request, response) => response.writeHead(410).end());
    const { pass, pollNow, feed, log, titles } = await following(publisher, '/feed');

    await pass(3 * DAY);
    const asked = publisher.asked().length;
    publisher.answers(good);
    await pollNow();
    await pass(HOUR);

    expect(asked).toBe(1);
    expect(log.messages('warn')[0]).toBe('feed gone: polling stops');
    expect((await feed()).state.goneAt).toBeNull();
    expect(publisher.asked().length).toBeGreaterThan(1);
    expect(titles()).toEqual(['One']);
  });
});
