import type { SubscriptionId } from '../../../../shared/model/ids.ts';
import type { Subscription } from '../../../../shared/model/subscription.ts';
import { hashOfAddress } from '../../../../shared/model/suppression.ts';
import { sweep } from '../../../../shared/usecases/alerting/sweep.ts';
import { type ForgetPorts, forget } from '../../../../shared/usecases/managing/forget.ts';
import { subscriptionIdOf } from '../../../../shared/usecases/managing/subscribe.ts';
import { ALERT_SETTINGS, anAlertWorld, wholeBudget } from '../../../support/alert-world.ts';
import { aMatch, aSubscription, aTopic } from '../../../support/builders.ts';
import { aLog, someSnsSubscriptions } from '../../../support/fakes.ts';

const ADDRESS = 'reader@example.org';

async function aWorld(change: Partial<ForgetPorts> = {}) {
  const world = anAlertWorld();
  const { stores, clock } = world;
  await stores.topics.putTopics([aTopic()]);
  const log = aLog();
  const secrets: string[] = [];
  const ports: ForgetPorts = {
    ...stores,
    clock,
    log,
    snsSubscriptions: someSnsSubscriptions(),
    channelSecrets: { removeSecret: async (id) => void secrets.push(id) },
    ...change,
  };
  return { world, stores, ports, log, secrets };
}

const named = (id: string, change: Partial<Subscription> = {}): Subscription =>
  aSubscription({ id: id as SubscriptionId, unsubscribeToken: `token-of-${id}`, ...change });

describe('forgetting an address', () => {
  it('deletes its subscriptions on every channel, what was sent to them and their secrets, and nothing of others', async () => {
    const asked: string[] = [];
    const { world, stores, ports, secrets } = await aWorld({
      snsSubscriptions: someSnsSubscriptions({
        unsubscribeAddress: async (address) => {
          asked.push(address);
          return { ended: 1, pending: 0 };
        },
      }),
    });
    await world.given({
      matches: [aMatch()],
      subscriptions: [
        named('mail', { target: ADDRESS }),
        named('from before', { target: 'Reader@Example.org', digest: 'daily' }),
        named('sns', { target: ADDRESS, channel: 'sns-email', snsSubscriptionArn: 'arn:1' }),
        named('hook', { target: ADDRESS, channel: 'webhook' }),
        named('ended', { target: ADDRESS, state: 'unsubscribed' }),
        named('other', { target: 'other@example.org' }),
      ],
    });
    await sweep(world.ports, ALERT_SETTINGS, wholeBudget(world.clock));

    const done = await forget(ports, ' reader@EXAMPLE.org ');

    expect(done).toMatchObject({ isDone: true, subscriptions: 5, atSns: 1, mails: 0 });
    expect(done.deliveries).toBeGreaterThanOrEqual(2);
    expect(asked).toEqual([ADDRESS]);
    expect(secrets).toEqual(['hook']);
    const { subscriptions, deliveries, readers } = stores.snapshot();
    expect(Object.keys(subscriptions)).toEqual(['other']);
    expect(new Set(Object.values(deliveries).map(({ subscriptionId }) => subscriptionId))).toEqual(
      new Set(['other', 'sns-topic']),
    );
    expect(new Set(Object.values(readers).map(({ subscriptionId }) => subscriptionId))).toEqual(
      new Set(['other', 'sns-topic']),
    );
    expect(JSON.stringify(stores.snapshot()).toLowerCase()).not.toContain(ADDRESS);
  });

  it('may be repeated, and says the same of what remains', async () => {
    const { world, ports } = await aWorld();
    await world.given({ subscriptions: [named('mail', { target: ADDRESS })] });

    const first = await forget(ports, ADDRESS);
    const second = await forget(ports, ADDRESS);

    expect([first.subscriptions, second.subscriptions]).toEqual([1, 0]);
    expect(second.remains).toEqual(first.remains);
    expect(first.remains).toEqual([
      'How often the address was asked to confirm, as a hash, for one day.',
      'Backups of the table, until they expire (point-in-time recovery: 35 days), and what the mail service keeps.',
    ]);
  });

  it('also finds what was written for a subscription after that was deleted', async () => {
    const { world, stores, ports } = await aWorld();
    const mine = named(subscriptionIdOf('email', ADDRESS), { target: ADDRESS });
    await world.given({ matches: [aMatch()], subscriptions: [mine] });
    await sweep(world.ports, ALERT_SETTINGS, wholeBudget(world.clock));
    await stores.subscriptions.deleteSubscription(mine.id);

    expect(await forget(ports, ADDRESS)).toMatchObject({ subscriptions: 0, deliveries: 1 });
  });

  it('ends what it has no time to delete, and deletes the subscription last', async () => {
    const limits: number[] = [];
    const { world, stores, ports } = await aWorld({
      persons: {
        deleteDeliveries: async (_id, limit) => {
          limits.push(limit);
          return limits.length === 1 ? limit : 3;
        },
      },
    });
    await world.given({ subscriptions: [named('mail', { target: ADDRESS, state: 'unconfirmed', step: 'reminder' })] });

    const first = await forget(ports, ADDRESS);
    expect(first).toMatchObject({ isDone: false, subscriptions: 0, deliveries: 500, remains: [] });
    const known = await stores.subscriptions.getSubscription('mail' as SubscriptionId);
    expect(known).toMatchObject({ state: 'unsubscribed', step: null, dueAt: null });
    expect(limits).toEqual([500]);

    expect(await forget(ports, ADDRESS)).toMatchObject({ isDone: true, subscriptions: 1 });
    expect(await stores.subscriptions.getSubscription('mail' as SubscriptionId)).toBeNull();
  });

  it('removes the mails that one machine keeps, and says what SNS still has', async () => {
    const { ports } = await aWorld({
      keptMails: { forget: (address) => (address === ADDRESS ? 4 : 0) },
      snsSubscriptions: someSnsSubscriptions({ unsubscribeAddress: async () => ({ ended: 0, pending: 1 }) }),
    });

    const { mails, remains } = await forget(ports, ADDRESS);

    expect(mails).toBe(4);
    expect(remains.slice(1)).toEqual([
      'Backups, until you delete them, and what your mail server keeps.',
      '1 unconfirmed subscription at SNS: SNS deletes it by itself within three days.',
    ]);
  });

  it('leaves the hash of an address that bounced, and says so', async () => {
    const hashes: string[] = [];
    const { ports } = await aWorld({
      suppressions: { getSuppression: async (hash) => ({ cause: 'bounce', at: hashes.push(hash) }) },
    });

    const { remains } = await forget(ports, ' Reader@example.org');

    expect(remains.at(-1)).toBe(
      'Its hash on the list of addresses that bounced or complained, so that nothing is sent to it again.',
    );
    expect(hashes).toEqual([hashOfAddress(ADDRESS)]);
  });

  it('logs numbers, not the address', async () => {
    const { world, ports, log } = await aWorld();
    await world.given({ subscriptions: [named('mail', { target: ADDRESS })] });

    await forget(ports, ADDRESS);

    expect(log.messages('info')).toEqual(['an address was forgotten']);
    expect(JSON.stringify(log.lines)).not.toContain('reader');
  });

  it('refuses what is no address', async () => {
    const { ports } = await aWorld();

    await expect(forget(ports, 'reader')).rejects.toMatchObject({
      code: 'invalid_subscription',
      problems: [expect.stringContaining('there is no @')],
    });
  });
});
