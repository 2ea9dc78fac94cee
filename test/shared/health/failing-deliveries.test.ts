// Which deliveries need a human: those that are tried again, and those that were given up within a week.
import { deliveryFailures, FAILED_SHOWN_DAYS, failingDeliveries } from '../../../shared/health/failing-deliveries.ts';
import { because } from '../../../shared/model/delivery-reason.ts';
import type { SubscriptionId } from '../../../shared/model/ids.ts';
import { type Delivery, SNS_TOPIC_SUBSCRIPTION } from '../../../shared/model/subscription.ts';
import { aClock, aDelivery, aDigest, aMatch, aSubscription, later, START } from '../../support/builders.ts';
import { createMemoryStores, type MemoryStores } from '../../support/memory-store.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let clock: ReturnType<typeof aClock>;
let stores: MemoryStores;
beforeEach(() => {
  clock = aClock();
  stores = createMemoryStores({ clock });
});

const reader = (number: number): SubscriptionId => `reader-${number}` as SubscriptionId;
const failures = () => deliveryFailures({ ...stores, clock });
const given = async (change: Parameters<typeof aDelivery>[0]): Promise<Delivery> => {
  const delivery = aDelivery(change);
  await stores.deliveries.createDelivery(delivery);
  return delivery;
};

describe('the failures of deliveries', () => {
  it('are none while deliveries wait for their first try, or for a digest, or were sent', async () => {
    await stores.matches.putMatch(aMatch());
    await given({ subscriptionId: reader(1) });
    await given({ subscriptionId: reader(2), state: 'sent', dueAt: null, sentAt: START, attempts: 3 });
    await stores.digests.openDigest(aDigest());
    await given({ subscriptionId: reader(3), state: 'waiting', dueAt: null, digestId: aDigest().id });

    expect(await failures()).toEqual([]);
  });

  it('name, by channel, how many are tried again, since when, and the latest error', async () => {
    const retried = { attempts: 1, dueAt: later(8 * HOUR) } as const;
    await given({ ...retried, subscriptionId: reader(1), createdAt: later(-HOUR), reason: 'older error' });
    await given({
      ...retried,
      subscriptionId: reader(2),
      createdAt: later(-10),
      updatedAt: later(1),
      reason: 'newer error',
    });
    await given({ ...retried, subscriptionId: reader(3), channel: 'sns', reason: 'throttled' });

    expect(await failures()).toEqual([
      { channel: 'email', state: 'retrying', count: 2, lastDay: 2, since: later(-HOUR), reason: 'newer error' },
      { channel: 'sns', state: 'retrying', count: 1, lastDay: 1, since: START, reason: 'throttled' },
    ]);
  });

  it('are none while an alert is held, or a digest that never failed', async () => {
    await given({ state: 'held', attempts: 1, dueAt: later(8 * HOUR), reason: 'quiet hours' });
    const { id } = aDigest();
    await stores.digests.openDigest(aDigest());
    await given({ subscriptionId: reader(1), state: 'waiting', dueAt: null, digestId: id });
    await stores.digests.beginDigest(id, later(HOUR), later(2 * HOUR));
    const held = { state: 'closed', dueAt: later(8 * HOUR), reason: 'quiet hours', attempts: 0 } as const;
    await stores.digests.finishDigest(id, held, [], later(HOUR));

    expect(await failures()).toEqual([]);
  });

  it('name what is held because a quota is used up', async () => {
    await given({ state: 'held', attempts: 0, dueAt: later(HOUR), ...because('quota', 'the daily quota is used up') });
    await given({ subscriptionId: reader(2), state: 'held', dueAt: later(HOUR), ...because('pace') });

    expect(await failures()).toMatchObject([{ state: 'held', count: 1, reason: 'the daily quota is used up' }]);
  });

  it('name what a service has put off for more than an hour', async () => {
    const putOff = {
      state: 'held',
      attempts: 0,
      dueAt: later(2 * HOUR),
      ...because('send_later', 'too many'),
    } as const;
    await given(putOff);

    clock.set(later(HOUR));
    expect(await failures()).toEqual([]);
    clock.set(later(HOUR + 1));
    expect(await failures()).toMatchObject([{ state: 'held', count: 1, reason: 'too many' }]);
  });

  it('name each member of a digest that is held because a quota is used up, and none of one that waits for its place', async () => {
    const quota = because('quota', 'the daily quota is used up');
    for (const [number, why] of [quota, because('pace')].entries()) {
      const digest = aDigest({ subscriptionId: reader(number) });
      const { id } = digest;
      await stores.digests.openDigest(digest);
      await given({
        subscriptionId: reader(number),
        state: 'waiting',
        dueAt: null,
        digestId: id,
        ...because('digest'),
      });
      await stores.digests.beginDigest(id, later(HOUR), later(2 * HOUR));
      const held = { state: 'closed', dueAt: later(2 * HOUR), attempts: 0, ...why } as const;
      await stores.digests.finishDigest(id, held, [], later(HOUR));
    }

    expect(await failures()).toMatchObject([{ state: 'held', count: 1, reason: 'the daily quota is used up' }]);
    expect(await failingDeliveries({ ...stores, clock })).toMatchObject([{ subscriptionId: reader(0), ...quota }]);
  });

  it('see the longest wait between two tries, a day and its jitter', async () => {
    await given({ attempts: 6, dueAt: later(1.2 * DAY), reason: 'still down' });

    expect(await failures()).toMatchObject([{ state: 'retrying', count: 1 }]);
  });

  describe('that failed for good', () => {
    const subscription = aSubscription();
    const fail = (change: Parameters<typeof aDelivery>[0] = {}) =>
      given({ state: 'failed', dueAt: null, updatedAt: START, reason: 'no such mailbox', ...change });
    /** An alert that reaches the same subscription. */
    const reach = (at: string) =>
      given({
        matchId: aMatch({ articleId: `of ${at}` }).id,
        state: 'sent',
        dueAt: null,
        createdAt: at,
        updatedAt: at,
        sentAt: at,
      });

    beforeEach(() => stores.subscriptions.createSubscription(subscription));

    it('are named for a week', async () => {
      await fail();

      const atFirst = await failures();
      clock.advance(FAILED_SHOWN_DAYS * DAY);
      const aWeekLater = await failures();
      clock.advance(1);

      expect(atFirst).toEqual([
        { channel: 'email', state: 'failed', count: 1, lastDay: 1, since: START, reason: 'no such mailbox' },
      ]);
      expect(aWeekLater).toEqual([{ ...atFirst[0], lastDay: 0 }]);
      expect(await failures()).toEqual([]);
    });

    it('are named no longer when their subscription has ended', async () => {
      await fail();
      await stores.subscriptions.updateSubscription(subscription.id, { state: 'unsubscribed' }, later(1));

      expect(await failures()).toEqual([]);
    });

    it('are named for a day although a later alert arrived, and then no longer', async () => {
      await fail();
      await reach(later(HOUR));
      clock.advance(DAY - 1);
      const onTheSameDay = await failures();
      clock.advance(1);

      expect(onTheSameDay).toHaveLength(1);
      expect(await failures()).toEqual([]);
    });

    it('are not named when the mail was suppressed or the subscription removed, on the same day either', async () => {
      await fail();
      await fail({ subscriptionId: reader(9) });
      await stores.subscriptions.updateSubscription(subscription.id, { state: 'suppressed' }, later(1));

      expect(await failures()).toEqual([]);
    });

    it('are not named where an alert arrived at the very time', async () => {
      await fail();
      await reach(START);
      clock.advance(DAY);

      expect(await failures()).toEqual([]);
    });

    it('have the latest reason, and the time of the first', async () => {
      await fail({
        matchId: aMatch({ articleId: 'a' }).id,
        updatedAt: later(-2),
        createdAt: later(-DAY),
        reason: 'first',
      });
      await fail({ matchId: aMatch({ articleId: 'b' }).id, updatedAt: later(-1), reason: null });

      expect(await failures()).toEqual([
        { channel: 'email', state: 'failed', count: 2, lastDay: 2, since: later(-2), reason: 'no reason is known' },
      ]);
    });

    it('are named after a success that twenty later deliveries hide', async () => {
      const others = async (count: number) => {
        for (let number = 0; number < count; number += 1)
          await given({
            matchId: aMatch({ articleId: `${count}-${number}` }).id,
            state: 'suppressed',
            dueAt: null,
            createdAt: later(DAY + number),
          });
      };
      await fail();
      await reach(later(HOUR));
      await others(19);
      clock.advance(2 * DAY);
      const seen = await failures();
      await others(1);

      expect([seen.length, (await failures()).length]).toEqual([0, 1]);
    });

    it('are named although an earlier alert arrived', async () => {
      await reach(later(-HOUR));
      await fail();
      clock.advance(2 * DAY);

      expect(await failures()).toHaveLength(1);
    });

    it.each([
      ['bounced', 'suppressed'],
      ['complained', 'suppressed'],
      ['suppressed', 'suppressed'],
      ['disabled', 'disabled'],
    ] as const)('are named for a day where it %s, although its subscription is %s since', async (state, ended) => {
      await fail({ state, ...because(state) });
      await stores.subscriptions.updateSubscription(subscription.id, { state: ended }, later(1));
      clock.advance(DAY - 1);
      const onTheSameDay = await failures();
      clock.advance(1);

      expect(onTheSameDay).toMatchObject([{ channel: 'email', state, count: 1, lastDay: 1 }]);
      expect(await failures()).toEqual([]);
    });

    it('need no subscription where the publication on SNS failed', async () => {
      await fail({ subscriptionId: SNS_TOPIC_SUBSCRIPTION, channel: 'sns' });

      expect(await failures()).toMatchObject([{ channel: 'sns', state: 'failed' }]);
    });
  });

  it('count each member of a digest that is tried again, with the error of the digest', async () => {
    const { id } = aDigest();
    await stores.digests.openDigest(aDigest());
    for (const number of [1, 2])
      await given({
        subscriptionId: reader(number),
        state: 'waiting',
        dueAt: null,
        digestId: id,
        ...because('digest'),
      });
    await stores.digests.beginDigest(id, later(HOUR), later(2 * HOUR));
    await stores.digests.finishDigest(
      id,
      { state: 'closed', dueAt: later(3 * HOUR), ...because('service_unavailable', 'mail server is down') },
      [],
      later(HOUR),
    );

    expect(await failures()).toMatchObject([
      { channel: 'email', state: 'retrying', count: 2, reason: 'mail server is down' },
    ]);
    expect(await failingDeliveries({ ...stores, clock })).toMatchObject([
      { ...because('service_unavailable', 'mail server is down'), attempts: 1, dueAt: later(3 * HOUR) },
      { ...because('service_unavailable', 'mail server is down'), attempts: 1, dueAt: later(3 * HOUR) },
    ]);
  });

  it('come with those that are retried first, the next due first, and those that failed after, the latest first', async () => {
    await stores.subscriptions.createSubscription(aSubscription());
    const of = (name: string) => aMatch({ articleId: name }).id;
    await given({ matchId: of('a'), dueAt: later(2 * HOUR), reason: 'later' });
    await given({ matchId: of('b'), dueAt: later(HOUR), reason: 'sooner' });
    await given({ matchId: of('c'), state: 'failed', dueAt: null, updatedAt: later(-2), reason: 'before' });
    await given({ matchId: of('d'), state: 'failed', dueAt: null, updatedAt: later(-1), reason: 'last' });

    expect((await failingDeliveries({ ...stores, clock })).map(({ reason }) => reason)).toEqual([
      'sooner',
      'later',
      'last',
      'before',
    ]);
    expect((await failures()).map(({ state, count }) => [state, count])).toEqual([
      ['retrying', 2],
      ['failed', 2],
    ]);
  });

  it('are looked for thirty hours ahead', async () => {
    await given({ dueAt: later(30 * HOUR), reason: 'in time' });
    await given({ subscriptionId: reader(2), dueAt: later(30 * HOUR + 1), reason: 'too late' });

    expect(await failures()).toMatchObject([{ count: 1, reason: 'in time' }]);
  });

  it('stop counting at two hundred, also in a digest', async () => {
    await stores.digests.openDigest(aDigest({ dueAt: START, reason: 'down' }));
    const digests = {
      getDigest: stores.digests.getDigest.bind(stores.digests),
      digestMembers: async () =>
        Array.from({ length: 201 }, (_, number) => aDelivery({ subscriptionId: reader(number) })),
    };

    expect(await deliveryFailures({ ...stores, digests, clock })).toMatchObject([{ count: 200, reason: 'down' }]);
  });

  it('leave out a digest without an error, a match, and what is gone', async () => {
    await stores.digests.openDigest(aDigest({ dueAt: START }));
    await given({ state: 'waiting', dueAt: null, digestId: aDigest().id });
    const due = {
      listDue: async () =>
        [
          { kind: 'match', id: aMatch().id, dueAt: START },
          { kind: 'delivery', id: aDelivery({ subscriptionId: reader(9) }).id, dueAt: START },
          { kind: 'digest', id: 'gone.1', dueAt: START },
          { kind: 'digest', id: aDigest().id, dueAt: START },
        ] as const,
    };

    expect(await failingDeliveries({ ...stores, due, clock })).toEqual([]);
  });
});
