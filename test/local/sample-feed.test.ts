// The sample feed of a first start: what it publishes when, at which address, and how it comes among the feeds that are followed.
import { createServer } from 'node:http';
import { jest } from '@jest/globals';
import { LocalQueues } from '../../local/queues/queues.ts';
import { forgetFormerSample, sampleIdOf, withSample } from '../../local/sample-feed/followed.ts';
import { SAMPLE_ITEMS } from '../../local/sample-feed/items.ts';
import { renderSampleFeed, renderSamplePage } from '../../local/sample-feed/render.ts';
import { type SampleFeed, startSampleFeed } from '../../local/sample-feed/server.ts';
import { closeServer } from '../../local/system/close-server.ts';
import { NotFoundError } from '../../shared/core/errors.ts';
import { feedIdAt } from '../../shared/feeds/feed-address.ts';
import type { FeedId } from '../../shared/model/ids.ts';
import type { Configuration } from '../../shared/usecases/managing/configure.ts';

const EVERY_MS = 2_500;

let queues: LocalQueues;
const started: SampleFeed[] = [];

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'setTimeout', 'clearTimeout'] });
  queues = new LocalQueues(':memory:');
});
afterEach(async () => {
  jest.useRealTimers();
  for (const sample of started.splice(0)) await sample.stop();
  queues.close();
});

async function start(allAtOnce = false): Promise<SampleFeed> {
  const sample = await startSampleFeed(queues, { allAtOnce });
  started.push(sample);
  return sample;
}

async function restart(): Promise<SampleFeed> {
  await started.pop()?.stop();
  return start();
}

async function slugsIn({ url }: SampleFeed): Promise<readonly string[]> {
  const text = await (await fetch(url)).text();
  return [...text.matchAll(/<guid isPermaLink="false">sample-(.*)<\/guid>/g)].map(([, slug = '']) => slug);
}

describe('the sample feed', () => {
  it('publishes four items at once and another every two and a half seconds, which its listeners hear of', async () => {
    const sample = await start();
    const heard: string[] = [];
    sample.onPublish(() => heard.push('published'));

    const atOnce = await slugsIn(sample);
    jest.advanceTimersByTime(EVERY_MS - 1);
    const early = await slugsIn(sample);
    jest.advanceTimersByTime(1);
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

  it('publishes everything at once for a run that ends, and then nothing more', async () => {
    const sample = await start(true);
    const heard: string[] = [];
    sample.onPublish(() => heard.push('published'));

    jest.advanceTimersByTime(3 * EVERY_MS);

    expect(await slugsIn(sample)).toHaveLength(SAMPLE_ITEMS.length);
    expect(heard).toEqual([]);
  });

  it('continues at the same address after a restart, with what it had published', async () => {
    const first = await start();
    jest.advanceTimersByTime(EVERY_MS);
    const before = await (await fetch(first.url)).text();
    const second = await restart();

    expect(second.url).toBe(first.url);
    expect(second.allowHost).toBe(new URL(first.url).host);
    expect(await (await fetch(second.url)).text()).toBe(before);
  });

  it('fills up to four items where a start was cut off before it had published them', async () => {
    const published = { [SAMPLE_ITEMS[0]!.slug]: '2026-11-17T08:00:00.000Z' };
    queues.setSetting('sample feed', JSON.stringify({ port: 0, published }));

    expect(await slugsIn(await start())).toHaveLength(4);
  });

  it('moves to another port when its own is taken', async () => {
    const first = await start();
    const port = Number(new URL(first.url).port);
    await started.pop()?.stop();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));

    const second = await start();

    expect(second.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sample\.rss$/);
    expect(second.url).not.toBe(first.url);
    expect(await slugsIn(second)).toHaveLength(4);
    expect(await slugsIn(await restart())).toHaveLength(4);
    await closeServer(other);
  });

  it('publishes an item at the next interval when the disk was full', async () => {
    const sample = await start();
    const full = jest.spyOn(queues, 'setSetting').mockImplementationOnce(() => {
      throw new Error('no space left');
    });

    jest.advanceTimersByTime(EVERY_MS);
    const during = await slugsIn(sample);
    jest.advanceTimersByTime(EVERY_MS);

    expect(during).toHaveLength(4);
    expect(await slugsIn(sample)).toHaveLength(5);
    full.mockRestore();
  });

  it('publishes nothing after it was stopped', async () => {
    await start();
    await started.pop()?.stop();
    jest.advanceTimersByTime(EVERY_MS);

    expect(await slugsIn(await start())).toHaveLength(4);
  });

  it('serves the feed, a page for each item, and nothing else', async () => {
    const sample = await start();
    const item = SAMPLE_ITEMS[0]!;
    const get = async (path: string): Promise<readonly unknown[]> => {
      const response = await fetch(new URL(path, sample.url));
      return [response.status, response.headers.get('content-type'), await response.text()];
    };

    expect(await get('/sample.rss')).toEqual([
      200,
      'application/rss+xml; charset=utf-8',
      expect.stringContaining(`<link>${new URL(`/sample/${item.slug}`, sample.url)}</link>`),
    ]);
    expect(await get(`/sample/${item.slug}`)).toEqual([200, 'text/html; charset=utf-8', renderSamplePage(item)]);
    expect(await get('/sample/unknown')).toEqual([404, 'text/html; charset=utf-8', 'Not found.']);
    expect((await fetch(sample.url)).headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'",
    );
  });
});

describe('the sample as RSS', () => {
  const item = {
    slug: 'ferry',
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
      const feed = renderSampleFeed(items, 'http://127.0.0.1:1');

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

describe('the sample among the feeds that are followed', () => {
  const SAMPLE = { url: 'http://127.0.0.1:4001/sample.rss' } as SampleFeed;
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

  it('is in front of those of the configuration', () => {
    const own = { url: 'https://news.example.org/feed', title: 'News', folder: '', language: 'en' };
    const configuration = { feeds: [own], topics: [] } as unknown as Configuration;

    expect(withSample(configuration, null)).toBe(configuration);
    expect(withSample(configuration, SAMPLE)).toEqual({
      feeds: [{ url: SAMPLE.url, title: 'Tocsin sample feed', folder: 'Built in', language: null }, own],
      topics: [],
    });
    expect([sampleIdOf(null), sampleIdOf(SAMPLE)]).toEqual([null, feedIdAt(SAMPLE.url)]);
  });

  it('is no longer followed under its former address', async () => {
    const [first, second] = ['one', 'two'] as FeedId[];
    const feeds = feedsWithout();

    await forgetFormerSample(queues, feeds, null);
    await forgetFormerSample(queues, feeds, first!);
    await forgetFormerSample(queues, feeds, first!);
    const before = [...feeds.removed];
    await forgetFormerSample(queues, feeds, second!);
    await forgetFormerSample(queues, feeds, null);

    expect(before).toEqual([]);
    expect(feeds.removed).toEqual(['one', 'two']);
  });

  it('may have been removed by its user, but a database that does not answer stops the start', async () => {
    await forgetFormerSample(queues, feedsWithout(), 'one' as FeedId);
    const failing = {
      removeFeed: async (): Promise<never> => {
        throw new Error('busy');
      },
    };

    await expect(forgetFormerSample(queues, failing, 'two' as FeedId)).rejects.toThrow('busy');
    await expect(forgetFormerSample(queues, feedsWithout('one'), 'two' as FeedId)).resolves.toBeUndefined();
  });
});
