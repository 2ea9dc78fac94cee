import { DamagedRecordError, ServiceUnavailableError } from '../../../../shared/core/errors.ts';
import { METRICS } from '../../../../shared/core/metrics.ts';
import type { SubscriptionId } from '../../../../shared/model/ids.ts';
import { sweep } from '../../../../shared/usecases/alerting/sweep.ts';
import { ALERT_SETTINGS, type AlertWorld, anAlertWorld, wholeBudget } from '../../../support/alert-world.ts';
import { aMatch, articleOf, aSubscription, later } from '../../../support/builders.ts';
import { sendAlerts } from '../../../support/send-alerts.ts';

const MINUTE = 60_000;
const matchesOf = (count: number) => Array.from({ length: count }, (_, n) => aMatch({ articleId: `article-${n}` }));
const run = (world: AlertWorld, budget = wholeBudget(world.clock)) => sweep(world.ports, ALERT_SETTINGS, budget);
const lastMetric = (world: AlertWorld, name: string) => world.metrics.filter((one) => one.name === name).at(-1)?.value;

describe('the sweep', () => {
  it('alone, with the stream switched off, sends everything', async () => {
    const world = anAlertWorld();
    await world.given({
      matches: matchesOf(6),
      subscriptions: [
        aSubscription(),
        aSubscription({ id: 'hourly' as SubscriptionId, target: 'hourly@example.org', digest: 'hourly' }),
      ],
    });

    await world.sweepFor(5);
    expect(world.mails).toHaveLength(6);
    expect(world.publications).toHaveLength(6);
    await world.sweepFor(60);

    expect(world.mails.map(({ to }) => to).filter((to) => to === 'hourly@example.org')).toHaveLength(1);
    expect(new Set(Object.values(world.stores.snapshot().deliveries).map(({ state }) => state))).toEqual(
      new Set(['sent']),
    );
  });

  it('finishes the rest when one entry cannot be finished', async () => {
    const world = anAlertWorld();
    const [bad, ...good] = matchesOf(250);
    await world.given({ matches: [bad!, ...good], subscriptions: [aSubscription()] });
    const { getHit } = world.stores.hits;
    world.stores.hits.getHit = async (id) => {
      if (id === articleOf(bad!)) throw new DamagedRecordError(id, 'no matches');
      return getHit.call(world.stores.hits, id);
    };

    const result = await run(world);

    expect(result).toMatchObject({ hits: 249, failures: 1 });
    expect(world.publications).toHaveLength(249);
  });

  it('goes on past a delivery that waits for its next try and cannot be read', async () => {
    const world = anAlertWorld();
    await world.given({ matches: matchesOf(2).slice(0, 1), subscriptions: [aSubscription()] });
    world.faults.mail = () => new ServiceUnavailableError('down');
    await run(world);
    world.stores.deliveries.getDelivery = async (id) => {
      throw new DamagedRecordError(id, 'no state');
    };
    await world.given({ matches: matchesOf(2).slice(1) });

    const result = await run(world);

    expect(result.hits).toBe(1);
    expect(world.logged.filter((line) => line.includes('an entry that waits cannot be read'))).toHaveLength(1);
  });

  it('looks past entries that keep failing in front', async () => {
    const world = anAlertWorld();
    const all = matchesOf(350);
    const bad = new Set([...all].map(articleOf).sort().slice(0, 300));
    await world.given({ matches: all });
    const { getHit } = world.stores.hits;
    world.stores.hits.getHit = async (id) => {
      if (bad.has(id)) throw new DamagedRecordError(id, 'no matches');
      return getHit.call(world.stores.hits, id);
    };

    expect(await run(world)).toMatchObject({ hits: 50, failures: 300 });
  });

  it('begins no more entries than it may', async () => {
    const world = anAlertWorld();
    await world.given({ matches: matchesOf(30) });

    expect(await run(world, { ...wholeBudget(world.clock), maxEntries: 10 })).toMatchObject({ hits: 10 });
    expect(await run(world)).toMatchObject({ hits: 20 });
  });

  it('begins nothing after its deadline', async () => {
    const world = anAlertWorld();
    await world.given({ matches: matchesOf(30), subscriptions: [aSubscription()] });
    world.faults.publication = () => {
      world.clock.advance(10_000);
      return null;
    };

    const { hits } = await run(world, { maxEntries: 100, deadline: new Date(later(60_000)) });

    // Each publishes twice, ten seconds each.
    expect(hits).toBeGreaterThanOrEqual(3);
    expect(hits).toBeLessThanOrEqual(3 + 4); // those begun before, side by side
  });

  it('reports what the stream should have done, and not what is its own work', async () => {
    const world = anAlertWorld();
    await world.given({ matches: matchesOf(3), subscriptions: [aSubscription()] });
    world.faults.mail = () => new ServiceUnavailableError('down');
    for (const match of matchesOf(2)) await sendAlerts(articleOf(match), world.ports, ALERT_SETTINGS);
    world.faults.mail = null;

    world.clock.advance(5 * MINUTE);
    const result = await run(world);

    // The third match never came by the stream; the two retries are the sweep's own.
    expect(result).toMatchObject({ hits: 1, deliveries: 2, found: 1, failures: 0 });
    expect(lastMetric(world, METRICS.sweepFound)).toBe(1);
    expect((await run(world)).found).toBe(0);
  });

  it('reports a sender that died', async () => {
    const world = anAlertWorld();
    await world.given({ matches: matchesOf(1), subscriptions: [aSubscription()] });
    const { finishAttempt } = world.stores.deliveries;
    world.stores.deliveries.finishAttempt = () => Promise.reject(new Error('died'));
    await sendAlerts(articleOf(matchesOf(1)[0]!), world.ports, ALERT_SETTINGS);
    world.stores.deliveries.finishAttempt = finishAttempt;

    world.clock.advance(5 * MINUTE);

    expect(await run(world)).toMatchObject({ deliveries: 3, found: 3 });
  });

  it('measures the age of the oldest alert that is neither sent nor given up', async () => {
    const world = anAlertWorld();
    await world.given({ matches: matchesOf(1), subscriptions: [aSubscription()] });
    world.faults.mail = () => new ServiceUnavailableError('down');

    const ages: (number | undefined)[] = [];
    for (let minute = 0; minute <= 60; minute += 20) {
      await run(world);
      ages.push(lastMetric(world, METRICS.oldestPendingAlertSeconds));
      world.clock.advance(20 * MINUTE);
    }
    world.faults.mail = null;
    await world.sweepFor(180);

    // Also between two tries, when nothing is due.
    expect(ages).toEqual([0, 1_200, 2_400, 3_600]);
    expect(lastMetric(world, METRICS.oldestPendingAlertSeconds)).toBe(0);
  });

  it('does not count what waits in an open digest as old', async () => {
    const world = anAlertWorld();
    await world.given({ matches: matchesOf(1), subscriptions: [aSubscription({ digest: 'daily' })] });

    await world.sweepFor(120);

    expect(lastMetric(world, METRICS.oldestPendingAlertSeconds)).toBe(0);
  });
});
