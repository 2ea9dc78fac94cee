import { NotFoundError } from '../../../../shared/core/errors.ts';
import type { SubscriptionId } from '../../../../shared/model/ids.ts';
import type { Subscription } from '../../../../shared/model/subscription.ts';
import { type SubscribeRequest, subscribe, subscriptionIdOf } from '../../../../shared/usecases/managing/subscribe.ts';
import { unsubscribeById, unsubscribeByToken } from '../../../../shared/usecases/managing/unsubscribe.ts';
import { ALERT_SETTINGS } from '../../../support/alert-world.ts';
import { aClock, aSubscription, aTopic, later, START } from '../../../support/builders.ts';
import { testChannels } from '../../../support/channels.ts';
import { createMemoryStores } from '../../../support/memory-store.ts';
import { problemsOf } from '../../../support/problems-of.ts';

/** The stores, and an SNS that notes what it is asked. */
async function aWorld() {
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  await stores.topics.putTopics(['troop-deployment', 'treaty-ratification', 'sanctions'].map((id) => aTopic({ id })));
  const asked: string[] = [];
  const ports = {
    ...stores,
    ...testChannels(),
    clock,
    // What asks is in consent.test.ts.
    settings: { ...ALERT_SETTINGS, mail: { ...ALERT_SETTINGS.mail, confirm: false } },
    snsSubscriptions: {
      async subscribeEmail(address: string, topics: readonly string[], current: string | null = null) {
        asked.push(`${current === null ? 'new' : `change ${current}`} ${address} ${topics.join()}`);
        return { arn: current ?? `arn:${asked.length}` };
      },
      stateOf: async () => 'confirmed' as const,
      async unsubscribe(arn: string) {
        asked.push(`end ${arn}`);
      },
    },
  };
  const ask = (change: Partial<SubscribeRequest> = {}, target = 'Reader@Example.org') =>
    subscribe(ports, { channel: 'email', target, topics: ['troop-deployment'], ...change });
  return { ports, stores, asked, ask };
}

describe('subscribing', () => {
  it('stores the address in its one written form, with a secret of 32 bytes to end it', async () => {
    const { ask, stores } = await aWorld();

    const { outcome, subscription, addedTopics } = await ask({
      topics: ['sanctions', 'troop-deployment', 'sanctions'],
    });

    expect([outcome, addedTopics]).toEqual(['created', ['sanctions', 'troop-deployment']]);
    expect(subscription).toMatchObject({
      id: subscriptionIdOf('email', 'Reader@example.org'),
      target: 'Reader@example.org',
      topics: ['sanctions', 'troop-deployment'],
      digest: 'none',
      state: 'active',
      snsSubscriptionArn: null,
    });
    expect(Buffer.from(subscription.unsubscribeToken, 'base64url')).toHaveLength(32);
    expect(await stores.subscriptions.getSubscription(subscription.id)).toEqual(subscription);
  });

  it('twice with the same request changes nothing', async () => {
    const { ask } = await aWorld();
    const first = await ask();

    const second = await ask({}, ' Reader@EXAMPLE.org ');

    expect(second).toEqual({
      outcome: 'unchanged',
      subscription: first.subscription,
      addedTopics: [],
      isAsked: false,
      others: [],
    });
    expect(await ask({}, 'READER@example.org')).toEqual(second);
  });

  it('adds topics to those there are', async () => {
    const { ask } = await aWorld();
    await ask({ topics: ['troop-deployment'] });

    const { outcome, subscription, addedTopics } = await ask({ topics: ['sanctions', 'troop-deployment'] });

    expect([outcome, addedTopics]).toEqual(['extended', ['sanctions']]);
    expect(subscription.topics).toEqual(['sanctions', 'troop-deployment']);
  });

  it('takes in all topics by *, which then needs no more', async () => {
    const { ask } = await aWorld();
    await ask();

    expect((await ask({ topics: ['sanctions', '*'] })).subscription.topics).toEqual(['*']);
    expect((await ask({ topics: ['sanctions'] })).outcome).toBe('unchanged');
  });

  it('changes the settings that are named, and nothing else', async () => {
    const { ask, stores } = await aWorld();
    const first = await ask({ digest: 'daily', minSeverity: 'high', quietHours: { from: '22:00', until: '07:00' } });

    const { outcome, subscription, addedTopics } = await ask({ digest: 'hourly', quietHours: null });

    expect([outcome, addedTopics]).toEqual(['changed', []]);
    expect(subscription).toEqual({
      ...first.subscription,
      digest: 'hourly',
      quietHours: null,
      updatedAt: subscription.updatedAt,
    });
    expect(await stores.subscriptions.subscriptionsOfTarget('Reader@example.org')).toEqual([subscription]);
  });

  it('keeps the subscriptions of an address by mail and by SNS apart', async () => {
    const { ask, stores } = await aWorld();

    await ask();
    await ask({ channel: 'sns-email' });

    expect(await stores.subscriptions.subscriptionsOfTarget('Reader@example.org')).toHaveLength(2);
  });

  it('starts again what had ended, with the topics named now and the old secret', async () => {
    const { ask, ports } = await aWorld();
    const first = await ask({ topics: ['sanctions'] });
    await unsubscribeById(ports, first.subscription.id);

    const { outcome, subscription } = await ask();

    expect([outcome, subscription.topics, subscription.state]).toEqual(['renewed', ['troop-deployment'], 'active']);
    expect(subscription.unsubscribeToken).toBe(first.subscription.unsubscribeToken);
  });

  it('starts again with the settings there were, without the rules of topics that are no longer named', async () => {
    const { ask, ports } = await aWorld();
    const topicRules = [{ topic: 'sanctions', minSeverity: 'high' as const }];
    const first = await ask({ topics: ['sanctions'], follow: 'first', topicRules });
    await unsubscribeById(ports, first.subscription.id);

    expect((await ask()).subscription).toMatchObject({ follow: 'first', topicRules: [], topics: ['troop-deployment'] });
  });

  it('does not lift a suppression as a side effect', async () => {
    const { ask, ports, stores } = await aWorld();
    const { id } = (await ask()).subscription;
    await stores.subscriptions.updateSubscription(id, { state: 'suppressed' }, ports.clock.now().toISOString());

    await expect(ask()).rejects.toMatchObject({ code: 'address_suppressed' });
    await unsubscribeById(ports, id);
    expect((await ask()).subscription.state).toBe('active');
  });

  it('makes one subscription of two that come at once', async () => {
    const { ask, stores } = await aWorld();

    const both = await Promise.all([ask({ topics: ['sanctions'] }), ask({ topics: ['troop-deployment'] })]);

    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['created', 'extended']);
    const [stored] = await stores.subscriptions.subscriptionsOfTarget('Reader@example.org');
    expect(stored?.topics).toEqual(['sanctions', 'troop-deployment']);
  });

  it('keeps what each of two adds that come at once', async () => {
    const { ask } = await aWorld();
    await ask({ topics: ['sanctions'] });

    await Promise.all([ask({ topics: ['treaty-ratification'] }), ask({ topics: ['troop-deployment'] })]);

    expect((await ask({ topics: ['sanctions'] })).subscription.topics).toEqual([
      'sanctions',
      'treaty-ratification',
      'troop-deployment',
    ]);
  });

  it('to a topic that was removed is refused with the way back', async () => {
    const { ask, stores } = await aWorld();
    await stores.topics.putTopics([aTopic({ id: 'sanctions', pack: 'ours' })], { source: 'configuration' });
    await stores.topics.removeTopic('sanctions', '2026-11-30T12:00:00.000Z');

    expect(await problemsOf(ask({ topics: ['sanctions'] }))).toEqual([
      'topics: "sanctions" was removed. To undo: tocsin topics restore sanctions',
    ]);
  });

  it.each([
    [{ topics: ['troop-deploment'] }, ['topics: "troop-deploment" is not a topic. Did you mean troop-deployment?']],
    [{ topics: ['treaty'] }, ['topics: "treaty" is not a topic. Did you mean treaty-ratification?']],
    [{ topics: ['xyz'] }, ['topics: "xyz" is not a topic. Known: sanctions, treaty-ratification, troop-deployment']],
    [{ topics: [] }, ['topics: none is named; name topic ids, or "*" for every topic']],
    [
      { channel: 'sns-email' as const, digest: 'daily' as const, whenEmpty: true, minSeverity: 'low' as const },
      [
        'digest: SNS sends each alert separately; use the channel email for digests',
        'whenEmpty: SNS sends these mails, and can choose by topic only; use the channel email',
      ],
    ],
    [
      { topicRules: [{ topic: 'sanctions', follow: 'all' as const }], digestAt: '25:00' },
      [
        'digestAt: "25:00" is not a time of day; expected HH:MM, from 00:00 to 23:59',
        'topicRules: "sanctions" is not among the topics of this subscription. Known: troop-deployment',
      ],
    ],
    [
      { target: 'reader', topics: ['troops', 'sanction'] },
      [
        'target: there is no @ in the e-mail address; expected name@example.org',
        'topics: "sanction" is not a topic. Did you mean sanctions?',
        'topics: "troops" is not a topic. Known: sanctions, treaty-ratification, troop-deployment',
      ],
    ],
  ])('refuses %j with every problem and its cure, and stores nothing', async (change, problems) => {
    const { ask, stores, asked } = await aWorld();

    expect(await problemsOf(ask(change))).toEqual(problems);

    expect(stores.snapshot().subscriptions).toEqual({});
    expect(asked).toEqual([]);
  });

  it('to an unknown topic without a similar name is refused with the topics that exist, twelve of them by name', async () => {
    const { stores, ask } = await aWorld();
    const names = (count: number) => Array.from({ length: count }, (_, at) => `theme-${10 + at}`);
    const known = async (count: number) => {
      await stores.topics.putTopics(
        names(count).map((id) => aTopic({ id, pack: 'one' })),
        { replacePacks: ['one', aTopic().pack] },
      );
      return problemsOf(ask({ topics: ['qqqqqqqq'] }));
    };

    expect(await known(12)).toEqual([`topics: "qqqqqqqq" is not a topic. Known: ${names(12).join(', ')}`]);
    expect(await known(13)).toEqual([`topics: "qqqqqqqq" is not a topic. Known: ${names(12).join(', ')} and 1 more`]);
    expect(await known(0)).toEqual(['topics: "qqqqqqqq" is not a topic. No topic is in force yet.']);
  });

  it('to an unknown topic with several similar names is refused with each of them, and quotes eighty characters', async () => {
    const { ask } = await aWorld();
    const long = 'q'.repeat(81);

    expect(await problemsOf(ask({ topics: ['tion'] }))).toEqual([
      'topics: "tion" is not a topic. Did you mean sanctions or treaty-ratification?',
    ]);
    expect(await problemsOf(ask({ topics: [long] }))).toEqual([
      expect.stringMatching(/^topics: "q{80}…" is not a topic\. Known: /),
    ]);
  });

  it('to every topic needs none to be in force, and leaves out the others', async () => {
    const { ask } = await aWorld();

    expect((await ask({ topics: ['no-such-topic', '*'] })).subscription.topics).toEqual(['*']);
  });

  it('refused as a whole says what was done', async () => {
    const { ask } = await aWorld();

    await expect(ask({ topics: [] })).rejects.toThrow('nothing was subscribed');
    await expect(ask({ topics: [] })).rejects.toMatchObject({ code: 'invalid_subscription' });
  });

  it('to an address that is suppressed says what to do', async () => {
    const { ask, stores } = await aWorld();
    const { id } = (await ask()).subscription;
    await stores.subscriptions.updateSubscription(id, { state: 'suppressed' }, later(1));

    await expect(ask()).rejects.toThrow(
      `no mail is sent to this address (subscription ${id}): mail to it bounced or was reported as spam. When the cause is gone and its owner wants mail: tocsin suppressions remove ADDRESS`,
    );
  });

  it('writes down when it was made, and when it was changed', async () => {
    const { ask, ports } = await aWorld();
    const { subscription } = await ask();
    ports.clock.advance(5);
    const changed = await ask({ topics: ['sanctions'] });

    expect([subscription.createdAt, subscription.updatedAt]).toEqual([START, START]);
    expect([changed.subscription.createdAt, changed.subscription.updatedAt]).toEqual([START, later(5)]);
  });

  it('fails when the store does, and not only when another came first', async () => {
    const { ports, ask } = await aWorld();
    const error = new Error('no answer');
    ports.subscriptions.createSubscription = () => Promise.reject(error);

    await expect(ask()).rejects.toBe(error);
  });

  it('offers mail only where a sender is set', async () => {
    const { ports } = await aWorld();
    const settings = { mail: { ...ALERT_SETTINGS.mail, from: null } };
    const request = { target: 'a@example.org', topics: ['*'] };

    expect(await problemsOf(subscribe({ ...ports, settings }, { ...request, channel: 'email' }))).toEqual([
      expect.stringContaining('set mail.from in config/tocsin.yaml, or use sns-email'),
    ]);
    expect(await subscribe({ ...ports, settings }, { ...request, channel: 'sns-email' })).toMatchObject({
      outcome: 'created',
    });
  });
});

describe('an address with subscriptions from before each had only one', () => {
  const anOldOne = (digest: 'none' | 'hourly' | 'daily', change: Partial<Subscription> = {}) =>
    aSubscription({ id: `old-${digest}` as SubscriptionId, target: 'reader@example.org', digest, ...change });
  const withOldOnes = async (...old: readonly Subscription[]) => {
    const world = await aWorld();
    for (const one of old) await world.stores.subscriptions.createSubscription(one);
    return world;
  };

  it('goes on with the one that it has', async () => {
    const { ask } = await withOldOnes(anOldOne('daily', { topics: ['sanctions'] }));

    const { outcome, subscription } = await ask({ digest: 'hourly' });

    expect([outcome, subscription.id, subscription.digest]).toEqual(['extended', 'old-daily', 'hourly']);
    expect(subscription.topics).toEqual(['sanctions', 'troop-deployment']);
  });

  it('keeps both of two, changes the oldest active one, and names the other', async () => {
    const { ask, stores } = await withOldOnes(
      anOldOne('hourly', { createdAt: later(-3000), state: 'unsubscribed' }),
      anOldOne('none', { createdAt: later(-1000) }),
      anOldOne('daily', { createdAt: later(-2000) }),
    );

    const { subscription, others } = await ask();

    expect([subscription.id, others]).toEqual(['old-daily', ['old-none']]);
    expect(await stores.subscriptions.getSubscription('old-none' as SubscriptionId)).toMatchObject({ digest: 'none' });
  });

  it('changes the one of two that has the digest asked for', async () => {
    const { ask } = await withOldOnes(
      anOldOne('none', { createdAt: later(-2000) }),
      anOldOne('daily', { createdAt: later(-1000) }),
    );

    expect((await ask({ digest: 'daily' })).subscription.id).toBe('old-daily');
  });

  it('goes on with the active one, even if one with the digest asked for was suppressed before', async () => {
    const { ask } = await withOldOnes(
      anOldOne('daily', { createdAt: later(-2000), state: 'suppressed' }),
      anOldOne('none', { createdAt: later(-1000) }),
    );

    expect((await ask({ digest: 'daily' })).subscription.id).toBe('old-none');
  });

  it('is not bypassed when mail to it was suppressed', async () => {
    const { ask } = await withOldOnes(anOldOne('none', { state: 'suppressed' }));

    await expect(ask()).rejects.toMatchObject({ code: 'address_suppressed' });
  });
});

describe('subscribing by SNS', () => {
  const manyTopics = async (count: number) => {
    const world = await aWorld();
    const topics = Array.from({ length: count }, (_, at) => `topic-${at}`);
    await world.stores.topics.putTopics(topics.map((id) => aTopic({ id })));
    return { ...world, topics };
  };

  it('to 48 topics is possible', async () => {
    const { ask, topics } = await manyTopics(48);

    expect(await ask({ channel: 'sns-email', topics })).toMatchObject({
      outcome: 'created',
      addedTopics: topics.toSorted(),
    });
  });

  it('to more than 48 topics is refused before SNS is asked', async () => {
    const { ask, asked, topics, stores } = await manyTopics(49);

    await expect(ask({ channel: 'sns-email', topics })).rejects.toMatchObject({ code: 'too_many_topics' });
    expect(asked).toEqual([]);
    expect(stores.snapshot().subscriptions).toEqual({});
  });

  it('to more topics than 48 together is refused before SNS is asked, and the first ones stay', async () => {
    const { ask, asked, topics } = await manyTopics(49);
    await ask({ channel: 'sns-email', topics: topics.slice(0, 48) });
    const before = [...asked];

    await expect(ask({ channel: 'sns-email', topics: topics.slice(48) })).rejects.toMatchObject({
      code: 'too_many_topics',
    });
    expect(asked).toEqual(before);
  });

  it('asks SNS once, changes its topics later, and ends it there', async () => {
    const { ask, asked, ports } = await aWorld();

    const { subscription } = await ask({ channel: 'sns-email' });
    await ask({ channel: 'sns-email' });
    await ask({ channel: 'sns-email', topics: ['sanctions'] });
    await unsubscribeById(ports, subscription.id);
    await unsubscribeById(ports, subscription.id);
    await ask({ channel: 'sns-email' });

    expect(subscription.snsSubscriptionArn).toBe('arn:1');
    expect(asked).toEqual([
      'new Reader@example.org troop-deployment',
      'change arn:1 Reader@example.org sanctions,troop-deployment',
      'end arn:1',
      'new Reader@example.org troop-deployment',
    ]);
  });
});

describe('unsubscribing', () => {
  it('writes down when, and needs no SNS for a subscription by mail', async () => {
    const { ask, ports, asked } = await aWorld();
    const { subscription } = await ask();
    ports.clock.advance(5);
    const { snsSubscriptions: _, ...withoutSns } = ports;

    expect(await unsubscribeByToken(withoutSns, subscription.unsubscribeToken)).toEqual({
      ...subscription,
      state: 'unsubscribed',
      endedByLinkAt: later(5),
      updatedAt: later(5),
    });
    expect(asked).toEqual([]);
  });

  it('by token ends that subscription, however often it is repeated', async () => {
    const { ask, ports, stores } = await aWorld();
    const { subscription } = await ask();
    const other = await ask({}, 'other@example.org');

    for (let time = 0; time < 3; time += 1) {
      expect(await unsubscribeByToken(ports, subscription.unsubscribeToken)).toMatchObject({
        state: 'unsubscribed',
        endedByLinkAt: START,
      });
      ports.clock.advance(5);
    }

    expect(await stores.subscriptions.subscriptionsOfTopics(['troop-deployment'])).toEqual([other.subscription]);
    expect(await unsubscribeByToken(ports, 'no-such-token')).toBeNull();
  });

  it('by id ends it, and says when there is none', async () => {
    const { ask, ports } = await aWorld();
    const { subscription } = await ask();

    expect((await unsubscribeById(ports, subscription.id)).state).toBe('unsubscribed');
    await expect(unsubscribeById(ports, 'no\nne' as SubscriptionId)).rejects.toThrow(
      new NotFoundError('subscription "no ne"'),
    );
  });
});
