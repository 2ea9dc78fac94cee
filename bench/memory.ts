// How much memory the running product and its database take, and how soon they start and stop when there is very much to do.
// `npm run bench -- memory [--case NAME] [--minutes N]`: the case `small` runs for an hour unless told otherwise.
import { parseArgs } from 'node:util';
import type { OpmlFeed } from '../shared/feeds/opml.ts';
import { loopbackHost, startFeedServer } from './feed-server.ts';
import { startHostileServer } from './hostile-server.ts';
import { ARTICLE_TEXT } from './local-parts.ts';
import { queueArticles, rememberItems } from './memory-seeds.ts';
import { type MemoryShares, sumOf, watchMemory } from './process-memory.ts';
import { makeWorkplace, type StartedProduct, type Workplace } from './product.ts';
import { heading, note, tell } from './report.ts';

const SMALL_GOAL_MB = 250;
const GOAL_MB = 400;
/** When "memory after the start" is measured: the first poll is under way. */
const SETTLED_MS = 30_000;
const MINUTE_MS = 60_000;
const EDITION_EVERY_MS = 5 * MINUTE_MS;
/** More hosts do not fit a variable of the environment. */
const MOST_HOSTS = 4_000;
const ITEMS_EACH = 20;

type Case = (minutes: number | undefined) => Promise<void>;

const CASES: Readonly<Record<string, Case>> = {
  small: (minutes = 60) => followedFeeds(116, { minutes, itemsEach: ITEMS_EACH, goal: SMALL_GOAL_MB, hasPages: true }),
  thousand: (minutes = 12) => followedFeeds(1_000, { minutes, itemsEach: 5, goal: GOAL_MB, hasPages: false }),
  'ten-thousand': (minutes = 20) => followedFeeds(10_000, { minutes, itemsEach: 5, goal: GOAL_MB, hasPages: false }),
  known: (minutes = 12) => knownItems(1_000, 200, minutes),
  hostile: (minutes = 15) => hostileFeeds(386, minutes),
  backlog: (minutes = 2) => backlog(10_000, 200_000, minutes),
};

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { case: { type: 'string' }, minutes: { type: 'string' } },
  });
  const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
  const names = values.case === undefined ? Object.keys(CASES) : [values.case];
  for (const name of names) {
    const measure = CASES[name];
    if (measure === undefined) throw new Error(`--case ${name}: there are ${Object.keys(CASES).join(', ')}`);
    await measure(minutes);
  }
}

// ---------------------------------------------------------------- the cases

interface Followed {
  readonly minutes: number;
  readonly itemsEach: number;
  readonly goal: number;
  readonly hasPages: boolean;
}

/** One feed in ten has something new every five minutes. */
async function followedFeeds(count: number, { minutes, itemsEach, goal, hasPages }: Followed): Promise<void> {
  heading(
    `Memory with ${count.toLocaleString('en')} feeds of ${itemsEach} items, the shipped topics, ${minutes} minutes`,
  );
  const edition = { itemsEach, text: ARTICLE_TEXT, changedOneIn: 10, hasPages };
  const server = await startFeedServer({ ...edition, number: 1 });
  const place = makeWorkplace(feedsAt(server.port, count, hasPages ? 'always' : 'never'));
  const editions = showEditions((number) => server.show({ ...edition, number }));
  try {
    await measure(place, minutes, goal);
  } finally {
    clearInterval(editions);
    place.remove();
    server.stop();
  }
}

async function knownItems(count: number, itemsEach: number, minutes: number): Promise<void> {
  heading(`Memory with ${(count * itemsEach).toLocaleString('en')} known items in ${count.toLocaleString('en')} feeds`);
  const edition = { itemsEach, text: ARTICLE_TEXT, changedOneIn: 10 };
  const server = await startFeedServer({ ...edition, number: 1 });
  const feeds = feedsAt(server.port, count, 'never');
  const place = makeWorkplace(feeds);
  let editions: NodeJS.Timeout | undefined;
  try {
    await rememberItems(place.data, feeds);
    editions = showEditions((number) => server.show({ ...edition, number }));
    await measure(place, minutes, GOAL_MB);
  } finally {
    clearInterval(editions);
    place.remove();
    server.stop();
  }
}

async function hostileFeeds(count: number, minutes: number): Promise<void> {
  heading(`Memory with ${count} hostile feeds, ${minutes} minutes`);
  const server = await startHostileServer();
  const place = makeWorkplace(
    Array.from({ length: count }, (_, n) => feedAt(`http://${loopbackHost(n)}:${server.port}/${n}`, 'auto')),
  );
  try {
    await measure(place, minutes, GOAL_MB);
  } finally {
    place.remove();
    server.stop();
  }
}

async function backlog(feedCount: number, articles: number, minutes: number): Promise<void> {
  heading(`${feedCount.toLocaleString('en')} feeds and ${articles.toLocaleString('en')} queued articles`);
  const server = await startFeedServer({ number: 1, itemsEach: 5, text: ARTICLE_TEXT, changedOneIn: 0 });
  const feeds = feedsAt(server.port, feedCount, 'never');
  const place = makeWorkplace(feeds);
  try {
    await rememberItems(place.data, feeds);
    queueArticles(place.data, feeds, articles);
    await measure(place, minutes, GOAL_MB);
  } finally {
    place.remove();
    server.stop();
  }
}

// ---------------------------------------------------------------- parts

function feedsAt(port: number, count: number, fullText: OpmlFeed['fullText']): readonly OpmlFeed[] {
  return Array.from({ length: count }, (_, n) =>
    feedAt(`http://${loopbackHost(n % MOST_HOSTS)}:${port}/feed/${n}`, fullText),
  );
}

const feedAt = (url: string, fullText: OpmlFeed['fullText']): OpmlFeed => ({
  url,
  title: '',
  folder: '',
  language: null,
  fullText,
});

function showEditions(show: (number: number) => Promise<void>): NodeJS.Timeout {
  let number = 1;
  return setInterval(() => {
    number += 1;
    void show(number);
  }, EDITION_EVERY_MS);
}

/** Starts the product, follows it for that long, and stops it. */
async function measure(place: Workplace, minutes: number, goal: number): Promise<void> {
  const product = place.start();
  const meter = watchMemory(product.pid);
  try {
    tell('said that it runs after', (await product.untilRunning()) / 1_000, 's', { most: 15 });
    await pause(SETTLED_MS);
    tellShares('half a minute after the start', meter.read().last);
    for (let minute = 0; minute < minutes; minute += 1) {
      await pause(MINUTE_MS);
      if (minute % Math.ceil(minutes / 6) === 0) tellShares(`after ${minute + 1} min`, meter.read().last);
    }
    const { last, peak } = meter.read();
    tellShares(`at the end, after ${minutes} minutes`, last, goal);
    // While it starts, another process reads the files of config/ for some seconds.
    tellShares('at most', peak, goal === SMALL_GOAL_MB ? undefined : goal);
  } finally {
    meter.stop();
    await stop(product);
  }
}

async function stop(product: StartedProduct): Promise<void> {
  tell('ended after SIGTERM within', (await product.stop()) / 1_000, 's', { most: 10 });
}

function tellShares(name: string, shares: MemoryShares, goal?: number): void {
  tell(name, sumOf(shares), 'MB', goal === undefined ? {} : { most: goal });
  const { main, database, others } = shares;
  note(`    Tocsin ${Math.round(main)}, its database ${Math.round(database)}, other processes ${Math.round(others)}`);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
