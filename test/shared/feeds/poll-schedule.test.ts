// When a feed is due: never twice in a slot, never later than its interval, whatever its interval was before; and how long that is.
import fc from 'fast-check';
import {
  batchMinuteUpTo,
  hourMask,
  intervalAfter,
  isFeedDue,
  minuteOf,
  nextPollAt,
  slotOf,
} from '../../../shared/feeds/poll-schedule.ts';
import type { Feed } from '../../../shared/model/feed.ts';
import { feedIdOf } from '../../../shared/model/ids.ts';
import { defaultSettings } from '../../../shared/model/settings.ts';
import { aFeed, aPollState } from '../../support/builders.ts';

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
    expect([0, 3, 4, 8, 24, 240].map((quietHours) => intervalFor({ quietHours }))).toEqual([5, 5, 10, 20, 40, 320]);
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
