// What the fetchers ask of the one door to the web, and what they make of each answer. Over real connections: the other tests here.
import { findFeeds } from '../../../adapters/http/feed-discovery.ts';
import { createFeedFetcher, MAX_FEED_BYTES } from '../../../adapters/http/feed-fetcher.ts';
import { feedVerifierOn } from '../../../adapters/http/feed-verifier.ts';
import type { GuardedAnswer, GuardedGet } from '../../../adapters/http/guarded-fetch.ts';
import { createPageFetcher, MAX_PAGE_BYTES } from '../../../adapters/http/page-fetcher.ts';
import { createRobotsCache } from '../../../adapters/http/robots-cache.ts';
import type { Web } from '../../../adapters/http/web.ts';
import { FetchFailedError, NoTurnError } from '../../../shared/core/errors.ts';
import { aClock } from '../../support/builders.ts';

const FEED = 'https://news.example.org/feed';
const PAGE = 'https://news.example.org/1';
const RSS = '<rss version="2.0"><channel/></rss>';
const TURN = { smallBytes: 1, waitedMs: () => 0, take: async () => true };

type Said = Partial<Omit<GuardedAnswer, 'body'>> & { readonly body?: string };

const answerOf = (request: GuardedGet, { body = '', ...said }: Said): GuardedAnswer => ({
  status: 200,
  headers: {},
  finalUrl: request.url,
  redirects: [],
  spentMs: 7,
  ...said,
  body: Buffer.from(body),
});

/** A door to the web behind which everything is answered as told, one answer after the other; the last one again and again. */
function aDoor(...answers: (Said | Error | ((request: GuardedGet) => Said))[]) {
  const asked: GuardedGet[] = [];
  const pauses: (readonly [url: string, seconds: number])[] = [];
  const clock = aClock();
  const get = async (request: GuardedGet): Promise<GuardedAnswer> => {
    asked.push(request);
    await request.beforeRequest?.(request.url);
    request.headersFor?.(request.url);
    const said = answers.length > 1 ? answers.shift() : answers[0];
    if (said instanceof Error) throw said;
    return answerOf(request, typeof said === 'function' ? said(request) : (said ?? {}));
  };
  const web = {
    fetch: { get },
    hostLimits: { pause: async (url: string, seconds: number) => void pauses.push([url, seconds]) },
    clock,
  } as unknown as Web;
  return { web, asked, pauses, clock };
}

describe('a feed', () => {
  const ACCEPT =
    'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.9, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1';
  const validators = { url: FEED, etag: '"1"', lastModified: 'Tue, 17 Nov 2026 08:00:00 GMT' };
  const ask = (
    web: Web,
    change: Partial<Parameters<ReturnType<typeof createFeedFetcher>['fetchFeed']>[0]> = {},
    options = {},
  ) => createFeedFetcher(web, options).fetchFeed({ url: FEED, validators: null, ...change });

  it('is asked for as feeds are, up to five megabytes, heeding the turns that others have reserved', async () => {
    const { web, asked } = aDoor({ body: RSS });

    await ask(web);

    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      url: FEED,
      headers: { accept: ACCEPT },
      maxBytes: 5_000_000,
      hostTurn: { maxWaitMs: 300_000, mode: 'observe' },
      takesLostRedirects: true,
    });
    expect(asked[0]).not.toHaveProperty('turn');
    expect(asked[0]).not.toHaveProperty('spentMs');
    expect(MAX_FEED_BYTES).toBe(5_000_000);
  });

  it('may be asked for with another wait, with a turn, and on a host that nobody else asks', async () => {
    const { web, asked } = aDoor({ body: RSS });

    await ask(web, { hostIsShared: false, turn: TURN }, { maxWaitMs: 60_000 });

    expect(asked[0]?.hostTurn).toEqual({ maxWaitMs: 60_000 });
    expect(asked[0]?.turn).toBe(TURN);
  });

  it.each([
    ['both', validators, { 'if-none-match': '"1"', 'if-modified-since': validators.lastModified }],
    ['an ETag', { ...validators, lastModified: null }, { 'if-none-match': '"1"' }],
    ['a date', { ...validators, etag: null }, { 'if-modified-since': validators.lastModified }],
    ['none', null, {}],
    ['those of another address', { ...validators, url: `${FEED}2` }, {}],
    ['those of what is no address', { ...validators, url: 'feed' }, {}],
    [
      'those of the address written otherwise',
      { ...validators, url: 'HTTPS://a:b@NEWS.example.org:443/feed#x' },
      { 'if-none-match': '"1"', 'if-modified-since': validators.lastModified },
    ],
  ])('is asked for with its validators: %s', async (_what, given, headers) => {
    const { web, asked } = aDoor({ body: RSS });

    await ask(web, { validators: given });

    expect(asked[0]?.headersFor?.(FEED)).toEqual(headers);
  });

  it('that has changed comes with what its answer says', async () => {
    const headers = { 'content-type': 'text/xml', etag: '"2"', 'last-modified': 'now', 'cache-control': 'max-age=60' };
    const { web } = aDoor({ body: RSS, headers, finalUrl: `${FEED}/new`, redirects: [301, 308] });

    expect(await ask(web)).toEqual({
      kind: 'changed',
      body: Buffer.from(RSS),
      contentType: 'text/xml',
      finalUrl: `${FEED}/new`,
      movedTo: `${FEED}/new`,
      etag: '"2"',
      lastModified: 'now',
      freshSeconds: 60,
    });
  });

  it('comes without what its answer does not say', async () => {
    const { web } = aDoor({ body: RSS });

    expect(await ask(web)).toMatchObject({
      contentType: undefined,
      movedTo: null,
      etag: null,
      lastModified: null,
      freshSeconds: null,
    });
  });

  it.each([
    [[], null],
    [[301], `${FEED}/new`],
    [[308], `${FEED}/new`],
    [[301, 302], null],
    [[307], null],
    [[303], null],
  ])('that has moved by %j is adopted under %s', async (redirects, movedTo) => {
    const changed = aDoor({ body: RSS, redirects, finalUrl: `${FEED}/new` });
    const finalUrl = `${FEED}/new`;
    const unchanged = aDoor((request) => {
      request.headersFor?.(finalUrl);
      return { status: 304, redirects, finalUrl, headers: { 'cache-control': 'max-age=60' } };
    });

    expect(await ask(changed.web)).toMatchObject({ kind: 'changed', movedTo });
    expect(await ask(unchanged.web, { validators: { ...validators, url: finalUrl } })).toEqual({
      kind: 'unchanged',
      freshSeconds: 60,
      movedTo,
    });
  });

  it('cannot be unchanged for one who did not ask so', async () => {
    const { web } = aDoor({ status: 304 });

    await expect(ask(web)).rejects.toMatchObject({ kind: 'http', status: 304 });
  });

  it.each([
    ['412', { status: 412 }, 2, ACCEPT, {}],
    ['an empty answer', { status: 200 }, 2, ACCEPT, {}],
    [
      '406',
      { status: 406 },
      2,
      'text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8',
      { 'if-none-match': '"1"' },
    ],
    ['400', { status: 400 }, 1, ACCEPT, undefined],
    ['an empty answer of another kind', { status: 202 }, 1, ACCEPT, undefined],
  ])('is asked for once more after %s', async (_what, first, times, accept, headers) => {
    const { web, asked } = aDoor(first, { body: RSS });

    await ask(web, { validators: { ...validators, lastModified: null } }).catch(() => {});

    expect(asked).toHaveLength(times);
    expect(asked.at(-1)?.headers).toEqual({ accept });
    if (headers === undefined) return;
    expect(asked[1]?.headersFor?.(FEED)).toEqual(headers);
    expect(asked[1]?.spentMs).toBe(7);
  });

  it.each([
    ['412', { status: 412 }],
    ['an empty answer', { status: 200 }],
  ])('is asked for once where it was asked for without validators: %s', async (_what, said) => {
    const { web, asked } = aDoor(said);

    await expect(ask(web)).rejects.toBeInstanceOf(FetchFailedError);
    expect(asked).toHaveLength(1);
  });

  it.each([
    [201, 'a feed', RSS, true],
    [202, 'a feed', `<?xml version="1.0"?>${RSS}`, true],
    [226, 'a feed', RSS, true],
    [302, 'a feed', RSS, true],
    [399, 'a feed', RSS, true],
    [400, 'a feed', RSS, false],
    [206, 'a part of a feed', RSS, false],
    [202, 'a page', '<html><body>Are you a robot?</body></html>', false],
    [202, 'a feed that begins within 4 KB', `${' '.repeat(4_090)}${RSS}`, true],
    [202, 'a feed that begins later', `${' '.repeat(4_096)}${RSS}`, false],
  ])('with status %i, %s, is taken for a feed or not', async (status, _what, body, comes) => {
    const headers = status === 206 ? { 'content-range': 'bytes 0-9/100' } : {};
    const { web } = aDoor({ status, body, headers });

    const kind = await ask(web).then(
      (fetched) => fetched.kind,
      () => 'failed',
    );

    expect(kind).toBe(comes ? 'changed' : 'failed');
  });

  it('whose answer is empty says so', async () => {
    const { web } = aDoor({});

    await expect(ask(web)).rejects.toMatchObject({
      kind: 'empty',
      status: 200,
      message: `${FEED}: the answer is empty. The publisher has a problem; polling continues.`,
    });
  });

  it('that is redirected nowhere says so', async () => {
    const { web } = aDoor({ status: 302, body: '<html>' });

    await expect(ask(web)).rejects.toMatchObject({
      kind: 'redirects',
      happened: 'answered 302 with no address to go to',
    });
  });

  it.each([
    ['a pause', { 'retry-after': '120' }, [['https://other.example.org/', 120]]],
    ['none', {}, []],
  ])(
    'that is refused with the wish for %s is left alone as long, by the host that said so',
    async (_what, headers, expected) => {
      const { web, pauses } = aDoor({ status: 429, headers, finalUrl: 'https://other.example.org/' });

      await expect(ask(web)).rejects.toMatchObject({ kind: 'throttled' });
      expect(pauses).toEqual(expected);
    },
  );
});

describe('a page', () => {
  const HTML = { headers: { 'content-type': 'text/html' }, body: '<p>text</p>' };
  const robots = { status: 404 };
  const fetchPage = (web: Web, options = {}) => createPageFetcher(web, options).fetchPage(PAGE);

  it('is asked for as pages are, up to three megabytes, with a turn of its own, after robots.txt', async () => {
    const { web, asked } = aDoor((request) => (request.url.endsWith('/robots.txt') ? robots : HTML));

    const page = await createPageFetcher(web, { maxWaitMs: 1_000 }).fetchPage(PAGE, TURN);

    expect(page).toEqual({ html: '<p>text</p>', finalUrl: PAGE });
    expect(asked).toMatchObject([
      {
        url: PAGE,
        headers: { accept: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1' },
        maxBytes: 3_000_000,
        hostTurn: { maxWaitMs: 1_000, mode: 'reserve' },
        turn: TURN,
      },
      {
        url: 'https://news.example.org/robots.txt',
        headers: { accept: 'text/plain, */*;q=0.5' },
        maxBytes: 2_000_000,
        hostTurn: { maxWaitMs: 1_000, mode: 'reserve' },
      },
    ]);
    expect(MAX_PAGE_BYTES).toBe(3_000_000);
  });

  it('waits for its turn for five minutes where nothing else is said', async () => {
    const { web, asked } = aDoor((request) => (request.url.endsWith('/robots.txt') ? robots : HTML));

    await fetchPage(web);

    expect(asked[0]?.hostTurn).toEqual({ maxWaitMs: 300_000, mode: 'reserve' });
    expect(asked[0]).not.toHaveProperty('turn');
  });

  it.each([
    ['text/html', true],
    [' Text/HTML; charset=utf-8', true],
    ['text/html,text/html', true],
    ['"text/html"', true],
    ["'text/html'", true],
    ['text/html charset=utf-8', true],
    ['application/xhtml+xml', true],
    ['text/htmlx', false],
    ['xtext/html', false],
    ['application/xml', false],
    ['', false],
    [undefined, true],
  ])('of the type %s is one: %s', async (type, isPage) => {
    const headers = type === undefined ? {} : { 'content-type': type };
    const { web, asked } = aDoor((request) => (request.url.endsWith('/robots.txt') ? robots : { ...HTML, headers }));

    const outcome = await fetchPage(web).then(
      () => 'a page',
      (error: FetchFailedError) => error.message,
    );

    expect(outcome).toBe(isPage ? 'a page' : `${PAGE}: is "${type}", not a web page. The text of the feed is used.`);
    expect(asked[0]?.wantsBody?.({ status: 200, headers })).toBe(isPage);
  });

  it('that is empty says so', async () => {
    const { web } = aDoor((request) => (request.url.endsWith('/robots.txt') ? robots : { ...HTML, body: '' }));

    await expect(fetchPage(web)).rejects.toMatchObject({
      kind: 'empty',
      message: `${PAGE}: the page is empty. The text of the feed is used.`,
    });
  });

  it.each([
    [{ 'retry-after': '120' }, [[PAGE, 120]]],
    [{}, []],
  ])('that is refused with %j gives its host the pause that it asks for', async (headers, expected) => {
    const { web, pauses } = aDoor((request) =>
      request.url.endsWith('/robots.txt') ? robots : { status: 503, headers },
    );

    await expect(fetchPage(web)).rejects.toMatchObject({ status: 503 });
    expect(pauses).toEqual(expected);
  });
});

describe('robots.txt', () => {
  const TURN_WITH_HOST = { maxWaitMs: 1, mode: 'reserve' } as const;
  const DAY_MS = 86_400_000;

  it.each([
    [199, false],
    [200, true],
    [299, true],
    [300, false],
    [399, false],
    [400, true],
    [428, true],
    [429, false],
    [430, true],
    [499, true],
    [500, false],
  ])('answered with %i lets pages be asked for: %s', async (status, allowed) => {
    const { web } = aDoor({ status });

    const outcome = await createRobotsCache(web, TURN_WITH_HOST)
      .check(PAGE)
      .then(
        () => null,
        (error: FetchFailedError) => error,
      );

    expect(outcome === null).toBe(allowed);
    if (allowed) return;
    expect(outcome).toMatchObject({
      kind: 'robots',
      retryAfterSeconds: 60,
      message: `${PAGE}: the site's robots.txt cannot be had (answered ${status}), so its pages are left alone. It is requested again in a minute; until then the text of the feed is used.`,
    });
  });

  it('may forbid a page', async () => {
    const { web } = aDoor({ body: 'User-agent: *\nDisallow: /1' });
    const robots = createRobotsCache(web, TURN_WITH_HOST);

    await expect(robots.check(PAGE)).rejects.toMatchObject({
      kind: 'robots',
      message: `${PAGE}: robots.txt of the site asks readers like this one to leave the page alone. Nothing to do: the text of the feed is used. \`fullText: never\` stops asking for this feed's pages.`,
    });
    await expect(robots.check('https://news.example.org/2')).resolves.toBeUndefined();
  });

  it.each([
    ['a day', { status: 404 }, DAY_MS],
    ['a minute where it could not be had', { status: 500 }, 60_000],
  ])('is remembered for %s', async (_what, said, keptMs) => {
    const { web, asked, clock } = aDoor(said);
    const robots = createRobotsCache(web, TURN_WITH_HOST);
    const check = () => robots.check(PAGE).catch(() => {});

    await check();
    clock.advance(keptMs - 1);
    await check();
    const before = asked.length;
    clock.advance(1);
    await check();

    expect([before, asked.length]).toEqual([1, 2]);
  });

  it('that could not be had says how long it is remembered still, or for how long the server asked', async () => {
    const { web, clock } = aDoor({ status: 503, headers: { 'retry-after': '600' } }, { status: 500 });
    const robots = createRobotsCache(web, TURN_WITH_HOST);
    const check = (page: string) => robots.check(page).catch((error: FetchFailedError) => error.retryAfterSeconds);

    expect(await check(PAGE)).toBe(600);
    expect(await check('https://other.example.org/')).toBe(60);
    clock.advance(59_001);
    expect(await check('https://other.example.org/')).toBe(1);
  });

  it('is asked for again when the clock was set back by more than a day', async () => {
    const { web, asked, clock } = aDoor({ status: 404 });
    const robots = createRobotsCache(web, TURN_WITH_HOST);

    await robots.check(PAGE);
    clock.advance(-1);
    await robots.check(PAGE);

    expect(asked).toHaveLength(2);
  });

  it.each([
    [503, { 'retry-after': '120' }, [['https://news.example.org/robots.txt', 120]]],
    [429, { 'retry-after': '120' }, [['https://news.example.org/robots.txt', 120]]],
    [500, { 'retry-after': '120' }, []],
    [503, {}, []],
  ])('answered with %i and %j silences its host: %j', async (status, headers, expected) => {
    const { web, pauses } = aDoor({ status, headers });

    await createRobotsCache(web, TURN_WITH_HOST)
      .check(PAGE)
      .catch(() => {});

    expect(pauses).toEqual(expected);
  });

  const failure = (kind: 'redirects' | 'blocked' | 'dns') =>
    new FetchFailedError(kind, PAGE, 'it failed', { happened: 'it failed' });

  it('whose redirects never end forbids nothing', async () => {
    await expect(
      createRobotsCache(aDoor(failure('redirects')).web, TURN_WITH_HOST).check(PAGE),
    ).resolves.toBeUndefined();
  });

  it('that is blocked says why, and another failure says that pages are left alone', async () => {
    const blocked = failure('blocked');

    await expect(createRobotsCache(aDoor(blocked).web, TURN_WITH_HOST).check(PAGE)).rejects.toBe(blocked);
    await expect(createRobotsCache(aDoor(failure('dns')).web, TURN_WITH_HOST).check(PAGE)).rejects.toMatchObject({
      kind: 'robots',
      happened: "the site's robots.txt cannot be had (it failed), so its pages are left alone",
    });
  });

  it('that had no turn is asked for again at once', async () => {
    const noTurn = new NoTurnError(PAGE, 'no turn', 60, 'no turn');
    const { web, asked } = aDoor(noTurn, { status: 404 });
    const robots = createRobotsCache(web, TURN_WITH_HOST);

    await expect(robots.check(PAGE)).rejects.toBe(noTurn);
    await robots.check(PAGE);

    expect(asked).toHaveLength(2);
  });

  it('of five hundred sites is remembered; the oldest goes first', async () => {
    const { web, asked } = aDoor({ status: 404 });
    const robots = createRobotsCache(web, TURN_WITH_HOST);
    const check = (site: number) => robots.check(`https://site-${site}.example.org/`);

    for (let site = 0; site < 500; site += 1) await check(site);
    await check(0);
    const remembered = asked.length;
    await check(500);
    await check(1);
    const stillThere = asked.length;
    await check(0);

    expect([remembered, stillThere, asked.length]).toEqual([500, 501, 502]);
  });
});

describe('the feeds of a page', () => {
  const NOTHING = { body: '<p>Nothing here</p>' };
  const gone = { status: 404 };

  it('are looked for in what is asked for as a page', async () => {
    const { web, asked } = aDoor({ body: RSS, finalUrl: `${FEED}/final` });

    expect(await findFeeds(FEED, web)).toEqual([{ url: `${FEED}/final`, title: '', from: 'advertised' }]);
    expect(asked).toEqual([
      { url: FEED, headers: { accept: 'text/html, application/xhtml+xml, */*;q=0.5' }, maxBytes: 3_000_000 },
    ]);
  });

  it('are not guessed where the page advertises one', async () => {
    const { web, asked } = aDoor({ body: '<link rel=alternate type=application/rss+xml href=/all.xml>' });

    expect(await findFeeds(PAGE, web, { tryCommonAddresses: true })).toMatchObject([{ from: 'advertised' }]);
    expect(asked).toHaveLength(1);
  });

  it('are guessed past addresses that are not there', async () => {
    const { web, asked } = aDoor(NOTHING, gone, NOTHING, (request) => ({ body: RSS, finalUrl: `${request.url}#` }));

    const [found] = await findFeeds(PAGE, web, { tryCommonAddresses: true });

    expect(found).toEqual({ url: `${asked[3]?.url}#`, title: '', from: 'linked' });
    expect(asked).toHaveLength(4);
  });

  it.each(['throttled', 'blocked'] as const)('are not guessed any further once a host is %s', async (kind) => {
    const { web, asked } = aDoor(NOTHING, gone, new FetchFailedError(kind, PAGE, 'no'), { body: RSS });

    expect(await findFeeds(PAGE, web, { tryCommonAddresses: true })).toEqual([]);
    expect(asked).toHaveLength(3);
  });

  it('are guessed without hiding a bug', async () => {
    const { web } = aDoor(NOTHING, new TypeError('a bug'));

    await expect(findFeeds(PAGE, web, { tryCommonAddresses: true })).rejects.toThrow('a bug');
  });
});

describe('an address that is read before it is followed', () => {
  it('waits three seconds for its turn, and is asked for nothing after twelve', async () => {
    const { web, asked, clock } = aDoor(() => {
      clock.advance(6_001);
      return { body: '<html><p>Nothing here</p></html>' };
    });

    await expect(feedVerifierOn(web)(PAGE)).rejects.toBeInstanceOf(Error);

    expect(asked[0]?.hostTurn).toMatchObject({ maxWaitMs: 3_000 });
    expect(asked).toHaveLength(2);
  });

  it('may begin a request in the twelfth second', async () => {
    const { web, asked, clock } = aDoor(() => {
      clock.advance(6_000);
      return { body: '<html><p>Nothing here</p></html>' };
    });

    await expect(feedVerifierOn(web)(PAGE)).rejects.toBeInstanceOf(Error);

    expect(asked).toHaveLength(3);
  });
});
