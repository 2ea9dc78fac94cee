// A process that dies at any call to the world, before the call takes effect or before its answer is seen, and another that goes on from what
// is stored: nothing is lost, and what is told twice carries the same id.
import { jest } from '@jest/globals';
import { FetchFailedError } from '../../shared/core/errors.ts';
import {
  articleIdOf,
  deliveryIdOf,
  feedIdOf,
  hitDeliveryIdOf,
  matchIdOf,
  type SubscriptionId,
} from '../../shared/model/ids.ts';
import { type Delivery, SNS_TOPIC_SUBSCRIPTION } from '../../shared/model/subscription.ts';
import { anItem, aSubscription, aTopic, later } from '../support/builders.ts';
import { atEachPoint, crashPoints, mostRepeats, runWithDeaths } from '../support/crash-runs.ts';
import type { CrashPlan } from '../support/crashes.ts';
import { ONE_EVENT } from '../support/one-event.ts';
import {
  aPipelineWorld,
  isIdle,
  type PipelineWorld,
  type Process,
  runMinutes,
  storyNames,
} from '../support/pipeline-world.ts';

jest.setTimeout(400_000);

const FIRST = 'https://first.example.org/feed';
const SECOND = 'https://second.example.org/feed';
const UNSTEADY = 'https://unsteady.example.org/feed';
const MINUTE_MS = 60_000;
/** Twenty minutes before the hour, so that the hourly digest closes within the run. */
const BEGIN = later(40 * MINUTE_MS);
const PARTS = [
  { from: 0, minutes: 26 },
  { from: 4 * 60 + 3, minutes: 3 },
];

const item = (path: string, title: string, text: string) => {
  const url = `https://news.example.org/${path}`;
  return anItem({ id: url, url, title, summary: text, published: BEGIN });
};
const crossing = item('crossing', 'Wedding guests stranded', 'A bridal convoy missed its boat on the river.');
const recipe = item('soup', 'Soup of the week', 'Leeks, potatoes and an hour of patience.');
const treaty = item('treaty', 'Parliament votes', 'More on the page.');
const evening = item('later', 'Circus in town', 'Elephants, another convoy, reached the river in the evening.');
const late = {
  ...item('late', 'Herring season', 'A fishing convoy left the river as soon as the nets were dry.'),
  id: 'current-bulletin',
};
/** Under the guid of the one before. */
const next = {
  ...item('next', 'Bulletin of noon', 'Passengers cheered: the convoy was first over the river.'),
  id: late.id,
  published: new Date(Date.parse(BEGIN) + 15 * MINUTE_MS).toISOString(),
};
/** The soup gets words that matter, after it was matched in vain. */
const edited = { ...recipe, summary: `${recipe.summary} A convoy on the river has delayed the leeks.` };

/** Its page is there some minutes later, and says more than its summary. */
const harbour = item('harbour', 'Ships wait', 'A convoy waits where the river ends.');
/** Its page never is. */
const ferry = item('ferry', 'Ferry repaired', 'Mechanics mended the engine: the convoy on the river can go on.');

/** One event in three feeds, and what happened next. */
const told = ({ path, title, text }: { path: string; title: string; text: string }) => item(path, title, text);
const EVENT = {
  agency: told(ONE_EVENT.agency),
  copy: told(ONE_EVENT.copy),
  ownWords: told(ONE_EVENT.ownWords),
  update: told(ONE_EVENT.update),
};

const TREATIES = aTopic({ id: 'treaties', title: 'Treaties', any: { en: ['treaty NEAR/5 ratified'] } });
const subscriber = (name: string, change: Parameters<typeof aSubscription>[0] = {}) =>
  aSubscription({ id: name as SubscriptionId, target: `${name}@example.org`, topics: ['*'], ...change });

const SUBSCRIPTIONS = [
  subscriber('every'),
  subscriber('rivers', { topics: ['river-crossings'] }),
  subscriber('hourly', { digest: 'hourly' }),
];

const EXPECTED = [
  { topic: 'river-crossings', item: crossing, feeds: [FIRST, SECOND] },
  { topic: 'treaties', item: treaty, feeds: [SECOND] },
  { topic: 'river-crossings', item: harbour, feeds: [SECOND] },
  { topic: 'treaties', item: harbour, feeds: [SECOND] },
  { topic: 'river-crossings', item: ferry, feeds: [SECOND] },
  { topic: 'river-crossings', item: evening, feeds: [FIRST] },
  { topic: 'river-crossings', item: late, feeds: [UNSTEADY] },
  { topic: 'river-crossings', item: next, feeds: [UNSTEADY] },
  { topic: 'river-crossings', item: edited, feeds: [FIRST] },
  { topic: 'river-crossings', item: EVENT.agency, feeds: [FIRST] },
  { topic: 'river-crossings', item: EVENT.copy, feeds: [SECOND] },
  { topic: 'river-crossings', item: EVENT.ownWords, feeds: [UNSTEADY] },
  { topic: 'river-crossings', item: EVENT.update, feeds: [FIRST] },
].map((each) => ({ ...each, id: matchIdOf(each.topic, articleIdOf(each.item.url ?? '')) }));

/**
 * Items in two feeds, one on a page of its own, two on pages that fail for a while or all the time, one that comes later, two of one guid
 * behind a feed that fails at first, one that is edited.
 */
async function aWorld(): Promise<PipelineWorld> {
  const world = await aPipelineWorld({
    at: BEGIN,
    feeds: [
      { url: FIRST, fullText: 'never' },
      { url: SECOND, fullText: 'auto' },
      { url: UNSTEADY, fullText: 'never' },
    ],
    topics: [aTopic(), TREATIES],
    subscriptions: SUBSCRIPTIONS,
  });
  world.pages.set(treaty.url ?? '', 'The treaty was ratified after two readings. Forty members abstained.');
  world.pages.set(harbour.url ?? '', 'Ships wait at the mouth of the river. The treaty was ratified without them.');
  world.pageFailures.set(harbour.url ?? '', () => (isPast(5) ? null : unavailable(harbour.url ?? '')));
  world.pageFailures.set(ferry.url ?? '', () => unavailable(ferry.url ?? ''));
  world.publisher.show(SECOND, { items: [crossing, treaty, harbour, ferry, EVENT.copy] });
  const { publisher, clock } = world;
  publisher.answer(FIRST, async () => {
    if (isPast(17)) return changed(FIRST, [EVENT.update, evening, crossing, edited, EVENT.agency]);
    const before = [crossing, recipe, EVENT.agency];
    return changed(FIRST, isPast(12) ? [evening, ...before] : before);
  });
  publisher.answer(UNSTEADY, async () => {
    if (!isPast(9)) throw new FetchFailedError('reset', UNSTEADY, 'the connection was lost');
    return changed(UNSTEADY, [isPast(17) ? next : late, EVENT.ownWords]);
  });
  return world;

  function isPast(minutes: number): boolean {
    return clock.now().getTime() >= Date.parse(BEGIN) + minutes * MINUTE_MS;
  }
}

const unavailable = (url: string): Error => new FetchFailedError('http', url, `${url}: answered 503`, { status: 503 });

const changed = (url: string, items: readonly object[]) => ({
  kind: 'changed' as const,
  body: new TextEncoder().encode(JSON.stringify({ items })),
  contentType: 'application/json',
  finalUrl: url,
  movedTo: null,
  etag: null,
  lastModified: null,
  freshSeconds: null,
});

const runWith = async (plans: readonly CrashPlan[]) => runWithDeaths(await aWorld(), plans, runThrough);

/** The reports of the event, and four hours later, when its update is due. Nothing happens in between. */
async function runThrough(world: PipelineWorld, process: Process): Promise<void> {
  for (const { from, minutes } of PARTS) {
    const begin = Date.parse(BEGIN) + from * MINUTE_MS;
    if (process.isDead()) return;
    if (world.clock.now().getTime() < begin) world.clock.set(new Date(begin).toISOString());
    const left = begin + minutes * MINUTE_MS - world.clock.now().getTime();
    await runMinutes(world, process, Math.max(0, left / MINUTE_MS));
  }
}

async function expectNothingLost(world: PipelineWorld, deaths: number): Promise<void> {
  const { matches, hits, deliveries, digests, feeds } = world.stores.snapshot();
  const sourcesById = Object.values(matches).map(({ id, sources }) => [id, sources.map(({ feedId }) => feedId).sort()]);
  expect(Object.fromEntries(sourcesById)).toEqual(
    Object.fromEntries(EXPECTED.map(({ id, feeds: from }) => [id, from.map((url) => feedIdOf(url)).sort()])),
  );
  expect(Object.values(matches).map(({ alertState }) => alertState)).toEqual(EXPECTED.map(() => 'done'));
  expect(Object.values(feeds).map(({ state }) => [state.baselined, state.failure])).toEqual([
    [true, null],
    [true, null],
    [true, null],
  ]);

  expect(Object.values(hits).map(({ alertState }) => alertState)).toEqual(ITEMS.map(() => 'done'));
  expect([...storyNames(world).values()].sort()).toEqual([...STORIES].sort());

  // Each match is published for machines.
  const events = EXPECTED.map(({ id }) => deliveryIdOf(id, SNS_TOPIC_SUBSCRIPTION));
  for (const id of events) expect(deliveries[id]?.state).toBe('sent');
  expect(new Set(world.publications.map(({ id }) => id))).toEqual(new Set(events));
  // Each hit is recorded for each subscriber who wants it, and ends well. Each gets one alert of the event, and one of its update.
  for (const { id: subscriber, topics } of [EVERYTHING, ...SUBSCRIPTIONS]) {
    for (const one of ITEMS) {
      const isWanted = EXPECTED.some(
        ({ item: expected, topic }) => expected === one && (topics.includes('*') || topics.includes(topic)),
      );
      const recorded = deliveriesOf(one, subscriber);
      expect([subscriber, one.title, recorded.length > 0]).toEqual([subscriber, one.title, isWanted]);
      for (const { state } of recorded) expect(['sent', 'merged']).toContain(state);
    }
    const ofEvent = Object.values(EVENT).flatMap((one) => deliveriesOf(one, subscriber));
    const sent = ofEvent.filter(({ state }) => state === 'sent');
    if (subscriber !== HOURLY) expect([subscriber, sent.length]).toEqual([subscriber, 2]);
    else expect(sent.length).toBeGreaterThan(0);
  }
  expect(Object.values(digests).filter(({ dueAt }) => dueAt !== null)).toEqual([]);
  expect(await isIdle(world)).toBe(true);

  for (const { item: told, topic } of EXPECTED) {
    if (isOfEvent(told)) continue;
    for (const { target, topics } of SUBSCRIPTIONS) {
      if (!topics.includes('*') && !topics.includes(topic)) continue;
      const text = world.mails.filter(({ to }) => to === target).map((mail) => mail.text);
      expect(text.join('\n')).toContain(told.title);
    }
  }
  // A repeat has the id of the first.
  const idsOf = (sent: readonly { readonly messageId: string; readonly to: string }[], target: string) =>
    new Set(sent.filter(({ to }) => to === target).map(({ messageId }) => messageId)).size;
  expect(idsOf(world.mails, 'rivers@example.org')).toBe(9);
  // The harbour's page may be read before its first alert is recorded; then one alert names both topics.
  expect([10, 11]).toContain(idsOf(world.mails, 'every@example.org'));
  for (const ids of [world.mails.map(({ messageId }) => messageId), world.publications.map(({ id }) => id)]) {
    expect(mostRepeats(ids)).toBeLessThanOrEqual(1 + deaths);
  }

  function deliveriesOf(one: { readonly url: string | null }, subscriber: SubscriptionId): readonly Delivery[] {
    const id = articleIdOf(one.url ?? '');
    return [1, 2].flatMap((revision) => deliveries[hitDeliveryIdOf(id, revision, subscriber)] ?? []);
  }
}

const ITEMS = [...new Set(EXPECTED.map(({ item: expected }) => expected))];
const isOfEvent = (one: object): boolean => Object.values(EVENT).some((report) => report === one);
/** The event's reports are one, everything else is for itself. */
const STORIES = [
  ...ITEMS.filter((one) => !isOfEvent(one)).map(({ url }) => articleIdOf(url ?? '')),
  Object.values(EVENT)
    .map(({ url }) => articleIdOf(url ?? ''))
    .sort()
    .join(' '),
];
const HOURLY = 'hourly' as SubscriptionId;
const EVERYTHING = { id: SNS_TOPIC_SUBSCRIPTION, topics: ['*'] };

describe('the whole way of the data', () => {
  it('tells each subscriber once of each match when nothing dies', async () => {
    const { world } = await runWith([]);

    await expectNothingLost(world, 0);
    expect(world.mails.filter(({ to }) => to === 'hourly@example.org')).toHaveLength(1);
  });

  it('loses nothing when its process dies at any one call, before or after it takes effect', async () => {
    const { calls } = await runWith([]);
    expect(calls).toBeGreaterThan(150);
    await atEachPoint(crashPoints(calls), async (plan) => {
      const { world, deaths } = await runWith([plan]);
      expect(deaths).toBe(1);
      await expectNothingLost(world, 1);
    });
  }, 900_000);

  it('loses nothing when the process that goes on dies as well', async () => {
    const { calls } = await runWith([]);
    for (let at = 5; at <= calls; at += 61) {
      for (const again of [3, 11, 29]) {
        const { world, deaths } = await runWith([
          { at, when: at % 2 === 0 ? 'before' : 'after' },
          { at: again, when: again % 4 === 1 ? 'before' : 'after' },
        ]);
        await expectNothingLost(world, deaths);
      }
    }
  });
});
