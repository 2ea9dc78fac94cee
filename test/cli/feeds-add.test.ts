// `tocsin feeds add`: what is given is read first, by a running instance, from servers of this machine.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { feedIdOf } from '../../shared/model/ids.ts';
import { aNewFeed } from '../support/builders.ts';
import { type LoopbackWeb, serveCanary, serveWeb } from '../support/loopback.ts';
import { aRunningInstance, type RunningInstance } from '../support/running-instance.ts';

const LONG_TEXT = 'The harbour of the northern town was closed again. '.repeat(20);
const RSS = `<?xml version="1.0"?><rss version="2.0"><channel><title>Coast</title><link>https://news.example.org/</link>
<language>en-gb</language>
<item><title>Old</title><guid>1</guid><link>https://news.example.org/1</link><pubDate>Sat, 16 Nov 2024 08:00:00 GMT</pubDate><description>${LONG_TEXT}</description></item>
<item><title>New</title><guid>2</guid><link>https://news.example.org/2</link><pubDate>Sat, 16 Nov 2024 11:30:00 GMT</pubDate><description>Short.</description></item>
</channel></rss>`;

const advertised = (path: string, title: string): string =>
  `<link rel="alternate" type="application/rss+xml" title="${title}" href="${path}">`;
const pageWith = (...links: readonly string[]): string =>
  `<!doctype html><html><head><title>Coast</title>${links.join('')}</head><body><p>News</p></body></html>`;

type Answers = Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>>;
const send =
  (body: string | Buffer, headers: Record<string, string> = {}, status = 200) =>
  (response: ServerResponse): void => {
    response.writeHead(status, headers).end(body);
  };

let web: LoopbackWeb;
let answers: Answers = {};
let instance: RunningInstance;
beforeEach(async () => {
  answers = {};
  web = await serveWeb((request, response) =>
    (answers[request.url ?? ''] ?? send('nothing here', {}, 404))(response, request),
  );
  instance = await aRunningInstance([web.pair]);
});
afterEach(async () => {
  await instance.stop();
  await web.close();
});

const add = (...args: string[]) => instance.run(['feeds', 'add', ...args]);
const json = async (...args: string[]) => JSON.parse((await add(...args, '--json')).stdout);
const followed = () => Object.values(instance.stores.snapshot().feeds).map(({ url }) => url);

describe('feeds import', () => {
  const OPML = (...urls: string[]): string =>
    `<?xml version="1.0" encoding="iso-8859-1"?><opml version="2.0"><body>${urls.map((url) => `<outline type="rss" text="K\u00fcste" xmlUrl="${url}"/>`).join('')}</body></opml>`;
  const load = (...args: string[]) =>
    instance.run(['feeds', 'import', ...args], { env: { TOCSIN_ALLOW_HOSTS: web.pair } });

  it('reads a list on the web, in the encoding that it declares', async () => {
    answers = { '/feeds.opml': send(Buffer.from(OPML('https://north.example.org/feed'), 'latin1')) };

    const { code, stdout } = await load(`${web.origin}/feeds.opml`);

    expect({ code, stdout }).toEqual({ code: 0, stdout: 'added 1, already followed 0, bad rows 0\n' });
    expect(Object.values(instance.stores.snapshot().feeds).map(({ title }) => title)).toEqual(['K\u00fcste']);
  });

  it('tells its progress where there are more than one request takes', async () => {
    const urls = Array.from({ length: 101 }, (_, number) => `https://north.example.org/${number}`);
    instance.write('few.opml', OPML(urls[0]!));
    instance.write('many.opml', OPML(...urls));

    const few = await load('few.opml');
    const many = await load('many.opml', '--json');

    expect(few.stderr).toBe('');
    expect(many.stderr).toMatch(/^100 of 101 …\n101 of 101 …\n$/);
    expect(JSON.parse(many.stdout)).toEqual({ added: 100, known: 1, failed: [], problems: [] });
  });
});

describe('the address of a feed', () => {
  beforeEach(() => {
    answers = { '/feed': send(RSS) };
  });

  it('is followed, and what was read of it is shown', async () => {
    const { code, stdout, stderr } = await add(`${web.origin}/feed`);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^\S+ was added; its first poll is queued\n/);
    expect(stdout).toMatch(
      /\n {2}read {6}Coast \(RSS, en-gb\): 2 items, newest from 2024-11-16 11:30 \S+, with summaries\n$/,
    );
    expect(followed()).toEqual([`${web.origin}/feed`]);
    expect(instance.queued()).toHaveLength(1);
  });

  it('is not followed any more once the user has ended the command', async () => {
    const abort = new AbortController();
    answers = {
      '/feed': (response) => {
        abort.abort();
        response.end(RSS);
      },
    };

    const { code, stdout } = await instance.run(['feeds', 'add', `${web.origin}/feed`, `${web.origin}/other`], {
      signal: abort.signal,
    });

    expect({ code, lines: stdout.split('\n')[0] }).toEqual({
      code: 0,
      lines: expect.stringMatching(/ was added; its first poll is queued$/),
    });
    expect(followed()).toEqual([`${web.origin}/feed`]);
    expect(web.requests.map(({ path }) => path)).not.toContain('/other');
  });

  it('is shown as data with --json', async () => {
    expect(await json(`${web.origin}/feed`)).toMatchObject({
      outcome: 'added',
      feed: { url: `${web.origin}/feed` },
      foundOn: null,
      read: {
        title: 'Coast',
        format: 'rss',
        language: 'en-gb',
        items: 2,
        newestAt: '2024-11-16T11:30:00.000Z',
        textOrigin: 'summary',
      },
    });
  });

  it('has a newest item that is not one with a date far ahead', async () => {
    const wrong = '<item><title>Ahead</title><guid>3</guid><pubDate>Fri, 16 Nov 2125 08:00:00 GMT</pubDate></item>';
    answers = { '/feed': send(RSS.replace('</channel>', `${wrong}</channel>`)) };

    expect((await json(`${web.origin}/feed`)).read).toMatchObject({ items: 3, newestAt: '2024-11-16T11:30:00.000Z' });
  });

  it('is not asked for when it is followed already', async () => {
    await add(`${web.origin}/feed`);
    const { stdout } = await add(`${web.origin}/feed#top`);

    expect(stdout).toMatch(/was already followed and stays as it is\n/);
    expect(web.requests).toHaveLength(1);
  });

  it('needs no scheme: https is tried, then http', async () => {
    expect((await add(`${web.pair}/feed`)).stdout).toContain(`address   ${web.origin}/feed\n`);
    expect(followed()).toEqual([`${web.origin}/feed`]);
  });

  it.each([
    [301, '/feed'],
    [308, '/feed'],
    [302, '/old'],
    [307, '/old'],
  ])('that answers %i is followed as %s', async (status, path) => {
    answers = { ...answers, '/old': send('', { location: '/feed' }, status) };

    await add(`${web.origin}/old`);

    expect(followed()).toEqual([`${web.origin}${path}`]);
  });

  it('that leads to one that is followed is that one', async () => {
    answers = { ...answers, '/old': send('', { location: '/feed' }, 302) };
    await add(`${web.origin}/feed`);

    const { stdout } = await add(`${web.origin}/old`);

    expect(stdout).toContain(
      `${feedIdOf(`${web.origin}/feed`)} was already followed and stays as it is\n  address   ${web.origin}/feed\n`,
    );
    expect(followed()).toHaveLength(1);
  });

  it('to which a followed one has moved is that one', async () => {
    const former = aNewFeed({ url: 'https://old.example.org/feed' });
    await instance.stores.feeds.addFeed(former);
    await instance.stores.feeds.updateFeedSettings(former.id, { url: `${web.origin}/feed` });

    expect((await add(`${web.origin}/feed`)).stdout).toContain(
      `${former.id} was already followed and stays as it is\n`,
    );
  });
});

describe('the address of a page', () => {
  it('with one feed has that feed followed, and says so', async () => {
    answers = { '/': send(pageWith(advertised('/feed', 'Coast'))), '/feed': send(RSS) };

    const { code, stdout } = await add(web.pair);

    expect(code).toBe(0);
    expect(stdout).toContain(`  found on  ${web.origin}/, which is a web page\n  address   ${web.origin}/feed\n`);
    expect(followed()).toEqual([`${web.origin}/feed`]);
  });

  it('with several lists them with the command for each, and follows none', async () => {
    answers = { '/': send(pageWith(...['a', 'b', 'c'].map((name) => advertised(`/${name}'s`, `Part ${name}`)))) };

    const { code, stdout, stderr } = await add(`${web.origin}/`);
    const told = await json(`${web.origin}/`);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`${web.origin}/ is a web page with 3 feeds; nothing was added\n`);
    expect(stderr).toContain(`  2  tocsin feeds add '${web.origin}/b'\\''s'  Part b\n`);
    expect(told).toMatchObject({ outcome: 'refused', kind: 'several_feeds', temporary: false });
    expect(told.candidates[2]).toEqual({ url: `${web.origin}/c's`, title: 'Part c' });
    expect(followed()).toEqual([]);
  });

  it('that tells of none gives the feed at a usual address', async () => {
    answers = { '/': send(pageWith()), '/rss.xml': send(RSS) };

    expect((await add(`${web.origin}/`)).stdout).toContain(`address   ${web.origin}/rss.xml\n`);
  });

  it.each([
    ['a PDF document', '%PDF-1.7 and more', /it is a PDF document/],
    ['a damaged feed', '<?xml version="1.0"?><rss><channel><title>x', /holds no feed/],
  ])('that is %s is refused as such, and does not stand for its site', async (_what, body, words) => {
    answers = { '/document': send(body), '/rss.xml': send(RSS) };

    const { code, stderr } = await add(`${web.origin}/document`);

    expect(code).toBe(2);
    expect(stderr).toMatch(words);
    expect(stderr).not.toContain('web page');
    expect(followed()).toEqual([]);
  });

  it('without any feed is refused', async () => {
    answers = { '/': send(pageWith()) };

    const { code, stderr } = await add(`${web.origin}/`);

    expect(code).toBe(2);
    expect(stderr).toMatch(/it holds no feed: .*web page.*\n {2}look for the feed on the site/);
  });

  it('whose only feed cannot be read is refused with the reason', async () => {
    answers = { '/': send(pageWith(advertised('/feed', ''))), '/feed': send('', {}, 403) };

    const { code, stderr } = await add(`${web.origin}/`);

    expect(code).toBe(2);
    expect(stderr).toContain(`${web.origin}/feed: answered 403`);
  });

  it('that calls another page its feed is refused', async () => {
    answers = { '/': send(pageWith(advertised('/feed', ''))), '/feed': send(pageWith(advertised('/', ''))) };

    expect(await json(`${web.origin}/`)).toMatchObject({ outcome: 'refused', kind: 'not_a_feed' });
  });
});

it('a refusal names the option of the command, not the field of the API', async () => {
  answers = { '/feed': send('', {}, 503) };

  const { stderr } = await add(`${web.origin}/feed`);

  expect(stderr).toContain('to add it without reading it first, add --anyway\n');
  expect((await json(`${web.origin}/feed`)).advice).not.toContain('verify');
});

describe('an address that cannot be read', () => {
  const unreadable: Readonly<Record<string, readonly [Answers[string], number, Record<string, unknown>, RegExp]>> = {
    'is not there': [send('', {}, 404), 2, { kind: 'http', temporary: false }, /answered 404.*\n.*look for the feed/],
    'has ended': [send('', {}, 410), 2, { kind: 'gone', temporary: false }, /410 Gone.*\n.*ended it/],
    'has a problem': [
      send('', {}, 503),
      1,
      { kind: 'http', temporary: true },
      /answered 503.*\n.*this may be temporary/,
    ],
    'asks for patience': [
      send('', { 'retry-after': '60' }, 429),
      1,
      { kind: 'throttled', temporary: true },
      /answered 429.*\n.*this may be temporary/,
    ],
    'is garbage': [send(Buffer.from('89504e470d0a1a0a0000', 'hex')), 2, { kind: 'not_a_feed' }, /holds no feed/],
    'is huge': [send(RSS + ' '.repeat(6_000_000)), 2, { kind: 'too_large', temporary: false }, /this is not temporary/],
    'leads nowhere': [send('', { location: '/feed' }, 302), 2, { kind: 'redirects' }, /form a loop/],
  };

  it.each(Object.keys(unreadable))('because it %s is refused with the reason', async (what) => {
    const [answer, code, told, words] = unreadable[what]!;
    answers = { '/feed': answer };

    const run = await add(`${web.origin}/feed`);

    expect({ code: run.code, stdout: run.stdout }).toEqual({ code, stdout: '' });
    expect(run.stderr).toMatch(words);
    expect(run.stderr).not.toContain('polling continues');
    expect(await json(`${web.origin}/feed`)).toMatchObject({ outcome: 'refused', code: 'feed_refused', ...told });
    expect(followed()).toEqual([]);
  });

  it('is followed all the same with --anyway, unread', async () => {
    const { code, stdout } = await add(`${web.origin}/feed`, '--anyway');
    await add('news.example.org', '--anyway');

    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${feedIdOf(`${web.origin}/feed`)} was added; its first poll is queued\n`,
    });
    expect(web.requests).toEqual([]);
    expect(followed().sort()).toEqual([`${web.origin}/feed`, 'https://news.example.org']);
  });

  it('because it is private is refused with the remedy, and is not touched', async () => {
    const canary = await serveCanary();
    const told = await add(`${canary.origin}/feed`);
    answers = {
      '/': send(pageWith(advertised(`${canary.origin}/feed`, ''))),
      '/out': send('', { location: canary.origin }, 302),
    };
    const byPage = await json(`${web.origin}/`);
    const byRedirect = await json(`${web.origin}/out`);
    const connections = canary.connections();
    await canary.close();

    expect(told.code).toBe(2);
    expect(told.stderr).toMatch(
      /is not public.*\n {2}if this is a server of your own, add its HOST:PORT to fetch\.allowHosts/,
    );
    expect([byPage.kind, byRedirect.kind, connections]).toEqual(['blocked', 'blocked', 0]);
  });

  it('because what it leads to cannot be reached is refused with both addresses', async () => {
    answers = { '/feed': send('', { location: `https://${web.pair}/feed` }, 301) };

    const { message, kind } = await json(`${web.origin}/feed`);

    expect(kind).not.toBe('http');
    expect(message).toContain(`${web.origin}/feed (it leads to https://${web.pair}/feed): `);
  });

  it('because its server is gone is refused under either scheme', async () => {
    const { pair, origin } = web;
    await web.close();

    const { code, stderr } = await add(pair);

    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`${origin}.*: the server refused the connection .*\n.*this may be temporary`));
  });
});

describe('several addresses', () => {
  beforeEach(() => {
    answers = { '/a': send(RSS), '/b': send(RSS), '/late': send('', {}, 503) };
  });

  it('are read one by one; what is refused does not stop the others', async () => {
    const { code, stdout, stderr } = await add(
      `${web.origin}/a`,
      `${web.origin}/none`,
      `${web.origin}/b`,
      '--folder',
      'G',
    );

    expect(code).toBe(2);
    expect(stdout.match(/ was added; /g)).toHaveLength(2);
    expect(stderr).toContain(`${web.origin}/none: answered 404`);
    expect(Object.values(instance.stores.snapshot().feeds).map(({ folder }) => folder)).toEqual(['G', 'G']);
  });

  it('end with exit code 2 when one of those that failed will not pass', async () => {
    expect((await add(`${web.origin}/late`, `${web.origin}/none`)).code).toBe(2);
  });

  it('end with exit code 1 when all that failed may pass', async () => {
    const told = await add(`${web.origin}/a`, `${web.origin}/late`);

    expect(told.code).toBe(1);
    expect(await json(`${web.origin}/a`, `${web.origin}/late`)).toMatchObject([
      { outcome: 'known' },
      { outcome: 'refused', url: `${web.origin}/late` },
    ]);
  });

  it('cannot share a title', async () => {
    const { code, stderr } = await add(`${web.origin}/a`, `${web.origin}/b`, '--title', 'Both');

    expect({ code, followed: followed() }).toEqual({ code: 2, followed: [] });
    expect(stderr).toContain('--title applies to one feed');
  });
});
