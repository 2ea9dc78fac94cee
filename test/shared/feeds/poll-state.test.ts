// What is known of a feed after a poll: how old what it brings is, its pace, and since when it is empty.
import { FetchFailedError } from '../../../shared/core/errors.ts';
import { describeHealth } from '../../../shared/feeds/feed-health.ts';
import {
  addressToAdopt,
  afterDocument,
  afterFailure,
  afterUnchanged,
  bodyHashOf,
  type Findings,
  ignoresValidators,
  isOldItemsOver,
  isUnseenForLong,
  isWorthStoring,
  SHORT_TEXT_CHARS,
  textOriginOf,
} from '../../../shared/feeds/poll-state.ts';
import type { Feed, FetchedFeed, PollState } from '../../../shared/model/feed.ts';
import type { Item, ParsedFeed } from '../../../shared/model/item.ts';
import { defaultSettings } from '../../../shared/model/settings.ts';
import { aFeed, anItem, aPollState } from '../../support/builders.ts';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const DAY = 86_400_000;
const daysAgo = (days: number): string => new Date(NOW.getTime() - days * DAY).toISOString();
const datedItems = (...days: readonly (number | null)[]): Item[] =>
  days.map((each, n) => anItem({ id: `${n}`, published: each === null ? null : daysAgo(each) }));

type Answer = Extract<FetchedFeed, { kind: 'changed' }>;

interface Poll {
  readonly answer?: Partial<Answer>;
  /** What the document says of its feed. */
  readonly says?: Partial<ParsedFeed['feed']>;
  readonly items?: readonly Item[];
  readonly newItems?: number;
  readonly findings?: Findings;
  readonly now?: Date;
}

/** What is known after a poll that brought a document; what a test does not name is missing from it. */
function stateAfter(feed: Feed, { answer, says, items = [], newItems = 0, findings, now = NOW }: Poll): PollState {
  const bare = { title: null, link: null, description: null, language: null, ttlMinutes: null, skipHours: [] };
  return afterDocument(
    feed,
    {
      kind: 'changed',
      body: new Uint8Array(),
      contentType: undefined,
      finalUrl: feed.url,
      movedTo: null,
      etag: null,
      lastModified: null,
      freshSeconds: null,
      ...answer,
    },
    { feed: { ...bare, format: 'rss', ...says }, items, notes: [] },
    newItems,
    now,
    defaultSettings,
    findings,
  );
}

const polled = (feed: Feed, items: readonly Item[], newItems: number, now = NOW): Feed => ({
  ...feed,
  state: stateAfter(feed, { items, newItems, now }),
});

const FAILURE: NonNullable<PollState['failure']> = { kind: 'timeout', message: 'm', count: 3, since: daysAgo(1) };
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
    ['came from a clock that is two minutes ahead', daysAgo(-2 / 1440), null, false],
    ['came from a clock that ran further ahead', daysAgo(-3 / 1440), null, true],
  ])('%s', (_what, sentWholeAt, lastChangedPollAt, isUnseen) => {
    expect(isUnseenForLong(state(sentWholeAt, lastChangedPollAt), NOW)).toBe(isUnseen);
  });

  it('is sent at each poll where the publisher gives nothing to ask by', () => {
    expect(isUnseenForLong({ ...state(daysAgo(70), daysAgo(70)), validatorsUrl: null }, NOW)).toBe(false);
  });
});

it.each<[what: string, until: string | null, ignores: boolean]>([
  ['was never wrong', null, false],
  ['was wrong less than thirty days ago', daysAgo(-0.001), true],
  ['was wrong thirty days ago', daysAgo(0), false],
  ['was wrong by a clock a day ahead', daysAgo(-31), true],
  ['was wrong by a clock that ran further ahead', daysAgo(-31.001), false],
])('a "not modified" that %s is trusted or not', (_what, validatorsIgnoredUntil, ignores) => {
  expect(ignoresValidators(aPollState({ validatorsIgnoredUntil }), NOW)).toBe(ignores);
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

  it('has the date of an item that is of this very moment, or of one that was only updated', () => {
    expect(polled(added(), datedItems(0), 1).state.lastNewItemAt).toBe(daysAgo(0));
    expect(polled(added(), [anItem({ published: null, updated: daysAgo(9) })], 1).state.lastNewItemAt).toBe(daysAgo(9));
  });

  it('shows a pace by four dates over six hours, not by fewer or closer ones', () => {
    const paceOf = (...days: readonly number[]) => polled(added(), datedItems(...days), days.length).state.itemsPerDay;

    expect(paceOf(1, 1.1, 1.2, 1.25)).toBe(12);
    expect(paceOf(1, 1.1, 1.25)).toBeNull();
    expect(paceOf(1, 1.1, 1.2, 1.249)).toBeNull();
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
  const read = (feed: Feed, oldItems: number, days: number): Feed => {
    const now = new Date(NOW.getTime() + days * DAY);
    return { ...feed, state: stateAfter(feed, { newItems: oldItems, now, findings: { oldItems } }) };
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
      now = read(now, items, day);
      counts.push(now.state.oldItems?.count);
    }

    expect(counts).toEqual([undefined, 2, 2, 3, 4, undefined]);
  });

  it('say when the first and the last of them came', () => {
    const first = read(aFeed({ state: aPollState({ baselined: true }) }), 2, 0);
    const last = read(first, 1, 3);

    expect(first.state.oldItems).toEqual({ count: 2, firstAt: daysAgo(0), lastAt: daysAgo(0) });
    expect(last.state.oldItems).toEqual({ count: 3, firstAt: daysAgo(0), lastAt: daysAgo(-3) });
  });

  it('are over after more than thirty days, or when a clock ran ahead', () => {
    const isOver = (lastAt: string) => isOldItemsOver({ count: 1, firstAt: daysAgo(40), lastAt }, NOW);

    expect([daysAgo(30), daysAgo(30.001), daysAgo(0), daysAgo(-1)].map(isOver)).toEqual([false, true, false, true]);
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

  it('does not follow from items that no earlier ones are known for', () => {
    const unknown = aFeed({ state: aPollState({ baselined: true, lastNewItemAt: null }) });
    const firstPoll = aFeed({ state: aPollState({ baselined: false, lastNewItemAt: daysAgo(1) }) });

    expect(polled(unknown, datedItems(0), 3).state.itemsPerDay).toBeNull();
    expect(polled(firstPoll, datedItems(null), 3).state.itemsPerDay).toBeNull();
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
  const quiet = aFeed({
    state: aPollState({
      baselined: true,
      lastNewItemAt: daysAgo(90),
      intervalMinutes: 320,
      lastChangedPollAt: daysAgo(1),
    }),
  });
  const afterPoll = (state: Partial<PollState>, answer: { freshSeconds?: number; movedTo?: string | null } = {}) =>
    afterUnchanged(
      { ...quiet, state: { ...quiet.state, ...state } },
      { kind: 'unchanged', freshSeconds: null, ...answer },
      NOW,
      defaultSettings,
    );

  it('is nothing to write down for a feed that is well', () => {
    expect(afterPoll({})).toBeNull();
  });

  it.each<[what: string, state: Partial<Feed['state']>]>([
    ['failed', { failure: FAILURE }],
    ['was gone', { goneAt: daysAgo(2) }],
    ['had to wait', { notBefore: daysAgo(0) }],
  ])('makes a feed well that %s', (_what, state) => {
    expect(afterPoll(state)).toEqual({
      ...quiet.state,
      sentWholeAt: daysAgo(1),
      lastChangedPollAt: NOW.toISOString(),
    });
  });

  it('makes the interval longer as the feed stays quiet, and not shorter', () => {
    expect(afterPoll({ intervalMinutes: 5 })).toMatchObject({ intervalMinutes: 320, freshMinutes: 0 });
    expect(afterPoll({ lastNewItemAt: daysAgo(0), intervalMinutes: 60, freshMinutes: 60 })).toBeNull();
  });

  it('makes the time that caches may keep the feed longer, and not shorter', () => {
    expect(afterPoll({}, { freshSeconds: 3_600 })).toMatchObject({ intervalMinutes: 320, freshMinutes: 60 });
    expect(afterPoll({ freshMinutes: 60 }, { freshSeconds: 600 })).toBeNull();
  });

  it('counts for the address that the feed has moved to, where the answer tells', () => {
    const redirect = { url: 'https://new.example.org/feed.xml', firstAt: daysAgo(0.5), count: 1 };

    expect(afterPoll({ redirect })).toBeNull();
    expect(afterPoll({ redirect }, { movedTo: null })?.redirect).toBeNull();
    expect(afterPoll({ redirect }, { movedTo: redirect.url })?.redirect).toEqual({ ...redirect, count: 2 });
  });

  it('is written down when it answers the weekly request for the whole document', () => {
    const week = { validatorsUrl: quiet.url, sentWholeAt: daysAgo(7) };

    expect(afterPoll(week)?.sentWholeAt).toBe(daysAgo(0));
    expect(afterPoll({ ...week, sentWholeAt: daysAgo(6) })).toBeNull();
    expect(afterPoll({ ...week, sentWholeAt: daysAgo(6), goneAt: daysAgo(2) })?.sentWholeAt).toBe(daysAgo(6));
  });
});

it('a feed is polled as seldom as it asks for, and as its publisher lets caches keep it', () => {
  const intervalOf = (ttlMinutes: number | null, freshSeconds: number | null): number =>
    stateAfter(added(), { says: { ttlMinutes }, answer: { freshSeconds }, items: datedItems(0), newItems: 1 })
      .intervalMinutes;

  expect(intervalOf(null, null)).toBe(5);
  expect(intervalOf(60, null)).toBe(60);
  expect(intervalOf(null, 3_600)).toBe(60);
});

it.each<[what: string, before: Partial<PollState>, after: Partial<PollState>, isWorth: boolean]>([
  ['changes nothing', {}, {}, false],
  ['changes the time that caches may keep it', {}, { freshMinutes: 30 }, true],
  ['changes the interval', {}, { intervalMinutes: 40 }, true],
  ['observes a redirect', {}, { redirect: { url: 'https://new.example.org/', firstAt: daysAgo(0), count: 1 } }, true],
  ['finds the feed empty', {}, { emptySince: daysAgo(0) }, true],
  ['is the first', { baselined: false }, { baselined: true }, true],
  ['ends failures', { failure: FAILURE }, { failure: null }, true],
  ['finds again what was gone', { goneAt: daysAgo(1) }, { goneAt: null }, true],
  ['ends a pause', { notBefore: daysAgo(0) }, { notBefore: null }, true],
  ['follows one whose time is not known', { lastChangedPollAt: null }, {}, true],
  ['comes half an hour after one that was written down', { lastChangedPollAt: daysAgo(30 / 1440) }, {}, true],
  ['comes less than half an hour after it', { lastChangedPollAt: daysAgo(29.9 / 1440) }, {}, false],
  ['comes before it, by a clock half an hour behind', { lastChangedPollAt: daysAgo(-30 / 1440) }, {}, true],
])('a poll without new items that %s is written down or not', (_what, before, after, isWorth) => {
  const known = aPollState({ baselined: true, lastChangedPollAt: NOW.toISOString(), ...before });

  expect(isWorthStoring(known, { ...known, ...after }, 0, NOW)).toBe(isWorth);
});

it('a poll with one new item is written down', () => {
  const known = aPollState({ baselined: true, lastChangedPollAt: NOW.toISOString() });

  expect(isWorthStoring(known, known, 1, NOW)).toBe(true);
});

describe('a document', () => {
  const known = aFeed({
    state: aPollState({
      baselined: true,
      lastNewItemAt: daysAgo(0),
      ownTitle: 'Old title',
      siteUrl: 'https://old.example.org/',
      ownLanguage: 'de',
      textOrigin: 'feed',
    }),
  });

  it('brings what it says of its feed; what it does not say stays', () => {
    const says = {
      title: 'Harbour',
      link: 'https://news.example.org/',
      language: 'en',
      ttlMinutes: 60,
      skipHours: [0, 3],
    };
    const spoken = stateAfter(known, { says, items: [anItem({ summary: null })] });

    expect(spoken).toMatchObject({
      ownTitle: 'Harbour',
      siteUrl: 'https://news.example.org/',
      ownLanguage: 'en',
      askedMinutes: 60,
      skippedHours: 9,
      textOrigin: 'title',
      itemCount: 1,
      baselined: true,
      lastChangedPollAt: daysAgo(0),
      sentWholeAt: daysAgo(0),
    });
    expect(stateAfter({ ...known, state: spoken }, {})).toMatchObject({
      ownTitle: 'Harbour',
      siteUrl: 'https://news.example.org/',
      ownLanguage: 'en',
      askedMinutes: 0,
      skippedHours: 0,
      textOrigin: 'title',
    });
  });

  it('ends failures and pauses', () => {
    const failing = {
      ...known,
      state: { ...known.state, failure: FAILURE, goneAt: daysAgo(2), notBefore: daysAgo(0) },
    };

    expect(stateAfter(failing, {})).toMatchObject({ failure: null, goneAt: null, notBefore: null });
  });

  it.each([
    ['an ETag', 'a', null],
    ['a date', null, 'Mon, 23 Nov 2026 10:00:00 GMT'],
    ['both', 'a', 'Mon, 23 Nov 2026 10:00:00 GMT'],
  ])('is asked for next by %s, at the address that gave it', (_what, etag, lastModified) => {
    const answer = { etag, lastModified, finalUrl: 'https://cdn.example.org/feed.xml' };

    expect(stateAfter(known, { answer })).toMatchObject({ etag, lastModified, validatorsUrl: answer.finalUrl });
  });

  it('is asked for without a condition when the answer gave nothing, or edited items wait', () => {
    const answer = { etag: 'a', lastModified: 'Mon, 23 Nov 2026 10:00:00 GMT' };
    const nothing = { etag: null, lastModified: null, validatorsUrl: null };

    expect(stateAfter(known, {})).toMatchObject({ ...nothing, bodyHash: bodyHashOf(new Uint8Array()) });
    expect(stateAfter(known, { answer, findings: { editsWait: true } })).toMatchObject({ ...nothing, bodyHash: null });
  });

  it('makes "not modified" count for nothing for thirty days, once it was seen to be wrong', () => {
    const until = (state: Partial<PollState>, findings: Findings = {}) =>
      stateAfter({ ...known, state: { ...known.state, ...state } }, { findings }).validatorsIgnoredUntil;

    expect(until({}, { notModifiedWasWrong: true })).toBe(daysAgo(-30));
    expect(until({ validatorsIgnoredUntil: daysAgo(-3) })).toBe(daysAgo(-3));
    expect(until({ validatorsIgnoredUntil: daysAgo(0) })).toBeNull();
    expect(until({})).toBeNull();
  });

  it('makes the interval shorter only with news', () => {
    const slow = { intervalMinutes: 60, freshMinutes: 60 };
    const wait = (state: Partial<PollState>, newItems: number) => {
      const { intervalMinutes, freshMinutes } = stateAfter(
        { ...known, state: { ...known.state, ...state } },
        { newItems },
      );
      return { intervalMinutes, freshMinutes };
    };

    expect(wait(slow, 0)).toEqual(slow);
    expect(wait(slow, 1)).toEqual({ intervalMinutes: 5, freshMinutes: 0 });
    expect(wait({ ...slow, baselined: false }, 0)).toEqual({ intervalMinutes: 5, freshMinutes: 0 });
  });

  it('is asked for as seldom as a feed that has been quiet since it was added', () => {
    const feed = aFeed({ addedAt: daysAgo(4), state: aPollState({ baselined: true }) });

    expect(stateAfter(feed, {}).intervalMinutes).toBe(160);
  });
});

describe('an address that the feed has moved to', () => {
  const NEW_URL = 'https://new.example.org/feed.xml';
  const seen = (count: number, days: number) => ({ url: NEW_URL, firstAt: daysAgo(days), count });
  const observed = (redirect: PollState['redirect'], movedTo: string | null) =>
    stateAfter(aFeed({ state: aPollState({ redirect }) }), { answer: { movedTo } }).redirect;

  it.each<[what: string, before: PollState['redirect'], movedTo: string | null, redirect: PollState['redirect']]>([
    ['begins with the first answer from there', null, NEW_URL, seen(1, 0)],
    ['goes on after half a day', seen(1, 0.5), NEW_URL, seen(2, 0.5)],
    ['does not go on before', seen(1, 0.499), NEW_URL, seen(1, 0.499)],
    ['goes on after a day', seen(2, 1), NEW_URL, seen(3, 1)],
    ['does not go on before the day is over', seen(2, 0.999), NEW_URL, seen(2, 0.999)],
    ['begins again with another address', { ...seen(2, 1), url: 'https://other.example.org/' }, NEW_URL, seen(1, 0)],
    ['begins again where a clock ran ahead', seen(2, -1), NEW_URL, seen(1, 0)],
    ['ends with an answer from the old one', seen(2, 1), null, null],
    ['ends with a redirect to the old one', seen(2, 1), aFeed().url, null],
  ])('is observed: that %s', (_what, before, movedTo, redirect) => {
    expect(observed(before, movedTo)).toEqual(redirect);
  });

  it('is adopted once it was seen three times', () => {
    expect([null, seen(2, 1), seen(3, 1)].map((redirect) => addressToAdopt(aPollState({ redirect })))).toEqual([
      null,
      null,
      NEW_URL,
    ]);
  });
});

describe('a poll that fails', () => {
  const known = aFeed({
    state: aPollState({
      baselined: true,
      lastChangedPollAt: daysAgo(3),
      redirect: { url: 'u', firstAt: 'f', count: 2 },
    }),
  });
  const timeout = new FetchFailedError('timeout', known.url, 'no answer');
  const gone = new FetchFailedError('gone', known.url, 'answered 410', { status: 410 });
  const fail = (state: Partial<PollState>, error: FetchFailedError, isOurs = false) =>
    afterFailure({ ...known, state: { ...known.state, ...state } }, error, daysAgo(1), NOW, defaultSettings, isOurs);

  it('begins a run of failures, with the last good poll before it', () => {
    const state = fail({}, timeout);

    expect(state.failure).toEqual({ kind: 'timeout', message: timeout.message, since: daysAgo(0), count: 1 });
    expect(state).toMatchObject({ lastChangedPollAt: daysAgo(1), redirect: null, goneAt: null });
  });

  it('counts on from the one before, since when it lasts', () => {
    const state = fail({ failure: FAILURE }, timeout);

    expect(state.failure).toMatchObject({ since: FAILURE.since, count: 4 });
    expect(state.lastChangedPollAt).toBe(daysAgo(3));
    expect(fail({ failure: { ...FAILURE, since: daysAgo(-1) } }, timeout).failure.since).toBe(daysAgo(0));
  });

  it('waits the longer the more often it failed, but not for an outage of our own', () => {
    const waitMinutes = (...given: Parameters<typeof fail>) =>
      (Date.parse(fail(...given).notBefore ?? '') - NOW.getTime()) / 60_000;

    // Intervals of five minutes, and up to a quarter more.
    expect(Math.floor(waitMinutes({}, timeout) / 6.3)).toBe(0);
    expect(waitMinutes({ failure: FAILURE }, timeout)).toBeGreaterThanOrEqual(40);
    expect(waitMinutes({ failure: FAILURE }, timeout)).toBeLessThanOrEqual(50);
    expect(waitMinutes({ failure: FAILURE }, timeout, true)).toBe(waitMinutes({}, timeout));
    expect(fail({ failure: FAILURE }, timeout, true).failure.count).toBe(3);
    expect(fail({}, timeout, true).failure.count).toBe(1);
  });

  it('keeps the status of the answer', () => {
    expect(fail({}, gone).failure.status).toBe(410);
    expect(fail({}, timeout).failure).not.toHaveProperty('status');
  });

  it('is not polled again when it is gone, since the first answer that said so', () => {
    expect(fail({}, gone)).toMatchObject({ goneAt: daysAgo(0), notBefore: null });
    expect(fail({ goneAt: daysAgo(5) }, gone).goneAt).toBe(daysAgo(5));
    expect(fail({ goneAt: daysAgo(5) }, timeout).goneAt).toBe(daysAgo(5));
  });

  it('is asked again at once where its host had no turn to give and named no time', () => {
    expect(fail({}, new FetchFailedError('throttled', known.url, 'no turn')).notBefore).toBe(daysAgo(0));
  });

  it('is described in 500 characters at most', () => {
    const long = new FetchFailedError('timeout', known.url, 'x'.repeat(600));

    expect(fail({}, long).failure.message).toBe(long.message.slice(0, 500));
  });
});

describe('what the items of a feed offer for matching', () => {
  const items = (count: number, change: Partial<Item>): Item[] => Array.from({ length: count }, () => anItem(change));
  const long = { content: 'x'.repeat(SHORT_TEXT_CHARS) };
  const short = { content: 'x'.repeat(SHORT_TEXT_CHARS - 1) };
  const bare = { content: null, summary: null };

  it.each<[what: string, items: readonly Item[], origin: PollState['textOrigin']]>([
    ['nothing where there are none', [], null],
    ['their whole text where it is as long as half a screen', items(1, long), 'feed'],
    ['a summary where the text is shorter', items(1, short), 'summary'],
    ['a summary where there is no text', items(1, { content: null, summary: 'A convoy.' }), 'summary'],
    ['a title where there is neither', items(1, bare), 'title'],
    ['a title where both are empty', items(1, { content: '', summary: '' }), 'title'],
    ['the whole text where more than half of them have it', [...items(2, long), ...items(1, bare)], 'feed'],
    ['no more than what more than half of them have', [...items(1, long), ...items(1, bare)], 'title'],
    ['what the ten newest have', [...items(5, long), ...items(5, short), ...items(1, long)], 'summary'],
  ])('is %s', (_what, of, origin) => {
    expect(textOriginOf(of)).toBe(origin);
  });

  it('is half a screen from six hundred characters on', () => {
    expect(SHORT_TEXT_CHARS).toBe(600);
  });
});
