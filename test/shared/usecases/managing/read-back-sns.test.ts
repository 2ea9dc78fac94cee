import type { SnsState } from '../../../../shared/ports.ts';
import { sweep } from '../../../../shared/usecases/alerting/sweep.ts';
import { changeSubscription } from '../../../../shared/usecases/managing/change-subscription.ts';
import { subscribe } from '../../../../shared/usecases/managing/subscribe.ts';
import { ALERT_SETTINGS, anAlertWorld, wholeBudget } from '../../../support/alert-world.ts';
import { aTopic, later } from '../../../support/builders.ts';
import { someSnsSubscriptions } from '../../../support/fakes.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** An SNS whose state of the subscription is as `sns.state` says. */
async function aWorld() {
  const world = anAlertWorld();
  const { stores, clock } = world;
  await stores.topics.putTopics(['river-crossings', 'sanctions'].map((id) => aTopic({ id })));
  const sns: { state: SnsState } = { state: 'pending' };
  const calls: string[] = [];
  const snsSubscriptions = someSnsSubscriptions({
    subscribeEmail: async (_address, topics, current = null, pending = null) => {
      calls.push(
        `${current === null ? 'ask' : `change ${current}`}${pending === null ? '' : ` for ${pending}`} ${topics}`,
      );
      return { arn: current ?? `arn:${calls.length}` };
    },
    stateOf: async (arn) => {
      calls.push(`state ${arn}`);
      return sns.state;
    },
  });
  const ports = { ...stores, clock, settings: ALERT_SETTINGS, snsSubscriptions };
  const ask = (...topics: string[]) => subscribe(ports, { channel: 'sns-email', target: 'desk@example.org', topics });
  const now = async () => (await stores.subscriptions.subscriptionsOfTarget('desk@example.org'))[0]!;
  const sweepAfter = async (ms: number) => {
    clock.advance(ms);
    calls.length = 0;
    await sweep({ ...world.ports, snsSubscriptions }, ALERT_SETTINGS, wholeBudget(clock));
    return calls.length;
  };
  return { world, ports, sns, calls, ask, now, sweepAfter };
}

describe('an e-mail subscription that SNS holds', () => {
  it('is unconfirmed until SNS says that it is confirmed', async () => {
    const { sns, ask, now, sweepAfter, world } = await aWorld();

    expect(await ask('sanctions')).toMatchObject({ outcome: 'created', isAsked: true });
    await sweepAfter(0);
    expect(await now()).toMatchObject({ state: 'unconfirmed', consent: { question: 'sns', wording: null } });
    sns.state = 'confirmed';
    await sweepAfter(5 * MINUTE_MS);

    expect(await now()).toMatchObject({ state: 'active', consent: { confirmedAt: later(5 * MINUTE_MS) } });
    expect(world.mails).toEqual([]);
  });

  it('is active at once where the address had confirmed before', async () => {
    const { sns, ask, now } = await aWorld();
    sns.state = 'confirmed';

    expect((await ask('sanctions')).isAsked).toBe(false);
    expect((await now()).state).toBe('active');
  });

  it('is looked at often in the first hour, then hourly, and no more after three days', async () => {
    const { ask, sweepAfter } = await aWorld();
    await ask('sanctions');

    expect(await sweepAfter(0)).toBe(1);
    expect(await sweepAfter(4 * MINUTE_MS)).toBe(0);
    expect(await sweepAfter(MINUTE_MS)).toBe(1);
    expect(await sweepAfter(60 * MINUTE_MS)).toBe(1);
    expect(await sweepAfter(30 * MINUTE_MS)).toBe(0);
    expect(await sweepAfter(30 * MINUTE_MS)).toBe(1);
    expect(await sweepAfter(3 * DAY_MS)).toBe(1);
    expect(await sweepAfter(30 * DAY_MS)).toBe(0);
  });

  it('ends when its reader ended it at SNS', async () => {
    const { sns, ask, now, sweepAfter } = await aWorld();
    sns.state = 'confirmed';
    await ask('sanctions');
    await sweepAfter(0);

    sns.state = 'gone';
    expect(await sweepAfter(DAY_MS)).toBe(1);

    expect((await now()).state).toBe('unsubscribed');
    expect(await sweepAfter(DAY_MS)).toBe(0);
  });

  it('is asked for again when its confirmation was lost, under the limit of three a day', async () => {
    const { ask, calls, now } = await aWorld();
    await ask('sanctions');
    calls.length = 0;

    expect(await ask('sanctions')).toMatchObject({ outcome: 'unchanged', isAsked: true });
    expect(await ask('river-crossings')).toMatchObject({ outcome: 'extended', isAsked: true });

    expect(calls.filter((call) => call.startsWith('ask'))).toEqual([
      'ask for arn:1 sanctions',
      'ask for arn:1 river-crossings,sanctions',
    ]);
    await expect(ask('sanctions')).rejects.toMatchObject({ code: 'asked_too_often' });
    expect((await now()).state).toBe('unconfirmed');
  });

  it.each(['pending', 'gone'] as const)(
    'is asked for again when SNS says %s, though we had it as active',
    async (state) => {
      const { sns, ask, now } = await aWorld();
      sns.state = 'confirmed';
      await ask('sanctions');
      sns.state = state;

      expect(await ask('sanctions')).toMatchObject({ outcome: 'unchanged', isAsked: true });
      expect((await now()).state).toBe('unconfirmed');
    },
  );

  it('that is confirmed is not asked for again', async () => {
    const { sns, ask, calls } = await aWorld();
    sns.state = 'confirmed';
    await ask('sanctions');
    calls.length = 0;

    expect(await ask('sanctions')).toMatchObject({ outcome: 'unchanged', isAsked: false });
    expect(await ask('river-crossings')).toMatchObject({ outcome: 'extended', isAsked: false });
    expect(calls.filter((call) => !call.startsWith('state'))).toEqual(['change arn:1 river-crossings,sanctions']);
  });

  it('gets other topics without another question while it waits', async () => {
    const { ports, ask, calls, now } = await aWorld();
    await ask('sanctions');
    calls.length = 0;

    await changeSubscription(ports, (await now()).id, { topics: ['river-crossings'] });

    expect(calls).toEqual(['change arn:1 river-crossings']);
    expect((await now()).state).toBe('unconfirmed');
  });
});
