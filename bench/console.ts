// The console: bytes of its script, what a slow machine does with the first view, and how long the API takes for each view with 10,000 stories
// stored in the embedded database.
import { gzipSync } from 'node:zlib';
import { composeApi } from '../local/compose-api.ts';
import { buildConsole } from '../local/console/build.ts';
import { mapConcurrently } from '../shared/core/map-concurrently.ts';
import type { Stores } from '../shared/ports.ts';
import { aMatch, aSubscription } from '../test/support/builders.ts';
import { aConsole, hasBrowser, openBrowser, openPage } from '../test/support/console-world.ts';
import { deliverHit, placeHit } from '../test/support/link-world.ts';
import { startBenchParts } from './local-parts.ts';
import { heading, median, note, tell } from './report.ts';

const STORIES = 10_000;
/** Of the newest. */
const DELIVERED = 500;
const TRIES = 11;
const HOUR_MS = 3_600_000;
const SLOWER = 4;

export async function run(): Promise<void> {
  heading('The console: its files');
  const { assets } = await buildConsole(process.env);
  for (const [path, { body }] of assets) {
    const isScript = path.endsWith('.js');
    tell(
      isScript ? 'script, gzipped' : 'style sheet, gzipped',
      gzipSync(body).length / 1_024,
      'KB',
      isScript ? { most: 40 } : {},
    );
  }
  await firstView();
  await serverTimes();
}

async function firstView(): Promise<void> {
  heading(`The first view with 50 stories, processor ${SLOWER} times slower`);
  if (!hasBrowser) {
    note('left out: there is no browser');
    return;
  }
  const world = await aConsole();
  world.clock.set(new Date().toISOString());
  await fill(world.stores, 50, world.clock.now().getTime());
  const browser = await openBrowser();
  try {
    const { page } = await openPage(browser, world.url, '/status');
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.addInitScript(() => {
      const seen = { blocking: 0, shift: 0 };
      Object.assign(window, { seen });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.blocking += Math.max(0, duration - 50);
      }).observe({ type: 'longtask', buffered: true });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.shift += (entry as PerformanceEntry & { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const paints: number[] = [];
    const blocking: number[] = [];
    const shifts: number[] = [];
    for (let n = 0; n < TRIES; n++) {
      await page.goto(`${world.url}/`);
      await page.waitForSelector('.story');
      const seen = await page.evaluate(() => ({
        ...(window as unknown as { seen: { blocking: number; shift: number } }).seen,
        paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
      }));
      paints.push(seen.paint);
      blocking.push(seen.blocking);
      shifts.push(seen.shift);
    }
    tell('first paint', median(paints), 'ms');
    tell('blocking time', median(blocking), 'ms', { most: 100 });
    tell('layout shift', median(shifts), '', { most: 0.1 });
  } finally {
    await browser.close();
    await world.stop();
  }
}

async function serverTimes(): Promise<void> {
  heading(`Each view's requests with ${STORIES.toLocaleString('en')} stories stored, all of a view side by side`);
  const { parts } = await startBenchParts([]);
  try {
    await fill(parts.stores, STORIES, Date.now());
    const handle = composeApi(parts);
    const views: Readonly<Record<string, readonly string[]>> = {
      stories: [
        'stories?with=report,triage&limit=50&since=P7D',
        'stories/volume?since=P14D',
        'topics',
        'status',
        'views',
      ],
      'stories of one topic': ['stories?with=report,triage&limit=50&since=P7D&topic=topic-1'],
      'bars of one topic, for which nothing waits': ['stories/volume?since=P14D&topic=topic-1'],
      'a story': ['stories/story-1?with=triage,matches', 'deliveries?story=story-1', 'subscriptions'],
      sources: ['feeds?limit=100'],
      deliveries: ['deliveries?limit=50', 'subscriptions'],
      status: ['status', 'findings', 'deliveries?limit=50', 'subscriptions'],
    };
    for (const [view, paths] of Object.entries(views)) {
      const times: number[] = [];
      for (let n = 0; n < TRIES; n++) {
        const began = performance.now();
        const answers = await Promise.all(paths.map((path) => handle(new Request(`http://localhost/v1/${path}`))));
        times.push(performance.now() - began);
        const failed = answers.find(({ status }) => status !== 200 && status !== 404);
        if (failed !== undefined) throw new Error(`${view}: ${failed.status} ${await failed.text()}`);
      }
      tell(view, median(times), 'ms', view.startsWith('bars') ? {} : { most: 300 });
    }
  } finally {
    await parts.stop();
  }
}

/** A story of one report each, spread over a month. */
async function fill(
  stores: Pick<Stores, 'deliveries' | 'matches' | 'stories'>,
  count: number,
  nowMs: number,
): Promise<void> {
  const numbers = Array.from({ length: count }, (_, n) => n);
  await mapConcurrently(numbers, 32, async (n) => {
    const firstSeenAt = new Date(nowMs - (n * 30 * 24 * HOUR_MS) / STORIES).toISOString();
    const match = aMatch({ articleId: `article-${n}`, topicId: `topic-${n % 20}`, firstSeenAt });
    const hit = await placeHit(stores, [{ ...match, expiresAt: nowMs / 1_000 + 86_400 * 60 }], { id: `story-${n}` });
    if (n < DELIVERED) await deliverHit(stores, hit, aSubscription(), { createdAt: firstSeenAt });
  });
}
