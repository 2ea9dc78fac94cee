// What is known of a feed after a poll: how old what it brings is, its pace, and since when it is empty.
import { describeHealth } from '../../../shared/feeds/feed-health.ts';
import {
  afterDocument,
  afterUnchanged,
  bodyHashOf,
  isUnseenForLong,
  isWorthStoring,
} from '../../../shared/feeds/poll-state.ts';
import type { Feed } from '../../../shared/model/feed.ts';
import type { Item, ParsedFeed } from '../../../shared/model/item.ts';
import { defaultSettings } from '../../../shared/model/settings.ts';
import { aFeed, anItem, aPollState } from '../../support/builders.ts';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const DAY = 86_400_000;
const daysAgo = (days: number): string => new Date(NOW.getTime() - days * DAY).toISOString();
const datedItems = (...days: readonly (number | null)[]): Item[] =>
  days.map((each, n) => anItem({ id: `${n}`, published: each === null ? null : daysAgo(each) }));

function polled(feed: Feed, items: readonly Item[], newItems: number, now = NOW): Feed {
  const document = { feed: { skipHours: [] }, items, notes: [] } as unknown as ParsedFeed;
  const answer = {
    kind: 'changed',
    body: new Uint8Array(),
    contentType: undefined,
    finalUrl: feed.url,
    movedTo: null,
    etag: null,
    lastModified: null,
    freshSeconds: null,
  } as const;
  return { ...feed, state: afterDocument(feed, answer, document, newItems, now, defaultSettings) };
}

const added = (): Feed => aFeed({ addedAt: NOW.toISOString() });
const healthOf = (feed: Feed, now = NOW) => describeHealth(feed, null, now, defaultSettings);

describe('the document itself', () => {
  const state = (sentWholeAt: string | null, lastChangedPollAt: string | null) =>
    aPollState({ validatorsUrl: 'https://news.example.org/feed.xml', sentWholeAt, lastChangedPollAt });

  it.each<[what: string, sentWholeAt: string | null, lastChangedPollAt: string | null, isUnseen: boolean]>([
    ['came a week ago, whatever was written down since', daysAgo(7), daysAgo(1), true],
    ['came less than a week ago', daysAgo(6.99), daysAgo(8), false],
    ['came at a time that an older version did not note, and the last change is a week old', null, daysAgo(7), true],
    ['came at a time that an older version did not note, and the last change is younger', null, daysAgo(6.99), false],
    ['never came', null, null, false],
  ])('%s', (_what, sentWholeAt, lastChangedPollAt, isUnseen) => {
    expect(isUnseenForLong(state(sentWholeAt, lastChangedPollAt), NOW)).toBe(isUnseen);
  });
});

describe('a feed polled for the first time', () => {
  it('is as old as its newest item, not as its subscription', () => {
    const health = healthOf(polled(added(), datedItems(800, 790, 781), 3));

    expect(health).toMatchObject({ status: 'silent', lastNewItemAt: daysAgo(781) });
    expect(health.explanation).toContain('nothing new for 781 days');
  });

  it('has the pace that its dates show, by which its silence is judged', () => {
    const lively = polled(added(), datedItems(7, 6.5, 6, 5.5, 5), 5);
    const slow = polled(added(), datedItems(50, 35, 20, 5), 4);

    expect(lively.state.itemsPerDay).toBe(2);
    expect([lively, slow].map((feed) => healthOf(feed).status)).toEqual(['silent', 'unchanged']);
  });

  it('is asked as seldom as one that has been watched for as long as it has been quiet', () => {
    const intervals = [0.1, 1, 2, 800].map((days) => polled(added(), datedItems(days), 1).state.intervalMinutes);

    expect(intervals).toEqual([5, 40, 80, 320]);
  });

  it.each([
    ['no dates', datedItems(null, null)],
    ['dates in the future only', datedItems(-2, -3)],
    ['no items', []],
  ])('counts from its first poll when it has %s', (_what, items) => {
    const { state } = polled(added(), items, items.length);

    expect(state.lastNewItemAt).toBe(items.length > 0 ? NOW.toISOString() : null);
    expect(state.itemsPerDay).toBeNull();
  });

  it('shows no pace when its items are all of one time', () => {
    expect(polled(added(), datedItems(1, 1, 1.01, 1, 1), 5).state.itemsPerDay).toBeNull();
  });
});

it('later new items count from when they were seen, whatever their dates', () => {
  const feed = aFeed({ state: aPollState({ baselined: true, lastNewItemAt: daysAgo(3) }) });

  expect(polled(feed, datedItems(400), 1).state.lastNewItemAt).toBe(NOW.toISOString());
});

describe('an empty feed', () => {
  const before = aFeed({ state: aPollState({ baselined: true, lastNewItemAt: daysAgo(90), itemCount: 9 }) });

  it('is empty since the first poll that brought nothing, however often it changes', () => {
    const first = polled(before, [], 0);
    const later = new Date(NOW.getTime() + 3 * DAY);
    const second = polled(first, [], 0, later);

    expect(healthOf(second, later)).toMatchObject({ status: 'empty', since: NOW.toISOString() });
    expect(isWorthStoring(before.state, first.state, 0, NOW)).toBe(true);
  });

  it('is empty no longer once an item is back, be it a known one', () => {
    const back = polled(polled(before, [], 0), datedItems(90), 0);

    expect(back.state.emptySince).toBeNull();
  });
});

describe('old items', () => {
  const answer = {
    kind: 'changed',
    body: new Uint8Array(),
    contentType: undefined,
    finalUrl: aFeed().url,
    movedTo: null,
    etag: null,
    lastModified: null,
    freshSeconds: null,
  } as const;
  const document = { feed: { skipHours: [] }, items: [], notes: [] } as unknown as ParsedFeed;
  const after = (feed: Feed, oldItems: number, days: number): Feed => {
    const now = new Date(NOW.getTime() + days * DAY);
    return { ...feed, state: afterDocument(feed, answer, document, oldItems, now, defaultSettings, { oldItems }) };
  };

  it('are counted from the first, and from zero after thirty days without one', () => {
    const feed = aFeed({ state: aPollState({ baselined: true }) });
    const counts: (number | undefined)[] = [];
    let now = feed;
    for (const [items, day] of [
      [0, 0],
      [2, 1],
      [0, 2],
      [1, 31],
      [4, 62],
      [0, 93],
    ] as const) {
      now = after(now, items, day);
      counts.push(now.state.oldItems?.count);
    }

    expect(counts).toEqual([undefined, 2, 2, 3, 4, undefined]);
  });
});

describe('the pace of a feed that is polled again and again', () => {
  const WEEK = 7;

  /** The pace after polls that each bring so many new items so many days after the one before. */
  function paceAfter(itemsPerDay: number | null, polls: readonly (readonly [days: number, newItems: number])[]) {
    let now = NOW;
    let feed = aFeed({
      state: aPollState({ baselined: true, lastNewItemAt: NOW.toISOString(), itemsPerDay }),
    });
    for (const [days, newItems] of polls) {
      now = new Date(now.getTime() + days * DAY);
      feed = polled(feed, datedItems(0), newItems, now);
    }
    return feed.state.itemsPerDay;
  }
  const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

  it('stays what it is while the feed keeps it, however often it is polled', () => {
    expect(paceAfter(4, times(30, [1, 4]))).toBeCloseTo(4, 9);
    expect(paceAfter(4, times(30, [0.25, 1]))).toBeCloseTo(4, 9);
    expect(paceAfter(4, [[30, 120]])).toBeCloseTo(4, 9);
  });

  it('counts the past by 1/e after a week', () => {
    expect(paceAfter(10, [[WEEK, WEEK]])).toBeCloseTo(10 / Math.E + (1 - 1 / Math.E), 9);
    expect(paceAfter(10, times(28, [WEEK / 28, WEEK / 28]))).toBeCloseTo(10 / Math.E + (1 - 1 / Math.E), 9);
  });

  it('rises and falls towards what the feed does now', () => {
    expect(paceAfter(1, times(60, [1, 9]))).toBeCloseTo(9, 2);
    expect(paceAfter(9, times(60, [1, 1]))).toBeCloseTo(1, 2);
  });

  it('is not known before the second new items; a day is the least that they are measured by', () => {
    expect(paceAfter(null, [[2, 6]])).toBe(3);
    expect(paceAfter(null, [[0.5, 6]])).toBe(6);
  });

  it('counts items of the same moment by a seventh', () => {
    expect(paceAfter(4, [[0, 7]])).toBeCloseTo(5, 9);
  });
});

it('a document is known again by the SHA-256 of its bytes', () => {
  expect(bodyHashOf(new TextEncoder().encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  expect(polled(added(), [], 0).state.bodyHash).toBe(bodyHashOf(new Uint8Array()));
});

describe('a poll that finds nothing changed', () => {
  const unchanged = { kind: 'unchanged', freshSeconds: null, movedTo: undefined } as const;
  const quiet = aFeed({
    state: aPollState({
      baselined: true,
      lastNewItemAt: daysAgo(90),
      intervalMinutes: 320,
      lastChangedPollAt: daysAgo(1),
    }),
  });
  const afterPoll = (state: Partial<Feed['state']>) =>
    afterUnchanged({ ...quiet, state: { ...quiet.state, ...state } }, unchanged as never, NOW, defaultSettings);

  it('is nothing to write down for a feed that is well', () => {
    expect(afterPoll({})).toBeNull();
  });

  it.each<[what: string, state: Partial<Feed['state']>]>([
    ['failed', { failure: { kind: 'timeout', message: 'm', count: 3, since: daysAgo(1), status: null } as never }],
    ['was gone', { goneAt: daysAgo(2) }],
    ['had to wait', { notBefore: daysAgo(0) }],
  ])('makes a feed well that %s', (_what, state) => {
    expect(afterPoll(state)).toMatchObject({
      failure: null,
      goneAt: null,
      notBefore: null,
      lastChangedPollAt: NOW.toISOString(),
    });
  });
});

it('a feed is polled as seldom as it asks for, and as its publisher lets caches keep it', () => {
  const intervalOf = (ttlMinutes: number | undefined, freshSeconds: number | null): number => {
    const document = { feed: { skipHours: [], ttlMinutes }, items: datedItems(0), notes: [] } as unknown as ParsedFeed;
    const answer = {
      kind: 'changed',
      body: new Uint8Array(),
      contentType: undefined,
      finalUrl: aFeed().url,
      movedTo: null,
      etag: null,
      lastModified: null,
      freshSeconds,
    } as const;
    return afterDocument(added(), answer, document, 1, NOW, defaultSettings).intervalMinutes;
  };

  expect(intervalOf(undefined, null)).toBe(5);
  expect(intervalOf(60, null)).toBeGreaterThan(30);
  expect(intervalOf(undefined, 3_600)).toBeGreaterThan(30);
});

it.each<[what: string, changes: Partial<Feed['state']>, isWorth: boolean]>([
  ['nothing', {}, false],
  ['the time that caches may keep it', { freshMinutes: 30 }, true],
  ['the interval', { intervalMinutes: 40 }, true],
])('a poll after which %s is another is written down or not', (_what, changes, isWorth) => {
  const before = aPollState({ baselined: true, lastChangedPollAt: NOW.toISOString() });

  expect(isWorthStoring(before, { ...before, ...changes }, 0, NOW)).toBe(isWorth);
});
