// From feed to stored match and its story on one machine: the deployed handlers on the embedded database and the durable queues, as
// `tocsin start` runs them, with feeds of full text in which every item matches a topic.
import { composeHandlers } from '../local/compose.ts';
import { startQueueSource } from '../local/event-sources/queue-source.ts';
import { POLL_BATCHES_AT_ONCE } from '../local/work.ts';
import type { MatchStore } from '../shared/ports.ts';
import { configure } from '../shared/usecases/managing/configure.ts';
import { queuePollNow } from '../shared/usecases/polling/schedule-polls.ts';
import { loopbackHost, startFeedServer } from './feed-server.ts';
import { ARTICLE_TEXT, SILENT, startBenchParts } from './local-parts.ts';
import { heading, median, tell } from './report.ts';

/** As in local/work.ts. */
const MATCHERS = 4;
const SOURCE = {
  visibilityTimeoutMs: 15 * 60_000,
  onError: (error: unknown): void => {
    throw error;
  },
};

interface Load {
  readonly feeds: number;
  readonly itemsEach: number;
  readonly rounds: number;
  readonly text: string;
}

export async function run(): Promise<void> {
  heading('From feed to stored match and its story: every item matches');
  await measure('each item about an event of its own', {
    feeds: 50,
    itemsEach: 20,
    rounds: 4,
    text: `The road leads from {names}. ${ARTICLE_TEXT}`,
  });
  await measure('all about one event', { feeds: 20, itemsEach: 10, rounds: 3, text: ARTICLE_TEXT });
}

async function measure(what: string, { feeds: count, itemsEach, rounds, text }: Load): Promise<void> {
  const edition = { itemsEach, text, changedOneIn: 1 };
  const server = await startFeedServer({ ...edition, number: 1 });
  const hosts = Array.from({ length: count }, (_, n) => `${loopbackHost(n)}:${server.port}`);
  const { parts, topics } = await startBenchParts(hosts);
  const { pollFeeds, matchArticles } = composeHandlers(parts);
  const { clock, queues, pollQueue, stores } = parts;
  const feeds = hosts.map((host, n) => ({
    url: `http://${host}/feed/${n}`,
    title: '',
    folder: '',
    language: null,
    fullText: 'never' as const,
  }));
  await configure(
    { ...stores, pollQueue: { send: async () => {} }, clock, log: SILENT },
    { feeds, topics, packs: [] },
    parts.settings,
  );
  const sources = [
    startQueueSource({
      ...SOURCE,
      clock,
      queues,
      queue: 'polls',
      handler: pollFeeds,
      batchSize: 1,
      concurrency: POLL_BATCHES_AT_ONCE,
    }),
    startQueueSource({
      ...SOURCE,
      clock,
      queues,
      queue: 'articles',
      handler: matchArticles,
      batchSize: 10,
      concurrency: MATCHERS,
    }),
  ];
  try {
    const feedIds = (await stores.feeds.listPollBatches()).flatMap((batch) => batch.feedIds);
    const speeds: number[] = [];
    const busySpeeds: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      await server.show({ ...edition, number: round });
      const began = performance.now();
      const busyBefore = process.cpuUsage();
      await queuePollNow(feedIds, { pollQueue });
      while (queues.depth('polls') + queues.depth('articles') > 0) await new Promise((wake) => setTimeout(wake, 5));
      speeds.push((count * itemsEach) / ((performance.now() - began) / 1_000));
      const { user, system } = process.cpuUsage(busyBefore);
      busySpeeds.push((count * itemsEach) / ((user + system) / 1_000_000));
    }
    const stored = await countMatches(stores.matches);
    if (stored !== count * itemsEach * rounds) throw new Error(`${stored} matches of the topic are stored`);
    // The first round compiles topics and opens connections.
    tell(`${what}, ${topics.length} topics in force`, median(speeds.slice(1)), 'items/s', { least: 300 });
    tell('  by processor time of this process alone', median(busySpeeds.slice(1)), 'items/s');
  } finally {
    await Promise.all(sources.map((source) => source.stop()));
    await parts.stop();
    server.stop();
  }
}

async function countMatches(matches: MatchStore): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<MatchStore['queryMatches']>> = await matches.queryMatches(
      { topic: 'river-crossing' },
      { limit: 100, cursor },
    );
    count += page.items.length;
    cursor = page.cursor;
  } while (cursor !== null);
  return count;
}
