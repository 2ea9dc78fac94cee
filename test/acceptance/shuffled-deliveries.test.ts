// Queues, streams and schedules may deliver an event more than once, late and in any order. Whatever they do, the stores end up the same.
import { jest } from '@jest/globals';
import { FetchFailedError } from '../../shared/core/errors.ts';
import { isWebChannel, WEB_CHANNELS } from '../../shared/model/channels.ts';
import type { SubscriptionId } from '../../shared/model/ids.ts';
import type { Item } from '../../shared/model/item.ts';
import { anItem, aSubscription, aTopic, later } from '../support/builders.ts';
import { secretOf } from '../support/channel-messages.ts';
import { type TestChannels, testChannels } from '../support/channels.ts';
import { ONE_EVENT } from '../support/one-event.ts';
import {
  aPipelineWorld,
  type DurableQueue,
  isIdle,
  type PipelineWorld,
  type Process,
  startProcess,
  storyNames,
  untilNextDue,
} from '../support/pipeline-world.ts';

jest.setTimeout(120_000);

const FEEDS = ['one', 'two', 'three', 'four', 'five'].map((name) => `https://${name}.example.org/feed`);
const SEEDS = 100;
const MOST_COPIES = 5;
/** Events that are under way at the same time. */
const WIDTH = 4;
const MINUTE_MS = 60_000;
/** After the afternoon: for digests, alerts that waited for another, and updates, which come four hours after the first alert. */
const MOST_SWEEPS = 20;

const item = (path: string, title: string, text: string) => {
  const url = `https://news.example.org/${path}`;
  return anItem({ id: url, url, title, summary: text });
};
const RIVER = item(
  'river',
  'Wedding guests stranded',
  'A bridal convoy missed its boat on the river at Lakeside. The treaty on lobsters was ratified.',
);
const TREATY = item('treaty', 'Parliament votes', 'The extradition treaty was ratified after two readings.');
const SOUP = item('soup', 'Soup of the week', 'Leeks, potatoes and an hour of patience.');
/** Its page fails in the morning, and says more than its summary. */
const HARBOUR = item(
  'harbour',
  'Ships wait',
  'Pilots on strike keep tankers at anchor off the estuary; a convoy waits at the river mouth for a third day.',
);
/** Its page always fails. */
const FERRY = item(
  'ferry',
  'Ferry repaired',
  'Mechanics mended the diesel engine in a shed at noon: the convoy of barges on the river can go on to the lock.',
);
const EVENING = item(
  'evening',
  'Circus in town',
  'Elephants, acrobats and a brass band came as a convoy to the river meadow, where tents were raised for children.',
);

/** Its words arrive in the afternoon. */
const EARLY = item('early', 'From the north', 'More soon.');
const EDITED = {
  ...EARLY,
  summary:
    'More soon: herders led a reindeer convoy over the frozen river to winter pastures, and a biologist counted two hundred antlers.',
};
/** Two bulletins under one guid. */
const FOG = { ...item('fog', 'Fog over the bay', 'Ships wait for clear weather.'), id: 'current-bulletin' };
const CROSSING = {
  ...item('crossing', 'Swans return', 'Cygnets in a convoy paddled down the river past the mill.'),
  id: FOG.id,
  published: later(5 * MINUTE_MS),
};

/** One event in three feeds, and what happened next. */
const [AGENCY, COPY, OWN_WORDS, UPDATE] = [ONE_EVENT.agency, ONE_EVENT.copy, ONE_EVENT.ownWords, ONE_EVENT.update].map(
  ({ path, title, text }) => item(path, title, text),
) as [Item, Item, Item, Item];

/** What the feeds show in the morning and in the evening; nothing but the fog leaves them in between. */
const MORNING = [[RIVER, SOUP, EARLY, AGENCY], [RIVER, TREATY, COPY], [SOUP, OWN_WORDS], [HARBOUR, FERRY], [FOG]];
const AFTERNOON = [
  [EVENING, RIVER, SOUP, EDITED, AGENCY],
  [UPDATE, RIVER, TREATY],
  [EVENING, TREATY, SOUP],
  [HARBOUR, FERRY],
  [CROSSING],
];
/** The one feed whose pages are read. */
const WITH_PAGES = FEEDS[3];

const TREATIES = aTopic({ id: 'treaties', title: 'Treaties', any: { en: ['treaty NEAR/5 ratified'] } });
const SUBSCRIPTIONS = [
  aSubscription({ id: 'every' as SubscriptionId, target: 'every@example.org', topics: ['*'] }),
  aSubscription({ id: 'rivers' as SubscriptionId, target: 'rivers@example.org' }),
  aSubscription({ id: 'hourly' as SubscriptionId, target: 'hourly@example.org', topics: ['*'], digest: 'hourly' }),
  ...WEB_CHANNELS.map((channel) =>
    aSubscription({ id: channel as string as SubscriptionId, channel, target: channel, topics: [TREATIES.id] }),
  ),
];

type Event = () => Promise<void>;

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How events are handed over: how many copies of each, which comes next, how many at once, which copies come in the next part of the day. */
interface Courier {
  copies(): number;
  /** Index of the next of so many. */
  pick(waiting: number): number;
  readonly width: number;
  isLate(): boolean;
}

const ORDERLY: Courier = { copies: () => 1, pick: () => 0, width: 1, isLate: () => false };

function disorderly(seed: number): Courier {
  const random = randomFrom(seed);
  return {
    copies: () => 1 + Math.floor(random() * MOST_COPIES),
    pick: (waiting) => Math.floor(random() * waiting),
    width: 1 + Math.floor(random() * WIDTH),
    isLate: () => random() < 0.3,
  };
}

interface Day {
  readonly world: PipelineWorld;
  /** What came on which channel, in some order. */
  readonly posted: readonly string[];
}

/** Morning, afternoon, and sweeps until the digest is out. */
async function aDay(courier: Courier): Promise<Day> {
  const channels = testChannels();
  for (const { id, channel } of SUBSCRIPTIONS)
    if (isWebChannel(channel)) await channels.channelSecrets.putSecret(id, secretOf(channel));
  const world = await aPipelineWorld({
    at: later(0),
    feeds: FEEDS.map((url) => ({
      url,
      title: '',
      fullText: url === WITH_PAGES ? ('auto' as const) : ('never' as const),
    })),
    topics: [aTopic(), TREATIES],
    subscriptions: SUBSCRIPTIONS,
    channels: () => channels,
  });
  const unavailable = (url: string) => new FetchFailedError('http', url, `${url}: answered 503`, { status: 503 });
  let isMorning = true;
  world.pages.set(
    HARBOUR.url ?? '',
    'Ships wait. The treaty was ratified without them, and nobody knows what comes next.',
  );
  world.pageFailures.set(HARBOUR.url ?? '', () => (isMorning ? unavailable(HARBOUR.url ?? '') : null));
  world.pageFailures.set(FERRY.url ?? '', () => unavailable(FERRY.url ?? ''));
  const process = startProcess(world);
  const waiting: Event[] = [];
  const late: Event[] = [];
  const bring = (event: Event): void => {
    waiting.push(event);
    const copies = courier.copies();
    for (let copy = 1; copy < copies; copy += 1) (courier.isLate() ? late : waiting).push(event);
  };
  await runPart(MORNING);
  isMorning = false;
  await runPart(AFTERNOON);
  for (let step = 0; step < MOST_SWEEPS && !(await isIdle(world)); step += 1) {
    world.clock.advance(Math.max(5 * MINUTE_MS, await untilNextDue(world)));
    await process.drain();
    await process.sweep();
  }
  return { world, posted: channels.posted.map(nameOfPosted).sort() };

  async function runPart(shown: readonly (readonly Item[])[]): Promise<void> {
    for (const [index, url] of FEEDS.entries()) world.publisher.show(url, { items: shown[index] ?? [] });
    waiting.push(...late.splice(0));
    for (let minute = 0; minute < 10; minute += 1) {
      await process.schedule();
      world.clock.advance(MINUTE_MS);
    }
    bring(() => process.sweep());
    for (;;) {
      await takeNew(world, process, bring);
      if (waiting.length === 0) break;
      const width = Math.min(courier.width, waiting.length);
      const events = Array.from({ length: width }, () => waiting.splice(courier.pick(waiting.length), 1)).flat();
      await Promise.all(events.map((event) => event()));
    }
  }
}

const nameOfPosted = ({ channel, message }: TestChannels['posted'][number]): string =>
  `${channel} ${message.kind}: ${message.stories.map(({ title }) => title).join()}`;

/** What the queues and the stream hold becomes events; the courier is the one who repeats them. */
async function takeNew(world: PipelineWorld, process: Process, bring: (event: Event) => void): Promise<void> {
  await take(world.polls, process.poll, bring);
  await take(world.articles, process.match, bring);
  await take(world.stream, process.alert, bring);
  await take(world.deliveryMessages, process.deliver, bring);
}

async function take<T>(queue: DurableQueue<T>, work: (message: T) => Promise<void>, bring: (event: Event) => void) {
  for (let next = await queue.receive(); next !== null; next = await queue.receive()) {
    const { id, message } = next;
    bring(() => work(message));
    await queue.remove(id);
  }
}

/**
 * Instants and counters depend on the way taken; everything else is the end state. Which feed was first to bring an article is chance as well, and so is
 * which report of an event came first: a story is named by its reports, and what became of their alerts is listed together.
 */
function endState(world: PipelineWorld): unknown {
  const WAY = new Set(['version', 'attempts', 'expiresAt', 'providerId']);
  const { hits, stories, closedStories, storyKeys, readers, deliveries, singleAlerts, ...rest } =
    world.stores.snapshot();
  const names = storyNames(world);
  const ofStories = Object.values(deliveries).filter(({ storyId }) => storyId !== null);
  const state = {
    ...rest,
    deliveries: Object.keys(deliveries),
    events: Object.values(deliveries).filter(({ storyId }) => storyId === null),
    grouping: [...names.values()].sort(),
    revisions: Object.values(hits).map(({ article, revision, alertState, matches: found }) => ({
      article,
      revision,
      alertState,
      topics: found.map(({ topic }) => topic).sort(),
    })),
    outcomes: sortedEntries(
      Map.groupBy(ofStories, (one) => `${one.subscriptionId} of ${names.get(one.storyId ?? '')}`),
      (some) => some.map(({ kind, state: outcome }) => `${kind} ${outcome}`).sort(),
    ),
    told: sortedEntries(
      Map.groupBy(Object.values(readers), (one) => `${one.subscriptionId} of ${names.get(one.storyId)}`),
      (some) => some.map(({ topics, severity, held, sending }) => ({ topics, severity, held, sending })),
    ),
  };
  return JSON.parse(JSON.stringify(state), (key, value: unknown) => {
    if (WAY.has(key)) return undefined;
    // A note tells when its item was matched.
    if (typeof value === 'string' && /^[0-9a-f]{70}$/.test(value)) return value.slice(0, 12);
    if (key === 'sources') return (value as readonly unknown[]).map((each) => JSON.stringify(each)).sort();
    return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? 'an instant' : value;
  });
}

const sortedEntries = <T, R>(groups: ReadonlyMap<string, T>, summary: (group: T) => R): readonly [string, R][] =>
  [...groups].map(([name, group]): [string, R] => [name, summary(group)]).sort(([a], [b]) => (a < b ? -1 : 1));

/** The mails, or alerts of the topic, by what they are about: a story, or a digest's window. */
function aboutWhat(world: PipelineWorld, ids: readonly string[]): readonly string[] {
  const { deliveries } = world.stores.snapshot();
  const names = storyNames(world);
  const what = (id: string): string => {
    const delivery = deliveries[id];
    return delivery === undefined
      ? id
      : `${delivery.subscriptionId} ${delivery.kind} ${names.get(delivery.storyId ?? '')}`;
  };
  return ids.map((id) => what(id.replace(/@.*/, ''))).sort();
}

describe('events that come up to five times, late, side by side and in any order', () => {
  it(`leave the same behind as events that come once and in order, over ${SEEDS} orders`, async () => {
    const { world: orderly, posted: postedInOrder } = await aDay(ORDERLY);
    const wanted = endState(orderly);
    const { matches, deliveries } = orderly.stores.snapshot();
    expect([Object.keys(matches).length, Object.keys(deliveries).length]).toEqual([13, 77]);
    expect(orderly.mails.filter(({ to }) => to === 'rivers@example.org')).toHaveLength(8);
    expect(postedInOrder).toHaveLength(18);
    const mailsOf = (world: PipelineWorld) =>
      aboutWhat(
        world,
        world.mails.map(({ messageId }) => messageId),
      );
    const alertsOf = (world: PipelineWorld) =>
      aboutWhat(
        world,
        world.alerts.map(({ id }) => id),
      );

    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const { world, posted } = await aDay(disorderly(seed));
      expect({ seed, state: endState(world) }).toEqual({ seed, state: wanted });
      // Nobody died, so nothing was told twice.
      expect(mailsOf(world)).toEqual(mailsOf(orderly));
      expect(alertsOf(world)).toEqual(alertsOf(orderly));
      expect(posted).toEqual(postedInOrder);
      expect(new Set(world.mails.map(({ messageId }) => messageId)).size).toBe(world.mails.length);
      expect(world.publications.map(({ id }) => id).sort()).toEqual(orderly.publications.map(({ id }) => id).sort());
    }
  });
});
