// The network of this machine is away for two hours: when is each feed polled again once it is back? The real schedule, with a clock that is set.
import { FetchFailedError, type FetchFailureKind } from '../../shared/core/errors.ts';
import type { FetchedFeed } from '../../shared/model/feed.ts';
import { type PollMessage, parsePollMessage } from '../../shared/model/messages.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { watchNetwork } from '../../shared/net/network-outage.ts';
import { pollFeeds } from '../../shared/usecases/polling/poll-feeds.ts';
import { schedulePolls } from '../../shared/usecases/polling/schedule-polls.ts';
import { aClock, aNewFeed, anItem } from '../support/builders.ts';
import { aLog, aQueue, readItems, someMetrics } from '../support/fakes.ts';
import { createMemoryStores } from '../support/memory-store.ts';

const MINUTE = 60_000;
const OWN_SERVER = 'http://127.0.0.1:8080/feed';

const failure = (kind: FetchFailureKind, url: string, code: string): FetchFailedError =>
  new FetchFailedError(kind, url, `${url}: away`, { cause: Object.assign(new Error(code), { code }) });

const document = (url: string): FetchedFeed => ({
  kind: 'changed',
  body: new TextEncoder().encode(JSON.stringify({ items: [anItem()] })),
  contentType: 'application/json',
  finalUrl: url,
  movedTo: null,
  etag: null,
  lastModified: null,
  freshSeconds: null,
});

/** Feeds of so many hosts, and one of a server on this machine, which always answers. */
async function feedsOf(hosts: readonly string[]) {
  const clock = aClock();
  const { feeds, ...stores } = createMemoryStores({ clock });
  const urls = [...hosts.map((host) => `https://${host}/feed`), OWN_SERVER];
  for (const url of urls) await feeds.addFeed(aNewFeed({ url, fullText: 'never' }));
  const settings = { ...defaultSettings, fetch: { allowHosts: ['127.0.0.1:8080'] } };
  let asked: string[] = [];
  let failure: (url: string) => FetchFailedError | null = () => null;
  const fetcher = {
    fetchFeed: async ({ url }: { readonly url: string }) => {
      asked.push(url);
      const failed = url === OWN_SERVER ? null : failure(url);
      if (failed !== null) throw failed;
      return document(url);
    },
  };
  const pollQueue = aQueue<PollMessage>();
  const log = aLog();
  const world = { clock, log, metrics: someMetrics(), articleQueue: aQueue(), readFeed: readItems };
  const ports = { ...stores, ...world, feeds, pollQueue, fetcher, network: watchNetwork() };
  return {
    log,
    failureOf: async (host: string) =>
      (await feeds.listFeeds({ limit: 500, cursor: null })).items.find(({ url }) => url.includes(host))?.state.failure,
    /** For each address asked, the minute in which that was first. */
    pass: async (minutes: number, how: typeof failure = () => null): Promise<ReadonlyMap<string, number>> => {
      failure = how;
      const first = new Map<string, number>();
      for (let minute = 0; minute < minutes; minute += 1) {
        asked = [];
        await schedulePolls(ports, settings);
        for (const message of pollQueue.take()) {
          await pollFeeds(parsePollMessage(JSON.stringify(message)), ports, settings);
        }
        for (const url of asked) first.set(url, first.get(url) ?? minute);
        clock.advance(MINUTE);
      }
      return first;
    },
  };
}

const HOSTS = Array.from({ length: 40 }, (_, at) => `publisher${at}.example`);

describe('when the network has been away for two hours', () => {
  it.each<[string, (url: string) => FetchFailedError]>([
    ['no name server can be reached', (url) => failure('dns', url, 'EAI_AGAIN')],
    ['name servers are silent', (url) => failure('dns', url, 'ETIMEOUT')],
    ['the router has no answer from its name servers', (url) => failure('dns', url, 'ESERVFAIL')],
    ['there is no route', (url) => failure('refused', url, 'ENETUNREACH')],
    ['connections time out', (url) => failure('timeout', url, '')],
  ])('and %s, each feed is polled within ten minutes of its return', async (_, failure) => {
    const { pass, log } = await feedsOf(HOSTS);
    await pass(15);
    await pass(120, failure);

    const polled = await pass(60);

    expect(polled.size).toBe(HOSTS.length + 1);
    expect(Math.max(...polled.values())).toBeLessThanOrEqual(10);
    expect(log.messages('warn').filter((message) => message === 'feed fails')).toHaveLength(HOSTS.length);
  });

  it('even a single feed is, where no name server could be reached', async () => {
    const { pass } = await feedsOf(['alone.example']);
    await pass(15);
    await pass(120, (url) => failure('dns', url, 'EAI_AGAIN'));

    expect((await pass(60)).get('https://alone.example/feed')).toBeLessThanOrEqual(10);
  });
});

describe('a publisher that is down while others answer', () => {
  it.each<[string, FetchFailureKind, string]>([
    ['its name servers are silent', 'dns', 'ETIMEOUT'],
    ['it does not answer', 'timeout', ''],
  ])('is asked with growing pauses, since %s', async (_, kind, code) => {
    const dead = HOSTS.slice(0, 6);
    const { pass, failureOf } = await feedsOf(HOSTS.slice(0, 25));
    await pass(15);

    await pass(120, (url) => (dead.some((host) => url.includes(`/${host}/`)) ? failure(kind, url, code) : null));

    for (const host of dead) expect((await failureOf(`/${host}/`))?.count).toBeGreaterThanOrEqual(4);
  });

  it('is so too when all that the others say is an error', async () => {
    const { pass, failureOf } = await feedsOf(HOSTS.slice(0, 12));
    await pass(15);

    await pass(120, (url) =>
      Number(/\d+/.exec(url)?.[0]) % 3 === 0
        ? failure('timeout', url, '')
        : new FetchFailedError('http', url, `${url}: answered 500`, { status: 500, retryAfterSeconds: 60 }),
    );

    expect((await failureOf('publisher0.'))?.count).toBeGreaterThanOrEqual(4);
  });

  it.each<[string, FetchFailureKind, string]>([
    ['a name that does not exist', 'dns', 'ENOTFOUND'],
    ['a refused connection', 'refused', 'ECONNREFUSED'],
    ['a certificate', 'tls', 'CERT_HAS_EXPIRED'],
  ])('says nothing about the network by %s', async (_, kind, code) => {
    const { pass, failureOf } = await feedsOf(HOSTS);
    await pass(15);

    await pass(120, (url) => failure(kind, url, code));

    expect((await failureOf(HOSTS[0]!))?.count).toBeGreaterThanOrEqual(4);
  });
});
