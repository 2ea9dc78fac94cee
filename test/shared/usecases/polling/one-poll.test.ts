// One message of the poll queue: what is asked, what is queued, written down, logged and counted, and what a failure leaves undone.
import { DamagedRecordError, FetchFailedError, ServiceUnavailableError } from '../../../../shared/core/errors.ts';
import type { PollState } from '../../../../shared/model/feed.ts';
import type { FeedId } from '../../../../shared/model/ids.ts';
import type { ArticleMessage, PollMessage } from '../../../../shared/model/messages.ts';
import { defaultSettings } from '../../../../shared/model/settings.ts';
import type { FeedFetcher, FeedStore } from '../../../../shared/ports.ts';
import { type PollPorts, pollFeeds } from '../../../../shared/usecases/polling/poll-feeds.ts';
import { aClock, aNewFeed, anItem, later, START } from '../../../support/builders.ts';
import { aLog, aPublisher, aQueue, readItems, someMetrics } from '../../../support/fakes.ts';
import { createMemoryStores } from '../../../support/memory-store.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const URL = 'https://news.example.org/feed.xml';
const report = (n: number, change: object = {}) =>
  anItem({
    id: `${n}`,
    url: `https://news.example.org/${n}`,
    title: `Report ${n}`,
    published: later(-n * MINUTE),
    ...change,
  });

/** Feeds in one batch, each at an address of its own; the first at `URL`. */
async function aWorld(...others: readonly string[]) {
  const clock = aClock();
  const { feeds } = createMemoryStores({ clock });
  const added = [URL, ...others].map((url) => aNewFeed({ url, title: url === URL ? 'Example News' : '' }));
  for (const feed of added) await feeds.addFeed(feed);
  const [batch] = await feeds.listPollBatches();
  const publisher = aPublisher();
  const queue = aQueue<ArticleMessage>();
  const log = aLog();
  const metrics = someMetrics();
  const calls: string[] = [];
  const network = {
    answered: () => void calls.push('answered'),
    isOurs: (host: string, _failure: FetchFailedError, wasFine: boolean) => {
      calls.push(`failed ${host} ${wasFine ? 'that was fine' : 'again'}`);
      return false;
    },
  };
  const ports: PollPorts = {
    feeds,
    articleQueue: queue,
    fetcher: publisher,
    readFeed: readItems,
    clock,
    log,
    metrics,
    network,
  };
  const ids = added.map(({ id }) => id);
  const poll = (change: Partial<PollMessage> = {}, otherPorts: Partial<PollPorts> = {}, settings = defaultSettings) =>
    pollFeeds(
      { v: 1, kind: 'poll', pollBatch: null, slot: null, feedIds: ids, ...change },
      { ...ports, ...otherPorts },
      settings,
    );
  /** As the schedule does it. */
  const pollSlot = (otherPorts: Partial<PollPorts> = {}, slot = clock.now().toISOString()) =>
    poll({ pollBatch: batch!.id, slot }, otherPorts);
  const stateOf = async (at = 0): Promise<PollState> => (await feeds.getFeed(ids[at]!))!.state;
  const setState = async (change: Partial<PollState>, at = 0): Promise<void> => {
    await feeds.savePollState(ids[at]!, { ...(await stateOf(at)), ...change });
  };
  const markOf = async () => {
    const { lastSlot, lastPolledAt } = (await feeds.getPollBatch(batch!.id))!;
    return { lastSlot, lastPolledAt };
  };
  return {
    ...ports,
    feeds,
    publisher,
    queue,
    log,
    metrics,
    clock,
    calls,
    ids,
    batch: batch!,
    poll,
    pollSlot,
    stateOf,
    setState,
    markOf,
  };
}

/** The store, with one of its methods replaced. */
const storeThat = <Name extends keyof FeedStore>(store: FeedStore, name: Name, how: FeedStore[Name]): FeedStore =>
  new Proxy(store, {
    get: (target, key) => {
      if (key === name) return how;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

describe('a poll of a slot', () => {
  it('is marked when all feeds are done, with the slot and the time', async () => {
    const { publisher, pollSlot, markOf, clock } = await aWorld();
    publisher.show(URL, { items: [] });
    clock.advance(2_000);

    expect(await pollSlot({}, START)).toMatchObject({ repeated: false, results: [{ outcome: 'changed' }] });
    expect(await markOf()).toEqual({ lastSlot: START, lastPolledAt: later(2_000) });
  });

  it.each([
    ['the same slot', 0],
    ['an earlier slot', -5 * MINUTE],
  ])('is not repeated for %s', async (_name, ms) => {
    const { publisher, pollSlot } = await aWorld();
    publisher.show(URL, { items: [] });
    await pollSlot();

    expect(await pollSlot({}, later(ms))).toEqual({ results: [], repeated: true });
    expect(publisher.requests).toHaveLength(1);
  });

  it('goes on after a mark of the future, which is pushed on by a millisecond', async () => {
    const { publisher, pollSlot, markOf, feeds, batch } = await aWorld();
    publisher.show(URL, { items: [] });
    await feeds.notePolled(batch.id, later(DAY), later(DAY));

    expect(await pollSlot()).toMatchObject({ repeated: false });
    expect(await markOf()).toEqual({ lastSlot: later(DAY + 1), lastPolledAt: START });
  });

  it('that somebody asked for leaves no mark', async () => {
    const { publisher, poll, markOf, batch } = await aWorld();
    publisher.show(URL, { items: [] });
    await poll({ pollBatch: batch.id });

    expect(await markOf()).toEqual({ lastSlot: null, lastPolledAt: null });
  });

  it('leaves out feeds that are not due', async () => {
    const { publisher, pollSlot, setState } = await aWorld();
    await setState({ goneAt: START });

    expect((await pollSlot()).results).toMatchObject([{ outcome: 'not_due' }]);
    expect(publisher.requests).toEqual([]);
  });
});

describe('a first poll', () => {
  it.each([
    ['read since', { baselined: true }, 'not_due'],
    ['tried since', { failure: { kind: 'dns', message: '', since: START, count: 1 } }, 'not_due'],
    ['not polled yet', {}, 'changed'],
  ] as const)('of a feed that was %s is "%s"', async (_name, state, outcome) => {
    const { publisher, poll, setState } = await aWorld();
    publisher.show(URL, { items: [] });
    await setState(state);

    expect((await poll({ firstPoll: true })).results).toMatchObject([{ outcome }]);
    expect((await poll()).results).not.toMatchObject([{ outcome: 'not_due' }]);
  });
});

describe('what a poll came to', () => {
  it('has the id, the address and the title of the feed, as the operator or the publisher states it', async () => {
    const other = 'https://other.example.org/feed';
    const nameless = 'https://nameless.example.org/feed';
    const { publisher, poll, setState, ids } = await aWorld(other, nameless);
    for (const url of [URL, other, nameless]) publisher.show(url, { items: [] });
    await setState({ ownTitle: 'Own' }, 0);
    await setState({ ownTitle: 'Own' }, 1);

    expect((await poll()).results.map(({ feedId, title, url }) => ({ feedId, title, url }))).toEqual([
      { feedId: ids[0], title: 'Example News', url: URL },
      { feedId: ids[1], title: 'Own', url: other },
      { feedId: ids[2], title: '', url: nameless },
    ]);
  });

  it('is counted: new items, and feeds that changed, did not, or failed', async () => {
    const urls = ['b', 'c', 'd', 'e'].map((name) => `https://${name}.example.org/feed`);
    const { publisher, poll, metrics } = await aWorld(...urls);
    publisher.show(URL, { items: [report(1), report(2)] });
    publisher.show(urls[0]!, { items: [report(3)] });
    publisher.answer(urls[1]!, async () => ({ kind: 'unchanged', freshSeconds: null }));

    const { results } = await poll();

    expect(results.map(({ outcome }) => outcome)).toEqual(['changed', 'changed', 'unchanged', 'failed', 'failed']);
    expect(metrics.totals).toEqual({ FeedsUnchanged: 1, FeedsChanged: 2, FeedsFailed: 2, ItemsNew: 3 });
  });

  it('tells new items from edited ones, and from those that were there', async () => {
    const { publisher, poll, clock } = await aWorld();
    const edited = 'The convoy that left in the night has now arrived at the river, officials said on Tuesday.';
    publisher.show(URL, { items: [report(2), report(1)] });
    const first = await poll();
    clock.advance(60 * MINUTE);
    publisher.show(URL, { items: [report(3), report(2, { summary: edited }), report(1)] });

    expect(first.results).toMatchObject([
      { outcome: 'changed', newItems: 2, editedItems: 0, items: 2, firstPoll: true },
    ]);
    expect((await poll()).results).toMatchObject([
      { outcome: 'changed', newItems: 1, editedItems: 1, items: 3, firstPoll: false },
    ]);
  });
});

describe('items are queued', () => {
  it('in the order in which they came, with what the poll knows of them', async () => {
    const { publisher, poll, queue, clock } = await aWorld();
    publisher.show(URL, { items: [report(3), report(2), report(1)] });
    await poll();
    const first = queue.take();
    const edit = (n: number) => report(n, { summary: `Report ${n} was written again, with many more words in it.` });
    clock.advance(60 * MINUTE);
    publisher.show(URL, { items: [report(5), report(4), edit(3), edit(2), report(1)] });
    await poll();

    expect(first.map(({ item, firstPoll, edited }) => [item.id, firstPoll, edited])).toEqual([
      ['1', true, undefined],
      ['2', true, undefined],
      ['3', true, undefined],
    ]);
    expect(first[0]).toMatchObject({ polledAt: START, datesAreReliable: true });
    expect(queue.take().map(({ item, firstPoll, edited }) => [item.id, firstPoll, edited])).toEqual([
      ['4', false, undefined],
      ['5', false, undefined],
      // These were there at the first poll.
      ['2', true, true],
      ['3', true, true],
    ]);
  });

  it('as not of the first poll where an edited one has no date', async () => {
    const { publisher, poll, queue, clock } = await aWorld();
    const undated = { published: null, updated: null };
    publisher.show(URL, { items: [report(1, undated)] });
    await poll();
    queue.take();
    clock.advance(60 * MINUTE);
    publisher.show(URL, {
      items: [
        report(1, { ...undated, summary: 'Report 1 was written again, with many more words in it than before.' }),
      ],
    });
    await poll();

    expect(queue.take()).toMatchObject([
      { item: { id: '1' }, edited: true, firstPoll: false, datesAreReliable: false },
    ]);
  });

  it('before they are remembered, and remembered before the state is written', async () => {
    const { publisher, poll, feeds, queue } = await aWorld();
    publisher.show(URL, { items: [report(1)] });
    const order: string[] = [];
    const noting = (name: string) => (value: unknown) => {
      order.push(name);
      return value;
    };
    const watched = storeThat(
      storeThat(
        feeds,
        'saveMemory',
        (id, change) => feeds.saveMemory(id, change).then(noting('memory')) as Promise<void>,
      ),
      'savePollState',
      (id, state) => feeds.savePollState(id, state).then(noting('state')) as Promise<'saved'>,
    );
    const articleQueue = {
      send: (messages: readonly ArticleMessage[]) => queue.send(messages).then(noting('queue')) as Promise<void>,
      sendLater: async () => {},
    };
    await poll({}, { feeds: watched, articleQueue });

    expect(order).toEqual(['queue', 'memory', 'state']);
  });

  it('not at all where nothing is new', async () => {
    const { publisher, poll } = await aWorld();
    publisher.show(URL, { items: [] });
    const articleQueue = { send: () => Promise.reject(new Error('an empty request')), sendLater: async () => {} };

    expect((await poll({}, { articleQueue })).results).toMatchObject([{ outcome: 'changed', newItems: 0 }]);
  });

  it('and counted as old where their dates are, after the first poll', async () => {
    const { publisher, poll, stateOf, clock } = await aWorld();
    const old = (n: number) => report(n, { published: later(-31 * DAY - n) });
    publisher.show(URL, { items: [report(2), old(1)] });
    await poll();
    const atFirst = (await stateOf()).oldItems;
    clock.advance(60 * MINUTE);
    publisher.show(URL, { items: [report(5), old(4), old(3), report(2), old(1)] });
    await poll();

    expect(atFirst).toBeNull();
    expect((await stateOf()).oldItems).toMatchObject({ count: 2 });
  });
});

describe('a publisher is asked', () => {
  const asked = async (state: Partial<PollState>, settings: object = {}) => {
    const { poll, setState, ids, feeds } = await aWorld();
    await setState(state);
    await feeds.updateFeedSettings(ids[0]!, settings);
    const requests: Parameters<FeedFetcher['fetchFeed']>[0][] = [];
    const fetcher: FeedFetcher = {
      fetchFeed: async (request) => {
        requests.push(request);
        return { kind: 'unchanged', freshSeconds: null };
      },
    };
    await poll({}, { fetcher });
    return requests[0]!;
  };
  const KNOWN = { baselined: true, etag: '"1"', lastModified: 'Mon', validatorsUrl: URL, sentWholeAt: START };

  it('with what it gave the last time', async () => {
    expect((await asked(KNOWN)).validators).toEqual({ url: URL, etag: '"1"', lastModified: 'Mon' });
  });

  it.each<[string, Partial<PollState>]>([
    ['it gave nothing', { validatorsUrl: null }],
    ['it has not sent the document for a week', { sentWholeAt: later(-7 * DAY) }],
    ['its "not modified" was wrong', { validatorsIgnoredUntil: later(1) }],
  ])('without a condition where %s', async (_name, state) => {
    expect((await asked({ ...KNOWN, ...state })).validators).toBeNull();
  });

  it.each<[string, Partial<PollState>, object, boolean]>([
    ['pages are always read', { textOrigin: 'feed' }, { fullText: 'always' }, true],
    ['the text is short', { textOrigin: 'summary' }, { fullText: 'auto' }, true],
    ['nothing is known of its texts', { textOrigin: null }, { fullText: 'auto' }, true],
    ['the feed has the text', { textOrigin: 'feed' }, { fullText: 'auto' }, false],
    ['pages are never read', { textOrigin: 'summary' }, { fullText: 'never' }, false],
    [
      'the host asked for patience',
      { failure: { kind: 'throttled', message: '', since: START, count: 1 } },
      { fullText: 'never' },
      true,
    ],
    [
      'it failed otherwise',
      { failure: { kind: 'timeout', message: '', since: START, count: 1 } },
      { fullText: 'never' },
      false,
    ],
  ])('with a look at others who ask its host where %s: %#', async (_name, state, settings, isShared) => {
    expect((await asked(state, settings)).hostIsShared).toBe(isShared);
  });

  it('and what it sends is not read where it is the same as before', async () => {
    const { publisher, poll } = await aWorld();
    publisher.show(URL, { items: [report(1)] }, { etag: null });
    await poll();
    const readFeed = () => Promise.reject(new Error('it was read again'));

    expect((await poll({}, { readFeed })).results).toMatchObject([{ outcome: 'unchanged' }]);
  });
});

describe('a feed that fails', () => {
  it('is written down with the reason, and logged once', async () => {
    const { publisher, poll, log, stateOf, ids, clock } = await aWorld();
    publisher.fail(URL, 'http', { status: 500 });
    const { results } = await poll();
    clock.advance(60 * MINUTE);
    await poll();
    const state = await stateOf();

    expect(results).toMatchObject([
      { outcome: 'failed', failure: { kind: 'http', message: `${URL}: http`, since: START, count: 1, status: 500 } },
    ]);
    expect(state).toMatchObject({ failure: { since: START, count: 2 }, lastChangedPollAt: null });
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([
      {
        level: 'warn',
        message: 'feed fails',
        fields: {
          feed: ids[0],
          kind: 'http',
          problem: `${URL}: http`,
          since: START,
          nextTry: expect.stringMatching(/^2026-11-17T08:0[5-7]/),
        },
      },
    ]);
  });

  it('tells when it is tried again', async () => {
    const { publisher, poll, stateOf } = await aWorld();
    publisher.fail(URL, 'dns');
    const { results } = await poll();

    expect(results).toMatchObject([{ nextTryAt: (await stateOf()).notBefore }]);
    expect((await stateOf()).notBefore).not.toBeNull();
  });

  it('is logged as gone when its publisher has ended it', async () => {
    const { publisher, poll, log, stateOf } = await aWorld();
    publisher.fail(URL, 'gone', { status: 410 });
    await poll();

    expect(log.messages('warn')).toEqual(['feed gone: polling stops']);
    expect(await stateOf()).toMatchObject({ goneAt: START, notBefore: null });
  });

  it('is logged when it answers again, changed or not', async () => {
    for (const answer of ['changed', 'unchanged']) {
      const { publisher, poll, log, setState, stateOf, ids } = await aWorld();
      await setState({ failure: { kind: 'dns', message: '', since: later(-DAY), count: 3 } });
      if (answer === 'changed') publisher.show(URL, { items: [] });
      else publisher.answer(URL, async () => ({ kind: 'unchanged', freshSeconds: null }));
      await poll();

      expect(log.lines).toEqual([
        { level: 'warn', message: 'feed recovered', fields: { feed: ids[0], failedSince: later(-DAY) } },
      ]);
      expect((await stateOf()).failure).toBeNull();
    }
  });

  it('keeps the time of its last good poll, by its own record or by the mark of its batch', async () => {
    const goodPoll = async (lastChangedPollAt: string, marked: string | null) => {
      const { publisher, poll, setState, stateOf, feeds, batch } = await aWorld();
      await setState({ baselined: true, lastChangedPollAt, lastNewItemAt: START });
      if (marked !== null) await feeds.notePolled(batch.id, marked, marked);
      publisher.fail(URL, 'dns');
      await poll();
      return (await stateOf()).lastChangedPollAt;
    };

    expect(await goodPoll(later(-DAY), null)).toBe(later(-DAY));
    expect(await goodPoll(later(-DAY), later(-5 * MINUTE))).toBe(later(-5 * MINUTE));
    expect(await goodPoll(later(-MINUTE), later(-5 * MINUTE))).toBe(later(-MINUTE));
  });

  it('by a fault of ours is a failure of its own, which asks for a report', async () => {
    const { publisher, poll, log, ids } = await aWorld();
    publisher.show(URL, { items: [report(1)] });
    const failing = async (thrown: unknown) => {
      const { results } = await poll({}, { readFeed: () => Promise.reject(thrown) });
      return results.map((result) => (result.outcome === 'failed' ? result.failure : result));
    };

    expect(await failing(new RangeError('oops'))).toMatchObject([
      {
        kind: 'internal',
        message: `${URL}: internal error (RangeError) while reading it. Please report it; polling continues.`,
      },
    ]);
    expect(await failing('oops')).toMatchObject([{ message: expect.stringContaining('internal error (string)') }]);
    expect(log.lines[0]).toMatchObject({
      level: 'error',
      message: 'internal error while reading a feed',
      fields: { feed: ids[0], error: expect.any(RangeError) },
    });
  });

  it('is reported to the watch over our own network, and so is an answer', async () => {
    const { publisher, poll, calls, setState } = await aWorld();
    publisher.fail(URL, 'timeout');
    await poll();
    await poll();
    await setState({ failure: { kind: 'timeout', message: '', since: START, count: 2 } });
    await poll();
    publisher.show(URL, { items: [] });
    await poll();

    expect(calls).toEqual([
      'failed news.example.org that was fine',
      'failed news.example.org that was fine',
      'failed news.example.org again',
      'answered',
    ]);
  });

  it('has a pause that does not grow while our own network is away', async () => {
    const { publisher, poll, stateOf } = await aWorld();
    publisher.fail(URL, 'timeout');
    await poll();
    const isOurs = { answered: () => {}, isOurs: () => true };
    await poll({}, { network: isOurs });
    const ours = (await stateOf()).failure?.count;
    await poll({}, { network: undefined });

    expect([ours, (await stateOf()).failure?.count]).toEqual([1, 2]);
  });

  it('says nothing of the network where it is a host of our own', async () => {
    const inside = 'http://127.0.0.1:8080/feed';
    const { publisher, poll, calls, ids } = await aWorld(inside);
    const settings = { ...defaultSettings, fetch: { allowHosts: ['127.0.0.1:8080'] } };
    const feedIds = [ids[1]!];
    publisher.fail(inside, 'timeout');
    await poll({ feedIds }, {}, settings);
    publisher.show(inside, { items: [] });
    await poll({ feedIds }, {}, settings);

    expect(calls).toEqual([]);
  });
});

describe('a store or a queue that fails', () => {
  const other = 'https://other.example.org/feed';
  const aFailingWorld = async (error: Error) => {
    const world = await aWorld(other);
    world.publisher.show(URL, { items: [report(1)] });
    world.publisher.show(other, { items: [report(2)] });
    const feeds = storeThat(world.feeds, 'saveMemory', async (id, change) => {
      if (id === world.ids[0]) throw error;
      return world.feeds.saveMemory(id, change);
    });
    return { ...world, pollSlot: () => world.pollSlot({ feeds }) };
  };

  it('makes the message come again, once the other feeds are polled', async () => {
    const error = new ServiceUnavailableError('the database does not answer');
    const { pollSlot, stateOf, markOf, log, ids } = await aFailingWorld(error);

    await expect(pollSlot()).rejects.toBe(error);
    expect([(await stateOf(0)).baselined, (await stateOf(1)).baselined]).toEqual([false, true]);
    expect(await markOf()).toMatchObject({ lastSlot: null });
    expect(log.lines).toEqual([
      { level: 'error', message: 'a poll could not be finished', fields: { feed: ids[0], error } },
    ]);
  });

  it('for good does not stop the other feeds', async () => {
    const { pollSlot, markOf, metrics } = await aFailingWorld(new DamagedRecordError('FEED#1', 'no url'));

    expect((await pollSlot()).results).toMatchObject([{ outcome: 'unfinished', url: URL }, { outcome: 'changed' }]);
    expect(await markOf()).toMatchObject({ lastSlot: START });
    expect(metrics.totals).toMatchObject({ FeedsChanged: 1, FeedsFailed: 0, ItemsNew: 1 });
  });
});

describe('a feed that was polled twice at the same time', () => {
  it('keeps the state that was written first', async () => {
    const { publisher, poll, feeds, log, stateOf, ids } = await aWorld();
    publisher.show(URL, { items: [] });
    const late = storeThat(feeds, 'savePollState', async () => 'conflict');
    const before = await stateOf();
    await poll({}, { feeds: late });

    expect(log.lines).toEqual([
      { level: 'info', message: 'feed was polled twice at the same time', fields: { feed: ids[0] } },
    ]);
    expect(await stateOf()).toEqual(before);
  });
});

describe('a feed that has moved for good', () => {
  const MOVED = 'https://moved.example.org/feed.xml';
  const underway = { baselined: true, redirect: { url: MOVED, firstAt: later(-DAY), count: 2 } };

  it('is followed at its new address', async () => {
    const { publisher, poll, setState, stateOf, feeds, log, ids } = await aWorld();
    await setState(underway);
    publisher.show(URL, { items: [] }, { movedTo: MOVED, finalUrl: MOVED });
    await poll();

    expect((await feeds.getFeed(ids[0]!))?.url).toBe(MOVED);
    expect((await stateOf()).redirect).toBeNull();
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'feed moved for good: its new address is followed',
        fields: { feed: ids[0], from: URL, to: MOVED },
      },
    ]);
  });

  it('is not, while it has not been there long enough', async () => {
    const { publisher, poll, setState, stateOf, feeds, ids } = await aWorld();
    await setState({ ...underway, redirect: { url: MOVED, firstAt: later(-DAY / 2), count: 1 } });
    publisher.show(URL, { items: [] }, { movedTo: MOVED, finalUrl: MOVED });
    await poll();

    expect((await feeds.getFeed(ids[0]!))?.url).toBe(URL);
    expect((await stateOf()).redirect).toMatchObject({ url: MOVED, count: 2 });
  });
});

describe('a publisher whose "not modified" was wrong', () => {
  /** The document was not seen for a week; the feed was polled a day ago. */
  const found = async (items: readonly ReturnType<typeof report>[], change: Partial<PollState> = {}) => {
    const { publisher, poll, setState, stateOf, log } = await aWorld();
    await setState({
      baselined: true,
      validatorsUrl: URL,
      etag: '"1"',
      sentWholeAt: later(-7 * DAY),
      lastChangedPollAt: later(-DAY),
      ...change,
    });
    publisher.show(URL, { items });
    await poll();
    return { warned: log.messages('warn'), until: (await stateOf()).validatorsIgnoredUntil };
  };
  const before = report(1, { published: later(-DAY - 1) });
  const since = report(2, { published: later(-DAY) });
  const undated = report(3, { published: null });
  const WRONG = { warned: ['feed said "not modified" although it had new items'], until: later(30 * DAY) };
  const FINE = { warned: [], until: null };

  it.each([
    ['brought an item from before the last poll', [before], WRONG],
    ['brought one such among others', [since, before], WRONG],
    ['brought an item without a date', [undated], WRONG],
    ['brought only what may have come since', [since], FINE],
    ['brought nothing', [], FINE],
  ])('is not believed for thirty days: the whole document %s', async (_name, items, result) => {
    expect(await found(items)).toEqual(result);
  });

  it('is noticed only where the document was not seen for a week, and its word was believed', async () => {
    expect(await found([before], { sentWholeAt: later(-7 * DAY + 1) })).toEqual(FINE);
    const until = later(DAY);
    expect(await found([before], { validatorsIgnoredUntil: until })).toEqual({ warned: [], until });
  });
});

it('a message for feeds that are gone comes to nothing', async () => {
  const { poll } = await aWorld();

  expect(await poll({ feedIds: ['none' as FeedId] })).toEqual({ results: [], repeated: false });
});

it('feeds are polled side by side, as many as the settings say', async () => {
  const world = await aWorld('https://b.example.org/feed', 'https://c.example.org/feed');
  let now = 0;
  let most = 0;
  const fetcher: FeedFetcher = {
    fetchFeed: async ({ url }) => {
      now += 1;
      most = Math.max(most, now);
      await Promise.resolve();
      now -= 1;
      throw new FetchFailedError('dns', url, `${url}: no`);
    },
  };
  await world.poll({}, { fetcher }, { ...defaultSettings, poll: { ...defaultSettings.poll, concurrency: 2 } });

  expect(most).toBe(2);
});
