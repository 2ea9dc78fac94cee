// Addresses that lead inside, on every way by which a stranger's address comes in: lists of feeds, links of articles, pages,
// robots.txt, copies of pages and web hooks. A server of this machine stands for what is inside, and must see no connection.
import { findFeeds } from '../../adapters/http/feed-discovery.ts';
import { createFeedFetcher } from '../../adapters/http/feed-fetcher.ts';
import { createPageFetcher } from '../../adapters/http/page-fetcher.ts';
import { openWeb, type Web } from '../../adapters/http/web.ts';
import { handToEndpoint } from '../../local/aws/sns-endpoints.ts';
import type { FetchFailedError } from '../../shared/core/errors.ts';
import { parseOpml, writeOpml } from '../../shared/feeds/opml.ts';
import { readFeed } from '../../shared/feeds/read-feed.ts';
import { compileTopics } from '../../shared/matching/topic-matcher.ts';
import { feedIdOf } from '../../shared/model/ids.ts';
import type { ArticleMessage } from '../../shared/model/messages.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { createTopicsInForce, matchArticle } from '../../shared/usecases/matching/match-articles.ts';
import { pollFeeds } from '../../shared/usecases/polling/poll-feeds.ts';
import { aClock, aNewFeed, aTopic } from '../support/builders.ts';
import { aLog, aQueue, someMetrics } from '../support/fakes.ts';
import { foreignPorts, foreignSchemes, insideAddresses, loopbackSpellings } from '../support/hostile-urls.ts';
import { type LoopbackWeb, serveCanary, serveWeb } from '../support/loopback.ts';
import { createMemoryStores } from '../support/memory-store.ts';
import { placingParts } from '../support/placing.ts';

let canary: LoopbackWeb;
let publisher: LoopbackWeb;
let web: Web;
const shown = new Map<string, { readonly body: string; readonly location?: string }>();
const settings = () => ({ ...defaultSettings, fetch: { ...defaultSettings.fetch, allowHosts: [publisher.pair] } });

beforeAll(async () => {
  canary = await serveCanary();
  publisher = await serveWeb((request, response) => {
    const { body, location } = shown.get(request.url ?? '') ?? { body: '' };
    if (location !== undefined) response.writeHead(302, { location }).end();
    else response.writeHead(body === '' ? 404 : 200, { 'content-type': 'text/html' }).end(body);
  });
  // Every name leads to the canary, and its port is open: only the rules about hosts and addresses stand in between.
  web = openWeb(settings(), {
    extraPorts: [canary.port],
    resolver: async () => [{ address: '127.0.0.1', family: 4 }],
  });
});
beforeEach(() => shown.clear());
afterEach(() => expect(canary.connections()).toBe(0));
afterAll(async () => {
  web.fetch.close();
  await canary.close();
  await publisher.close();
});

const inside = (): readonly string[] => [
  ...loopbackSpellings(canary.port),
  ...insideAddresses,
  ...foreignSchemes,
  ...foreignPorts,
  `http://rebind.example.org:${canary.port}/`,
];
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const kindOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error: FetchFailedError) => error.kind,
  );

/** Polls these addresses once; gives the kind of failure of each, and what was queued. */
async function polled(urls: readonly string[]) {
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  for (const url of urls) await stores.feeds.addFeed(aNewFeed({ url, fullText: 'always' }));
  const articleQueue = aQueue<ArticleMessage>();
  const fetcher = createFeedFetcher(web);
  const ports = { feeds: stores.feeds, articleQueue, fetcher, readFeed, clock, log: aLog(), metrics: someMetrics() };
  const feedIds = urls.map((url) => feedIdOf(url));
  const { results } = await pollFeeds({ v: 1, kind: 'poll', pollBatch: null, slot: null, feedIds }, ports, settings());
  const kinds = results.map((result) => (result.outcome === 'failed' ? result.failure.kind : result.outcome));
  return { kinds, messages: articleQueue.take(), stores, clock };
}

it('the feeds of an imported list are blocked, each with its address and a cure', async () => {
  const urls = inside().filter((url) => /^https?:/i.test(url));
  const { feeds } = parseOpml(writeOpml(urls.map((url) => ({ url, title: '', folder: '', language: null }))));

  const { kinds } = await polled([...new Set(feeds.map(({ url }) => url))]);

  expect(feeds.length).toBeGreaterThan(100);
  expect(new Set(kinds)).toEqual(new Set(['blocked']));
});

it('links of items are not followed; the item is matched by the text of its feed', async () => {
  const items = inside().map(
    (url, n) =>
      `<item xml:base="${escaped(url)}"><title>Convoy ${n}</title><guid isPermaLink="false">${n}</guid>
       <link>${n % 2 === 0 ? escaped(url) : 'relative/page'}</link><description>A convoy crossed the river.</description></item>`,
  );
  shown.set('/feed', { body: `<rss version="2.0"><channel><title>T</title>${items.join('')}</channel></rss>` });
  const { messages, stores, clock } = await polled([`${publisher.origin}/feed`]);
  await stores.topics.putTopics([aTopic()]);
  const pages = createPageFetcher(web);
  const asked: string[] = [];
  const ports = {
    ...stores,
    pages: {
      fetchPage: async (url: string) => {
        if (!url.startsWith(publisher.origin)) asked.push(String(await kindOf(pages.fetchPage(url))));
        return pages.fetchPage(url);
      },
    },
    articleQueue: aQueue<ArticleMessage>(),
    extractor: { extract: () => Promise.reject(new Error('no page may come this far')) },
    topicsInForce: createTopicsInForce({ topics: stores.topics, clock, log: aLog() }, compileTopics),
    ...placingParts({ ...stores, clock }),
    clock,
    log: aLog(),
    metrics: someMetrics(),
  };

  const found: number[] = [];
  for (const message of messages) found.push((await matchArticle(message, ports, settings())).matches.length);

  expect(found).toEqual(items.map(() => 1));
  expect(asked.length).toBeGreaterThan(100);
  expect(new Set(asked)).toEqual(new Set(['blocked']));
});

it('feeds that a page tells of are found and not fetched', async () => {
  const found: string[] = [];
  const links = inside().map((url) => `<link rel="alternate" type="application/rss+xml" href="${escaped(url)}">`);
  for (const [n, link] of links.entries()) {
    shown.set(`/${n}`, { body: `<html><head>${link}</head><body>Hello</body></html>` });
    for (const { url } of await findFeeds(`${publisher.origin}/${n}`, web)) {
      found.push(url);
      expect([url, await kindOf(findFeeds(url, web))]).toEqual([url, 'blocked']);
    }
  }
  expect(found.length).toBeGreaterThan(100);
});

it('a robots.txt that redirects inside keeps its pages unread', async () => {
  shown.set('/page', { body: '<p>Hello</p>' });
  shown.set('/robots.txt', { body: '', location: `${canary.origin}/robots.txt` });

  expect(await kindOf(createPageFetcher(web).fetchPage(`${publisher.origin}/page`))).toBe('blocked');
});

it('a copy of a page in a cache leads to no original that is inside', async () => {
  const pages = createPageFetcher(web);
  const copies = [
    `https://cdn.ampproject.org/c/127.0.0.1:${canary.port}/x`,
    `https://x.cdn.ampproject.org/v/s/localhost.localdomain:${canary.port}/x`,
    `https://www.google.com/amp/s/127.0.0.1:${canary.port}/x`,
    'https://www.google.com/amp/169.254.169.254/latest/meta-data',
  ];

  expect(await Promise.all(copies.map((url) => kindOf(pages.fetchPage(url))))).toEqual(copies.map(() => 'blocked'));
});

it('a web hook inside gets nothing', async () => {
  const urls = [...loopbackSpellings(canary.port), ...insideAddresses].filter((url) => /^https?:/i.test(url));

  const kinds = await Promise.all(
    urls.map((endpoint) =>
      kindOf(
        handToEndpoint(
          { id: 'd1', subscription: { protocol: 'http', endpoint }, subject: 's', body: '{}' } as never,
          { web } as never,
        ),
      ),
    ),
  );

  expect(new Set(kinds)).toEqual(new Set(['blocked']));
});
