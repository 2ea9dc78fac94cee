// A clock that ran ahead for a while and is right again: what was dated meanwhile is not delayed until that time comes.
import { createHostLimits } from '../../adapters/http/host-limits.ts';
import { LocalQueues } from '../../local/queues/queues.ts';
import { FetchFailedError } from '../../shared/core/errors.ts';
import { describeHealth } from '../../shared/feeds/feed-health.ts';
import { isFeedDue, nextPollAt, slotOf } from '../../shared/feeds/poll-schedule.ts';
import {
  afterDocument,
  afterFailure,
  afterUnchanged,
  ignoresValidators,
  isUnseenForLong,
} from '../../shared/feeds/poll-state.ts';
import type { Feed, FeedFailure, FetchedFeed, PollState } from '../../shared/model/feed.ts';
import type { SubscriptionId } from '../../shared/model/ids.ts';
import type { ArticleMessage } from '../../shared/model/messages.ts';
import { defaultSettings, type Settings } from '../../shared/model/settings.ts';
import { checkTarget } from '../../shared/net/target-rules.ts';
import { planRest } from '../../shared/usecases/matching/page-retries.ts';
import { anAlertWorld } from '../support/alert-world.ts';
import { aFeed, aMatch, anItem, aPollState, aSubscription, epochSeconds, later, START } from '../support/builders.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const JUMPS = [
  ['an hour', HOUR],
  ['a day', DAY],
  ['two days', 2 * DAY],
  ['ten years', 3_652 * DAY],
] as const;

const now = new Date(START);

describe.each(JUMPS)('after a clock was %s ahead', (_, ahead) => {
  const then = new Date(now.getTime() + ahead);

  it('what waits on a queue is handed out again', () => {
    const clock = { now: then.getTime() };
    const queues = new LocalQueues(':memory:', () => clock.now);
    queues.send('articles', ['sent']);
    queues.send('articles', ['given back']);
    const [first, second] = queues.receive('articles', 2, MINUTE);
    queues.giveBack(second!.id, 30_000, 'failed');
    queues.send('articles', ['delayed'], 10 * MINUTE);
    queues.giveBack(first!.id, 0, 'failed');
    clock.now = now.getTime();

    const bodies = queues.receive('articles', 10, MINUTE).map(({ body }) => body);

    expect(bodies.sort()).toEqual(['delayed', 'given back', 'sent']);
    queues.close();
  });

  it('alerts that were dated by it leave with the next sweep: matches, retries, those under way and digests', async () => {
    const world = anAlertWorld();
    world.clock.set(then.toISOString());
    const expiresAt = epochSeconds(then.toISOString()) + 365 * 86_400;
    await world.given({
      matches: [aMatch({ articleId: 'one', firstSeenAt: then.toISOString() }, { expiresAt })],
      subscriptions: [
        aSubscription(),
        aSubscription({ id: 'daily' as SubscriptionId, target: 'daily@example.org', digest: 'daily' }),
      ],
    });
    world.faults.mail = () => new Error('the mail server is away');
    await world.sweepFor(5);
    await world.given({
      matches: [aMatch({ articleId: 'two', firstSeenAt: world.clock.now().toISOString() }, { expiresAt })],
    });
    const [held] = Object.values(world.stores.snapshot().deliveries).filter(({ state }) => state === 'pending');
    await world.stores.due.bringForward({ kind: 'delivery', id: held!.id, dueAt: held!.dueAt! }, later(0));
    await world.stores.deliveries.beginAttempt(
      held!.id,
      world.clock.now().toISOString(),
      later(2 * MINUTE, world.clock.now().toISOString()),
    );
    world.faults.mail = null;
    world.clock.set(START);

    await world.sweepFor(10);

    expect(world.publications).toHaveLength(2);
    expect(world.mails.map(({ to }) => to).sort()).toEqual([
      'daily@example.org',
      aSubscription().target,
      aSubscription().target,
    ]);
  });

  it('a pause of a host ends within the longest that any host may ask for', async () => {
    const clock = { now: then.getTime() };
    const limits = createHostLimits({ now: () => clock.now });
    const verdict = checkTarget('https://news.example.org/feed', { allowedHosts: new Set() });
    const target = verdict.ok ? verdict.target : null;
    await limits.pause(target!.url, HOUR / 1000);
    clock.now = now.getTime() + (ahead > DAY ? 0 : ahead + HOUR);

    await expect(limits.acquire(target!)).resolves.toBeInstanceOf(Function);
  });
});

describe.each(JUMPS)('a feed that was polled while the clock was %s ahead', (_, ahead) => {
  const then = new Date(now.getTime() + ahead);
  const feed = (state: Partial<PollState>): Feed =>
    aFeed({ addedAt: later(-30 * DAY), state: aPollState({ baselined: true, lastNewItemAt: later(-HOUR), ...state }) });
  const isDue = (one: Feed, settings: Settings = defaultSettings): boolean =>
    isFeedDue(one, { slot: START, lastSlot: null }, now, settings);
  const failed = (one: Feed, at: Date) =>
    afterFailure(one, new FetchFailedError('timeout', one.url, `${one.url}: late`), null, at, defaultSettings);

  it('and failed is due again', () => {
    const after = { ...feed({}), state: failed(feed({}), then) };

    expect(isDue(after)).toBe(true);
    expect(Date.parse(nextPollAt(after, now, defaultSettings)!) - now.getTime()).toBeLessThanOrEqual(5 * MINUTE);
  });

  it('and fails on, fails since now', () => {
    const before = { ...feed({}), state: failed(feed({}), then) };

    expect(failed(before, now).failure).toMatchObject({ since: START, count: 2 });
  });

  it('and brought something is polled as often as ever', () => {
    const { state } = { state: aPollState({ baselined: true, lastNewItemAt: then.toISOString(), intervalMinutes: 5 }) };

    expect(
      isFeedDue(
        { ...feed({}), state },
        { slot: START, lastSlot: slotOf(Date.parse(START) / MINUTE - 5) },
        now,
        defaultSettings,
      ),
    ).toBe(true);
  });

  it('is asked for its whole document again', () => {
    const { state } = feed({ validatorsUrl: 'https://news.example.org/feed.xml', sentWholeAt: then.toISOString() });

    expect(isUnseenForLong(state, now)).toBe(true);
  });

  it('is observed afresh where it has moved', () => {
    const url = 'https://new.example.org/feed.xml';
    const moved: FetchedFeed = { kind: 'unchanged', freshSeconds: null, movedTo: url };
    const before = feed({ redirect: { url, firstAt: then.toISOString(), count: 1 } });

    expect(afterUnchanged(before, moved, now, defaultSettings)?.redirect).toEqual({ url, firstAt: START, count: 1 });
  });

  it('is not said to bring old items until then', () => {
    const oldItems = { count: 3, firstAt: then.toISOString(), lastAt: then.toISOString() };
    const { items, ...parsed } = { items: [anItem()], notes: [], feed: PARSED };
    const answer = { ...CHANGED, body: new Uint8Array([1]) };

    expect(describeHealth(feed({ oldItems }), null, now, defaultSettings).oldItems).toBeNull();
    expect(
      afterDocument(feed({ oldItems }), answer, { items, ...parsed }, 0, now, defaultSettings).oldItems,
    ).toBeNull();
  });

  it('is not read without its validators for longer than it would be', () => {
    const until = new Date(then.getTime() + 30 * DAY).toISOString();

    expect(ignoresValidators(aPollState({ validatorsIgnoredUntil: until }), now)).toBe(ahead <= DAY);
  });
});

describe('a feed that failed once', () => {
  const pausedFor = (ms: number, failure: Partial<FeedFailure>): Feed =>
    aFeed({
      addedAt: later(-30 * DAY),
      state: aPollState({
        baselined: true,
        notBefore: later(ms),
        failure: { kind: 'http', message: '', since: later(-HOUR), count: 1, ...failure },
      }),
    });
  const isDue = (feed: Feed): boolean => isFeedDue(feed, { slot: START, lastSlot: null }, now, defaultSettings);

  it.each<[string, Partial<FeedFailure>]>([
    ['its publisher', { status: 503 }],
    ['another feed of its host', { kind: 'throttled' }],
  ])('waits for as long as %s asked', (_, failure) => {
    expect([isDue(pausedFor(23 * HOUR, failure)), isDue(pausedFor(26 * HOUR, failure))]).toEqual([false, true]);
  });

  it('waits for as long as its failures ask at most', () => {
    const failure = { kind: 'timeout' } as const;

    expect([isDue(pausedFor(6 * MINUTE, failure)), isDue(pausedFor(10 * MINUTE, failure))]).toEqual([false, true]);
    expect(isDue(pausedFor(40 * MINUTE, { ...failure, count: 4 }))).toBe(false);
  });
});

const PARSED = {
  title: null,
  link: null,
  description: null,
  language: null,
  ttlMinutes: null,
  skipHours: [],
  format: 'rss' as const,
};
const CHANGED = {
  kind: 'changed' as const,
  contentType: undefined,
  finalUrl: 'https://news.example.org/feed.xml',
  movedTo: null,
  etag: null,
  lastModified: null,
  freshSeconds: null,
};

describe('a page that waits for its next try', () => {
  const message = (notBefore: string): ArticleMessage =>
    ({
      retry: { hops: 1, failures: 1, waits: 0, since: START, notBefore, reason: '', matched: false },
    }) as unknown as ArticleMessage;

  it('waits for the rest of its time', () => {
    expect(planRest(message(later(20 * MINUTE)), now)).toMatchObject({ seconds: 900 });
  });

  it.each(JUMPS)('is tried at once when its time was written by a clock %s ahead', (_, ahead) => {
    expect(planRest(message(later(ahead)), now)).toBeNull();
  });
});
