import { DamagedRecordError, ServiceUnavailableError } from '../../../../shared/core/errors.ts';
import { METRICS } from '../../../../shared/core/metrics.ts';
import type { SubscriptionId } from '../../../../shared/model/ids.ts';
import { sendAlerts } from '../../../../shared/usecases/alerting/send-alerts.ts';
import { sweep } from '../../../../shared/usecases/alerting/sweep.ts';
import { ALERT_SETTINGS, type AlertWorld, anAlertWorld, wholeBudget } from '../../../support/alert-world.ts';
import { aMatch, aSubscription, later } from '../../../support/builders.ts';

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
    const { getMatch } = world.stores.matches;
    world.stores.matches.getMatch = async (id) => {
      if (id === bad!.id) throw new DamagedRecordError(id, 'no passages');
      return getMatch.call(world.stores.matches, id);
    };

    const result = await run(world);

    expect(result).toMatchObject({ matches: 249, failures: 1 });
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

    expect(result.matches).toBe(1);
    expect(world.logged.filter((line) => line.includes('an entry that waits cannot be read'))).toHaveLength(1);
  });

  it('looks past entries that keep failing in front', async () => {
    const world = anAlertWorld();
    const all = matchesOf(350);
    const bad = new Set(
      [...all]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, 300)
        .map(({ id }) => id),
    );
    await world.given({ matches: all });
    const { getMatch } = world.stores.matches;
    world.stores.matches.getMatch = async (id) => {
      if (bad.has(id)) throw new DamagedRecordError(id, 'no passages');
      return getMatch.call(world.stores.matches, id);
    };

    expect(await run(world)).toMatchObject({ matches: 50, failures: 300 });
  });

  it('begins no more entries than it may', async () => {
    const world = anAlertWorld();
    await world.given({ matches: matchesOf(30) });

    expect(await run(world, { ...wholeBudget(world.clock), maxEntries: 10 })).toMatchObject({ matches: 10 });
    expect(await run(world)).toMatchObject({ matches: 20 });
  });

  it('begins nothing after its deadline', async () => {
    const world = anAlertWorld();
    await world.given({ matches: matchesOf(30), subscriptions: [aSubscription()] });
    world.faults.publication = () => {
      world.clock.advance(10_000);
      return null;
    };

    const { matches } = await run(world, { maxEntries: 100, deadline: new Date(later(60_000)) });

    expect(matches).toBeGreaterThanOrEqual(6);
    expect(matches).toBeLessThanOrEqual(6 + 4); // those begun before, side by side
  });

  it('reports what the stream should have done, and not what is its own work', async () => {
    const world = anAlertWorld();
    await world.given({ matches: matchesOf(3), subscriptions: [aSubscription()] });
    world.faults.mail = () => new ServiceUnavailableError('down');
    for (const { id } of matchesOf(2)) await sendAlerts(id, world.ports, ALERT_SETTINGS);
    world.faults.mail = null;

    world.clock.advance(5 * MINUTE);
    const result = await run(world);

    // The third match never came by the stream; the two retries are the sweep's own.
    expect(result).toMatchObject({ matches: 1, deliveries: 2, found: 1, failures: 0 });
    expect(lastMetric(world, METRICS.sweepFound)).toBe(1);
    expect((await run(world)).found).toBe(0);
  });

  it('reports a sender that died', async () => {
    const world = anAlertWorld();
    await world.given({ matches: matchesOf(1), subscriptions: [aSubscription()] });
    const { finishAttempt } = world.stores.deliveries;
    world.stores.deliveries.finishAttempt = () => Promise.reject(new Error('died'));
    await sendAlerts(matchesOf(1)[0]!.id, world.ports, ALERT_SETTINGS);
    world.stores.deliveries.finishAttempt = finishAttempt;

    world.clock.advance(5 * MINUTE);

    expect(await run(world)).toMatchObject({ deliveries: 2, found: 2 });
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
