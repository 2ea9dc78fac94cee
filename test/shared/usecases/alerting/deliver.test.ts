import { DeliveryRefusedError, ServiceUnavailableError } from '../../../../shared/core/errors.ts';
import { METRICS } from '../../../../shared/core/metrics.ts';
import type { SubscriptionId } from '../../../../shared/model/ids.ts';
import type { Delivery } from '../../../../shared/model/subscription.ts';
import { deliver } from '../../../../shared/usecases/alerting/deliver.ts';
import { ALERT_SETTINGS, type AlertWorld, anAlertWorld } from '../../../support/alert-world.ts';
import { aDelivery, aMatch, articleOf, aSubscription, later } from '../../../support/builders.ts';
import { sendAlerts } from '../../../support/send-alerts.ts';

const MINUTE = 60_000;

/** A stored match and subscriber, and the delivery between them. */
async function aWorldWith(change: Parameters<typeof aDelivery>[0] = {}): Promise<AlertWorld> {
  const world = anAlertWorld();
  await world.given({ matches: [aMatch()], subscriptions: [aSubscription()] });
  await world.stores.deliveries.createDelivery(aDelivery(change));
  return world;
}

const deliverIn = (world: AlertWorld) => deliver(aDelivery().id, world.ports, ALERT_SETTINGS);
const storedIn = async (world: AlertWorld): Promise<Delivery> =>
  (await world.stores.deliveries.getDelivery(aDelivery().id)) as Delivery;

/** Moves the clock to each next try until there is none; minutes from the start at which tries were made. */
async function triesUntilTheEnd(world: AlertWorld): Promise<number[]> {
  const minutes: number[] = [];
  for (;;) {
    minutes.push((world.clock.now().getTime() - Date.parse(later(0))) / MINUTE);
    await deliverIn(world);
    const { dueAt } = await storedIn(world);
    if (dueAt === null) return minutes;
    world.clock.set(dueAt);
  }
}

describe('a delivery', () => {
  it('is sent, with what the provider said on record', async () => {
    const world = await aWorldWith();

    expect(await deliverIn(world)).toEqual({ result: 'sent', unattended: true, dueAt: null });

    expect(await storedIn(world)).toMatchObject({
      state: 'sent',
      attempts: 1,
      dueAt: null,
      providerId: 'mail-1',
      sentAt: later(0),
      reason: null,
    });
    expect(world.metrics).toEqual([{ name: METRICS.alertsSent, value: 1, channel: 'email' }]);
  });

  it.each([
    ['later than two minutes from now keeps it', later(5 * MINUTE), later(5 * MINUTE)],
    ['sooner than that is due again after two minutes', later(MINUTE), later(2 * MINUTE)],
  ])('of the queue whose time for the sweep is %s, should its sender die', async (_, dueAt, until) => {
    const world = await aWorldWith({ dueAt });
    const seen: unknown[] = [];
    world.faults.mail = () => {
      const { state, dueAt: now } = world.stores.snapshot().deliveries[aDelivery().id] as Delivery;
      seen.push([state, now]);
      return null;
    };

    await deliver(aDelivery().id, world.ports, ALERT_SETTINGS, { hasPlace: false, isQueued: true });

    expect(seen).toEqual([['sending', until]]);
  });

  it('is tried seven times over about 35 hours, under one id, and then has failed', async () => {
    const world = await aWorldWith();
    const tried: string[] = [];
    world.faults.mail = () => new ServiceUnavailableError('the mail server is down');
    const { mailer } = world.ports;
    const watched: AlertWorld = {
      ...world,
      ports: {
        ...world.ports,
        mailer: {
          sendMail: (mail) => {
            tried.push(mail.messageId);
            return mailer?.sendMail(mail) ?? Promise.reject(new Error('no mailer'));
          },
        },
      },
    };

    const minutes = await triesUntilTheEnd(watched);

    expect(tried).toEqual(new Array(7).fill(`${aDelivery().id}@example.org`));
    const waits = minutes.slice(1).map((minute, index) => minute - (minutes[index] ?? 0));
    for (const [index, wait] of [0.5, 5, 30, 120, 480, 1440].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(wait);
      expect(waits[index]).toBeLessThan(wait * 1.2);
    }
    expect(await storedIn(world)).toMatchObject({
      state: 'failed',
      attempts: 7,
      reason: 'service_unavailable: the mail server is down',
    });
    const retried = { name: METRICS.alertsRetried, value: 1, channel: 'email' };
    expect(world.metrics).toEqual([
      ...Array(6).fill(retried),
      { name: METRICS.alertsFailed, value: 1, channel: 'email' },
    ]);
  });

  it('has failed at once when the provider refuses it', async () => {
    const world = await aWorldWith();
    world.faults.mail = () => new DeliveryRefusedError('the mail server refused the mail (EENVELOPE, answer 550)');

    expect(await deliverIn(world)).toMatchObject({ result: 'failed' });

    expect(await storedIn(world)).toMatchObject({ state: 'failed', attempts: 1, dueAt: null });
  });

  it('is tried again after an error nobody foresaw, of which only the kind is recorded', async () => {
    const world = await aWorldWith();
    world.faults.mail = () => new TypeError('reader@example.org is not a function');

    expect(await deliverIn(world)).toMatchObject({ result: 'retrying' });

    expect(await storedIn(world)).toMatchObject({ state: 'pending', reason: 'internal: TypeError' });
  });

  it('names no address in its record or in the log', async () => {
    const world = await aWorldWith();
    world.faults.mail = () => new ServiceUnavailableError('no route to reader@example.org at <reader@example.org>');

    await deliverIn(world);

    expect((await storedIn(world)).reason).toBe('service_unavailable: no route to (address) at <(address)>');
    expect(world.logged.join()).not.toContain('reader@');
    expect(world.logged).toHaveLength(1);
  });

  it('is not sent before its next try is due, nor when it is final', async () => {
    const world = await aWorldWith();
    world.faults.mail = () => new ServiceUnavailableError('down');
    await deliverIn(world);
    world.faults.mail = null;

    expect(await deliverIn(world)).toEqual({ result: 'not_due', unattended: false, dueAt: null });
    world.clock.advance(MINUTE);
    expect(await deliverIn(world)).toEqual({ result: 'sent', unattended: false, dueAt: null });
    world.clock.advance(48 * 60 * MINUTE);
    expect(await deliverIn(world)).toMatchObject({ result: 'not_due' });
    expect(world.mails).toHaveLength(1);
  });

  it('is sent by one of many who try at the same time', async () => {
    const world = await aWorldWith();

    const reports = await Promise.all(Array.from({ length: 8 }, () => deliverIn(world)));

    expect(reports.map(({ result }) => result).sort()).toEqual([...new Array(7).fill('not_due'), 'sent']);
    expect(world.mails).toHaveLength(1);
  });

  it('is sent again, under the same id, when its sender died before writing down that it was sent', async () => {
    const world = await aWorldWith();
    const { finishAttempt } = world.stores.deliveries;
    world.stores.deliveries.finishAttempt = () => Promise.reject(new Error('died'));
    await expect(deliverIn(world)).rejects.toThrow('died');
    world.stores.deliveries.finishAttempt = finishAttempt;

    world.clock.advance(2 * MINUTE - 1);
    expect(await deliverIn(world)).toMatchObject({ result: 'not_due' });
    world.clock.advance(1);
    expect(await deliverIn(world)).toEqual({ result: 'sent', unattended: true, dueAt: null });

    expect(world.mails.map(({ messageId }) => messageId)).toEqual(new Array(2).fill(`${aDelivery().id}@example.org`));
  });

  it('fails visibly when its match is gone', async () => {
    const world = await aWorldWith({ matchId: 'no-such-match' as Delivery['matchId'] });
    const { id } = aDelivery({ matchId: 'no-such-match' as Delivery['matchId'] });

    expect(await deliver(id, world.ports, ALERT_SETTINGS)).toMatchObject({ result: 'failed' });
  });

  it('waits for a sender to be set', async () => {
    const world = await aWorldWith();

    await deliver(aDelivery().id, { ...world.ports, mailer: null }, ALERT_SETTINGS);

    expect(await storedIn(world)).toMatchObject({ state: 'pending', reason: expect.stringContaining('mail.from') });
  });

  it('joins the digest of a subscriber who has asked for digests since', async () => {
    const world = await aWorldWith();
    await world.stores.subscriptions.updateSubscription(aSubscription().id, { digest: 'hourly' }, later(0));

    expect(await deliverIn(world)).toMatchObject({ result: 'waiting' });

    const { state, digestId, dueAt } = await storedIn(world);
    expect([state, dueAt]).toEqual(['waiting', null]);
    expect(await world.stores.digests.getDigest(digestId ?? '')).toMatchObject({ cause: 'asked', state: 'open' });
  });
});

describe('an outage of mail of one hour', () => {
  it('loses nothing, repeats nothing, and delays no other channel', async () => {
    const world = anAlertWorld();
    const matches = Array.from({ length: 12 }, (_, n) => aMatch({ articleId: `article-${n}` }));
    await world.given({
      subscriptions: ['one', 'two', 'three'].map((name) =>
        aSubscription({ id: name as SubscriptionId, target: `${name}@example.org` }),
      ),
    });
    world.faults.mail = () =>
      world.clock.now().toISOString() < later(60 * MINUTE) ? new ServiceUnavailableError('mail is down') : null;

    for (const match of matches) {
      await world.given({ matches: [match] });
      await sendAlerts(articleOf(match), world.ports, ALERT_SETTINGS);
      await world.sweepFor(5);
    }
    await world.sweepFor(4 * 60);

    expect(world.mails).toHaveLength(36);
    expect(new Set(world.mails.map(({ messageId }) => messageId)).size).toBe(36);
    expect(world.publications.map(({ at }) => at)).toEqual(matches.map((_, n) => later(n * 5 * MINUTE)));
    expect(world.mails.every(({ at }) => at < later(4 * 60 * MINUTE))).toBe(true);
  });
});
