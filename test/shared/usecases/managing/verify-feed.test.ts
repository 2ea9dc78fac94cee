// Which address is read when the scheme was left out.
import { FeedRefusedError, FetchFailedError, type FetchFailureKind } from '../../../../shared/core/errors.ts';
import type { FeedFetcher } from '../../../../shared/ports.ts';
import { verifyFeed } from '../../../../shared/usecases/managing/verify-feed.ts';
import { aClock, later } from '../../../support/builders.ts';

const RSS =
  '<rss version="2.0"><channel><title>Coast</title><item><title>New</title><guid>1</guid></item></channel></rss>';

const fetcherThat = (httpsFails: FetchFailureKind, document = RSS): FeedFetcher => ({
  fetchFeed: async ({ url }) => {
    if (url.startsWith('https:')) throw new FetchFailedError(httpsFails, url, 'no');
    return {
      kind: 'changed',
      body: new TextEncoder().encode(document),
      contentType: undefined,
      finalUrl: url,
      movedTo: null,
      etag: null,
      lastModified: null,
    } as Awaited<ReturnType<FeedFetcher['fetchFeed']>>;
  },
});
const verify = (written: string, httpsFails: FetchFailureKind) =>
  verifyFeed(written, { fetcher: fetcherThat(httpsFails), findFeeds: async () => [], clock: aClock() });

it.each(['blocked', 'refused', 'tls', 'timeout', 'reset'] as const)(
  'without a scheme it is that by http where https is %s',
  async (kind) => {
    expect((await verify('intranet.example', kind)).url).toBe('http://intranet.example');
  },
);

it.each(['http', 'dns', 'not_a_feed'] as const)('what https answers counts: %s', async (kind) => {
  await expect(verify('intranet.example', kind)).rejects.toMatchObject({ kind });
});

it('an https address is not read by http', async () => {
  await expect(verify('https://intranet.example', 'blocked')).rejects.toMatchObject({ kind: 'blocked' });
});

it('the newest date shown is one that has come; a day ahead may be a time zone, more is a wrong date', async () => {
  const clock = aClock();
  const dated = (name: string, ms: number): string =>
    `<item><title>${name}</title><guid>${name}</guid><pubDate>${new Date(clock.now().getTime() + ms).toUTCString()}</pubDate></item>`;
  const newestOf = async (...items: readonly string[]) => {
    const document = `<rss version="2.0"><channel><title>Coast</title>${items.join('')}</channel></rss>`;
    const fetcher = fetcherThat('tls', document);
    return (await verifyFeed('http://news.example', { fetcher, findFeeds: async () => [], clock })).read.newestAt;
  };
  const day = 86_400_000;

  expect(await newestOf(dated('old', -9 * day), dated('new', -day), dated('wrong', 2 * day))).toBe(later(-day));
  expect(await newestOf(dated('old', -day), dated('elsewhere', day))).toBe(later(day));
  expect(await newestOf(dated('wrong', 2 * day))).toBeNull();
});

describe('an address that is read before it is added', () => {
  const HOST = 'https://news.example.org/';
  const link = (href: string, title: string): string =>
    `<link rel="alternate" type="application/rss+xml" href="${href}" title="${title}">`;
  const page = (...links: readonly string[]): string =>
    `<!doctype html><html><head><title>News</title>${links.join('')}</head><body><p>Welcome.</p></body></html>`;
  const ITEMS = [1, 2].map(
    (day) => `<item><title>${day}</title><guid>${day}</guid><pubDate>${day} Nov 2026 08:00:00 GMT</pubDate></item>`,
  );
  const FEED = `<rss version="2.0"><channel><title>Coast</title><language>en</language>${ITEMS.join('')}</channel></rss>`;

  type Answer = Partial<Extract<Awaited<ReturnType<FeedFetcher['fetchFeed']>>, { kind: 'changed' }>> & {
    document: string;
  };
  /** What is at each address; an error is thrown. */
  const verifyAt = (
    web: Readonly<Record<string, Answer | string | Error>>,
    { at = HOST, found = [] as { url: string; title: string }[] } = {},
  ) =>
    verifyFeed(at, {
      clock: aClock(),
      findFeeds: async () => found as never,
      fetcher: {
        fetchFeed: async ({ url }) => {
          const answer = web[url];
          if (answer === undefined) throw new Error(`nobody was to ask ${url}`);
          if (answer instanceof Error) throw answer;
          const { document, ...change } = typeof answer === 'string' ? { document: answer } : answer;
          return {
            kind: 'changed',
            body: new TextEncoder().encode(document),
            contentType: undefined,
            finalUrl: url,
            movedTo: null,
            etag: null,
            lastModified: null,
            freshSeconds: null,
            ...change,
          };
        },
      },
    });
  const refusalOf = async (...args: Parameters<typeof verifyAt>) => {
    const error: unknown = await verifyAt(...args).catch((thrown: unknown) => thrown);
    if (!(error instanceof FeedRefusedError)) throw new Error(`expected a refusal, got ${String(error)}`);
    const { message, advice, kind, temporary, candidates } = error;
    return { message, advice, kind, temporary, candidates };
  };

  it('may be a feed, whose content is summed up', async () => {
    expect(await verifyAt({ [HOST]: FEED })).toEqual({
      url: HOST,
      addresses: [HOST],
      foundOn: null,
      read: {
        title: 'Coast',
        format: 'rss',
        language: 'en',
        items: 2,
        newestAt: '2026-11-02T08:00:00.000Z',
        textOrigin: 'title',
      },
    });
  });

  it('is followed where it has moved for good, and known under each of its addresses', async () => {
    const finalUrl = 'https://www.news.example.org/feed';

    expect(await verifyAt({ [HOST]: { document: FEED, finalUrl } })).toMatchObject({
      url: HOST,
      addresses: [HOST, finalUrl],
    });
    expect(await verifyAt({ [HOST]: { document: FEED, finalUrl, movedTo: finalUrl } })).toMatchObject({
      url: finalUrl,
      addresses: [HOST, finalUrl],
    });
  });

  it('may be a page with one feed, which is read instead', async () => {
    expect(await verifyAt({ [HOST]: page(link('/feed', 'All')), [`${HOST}feed`]: FEED })).toMatchObject({
      url: `${HOST}feed`,
      foundOn: HOST,
      read: { title: 'Coast' },
    });
  });

  it('may be a page without a link, whose feed is looked for', async () => {
    const found = [{ url: `${HOST}rss`, title: '' }];

    expect(await verifyAt({ [HOST]: page(), [`${HOST}rss`]: FEED }, { found })).toMatchObject({
      url: `${HOST}rss`,
      foundOn: HOST,
    });
  });

  it('is refused where it is a page with several feeds, which are named', async () => {
    const web = { [HOST]: page(link('/a', 'A'), link('/b', 'B')) };

    expect(await refusalOf(web, { found: [{ url: `${HOST}never`, title: '' }] })).toEqual({
      message: `${HOST} is a web page with 2 feeds; nothing was added`,
      advice: 'choose one of them',
      kind: 'several_feeds',
      temporary: false,
      candidates: [
        { url: `${HOST}a`, title: 'A' },
        { url: `${HOST}b`, title: 'B' },
      ],
    });
  });

  it('is refused where the feed of the page is a page', async () => {
    const web = { [HOST]: page(link('/feed', 'All')), [`${HOST}feed`]: page(link('/feed', 'All')) };

    expect(await refusalOf(web)).toEqual({
      message: `${HOST} is a web page, and so is the address that it gives for its feed, ${HOST}feed`,
      advice: 'give the address of a feed',
      kind: 'not_a_feed',
      temporary: false,
      candidates: [],
    });
  });

  it('is refused where it is neither a page nor a feed, and nothing is looked for there', async () => {
    const found = [{ url: `${HOST}rss`, title: '' }];

    expect((await refusalOf({ [HOST]: '%PDF-1.7 not a page' }, { found })).kind).toBe('not_a_feed');
    expect((await refusalOf({ [HOST]: page() })).kind).toBe('not_a_feed');
  });

  const ANYWAY = 'to add it without reading it first, send "verify": false';
  it.each<[FetchFailureKind, number | undefined, boolean, string]>([
    ['timeout', undefined, true, `this may be temporary: try again later; ${ANYWAY}`],
    ['http', 503, true, `this may be temporary: try again later; ${ANYWAY}`],
    [
      'blocked',
      undefined,
      false,
      'if this is a server of your own, add its HOST:PORT to fetch.allowHosts in config/tocsin.yaml (or to TOCSIN_ALLOW_HOSTS) and start or deploy again',
    ],
    ['gone', 410, false, 'the publisher has ended it; look for another feed on the site'],
    ['dns', undefined, false, `check the spelling of the host name; ${ANYWAY}`],
    ['not_a_feed', 200, false, `look for the feed on the site and give its address; ${ANYWAY}`],
    ['http', 404, false, `look for the feed on the site and give its address; ${ANYWAY}`],
    ['http', 403, false, `this is not temporary: open the address in a browser; ${ANYWAY}`],
    ['tls', undefined, false, `this is not temporary: open the address in a browser; ${ANYWAY}`],
  ])('is refused for %s %s with what to do (temporary: %s)', async (kind, status, temporary, advice) => {
    const error = new FetchFailedError(kind, HOST, 'the message', { status, happened: 'it did not work' });

    expect(await refusalOf({ [HOST]: error })).toEqual({
      message: `${HOST}: it did not work; it was not added`,
      advice,
      kind,
      temporary,
      candidates: [],
    });
  });

  it('is refused with the address to which it leads', async () => {
    const error = new FetchFailedError('tls', 'https://other.example.org/', 'no', { happened: 'no certificate' });

    expect((await refusalOf({ [HOST]: error })).message).toBe(
      `${HOST} (it leads to https://other.example.org/): no certificate; it was not added`,
    );
  });

  it('with a fault of ours is no refusal', async () => {
    const error = new RangeError('a bug');

    await expect(verifyAt({ [HOST]: error })).rejects.toBe(error);
  });

  it('that is none is refused before anything is asked', async () => {
    await expect(verifyAt({}, { at: 'ftp://news.example.org' })).rejects.toMatchObject({ code: 'invalid_feed_url' });
  });
});
