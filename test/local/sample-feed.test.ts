// The sample feeds of a first start: what it publishes when, at which address, and how they come among the feeds that are followed.
import { createServer } from 'node:http';
import { jest } from '@jest/globals';
import { LocalQueues } from '../../local/queues/queues.ts';
import { forgetFormerSample, sampleIdsOf, withSample } from '../../local/sample-feed/followed.ts';
import { SAMPLE_ITEMS, SAMPLE_OUTLETS } from '../../local/sample-feed/items.ts';
import { renderSampleFeed, renderSamplePage } from '../../local/sample-feed/render.ts';
import { type SampleFeed, startSampleFeed } from '../../local/sample-feed/server.ts';
import { closeServer } from '../../local/system/close-server.ts';
import { NotFoundError } from '../../shared/core/errors.ts';
import { feedIdAt } from '../../shared/feeds/feed-address.ts';
import type { FeedId } from '../../shared/model/ids.ts';
import type { Configuration } from '../../shared/usecases/managing/configure.ts';
import { type VirtualClock, virtualClock } from '../support/virtual-clock.ts';

const EVERY_MS = 2_500;

let queues: LocalQueues;
let clock: VirtualClock;
const started: SampleFeed[] = [];

beforeEach(() => {
  clock = virtualClock('2026-11-17T12:00:00.000Z');
  queues = new LocalQueues(':memory:');
});
afterEach(async () => {
  for (const sample of started.splice(0)) await sample.stop();
  queues.close();
});

async function start(allAtOnce = false): Promise<SampleFeed> {
  const sample = await startSampleFeed(queues, { allAtOnce, clock });
  started.push(sample);
  return sample;
}

async function restart(): Promise<SampleFeed> {
  await started.pop()?.stop();
  return start();
}

async function textsOf({ feeds }: SampleFeed): Promise<readonly string[]> {
  const texts: string[] = [];
  // A connection that is kept would outlive a stop of the server.
  for (const { url } of feeds) texts.push(await (await fetch(url, { headers: { connection: 'close' } })).text());
  return texts;
}

/** In both feeds. */
const slugsIn = async (sample: SampleFeed): Promise<readonly string[]> =>
  (await textsOf(sample)).flatMap((text) =>
    [...text.matchAll(/<guid isPermaLink="false">sample-(.*)<\/guid>/g)].map(([, slug = '']) => slug),
  );

/** The wire's. */
const urlOf = ({ feeds }: SampleFeed): string => feeds[0]!.url;

describe('the sample feeds', () => {
  it('are two, each with the items of its outlet', async () => {
    const sample = await start(true);
    const texts = await textsOf(sample);

    expect(sample.feeds.map(({ title }) => title)).toEqual(Object.values(SAMPLE_OUTLETS));
    for (const [index, outlet] of (['wire', 'gazette'] as const).entries()) {
      const own = SAMPLE_ITEMS.filter((item) => item.outlet === outlet);
      expect(own.length).toBeGreaterThan(3);
      expect(texts[index]).toContain(`<title>${SAMPLE_OUTLETS[outlet]}</title>`);
      expect(texts[index]?.match(/<item>/g)).toHaveLength(own.length);
      for (const { slug } of own) expect(texts[index]).toContain(`>sample-${slug}<`);
    }
  });

  it('each have an item from the start, and report one event between them', () => {
    expect(new Set(SAMPLE_ITEMS.slice(0, 4).map(({ outlet }) => outlet)).size).toBe(2);
    expect(SAMPLE_ITEMS.filter(({ slug }) => slug.startsWith('border-')).map(({ outlet }) => outlet)).toEqual([
      'wire',
      'gazette',
      'wire',
      'gazette',
    ]);
  });

  it('publish four items at once and another every two and a half seconds, which their listeners hear of', async () => {
    const sample = await start();
    const heard: string[] = [];
    sample.onPublish(() => heard.push('published'));

    const atOnce = await slugsIn(sample);
    clock.move(EVERY_MS - 1);
    const early = await slugsIn(sample);
    clock.move(1);
    const later = await slugsIn(sample);

    expect([...atOnce].sort()).toEqual(
      SAMPLE_ITEMS.slice(0, 4)
        .map(({ slug }) => slug)
        .sort(),
    );
    expect(early).toEqual(atOnce);
    expect(later).toHaveLength(5);
    expect(later).toContain(SAMPLE_ITEMS[4]?.slug);
    expect(heard).toEqual(['published']);
  });

  it('publish everything at once for a run that ends, and then nothing more', async () => {
    const sample = await start(true);
    const heard: string[] = [];
    sample.onPublish(() => heard.push('published'));

    for (let interval = 0; interval < 3; interval += 1) clock.move(EVERY_MS);

    expect(await slugsIn(sample)).toHaveLength(SAMPLE_ITEMS.length);
    expect(heard).toEqual([]);
  });

  it('continue at the same addresses after a restart, with what they had published', async () => {
    const first = await start();
    clock.move(EVERY_MS);
    const before = await textsOf(first);
    const second = await restart();

    expect(second.feeds).toEqual(first.feeds);
    expect(second.allowHost).toBe(new URL(urlOf(first)).host);
    expect(await textsOf(second)).toEqual(before);
  });

  it('fill up to four items where a start was cut off before it had published them', async () => {
    const published = { [SAMPLE_ITEMS[0]!.slug]: '2026-11-17T08:00:00.000Z' };
    queues.setSetting('sample feed', JSON.stringify({ port: 0, published }));

    expect(await slugsIn(await start())).toHaveLength(4);
  });

  it('move to another port when their own is taken', async () => {
    const first = await start();
    const port = Number(new URL(urlOf(first)).port);
    await started.pop()?.stop();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));

    const second = await start();

    expect(urlOf(second)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sample\.rss$/);
    expect(urlOf(second)).not.toBe(urlOf(first));
    expect(await slugsIn(second)).toHaveLength(4);
    expect(await slugsIn(await restart())).toHaveLength(4);
    await closeServer(other);
  });

  it('publish an item at the next interval when the disk was full', async () => {
    const sample = await start();
    const full = jest.spyOn(queues, 'setSetting').mockImplementationOnce(() => {
      throw new Error('no space left');
    });

    clock.move(EVERY_MS);
    const during = await slugsIn(sample);
    clock.move(EVERY_MS);

    expect(during).toHaveLength(4);
    expect(await slugsIn(sample)).toHaveLength(5);
    full.mockRestore();
  });

  it('publish nothing after they were stopped', async () => {
    await start();
    await started.pop()?.stop();
    clock.move(EVERY_MS);

    expect(await slugsIn(await start())).toHaveLength(4);
  });

  it('serve the feeds, a page for each item, and nothing else', async () => {
    const sample = await start();
    const item = SAMPLE_ITEMS[0]!;
    const get = async (path: string): Promise<readonly unknown[]> => {
      const response = await fetch(new URL(path, urlOf(sample)));
      return [response.status, response.headers.get('content-type'), await response.text()];
    };

    expect(await get('/sample.rss')).toEqual([
      200,
      'application/rss+xml; charset=utf-8',
      expect.stringContaining(`<link>${new URL(`/sample/${item.slug}`, urlOf(sample))}</link>`),
    ]);
    expect(await get(`/sample/${item.slug}`)).toEqual([200, 'text/html; charset=utf-8', renderSamplePage(item)]);
    expect(await get('/sample/unknown')).toEqual([404, 'text/html; charset=utf-8', 'Not found.']);
    expect((await fetch(urlOf(sample))).headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'",
    );
  });
});

describe('the sample as RSS', () => {
  const item = {
    slug: 'ferry',
    outlet: 'wire',
    title: 'Ferry & <crew>',
    language: 'en',
    paragraphs: ['First "part".', 'Second.'],
  } as const;

  it('has the newest item first, with its full text', () => {
    const early = { ...item, slug: 'early', publishedAt: '2026-11-17T08:00:00.000Z' };
    const late = { ...item, publishedAt: '2026-11-17T09:00:00.000Z' };

    for (const items of [
      [early, late],
      [late, early],
    ]) {
      const feed = renderSampleFeed(items, 'http://127.0.0.1:1', 'wire');

      expect(feed.indexOf('sample-ferry')).toBeLessThan(feed.indexOf('sample-early'));
      expect(feed).toContain('<title>Ferry &amp; &lt;crew&gt;</title>');
      expect(feed).toContain('<link>http://127.0.0.1:1/sample/ferry</link>');
      expect(feed).toContain('<link>http://127.0.0.1:1/sample</link>');
      expect(feed).toContain('<pubDate>Tue, 17 Nov 2026 09:00:00 GMT</pubDate>');
      expect(feed).toContain('<dc:language>en</dc:language>');
      expect(feed).toContain('<description>First &quot;part&quot;.</description>');
      expect(feed).toContain(
        '<content:encoded>&lt;p&gt;First &amp;quot;part&amp;quot;.&lt;/p&gt;\n&lt;p&gt;Second.&lt;/p&gt;</content:encoded>',
      );
      expect(feed.match(/<item>/g)).toHaveLength(2);
      expect(feed).toMatch(/<\/item>\s*<item>/);
    }
  });

  it('has a page for an item, in its language', () => {
    const page = renderSamplePage({ ...item, language: 'ru' });

    expect(page).toMatch(/^<!doctype html><html lang="ru">.*<title>Ferry &amp; &lt;crew&gt;<\/title>/);
    expect(page).toContain(
      '<article><h1>Ferry &amp; &lt;crew&gt;</h1><p>First &quot;part&quot;.</p>\n<p>Second.</p></article>',
    );
    expect(page).toContain('Invented news');
  });
});

describe('the samples among the feeds that are followed', () => {
  const URLS = ['http://127.0.0.1:4001/sample.rss', 'http://127.0.0.1:4001/sample-gazette.rss'] as const;
  const [WIRE, GAZETTE] = URLS.map((url) => ({ url, title: url.slice(-8) }));
  const SAMPLE = { feeds: [WIRE, GAZETTE] } as unknown as SampleFeed;
  const feedsWithout = (...gone: string[]) => {
    const removed: string[] = [];
    return {
      removed,
      removeFeed: async (id: FeedId): Promise<never> => {
        if (gone.includes(id)) throw new NotFoundError(`feed ${id}`);
        removed.push(id);
        return undefined as never;
      },
    };
  };

  it('are in front of those of the configuration', () => {
    const own = { url: 'https://news.example.org/feed', title: 'News', folder: '', language: 'en' };
    const configuration = { feeds: [own], topics: [] } as unknown as Configuration;

    expect(withSample(configuration, null)).toBe(configuration);
    expect(withSample(configuration, SAMPLE)).toEqual({
      feeds: [WIRE, GAZETTE].map((feed) => ({ ...feed, folder: 'Built in', language: null })).concat(own as never),
      topics: [],
    });
    expect([sampleIdsOf(null), sampleIdsOf(SAMPLE)]).toEqual([[], URLS.map((url) => feedIdAt(url))]);
  });

  it('are no longer followed under their former addresses', async () => {
    const [first, second] = [['one', 'other'], ['two']] as FeedId[][];
    const feeds = feedsWithout();

    await forgetFormerSample(queues, feeds, []);
    await forgetFormerSample(queues, feeds, first!);
    await forgetFormerSample(queues, feeds, first!);
    const before = [...feeds.removed];
    await forgetFormerSample(queues, feeds, second!);
    await forgetFormerSample(queues, feeds, []);

    expect(before).toEqual([]);
    expect(feeds.removed).toEqual(['one', 'other', 'two']);
  });

  it('may have been removed by their user, but a database that does not answer stops the start', async () => {
    await forgetFormerSample(queues, feedsWithout(), ['one' as FeedId]);
    const failing = {
      removeFeed: async (): Promise<never> => {
        throw new Error('busy');
      },
    };

    await expect(forgetFormerSample(queues, failing, ['two' as FeedId])).rejects.toThrow('busy');
    await expect(forgetFormerSample(queues, feedsWithout('one'), ['two' as FeedId])).resolves.toBeUndefined();
  });
});
