// Very many subscribers of one match: pages, runs that end in between, and the pace of a provider.
import { SendLaterError, ServiceUnavailableError } from '../../../../shared/core/errors.ts';
import type { SubscriptionId } from '../../../../shared/model/ids.ts';
import type { DeliveryMessage } from '../../../../shared/model/messages.ts';
import type { SendQuota } from '../../../../shared/ports.ts';
import { deliverQueued } from '../../../../shared/usecases/alerting/deliver.ts';
import { recordAlerts } from '../../../../shared/usecases/alerting/record-alerts.ts';
import { sweep } from '../../../../shared/usecases/alerting/sweep.ts';
import { ALERT_SETTINGS, type AlertWorld, anAlertWorld, wholeBudget } from '../../../support/alert-world.ts';
import { aMatch, articleOf, aSubscription, later } from '../../../support/builders.ts';

const MINUTE = 60_000;

interface Queued {
  readonly message: DeliveryMessage;
  readonly seconds: number;
}

/** So many subscribers of one match, and what is given to the delivery queue. */
async function aWorldWith(subscribers: number, quota: Awaited<ReturnType<SendQuota['read']>> = null) {
  const world = anAlertWorld();
  const queued: Queued[] = [];
  const ports = {
    ...world.ports,
    sendQuota: { read: async () => quota },
    deliveryQueue: {
      send: async (messages: readonly DeliveryMessage[], seconds: number) =>
        void queued.push(...messages.map((message) => ({ message, seconds }))),
    },
  };
  await world.given({
    matches: [aMatch()],
    subscriptions: Array.from({ length: subscribers }, (_, n) => {
      const name = `reader-${String(n).padStart(5, '0')}`;
      return aSubscription({ id: name as SubscriptionId, target: `${name}@example.org` });
    }),
  });
  return { world, queued, ports, article: articleOf(aMatch()) };
}

const mailsIn = ({ stores }: AlertWorld) =>
  Object.values(stores.snapshot().deliveries).filter(({ channel }) => channel === 'email');

describe('very many subscribers', () => {
  it('get their records in several runs, each of which goes on where the one before ended', async () => {
    const { world, ports, queued, article } = await aWorldWith(2_350);

    const runs = [];
    for (let run = 0; run < 3; run += 1) runs.push(await recordAlerts(article, ports, ALERT_SETTINGS));

    // One publication for machines and one for people come first.
    expect(runs.map(({ queued: some, isComplete }) => [some, isComplete])).toEqual([
      [1_002, false],
      [1_000, false],
      [350, true],
    ]);
    expect(mailsIn(world)).toHaveLength(2_350);
    expect(new Set(queued.map(({ message }) => message.id)).size).toBe(2_352);
    expect(await world.stores.hits.getHit(article)).toMatchObject({ alertState: 'done', expandedTo: null });
  });

  it('are alerted by the sweep when the queue loses everything', async () => {
    const { world, ports, article } = await aWorldWith(120);
    const lossy = { ...ports, deliveryQueue: { send: async () => undefined } };
    await recordAlerts(article, lossy, ALERT_SETTINGS);
    const sweepNow = () => sweep(lossy, ALERT_SETTINGS, wholeBudget(world.clock));

    world.clock.advance(5 * MINUTE - 1);
    await sweepNow();
    // Only the event for machines is listed as due itself.
    expect(mailsIn(world).filter(({ state }) => state === 'sent')).toEqual([]);

    world.clock.advance(1);
    expect(await sweepNow()).toMatchObject({ found: 122, failures: 0 });
    expect(mailsIn(world).filter(({ state }) => state === 'sent')).toHaveLength(120);
    expect(await world.stores.due.listDue(later(60 * MINUTE, world.clock.now().toISOString()), 1)).toEqual([]);
  });

  it('lose and repeat nothing when two runs go on from the same place, and one dies', async () => {
    const { world, ports, queued, article } = await aWorldWith(1_200);
    await recordAlerts(article, ports, ALERT_SETTINGS);
    const dead = { ...ports, deliveryQueue: { send: () => Promise.reject(new Error('died')) } };

    await expect(recordAlerts(article, dead, ALERT_SETTINGS)).rejects.toThrow('died');
    await Promise.all([1, 2].map(() => recordAlerts(article, ports, ALERT_SETTINGS)));

    expect(mailsIn(world)).toHaveLength(1_200);
    // What the dead run recorded and did not queue is queued by the next, without waiting for the sweep.
    for (const { message } of queued) await deliverQueued(message, ports, ALERT_SETTINGS);
    expect(world.mails).toHaveLength(1_200);
    expect(new Set(world.mails.map(({ to }) => to)).size).toBe(1_200);
  });

  it('are sent to from the queue before the sweep looks', async () => {
    const { world, ports, queued, article } = await aWorldWith(1);
    await recordAlerts(article, ports, ALERT_SETTINGS);

    await sweep(ports, ALERT_SETTINGS, wholeBudget(world.clock));
    expect(world.mails).toHaveLength(0);
    for (const { message } of queued) await deliverQueued(message, ports, ALERT_SETTINGS);

    expect(world.mails).toHaveLength(1);
  });
});

describe('a provider that takes so many mails a second', () => {
  const QUOTA = { perSecond: 2, perDay: 200, leftToday: null, isSandbox: false, isEnabled: true };

  it('gets them at that pace: each leaves the queue in its second', async () => {
    const { world, queued, ports, article } = await aWorldWith(9, QUOTA);

    await recordAlerts(article, ports, ALERT_SETTINGS);

    const mails = queued.filter(({ message }) => message.hasPlace);
    expect(mails.map(({ seconds }) => seconds).sort((a, b) => a - b)).toEqual([0, 0, 0, 1, 2, 2, 3, 3, 4]);
    // The sweep takes up what the queue lost, five minutes after its place.
    for (const { message, seconds } of mails)
      expect((await world.stores.deliveries.getDelivery(message.id))?.dueAt).toBe(later(seconds * 1_000 + 5 * MINUTE));
  });

  it('keeps one place for a subscriber of several topics, who comes once with each', async () => {
    const { world, queued, ports, article } = await aWorldWith(3, QUOTA);
    const { subscriptions } = world.stores;
    const subscribersPage: typeof subscriptions.subscribersPage = async (_topics, { after }) => ({
      ...(await subscriptions.subscribersPage([aMatch().topic.id], { limit: 10, after: null })),
      next: after === null ? 'another topic' : null,
    });

    const { queued: recorded } = await recordAlerts(
      article,
      { ...ports, subscriptions: { ...ports.subscriptions, subscribersPage } },
      ALERT_SETTINGS,
    );

    expect(recorded).toBe(2 + 3);
    expect(queued.filter(({ message }) => message.hasPlace)).toHaveLength(3);
    // Three places at two a second, a burst of two: the next is the fourth.
    const next = await world.stores.sendPaces.reserve('email', 1, { perSecond: 2, burst: 2 }, later(0));
    expect(next).toBe(later(1_000));
  });

  it('has those held that would have to wait for more than a quarter of an hour, and then they are sent', async () => {
    const { world, ports, article } = await aWorldWith(1_900, QUOTA);

    for (let run = 0; run < 2; run += 1) await recordAlerts(article, ports, ALERT_SETTINGS);
    const held = mailsIn(world).filter(({ state }) => state === 'held');

    expect(held.length).toBeGreaterThan(50);
    expect(held.every(({ dueAt }) => dueAt !== null && dueAt > later(15 * MINUTE))).toBe(true);
    world.clock.advance(17 * MINUTE);
    const first = held[0]!.id;
    await deliverQueued({ v: 1, kind: 'delivery', id: first, hasPlace: false }, ports, ALERT_SETTINGS);
    // Why it was held is no longer said.
    expect(await world.stores.deliveries.getDelivery(first)).toMatchObject({
      state: 'sent',
      reason: null,
      reasonCode: null,
    });
  });

  it('gets no more from what is tried again either; waiting is no try', async () => {
    const { world, ports, queued, article } = await aWorldWith(1, QUOTA);
    await recordAlerts(article, ports, ALERT_SETTINGS);
    await world.stores.sendPaces.reserve('email', 20, { perSecond: 2, burst: 1 }, later(0));
    const { message } = queued.find(({ message: { hasPlace } }) => hasPlace)!;
    queued.splice(0);

    await deliverQueued({ ...message, hasPlace: false }, ports, ALERT_SETTINGS);
    const held = await world.stores.deliveries.getDelivery(message.id);
    expect(held).toMatchObject({
      state: 'held',
      attempts: 0,
      reason: 'the provider takes only so many messages a second',
    });
    expect(queued).toEqual([{ message: { ...message, hasPlace: false }, seconds: 10 }]);

    world.clock.set(held!.dueAt!);
    // The row is full behind it: its place is kept.
    await world.stores.sendPaces.reserve('email', 20, { perSecond: 2, burst: 1 }, held!.dueAt!);
    await deliverQueued(queued[0]!.message, ports, ALERT_SETTINGS);
    expect(world.mails).toHaveLength(1);
  });

  it('gets none once its daily quota is used up, until it frees', async () => {
    const { world, ports, queued, article } = await aWorldWith(1, { ...QUOTA, leftToday: 0 });
    await recordAlerts(article, ports, ALERT_SETTINGS);
    const { message } = queued.find(({ message: { hasPlace } }) => hasPlace)!;

    await deliverQueued(message, ports, ALERT_SETTINGS);
    expect(await world.stores.deliveries.getDelivery(message.id)).toMatchObject({
      state: 'held',
      attempts: 0,
      dueAt: later(15 * MINUTE),
    });
    world.clock.advance(15 * MINUTE);
    const freed = { ...ports, sendQuota: { read: async () => ({ ...QUOTA, leftToday: 5 }) } };
    await deliverQueued(message, freed, ALERT_SETTINGS);

    expect(world.mails).toHaveLength(1);
  });

  it('is asked again when it asks us to wait, which is no try either', async () => {
    const { world, ports, queued, article } = await aWorldWith(1);
    await recordAlerts(article, ports, ALERT_SETTINGS);
    world.faults.mail = () => new SendLaterError(40, 'too many requests');
    const mail = queued.find(({ message }) => message.id.endsWith('reader-00000'))!.message;
    queued.splice(0);

    await deliverQueued(mail, ports, ALERT_SETTINGS);

    expect(await world.stores.deliveries.getDelivery(mail.id)).toMatchObject({
      state: 'held',
      attempts: 0,
      dueAt: later(40_000),
      reason: 'send_later: too many requests',
    });
    expect(queued.map(({ seconds }) => seconds)).toEqual([40]);
  });

  it.each([
    [900, [900]],
    [901, []],
  ])(
    'may ask us to wait %d seconds: up to a quarter of an hour the mail goes back to the queue, else the sweep takes it up',
    async (seconds, delays) => {
      const { world, ports, queued, article } = await aWorldWith(1);
      await recordAlerts(article, ports, ALERT_SETTINGS);
      world.faults.mail = () => new SendLaterError(seconds, 'too many requests');
      const mail = queued.find(({ message }) => message.id.endsWith('reader-00000'))!.message;
      queued.splice(0);

      await deliverQueued(mail, ports, ALERT_SETTINGS);

      expect(queued.map((each) => each.seconds)).toEqual(delays);
    },
  );

  it('is not asked again before its time where a message of the queue comes twice', async () => {
    const { world, ports, queued, article } = await aWorldWith(1);
    await recordAlerts(article, ports, ALERT_SETTINGS);
    world.faults.mail = () => new ServiceUnavailableError('down');
    const mail = queued.find(({ message }) => message.id.endsWith('reader-00000'))!.message;

    const results = [];
    for (let times = 0; times < 2; times += 1) results.push(await deliverQueued(mail, ports, ALERT_SETTINGS));

    expect(results).toEqual(['retrying', 'not_due']);
    expect(await world.stores.deliveries.getDelivery(mail.id)).toMatchObject({ state: 'pending', attempts: 1 });
  });

  it('may be kept slower than it takes, by a setting', async () => {
    const { queued, ports, article } = await aWorldWith(3, { ...QUOTA, perSecond: 50 });

    await recordAlerts(article, ports, { ...ALERT_SETTINGS, mail: { ...ALERT_SETTINGS.mail, maxPerSecond: 1 } });

    const mails = queued.filter(({ message }) => message.hasPlace);
    expect(mails.map(({ seconds }) => seconds)).toEqual([0, 1, 2]);
  });
});
