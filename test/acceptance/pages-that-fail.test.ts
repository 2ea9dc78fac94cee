// Pages that fail for a while, on real servers of this machine, read by the real fetcher and extractor; the clock is set, not waited for.
import type { ServerResponse } from 'node:http';
import { createArticleExtractor } from '../../adapters/articles/extractor.ts';
import { createHostLimits } from '../../adapters/http/host-limits.ts';
import { createPageFetcher } from '../../adapters/http/page-fetcher.ts';
import { openWeb } from '../../adapters/http/web.ts';
import { compileTopics } from '../../shared/matching/topic-matcher.ts';
import type { ArticleMessage } from '../../shared/model/messages.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { createTopicsInForce, matchArticle } from '../../shared/usecases/matching/match-articles.ts';
import { aClock, aFeed, anItem, aTopic, START } from '../support/builders.ts';
import { aLog, someMetrics } from '../support/fakes.ts';
import { serveWeb } from '../support/loopback.ts';
import { createMemoryStores } from '../support/memory-store.ts';
import { placingParts } from '../support/placing.ts';

const MINUTE = 60;
const HTML = { 'content-type': 'text/html; charset=utf-8' };
const FILLER = 'Fishermen mended their nets and spoke of other winters, when the ice lay thick upon the bay.';
const PAGE = `<!doctype html><title>News from the river</title><article><h1>News from the river</h1>
<p>The treaty was ratified at noon, after two readings and a long night of talks in the old harbour.</p>
${`<p>${FILLER}</p>`.repeat(8)}</article>`;

type Answer = (response: ServerResponse) => void;

const good: Answer = (response) => response.writeHead(200, HTML).end(PAGE);
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(code, headers).end();
const none = status(404);

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** Answers of the page, one request after the other and then always the last; those of robots.txt likewise. */
async function aSite(answers: readonly Answer[], robots: readonly Answer[] = [none]) {
  const asked = { page: 0, robots: 0 };
  const web = await serveWeb((request, response) => {
    const kind = request.url === '/robots.txt' ? 'robots' : 'page';
    const list = kind === 'robots' ? robots : answers;
    list[Math.min(asked[kind]++, list.length - 1)]!(response);
  });
  open.push(web);
  return { ...web, asked };
}

interface Scene {
  readonly origin: string;
  readonly pair: string;
  /** Fails this often before the name is found. */
  readonly lookupFailures?: number;
}

/** The article goes through the queue until it comes no more; minutes at which it was handed over, topics newly found then, and the reasons. */
async function followed({ origin, pair, lookupFailures = 0 }: Scene) {
  const settings = { ...defaultSettings, fetch: { ...defaultSettings.fetch, allowHosts: [pair] } };
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  await stores.topics.putTopics([aTopic(), aTopic({ id: 'treaties', any: { en: ['treaty NEAR/5 ratified'] } })]);
  let lookups = 0;
  const web = openWeb(settings, {
    clock,
    // What never answers costs so long in real time; a good answer takes a hundredth of it.
    limits: { headersMs: 1_500, idleMs: 1_500 },
    hostLimits: createHostLimits({ now: () => clock.now().getTime(), wait: async () => {}, minGapMs: 0 }),
    resolver: async () => {
      if (lookups++ < lookupFailures) throw Object.assign(new Error('EAI_AGAIN'), { code: 'EAI_AGAIN' });
      return [{ address: '127.0.0.1', family: 4 }];
    },
  });
  open.push(web.fetch);
  const queue: { message: ArticleMessage; seconds: number }[] = [];
  const ports = {
    ...stores,
    ...placingParts({ ...stores, clock }),
    articleQueue: {
      sendLater: async (messages: readonly ArticleMessage[], seconds: number) =>
        void queue.push(...messages.map((message) => ({ message, seconds }))),
    },
    pages: createPageFetcher(web),
    extractor: createArticleExtractor(),
    topicsInForce: createTopicsInForce({ topics: stores.topics, clock, log: aLog() }, compileTopics),
    clock,
    log: aLog(),
    metrics: someMetrics(),
  };
  const { id, title, url } = aFeed();
  queue.push({
    message: {
      v: 1,
      kind: 'article',
      feed: { id, title, url, language: 'en', fullText: 'auto' },
      item: anItem({ url: `${origin}/news`, summary: 'A convoy crossed the river.' }),
      linkIsOwn: true,
      firstPoll: false,
      polledAt: START,
      truncated: false,
    },
    seconds: 0,
  });
  const steps: [minute: number, ...found: string[]][] = [];
  const reasons: (string | undefined)[] = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    clock.advance(next.seconds * 1000);
    const { matches } = await matchArticle(next.message, ports, settings);
    const stored = matches.filter(({ outcome }) => outcome === 'stored').map(({ match }) => match.topic.id);
    steps.push([(clock.now().getTime() - Date.parse(START)) / 60_000, ...stored]);
    reasons.push(queue[0]?.message.retry?.reason);
  }
  return { steps, reason: reasons[0] };
}

const AT_ONCE_AND_IN_A_MINUTE = [
  [0, 'river-crossings'],
  [1, 'treaties'],
];

describe('what the feed says is found at once, and what the page says when it is there', () => {
  it.each<[name: string, first: Answer, reason: RegExp]>([
    ['answers 503', status(503), /^answered 503/],
    ['answers 502', status(502), /^answered 502/],
    ['asks for patience', status(429), /^answered 429 and asks for fewer requests$/],
    ['asks for patience of some seconds', status(429, { 'retry-after': '60' }), /^answered 429 and asks .* 60 s$/],
    ['cuts the connection', (response) => response.socket?.destroy(), /cut before the answer was whole/],
    [
      'cuts the connection in the middle of the page',
      (response) => {
        response.writeHead(200, { ...HTML, 'content-length': '5000' }).write(PAGE.slice(0, 300));
        setImmediate(() => response.socket?.destroy());
      },
      /cut before the answer was whole/,
    ],
    ['never answers', () => {}, /no answer within/],
    ['falls silent', (response) => void response.writeHead(200, HTML).write(PAGE.slice(0, 300)), /silent for/],
    ['is empty', (response) => response.writeHead(200, HTML).end(), /the page is empty/],
  ])('of a page that %s once', async (_name, first, reason) => {
    const site = await aSite([first, good]);

    const { steps, reason: told } = await followed(site);

    expect(steps).toEqual(AT_ONCE_AND_IN_A_MINUTE);
    expect(told).toMatch(reason);
    // No advice for operators in what a reader is shown.
    expect(told).not.toMatch(/polling|Nothing to do|https?:/i);
  });

  it('of a page whose host asks for silence, which is kept', async () => {
    const site = await aSite([status(503, { 'retry-after': String(18 * MINUTE) }), good]);

    expect((await followed(site)).steps).toEqual([[0, 'river-crossings'], [15], [18, 'treaties']]);
    expect(site.asked.page).toBe(2);
  });

  it('of a page whose robots.txt cannot be had, once that is asked for again', async () => {
    const site = await aSite([good], [status(503), none]);

    expect((await followed(site)).steps).toEqual(AT_ONCE_AND_IN_A_MINUTE);
  });

  it('of a page whose robots.txt asks for silence', async () => {
    const site = await aSite([good], [status(429, { 'retry-after': '120' }), none]);

    expect((await followed(site)).steps).toEqual([
      [0, 'river-crossings'],
      [2, 'treaties'],
    ]);
  });

  it('of a host whose name is not found for a moment', async () => {
    const site = await aSite([good]);
    const pair = `news.example.test:${site.port}`;

    const { steps, reason } = await followed({ origin: `http://${pair}`, pair, lookupFailures: 1 });

    expect(steps).toEqual(AT_ONCE_AND_IN_A_MINUTE);
    expect(reason).toContain('robots.txt cannot be had');
  });
});

describe('a page that never comes', () => {
  it('is asked for four times', async () => {
    const site = await aSite([status(503)]);

    expect((await followed(site)).steps).toEqual([[0, 'river-crossings'], [1], [6], [21]]);
    expect(site.asked.page).toBe(4);
  });

  it('is asked for four times when its server is down', async () => {
    const site = await aSite([good]);
    await site.close();

    expect((await followed(site)).steps).toEqual([[0, 'river-crossings'], [1], [6], [21]]);
  });

  it.each([401, 403, 404, 410, 501])('is asked for once when it answers %s', async (code) => {
    const site = await aSite([status(code)]);

    expect((await followed(site)).steps).toEqual([[0, 'river-crossings']]);
    expect(site.asked.page).toBe(1);
  });

  it('is not waited for when its host wants to be left alone for hours', async () => {
    const site = await aSite([status(503, { 'retry-after': '7200' })]);

    expect((await followed(site)).steps).toEqual([[0, 'river-crossings']]);
  });

  it('is asked for once when robots.txt says no', async () => {
    const says = (response: ServerResponse) => response.writeHead(200).end('User-agent: *\nDisallow: /\n');
    const site = await aSite([good], [says]);

    expect((await followed(site)).steps).toEqual([[0, 'river-crossings']]);
    expect(site.asked).toEqual({ page: 0, robots: 1 });
  });
});
