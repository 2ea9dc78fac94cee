import { FetchFailedError, type FetchFailureKind } from '../../../shared/core/errors.ts';
import { describeHealth } from '../../../shared/feeds/feed-health.ts';
import { FAILING_STATUSES, REMARKABLE_STATUSES } from '../../../shared/feeds/health-statuses.ts';
import { afterFailure } from '../../../shared/feeds/poll-state.ts';
import type { Feed, PollState } from '../../../shared/model/feed.ts';
import { defaultSettings } from '../../../shared/model/settings.ts';
import { aFeed, aPollState, later, START } from '../../support/builders.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const polled = (state: Partial<PollState> = {}, feed: Partial<Feed> = {}): Feed =>
  aFeed({
    ...feed,
    state: aPollState({ baselined: true, lastChangedPollAt: START, lastNewItemAt: START, itemCount: 10, ...state }),
  });

const failing = (kind: FetchFailureKind, status?: number): Feed => {
  const feed = polled();
  const error = new FetchFailedError(kind, feed.url, `${feed.url}: what happened. The cure.`, { status });
  return { ...feed, state: afterFailure(feed, error, START, new Date(START), defaultSettings) };
};

const healthOf = (feed: Feed, afterMs = HOUR) =>
  describeHealth(feed, null, new Date(Date.parse(START) + afterMs), defaultSettings);

describe('the health of a feed', () => {
  it.each<[status: string, feed: Feed, afterMs: number, words: RegExp]>([
    ['new', aFeed(), HOUR, /^not polled yet$/],
    ['ok', polled(), HOUR, /polled without errors; its rhythm is not known yet/],
    ['ok', polled({ itemsPerDay: 4.26 }), HOUR, /about 4\.3 items a day/],
    ['unchanged', polled(), 3 * DAY, /nothing new for 3 days, which is not unusual/],
    ['empty', polled({ itemCount: 0 }), HOUR, /has no items/],
    [
      'moved',
      polled({ redirect: { url: 'https://new.example.org/feed', firstAt: START, count: 1 } }),
      HOUR,
      /https:\/\/new\.example\.org\/feed/,
    ],
    ['gone', failing('gone', 410), HOUR, /ended it \(410\).*[Rr]emove/],
    ['inactive', polled({}, { active: false }), HOUR, /switched off/],
    ['slow', failing('timeout'), HOUR, /what happened\. The cure\. \(1 try, next one at 2026-11-17 \d\d:\d\d UTC\)/],
    ['slow', failing('throttled', 429), HOUR, /The cure/],
    ['blocked', failing('blocked'), HOUR, /The cure/],
    ['blocked', failing('robots'), HOUR, /The cure/],
    ...[401, 402, 403, 451].map((code): [string, Feed, number, RegExp] => [
      'blocked',
      failing('http', code),
      HOUR,
      /The cure/,
    ]),
    ['empty', failing('empty'), HOUR, /The cure/],
    ...(['dns', 'refused', 'tls', 'reset', 'too_large', 'decode', 'redirects', 'not_a_feed', 'internal'] as const).map(
      (kind): [string, Feed, number, RegExp] => ['broken', failing(kind), HOUR, /The cure/],
    ),
    ['broken', failing('http', 400), HOUR, /The cure/],
    ['broken', failing('http', 404), HOUR, /The cure/],
    ['broken', failing('too_large', 403), HOUR, /The cure/],
    ['broken', failing('http', 500), HOUR, /The cure/],
  ])('is "%s" in words (%#)', (status, feed, afterMs, words) => {
    expect(healthOf(feed, afterMs)).toMatchObject({ status, explanation: expect.stringMatching(words) });
  });

  it.each([
    { itemsPerDay: 100, days: 3, status: 'unchanged' },
    { itemsPerDay: 100, days: 4, status: 'silent' },
    { itemsPerDay: 1, days: 9, status: 'unchanged' },
    { itemsPerDay: 1, days: 10, status: 'silent' },
    { itemsPerDay: 0.1, days: 59, status: 'unchanged' },
    { itemsPerDay: 0.01, days: 60, status: 'silent' },
    { itemsPerDay: 0, days: 59, status: 'unchanged' },
    { itemsPerDay: 0, days: 60, status: 'silent' },
    { itemsPerDay: null, days: 59, status: 'unchanged' },
    { itemsPerDay: null, days: 60, status: 'silent' },
  ])(
    'is "$status" by its own rhythm: $itemsPerDay items a day, none for $days days',
    ({ itemsPerDay, days, status }) => {
      const health = healthOf(polled({ itemsPerDay }), days * DAY);

      expect(health).toMatchObject({ status, since: START });
      expect(health.explanation).toContain(`nothing new for ${days} days`);
    },
  );

  it('is "ok" for a day after its last item, or after it was added where it never had one', () => {
    const statusOf = (feed: Feed, afterMs: number) => healthOf(feed, afterMs).status;
    const without = polled({ lastNewItemAt: null });

    expect([statusOf(polled(), DAY - 1), statusOf(polled(), DAY)]).toEqual(['ok', 'unchanged']);
    expect([statusOf(without, DAY - 1), statusOf(without, DAY)]).toEqual(['ok', 'unchanged']);
    expect(healthOf(polled(), 2 * DAY - 1)).toMatchObject({
      explanation: 'polled without errors; nothing new for 1 day, which is not unusual for it',
      since: START,
    });
    expect(healthOf(polled(), DAY - 1).since).toBeNull();
  });

  it.each([
    [4.26, 4.3],
    [9.94, 9.9],
    [9.96, 10],
    [10.4, 10],
    [10.6, 11],
    [0.04, 0],
  ])('shows %d items a day as %d', (itemsPerDay, shown) => {
    const health = healthOf(polled({ itemsPerDay }));

    expect(health.itemsPerDay).toBe(shown);
    expect(health.explanation).toBe(`polled without errors; it brings about ${shown} items a day`);
  });

  it('says what to do about a feed that has moved, is empty, silent, or off', () => {
    const redirect = { url: 'https://me:secret@new.example.org/feed', firstAt: later(-HOUR), count: 1 };

    expect(healthOf(polled({ redirect }))).toMatchObject({
      explanation: 'answers from https://new.example.org/feed; that address is adopted when it stays good for a day',
      since: redirect.firstAt,
    });
    expect(healthOf(polled({ itemCount: 0, emptySince: later(-HOUR) }))).toMatchObject({
      explanation: 'it can be read, but has no items',
      since: later(-HOUR),
    });
    expect(healthOf(polled({ itemsPerDay: 2 }), 60 * DAY).explanation).toBe(
      'nothing new for 60 days, and it brings about 2 items a day: check whether it has moved, or follow another feed',
    );
    expect(healthOf(polled({}, { active: false }))).toMatchObject({
      explanation: 'switched off: it is not polled',
      since: null,
    });
    expect(healthOf(failing('gone', 410))).toMatchObject({
      explanation: 'the publisher has ended it (410): it is no longer polled. Remove it, or add its new address',
      since: START,
    });
  });

  it('counts its tries, and names the next one', () => {
    const failure = { kind: 'dns', message: 'no name', since: START, count: 2 } as const;

    expect(healthOf(polled({ failure })).explanation).toMatch(
      /^no name \(2 tries, next one at 2026-11-17 09:\d\d UTC\)$/,
    );
  });

  it('is new until its first poll was carried out whole', () => {
    expect(healthOf(polled({ baselined: false }))).toMatchObject({ status: 'new', since: START, lastGoodPollAt: null });
    expect(healthOf(polled({ lastChangedPollAt: null }))).toMatchObject({ status: 'new', lastGoodPollAt: null });
  });

  it('says since when it fails, the last good poll, the last new item and the next try', () => {
    const feed = failing('timeout');

    expect(healthOf(feed, 60_000)).toEqual({
      status: 'slow',
      explanation: expect.any(String),
      since: START,
      lastGoodPollAt: START,
      lastNewItemAt: START,
      itemsPerDay: null,
      nextPollAt: expect.stringMatching(/^2026-11-17T08:\d\d:00\.000Z$/),
      textOrigin: null,
      validatorsIgnoredUntil: null,
      oldItems: null,
    });
  });

  it('counts old items for thirty days after the last one, whatever its status is', () => {
    const oldItems = { count: 2, firstAt: START, lastAt: later(DAY) };
    const [lately, over] = [30.9 * DAY, 31.1 * DAY].map((ms) => healthOf(polled({ oldItems }), ms));

    expect(lately).toMatchObject({ status: 'unchanged', oldItems });
    expect(lately!.explanation).toContain(
      '; 2 new items since 2026-11-17 08:00 UTC dated more than 30 days back, stored without an alert',
    );
    expect([over!.oldItems, over!.explanation.includes('days back')]).toEqual([null, false]);
  });

  it('says what an operator should know whatever its status is, old items first', () => {
    const state = { oldItems: { count: 1, firstAt: START, lastAt: START }, validatorsIgnoredUntil: later(2 * DAY) };

    const health = healthOf(polled({ ...state, itemCount: 0 }));

    expect(health.explanation).toBe(
      'it can be read, but has no items; ' +
        "1 new item since 2026-11-17 08:00 UTC dated more than 30 days back, stored without an alert: check the feed's dates; " +
        'it answered "not modified" although it had new items, so it is downloaded whole until 2026-11-19 08:00 UTC',
    );
    expect(health.validatorsIgnoredUntil).toBe(later(2 * DAY));
    expect(healthOf(polled(state), 3 * DAY)).toMatchObject({
      validatorsIgnoredUntil: null,
      explanation: expect.not.stringContaining('downloaded'),
    });
  });

  it('counts no poll that its skipped hours forbade', () => {
    const morning = new Date('2026-11-20T07:30:00.000Z');
    const feed = polled({ lastChangedPollAt: '2026-11-18T12:00:00.000Z', skippedHours: 2 ** 6 - 1 + 2 ** 6 + 2 ** 7 });
    const at = '2026-11-20T07:25:00.000Z';
    const batch = { id: feed.pollBatch, feedIds: [feed.id], lastSlot: at, lastPolledAt: at };

    const { lastGoodPollAt } = describeHealth(feed, batch, morning, defaultSettings);

    expect(lastGoodPollAt).toMatch(/^2026-11-19T23:5\d/);
  });

  it('knows of no next poll where there is none', () => {
    expect([failing('gone', 410), polled({}, { active: false })].map((feed) => healthOf(feed).nextPollAt)).toEqual([
      null,
      null,
    ]);
  });

  it('knows a poll that left no trace but the mark of its batch', () => {
    const feed = polled();
    const at = later(HOUR);
    const batch = { id: feed.pollBatch, feedIds: [feed.id], lastSlot: at, lastPolledAt: at };

    const health = describeHealth(feed, batch, new Date(Date.parse(at)), defaultSettings);

    expect(health.lastGoodPollAt).toBe(at);
  });

  it.each<[what: string, feed: Feed, at: string]>([
    ['fails', failing('timeout'), START],
    ['is gone', polled({ goneAt: START }), START],
    ['is switched off', polled({}, { active: false }), START],
    ['was asked at another time since then', polled({ lastChangedPollAt: later(2 * HOUR) }), later(2 * HOUR)],
  ])('takes nothing from the mark of its batch when it %s', (_what, feed, lastGoodPollAt) => {
    const at = later(HOUR);
    const group = { id: feed.pollBatch, feedIds: [feed.id], lastSlot: at, lastPolledAt: at };

    expect(describeHealth(feed, group, new Date(later(2 * HOUR)), defaultSettings).lastGoodPollAt).toBe(lastGoodPollAt);
  });
});

it('feeds that cannot be read fail; those that bring nothing new only deserve a remark', () => {
  expect(FAILING_STATUSES).toEqual(['slow', 'blocked', 'broken', 'gone']);
  expect(REMARKABLE_STATUSES).toEqual(['silent', 'empty']);
});
