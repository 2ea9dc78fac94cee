// A process that dies at any call to the world, before the call takes effect or before its answer is seen, and another that goes on from what
// is stored: nothing is lost, and what is told twice carries the same id.
import { jest } from '@jest/globals';
import { FetchFailedError } from '../../shared/core/errors.ts';
import { articleIdOf, deliveryIdOf, feedIdOf, matchIdOf, type SubscriptionId } from '../../shared/model/ids.ts';
import { SNS_TOPIC_SUBSCRIPTION } from '../../shared/model/subscription.ts';
import { anItem, aSubscription, aTopic, later } from '../support/builders.ts';
import type { CrashPlan } from '../support/crashes.ts';
import { aPipelineWorld, isIdle, type PipelineWorld, runMinutes, startProcess } from '../support/pipeline-world.ts';

jest.setTimeout(120_000);

const FIRST = 'https://first.example.org/feed';
const SECOND = 'https://second.example.org/feed';
const UNSTEADY = 'https://unsteady.example.org/feed';
const MINUTE_MS = 60_000;
/** Twenty minutes before the hour, so that the hourly digest closes within the run. */
const BEGIN = later(40 * MINUTE_MS);
const RUN_MINUTES = 26;
const LONGEST_RECOVERY_MINUTES = 240;

const item = (path: string, title: string, text: string) => {
  const url = `https://news.example.org/${path}`;
  return anItem({ id: url, url, title, summary: text, published: BEGIN });
};
const crossing = item('crossing', 'Convoy at the bridge', 'A convoy of forty trucks crossed the river at dawn.');
const recipe = item('soup', 'Soup of the week', 'Leeks, potatoes and an hour of patience.');
const treaty = item('treaty', 'Parliament votes', 'More on the page.');
const evening = item('later', 'Second convoy', 'Another convoy reached the river in the evening.');
const late = {
  ...item('late', 'Third convoy', 'A convoy waits at the river while the ferry is repaired.'),
  id: 'current-bulletin',
};
/** Under the guid of the one before. */
const next = {
  ...item('next', 'Bulletin of noon', 'Engineers counted sixty trucks; their convoy left the river behind.'),
  id: late.id,
  published: new Date(Date.parse(BEGIN) + 15 * MINUTE_MS).toISOString(),
};
/** The soup gets words that matter, after it was matched in vain. */
const edited = { ...recipe, summary: `${recipe.summary} A convoy on the river has delayed the leeks.` };

/** Its page is there some minutes later, and says more than its summary. */
const harbour = item('harbour', 'Ships wait', 'A convoy waits where the river ends.');
/** Its page never is. */
const ferry = item('ferry', 'Ferry repaired', 'The convoy on the river can go on.');

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
  world.publisher.show(SECOND, { items: [crossing, treaty, harbour, ferry] });
  const { publisher, clock } = world;
  publisher.answer(FIRST, async () => {
    if (isPast(17)) return changed(FIRST, [evening, crossing, edited]);
    return changed(FIRST, isPast(12) ? [evening, crossing, recipe] : [crossing, recipe]);
  });
  publisher.answer(UNSTEADY, async () => {
    if (!isPast(9)) throw new FetchFailedError('reset', UNSTEADY, 'the connection was lost');
    return changed(UNSTEADY, [isPast(17) ? next : late]);
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

/** One process after the other, each dying as planned, and a last one that runs to idle. */
async function runWith(plans: readonly CrashPlan[]): Promise<{ world: PipelineWorld; calls: number; deaths: number }> {
  const world = await aWorld();
  const end = Date.parse(BEGIN) + RUN_MINUTES * MINUTE_MS;
  const minutesLeft = (): number => Math.max(0, (end - world.clock.now().getTime()) / MINUTE_MS);
  let deaths = 0;
  for (const plan of plans) {
    const process = startProcess(world, plan);
    await runMinutes(world, process, minutesLeft());
    if (process.isDead()) deaths += 1;
    releaseAll(world);
  }
  const last = startProcess(world);
  await runMinutes(world, last, minutesLeft());
  for (let minute = 0; minute < LONGEST_RECOVERY_MINUTES && !(await isIdle(world)); minute += 1) {
    await runMinutes(world, last, 1);
  }
  return { world, calls: last.calls(), deaths };
}

function releaseAll({ polls, articles, stream }: PipelineWorld): void {
  for (const queue of [polls, articles, stream]) queue.releaseAll();
}

async function expectNothingLost(world: PipelineWorld, deaths: number): Promise<void> {
  const { matches, deliveries, digests, feeds } = world.stores.snapshot();
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

  const wanted = EXPECTED.flatMap(({ id, topic }) => {
    const subscribers = SUBSCRIPTIONS.filter(({ topics }) => topics.includes('*') || topics.includes(topic));
    return [SNS_TOPIC_SUBSCRIPTION, ...subscribers.map((each) => each.id)].map((each) => deliveryIdOf(id, each));
  });
  expect(Object.keys(deliveries)).toEqual([...wanted].sort());
  expect(new Set(Object.values(deliveries).map(({ state }) => state))).toEqual(new Set(['sent']));
  expect(Object.values(digests).filter(({ dueAt }) => dueAt !== null)).toEqual([]);
  expect(await isIdle(world)).toBe(true);

  for (const { item: told, topic } of EXPECTED) {
    for (const { target, topics } of SUBSCRIPTIONS) {
      if (!topics.includes('*') && !topics.includes(topic)) continue;
      const text = world.mails.filter(({ to }) => to === target).map((mail) => mail.text);
      expect(text.join('\n')).toContain(told.title);
    }
  }
  expect(new Set(world.publications.map(({ matchId }) => matchId))).toEqual(new Set(EXPECTED.map(({ id }) => id)));
  // A repeat has the id of the first.
  const single = world.mails.filter(({ to }) => to !== 'hourly@example.org');
  expect(new Set(single.map(({ messageId }) => messageId)).size).toBe(16);
  expect(new Set(world.publications.map(({ id }) => id)).size).toBe(EXPECTED.length);
  for (const ids of [world.mails.map(({ messageId }) => messageId), world.publications.map(({ id }) => id)]) {
    expect(mostRepeats(ids)).toBeLessThanOrEqual(1 + deaths);
  }
}

function mostRepeats(ids: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return Math.max(...counts.values());
}

describe('the whole way of the data', () => {
  it('tells each subscriber once of each match when nothing dies', async () => {
    const { world } = await runWith([]);

    await expectNothingLost(world, 0);
    expect(world.mails.filter(({ to }) => to === 'hourly@example.org')).toHaveLength(1);
  });

  it('loses nothing when its process dies at any one call, before or after it takes effect', async () => {
    const { calls } = await runWith([]);
    expect(calls).toBeGreaterThan(150);
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; at <= calls; at += 1) {
        const { world, deaths } = await runWith([{ at, when }]);
        expect(deaths).toBe(1);
        await expectNothingLost(world, 1).catch((error: Error) => {
          error.message = `died at call ${at}, ${when} it took effect: ${error.message}`;
          throw error;
        });
      }
    }
  });

  it('loses nothing when the process that goes on dies as well', async () => {
    const { calls } = await runWith([]);
    for (let at = 5; at <= calls; at += 7) {
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
