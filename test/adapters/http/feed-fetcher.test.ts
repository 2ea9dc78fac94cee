import type { RequestListener } from 'node:http';
import { createFeedFetcher } from '../../../adapters/http/feed-fetcher.ts';
import { openWeb } from '../../../adapters/http/web.ts';
import type { FetchFailedError } from '../../../shared/core/errors.ts';
import type { FeedFetcher } from '../../../shared/ports.ts';
import { type LoopbackWeb, serveWeb } from '../../support/loopback.ts';

const NOW = new Date('2026-11-23T10:00:00.000Z');
const RSS = '<rss version="2.0"><channel><title>Harbour news</title></channel></rss>';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function publisher(answer: RequestListener): Promise<LoopbackWeb> {
  const web = await serveWeb(answer);
  open.push(web);
  return web;
}

function fetcherFor(...webs: LoopbackWeb[]): FeedFetcher {
  const settings = { contact: 'https://watch.example.org/about', fetch: { allowHosts: webs.map(({ pair }) => pair) } };
  const web = openWeb(settings, { clock: { now: () => NOW } });
  open.push(web.fetch);
  return createFeedFetcher(web);
}

const failureOf = async (fetching: Promise<unknown>): Promise<FetchFailedError> => {
  const outcome = await fetching.then(
    () => 'no failure',
    (error) => error,
  );
  expect(outcome).toHaveProperty('kind');
  return outcome as FetchFailedError;
};

describe('fetching a feed', () => {
  it('gives the body, its type, its validators and how long it stays fresh', async () => {
    const web = await publisher((_request, response) =>
      response
        .writeHead(200, {
          'content-type': 'application/rss+xml; charset=utf-8',
          etag: 'W/"a-b"',
          'last-modified': 'Mon, 23 Nov 2026 09:00:00 GMT',
          'cache-control': 'public, max-age=900',
        })
        .end(RSS),
    );

    const fetched = await fetcherFor(web).fetchFeed({ url: `${web.origin}/feed.xml`, validators: null });

    expect({ ...fetched, body: new TextDecoder().decode((fetched as { body: Uint8Array }).body) }).toEqual({
      kind: 'changed',
      body: RSS,
      contentType: 'application/rss+xml; charset=utf-8',
      finalUrl: `${web.origin}/feed.xml`,
      movedTo: null,
      etag: 'W/"a-b"',
      lastModified: 'Mon, 23 Nov 2026 09:00:00 GMT',
      freshSeconds: 900,
    });
  });

  it('names the product and a contact, and asks for feeds and for compression', async () => {
    const web = await publisher((_request, response) => response.end(RSS));

    await fetcherFor(web).fetchFeed({ url: web.origin, validators: null });

    expect(web.requests[0]?.headers).toMatchObject({
      'user-agent': 'Tocsin/0.1.0 (+https://watch.example.org/about)',
      'accept-encoding': 'gzip, br',
      accept: expect.stringContaining('application/atom+xml, application/rss+xml'),
    });
  });

  it('sends validators back byte for byte and takes 304 for unchanged', async () => {
    const web = await publisher((_request, response) =>
      response.writeHead(304, { 'cache-control': 'max-age=60' }).end(),
    );
    const url = `${web.origin}/feed.xml`;

    const fetched = await fetcherFor(web).fetchFeed({
      url,
      validators: { url, etag: '"Ünusual, \'quoted\'"', lastModified: 'monday-ish' },
    });

    expect(fetched).toEqual({ kind: 'unchanged', freshSeconds: 60, movedTo: null });
    expect(web.requests[0]?.headers).toMatchObject({
      'if-none-match': '"Ünusual, \'quoted\'"',
      'if-modified-since': 'monday-ish',
    });
  });

  it('sends validators to no other address than the one that gave them', async () => {
    const web = await publisher((_request, response) => response.end(RSS));

    await fetcherFor(web).fetchFeed({
      url: `${web.origin}/new.xml`,
      validators: { url: `${web.origin}/old.xml`, etag: '"1"', lastModified: 'x' },
    });

    expect(web.requests[0]?.headers).not.toHaveProperty('if-none-match');
    expect(web.requests[0]?.headers).not.toHaveProperty('if-modified-since');
  });

  it('sends validators to the target of a redirect when that is where they are from', async () => {
    const web = await publisher((request, response) =>
      request.url === '/a' ? response.writeHead(302, { location: '/b' }).end() : response.writeHead(304).end(),
    );

    const fetched = await fetcherFor(web).fetchFeed({
      url: `${web.origin}/a`,
      validators: { url: `${web.origin}/b`, etag: '"b"', lastModified: null },
    });

    expect(fetched.kind).toBe('unchanged');
    expect(web.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"b"']);
  });

  it.each([
    { status: 301, moved: true },
    { status: 302, moved: false },
  ])('tells of a move (redirect $status: $moved) although nothing has changed', async ({ status, moved }) => {
    const web = await publisher((request, response) =>
      request.url === '/a' ? response.writeHead(status, { location: '/b' }).end() : response.writeHead(304).end(),
    );
    const target = `${web.origin}/b`;

    const fetched = await fetcherFor(web).fetchFeed({
      url: `${web.origin}/a`,
      validators: { url: target, etag: '"b"', lastModified: null },
    });

    expect(fetched).toMatchObject({ kind: 'unchanged', movedTo: moved ? target : null });
  });

  it('does not believe a 304 that was not asked for', async () => {
    const web = await publisher((_request, response) => response.writeHead(304).end());

    const failure = await failureOf(fetcherFor(web).fetchFeed({ url: web.origin, validators: null }));

    expect(failure).toMatchObject({ kind: 'http', status: 304 });
  });

  it.each([
    { hops: [301], moved: true },
    { hops: [308, 301], moved: true },
    { hops: [302], moved: false },
    { hops: [301, 307], moved: false },
    { hops: [303, 308], moved: false },
  ])('reports a move only when every redirect is permanent: $hops', async ({ hops, moved }) => {
    const web = await publisher((request, response) => {
      const step = Number(request.url?.slice(1));
      const status = hops[step];
      if (status === undefined) response.end(RSS);
      else response.writeHead(status, { location: `/${step + 1}` }).end();
    });

    const fetched = await fetcherFor(web).fetchFeed({ url: `${web.origin}/0`, validators: null });

    const finalUrl = `${web.origin}/${hops.length}`;
    expect(fetched).toMatchObject({ kind: 'changed', finalUrl, movedTo: moved ? finalUrl : null });
  });

  it.each([
    { status: 401, kind: 'http' },
    { status: 403, kind: 'http' },
    { status: 404, kind: 'http' },
    { status: 410, kind: 'gone' },
    { status: 429, kind: 'throttled' },
    { status: 500, kind: 'http' },
    { status: 503, kind: 'http' },
    { status: 202, kind: 'http' },
    { status: 204, kind: 'http' },
    { status: 300, kind: 'http' },
  ])(
    'turns status $status into one error of kind $kind that names the address and a cure',
    async ({ status, kind }) => {
      const web = await publisher((_request, response) => response.writeHead(status).end('<html>'));

      const failure = await failureOf(fetcherFor(web).fetchFeed({ url: `${web.origin}/feed`, validators: null }));

      expect(failure).toMatchObject({ kind, code: `fetch_${kind}`, status, url: `${web.origin}/feed` });
      expect(failure.message).toMatch(new RegExp(`^${web.origin}/feed: answered ${status}.*\\. .+\\.$`));
    },
  );

  it.each<[status: number, headers: Record<string, string>]>([
    [203, {}],
    [201, {}],
    [202, {}],
    [226, { im: 'feed' }],
    [206, {}],
    [206, { 'content-range': `bytes 0-${RSS.length - 1}/${RSS.length}` }],
    [301, {}],
    [302, { location: '' }],
  ])('takes a feed for one although the status is %d %j', async (status, headers) => {
    const web = await publisher((_request, response) =>
      response.writeHead(status, { etag: '"a"', ...headers }).end(RSS),
    );

    const fetched = await fetcherFor(web).fetchFeed({ url: `${web.origin}/feed`, validators: null });

    expect(fetched).toMatchObject({ kind: 'changed', finalUrl: `${web.origin}/feed`, movedTo: null, etag: '"a"' });
  });

  it.each(['bytes 0-99/1000', 'bytes 10-75/76', 'bytes 0-75/*', 'bytes */76', 'items 0-75/76'])(
    'does not take a part for the feed: 206 with Content-Range "%s"',
    async (range) => {
      const web = await publisher((_request, response) => response.writeHead(206, { 'content-range': range }).end(RSS));

      const failure = await failureOf(fetcherFor(web).fetchFeed({ url: web.origin, validators: null }));

      expect(failure).toMatchObject({ kind: 'http', status: 206 });
    },
  );

  it.each([
    { status: 202, kind: 'http' },
    { status: 301, kind: 'redirects' },
    { status: 404, kind: 'http' },
  ])('does not take the page of status $status for a feed', async ({ status, kind }) => {
    const web = await publisher((_request, response) =>
      response.writeHead(status, { 'content-type': 'text/html' }).end('<html><title>Are you a robot?</title></html>'),
    );

    const failure = await failureOf(fetcherFor(web).fetchFeed({ url: web.origin, validators: null }));

    expect(failure.kind).toBe(kind);
  });

  it.each([
    { header: '120', seconds: 120 },
    { header: '0', seconds: 60 },
    { header: '9999999', seconds: 86_400 },
    { header: 'Mon, 23 Nov 2026 10:10:00 GMT', seconds: 600 },
    { header: 'Mon, 23 Nov 2020 10:10:00 GMT', seconds: 60 },
  ])(
    'keeps away from the whole host for $seconds s when told "Retry-After: $header" with 503',
    async ({ header, seconds }) => {
      const web = await publisher((_request, response) => response.writeHead(503, { 'retry-after': header }).end());
      const fetcher = fetcherFor(web);

      const told = await failureOf(fetcher.fetchFeed({ url: `${web.origin}/a`, validators: null }));
      const later = await failureOf(fetcher.fetchFeed({ url: `${web.origin}/b`, validators: null }));

      expect(told).toMatchObject({ kind: 'throttled', status: 503, retryAfterSeconds: seconds });
      expect(later).toMatchObject({ kind: 'throttled', retryAfterSeconds: seconds });
      expect(web.requests.length).toBe(1);
    },
  );

  const seen = { etag: '"a"', lastModified: 'Mon, 23 Nov 2026 09:00:00 GMT' };

  it.each([
    { does: 'answers 412 to a conditional request', status: 412 },
    { does: 'sends nothing when the feed has changed', status: 200 },
  ])('asks a server that $does once more, without conditions', async ({ status }) => {
    const web = await publisher(({ headers }, response) =>
      'if-none-match' in headers ? response.writeHead(status).end() : response.setHeader('etag', '"b"').end(RSS),
    );
    const url = `${web.origin}/feed`;

    const fetched = await fetcherFor(web).fetchFeed({ url, validators: { url, ...seen } });

    expect(fetched).toMatchObject({ kind: 'changed', etag: '"b"' });
    expect(web.requests.map(({ headers }) => headers['if-modified-since'])).toEqual([seen.lastModified, undefined]);
  });

  it.each([
    { status: 412, kind: 'http' },
    { status: 200, kind: 'empty' },
  ])('does not ask again where it had set no condition: $status', async ({ status, kind }) => {
    const web = await publisher((_request, response) => response.writeHead(status).end());

    const failure = await failureOf(fetcherFor(web).fetchFeed({ url: web.origin, validators: null }));

    expect([failure.kind, web.requests.length]).toEqual([kind, 1]);
  });

  it('asks for a page where a server has nothing else to offer (406)', async () => {
    const web = await publisher(({ headers }, response) =>
      headers.accept?.startsWith('text/html') ? response.end(RSS) : response.writeHead(406).end(),
    );
    const url = `${web.origin}/feed`;

    const fetched = await fetcherFor(web).fetchFeed({ url, validators: { url, ...seen } });

    expect(fetched.kind).toBe('changed');
    expect(web.requests.map(({ headers }) => headers['if-none-match'])).toEqual(['"a"', '"a"']);
  });

  it('asks twice at the most', async () => {
    const web = await publisher(({ headers }, response) =>
      response.writeHead('if-none-match' in headers ? 412 : 406).end(),
    );
    const url = `${web.origin}/feed`;

    const failure = await failureOf(fetcherFor(web).fetchFeed({ url, validators: { url, ...seen } }));

    expect(failure).toMatchObject({ kind: 'http', status: 406 });
    expect(web.requests.length).toBe(2);
  });

  it('has the time of one fetch for both', async () => {
    const slow = await publisher(({ headers }, response) => {
      const status = 'if-none-match' in headers ? 412 : 200;
      setTimeout(() => response.writeHead(status).end(RSS), 200);
    });
    const settings = { contact: '', fetch: { allowHosts: [slow.pair] } };
    const web = openWeb(settings, { limits: { totalMs: 300 } });
    open.push(web.fetch);
    const url = `${slow.origin}/feed`;

    const failure = await failureOf(createFeedFetcher(web).fetchFeed({ url, validators: { url, ...seen } }));

    expect(failure.kind).toBe('timeout');
  });

  it.each([
    ['a page', '<html><head><meta http-equiv="refresh" content="0; url=/moved?a=1&amp;b=2"></head></html>'],
    ['a page with other quotes', "<META content='5;URL=/moved?a=1&b=2' HTTP-EQUIV=Refresh >"],
    ['a page with quotes within', `<meta http-equiv='refresh' content="0;url='/moved?a=1&b=2'"/>`],
    [
      'a document for readers of feeds',
      '<?xml version="1.0"?>\n<redirect>\n<newLocation>\n/moved?a=1&amp;b=2\n</newLocation>\n</redirect>',
    ],
  ])('goes where %s sends it, and takes that for no move for good', async (_what, body) => {
    const web = await publisher(({ url }, response) => response.end(url === '/feed' ? body : RSS));

    const fetched = await fetcherFor(web).fetchFeed({ url: `${web.origin}/feed`, validators: null });

    expect(fetched).toMatchObject({ finalUrl: `${web.origin}/moved?a=1&b=2`, movedTo: null });
    expect(new TextDecoder().decode((fetched as { body: Uint8Array }).body)).toBe(RSS);
  });

  it.each([
    ['that waits for minutes', '<meta http-equiv="refresh" content="300; url=/moved">'],
    ['that reloads itself', '<meta http-equiv="refresh" content="5">'],
    [
      'that sends on only those without scripts',
      '<noscript><meta http-equiv="refresh" content="0;url=/moved"></noscript>',
    ],
    ['that used to send on', '<!-- <meta http-equiv="refresh" content="0;url=/moved"> -->'],
    ['that leads inside', '<meta http-equiv="refresh" content="0;url=http://10.0.0.1/feed">'],
    ['that is long', `<meta http-equiv="refresh" content="0;url=/moved">${' '.repeat(16_000)}`],
    ['that is a feed which tells of it', `${RSS}<redirect><newLocation>/moved</newLocation></redirect>`],
  ])('stays with a document %s', async (_what, body) => {
    const web = await publisher((_request, response) => response.end(body));

    const fetched = await fetcherFor(web).fetchFeed({ url: `${web.origin}/feed`, validators: null });

    expect(fetched).toMatchObject({ finalUrl: `${web.origin}/feed` });
    expect(web.requests.length).toBe(1);
  });

  it('takes an empty answer for a failure, not for a feed without items', async () => {
    const web = await publisher((_request, response) => response.writeHead(200).end());

    const failure = await failureOf(fetcherFor(web).fetchFeed({ url: web.origin, validators: null }));

    expect(failure.kind).toBe('empty');
  });

  it('recovers by itself once the publisher does', async () => {
    let broken = true;
    const web = await publisher((request, response) => (broken ? request.socket.destroy() : response.end(RSS)));
    const fetcher = fetcherFor(web);

    const failure = await failureOf(fetcher.fetchFeed({ url: web.origin, validators: null }));
    broken = false;
    const fetched = await fetcher.fetchFeed({ url: web.origin, validators: null });

    expect([failure.kind, fetched.kind]).toEqual(['reset', 'changed']);
  });
});
