// A data folder of an earlier version, with pending work in it: the present version finishes it, loses nothing and sends no alert twice.
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type LoopbackWeb, serveWeb } from '../support/loopback.ts';
import { makeWorkplace, type StartedTocsin, type Workplace } from '../support/tocsin-process.ts';

const FOLDERS = join(dirname(fileURLToPath(import.meta.url)), '..', 'fixtures', 'data-folders');
/** Where the fixture's feeds were served, and when its queue was last written to. */
const FIXTURE_PORT = '45991';
const FIXTURE_WRITTEN_AT = Date.parse('2026-11-30T09:27:03Z');
/** The dates that the fixture's items had in their feeds. */
const DATES: Readonly<Record<string, string>> = {
  a1: 'Mon, 30 Nov 2026 09:26:59 GMT',
  a2: 'Mon, 30 Nov 2026 09:27:02 GMT',
  b1: 'Mon, 30 Nov 2026 09:27:02 GMT',
  b2: 'Mon, 30 Nov 2026 09:27:02 GMT',
};

interface SentMail {
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
}

describe('an upgrade over the data folder of 16e15f8, killed in the middle of its work', () => {
  let web: LoopbackWeb;
  let place: Workplace;
  let started: StartedTocsin;
  let shown: { wire: readonly string[]; pages: readonly string[] };

  beforeAll(async () => {
    shown = { wire: ['a2', 'a1'], pages: ['b2', 'b1'] };
    web = await serveWeb((request, response) => {
      const path = request.url ?? '';
      const feed = path === '/wire.xml' ? 'Wire' : path === '/pages.xml' ? 'Pages' : null;
      if (feed !== null) {
        response.setHeader('content-type', 'application/rss+xml');
        response.end(feed === 'Wire' ? wireFeed(shown.wire) : pagesFeed(shown.pages, web.origin));
      } else if (path.startsWith('/page/')) {
        response.setHeader('content-type', 'text/html');
        response.end(pageOf(path.slice('/page/'.length)));
      } else {
        response.statusCode = 404;
        response.end();
      }
    });
    place = makeWorkplace({ TOCSIN_ALLOW_HOSTS: web.pair });
    place.write('config/tocsin.yaml', 'mail:\n  from: alerts@example.org\nalerts:\n  maxSinglePerTenMinutes: 1000\n');
    layOut(place, web.port);
    started = place.start('--no-sample');
    await started.untilSaid(/http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/);
  }, 60_000);

  afterAll(async () => {
    await started.stop();
    await place.remove();
    await web.close();
  });

  it('sends what was pending once, and nothing that was sent before', async () => {
    await untilMailed(place, 5);
    await pollAll(started);
    // A new item in each feed comes through whole: everything that the poll queued before it has been looked at by then.
    shown = { wire: ['a3', ...shown.wire], pages: ['b3', ...shown.pages] };
    await pollAll(started);
    await untilMailed(place, 9);
    await started.stop();

    const mails = mailsOf(place).map(({ to, subject }) => `${to}: ${/Report (\w\d)/.exec(subject)?.[1]}`);

    const both = (item: string): string[] => [`analyst@example.org: ${item}`, `outbox@tocsin.localhost: ${item}`];
    const wanted = ['analyst@example.org: a2', ...['b1', 'b2', 'a3', 'b3'].flatMap(both)];
    expect(mails.toSorted()).toEqual(wanted.toSorted());
  }, 120_000);

  it('keeps every match that was stored, and stores each new one once', async () => {
    started = place.start('--no-sample');
    await started.untilSaid(/http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/);

    const matches = await place.json<readonly { article: { title: string } }[]>('matches', '--limit', '100');

    const titles = matches.map(({ article }) => article.title);
    expect(titles.toSorted()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3'].map((item) => `Report ${item}`));
  }, 60_000);
});

/** The fixture as the data folder of the workplace, as if it had been written a moment ago and its feeds were served at this port. */
function layOut(place: Workplace, port: number): void {
  const data = join(place.folder, '.tocsin');
  mkdirSync(data);
  for (const file of ['tocsin.sqlite', 'queues.sqlite']) {
    place.write(join('.tocsin', file), gunzipSync(readFileSync(join(FOLDERS, '16e15f8', `${file}.gz`))));
  }
  const table = new DatabaseSync(join(data, 'tocsin.sqlite'));
  for (const name of ['tocsin', 'tocsin::gsi::related', 'tocsin::gsi::listed']) {
    table.prepare(`UPDATE "${name}" SET item_json = replace(item_json, ?, ?)`).run(FIXTURE_PORT, String(port));
  }
  table.close();
  const queues = new DatabaseSync(join(data, 'queues.sqlite'));
  const passed = Date.now() - FIXTURE_WRITTEN_AT;
  queues
    .prepare('UPDATE message SET body = replace(body, ?, ?), sentAt = sentAt + ?, visibleAt = visibleAt + ?')
    .run(FIXTURE_PORT, String(port), passed, passed);
  queues.close();
}

async function pollAll(started: StartedTocsin): Promise<void> {
  const { url, token } = await started.address();
  const headers = { authorization: `Bearer ${token}` };
  const { items } = (await (await fetch(`${url}/v1/feeds`, { headers })).json()) as { items: { id: string }[] };
  for (const { id } of items) await fetch(`${url}/v1/feeds/${id}/poll`, { method: 'POST', headers });
}

function mailsOf({ folder }: Workplace): readonly SentMail[] {
  try {
    const lines = readFileSync(join(folder, '.tocsin', 'outbox', 'index.jsonl'), 'utf8')
      .trim()
      .split('\n');
    return lines.map((line) => JSON.parse(line) as SentMail);
  } catch {
    return [];
  }
}

async function untilMailed(place: Workplace, count: number): Promise<void> {
  while (mailsOf(place).length < count) await new Promise((resolve) => setTimeout(resolve, 100));
}

const wireFeed = (items: readonly string[]): string =>
  feedOf('Wire', items, (item) => `https://news.example.org/${item}`);

const pagesFeed = (items: readonly string[], origin: string): string =>
  feedOf('Pages', items, (item) => `${origin}/page/${item}`);

function feedOf(title: string, items: readonly string[], linkOf: (item: string) => string): string {
  const entries = items.map(
    (item) =>
      `<item><guid isPermaLink="false">${item}</guid><title>Report ${item}</title><link>${linkOf(item)}</link>` +
      `<pubDate>${DATES[item] ?? new Date().toUTCString()}</pubDate><description>${sentenceOf(item)}</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>https://news.example.org/</link><description>News</description>${entries.join('')}</channel></rss>`;
}

const sentenceOf = (item: string): string =>
  `Report ${item}: the ministry will deploy troops to the border, says report ${item}.`;

const pageOf = (item: string): string =>
  `<!doctype html><html lang="en"><head><title>Report ${item}</title></head><body><article><h1>Report ${item}</h1>${Array.from(
    { length: 5 },
    (_, index) =>
      `<p>${sentenceOf(item)} Paragraph ${index + 1} tells of the weather on the coast, where the ferries stayed in port until noon and the roads were closed.</p>`,
  ).join('')}</article></body></html>`;
