// Sixty feeds whose name servers are silent, and healthy feeds beside them: real lookups of a name server of this machine, real requests.
import { readFile } from 'node:fs/promises';
import { createFeedFetcher } from '../../adapters/http/feed-fetcher.ts';
import { createHostLimits, type HostLimits } from '../../adapters/http/host-limits.ts';
import { createNameResolver } from '../../adapters/http/name-resolver.ts';
import { openWeb } from '../../adapters/http/web.ts';
import { FetchFailedError } from '../../shared/core/errors.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { type LoopbackWeb, serveWeb } from '../support/loopback.ts';
import { type NameServer, serveNames, type Zone } from '../support/name-server.ts';

const RSS = '<rss version="2.0"><channel><title>T</title><item><title>news</title></item></channel></rss>';
const DEAD = Array.from({ length: 60 }, (_, at) => `dead${at}.example`);
const HEALTHY = Array.from({ length: 20 }, (_, at) => `healthy${at}.example`);
/** Public names that others may tell us of, leading inside. */
const INSIDE: Readonly<Record<string, Zone>> = {
  'mixed.example': { A: ['93.184.215.14', '127.0.0.1'] },
  'inside6.example': { AAAA: ['::1'] },
  'alias.example': { CNAME: 'target.example' },
  'target.example': { A: ['10.0.0.8'] },
};

let publisher: LoopbackWeb;
let names: NameServer;
beforeAll(async () => {
  publisher = await serveWeb((_, response) => response.end(RSS));
  names = await serveNames((name) => {
    if (DEAD.includes(name)) return { silent: true };
    if (HEALTHY.includes(name)) return { A: ['127.0.0.1'] };
    return INSIDE[name];
  });
});
afterAll(async () => {
  await names.close();
  await publisher.close();
});

function aFetcher(lookupMs?: number, hostLimits?: HostLimits) {
  const allowHosts = HEALTHY.map((host) => `${host}:${publisher.port}`);
  const settings = { ...defaultSettings, fetch: { ...defaultSettings.fetch, allowHosts } };
  const resolver = createNameResolver({ servers: [names.address], ...(lookupMs === undefined ? {} : { lookupMs }) });
  const web = openWeb(settings, { resolver, ...(hostLimits === undefined ? {} : { hostLimits }) });
  const { fetchFeed } = createFeedFetcher(web);
  return {
    close: web.fetch.close,
    outcomeOf: (url: string): Promise<string> =>
      fetchFeed({ url, validators: null }).then(
        ({ kind }) => kind,
        (error: unknown) => (error instanceof FetchFailedError ? error.kind : String(error)),
      ),
    failureOf: (url: string): Promise<FetchFailedError> =>
      fetchFeed({ url, validators: null }).then(
        () => Promise.reject(new Error('it was read')),
        (error: FetchFailedError) => error,
      ),
  };
}

describe('sixty feeds under names whose servers are silent', () => {
  it('leave healthy feeds untouched: they are read at once, and all before the first of the others has failed', async () => {
    const { outcomeOf, close } = aFetcher();
    const order: string[] = [];
    const note = async (url: string): Promise<string> => {
      const outcome = await outcomeOf(url);
      order.push(outcome);
      return outcome;
    };

    const dead = DEAD.map((host) => note(`http://${host}/feed.xml`));
    const healthy = HEALTHY.map((host) => note(`http://${host}:${publisher.port}/feed.xml`));
    const outcomes = await Promise.all(healthy);
    // Node's own threads are free: files are still read.
    expect(await readFile(new URL(import.meta.url), 'utf8')).toContain('sixty');

    expect(outcomes).toEqual(HEALTHY.map(() => 'changed'));
    expect(order).toEqual(HEALTHY.map(() => 'changed'));
    expect(await Promise.all(dead)).toEqual(DEAD.map(() => 'dns'));
    close();
  }, 30_000);

  it('fail with what happened and what to do', async () => {
    const { failureOf, close } = aFetcher(300);
    await failureOf('http://unknown.example/feed.xml');

    const silent = await failureOf('http://dead0.example/feed.xml');
    const unknown = await failureOf('http://unknown.example/feed.xml');

    expect(silent).toMatchObject({
      kind: 'dns',
      happened: 'no name server answered for the host name in time (ETIMEOUT)',
    });
    expect(unknown).toMatchObject({ kind: 'dns', happened: 'the host name does not exist (ENOTFOUND)' });
    close();
  });
});

it('many feeds of one such host do not each wait for its name servers: after ten it is left alone', async () => {
  const { outcomeOf, close } = aFetcher(50, createHostLimits({ minGapMs: 0 }));

  await outcomeOf('http://unknown.example/feed.xml');
  const outcomes: string[] = [];
  for (let feed = 0; feed < 12; feed += 1) outcomes.push(await outcomeOf(`http://dead0.example/${feed}.xml`));

  expect(outcomes).toEqual([...new Array(10).fill('dns'), 'throttled', 'throttled']);
  close();
});

describe('what name servers answer', () => {
  it.each(['mixed', 'inside6', 'alias'])(
    'is judged as a whole: %s.example leads inside and is not connected to',
    async (name) => {
      const { outcomeOf, close } = aFetcher();
      const before = publisher.connections();

      expect(await outcomeOf(`http://${name}.example/feed.xml`)).toBe('blocked');
      expect(publisher.connections()).toBe(before);
      close();
    },
  );
});
