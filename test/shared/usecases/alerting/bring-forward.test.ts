// What a clock that ran ahead has dated is due once the clock is right.
import type { SubscriptionId } from '../../../../shared/model/ids.ts';
import { bringForward } from '../../../../shared/usecases/alerting/bring-forward.ts';
import { anAlertWorld, putHit } from '../../../support/alert-world.ts';
import { aDelivery, aDigest, aHit, aMatch, later, START } from '../../../support/builders.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const reader = (number: number): SubscriptionId => `reader-${number}` as SubscriptionId;

describe('what is due later', () => {
  it('is due now when it was written in the future, of each kind', async () => {
    const { ports, stores } = anAlertWorld();
    const written = { dueAt: later(2 * DAY), updatedAt: later(2 * DAY - HOUR) };
    await stores.deliveries.createDelivery(aDelivery(written));
    await stores.digests.openDigest(aDigest(written));
    const times = { polledAt: START, matchedAt: later(2 * DAY), alertedAt: null };
    await stores.matches.putMatch(aMatch({}, { times, alertState: 'pending' }));
    await putHit(stores, aHit({ changedAt: later(2 * DAY) }), [aMatch()]);

    await bringForward(ports);

    expect((await stores.due.listDue(START, 10)).map(({ kind, dueAt }) => [kind, dueAt]).sort()).toEqual([
      ['delivery', START],
      ['digest', START],
      ['hit', START],
      ['match', START],
    ]);
  });

  it('stays as it is when it waits for good reason', async () => {
    const { ports, stores } = anAlertWorld();
    await stores.deliveries.createDelivery(aDelivery({ dueAt: later(8 * HOUR), updatedAt: START }));

    await bringForward(ports);

    expect(await stores.due.listDue(later(8 * HOUR - 1), 10)).toEqual([]);
  });

  it('costs a hundred reads at most, however many retries wait, and the furthest come first', async () => {
    const { ports, stores } = anAlertWorld();
    for (let number = 0; number < 150; number += 1) {
      const retry = { subscriptionId: reader(number), dueAt: later(HOUR + number), updatedAt: START };
      await stores.deliveries.createDelivery(aDelivery(retry));
    }
    const ahead = aDelivery({ subscriptionId: reader(999), dueAt: later(2 * DAY), updatedAt: later(2 * DAY) });
    await stores.deliveries.createDelivery(ahead);
    let reads = 0;
    const counting = {
      ...ports,
      deliveries: {
        ...ports.deliveries,
        getDelivery: (id: typeof ahead.id) => {
          reads += 1;
          return stores.deliveries.getDelivery(id);
        },
      },
    };

    await bringForward(counting);

    expect(reads).toBe(100);
    expect((await stores.due.listDue(START, 10)).map(({ id }) => id)).toEqual([ahead.id]);
  });
});
