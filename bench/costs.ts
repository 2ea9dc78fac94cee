// What polling costs on AWS: write units, requests and function time are counted from the real adapters and use cases against the embedded
// table, per 1,000 polls, and a month is worked out from them with the listed prices.

import { type SendMessageBatchCommandInput, type SendMessageBatchCommandOutput, SQSClient } from '@aws-sdk/client-sqs';
import { createDynamoDbStores } from '../adapters/dynamodb/stores.ts';
import { createFeedFetcher } from '../adapters/http/feed-fetcher.ts';
import { openWeb } from '../adapters/http/web.ts';
import { createArticleQueue, createPollQueue } from '../adapters/sqs/queues.ts';
import { localDynamoDb } from '../local/database/database.ts';
import { TABLE_NAME } from '../local/files/file-names.ts';
import type { LocalQueues } from '../local/queues/queues.ts';
import { readFeed } from '../shared/feeds/read-feed.ts';
import { compileTopics } from '../shared/matching/topic-matcher.ts';
import type { FetchedFeed } from '../shared/model/feed.ts';
import type { ArticleId, SubscriptionId } from '../shared/model/ids.ts';
import { parseArticleMessage, parsePollMessage } from '../shared/model/messages.ts';
import type { Settings } from '../shared/model/settings.ts';
import { defaultSubscriptionSettings } from '../shared/model/subscription.ts';
import type { FeedFetcher } from '../shared/ports.ts';
import { sweep } from '../shared/usecases/alerting/sweep.ts';
import { configure } from '../shared/usecases/managing/configure.ts';
import { createTopicsInForce, matchArticle } from '../shared/usecases/matching/match-articles.ts';
import { createPlacingParts } from '../shared/usecases/matching/placing-parts.ts';
import { pollFeeds } from '../shared/usecases/polling/poll-feeds.ts';
import { schedulePolls } from '../shared/usecases/polling/schedule-polls.ts';
import { testChannels } from '../test/support/channels.ts';
import { sendAlerts } from '../test/support/send-alerts.ts';
import { loopbackHost, startFeedServer } from './feed-server.ts';
import { ARTICLE_TEXT, SILENT, startBenchParts } from './local-parts.ts';
import { type CostedStage, Meter } from './meter.ts';
import { MINUTES_A_MONTH, PRICES } from './prices.ts';
import { heading, note, tell } from './report.ts';

const FEEDS = 200;
const INTERVAL_MINUTES = 5;
const ROUNDS = 4;
/** Assumptions: 600 new items a feed and month are one in 14.4 polls; publishers take 0.3 s; one item in fifty matches; two people read it. */
const CHANGED_ONE_IN = 14;
const ANSWER_MS = 300;
const MATCHED_SHARE = 0.02;
const READERS = 2;
/** SES and SNS from within the region. */
const SEND_MS = 50;
/** Lambda asks a queue over five connections, each for twenty seconds at a time while it is empty; there are two queues. */
const CONNECTIONS = 5;
const IDLE_RECEIVES_A_MONTH = 2 * CONNECTIONS * 3 * MINUTES_A_MONTH;
/** Messages that one invocation takes at most (infra/constructs). */
const POLLS_A_BATCH = 4;
const ARTICLES_A_BATCH = 10;
/** START, END and REPORT of an invocation, our one line, and the metrics. */
const LOG_BYTES_AN_INVOCATION = 1_400;
const NO_MATCH = ARTICLE_TEXT.replace('convoy', 'parade');

export async function run(): Promise<void> {
  const stages = await measure();
  tellThousandPolls(stages);
  heading(`A month at ${INTERVAL_MINUTES} minutes, in US dollars, before any free tier`);
  for (const feeds of [100, 1_000, 10_000]) {
    tell(`${feeds.toLocaleString('en')} feeds`, dollarsAMonth(feeds, stages), '$', feeds === 1_000 ? { most: 5 } : {});
  }
  note(`of it, whatever the number of feeds: $${standingDollars(stages).toFixed(2)} (schedule, sweep, idle queues)`);
  note(
    'Not counted: CloudWatch alarms and metrics, page fetches for feeds without text and half a read unit for each of their polls, SES, stored gigabytes.',
  );
}

/** How often each stage runs in so many polls. */
function timesIn(polls: number) {
  const items = polls / CHANGED_ONE_IN;
  const matched = items * MATCHED_SHARE;
  return { poll: polls / 25, unmatched: items - matched, matched, alert: matched } as const;
}

function tellThousandPolls(stages: Stages): void {
  const times = timesIn(1_000);
  const sum = (of: (stage: CostedStage) => number): number =>
    Object.entries(times).reduce((total, [name, count]) => total + of(stages[name as keyof Stages]) * count, 0);
  const items = (times.matched + times.unmatched).toFixed(0);
  heading(`1,000 polls: ${items} new items, ${times.matched.toFixed(1)} matches, ${READERS} readers each`);
  tell(
    'DynamoDB write units',
    sum(({ writeUnits }) => writeUnits),
    '',
  );
  tell(
    'DynamoDB read units',
    sum(({ readUnits }) => readUnits),
    '',
  );
  tell(
    'SQS requests, each message handed over alone',
    sum(({ sqsRequests }) => sqsRequests),
    '',
  );
  tell(
    'Lambda, each message handed over alone',
    sum(({ milliseconds }) => milliseconds),
    'ms',
  );
  for (const [name, count] of Object.entries(times)) {
    const { milliseconds, memoryMb, writeUnits, readUnits, sqsRequests } = stages[name as keyof Stages];
    note(
      `  ${name}: ${count.toFixed(1)} × ${milliseconds.toFixed(0)} ms at ${memoryMb} MB, ${writeUnits.toFixed(2)} write and ${readUnits.toFixed(2)} read units, ${sqsRequests.toFixed(1)} SQS requests`,
    );
  }
}

function dollarsAMonth(feeds: number, stages: Stages): number {
  const times = timesIn((feeds * MINUTES_A_MONTH) / INTERVAL_MINUTES);
  const articles = times.matched + times.unmatched;
  const pollsTogether = handedOverTogether(times.poll / MINUTES_A_MONTH, POLLS_A_BATCH);
  const articlesTogether = handedOverTogether(articles / MINUTES_A_MONTH, ARTICLES_A_BATCH);
  return (
    standingDollars(stages) +
    times.poll * messageDollars(stages.poll, pollsTogether) +
    times.unmatched * messageDollars(stages.unmatched, articlesTogether) +
    times.matched * messageDollars(stages.matched, articlesTogether) +
    times.alert * (stages.alert.invocationDollars + stages.alert.unitDollars)
  );
}

/** Messages of a batch are worked on side by side: they share the invocation, its time, and its requests to the queue. */
const messageDollars = (stage: CostedStage, together: number): number =>
  stage.unitDollars + stage.invocationDollars / together;

/** Few messages a minute are spread over the connections and come alone; many come in full batches. */
const handedOverTogether = (aMinute: number, batch: number): number =>
  Math.max(1, Math.min(batch, aMinute / CONNECTIONS));

const standingDollars = ({ schedule, sweep: swept }: Stages): number =>
  (schedule.invocationDollars + schedule.unitDollars) * MINUTES_A_MONTH +
  (swept.invocationDollars + swept.unitDollars) * (MINUTES_A_MONTH / INTERVAL_MINUTES) +
  IDLE_RECEIVES_A_MONTH * PRICES.sqsRequest;

type Stages = Readonly<Record<'schedule' | 'poll' | 'unmatched' | 'matched' | 'alert' | 'sweep', CostedStage>>;

async function measure(): Promise<Stages> {
  const edition = { itemsEach: 1, changedOneIn: CHANGED_ONE_IN, text: NO_MATCH };
  const server = await startFeedServer({ ...edition, number: 1 });
  const hosts = Array.from({ length: FEEDS }, (_, n) => `${loopbackHost(n)}:${server.port}`);
  const { parts, topics } = await startBenchParts(hosts);
  const settings: Settings = { ...parts.settings, mail: { ...parts.settings.mail, from: 'news@example.org' } };
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead) };
  const meter = new Meter(LOG_BYTES_AN_INVOCATION);
  const client = localDynamoDb(parts.database.endpoint);
  const stores = createDynamoDbStores({
    client,
    tableName: TABLE_NAME,
    clock,
    onConsumed: (operation, units) => meter.consumed(operation, units),
  });
  const sqs = new SQSClient({ region: 'us-east-1' });
  meter.countSends(sqs, takeInto(parts.queues));
  const web = openWeb(settings, { clock });
  const fetcher = createFeedFetcher(web);
  const common = { ...stores, clock, log: SILENT, metrics: { put: () => {} } };
  const ports = {
    ...common,
    pollQueue: createPollQueue({ queueUrl: 'polls', client: sqs }),
    articleQueue: createArticleQueue({ queueUrl: 'articles', client: sqs }),
    fetcher: { fetchFeed: readingPace },
    readFeed,
    pages: { fetchPage: () => Promise.reject(new Error('no page is asked for')) },
    extractor: { extract: () => Promise.reject(new Error('no page is read')) },
    topicsInForce: createTopicsInForce(common, compileTopics),
    ...createPlacingParts({ ...common, waitBeforeTry: async () => {} }),
    mailer: { sendMail: async () => ({ providerId: await later('mail'), messageId: 'mail@localhost' }) },
    alertPublisher: { publish: async () => later('publication') },
    ...testChannels(),
    deliveryQueue: { send: async () => {} },
    sendQuota: { read: async () => null },
    alertLinks: {},
  };
  const { queues } = parts;
  const pending: ArticleId[] = [];

  /** No pace is kept towards servers of this machine; a poll of any other reads its host's record first, where others may ask it too. */
  async function readingPace(asked: Parameters<FeedFetcher['fetchFeed']>[0]): Promise<FetchedFeed> {
    if (asked.hostIsShared !== false) await stores.hostPaces.read(new URL(asked.url).hostname);
    return fetcher.fetchFeed(asked);
  }

  /** One round of all feeds: minute by minute, as the schedule does, each message handled as it comes. */
  async function round(stage: 'unmatched' | 'matched'): Promise<void> {
    for (let minute = 0; minute < INTERVAL_MINUTES; minute += 1) {
      ahead += 60_000;
      await meter.during('schedule', 256, () => schedulePolls(ports, settings));
      for (const body of taken('polls')) {
        await meter.during('poll', 512, () => pollFeeds(parsePollMessage(body), ports, settings), 'from a queue');
      }
      for (const body of taken('articles')) {
        const work = async () => {
          const found = await matchArticle(parseArticleMessage(body), ports, settings);
          await ports.words.exchange();
          return found;
        };
        const { article, matches } = await meter.during(stage, 1_024, work, 'from a queue');
        if (article !== null && matches.some(({ match }) => match.quiet === null)) pending.push(article.id);
      }
    }
  }

  function taken(queue: 'polls' | 'articles'): readonly string[] {
    const messages = queues.receive(queue, 1_000, 60_000);
    for (const { id } of messages) queues.delete(id);
    return messages.map(({ body }) => body);
  }

  try {
    await prepare();
    for (let number = 2; number < 2 + ROUNDS; number += 1) {
      const matched = number === 1 + ROUNDS;
      const text = matched ? ARTICLE_TEXT : NO_MATCH;
      await server.show({ ...edition, number, text, answerAfterMs: ANSWER_MS });
      await round(matched ? 'matched' : 'unmatched');
      const budget = { maxEntries: 0, deadline: new Date(clock.now().getTime() + 30_000) };
      await meter.during('sweep', 512, () => sweep(ports, settings, budget));
    }
    for (const id of pending) await meter.during('alert', 512, () => sendAlerts(id, ports, settings));
    return meter.stages() as Stages;
  } finally {
    web.fetch.close();
    sqs.destroy();
    client.destroy();
    await parts.stop();
    server.stop();
  }

  /** Feeds polled once, topics compiled, readers subscribed: what a deployment has behind it on its second day. */
  async function prepare(): Promise<void> {
    const feeds = hosts.map((host, n) => ({
      url: `http://${host}/feed/${n}`,
      title: '',
      folder: '',
      language: null,
      fullText: 'never' as const,
    }));
    await configure({ ...ports, pollQueue: { send: async () => {} } }, { feeds, topics, packs: [] }, settings);
    for (let n = 0; n < READERS; n += 1) {
      const at = clock.now().toISOString();
      await stores.subscriptions.createSubscription({
        id: `reader-${n}` as SubscriptionId,
        channel: 'email',
        target: `reader-${n}@example.org`,
        topics: ['*'],
        ...defaultSubscriptionSettings,
        state: 'active',
        stateReason: null,
        consent: null,
        unsubscribeToken: `token-${n}`,
        snsSubscriptionArn: null,
        createdAt: at,
        updatedAt: at,
      });
    }
    await round('unmatched');
    meter.forget();
  }
}

/** In place of SQS: the queue that the address names takes each request as it is. */
const takeInto =
  (queues: LocalQueues) =>
  ({ QueueUrl, Entries = [] }: SendMessageBatchCommandInput): SendMessageBatchCommandOutput => {
    const bodies = Entries.map(({ MessageBody }) => MessageBody ?? '');
    queues.send(QueueUrl === 'polls' ? 'polls' : 'articles', bodies, (Entries[0]?.DelaySeconds ?? 0) * 1_000);
    return { Successful: [], Failed: [], $metadata: {} };
  };

async function later(what: string): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, SEND_MS));
  return what;
}
