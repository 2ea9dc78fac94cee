// `node test/soak/many-feeds.ts [--feeds 1000] [--minutes 10]`: one machine's Tocsin follows that many feeds on loopback, one in ten of them hostile.
// At the end every item that a good feed published is stored once, and the list of feeds says of each how it is.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { makeWorkplace } from '../support/tocsin-process.ts';
import { HOSTILE, type Hostile } from './hostile.ts';

const { values } = parseArgs({
  options: { feeds: { type: 'string', default: '1000' }, minutes: { type: 'string', default: '10' } },
});
const FEEDS = Number(values.feeds);
const MINUTES = Number(values.minutes);
/** A publisher has ten feeds: politeness towards hosts is part of what is tried. */
const FEEDS_A_HOST = 10;
const NEW_ITEM_EVERY_MS = 150_000;
/** What is published in the last minutes may not have been polled yet: one interval, the round itself, the alert. */
const LAST_ITEM_BEFORE_END_MS = 150_000;

const say = (text: string): void => void process.stdout.write(`soak: ${text}\n`);
const begun = Date.now();
const publishedSoFar = (): number =>
  1 + Math.floor(Math.min(Date.now() - begun, MINUTES * 60_000 - LAST_ITEM_BEFORE_END_MS) / NEW_ITEM_EVERY_MS);
const hostileOf = (feed: number): Hostile | undefined =>
  feed % 10 === 9 ? HOSTILE[Math.floor(feed / 10) % HOSTILE.length] : undefined;

const hosts = await Promise.all(Array.from({ length: Math.ceil(FEEDS / FEEDS_A_HOST) }, (_, host) => startHost(host)));
const urlOf = (feed: number): string => `http://${hosts[Math.floor(feed / FEEDS_A_HOST)]?.pair}/feed/${feed}`;
const place = makeWorkplace({ TOCSIN_ALLOW_HOSTS: hosts.map(({ pair }) => pair).join(',') });
try {
  await run();
} finally {
  await place.remove();
  for (const { close } of hosts) close();
}

async function run(): Promise<void> {
  place.write(
    'config/tocsin.yaml',
    'poll:\n  everyMinutes: 1\n  slowestMinutes: 1\nalerts:\n  maxSinglePerTenMinutes: 20\n',
  );
  const rows = Array.from(
    { length: FEEDS },
    (_, feed) => `<outline type="rss" text="Feed ${feed}" xmlUrl="${urlOf(feed)}"/>`,
  );
  place.write('config/feeds.opml', `<opml version="2.0"><head/><body>${rows.join('\n')}</body></opml>`);
  const started = place.start();
  await started.untilSaid(/Ctrl-C stops/);
  say(`${FEEDS} feeds on ${hosts.length} hosts, ${MINUTES} minutes`);
  while (Date.now() - begun < MINUTES * 60_000) await new Promise((resolve) => setTimeout(resolve, 1_000));

  const problems = [...(await problemsOfMatches()), ...(await problemsOfHealth())];
  const code = await started.stop();
  if (code !== 0) problems.push(`it ended with ${code}`);
  for (const problem of problems.slice(0, 20)) say(problem);
  say(started.said().trim().split('\n').at(-1) ?? '');
  say(problems.length === 0 ? 'passed' : `FAILED: ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

async function problemsOfMatches(): Promise<readonly string[]> {
  const stored = await place.json<readonly { readonly article: { readonly url: string } }[]>(
    'matches',
    '--limit',
    '100000',
  );
  const counts = new Map<string, number>();
  for (const { article } of stored)
    counts.set(new URL(article.url).pathname, (counts.get(new URL(article.url).pathname) ?? 0) + 1);
  const problems: string[] = [];
  let wanted = 0;
  for (let feed = 0; feed < FEEDS; feed++) {
    if (hostileOf(feed) !== undefined) continue;
    for (let item = 1; item <= publishedSoFar(); item++) {
      wanted += 1;
      const count = counts.get(`/item/${feed}/${item}`) ?? 0;
      // Silenced with its host again and again, it may not have been asked since its newest item came.
      if (count === 0 && item === publishedSoFar() && throttles(feed)) continue;
      if (count !== 1) problems.push(`item ${item} of feed ${feed} is stored ${count} times`);
    }
  }
  say(`${wanted} items of good feeds published, ${wanted - problems.length} of them stored exactly once`);
  return problems;
}

async function problemsOfHealth(): Promise<readonly string[]> {
  const listed = await place.json<
    readonly { readonly url: string; readonly health: { readonly status: string; readonly explanation: string } }[]
  >('feeds', 'list');
  const health = new Map(listed.map((feed) => [feed.url, feed.health]));
  return Array.from({ length: FEEDS }, (_, feed) => feed).flatMap((feed) => {
    const said = health.get(urlOf(feed));
    const hostile = hostileOf(feed);
    const allowed = hostile?.health ?? (throttles(feed) ? ['ok', 'slow'] : ['ok']);
    if (said !== undefined && allowed.includes(said.status)) return [];
    return [
      `feed ${feed} (${hostile?.name ?? 'good'}) is said to be ${said?.status}: ${said?.explanation}; expected ${allowed.join(' or ')}`,
    ];
  });
}

/** A pause that a host asks for holds for all its feeds. */
function throttles(feed: number): boolean {
  const first = feed - (feed % FEEDS_A_HOST);
  return Array.from({ length: FEEDS_A_HOST }, (_, index) => hostileOf(first + index)?.name).includes('throttling');
}

async function startHost(host: number): Promise<{ readonly pair: string; close(): void }> {
  const answer: RequestListener = ({ url = '', headers }, response) => {
    const feed = Number(/^\/feed\/(\d+)/.exec(url)?.[1] ?? Number.NaN);
    response.on('error', () => {});
    if (Number.isNaN(feed)) return void response.writeHead(404).end();
    const hostile = hostileOf(feed);
    if (hostile !== undefined) return hostile.answer(response);
    const etag = `"${publishedSoFar()}"`;
    if (headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    response
      .writeHead(200, { 'content-type': 'application/rss+xml', etag })
      .end(feedOf(feed, publishedSoFar(), `http://${headers.host}`));
  };
  const server = createServer(answer);
  server.listen(0, `127.1.${Math.floor(host / 250)}.${(host % 250) + 1}`);
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  return {
    pair: `${address}:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function feedOf(feed: number, count: number, origin: string): string {
  const items = Array.from({ length: count }, (_, index) => {
    const item = count - index;
    const title = `Report ${item} of district ${feed}: the ministry will deploy troops to bridge ${item}`;
    const text = `${title}. `.repeat(12);
    return `<item><guid>${feed}-${item}</guid><title>${title}</title><link>${origin}/item/${feed}/${item}</link><pubDate>${new Date(begun + (item - 1) * NEW_ITEM_EVERY_MS).toUTCString()}</pubDate><description>${text}</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed ${feed}</title><link>${origin}/</link><description>News</description>${items.join('')}</channel></rss>`;
}
