// The poll stage: how fast unchanged feeds are polled, against a bare loop of the same requests; and what a full round of very many
// feeds takes when one in twenty is dead or slow.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { createDynamoDbStores } from '../adapters/dynamodb/stores.ts';
import { createFeedFetcher } from '../adapters/http/feed-fetcher.ts';
import { openWeb } from '../adapters/http/web.ts';
import { localDynamoDb, startDatabase } from '../local/database/database.ts';
import { POLL_BATCHES_AT_ONCE } from '../local/work.ts';
import { mapConcurrently } from '../shared/core/map-concurrently.ts';
import { parseOpml, writeOpml } from '../shared/feeds/opml.ts';
import { readFeed } from '../shared/feeds/read-feed.ts';
import type { ArticleMessage, PollMessage } from '../shared/model/messages.ts';
import { defaultSettings, type Settings } from '../shared/model/settings.ts';
import type { FeedFetcher } from '../shared/ports.ts';
import { configure } from '../shared/usecases/managing/configure.ts';
import { type PollPorts, type PollReport, pollFeeds } from '../shared/usecases/polling/poll-feeds.ts';
import { type FeedServer, loopbackHost, startFeedServer } from './feed-server.ts';
import { SILENT } from './local-parts.ts';
import { heading, median, note, quantile, tell } from './report.ts';

const AT_ONCE = POLL_BATCHES_AT_ONCE * defaultSettings.poll.concurrency;
const UNCHANGED_FEEDS = 1_000;
const ROUNDS = 7;
const INTERVAL_SECONDS = 300;
const TEXT = 'A convoy crossed the river in the morning, said report {n}.';

export async function run(): Promise<void> {
  await unchangedFeeds('one each');
  await unchangedFeeds('one for all');
  await fullRound(1_000);
  await fullRound(10_000);
}

interface Stage {
  readonly server: FeedServer;
  /** Polls all feeds once, as if five minutes later; all of them are due at the same moment. */
  pollAll(): Promise<readonly PollReport['results'][number][]>;
  /** Milliseconds from the start of the round to the request for each feed. */
  readonly askedAfter: Map<string, number>;
  databaseBytes(): number;
  readonly importSeconds: number;
  stop(): Promise<void>;
}

async function openStage(urlsOn: (port: number) => readonly string[]): Promise<Stage> {
  const server = await startFeedServer({ number: 1, itemsEach: 1, text: TEXT, changedOneIn: 0 });
  const urls = urlsOn(server.port);
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
  const database = await startDatabase(folder, 'tocsin', { env: process.env });
  const client = localDynamoDb(database.endpoint);
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead) };
  const settings: Settings = {
    ...defaultSettings,
    fetch: { allowHosts: [...new Set(urls.map((url) => new URL(url).host))] },
  };
  const web = openWeb(settings, { clock });
  const askedAfter = new Map<string, number>();
  let roundBegan = 0;
  const stores = createDynamoDbStores({ client, tableName: 'tocsin', clock });
  const send = async (_messages: readonly ArticleMessage[]): Promise<void> => {};
  const articleQueue = { send, sendLater: send };
  const ports: PollPorts = {
    feeds: stores.feeds,
    articleQueue,
    fetcher: noting(createFeedFetcher(web), (url) => askedAfter.set(url, performance.now() - roundBegan)),
    readFeed,
    clock,
    log: SILENT,
    metrics: { put: () => {} },
  };
  const importBegan = performance.now();
  const opml = writeOpml(
    urls.map((url) => ({ url, title: '', folder: '', language: null, fullText: 'never' as const })),
  );
  await configure(
    { ...stores, pollQueue: { send: async () => {} }, clock, log: SILENT },
    { feeds: parseOpml(opml).feeds, topics: [], packs: [] },
    settings,
  );
  const importSeconds = (performance.now() - importBegan) / 1_000;
  // The first poll of a feed that was just added is left to the message that its adding queues; there is none here.
  ahead = 3_600_000;
  return {
    server,
    askedAfter,
    importSeconds,
    async pollAll() {
      ahead += INTERVAL_SECONDS * 1_000;
      roundBegan = performance.now();
      const slot = clock.now().toISOString();
      const messages = (await stores.feeds.listPollBatches()).map(
        ({ id, feedIds }): PollMessage => ({ v: 1, kind: 'poll', pollBatch: id, slot, feedIds }),
      );
      const reports = await mapConcurrently(messages, POLL_BATCHES_AT_ONCE, (message) =>
        pollFeeds(message, ports, settings),
      );
      return reports.flatMap(({ results }) => results);
    },
    databaseBytes: () => residentBytes(String(database.processId())),
    async stop() {
      server.stop();
      web.fetch.close();
      client.destroy();
      await database.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

// ---------------------------------------------------------------- unchanged feeds

/**
 * In the world each feed has a host of its own, and a connection does not outlive the five minutes between two polls; so hosts are many here,
 * and the bare loop begins each round without connections. With one host for all, kept connections make the bare loop several times faster.
 */
async function unchangedFeeds(hosts: 'one each' | 'one for all'): Promise<void> {
  heading(`Polls of ${UNCHANGED_FEEDS} unchanged feeds; hosts: ${hosts}`);
  const urlsOn = (port: number): readonly string[] =>
    Array.from(
      { length: UNCHANGED_FEEDS },
      (_, n) => `http://${loopbackHost(hosts === 'one each' ? n : 0)}:${port}/feed/${n}`,
    );
  const stage = await openStage(urlsOn);
  const urls = urlsOn(stage.server.port);
  const kept = new Agent();
  try {
    const bareRound = async (): Promise<void> => {
      const agent = hosts === 'one each' ? new Agent() : kept;
      await bareLoop(urls, agent);
      if (agent !== kept) void agent.close();
    };
    const stageRound = async (): Promise<void> => {
      const results = await stage.pollAll();
      const unchanged = results.filter(({ outcome }) => outcome === 'unchanged').length;
      if (unchanged !== UNCHANGED_FEEDS) throw new Error(`${unchanged} feeds of ${UNCHANGED_FEEDS} were unchanged`);
    };
    await stage.pollAll();
    for (let warmup = 0; warmup < 2; warmup += 1) {
      await bareRound();
      await stageRound();
    }
    const polls: Speed[] = [];
    const bare: Speed[] = [];
    // In turns, so that whatever else the machine does weighs on both.
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(await speedOf(bareRound));
      polls.push(await speedOf(stageRound));
    }
    const goal = hosts === 'one each' ? { least: 0.5 } : {};
    const ratioOf = (what: keyof Speed): number => median(polls.map((each, n) => each[what] / (bare[n]?.[what] ?? 1)));
    tell('whole poll stage', median(polls.map(({ perSecond }) => perSecond)), 'polls/s');
    tell(`bare undici loop, ${AT_ONCE} at once`, median(bare.map(({ perSecond }) => perSecond)), 'GETs/s');
    tell('ratio', ratioOf('perSecond'), '', goal);
    tell('ratio by processor time of this process alone', ratioOf('perBusySecond'), '');
  } finally {
    await kept.close();
    await stage.stop();
  }
}

interface Speed {
  readonly perSecond: number;
  /** By the processor time that this process used, which neighbours on the machine disturb less. */
  readonly perBusySecond: number;
}

async function speedOf(work: () => Promise<unknown>): Promise<Speed> {
  const began = performance.now();
  const busyBefore = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(busyBefore);
  return {
    perSecond: UNCHANGED_FEEDS / ((performance.now() - began) / 1_000),
    perBusySecond: UNCHANGED_FEEDS / ((user + system) / 1_000_000),
  };
}

async function bareLoop(urls: readonly string[], dispatcher: Agent): Promise<void> {
  await mapConcurrently(urls, AT_ONCE, async (url) => {
    const headers = { 'if-none-match': `"${url.slice(url.lastIndexOf('/') + 1)}-1"` };
    const { statusCode, body } = await request(url, { dispatcher, headers });
    await body.dump();
    if (statusCode !== 304) throw new Error(`${url} answered ${statusCode}`);
  });
}

// ---------------------------------------------------------------- a full round

async function fullRound(feeds: number): Promise<void> {
  heading(`A full round of ${feeds.toLocaleString('en')} feeds, 5 % dead or slow, all due at the same moment`);
  const stage = await openStage((port) => Array.from({ length: feeds }, (_, n) => urlOf(n, port)));
  let peak = process.memoryUsage.rss();
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  try {
    tell('import from OPML', stage.importSeconds, 's');
    await timedRound(stage, 'first round: every feed is new', 'changed');
    await stage.server.show({ number: 2, itemsEach: 1, text: TEXT, changedOneIn: 10 });
    await timedRound(stage, 'a round later: one feed in ten has something new', null);
    tell('memory of this process, at most', peak / 1e6, 'MB', { most: 1_000 });
    tell('memory of the embedded database', stage.databaseBytes() / 1e6, 'MB');
  } finally {
    clearInterval(timer);
    await stage.stop();
  }
}

/** One in twenty is dead, never answers, or answers after two seconds; in turn. */
function urlOf(n: number, port: number): string {
  const host = loopbackHost(n);
  if (n % 20 !== 19) return `http://${host}:${port}/feed/${n}`;
  const kind = Math.floor(n / 20) % 3;
  if (kind === 0) return `http://${host}:${REFUSING_PORT}/dead/${n}`;
  return `http://${host}:${port}/${kind === 1 ? 'never' : 'late'}/${n}`;
}

async function timedRound(stage: Stage, name: string, expected: 'changed' | null): Promise<void> {
  stage.askedAfter.clear();
  const began = performance.now();
  const results = await stage.pollAll();
  const seconds = (performance.now() - began) / 1_000;
  const count = (outcome: string): number => results.filter((each) => each.outcome === outcome).length;
  const good = [...stage.askedAfter].filter(([url]) => url.includes('/feed/'));
  const late = good.map(([, ms]) => ms / 1_000);
  if (expected !== null && count(expected) < results.length * 0.9)
    throw new Error(`only ${count(expected)} ${expected}; the first: ${JSON.stringify(results.slice(0, 3))}`);
  note(
    `${name}: ${count('changed')} changed, ${count('unchanged')} unchanged, ${count('failed')} failed, ${count('not_due')} not due`,
  );
  tell('  duration', seconds, 's', { most: INTERVAL_SECONDS });
  tell('  a good feed is asked after (99 of 100)', quantile(late, 0.99), 's');
  tell('  the last good feed is asked after', Math.max(...late), 's', { most: INTERVAL_SECONDS });
}

// ---------------------------------------------------------------- parts

/** Nothing listens there on any machine of today: the old discard service. */
const REFUSING_PORT = 9;

const noting = (fetcher: FeedFetcher, note: (url: string) => void): FeedFetcher => ({
  fetchFeed: (asked) => {
    note(asked.url);
    return fetcher.fetchFeed(asked);
  },
});

/** Resident memory of a process in bytes; not a number where the system does not tell. */
function residentBytes(pid: string): number {
  const file = `/proc/${pid.trim()}/status`;
  if (!existsSync(file)) return Number.NaN;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? Number.NaN) * 1_024;
}
