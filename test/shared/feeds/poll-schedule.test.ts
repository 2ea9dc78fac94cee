// When a feed is due: never twice in a slot, never later than its interval, whatever its interval was before; and how long that is.

import {
  batchMinuteUpTo,
  freshStep,
  furthestClaim,
  hourMask,
  intervalAfter,
  intervalNow,
  isFeedDue,
  isFromTheFuture,
  isPaused,
  lastScheduledPollAt,
  minuteOf,
  nextPollAt,
  pauseAfterFailure,
  slotOf,
} from '../../../shared/feeds/poll-schedule.ts';
import type { Feed, FeedFailure, PollState } from '../../../shared/model/feed.ts';
import { feedIdOf } from '../../../shared/model/ids.ts';
import { defaultSettings } from '../../../shared/model/settings.ts';
import { aFeed, aPollState } from '../../support/builders.ts';
import { fc } from '../../support/properties.ts';

const EVERY = defaultSettings.poll.everyMinutes;
const BEGIN = Date.parse('2026-11-20T00:00:00Z') / 60_000;
const NOW = new Date(BEGIN * 60_000);

const intervalFor = (asked: { minutes?: number; fresh?: number; quietHours?: number }): number =>
  intervalAfter(
    {
      quietSince: new Date(NOW.getTime() - (asked.quietHours ?? 0) * 3_600_000).toISOString(),
      freshSeconds: asked.fresh ?? null,
      askedMinutes: asked.minutes ?? 0,
    },
    NOW,
    defaultSettings,
  );

describe('the interval of a feed', () => {
  it.each([
    [1, 5],
    [5, 5],
    [10, 10],
    [15, 15],
    [20, 20],
    [30, 30],
    [60, 60],
    [120, 120],
    [180, 240],
    [360, 480],
    [720, 960],
    [1_440, 1_280],
    [525_600, 1_280],
  ])('of which %d minutes are asked is %d', (minutes, interval) => {
    expect([intervalFor({ minutes }), intervalFor({ fresh: minutes * 60 })]).toEqual([interval, interval]);
  });

  it('is not shorter than asked, and less than half longer, up to a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: EVERY, max: 1_280 }), (minutes) => {
        const interval = intervalFor({ minutes });

        const isClose = interval < minutes * 1.5 || interval - minutes < EVERY;
        return interval >= minutes && isClose && interval % EVERY === 0;
      }),
    );
  });

  it('grows while the feed is quiet, up to the slowest of the settings', () => {
    expect([0, 3.99, 4, 7.99, 8, 24, 127.9, 128, 240].map((quietHours) => intervalFor({ quietHours }))).toEqual([
      5, 5, 10, 10, 20, 40, 160, 320, 320,
    ]);
  });
});

/** Minutes at which the feed is polled from BEGIN on, its interval changing after each poll as told. */
function pollsOf(feed: Feed, intervals: readonly number[], minutes: number): { at: number; interval: number }[] {
  const polls: { at: number; interval: number }[] = [];
  let interval = intervals[0] ?? EVERY;
  let lastSlot: string | null = slotOf(batchMinuteUpTo(feed.pollBatch, BEGIN, EVERY));
  for (let minute = BEGIN + 1; minute <= BEGIN + minutes; minute += 1) {
    if (batchMinuteUpTo(feed.pollBatch, minute, EVERY) !== minute) continue;
    const slot = slotOf(minute);
    const now = { ...feed, state: aPollState({ baselined: true, intervalMinutes: interval, askedMinutes: interval }) };
    if (isFeedDue(now, { slot, lastSlot }, new Date(minute * 60_000), defaultSettings)) {
      interval = intervals[(polls.length + 1) % intervals.length] ?? EVERY;
      polls.push({ at: minute, interval });
    }
    lastSlot = slot;
  }
  return polls;
}

const anInterval = fc.constantFrom(5, 10, 15, 20, 30, 40, 60, 80, 120, 240, 320, 480, 960, 1_280);
const aFollowedFeed = fc
  .tuple(fc.integer(), fc.integer({ min: 1, max: 400 }))
  .map(([n, batch]) =>
    aFeed({ id: feedIdOf(`https://h${n}.example.org/`), pollBatch: String(batch).padStart(6, '0') }),
  );

describe('a feed', () => {
  it('is polled at its interval exactly while that stays the same', () => {
    fc.assert(
      fc.property(aFollowedFeed, anInterval, (feed, interval) => {
        const polls = pollsOf(feed, [interval], 4 * interval).map(({ at }) => at);
        const gaps = polls.slice(1).map((at, index) => at - (polls[index] ?? 0));

        return polls.length >= 3 && gaps.every((gap) => gap === interval);
      }),
      { numRuns: 60 },
    );
  });

  it('is never later than its interval, however that changes from poll to poll', () => {
    fc.assert(
      fc.property(aFollowedFeed, fc.array(anInterval, { minLength: 2, maxLength: 6 }), (feed, intervals) => {
        const polls = pollsOf(feed, intervals, 5_000);

        return polls.slice(1).every(({ at }, index) => at - (polls[index]?.at ?? 0) <= (polls[index]?.interval ?? 0));
      }),
      { numRuns: 60 },
    );
  });

  it('is polled next when it is said to be', () => {
    fc.assert(
      fc.property(aFollowedFeed, anInterval, (feed, interval) => {
        const known = {
          ...feed,
          state: aPollState({ baselined: true, intervalMinutes: interval, askedMinutes: interval }),
        };
        const said = nextPollAt(known, NOW, defaultSettings);

        return minuteOf(new Date(said ?? '')) === pollsOf(feed, [interval], 2 * interval)[0]?.at;
      }),
      { numRuns: 60 },
    );
  });

  it('makes up once for slots that were missed', () => {
    const feed = aFeed({ state: aPollState({ baselined: true, intervalMinutes: 60 }) });
    const at = (minute: number): string => slotOf(batchMinuteUpTo(feed.pollBatch, minute, EVERY));
    const missed = at(BEGIN + 180);

    expect(isFeedDue(feed, { slot: missed, lastSlot: at(BEGIN) }, new Date(missed), defaultSettings)).toBe(true);
  });
});

it.each<[hours: readonly number[], mask: number]>([
  [[], 0],
  [[0], 1],
  [[0, 5, 5], 33],
  [[23], 2 ** 23],
  [[-1, 24, 1], 2],
  [Array.from({ length: 23 }, (_, hour) => hour), 2 ** 23 - 1],
  [Array.from({ length: 24 }, (_, hour) => hour), 0],
])('the skipped hours %j are the bits of %i; who skips all of them skips none', (hours, mask) => {
  expect(hourMask(hours)).toBe(mask);
});

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const inTime = (ms: number): string => new Date(NOW.getTime() + ms).toISOString();

it('an instant is of the future when it is more than two minutes ahead, by which clocks may differ', () => {
  expect([0, 2 * MINUTE, 2 * MINUTE + 1].map((ms) => isFromTheFuture(inTime(ms), NOW))).toEqual([false, false, true]);
  expect(furthestClaim('2026-11-20T10:00:00.000Z')).toBe('2026-11-20T10:02:00.000Z');
});

describe('a feed in a slot', () => {
  const known = aFeed({ addedAt: inTime(-HOUR), state: aPollState({ baselined: true }) });
  const slot = slotOf(batchMinuteUpTo(known.pollBatch, BEGIN, EVERY));
  const isDue = (
    state: Partial<PollState>,
    feed: Partial<Feed> = {},
    at: Partial<Parameters<typeof isFeedDue>[1]> = {},
  ): boolean =>
    isFeedDue(
      { ...known, ...feed, state: { ...known.state, ...state } },
      { slot, lastSlot: null, ...at },
      NOW,
      defaultSettings,
    );
  const FAILURE: FeedFailure = { kind: 'timeout', message: 'm', since: inTime(-HOUR), count: 1 };
  const allHoursBut = (hour: number): number =>
    hourMask(Array.from({ length: 24 }, (_, n) => n).filter((n) => n !== hour));
  const hourOfSlot = new Date(slot).getUTCHours();

  it.each<[what: string, state: Partial<PollState>, feed: Partial<Feed>, due: boolean]>([
    ['that is well', {}, {}, true],
    ['that is switched off', {}, { active: false }, false],
    ['that is gone', { goneAt: inTime(-HOUR) }, {}, false],
    ['that is paused', { notBefore: inTime(1) }, {}, false],
    ['whose pause is over', { notBefore: inTime(0) }, {}, true],
    ['in an hour that it asks to skip', { skippedHours: 1 << hourOfSlot }, {}, false],
    ['in the only hour that it does not ask to skip', { skippedHours: allHoursBut(hourOfSlot) }, {}, true],
    [
      'that was added this very moment, whose first poll is queued',
      { baselined: false },
      { addedAt: inTime(0) },
      false,
    ],
    ['that was added almost ten minutes ago', { baselined: false }, { addedAt: inTime(-10 * MINUTE + 1) }, false],
    [
      'that was added ten minutes ago and is not polled yet',
      { baselined: false },
      { addedAt: inTime(-10 * MINUTE) },
      true,
    ],
    ['that was added by a clock ahead', { baselined: false }, { addedAt: inTime(1) }, true],
    ['whose first poll failed', { baselined: false, failure: FAILURE }, { addedAt: inTime(0) }, true],
    ['that was polled for the first time at once', {}, { addedAt: inTime(0) }, true],
  ])('%s is due or not', (_what, state, feed, due) => {
    expect(isDue(state, feed)).toBe(due);
  });

  it('is due when somebody asks, unless it is switched off', () => {
    expect(isDue({ goneAt: inTime(-HOUR), notBefore: inTime(HOUR) }, {}, { slot: null })).toBe(true);
    expect(isDue({}, { active: false }, { slot: null })).toBe(false);
  });

  it('is due in each slot while it fails, whatever its interval', () => {
    const slow = { intervalMinutes: 1_280, askedMinutes: 1_280 };
    const slots = Array.from({ length: 20 }, (_, n) => slotOf(minuteOf(new Date(slot)) + n * EVERY));
    const countDue = (state: Partial<PollState>): number =>
      slots.filter((each) =>
        isDue({ ...slow, ...state }, {}, { slot: each, lastSlot: slotOf(minuteOf(new Date(each)) - EVERY) }),
      ).length;

    expect(countDue({ failure: FAILURE })).toBe(20);
    expect(countDue({ baselined: false })).toBe(20);
    expect(countDue({})).toBeLessThan(2);
  });

  it('is not kept back by a mark that a clock ahead has set', () => {
    expect(isDue({}, {}, { lastSlot: slot })).toBe(true);
    expect(isDue({}, {}, { lastSlot: inTime(HOUR) })).toBe(true);
  });
});

describe('a pause', () => {
  const failed = (count: number, change: Partial<FeedFailure> = {}): FeedFailure => ({
    kind: 'timeout',
    message: 'm',
    since: inTime(-HOUR),
    count,
    ...change,
  });
  const holds = (ms: number, failure: FeedFailure | null): boolean =>
    isPaused(aPollState({ notBefore: inTime(ms), failure }), NOW, defaultSettings);

  it.each<[what: string, failure: FeedFailure | null, longestMs: number]>([
    ['that a publisher wished for', null, 25 * HOUR],
    ['of a host', failed(1, { kind: 'throttled' }), 25 * HOUR],
    ['after an answer', failed(1, { status: 503 }), 25 * HOUR],
    ['after a first failure', failed(1), 6.25 * MINUTE],
    ['after a third failure', failed(3), 25 * MINUTE],
  ])('%s is believed as long as it may be, and not a moment longer', (_what, failure, longestMs) => {
    expect(holds(longestMs + 2 * MINUTE, failure)).toBe(true);
    expect(holds(longestMs + 2 * MINUTE + 1, failure)).toBe(false);
  });

  it('is none where there is none', () => {
    expect(isPaused(aPollState(), NOW, defaultSettings)).toBe(false);
  });

  const pauseMinutes = (failures: number, retryAfterSeconds?: number): number =>
    (Date.parse(
      pauseAfterFailure(feedIdOf('https://a.example.org/'), failures, retryAfterSeconds, NOW, defaultSettings),
    ) -
      NOW.getTime()) /
    MINUTE;

  it('after failures doubles each time, with up to a quarter more, up to a day', () => {
    for (const [failures, least] of [
      [1, 5],
      [2, 10],
      [5, 80],
      [8, 640],
    ] as const) {
      expect(pauseMinutes(failures)).toBeGreaterThanOrEqual(least);
      expect(pauseMinutes(failures)).toBeLessThan(least * 1.25);
    }
    expect([pauseMinutes(10), pauseMinutes(100)]).toEqual([1_440, 1_440]);
  });

  it('of feeds that failed together does not end together', () => {
    const ends = Array.from({ length: 20 }, (_, n) =>
      pauseAfterFailure(feedIdOf(`https://h${n}.example.org/`), 1, undefined, NOW, defaultSettings),
    );

    expect(new Set(ends).size).toBeGreaterThan(15);
  });

  it('is an interval longer than the publisher asks, up to a day', () => {
    expect(pauseMinutes(1, 20 * 60)).toBe(25);
    expect(pauseMinutes(1, 24 * 3_600)).toBe(1_440);
    expect(pauseMinutes(8, 60)).toBeGreaterThanOrEqual(640);
  });
});

describe('the next poll', () => {
  it('is none for a feed that is gone or switched off', () => {
    expect(nextPollAt(aFeed({ active: false }), NOW, defaultSettings)).toBeNull();
    expect(nextPollAt(aFeed({ state: aPollState({ goneAt: inTime(0) }) }), NOW, defaultSettings)).toBeNull();
  });

  it('comes in the first slot after a pause, and after hours that are skipped', () => {
    const feed = (state: Partial<PollState>) => aFeed({ state: aPollState({ baselined: true, ...state }) });
    const minutesUntil = (state: Partial<PollState>): number =>
      (Date.parse(nextPollAt(feed(state), NOW, defaultSettings) ?? '') - NOW.getTime()) / MINUTE;

    const now = minutesUntil({});
    expect(now).toBeGreaterThan(0);
    expect(now).toBeLessThanOrEqual(EVERY);
    expect(minutesUntil({ notBefore: inTime(60 * MINUTE) })).toBe(60 + now);
    expect(minutesUntil({ skippedHours: hourMask([0, 1]) })).toBe(120 + (now % EVERY));
  });
});

describe('the last poll by the schedule', () => {
  const feed = aFeed({ state: aPollState({ baselined: true }) });
  const slot = slotOf(batchMinuteUpTo(feed.pollBatch, BEGIN, EVERY));
  const polledAt = inTime(SECOND);
  const lastOf = (lastSlot: string | null): string | null =>
    lastScheduledPollAt(
      feed,
      { id: feed.pollBatch, feedIds: [], lastSlot, lastPolledAt: polledAt },
      NOW,
      defaultSettings,
    );

  it('is when the batch was polled', () => {
    expect(lastOf(slot)).toBe(polledAt);
  });

  it('is not known without a mark, or by one that a clock ahead has set', () => {
    expect(lastScheduledPollAt(feed, null, NOW, defaultSettings)).toBeNull();
    expect([lastOf(null), lastOf(inTime(HOUR))]).toEqual([null, null]);
  });

  it('is an earlier slot of the batch for a feed that is polled less often', () => {
    const slow = { ...feed, state: aPollState({ baselined: true, intervalMinutes: 20, askedMinutes: 20 }) };
    const lasts = Array.from({ length: 4 }, (_, n) => {
      const lastSlot = slotOf(minuteOf(new Date(slot)) - n * EVERY);
      return lastScheduledPollAt(
        slow,
        { id: feed.pollBatch, feedIds: [], lastSlot, lastPolledAt: lastSlot },
        NOW,
        defaultSettings,
      );
    });

    expect(new Set(lasts).size).toBe(2);
    expect(lasts.every((last) => last !== null && last <= slot)).toBe(true);
  });
});

describe('the interval now', () => {
  const feed = (state: Partial<PollState>) =>
    aFeed({ addedAt: inTime(-240 * HOUR), state: aPollState({ intervalMinutes: 320, ...state }) });

  it('is the one that was written down, or less where the reason for it is gone', () => {
    expect(intervalNow(feed({}), NOW, defaultSettings)).toBe(320);
    expect(intervalNow(feed({ lastNewItemAt: inTime(0) }), NOW, defaultSettings)).toBe(5);
    expect(intervalNow(feed({ lastNewItemAt: inTime(0), freshMinutes: 60 }), NOW, defaultSettings)).toBe(60);
    expect(intervalNow(feed({ lastNewItemAt: inTime(0), askedMinutes: 30 }), NOW, defaultSettings)).toBe(30);
    expect(intervalNow(feed({ intervalMinutes: 5 }), NOW, defaultSettings)).toBe(5);
  });

  it.each([
    [null, 0],
    [0, 0],
    [300, 0],
    [301, 10],
    [600, 10],
    [3_600, 60],
  ])('by headers that ask for %s seconds is not shorter than %d minutes', (seconds, minutes) => {
    expect(freshStep(seconds, defaultSettings)).toBe(minutes);
  });
});
