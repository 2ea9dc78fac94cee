// `tocsin doctor` against a running instance: what it says, and when a human has to look.
import { jest } from '@jest/globals';
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import { feedIdOf, type SubscriptionId } from '../../shared/model/ids.ts';
import { putHit } from '../support/alert-world.ts';
import { aDelivery, aHit, aMatch, aNewFeed, aSubscription, aTopic, later, START } from '../support/builders.ts';
import { aRunningInstance, type RunningInstance } from '../support/running-instance.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let instance: RunningInstance;
beforeEach(async () => {
  instance = await aRunningInstance();
  await instance.stores.topics.putTopics([aTopic(), aTopic({ id: 'bridges', title: 'Bridges' })]);
});
afterEach(() => instance.stop());

const run = (...args: string[]) => instance.run(args);
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout);

describe('doctor', () => {
  const url = 'https://news.example.org/feed.xml';
  const poll = async (): Promise<void> => {
    await instance.stores.schedule.claim(START, later(MINUTE), START);
    await instance.stores.schedule.complete(START);
  };
  const failing = async (): Promise<void> => {
    const feed = await instance.stores.feeds.getFeed(feedIdOf(url));
    const failure = { kind: 'dns' as const, message: `${url}: the host name has no address.`, since: START, count: 9 };
    await instance.stores.feeds.savePollState(feed!.id, { ...feed!.state, baselined: true, failure });
  };
  beforeEach(() => instance.stores.feeds.addFeed(aNewFeed({ url, title: 'North' })).then(poll));

  it('finds nothing to do where all is well, with exit code 0', async () => {
    const { code, stdout, stderr } = await run('doctor');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^ok +schedule +last ran for 2026-11-17 08:00 UTC/m);
    expect(stdout).toMatch(/^ok +topics +2 in force/m);
    expect(stdout).not.toContain('LOOK');
    expect(stdout).toMatch(/^ok /);
  });

  it.each<[string, string, () => void | Promise<void>]>([
    ['the schedule stands still', 'schedule', async () => instance.clock.advance(4 * MINUTE)],
    ['the mark of the schedule lies in the future', 'schedule', async () => instance.clock.advance(-48 * 60 * MINUTE)],
    ['most feeds fail', 'feeds', failing],
    [
      'an alert waits for long',
      'alerts',
      async () => {
        await putHit(instance.stores, aHit(), [aMatch()]);
        instance.clock.advance(11 * MINUTE);
      },
    ],
    [
      'a mail is tried again',
      'deliveries',
      async () => {
        await instance.stores.deliveries.createDelivery(
          aDelivery({ attempts: 2, dueAt: later(HOUR), reason: 'mail server is down' }),
        );
      },
    ],
    [
      'the address of a chat is gone',
      'channels',
      async () => {
        const stateReason = 'Slack answered 404: no_service';
        await instance.stores.subscriptions.createSubscription(
          aSubscription({ channel: 'slack', target: 'hooks.slack.com/…Xy3z', state: 'disabled', stateReason }),
        );
      },
    ],
    ['the sweep stands still', 'sweep', () => instance.sayOfMachine({ sweep: { at: START, secondsAgo: 3_600 } })],
    [
      'a part of the machine reports a problem',
      'mail server',
      () => instance.sayOfMachine({ problems: [{ what: 'mail server', says: 'refused', since: START }] }),
    ],
    [
      'there is no topic',
      'topics',
      async () => {
        await instance.stores.topics.putTopics([], { replacePacks: ['examples'] });
      },
    ],
  ])('says where to look when %s, with exit code 1', async (_what, where, worsen) => {
    await worsen();
    const { code, stdout } = await run('doctor');

    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`^LOOK +${where} `, 'm'));
    const { findings } = await json('doctor');
    expect(findings.filter(({ well }: { well: boolean }) => !well).map(({ what }: { what: string }) => what)).toContain(
      where,
    );
  });

  it('names feeds whose new items were old, and those whose "not modified" was wrong, with exit code 0', async () => {
    const feed = await instance.stores.feeds.getFeed(feedIdOf(url));
    await instance.stores.feeds.savePollState(feed!.id, {
      ...feed!.state,
      baselined: true,
      oldItems: { count: 3, firstAt: START, lastAt: START },
      validatorsIgnoredUntil: later(48 * 60 * MINUTE),
    });

    const { code, stdout } = await run('doctor');

    expect(code).toBe(0);
    expect(stdout).toContain('note  North: ');
    expect(stdout).toContain(
      '3 new items since 2026-11-17 08:00 UTC dated more than 30 days back, stored without an alert',
    );
    expect(stdout).toContain('it is downloaded whole until 2026-11-19');
    expect((await json('doctor')).remarkable).toMatchObject([{ health: { oldItems: { count: 3 } } }]);
    expect((await run('feeds', 'list')).stdout).toContain('downloaded whole until 2026-11-19');
  });

  it.each([
    ['whose new items were old', { oldItems: { count: 3, firstAt: START, lastAt: START } }],
    ['that is downloaded whole', { validatorsIgnoredUntil: later(48 * HOUR) }],
  ])('notes a feed %s', async (_what, change) => {
    const feed = await instance.stores.feeds.getFeed(feedIdOf(url));
    await instance.stores.feeds.savePollState(feed!.id, { ...feed!.state, baselined: true, ...change });

    expect((await json('doctor')).remarkable).toMatchObject([{ title: 'North' }]);
  });

  it('names each failing feed with its cause', async () => {
    await failing();
    const feed = await instance.stores.feeds.getFeed(feedIdOf(url));
    const oldItems = { count: 3, firstAt: START, lastAt: START };
    await instance.stores.feeds.savePollState(feed!.id, { ...feed!.state, oldItems });

    expect((await json('doctor')).remarkable).toEqual([]);
    expect((await run('doctor')).stdout).toContain(`LOOK  North: ${url}: the host name has no address. (9 tries`);
    expect((await json('doctor')).failing).toMatchObject([{ title: 'North', health: { status: 'broken' } }]);
  });

  it('names eight failing feeds, and counts the others', async () => {
    for (let number = 0; number < 10; number += 1) {
      const feed = aNewFeed({ url: `https://f${number}.example.org/feed`, title: `F${number}` });
      await instance.stores.feeds.addFeed(feed);
      const state = (await instance.stores.feeds.getFeed(feed.id))!.state;
      const failure = { kind: 'dns' as const, message: 'the host name has no address.', since: START, count: 9 };
      await instance.stores.feeds.savePollState(feed.id, { ...state, failure });
    }

    const { stdout } = await run('doctor');

    expect(stdout.match(/^LOOK {2}F\d: /gm)).toHaveLength(8);
    expect(stdout).toContain('\n      and 2 more feeds: tocsin feeds list\n');
    expect((await json('doctor')).failing).toHaveLength(10);
  });

  it('names a feed without a title once', async () => {
    await instance.stores.feeds.updateFeedSettings(feedIdOf(url), { title: '' });
    await failing();

    expect((await run('doctor')).stdout).toContain(`LOOK  ${url}: the host name has no address. (9 tries`);
  });

  it('counts as failing what it lists as failing, and notes silent feeds apart', async () => {
    const other = 'https://silent.example.org/feed.xml';
    await instance.stores.feeds.addFeed(aNewFeed({ url: other, title: 'South' }));
    await instance.stores.feeds.addFeed(aNewFeed({ url: 'https://new.example.org/feed.xml', title: 'East' }));
    await failing();
    const feed = await instance.stores.feeds.getFeed(feedIdOf(other));
    await instance.stores.feeds.savePollState(feed!.id, {
      ...feed!.state,
      baselined: true,
      itemCount: 5,
      itemsPerDay: 100,
      lastNewItemAt: later(-5 * 24 * HOUR),
      lastChangedPollAt: START,
    });

    const { code, stdout } = await run('doctor');
    const said = await json('doctor');

    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok +feeds +3 followed, 1 failing, 1 silent, 1 not read yet/m);
    expect(stdout).toMatch(/^note {2}North: /m);
    expect(stdout).toMatch(/^note {2}South: nothing new for 5 days/m);
    expect(said.feeds.failing).toBe(1);
    expect(said.failing.map(({ title }: { title: string }) => title)).toEqual(['North']);
    expect(said.remarkable.map(({ title }: { title: string }) => title)).toEqual(['South']);
  });

  it('names the deliveries that fail, and the command that lists them does', async () => {
    const reason = '550 5.1.1 no such user';
    await instance.stores.subscriptions.createSubscription(aSubscription());
    await instance.stores.deliveries.createDelivery(
      aDelivery({ state: 'failed', attempts: 7, dueAt: null, updatedAt: START, reason }),
    );

    const { stdout } = await run('doctor');
    const listed = await run('deliveries', '--failing');

    expect(stdout).toContain(
      `1 mail failed for good within 7 days, the first at 2026-11-17 08:00 UTC: ${reason}. To see each: tocsin deliveries --failing`,
    );
    expect(listed.stdout).toContain(reason);
    expect(listed.stdout).toContain(aDelivery().subscriptionId);
  });

  it('names the subscriptions whose address is gone, and what to do; the ninth and others are counted', async () => {
    for (let number = 1; number <= 10; number += 1)
      await instance.stores.subscriptions.createSubscription(
        aSubscription({
          id: `chat-${number}` as SubscriptionId,
          unsubscribeToken: `token-of-chat-${number}`,
          channel: 'slack',
          target: `hooks.slack.com/…${number}`,
          state: 'disabled',
          stateReason: 'Slack answered 404: no_service',
        }),
      );

    const { findings } = await json('doctor');
    const { says } = findings.find(({ what }: { what: string }) => what === 'channels');

    expect(says).toContain('10 subscriptions disabled because the service said that the address is gone');
    expect(says).toContain('(tocsin unsubscribe ID): slack hooks.slack.com/…');
    expect(says).toMatch(/Slack answered 404: no_service; id chat-\d+\)/);
    expect(says.match(/id chat-/g)).toHaveLength(8);
    expect(says).toContain(', and 2 more');
    expect((await run('unsubscribe', 'chat-1')).code).toBe(0);
  });

  it('shows times in the zone of the terminal', async () => {
    instance.sayOfMachine({ sweep: { at: START, secondsAgo: 20 } });

    const { stdout } = await instance.run(['doctor'], { env: { TZ: 'Asia/Seoul' } });

    expect(stdout).toMatch(/^ok +sweep +last ran at 2026-11-17 17:00 \+09:00$/m);
    expect(stdout).not.toContain('UTC');
  });

  it('says what it knows when the database does not answer', async () => {
    instance.stores.topics.listEntries = () => Promise.reject(new ServiceUnavailableError('the table does not answer'));
    instance.sayOfMachine({ database: { isRestarting: true, restarts: 1, lastRestartAt: START } });

    const { code, stdout } = await run('doctor');

    expect(code).toBe(1);
    expect(stdout).toMatch(/^LOOK +status +cannot be read: the table does not answer/m);
    expect(stdout).toMatch(/^LOOK +database +is being restarted/m);
    expect((await json('doctor')).findings).toHaveLength(stdout.match(/^(?:ok|LOOK)/gm)?.length ?? 0);
  });

  it('gives up on an instance that hangs', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      instance.stores.schedule.lastMinute = () => {
        setImmediate(() => jest.advanceTimersByTime(60_000));
        return new Promise(() => undefined);
      };

      const { code, stdout } = await run('doctor');

      expect(code).toBe(1);
      expect(stdout).toContain('Tocsin did not answer GET /v1/status within 60 s');
    } finally {
      jest.useRealTimers();
    }
  });

  it('says that the instance is older, instead of failing, and shows what can be known', async () => {
    instance.becomeOlder();

    const { code, stdout, stderr } = await run('doctor');

    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^LOOK +version +the instance is older than this command/m);
    expect(stdout).toMatch(/^ok +topics +2 in force/m);
    expect(stdout).not.toMatch(/^ok +deliveries/m);
    expect((await json('doctor')).machine).toBeNull();
  });
});
