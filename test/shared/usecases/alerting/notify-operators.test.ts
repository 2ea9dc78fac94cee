// What operators are notified of, when, and how often; on stores in memory, with a clock that is set.
import { ServiceUnavailableError } from '../../../../shared/core/errors.ts';
import type { FeedFailure, PollState } from '../../../../shared/model/feed.ts';
import type { FeedId } from '../../../../shared/model/ids.ts';
import { type FeedIncidentPorts, notifyOperators } from '../../../../shared/usecases/alerting/notify-operators.ts';
import { aClock, aNewFeed, later } from '../../../support/builders.ts';
import { aLog } from '../../../support/fakes.ts';
import { createMemoryStores } from '../../../support/memory-store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function aWorld() {
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  const notices: { subject: string; text: string }[] = [];
  let channelFails = false;
  const ports: FeedIncidentPorts = {
    feeds: stores.feeds,
    feedIncidents: stores.feedIncidents,
    operators: {
      notify: async (notice) => {
        if (channelFails) throw new ServiceUnavailableError('the channel is down');
        notices.push(notice);
      },
    },
    clock,
    log: aLog(),
  };
  const change = async (id: FeedId, state: Partial<PollState>): Promise<void> => {
    const feed = await stores.feeds.getFeed(id);
    await stores.feeds.savePollState(id, { ...feed!.state, ...state });
  };
  return {
    clock,
    stores,
    ports,
    notices,
    failTheChannel: (fails: boolean) => {
      channelFails = fails;
    },
    follow: async (name: string): Promise<FeedId> => {
      const feed = aNewFeed({ url: `https://${name}.example.org/feed`, title: `The ${name}` });
      await stores.feeds.addFeed(feed);
      await change(feed.id, { baselined: true });
      return feed.id;
    },
    fail: (id: FeedId, failure: Partial<FeedFailure> = {}) =>
      change(id, {
        failure: {
          kind: 'timeout',
          message: 'https://north.example.org/feed: no answer in 20 seconds. Look whether the site is up.',
          since: clock.now().toISOString(),
          count: 7,
          ...failure,
        },
        notBefore: later(24 * HOUR, clock.now().toISOString()),
      }),
    recover: (id: FeedId) => change(id, { failure: null, goneAt: null, notBefore: null }),
    end: (id: FeedId) => change(id, { goneAt: clock.now().toISOString(), notBefore: null }),
    /** The sweep, every five minutes. */
    sweepFor: async (ms: number): Promise<void> => {
      for (const end = clock.now().getTime() + ms; clock.now().getTime() < end; clock.advance(5 * MINUTE)) {
        await notifyOperators(ports);
      }
    },
  };
}

describe('a feed that fails', () => {
  it('is reported once, after six hours, with its name, address, cause and cure', async () => {
    const world = aWorld();
    await world.fail(await world.follow('north'));

    await world.sweepFor(5 * HOUR + 55 * MINUTE);
    expect(world.notices).toEqual([]);
    await world.sweepFor(30 * HOUR);

    expect(world.notices.map(({ subject }) => subject)).toEqual(['Tocsin: 1 feed fails']);
    expect(world.notices[0]?.text).toContain('* The north: https://north.example.org/feed\n');
    expect(world.notices[0]?.text).toContain(
      'since 2026-11-17 08:00 UTC, 7 tries: no answer in 20 seconds. Look whether the site is up.',
    );
  });

  it('is not reported before its fifth try, however long ago the first was: the machine may have slept', async () => {
    const world = aWorld();
    const id = await world.follow('north');
    await world.fail(id, { count: 4 });
    await world.sweepFor(48 * HOUR);
    expect(world.notices).toEqual([]);

    await world.fail(id, { count: 5, since: later(0) });
    await world.sweepFor(HOUR);

    expect(world.notices).toHaveLength(1);
  });

  it('is reported once when it answers again, and again when it fails for long once more', async () => {
    const world = aWorld();
    const id = await world.follow('north');
    await world.fail(id);
    await world.sweepFor(10 * HOUR);
    await world.recover(id);
    await world.sweepFor(10 * HOUR);
    await world.fail(id);
    await world.sweepFor(10 * HOUR);

    expect(world.notices.map(({ subject }) => subject)).toEqual([
      'Tocsin: 1 feed fails',
      'Tocsin: 1 feed answers again',
      'Tocsin: 1 feed fails',
    ]);
  });

  it('is not reported when it recovers before it was reported as failing', async () => {
    const world = aWorld();
    const id = await world.follow('north');
    await world.fail(id);
    await world.sweepFor(5 * HOUR);
    await world.recover(id);
    await world.sweepFor(10 * HOUR);

    expect(world.notices).toEqual([]);
  });

  it('that answered for a moment between two looks is not said to be well', async () => {
    const world = aWorld();
    const id = await world.follow('north');
    await world.fail(id);
    await world.sweepFor(10 * HOUR);
    await world.fail(id, { count: 1 });
    await world.sweepFor(20 * HOUR);

    expect(world.notices).toHaveLength(1);
  });

  it.each([
    ['is removed', (world: ReturnType<typeof aWorld>, id: FeedId) => world.stores.feeds.removeFeed(id)],
    [
      'is switched off',
      async (world: ReturnType<typeof aWorld>, id: FeedId) => {
        await world.stores.feeds.updateFeedSettings(id, { active: false });
      },
    ],
  ])('is forgotten without a word when it %s', async (_name, act) => {
    const world = aWorld();
    const id = await world.follow('north');
    await world.fail(id);
    await world.sweepFor(10 * HOUR);
    await act(world, id);
    await world.sweepFor(10 * HOUR);

    expect(world.notices).toHaveLength(1);
    expect((await world.stores.feedIncidents.listNotified()).size).toBe(0);
  });
});

describe('a feed that its publisher has ended', () => {
  it('is reported at the next check, once, with what to do', async () => {
    const world = aWorld();
    await world.end(await world.follow('north'));
    await world.sweepFor(30 * HOUR);

    expect(world.notices.map(({ subject }) => subject)).toEqual(['Tocsin: 1 feed is gone']);
    expect(world.notices[0]?.text).toContain('Remove it, or add its new address');
  });

  it('is reported also when it had failed before', async () => {
    const world = aWorld();
    const id = await world.follow('north');
    await world.fail(id);
    await world.sweepFor(10 * HOUR);
    await world.end(id);
    await world.sweepFor(10 * HOUR);

    expect(world.notices.map(({ subject }) => subject)).toEqual(['Tocsin: 1 feed fails', 'Tocsin: 1 feed is gone']);
  });
});

describe('a notice', () => {
  it('holds all the news of a look, and names no more than forty feeds of a kind', async () => {
    const world = aWorld();
    const ids: FeedId[] = [];
    for (let n = 0; n < 130; n += 1) ids.push(await world.follow(`n${n}`));
    const [ended, ...failing] = ids;
    for (const id of failing) await world.fail(id, { message: 'x'.repeat(500) });
    await world.clock.advance(6 * HOUR);
    await world.end(ended!);
    await world.sweepFor(HOUR);

    expect(world.notices.map(({ subject }) => subject)).toEqual(['Tocsin: 129 feeds fail, 1 feed is gone']);
    expect(world.notices[0]?.text.match(/^\* The/gm)).toHaveLength(41);
    expect(world.notices[0]?.text).toContain('* and 89 more');
    expect(world.notices[0]!.text.length).toBeLessThan(30_000);
  });

  it('shows no secret of an address', async () => {
    const world = aWorld();
    const feed = aNewFeed({ url: 'https://north.example.org/feed?token=s3cret', title: 'The north' });
    await world.stores.feeds.addFeed(feed);
    const message = 'https://north.example.org/feed?token=…: no answer in 20 seconds.';
    await world.fail(feed.id, { message, since: later(-7 * HOUR) });

    await notifyOperators(world.ports);

    expect(world.notices[0]?.text).toContain('https://north.example.org/feed?token=…');
    expect(world.notices[0]?.text).toContain('7 tries: no answer in 20 seconds.');
    expect(world.notices[0]?.text).not.toContain('s3cret');
  });

  it('keeps a publisher’s title on its line', async () => {
    const world = aWorld();
    const id = await world.follow('north');
    await world.stores.feeds.updateFeedSettings(id, { title: 'One\r\nBcc: two\u202e\u0007' });
    await world.end(id);
    await notifyOperators(world.ports);

    expect(world.notices[0]?.text).toContain('* One Bcc: two: https://north.example.org/feed\n');
  });
});

describe('faults', () => {
  it('of the channel put the news off by minutes, and do not lose it', async () => {
    const world = aWorld();
    await world.end(await world.follow('north'));
    world.failTheChannel(true);
    await expect(notifyOperators(world.ports)).rejects.toThrow('the channel is down');
    world.failTheChannel(false);
    await world.sweepFor(10 * MINUTE);

    expect(world.notices).toHaveLength(1);
  });

  it('after the notice and before its mark repeat it, once', async () => {
    const world = aWorld();
    await world.end(await world.follow('north'));
    const { recordNotified } = world.stores.feedIncidents;
    world.stores.feedIncidents.recordNotified = async () => {
      throw new ServiceUnavailableError('the table is away');
    };
    await expect(notifyOperators(world.ports)).rejects.toThrow('the table is away');
    world.stores.feedIncidents.recordNotified = recordNotified.bind(world.stores.feedIncidents);
    await world.sweepFor(3 * HOUR);

    expect(world.notices).toHaveLength(2);
  });

  it('of two sweeps at the same time one looks', async () => {
    const world = aWorld();
    await world.end(await world.follow('north'));

    const looks = await Promise.all([notifyOperators(world.ports), notifyOperators(world.ports)]);

    expect(looks.filter((look) => look !== null)).toHaveLength(1);
    expect(world.notices).toHaveLength(1);
  });
});

it('feeds are read once an hour, however often the sweep comes', async () => {
  const world = aWorld();
  await world.follow('north');
  let reads = 0;
  const { getFeeds } = world.stores.feeds;
  world.stores.feeds.getFeeds = (ids) => {
    reads += 1;
    return getFeeds.call(world.stores.feeds, ids);
  };
  await world.sweepFor(6 * HOUR);

  expect(reads).toBe(6);
});

it('without a channel the news goes to the log', async () => {
  const world = aWorld();
  const id = await world.follow('north');
  await world.end(id);
  const log = aLog();
  await notifyOperators({ ...world.ports, operators: null, log });

  expect(log.lines).toEqual([
    { level: 'warn', message: 'operators notified of feeds', fields: { failing: [], gone: [id], recovered: [] } },
  ]);
});

it('a check returns what it found: each feed once, and nothing when no check is due', async () => {
  const world = aWorld();
  const [failing, gone, fine] = [await world.follow('failing'), await world.follow('gone'), await world.follow('fine')];
  await world.fail(failing, { since: later(-6 * HOUR), count: 5 });
  await world.end(gone);
  const ids = (found: Awaited<ReturnType<typeof notifyOperators>>) =>
    found &&
    Object.fromEntries(Object.entries(found).map(([kind, feeds]) => [kind, feeds.map(({ id }: { id: FeedId }) => id)]));
  const first = ids(await notifyOperators(world.ports));
  const tooSoon = await notifyOperators(world.ports);
  await world.recover(failing);
  await world.recover(fine);
  world.clock.advance(HOUR);
  const second = ids(await notifyOperators(world.ports));

  expect(first).toEqual({ failing: [failing], gone: [gone], recovered: [] });
  expect(tooSoon).toBeNull();
  expect(second).toEqual({ failing: [], gone: [], recovered: [failing] });
});

it('what is marked is forgotten when the feed is removed, and written only where something changed', async () => {
  const world = aWorld();
  const id = await world.follow('north');
  await world.end(id);
  const marks: unknown[] = [];
  const { recordNotified } = world.stores.feedIncidents;
  world.stores.feedIncidents.recordNotified = (all) => {
    marks.push([...all]);
    return recordNotified.call(world.stores.feedIncidents, all);
  };
  await notifyOperators(world.ports);
  world.clock.advance(HOUR);
  await notifyOperators(world.ports);
  await world.stores.feeds.removeFeed(id);
  world.clock.advance(HOUR);
  await notifyOperators(world.ports);

  expect(marks).toEqual([[[id, 'gone']], [[id, null]]]);
});
