// The whole way of the data in memory: the real use cases on memory stores, queues that outlive a process, a clock one sets, publishers that
// answer as told. A process is started, runs for some minutes, and may die; the world stays.

import { alertLinksUnder } from '../../shared/alerts/alert-links.ts';
import { compileTopics } from '../../shared/matching/topic-matcher.ts';
import type { ArticleId } from '../../shared/model/ids.ts';
import type { ArticleMessage, DeliveryMessage, PollMessage } from '../../shared/model/messages.ts';
import type { Settings } from '../../shared/model/settings.ts';
import type { Subscription } from '../../shared/model/subscription.ts';
import type { Topic } from '../../shared/model/topic.ts';
import { deliverQueued } from '../../shared/usecases/alerting/deliver.ts';
import { recordAlerts } from '../../shared/usecases/alerting/record-alerts.ts';
import { sweep } from '../../shared/usecases/alerting/sweep.ts';
import { createTopicsInForce, matchArticle } from '../../shared/usecases/matching/match-articles.ts';
import { type PollPorts, pollFeeds } from '../../shared/usecases/polling/poll-feeds.ts';
import { schedulePolls } from '../../shared/usecases/polling/schedule-polls.ts';
import { ALERT_SETTINGS, type SentMail, wholeBudget } from './alert-world.ts';
import { aClock, added, aNewFeed, type SetClock } from './builders.ts';
import { type TestChannels, testChannels } from './channels.ts';
import { type CrashPlan, dying } from './crashes.ts';
import { aLog, aPublisher, type Publisher, readItems, someMetrics } from './fakes.ts';
import { createMemoryStores, type MemoryStores } from './memory-store.ts';
import { placingParts } from './placing.ts';

const MINUTE_MS = 60_000;
/** As on AWS, where a message stays hidden for six times the function's timeout. */
const HIDDEN_MS = 6 * MINUTE_MS;
const NEVER: CrashPlan = { at: Number.POSITIVE_INFINITY, when: 'before' };

/** A queue that hides what it hands out until it is removed or time is up; it belongs to no process. */
export interface DurableQueue<Message> {
  send(messages: readonly Message[]): Promise<void>;
  sendLater(messages: readonly Message[], seconds: number): Promise<void>;
  /** The oldest visible message, or null. */
  receive(): Promise<{ readonly id: number; readonly message: Message } | null>;
  remove(id: number): Promise<void>;
  /** Hidden messages are visible again, as after the time they are hidden for. */
  releaseAll(): void;
  /** Messages in the queue, hidden ones included. */
  depth(): number;
}

export function aDurableQueue<Message>(clock: SetClock): DurableQueue<Message> {
  const messages = new Map<number, { readonly body: string; visibleAt: number }>();
  let sent = 0;
  const accept = (all: readonly Message[], visibleAt: number): void => {
    for (const message of all) {
      sent += 1;
      messages.set(sent, { body: JSON.stringify(message), visibleAt });
    }
  };
  return {
    async send(all) {
      accept(all, 0);
    },
    async sendLater(all, seconds) {
      accept(all, clock.now().getTime() + seconds * 1000);
    },
    async receive() {
      const now = clock.now().getTime();
      for (const [id, message] of messages) {
        if (message.visibleAt > now) continue;
        message.visibleAt = now + HIDDEN_MS;
        return { id, message: JSON.parse(message.body) as Message };
      }
      return null;
    },
    async remove(id) {
      messages.delete(id);
    },
    releaseAll() {
      for (const message of messages.values()) message.visibleAt = 0;
    },
    depth: () => messages.size,
  };
}

export interface PipelineWorld {
  readonly settings: Settings;
  readonly clock: SetClock;
  readonly stores: MemoryStores;
  readonly publisher: Publisher;
  /** Reads what the publisher's `show` wrote, unless a test brings the real one. */
  readonly readFeed?: PollPorts['readFeed'];
  /** Article pages by address: their text. */
  readonly pages: Map<string, string>;
  /** By address: what a page fails by at the moment, null when it is there. */
  readonly pageFailures: Map<string, () => Error | null>;
  readonly polls: DurableQueue<PollMessage>;
  readonly articles: DurableQueue<ArticleMessage>;
  readonly deliveryMessages: DurableQueue<DeliveryMessage>;
  /** Ids of pending hits, as the table's stream would tell them. */
  readonly stream: DurableQueue<ArticleId>;
  readonly mails: SentMail[];
  /** Ids of the events published for machines, one a match. */
  readonly publications: { readonly id: string; readonly matchId: string }[];
  /** Ids of the alerts published, one for each that brings something new to its story. */
  readonly alerts: { readonly id: string; readonly matchId: string }[];
  /** Services that are reached over HTTP, and where the subscribers are there; they take every message, unless a test brings others. */
  readonly channels: Pick<TestChannels, 'channelSender' | 'channelSecrets'>;
}

export async function aPipelineWorld(things: {
  readonly at: string;
  readonly feeds: readonly Parameters<typeof aNewFeed>[0][];
  readonly topics: readonly Topic[];
  readonly subscriptions: readonly Subscription[];
  readonly settings?: Settings;
  readonly channels?: (clock: SetClock) => PipelineWorld['channels'];
}): Promise<PipelineWorld> {
  const clock = aClock(things.at);
  const stream = aDurableQueue<ArticleId>(clock);
  const stores = createMemoryStores({ clock, onPendingHit: ({ article }) => void stream.send([article]) });
  for (const feed of things.feeds) await stores.feeds.addFeed(aNewFeed({ addedAt: added(things.at), ...feed }));
  await stores.topics.putTopics(things.topics);
  for (const subscription of things.subscriptions) await stores.subscriptions.createSubscription(subscription);
  return {
    settings: things.settings ?? ALERT_SETTINGS,
    clock,
    stores,
    stream,
    publisher: aPublisher(),
    pages: new Map(),
    pageFailures: new Map(),
    polls: aDurableQueue(clock),
    deliveryMessages: aDurableQueue(clock),
    articles: aDurableQueue(clock),
    mails: [],
    publications: [],
    alerts: [],
    channels: things.channels?.(clock) ?? testChannels(),
  };
}

/** What one process does with the events it is given; it keeps its own state, such as compiled topics. */
export interface Process {
  schedule(): Promise<void>;
  poll(message: PollMessage): Promise<void>;
  match(message: ArticleMessage): Promise<void>;
  alert(id: ArticleId): Promise<void>;
  deliver(message: DeliveryMessage): Promise<void>;
  sweep(): Promise<void>;
  /** Takes everything from the queues and the stream, until they show nothing more. */
  drain(): Promise<void>;
  /** Calls to the world so far. */
  calls(): number;
  isDead(): boolean;
}

export function startProcess(world: PipelineWorld, plan: CrashPlan = NEVER): Process {
  const { clock, settings } = world;
  const { ports: outside, calls } = dying(
    {
      ...world.stores,
      ...world.channels,
      polls: world.polls,
      articles: world.articles,
      deliveryMessages: world.deliveryMessages,
      stream: world.stream,
      fetcher: world.publisher,
      pages: pagesOf(world),
      extractor: EXTRACTOR,
      mailer: mailerInto(world),
      alertPublisher: alertTopicInto(world),
    },
    plan,
  );
  const ports = {
    ...outside,
    pollQueue: outside.polls,
    articleQueue: outside.articles,
    readFeed: world.readFeed ?? readItems,
    topicsInForce: createTopicsInForce({ topics: outside.topics, clock, log: aLog() }, compileTopics),
    ...placingParts({ wordCounts: outside.wordCounts, clock }),
    deliveryQueue: { send: outside.deliveryMessages.sendLater },
    sendQuota: { read: async () => null },
    alertLinks: alertLinksUnder('https://links.example.org'),
    clock,
    log: aLog(),
    metrics: someMetrics(),
  };
  const poll = async (message: PollMessage): Promise<void> => void (await pollFeeds(message, ports, settings));
  const match = async (message: ArticleMessage): Promise<void> => void (await matchArticle(message, ports, settings));
  const alert = async (id: ArticleId): Promise<void> => void (await recordAlerts(id, ports, settings));
  const deliver = async (message: DeliveryMessage): Promise<void> =>
    void (await deliverQueued(message, ports, settings));
  return {
    poll,
    match,
    alert,
    deliver,
    schedule: async () => void (await schedulePolls(ports, settings)),
    sweep: async () => void (await sweep(ports, settings, wholeBudget(clock))),
    async drain() {
      await drainOne(ports.polls, poll);
      await drainOne(ports.articles, match);
      await drainOne(ports.stream, alert);
      await drainOne(ports.deliveryMessages, deliver);
    },
    calls,
    isDead: () => calls() >= plan.at,
  };
}

/** Minute by minute, as the schedules do; ends when the process is dead. What is not a planned death is thrown. */
export async function runMinutes(world: PipelineWorld, process: Process, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes && !process.isDead(); minute += 1) {
    world.clock.advance(MINUTE_MS);
    try {
      await process.schedule();
      await process.drain();
      if (world.clock.now().getUTCMinutes() % 5 === 0) await process.sweep();
    } catch (error) {
      if (!process.isDead()) throw error;
    }
  }
}

/** Each story under a name that does not tell which report came first: its articles, sorted. */
export function storyNames({ stores }: PipelineWorld): ReadonlyMap<string, string> {
  const byStory = Map.groupBy(Object.values(stores.snapshot().hits), ({ story }) => story.id);
  return new Map(
    [...byStory].map(([id, hits]) => [
      id,
      hits
        .map(({ article }) => article)
        .sort()
        .join(' '),
    ]),
  );
}

/** Nothing waits in a queue, and nothing is due or will be. */
export async function isIdle({
  polls,
  articles,
  deliveryMessages,
  stream,
  stores,
  clock,
}: PipelineWorld): Promise<boolean> {
  if (polls.depth() + articles.depth() + deliveryMessages.depth() + stream.depth() > 0) return false;
  const inAWeek = new Date(clock.now().getTime() + 7 * 24 * 60 * MINUTE_MS).toISOString();
  return (await stores.due.listDue(inAWeek, 1)).length === 0;
}

/** Milliseconds until something is due that is stored; 0 when something is, or nothing ever will be. */
export async function untilNextDue({ stores, clock }: PipelineWorld): Promise<number> {
  const now = clock.now().getTime();
  const [next] = await stores.due.listDue(new Date(now + 7 * 24 * 60 * MINUTE_MS).toISOString(), 1);
  return next === undefined ? 0 : Math.max(0, Date.parse(next.dueAt) - now);
}

async function drainOne<Message>(queue: DurableQueue<Message>, work: (message: Message) => Promise<void>) {
  for (let next = await queue.receive(); next !== null; next = await queue.receive()) {
    await work(next.message);
    await queue.remove(next.id);
  }
}

const pagesOf = ({ pages, pageFailures }: PipelineWorld) => ({
  async fetchPage(url: string) {
    const failure = pageFailures.get(url)?.() ?? null;
    if (failure !== null) throw failure;
    return { html: pages.get(url) ?? '', finalUrl: url };
  },
});

const EXTRACTOR = {
  extract: async (html: string) =>
    html === ''
      ? { ok: false as const, reason: 'the page holds no text' }
      : { ok: true as const, text: html, title: null, canonicalUrl: null, language: null },
};

const mailerInto = ({ mails, clock }: PipelineWorld) => ({
  async sendMail(mail: Omit<SentMail, 'at'>) {
    mails.push({ ...mail, at: clock.now().toISOString() });
    return { providerId: `mail-${mails.length}`, messageId: mail.messageId };
  },
});

const alertTopicInto = ({ publications, alerts }: PipelineWorld) => ({
  async publish({ json, matchId }: { readonly json: string; readonly matchId: string }) {
    const { id, type } = JSON.parse(json) as { readonly id: string; readonly type: string };
    (type === 'alert' ? alerts : publications).push({ id, matchId });
    return `publication-${publications.length + alerts.length}`;
  },
});
