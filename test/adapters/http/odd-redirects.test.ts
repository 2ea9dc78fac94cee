// Redirects as servers send them: with cookies to be shown again, with addresses in any spelling, by other headers.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createChainCookies } from '../../../adapters/http/chain-cookies.ts';
import { createGuardedFetch } from '../../../adapters/http/guarded-fetch.ts';
import type { FetchFailedError } from '../../../shared/core/errors.ts';
import { checkTarget, type FetchTarget } from '../../../shared/net/target-rules.ts';
import { type LoopbackWeb, serveWeb } from '../../support/loopback.ts';

const FEED = '<rss version="2.0"><channel><title>Harbour news</title></channel></rss>';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function site(answer: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<LoopbackWeb> {
  const web = await serveWeb(answer);
  open.push(web);
  return web;
}

async function outcomeOf(url: string, pairs: readonly string[], headers: Record<string, string> = {}) {
  const fetch = createGuardedFetch({ allowHosts: pairs, userAgent: 'test' });
  open.push(fetch);
  return fetch.get({ url, headers, maxBytes: 10_000 }).then(
    ({ status, body, finalUrl, redirects }) => ({
      kind: 'answer',
      status,
      body: new TextDecoder().decode(body),
      path: new URL(finalUrl).pathname + new URL(finalUrl).search,
      redirects,
    }),
    (error: FetchFailedError) => ({ kind: error.kind ?? String(error), message: error.message }),
  );
}

describe('a redirect that wants its cookie back', () => {
  it('to the same address is followed', async () => {
    const web = await site(({ headers }, response) =>
      headers.cookie === 'seen=1'
        ? response.end(FEED)
        : response.writeHead(302, { location: '/feed', 'set-cookie': 'seen=1; Path=/; HttpOnly' }).end(),
    );

    expect(await outcomeOf(`${web.origin}/feed`, [web.pair])).toMatchObject({ body: FEED, redirects: [302] });
  });

  it('by way of another page is followed', async () => {
    const web = await site(({ url, headers }, response) => {
      if (/\bconsent=yes\b/.test(headers.cookie ?? '')) response.end(FEED);
      else if (url === '/feed') response.writeHead(302, { location: '/consent?back=/feed' }).end();
      else response.writeHead(303, { location: '/feed', 'set-cookie': ['consent=yes; Path=/', 'lang=de'] }).end();
    });

    expect(await outcomeOf(`${web.origin}/feed`, [web.pair])).toMatchObject({ body: FEED, redirects: [302, 303] });
    expect(web.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined, 'consent=yes; lang=de']);
  });

  it('is a circle once the cookie stays the same', async () => {
    const web = await site((_request, response) =>
      response.writeHead(302, { location: '/feed', 'set-cookie': 'seen=1' }).end(),
    );

    expect(await outcomeOf(`${web.origin}/feed`, [web.pair])).toMatchObject({
      kind: 'redirects',
      message: expect.stringContaining('form a loop'),
    });
    expect(web.requests.length).toBe(2);
  });

  it('ends after five although the cookie is another one each time', async () => {
    let count = 0;
    const web = await site((_request, response) => {
      count += 1;
      response.writeHead(302, { location: '/feed', 'set-cookie': `count=${count}` }).end();
    });

    expect(await outcomeOf(`${web.origin}/feed`, [web.pair])).toMatchObject({
      kind: 'redirects',
      message: expect.stringContaining('more than 5'),
    });
    expect(web.requests.length).toBe(6);
  });

  it('shows the cookie to no other host, and to its own again', async () => {
    const other = await site((request, response) =>
      response.writeHead(302, { location: new URL(request.url ?? '', 'http://x').searchParams.get('back')! }).end(),
    );
    const web = await site(({ url }, response) => {
      if (url === '/end') return response.end(FEED);
      const location = `${other.origin}/?back=${encodeURIComponent(`${web.origin}/end`)}`;
      return response.writeHead(302, { location, 'set-cookie': 'seen=1; Domain=127.0.0.1' }).end();
    });

    const outcome = await outcomeOf(`${web.origin}/feed`, [web.pair, other.pair]);

    expect(outcome).toMatchObject({ body: FEED });
    expect(other.requests.map(({ headers }) => headers.cookie)).toEqual([undefined]);
    expect(web.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, 'seen=1']);
  });

  it('leaves nothing behind for the next fetch', async () => {
    const web = await site((_request, response) => response.writeHead(200, { 'set-cookie': 'reader=7' }).end(FEED));
    const fetch = createGuardedFetch({ allowHosts: [web.pair], userAgent: 'test' });
    open.push(fetch);

    for (const path of ['/a', '/a', '/b']) await fetch.get({ url: `${web.origin}${path}`, maxBytes: 1000 });

    expect(web.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined, undefined]);
  });

  it('adds it to those that the caller sends', async () => {
    const web = await site(({ url }, response) =>
      url === '/b' ? response.end(FEED) : response.writeHead(302, { location: '/b', 'set-cookie': 'seen=1' }).end(),
    );

    await outcomeOf(`${web.origin}/a`, [web.pair], { Cookie: 'own=2' });

    expect(web.requests.map(({ headers }) => headers.cookie)).toEqual(['own=2', 'own=2; seen=1']);
  });
});

describe('the cookies of a chain', () => {
  const target = (url: string): FetchTarget => {
    const verdict = checkTarget(url, { allowedHosts: new Set() });
    if (!verdict.ok) throw new Error(verdict.reason);
    return verdict.target;
  };
  const NOW = Date.parse('2026-11-23T10:00:00Z');
  const sent = (from: string, lines: readonly string[], to: string): string | null => {
    const cookies = createChainCookies(() => NOW);
    cookies.keep(target(from), lines);
    return cookies.headerFor(target(to));
  };
  const FROM = 'https://news.example.org/world/feed?x=1';

  it.each([
    ['its host', 'a=1', 'https://news.example.org/world/feed', 'a=1'],
    ['another host', 'a=1', 'https://www.example.org/world/feed', null],
    ['a host within', 'a=1; Domain=news.example.org', 'https://a.news.example.org/world/', null],
    ['a host beside it, whatever its domain', 'a=1; Domain=.example.org', 'https://www.example.org/world/', null],
    ['its host, with a domain above it', 'a=1; Domain=.example.org', 'https://news.example.org/world/', 'a=1'],
    ['its host, with the domain of another', 'a=1; Domain=example.com', 'https://news.example.org/world/', null],
    ['its host, with the end of its domain', 'a=1; Domain=ample.org', 'https://news.example.org/world/', null],
    ['the folder it was set in', 'a=1', 'https://news.example.org/world/', 'a=1'],
    ['below that folder', 'a=1', 'https://news.example.org/world/a/b', 'a=1'],
    ['another folder', 'a=1', 'https://news.example.org/sport/', null],
    ['a folder that begins like it', 'a=1; Path=/wor', 'https://news.example.org/world/', null],
    ['all folders by a path', 'a=1; path=/', 'https://news.example.org/sport/', 'a=1'],
    ['its folder where the path is none', 'a=1; Path=sport', 'https://news.example.org/sport', null],
    ['the same path with a query', 'a=1; Path=/sport', 'https://news.example.org/sport?page=2', 'a=1'],
    ['http, for what is not secure', 'a=1', 'http://news.example.org/world/', 'a=1'],
    ['http, for what is secure', 'a=1; Secure', 'http://news.example.org/world/', null],
    ['https, for what is secure', 'a=1; Secure', 'https://news.example.org/world/', 'a=1'],
    ['another port', 'a=1', 'https://news.example.org:8443/world/', null],
    ['its host, until it ends', 'a=1; Expires=Mon, 23 Nov 2026 10:00:01 GMT', FROM, 'a=1'],
    ['its host, after its end', 'a=1; Expires=Mon, 23 Nov 2026 10:00:00 GMT', FROM, null],
    ['its host, with an end that cannot be read', 'a=1; Expires=never', FROM, 'a=1'],
    ['its host, with seconds left', 'a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', FROM, 'a=1'],
    ['its host, with none left', 'a=1; Max-Age=0', FROM, null],
    ['its host, with an empty value', 'a=', FROM, 'a='],
    ['its host, with a value of several parts', 'a="b=c"', FROM, 'a="b=c"'],
  ])('are sent to %s: %s', (_where, line, to, expected) => {
    expect(sent(FROM, [line], to)).toBe(expected);
  });

  it.each(['no equals sign', '=nameless', 'broken=\u0001', 'a\u0001=b', 'a=\u20ac', `long=${'x'.repeat(5000)}`, ''])(
    'are without those that cannot be sent back: %j',
    (line) => {
      expect(sent(FROM, [line, 'good=1'], FROM)).toBe('good=1');
    },
  );

  it('replace and take back those of the same name and path', () => {
    expect(sent(FROM, ['a=1', 'b=1', 'a=2', 'b=gone; Max-Age=0'], FROM)).toBe('a=2');
  });

  it('stay beside those of the same name on another path, the longer path first', () => {
    expect(sent(FROM, ['a=1; Path=/', 'a=2; Path=/world'], FROM)).toBe('a=2; a=1');
  });

  it('are twenty at most, the latest, and six thousand characters together', () => {
    const many = Array.from({ length: 30 }, (_, n) => `c${n}=1`);
    const long = ['a', 'b', 'c'].map((name) => `${name}=${'x'.repeat(2500)}`);

    expect(sent(FROM, many, FROM)?.split('; ').length).toBe(20);
    expect(sent(FROM, many, FROM)?.startsWith('c10=1; c11=1')).toBe(true);
    expect(sent(FROM, long, FROM)?.length).toBe(2 * 2502 + 2);
  });
});

describe('the bounds of the cookies of a chain', () => {
  const FROM = 'https://news.example.org/world/feed';
  const kept = (lines: readonly string[] | undefined): string | null => {
    const cookies = createChainCookies(() => 0);
    const verdict = checkTarget(FROM, { allowedHosts: new Set() });
    if (!verdict.ok) throw new Error(verdict.reason);
    cookies.keep(verdict.target, lines);
    return cookies.headerFor(verdict.target);
  };

  it.each([
    [4_096, true],
    [4_097, false],
  ])('let through one of %i bytes: %s', (length, sent) => {
    expect(kept([`a=${'x'.repeat(length - 2)}`]) !== null).toBe(sent);
  });

  it.each([
    [6_000, 2],
    [6_001, 1],
  ])('let through %i bytes together: %i', (length, count) => {
    const first = `a=${'x'.repeat(2_998)}`;

    expect(kept([first, `b=${'y'.repeat(length - first.length - 2 - 2)}`])?.split('; ')).toHaveLength(count);
  });

  it('are of no matter where an answer sets none', () => {
    expect(kept(undefined)).toBeNull();
  });

  it.each([
    ['a=1; Max-Age=-5', null],
    ['a=1; Max-Age=1', 'a=1'],
    ['a=1; Max-Age=1x; Expires=Thu, 01 Jan 1970 00:00:00 GMT', null],
    ['a=1; MAX-AGE = 0', null],
    ['  a=1  ; Path = /world ', 'a=1'],
    ['a=1; Path', 'a=1'],
    ['a=1; Domain=NEWS.example.org', 'a=1'],
    ['a b=1', 'a b=1'],
    ['a=\u00ff\ttab', 'a=\u00ff\ttab'],
  ])('read "%s" as %j', (line, sent) => {
    expect(kept([line])).toBe(sent);
  });
});

describe('the address of a redirect', () => {
  const arrivals = (location: string | Buffer, status = 302) =>
    site(({ url, socket }, response) => {
      if (url !== '/feed/a') return response.end(FEED);
      const bytes = typeof location === 'string' ? Buffer.from(location) : location;
      socket.end(
        Buffer.concat([
          Buffer.from(`HTTP/1.1 ${status} Moved\r\nConnection: close\r\nContent-Length: 0\r\nLocation: `),
          bytes,
          Buffer.from('\r\n\r\n'),
        ]),
      );
    });

  it.each<[what: string, location: string | Buffer, path: string]>([
    ['relative', 'b', '/feed/b'],
    ['relative upwards', '../b', '/b'],
    ['a path', '/b', '/b'],
    ['a query', '?page=2', '/feed/a?page=2'],
    ['with spaces', '/my feed', '/my%20feed'],
    ['with spaces around', '  /b  ', '/b'],
    ['in raw UTF-8', '/новости', '/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8'],
    ['in raw Latin-1', Buffer.from('/zürich', 'latin1'), '/z%FCrich'],
    ['in raw windows-1251', Buffer.from('2fecf1', 'hex'), '/%EC%F1'],
    ['with a fragment', '/b#latest', '/b'],
    ['with backslashes', '\\b\\c', '/b/c'],
    ['with a tab in it', '/b\tc', '/bc'],
  ])('may be %s', async (_what, location, path) => {
    const web = await arrivals(location);

    expect(await outcomeOf(`${web.origin}/feed/a`, [web.pair])).toMatchObject({ body: FEED, path });
  });

  it('may leave out the scheme', async () => {
    const web = await site(({ url }, response) =>
      url === '/a' ? response.writeHead(302, { location: `//${web.pair}/b` }).end() : response.end(FEED),
    );

    expect(await outcomeOf(`${web.origin}/a`, [web.pair])).toMatchObject({ body: FEED, path: '/b' });
  });

  it.each([300, 301, 302, 303, 307, 308])('is gone to with status %d', async (status) => {
    const web = await arrivals('/b', status);

    expect(await outcomeOf(`${web.origin}/feed/a`, [web.pair])).toMatchObject({ body: FEED, redirects: [status] });
  });

  it('that differs by its fragment only is a circle', async () => {
    const web = await site((_request, response) => response.writeHead(302, { location: '/a#b' }).end());

    expect(await outcomeOf(`${web.origin}/a`, [web.pair])).toMatchObject({ kind: 'redirects' });
    expect(web.requests.length).toBe(1);
  });
});

describe('a Refresh header', () => {
  const refreshing = (refresh: string, headers: Record<string, string> = {}, body = '') =>
    site(({ url }, response) =>
      url === '/a' ? response.writeHead(200, { refresh, ...headers }).end(body) : response.end(FEED),
    );

  it.each(['0; url=/b', '0;URL=/b', "5; url='/b'", '0; url="/b"', '0,/b', ' 3 ; url = b ', '0;/b'])(
    'is followed where nothing else comes: "%s"',
    async (refresh) => {
      const web = await refreshing(refresh);

      expect(await outcomeOf(`${web.origin}/a`, [web.pair])).toMatchObject({
        body: FEED,
        path: '/b',
        redirects: [200],
      });
    },
  );

  it('is followed where a page comes', async () => {
    const web = await refreshing('1; url=/b', { 'content-type': 'text/html' }, '<p>One moment please</p>');

    expect(await outcomeOf(`${web.origin}/a`, [web.pair])).toMatchObject({ body: FEED, path: '/b' });
  });

  it.each([
    ['of a page that reloads itself', '300'],
    ['of a page that reloads itself by its address', '0; url=/a'],
    ['that waits for minutes', '60; url=/b'],
    ['to an app', '0; url=news-app://open/b'],
    ['to where nobody may go', '0; url=http://169.254.169.254/latest/'],
  ])('is passed over: one %s', async (_what, refresh) => {
    const web = await refreshing(refresh, { 'content-type': 'text/html' }, '<p>News</p>');

    expect(await outcomeOf(`${web.origin}/a`, [web.pair])).toMatchObject({ body: '<p>News</p>', path: '/a' });
  });

  it('is passed over where a feed comes', async () => {
    const web = await refreshing('0; url=/b', { 'content-type': 'application/rss+xml' }, '<rss/>');

    expect(await outcomeOf(`${web.origin}/a`, [web.pair])).toMatchObject({ body: '<rss/>', path: '/a' });
  });
});
