import type { RequestListener, ServerResponse } from 'node:http';
import { createFeedFetcher } from '../../../adapters/http/feed-fetcher.ts';
import { createPageFetcher } from '../../../adapters/http/page-fetcher.ts';
import { openWeb } from '../../../adapters/http/web.ts';
import type { FetchFailedError } from '../../../shared/core/errors.ts';
import { type LoopbackWeb, serveWeb } from '../../support/loopback.ts';
import { peakMemoryGrowth } from '../../support/waiting.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const PAGE = '<!doctype html><title>Harbour</title><p>A ship came in.</p>';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** A site with the given robots.txt (a text, or a status) whose other paths are answered by `page`. */
async function site(
  robots: string | number,
  page: (response: ServerResponse, path: string) => void,
): Promise<LoopbackWeb> {
  const answer: RequestListener = (request, response) => {
    if (request.url !== '/robots.txt') return page(response, request.url ?? '');
    if (typeof robots === 'number') response.writeHead(robots).end();
    else response.writeHead(200, { 'content-type': 'text/plain' }).end(robots);
  };
  const web = await serveWeb(answer);
  open.push(web);
  return web;
}

const goodPage = (response: ServerResponse) => response.writeHead(200, HTML).end(PAGE);

function pagesOf(sites: readonly LoopbackWeb[], now: () => number = Date.now) {
  const settings = { contact: '', fetch: { allowHosts: sites.map(({ pair }) => pair) } };
  const web = openWeb(settings, { clock: { now: () => new Date(now()) } });
  open.push(web.fetch);
  return createPageFetcher(web);
}

const failureOf = (fetching: Promise<unknown>): Promise<FetchFailedError> =>
  fetching.then(
    () => {
      throw new Error('expected a failure');
    },
    (error: FetchFailedError) => error,
  );

describe('fetching an article page', () => {
  it('gives its text and its final address', async () => {
    const web = await site(404, (response, path) =>
      path === '/short' ? response.writeHead(302, { location: '/2026/harbour' }).end() : goodPage(response),
    );

    const page = await pagesOf([web]).fetchPage(`${web.origin}/short`);

    expect(page).toEqual({ html: PAGE, finalUrl: `${web.origin}/2026/harbour` });
  });

  it.each([
    ['http://www.bing.com/news/apiclick.aspx?tid=1&url=https%3A%2F%2Fnews.example.org%2Fpier&c=2'],
    ['https://www.google.com/amp/s/news.example.org/pier'],
    ['https://news.example.org/pier'],
  ])('asks the publisher, not the service that leads there: %s', async (link) => {
    const asked: string[] = [];
    const settings = { contact: '', fetch: { allowHosts: [] } };
    const parts = openWeb(settings);
    open.push(parts.fetch);
    const get: typeof parts.fetch.get = async ({ url }) => {
      asked.push(url);
      return {
        status: 200,
        headers: HTML,
        body: new TextEncoder().encode(PAGE),
        finalUrl: url,
        redirects: [],
        spentMs: 0,
      };
    };

    await createPageFetcher({ ...parts, fetch: { ...parts.fetch, get } }).fetchPage(link);

    expect(asked).toEqual(['https://news.example.org/pier']);
  });

  it.each(['image/png', 'application/pdf', 'text/plain', 'application/json', 'text/htmlish', ''])(
    'refuses what is of type "%s" without reading it',
    async (type) => {
      const web = await site(404, (response) => {
        response.writeHead(200, { 'content-type': type, 'content-length': '2000000' }).write('x');
      });

      expect(await failureOf(pagesOf([web]).fetchPage(`${web.origin}/a`))).toMatchObject({ kind: 'parse' });
    },
  );

  it.each([
    'text/html',
    'TEXT/HTML;charset=utf-8',
    'text/html charset=utf-8',
    'text/html, text/html; charset=utf-8',
    '"text/html"; charset="utf-8"',
    'application/xhtml+xml',
    undefined,
  ])('reads type %s', async (type) => {
    const web = await site(404, (response) => {
      if (type !== undefined) response.setHeader('content-type', type);
      response.end(PAGE);
    });

    expect((await pagesOf([web]).fetchPage(`${web.origin}/a`)).html).toBe(PAGE);
  });

  it.each([203, 206])('reads it with status %d too', async (status) => {
    const web = await site(404, (response) => response.writeHead(status, HTML).end(PAGE));

    expect((await pagesOf([web]).fetchPage(`${web.origin}/a`)).html).toBe(PAGE);
  });

  it.each([
    { status: 202, kind: 'http' },
    { status: 404, kind: 'http' },
    { status: 410, kind: 'gone' },
    { status: 429, kind: 'throttled' },
    { status: 500, kind: 'http' },
  ])('fails with kind $kind on status $status', async ({ status, kind }) => {
    const web = await site(404, (response) => response.writeHead(status, HTML).end(PAGE));

    expect(await failureOf(pagesOf([web]).fetchPage(`${web.origin}/a`))).toMatchObject({ kind, status });
  });

  it.each([
    { what: '50 MB announced', headers: { 'content-length': '50000000' } },
    { what: '50 MB in chunks', headers: {} },
  ])('stops at three megabytes of a page of $what', async ({ headers }) => {
    const web = await site(404, (response) => {
      response.writeHead(200, { ...HTML, ...headers });
      let left = 50_000_000;
      const pour = (): void => {
        while (left > 0 && !response.destroyed) {
          const size = Math.min(left, 65_536);
          left -= size;
          if (!response.write(Buffer.alloc(size, 'x'))) return void response.once('drain', pour);
        }
        response.end();
      };
      pour();
    });

    const { result, grownBytes } = await peakMemoryGrowth(() => failureOf(pagesOf([web]).fetchPage(`${web.origin}/a`)));

    expect(result).toMatchObject({ kind: 'too_large' });
    expect(web.bytesWritten()).toBeLessThan(10_000_000);
    expect(grownBytes).toBeLessThan(100_000_000);
  });
});

describe('the robots.txt of a site', () => {
  it('is heeded before a page is asked for', async () => {
    const web = await site('User-agent: *\nDisallow: /private', goodPage);
    const pages = pagesOf([web]);

    const failure = await failureOf(pages.fetchPage(`${web.origin}/private/a`));
    await pages.fetchPage(`${web.origin}/public/a`);

    expect(failure).toMatchObject({ kind: 'robots', code: 'fetch_robots', url: `${web.origin}/private/a` });
    expect(web.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/public/a']);
  });

  it('addresses us by our name', async () => {
    const web = await site('User-agent: *\nAllow: /\n\nUser-agent: tocsin\nDisallow: /', goodPage);

    expect(await failureOf(pagesOf([web]).fetchPage(`${web.origin}/a`))).toMatchObject({ kind: 'robots' });
  });

  it('is heeded at each step of a redirect', async () => {
    const other = await site('User-agent: *\nDisallow: /', goodPage);
    const web = await site(404, (response) => response.writeHead(302, { location: `${other.origin}/a` }).end());

    expect(await failureOf(pagesOf([web, other]).fetchPage(`${web.origin}/a`))).toMatchObject({ kind: 'robots' });
    expect(other.requests.map(({ path }) => path)).toEqual(['/robots.txt']);
  });

  it.each([400, 401, 403, 404, 410])('forbids nothing when it is not there (%d)', async (status) => {
    const web = await site(status, goodPage);

    expect((await pagesOf([web]).fetchPage(`${web.origin}/a`)).html).toBe(PAGE);
  });

  it.each([500, 503, 429])('forbids everything while it cannot be had (%d)', async (status) => {
    const web = await site(status, goodPage);

    const failure = await failureOf(pagesOf([web]).fetchPage(`${web.origin}/a`));

    expect(failure).toMatchObject({
      kind: 'robots',
      message: expect.stringContaining(`cannot be had (answered ${status}), so`),
      retryAfterSeconds: 60,
    });
    expect(web.requests.length).toBe(1);
  });

  it.each([429, 503])('that answers %d and Retry-After silences its host for feeds and pages alike', async (status) => {
    const web = await serveWeb((_request, response) => response.writeHead(status, { 'retry-after': '600' }).end());
    open.push(web);
    const settings = { contact: '', fetch: { allowHosts: [web.pair] } };
    const parts = openWeb(settings);
    open.push(parts.fetch);

    await failureOf(createPageFetcher(parts).fetchPage(`${web.origin}/a`));
    const feed = createFeedFetcher(parts).fetchFeed({ url: `${web.origin}/feed`, validators: null });

    expect(await failureOf(feed)).toMatchObject({ kind: 'throttled', retryAfterSeconds: 600 });
    expect(web.requests.length).toBe(1);
  });

  it('is asked for once for pages asked for side by side', async () => {
    const web = await site('', goodPage);
    const pages = pagesOf([web]);

    await Promise.all(['/a', '/b', '/c'].map((path) => pages.fetchPage(`${web.origin}${path}`)));

    expect(web.requests.filter(({ path }) => path === '/robots.txt').length).toBe(1);
  });

  it.each([
    { robots: 'User-agent: *\nAllow: /', keptMinutes: 24 * 60 },
    { robots: 500, keptMinutes: 1 },
  ])('is remembered for $keptMinutes minutes when it is $robots', async ({ robots, keptMinutes }) => {
    let now = Date.parse('2026-11-23T10:00:00Z');
    const web = await site(robots, goodPage);
    const pages = pagesOf([web], () => now);
    const asked = async (): Promise<number> => {
      await pages.fetchPage(`${web.origin}/a`).catch(() => {});
      return web.requests.filter(({ path }) => path === '/robots.txt').length;
    };

    const first = await asked();
    now += keptMinutes * 60_000 - 1_000;
    const stillKnown = await asked();
    now += 2_000;
    const again = await asked();

    expect([first, stillKnown, again]).toEqual([1, 1, 2]);
  });
});
