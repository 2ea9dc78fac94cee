// Which address is read when the scheme was left out.
import { FetchFailedError, type FetchFailureKind } from '../../../../shared/core/errors.ts';
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
