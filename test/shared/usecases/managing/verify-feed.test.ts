// Which address is read when the scheme was left out.
import { FetchFailedError, type FetchFailureKind } from '../../../../shared/core/errors.ts';
import type { FeedFetcher } from '../../../../shared/ports.ts';
import { verifyFeed } from '../../../../shared/usecases/managing/verify-feed.ts';
import { aClock } from '../../../support/builders.ts';

const RSS =
  '<rss version="2.0"><channel><title>Coast</title><item><title>New</title><guid>1</guid></item></channel></rss>';

const fetcherThat = (httpsFails: FetchFailureKind): FeedFetcher => ({
  fetchFeed: async ({ url }) => {
    if (url.startsWith('https:')) throw new FetchFailedError(httpsFails, url, 'no');
    return {
      kind: 'changed',
      body: new TextEncoder().encode(RSS),
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
