// `tocsin feeds check`: what would be read and why, against servers of this machine and files.

import { readdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CommandFolder, commandFolder } from '../support/command-line.ts';
import { type LoopbackWeb, serveCanary, serveWeb } from '../support/loopback.ts';

const HOUR_MS = 3_600_000;
const LONG_TEXT = 'The harbour of the northern town was closed again. '.repeat(20);
const rfc822 = (hoursAgo: number): string => new Date(Date.now() - hoursAgo * HOUR_MS).toUTCString();

const RSS = `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour & Coast</title>
<link>https://news.example.org/</link><language>en-gb</language><ttl>12</ttl>
<skipHours><hour>3</hour></skipHours>
<item><title>Long one</title><link>https://news.example.org/1</link><guid>a1</guid><pubDate>${rfc822(2)}</pubDate>
<description>${LONG_TEXT}</description></item>
<item><title>Newest, of few words</title><link>https://news.example.org/2</link><pubDate>${rfc822(1)}</pubDate>
<description>More on the page.</description></item>
<item><title>Of another year</title><link>https://news.example.org/3</link><pubDate>${rfc822(-900)}</pubDate></item>
<item><title>Undated, nowhere</title></item></channel></rss>`;

const PAGE = `<html><head><title>Coast</title><link rel="alternate" type="application/rss+xml" title="All of it" href="/feed.xml">
</head><body><a href="/regions/north.rss">North</a></body></html>`;

type Answers = Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>>;
const send =
  (body: string | Buffer, headers: Record<string, string> = {}, status = 200) =>
  (response: ServerResponse): void => {
    response.writeHead(status, headers).end(body);
  };

let folder: CommandFolder;
let web: LoopbackWeb | null = null;
beforeEach(() => {
  folder = commandFolder();
});
afterEach(async () => {
  folder.remove();
  await web?.close();
  web = null;
});

async function serve(answers: Answers): Promise<LoopbackWeb> {
  web = await serveWeb((request, response) =>
    (answers[request.url ?? ''] ?? send('nothing here', {}, 404))(response, request),
  );
  return web;
}

const check = (where: string, ...more: readonly string[]) =>
  folder.run(['feeds', 'check', where, ...more], { env: web === null ? {} : { TOCSIN_ALLOW_HOSTS: web.pair } });

describe('the address of a feed', () => {
  it('is explained in words: answer, format, repairs, items, dates, interval, newest items first', async () => {
    const { origin } = await serve({
      '/feed': send(RSS, { 'content-type': 'text/xml', etag: '"v1"', 'cache-control': 'max-age=1800' }),
    });
    const { code, stdout, stderr } = await check(`${origin}/feed`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('ETag "v1": an unchanged feed is answered without a document');
    expect(stdout).toMatch(/^format +RSS, utf-8$/m);
    expect(stdout).toMatch(/^repairs +.*(&|ampersand).* escaped$/m);
    expect(stdout).toMatch(/^title +Harbour & Coast$/m);
    expect(stdout).toContain('4; identified: 1 by its guid, 2 by its link, 1 by its title and day');
    expect(stdout).toContain('1 without a date');
    expect(stdout).toContain('1 dated more than a day ahead');
    expect(stdout).toContain('the publisher requests 30 minutes in its caching headers and 12 minutes in the document');
    expect(stdout).toContain('not in the UTC hours 3');
    expect(stdout.indexOf('Newest, of few words')).toBeLessThan(stdout.indexOf('Long one'));
    expect(stdout.indexOf('Long one')).toBeLessThan(stdout.indexOf('Undated, nowhere'));
  });

  it('is explained as data with --json, by the rules of polling and matching', async () => {
    const { origin } = await serve({ '/feed': send(RSS, { 'cache-control': 'max-age=1800' }) });
    const { stdout } = await check(`${origin}/feed`, '--json');
    const told = JSON.parse(stdout);
    expect(told).toMatchObject({
      kind: 'feed',
      url: `${origin}/feed`,
      answer: { finalUrl: `${origin}/feed`, moved: 'no', etag: null, lastModified: null, freshSeconds: 1800 },
      encoding: 'utf-8',
      format: 'rss',
      language: 'en-gb',
      ttlMinutes: 12,
      skipHours: [3],
      items: 4,
      pagesToFetch: 2,
      undatedItems: 1,
      futureItems: 1,
      identifiedBy: { guid: 1, link: 2, titleAndDay: 1 },
      // Five minutes doubled until they reach the thirty that are asked for.
      intervalMinutes: 30,
    });
    expect(told.newest[0]).toMatchObject({ title: 'Newest, of few words', textOrigin: 'summary', fetchesPage: true });
    expect(told.newest[1]).toMatchObject({ title: 'Long one', fetchesPage: false });
    expect(told.newest.at(-1)).toMatchObject({ title: 'Undated, nowhere', url: null, publishedAt: null });
  });

  it.each([
    [302, 'for_now', 'a temporary redirect; the address above stays'],
    [301, 'for_good', 'a permanent redirect; the feed moves there after three good polls over a day'],
  ])('that answers %i tells what becomes of it', async (status, moved, words) => {
    const { origin } = await serve({ '/old': send('', { location: '/new' }, status), '/new': send(RSS) });
    expect((await check(`${origin}/old`)).stdout).toContain(`${origin}/new: ${words}`);
    expect(JSON.parse((await check(`${origin}/old`, '--json')).stdout).answer).toMatchObject({ moved });
  });

  it('that fails tells the cause and the cure, with exit code 1', async () => {
    const { origin } = await serve({ '/gone': send('', {}, 410), '/error': send('', {}, 503) });
    const gone = await check(`${origin}/gone`);
    expect({ code: gone.code, stdout: gone.stdout }).toEqual({ code: 1, stdout: '' });
    expect(gone.stderr).toContain('410');
    const error = await check(`${origin}/error`, '--json');
    expect(error.code).toBe(1);
    expect(JSON.parse(error.stderr)).toMatchObject({ code: 'fetch_http' });
  });

  it('of this machine is not touched unless it is allowed', async () => {
    const canary = await serveCanary();
    const { code, stderr } = await check(`${canary.origin}/feed`);
    const connections = canary.connections();
    await canary.close();
    expect({ code, connections }).toEqual({ code: 1, connections: 0 });
    expect(stderr).toContain('allowHosts');
  });

  it('cannot move the cursor of a terminal with its titles', async () => {
    const { origin } = await serve({ '/feed': send(RSS.replace('Long one', 'Long\u009b2Jone \u202egnol')) });
    const { stdout } = await check(`${origin}/feed`);
    expect(stdout).not.toMatch(/[\u0080-\u009f\u202e]/);
  });
});

describe('the address of a web page', () => {
  it('gives the feeds it links to, those it declares first', async () => {
    const { origin } = await serve({ '/': send(PAGE, { 'content-type': 'text/html' }) });
    const { code, stdout } = await check(`${origin}/`);
    expect(code).toBe(0);
    expect(stdout).toContain('is a web page, not a feed; 2 feeds were found');
    expect(stdout).toContain(`${origin}/feed.xml  All of it\n`);
    expect(stdout).toContain(`${origin}/regions/north.rss  (only linked, not declared by the page)\n`);
    expect(JSON.parse((await check(`${origin}/`, '--json')).stdout)).toMatchObject({
      kind: 'page',
      feeds: [
        { url: `${origin}/feed.xml`, title: 'All of it', from: 'advertised' },
        { url: `${origin}/regions/north.rss`, from: 'linked' },
      ],
    });
  });

  it('that tells of none gives what answers at a usual address', async () => {
    const { origin } = await serve({ '/': send('<html><p>Nothing</p></html>'), '/rss.xml': send(RSS) });
    expect((await check(`${origin}/`)).stdout).toContain(`${origin}/rss.xml`);
  });

  it('without any feed is a failure that says what came instead', async () => {
    const { origin } = await serve({ '/': send('<!doctype html><html><p>Nothing</p></html>') });
    const { code, stderr } = await check(`${origin}/`);
    expect(code).toBe(1);
    expect(stderr).toMatch(/web page/);
  });
});

describe('a file', () => {
  it('is read as if it had come from the web, without asking for anything', async () => {
    folder.write('saved/feed.xml', RSS);
    const { code, stdout } = await check('saved/feed.xml', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'feed', answer: null, items: 4 });
  });

  it('leaves nothing behind', async () => {
    folder.write('feed.xml', RSS);
    await check('feed.xml');
    expect(readdirSync(folder.path)).toEqual(['feed.xml']);
  });

  it('that is not there, and an address that is none, are the input’s fault', async () => {
    const missing = await check('news.example.org/feed');
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('write https://news.example.org/feed');
    expect((await check('ftp://news.example.org/feed')).code).toBe(2);
    expect((await folder.run(['feeds', 'check'])).code).toBe(2);
    expect((await check('feed.xml', '--dryrun')).code).toBe(2);
  });
});
