// Power cuts: local mode is killed twenty times while new items arrive. Nothing is lost, and nothing comes twice.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PublishedDelivery } from '../../shared/model/subscription.ts';
import { type LoopbackWeb, serveWeb } from '../support/loopback.ts';
import { deliveriesOf, makeWorkplace, type StartedTocsin, type Workplace } from '../support/tocsin-process.ts';

const KILLS = 20;
const ITEMS_A_ROUND = 2;

interface ShownMatch {
  readonly id: string;
  readonly article: { readonly url: string };
}

describe('an instance that is killed again and again', () => {
  let web: LoopbackWeb;
  let place: Workplace;
  let published = 0;

  beforeAll(async () => {
    web = await serveWeb((request, response) => {
      response.setHeader('content-type', 'application/rss+xml');
      response.end(request.url === '/feed.xml' ? feedOf(published, web.origin) : '');
    });
    place = makeWorkplace({ TOCSIN_ALLOW_HOSTS: web.pair });
    place.write('config/tocsin.yaml', 'alerts:\n  maxSinglePerTenMinutes: 1000\n');
    place.write(
      'config/feeds.opml',
      `<opml version="2.0"><head/><body><outline type="rss" text="Wire" xmlUrl="${web.origin}/feed.xml" tocsin:fullText="never" xmlns:tocsin="urn:tocsin:opml"/></body></opml>`,
    );
    for (let round = 0; round < KILLS; round++) {
      published += ITEMS_A_ROUND;
      const started = place.start();
      await pollNow(started, web.origin);
      // From hardly begun to all done, spread evenly.
      await new Promise((resolve) => setTimeout(resolve, round * 25));
      await started.stop('SIGKILL');
    }
  }, 240_000);

  afterAll(async () => {
    await place.remove();
    await web.close();
  });

  it('stores every item once, and mails of each event once', async () => {
    const wanted = Array.from({ length: published }, (_, index) => `${web.origin}/items/${index + 1}`);

    const last = place.start();
    await pollNow(last, web.origin);
    const matches = await eventually<readonly ShownMatch[]>(async () => {
      const found = (await place.json<readonly ShownMatch[]>('matches', '--limit', '200')).filter(({ article }) =>
        article.url.includes('/items/'),
      );
      const deliveries = await deliveriesOf(last);
      const settled = settledMatches(deliveries);
      const waiting = found.filter(({ id }) => !settled.has(id));
      const done = found.length >= published && waiting.length === 0;
      return done
        ? { found }
        : { missing: { stored: found.length, published, waiting, deliveries, said: last.said() } };
    });
    const code = await last.stop();

    expect(matches.map(({ article }) => article.url).sort()).toEqual(wanted.sort());
    expect(mailsOf(place).size).toBeGreaterThan(0);
    expect([...mailsOf(place).values()].filter((count) => count > 1)).toEqual([]);
    expect(code).toBe(0);
  }, 240_000);
});

/** Asks for a poll as soon as the instance answers. */
async function pollNow(started: StartedTocsin, origin: string): Promise<void> {
  const { url, token } = await started.address();
  const headers = { authorization: `Bearer ${token}` };
  const { items } = await started.get<{ items: { id: string; url: string }[] }>('feeds');
  const feed = items.find((each) => each.url.startsWith(origin));
  if (feed !== undefined) await fetch(`${url}/v1/feeds/${feed.id}/poll`, { method: 'POST', headers });
}

/** Matches that a mail was sent of, or that another mail of the same event speaks for. */
function settledMatches(deliveries: readonly PublishedDelivery[]): ReadonlySet<string> {
  const isSettled = ({ state }: PublishedDelivery): boolean => ['sent', 'merged', 'held'].includes(state);
  return new Set(deliveries.filter(isSettled).flatMap(({ matchIds }) => matchIds));
}

/** How often each alert of an item was mailed, by its id. */
function mailsOf({ folder }: Workplace): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of readFileSync(join(folder, '.tocsin', 'outbox', 'index.jsonl'), 'utf8')
    .trim()
    .split('\n')) {
    const { subject, messageId } = JSON.parse(line) as { subject: string; messageId: string };
    if (subject.includes('Brigade')) counts.set(messageId, (counts.get(messageId) ?? 0) + 1);
  }
  return counts;
}

/** What is found in the end. Says what was missing when that takes longer than any delivery waits after a kill. */
async function eventually<T>(look: () => Promise<{ found: T } | { missing: object }>): Promise<T> {
  for (const end = performance.now() + 200_000; ; ) {
    const seen = await look();
    if ('found' in seen) return seen.found;
    if (performance.now() > end) throw new Error(`still missing: ${JSON.stringify(seen.missing, null, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function feedOf(count: number, origin: string): string {
  const items = Array.from({ length: count }, (_, index) => {
    const number = count - index;
    const words = `Brigade ${number}: the ministry will deploy troops of regiment ${number} to the border`;
    return `<item><guid>item-${number}</guid><title>${words}</title><link>${origin}/items/${number}</link><pubDate>${new Date().toUTCString()}</pubDate><description>${words}.</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><link>${origin}</link><description>News</description>${items.join('')}</channel></rss>`;
}
