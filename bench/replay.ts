// A stream of news as it came, replayed through the real use cases on a virtual clock: what four subscribers would be mailed a day, and what it
// asks of the table: npm run bench -- replay --documents FILE [--days N] [--stores memory] [--list FILE]
// Documents are lines { id, title, text, lang, source, url, publishedAt }; their times are shifted so that the last is of the last day. With
// `--days` only the last days are matched, and those before feed the word statistics. `--list` writes every alert and every report that was
// held back, one JSON line each, with its story and the alert before it, so that a person can judge them.

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createDynamoDbStores } from '../adapters/dynamodb/stores.ts';
import { readConfiguration } from '../adapters/files/read-configuration.ts';
import { alertLinksUnder } from '../shared/alerts/alert-links.ts';
import { newsOf, wantedOf } from '../shared/alerts/policy.ts';
import { buildArticle } from '../shared/articles/build-article.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../shared/core/time.ts';
import { compileTopics } from '../shared/matching/topic-matcher.ts';
import type { Hit } from '../shared/model/hit.ts';
import { type ArticleId, feedIdOf, hitDeliveryIdOf, type SubscriptionId } from '../shared/model/ids.ts';
import type { Match } from '../shared/model/match.ts';
import type { ArticleMessage } from '../shared/model/messages.ts';
import { defaultSettings, type Settings } from '../shared/model/settings.ts';
import { type Delivery, defaultSubscriptionSettings, type Subscription } from '../shared/model/subscription.ts';
import type { Topic } from '../shared/model/topic.ts';
import type { Stores } from '../shared/ports.ts';
import { DAYS_KEPT } from '../shared/stories/word-statistics.ts';
import { sweep } from '../shared/usecases/alerting/sweep.ts';
import { createTopicsInForce, matchArticle } from '../shared/usecases/matching/match-articles.ts';
import { countWords } from '../shared/usecases/matching/place-hit.ts';
import { createPlacingParts } from '../shared/usecases/matching/placing-parts.ts';
import { aClock, type SetClock } from '../test/support/builders.ts';
import { testChannels } from '../test/support/channels.ts';
import { startEmbeddedDynamoDb } from '../test/support/embedded-dynamodb.ts';
import { createMemoryStores } from '../test/support/memory-store.ts';
import { sendAlerts } from '../test/support/send-alerts.ts';
import { linesOf } from './json-lines.ts';
import { SILENT } from './local-parts.ts';
import { heading, median, note, quantile, tell } from './report.ts';

/** As feeds are polled, and as the sweep runs. */
const STEP_MS = 5 * MINUTE_MS;
/** Without anything published, the clock jumps; whatever was held is sent before. */
const LONGEST_QUIET_MS = DAY_MS;
/** After the last document, for what is still held. */
const AFTER_MS = 6 * HOUR_MS;
/** Goals for one hit, in requests. */
const MOST_READS = 6;
const MOST_WRITES = 4;

/** Storms are off. Every record outlives the replay, which begins in the past. */
const SETTINGS: Settings = {
  ...defaultSettings,
  mail: { ...defaultSettings.mail, from: 'news@example.org' },
  alerts: { ...defaultSettings.alerts, maxSinglePerTenMinutes: 1_000 },
  retention: { matchDays: 730, deliveryDays: 730 },
};

interface Document {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly lang: string;
  readonly source: string;
  readonly url: string;
  /** Shifted. */
  readonly at: number;
}

export async function run(options: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...options],
    options: {
      documents: { type: 'string' },
      days: { type: 'string' },
      stores: { type: 'string' },
      list: { type: 'string' },
    },
  });
  if (values.documents === undefined) {
    note('replay needs a stream of news: --documents FILE');
    return;
  }
  const all = readDocuments(values.documents);
  const days = values.days === undefined ? Number.POSITIVE_INFINITY : Number(values.days);
  const from = (all.at(-1)?.at ?? 0) - days * DAY_MS;
  const documents = all.filter(({ at }) => at > from - DAYS_KEPT * DAY_MS);
  const { topics } = (await readConfiguration('config')).configuration;
  const clock = aClock(new Date(documents[0]?.at ?? 0).toISOString());
  const table = values.stores === 'memory' ? memoryTable(clock) : await embeddedTable(clock);
  try {
    const replayed = await replay(documents, from, topics, table, clock);
    heading(
      `A stream of ${documents.length} documents, ${replayed.days.toFixed(1)} days of it matched, on ${table.name}`,
    );
    tellStream(replayed);
    for (const subscriber of replayed.subscribers) tellSubscriber(subscriber, replayed);
    tellRequests(table, replayed);
    if (values.list !== undefined) writeList(values.list, replayed, new Map(documents.map((each) => [each.id, each])));
  } finally {
    await table.stop();
  }
}

function readDocuments(file: string): readonly Document[] {
  const lines = linesOf<Omit<Document, 'at'> & { readonly publishedAt: string }>(file)
    .map(({ publishedAt, ...rest }) => ({ ...rest, at: Date.parse(publishedAt) }))
    .sort((a, b) => a.at - b.at);
  // Whole days, so that every run falls into the same hours.
  const shift = Math.floor((Date.now() - (lines.at(-1)?.at ?? 0)) / DAY_MS) * DAY_MS;
  return lines.map((line) => ({ ...line, at: line.at + shift }));
}

// ---------------------------------------------------------------- the stores, and what is asked of them

type Stage = 'matches' | 'placing' | 'alerting' | 'sweeps' | 'other';

interface Requests {
  reads: number;
  writes: number;
  readUnits: number;
  writeUnits: number;
}

interface CountedTable {
  readonly name: string;
  readonly stores: Stores;
  /** What is asked from now on belongs to it. */
  stage: Stage;
  /** Null where nothing is counted. */
  readonly requests: Readonly<Record<Stage, Requests>> | null;
  stop(): Promise<void>;
}

const memoryTable = (clock: SetClock): CountedTable => ({
  name: 'stores in memory',
  stores: createMemoryStores({ clock }),
  stage: 'other',
  requests: null,
  stop: async () => {},
});

async function embeddedTable(clock: SetClock): Promise<CountedTable> {
  const database = await startEmbeddedDynamoDb();
  const nothing = (): Requests => ({ reads: 0, writes: 0, readUnits: 0, writeUnits: 0 });
  const requests = {
    matches: nothing(),
    placing: nothing(),
    alerting: nothing(),
    sweeps: nothing(),
    other: nothing(),
  };
  const stores = createDynamoDbStores({
    client: database.client,
    tableName: await database.newTable(),
    clock,
    onConsumed: (operation, units) => {
      const counted = requests[table.stage];
      if (/^(?:Put|Update|Delete|TransactWrite|BatchWrite)/.test(operation)) {
        counted.writes += 1;
        counted.writeUnits += units;
      } else {
        counted.reads += 1;
        counted.readUnits += units;
      }
    },
  });
  const table: CountedTable = {
    name: 'the embedded database',
    stores,
    stage: 'other',
    requests,
    stop: () => database.stop(),
  };
  return table;
}

// ---------------------------------------------------------------- the replay

interface Replayed {
  readonly days: number;
  readonly articles: number;
  /** Documents by the article that they became. */
  readonly documentIds: ReadonlyMap<ArticleId, string>;
  readonly hits: readonly Hit[];
  readonly matches: ReadonlyMap<ArticleId, readonly Match[]>;
  readonly subscribers: readonly Subscription[];
  readonly deliveries: readonly Delivery[];
  readonly seconds: number;
}

async function replay(
  documents: readonly Document[],
  from: number,
  topics: readonly Topic[],
  table: CountedTable,
  clock: SetClock,
): Promise<Replayed> {
  const { stores } = table;
  const began = performance.now();
  const common = { ...stores, clock, log: SILENT, metrics: { put: () => {} } };
  let accepted = 0;
  const accept = async (): Promise<string> => {
    accepted += 1;
    return `accepted-${accepted}`;
  };
  const ports = {
    ...common,
    ...createPlacingParts({ ...common, waitBeforeTry: async () => {} }),
    articleQueue: { sendLater: async () => {} },
    pages: { fetchPage: () => Promise.reject(new Error('no page is asked for')) },
    extractor: { extract: () => Promise.reject(new Error('no page is read')) },
    topicsInForce: createTopicsInForce(common, compileTopics),
    mailer: { sendMail: async () => ({ providerId: await accept(), messageId: `${accepted}@example.org` }) },
    alertPublisher: { publish: accept },
    ...testChannels(),
    deliveryQueue: { send: async () => {} },
    sendQuota: { read: async () => null },
    alertLinks: alertLinksUnder(undefined),
  };
  await stores.topics.putTopics(topics, { source: 'configuration' });
  const subscribers = subscribersTo(topics, clock);
  for (const each of subscribers) await stores.subscriptions.createSubscription(each);

  const documentIds = new Map<ArticleId, string>();
  const matches = new Map<ArticleId, readonly Match[]>();
  let articles = 0;
  let days = 0;

  const during = async <T>(stage: Stage, work: () => Promise<T>): Promise<T> => {
    table.stage = stage;
    try {
      return await work();
    } finally {
      table.stage = 'other';
    }
  };
  const placing = {
    ...ports,
    // The records of matches come first, then the hit.
    hits: {
      getHit: (id: ArticleId) => {
        table.stage = 'placing';
        return stores.hits.getHit(id);
      },
      revise: stores.hits.revise.bind(stores.hits),
    },
  };

  async function take(document: Document): Promise<void> {
    const message = messageOf(document, clock);
    if (document.at < from) {
      countWords(buildArticle(message, null), ports);
      return;
    }
    articles += 1;
    await ports.topicsInForce();
    const report = await during('matches', () => matchArticle(message, placing, SETTINGS));
    const found = report.matches.filter(({ outcome }) => outcome === 'stored').map(({ match }) => match);
    const article = report.article?.id;
    if (article === undefined || found.length === 0) return;
    documentIds.set(article, document.id);
    matches.set(article, [...(matches.get(article) ?? []), ...found]);
    await during('alerting', () => sendAlerts(article, ports, SETTINGS));
  }

  const sweepOnce = (): Promise<unknown> =>
    during('sweeps', () =>
      sweep(ports, SETTINGS, { maxEntries: 100_000, deadline: new Date(clock.now().getTime() + MINUTE_MS) }),
    );

  async function step(due: readonly Document[]): Promise<void> {
    clock.advance(STEP_MS);
    for (const document of due) await take(document);
    await ports.words.exchange();
    if (clock.now().getTime() >= from) await sweepOnce();
  }

  let next = 0;
  while (next < documents.length) {
    const untilNext = documents[next]!.at - clock.now().getTime();
    if (untilNext > LONGEST_QUIET_MS) {
      for (let ms = 0; ms < AFTER_MS; ms += STEP_MS) await step([]);
      clock.set(new Date(documents[next]!.at).toISOString());
    }
    const end = clock.now().getTime() + STEP_MS;
    const begun = next;
    while (next < documents.length && documents[next]!.at <= end) next += 1;
    if (end > from) days += STEP_MS / DAY_MS;
    await step(documents.slice(begun, next));
  }
  for (let ms = 0; ms < AFTER_MS; ms += STEP_MS) await step([]);

  const hits = await stores.hits.getHits([...matches.keys()]);
  const ids = hits.flatMap(({ article, revision }) =>
    Array.from({ length: revision }, (_, n) => subscribers.map(({ id }) => hitDeliveryIdOf(article, n + 1, id))).flat(),
  );
  const deliveries = await stores.deliveries.getDeliveries(ids);
  return {
    days,
    articles,
    documentIds,
    hits,
    matches,
    subscribers,
    deliveries,
    seconds: (performance.now() - began) / 1_000,
  };
}

/** One to everything, and three to a third of the topics each. */
function subscribersTo(topics: readonly Topic[], clock: SetClock): readonly Subscription[] {
  const ids = topics.map(({ id }) => id).sort();
  const third = (n: number): readonly string[] => ids.filter((_, index) => index % 3 === n);
  const at = clock.now().toISOString();
  return [['*'], third(0), third(1), third(2)].map((wanted, n) => ({
    ...defaultSubscriptionSettings,
    id: `reader-${n}` as SubscriptionId,
    channel: 'email',
    target: `reader-${n}@example.org`,
    topics: wanted,
    state: 'active',
    stateReason: null,
    consent: null,
    unsubscribeToken: `token-${n}`,
    snsSubscriptionArn: null,
    createdAt: at,
    updatedAt: at,
  }));
}

function messageOf({ title, text, lang, source, url, at }: Document, clock: SetClock): ArticleMessage {
  const published = new Date(at).toISOString();
  const feedUrl = `https://${source}/`;
  return {
    v: 1,
    kind: 'article',
    feed: { id: feedIdOf(feedUrl), title: source, url: feedUrl, language: lang, fullText: 'never' },
    item: {
      id: url,
      title,
      url,
      published,
      updated: null,
      summary: text,
      content: null,
      authors: [],
      categories: [],
      language: null,
    },
    linkIsOwn: true,
    firstPoll: false,
    datesAreReliable: true,
    polledAt: clock.now().toISOString(),
    truncated: false,
  };
}

// ---------------------------------------------------------------- what came of it

function tellStream({ articles, hits, matches, days, seconds }: Replayed): void {
  const stories = new Set(hits.map(({ story }) => story.id));
  tell('articles', articles, '');
  tell('matches', [...matches.values()].flat().length, '');
  tell('hits: articles in which a topic holds', hits.length, '');
  for (const kind of ['first', 'new', 'same', 'copy'] as const)
    tell(`  ${kind}`, hits.filter(({ story }) => story.kind === kind).length, '');
  tell('stories', stories.size, '');
  tell('hits a day', hits.length / days, '');
  tell('the replay took', seconds, 's');
}

function tellSubscriber(subscriber: Subscription, { days, matches, deliveries, hits }: Replayed): void {
  const now = new Date();
  const wanted = [...matches.values()].map((some) => wantedOf(subscriber, some, null, now).matches);
  const own = deliveries.filter(({ subscriptionId }) => subscriptionId === subscriber.id);
  const sent = own.filter(({ state }) => state === 'sent');
  const merged = own.filter(({ state }) => state === 'merged');
  const spokenFor = merged.filter(wasHeld);
  const updates = sent.filter(({ kind }) => kind === 'update');
  const heldUpdates = updates.filter(wasHeld);
  const causes = Object.groupBy(updates, causesOf(hits));
  const aDay = (count: number): string => (count / days).toFixed(1);
  heading(`A subscriber to ${subscriber.topics.join(', ')}`);
  tell('mails a day, one for each topic of each article', wanted.flat().length / days, '');
  tell('mails a day, one for each article', wanted.filter((some) => some.length > 0).length / days, '');
  tell('mails a day, with stories', sent.length / days, '');
  note(
    `of these ${aDay(sent.length - updates.length)} first alerts and ${aDay(updates.length)} updates, ${aDay(heldUpdates.length)} of which were held first`,
  );
  note(
    `updates by cause, a day: ${UPDATE_CAUSES.map((cause) => `${cause} ${aDay(causes[cause]?.length ?? 0)}`).join(', ')}`,
  );
  note(
    `held back a day: ${aDay(merged.length)}, of which ${aDay(spokenFor.length)} waited and are in a later update; not sent otherwise: ${own.length - sent.length - merged.length} in all`,
  );
  const delays = [...heldUpdates, ...spokenFor].map((each) => waitedMs(each) / HOUR_MS);
  if (delays.length > 0)
    note(
      `what was held waited ${median(delays).toFixed(1)} hours in the middle, ${quantile(delays, 0.95).toFixed(1)} in one case of twenty, ${Math.max(...delays).toFixed(1)} at most`,
    );
}

const UPDATE_CAUSES = ['something new', 'a third text', 'nothing but a topic that was not alerted yet'] as const;

function causesOf(hits: readonly Hit[]): (update: Delivery) => (typeof UPDATE_CAUSES)[number] {
  const byArticle = new Map<string | null, Hit>(hits.map((hit) => [hit.article, hit]));
  return ({ articleId }) => {
    const hit = byArticle.get(articleId);
    if (hit?.story.kind === 'new') return 'something new';
    return hit !== undefined && newsOf(hit).length > 0
      ? 'a third text'
      : 'nothing but a topic that was not alerted yet';
  };
}

/** Longer than any try takes. */
const wasHeld = (delivery: Delivery): boolean => waitedMs(delivery) > STEP_MS;
const waitedMs = ({ createdAt, updatedAt, sentAt }: Delivery): number =>
  Date.parse(sentAt ?? updatedAt) - Date.parse(createdAt);

function tellRequests({ requests }: CountedTable, { days, hits, deliveries, matches }: Replayed): void {
  if (requests === null) {
    note('requests are not counted: these stores are in memory');
    return;
  }
  const stored = [...matches.values()].flat().length;
  heading('Asked of the table');
  const { placing } = requests;
  tell('reads to place a hit, requests', placing.reads / hits.length, '', { most: MOST_READS });
  tell('writes to place a hit, requests', placing.writes / hits.length, '', { most: MOST_WRITES });
  tell('read units to place a hit', placing.readUnits / hits.length, '');
  tell('write units to place a hit', placing.writeUnits / hits.length, '');
  tell('write units to store a match', requests.matches.writeUnits / stored, '');
  // The SNS topic gets an event for each match and one for each hit, of which the story may hold some back.
  const all = deliveries.length + hits.length + stored;
  tell('reads of a delivery, requests', requests.alerting.reads / all, '');
  tell('writes of a delivery, requests', requests.alerting.writes / all, '');
  tell('read units of a delivery', requests.alerting.readUnits / all, '');
  tell('write units of a delivery', requests.alerting.writeUnits / all, '');
  note(`the sweeps sent ${((requests.sweeps.reads + requests.sweeps.writes) / days).toFixed(0)} requests a day`);
}

/** In the order in which it came to pass. */
function writeList(file: string, replayed: Replayed, documents: ReadonlyMap<string, Document>): void {
  const hits = new Map(replayed.hits.map((hit) => [hit.article, hit]));
  const lastOf = new Map<string, unknown>();
  const lines = replayed.deliveries
    .toSorted((a, b) => (endOf(a) < endOf(b) ? -1 : 1))
    .flatMap((delivery) => {
      const hit = hits.get(delivery.articleId ?? ('' as ArticleId));
      if (hit === undefined) return [];
      const document = documents.get(replayed.documentIds.get(hit.article) ?? '');
      const matched = replayed.matches.get(hit.article) ?? [];
      const about = {
        document: document?.id,
        at: endOf(delivery),
        source: document?.source,
        title: document?.title,
        text: document?.text,
      };
      const reader = `${delivery.subscriptionId} ${hit.story.id}`;
      const before = lastOf.get(reader) ?? null;
      if (delivery.state === 'sent') lastOf.set(reader, { ...about, kind: delivery.kind });
      const { subscriptionId, state, kind, reason } = delivery;
      const topics = matched.filter(({ id }) => delivery.matchIds.includes(id)).map(({ topic }) => topic.id);
      const waitedHours = waitedMs(delivery) / HOUR_MS;
      return JSON.stringify({
        subscriptionId,
        state,
        kind,
        reason,
        waitedHours,
        topics,
        ...about,
        story: hit.story,
        before,
      });
    });
  writeFileSync(file, `${lines.join('\n')}\n`);
}

const endOf = ({ sentAt, updatedAt }: Delivery): string => sentAt ?? updatedAt;
