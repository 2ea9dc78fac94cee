// The order in which lists come, whatever store holds them.
import type { DeliveryId, MatchId } from '../../../shared/model/ids.ts';
import {
  deliveryPosition,
  duePosition,
  failedPosition,
  matchPosition,
  newestFirst,
  oldestFirst,
  subscriptionPosition,
} from '../../../shared/model/positions.ts';
import { aDelivery, aMatch, aSubscription, later, START } from '../../support/builders.ts';

describe('a position', () => {
  it('is an instant and the id', () => {
    const match = { ...aMatch({ firstSeenAt: START }), id: 'm' as MatchId };
    const delivery = { ...aDelivery({ createdAt: START, updatedAt: later(1) }), id: 'd' as DeliveryId };

    expect(matchPosition(match)).toBe('2026-11-17T08:00:00.000Z#m');
    expect(deliveryPosition(delivery)).toBe('2026-11-17T08:00:00.000Z#d');
    expect(failedPosition(delivery)).toBe('2026-11-17T08:00:00.001Z#d');
    expect(subscriptionPosition(aSubscription())).toBe('2026-11-17T08:00:00.000Z#subscription-1');
    expect(duePosition({ kind: 'digest', id: 'x', dueAt: later(2) })).toBe('2026-11-17T08:00:00.002Z#x');
  });

  it('orders by the instant, then by the id', () => {
    const due = [
      ['b', 5],
      ['a', 5],
      ['c', 3],
      ['d', 9],
    ] as const;
    const all = due.map(([id, ms]) => ({ kind: 'digest' as const, id, dueAt: later(ms) }));
    const ids = (order: (one: (typeof all)[number], other: (typeof all)[number]) => number): string =>
      all
        .toSorted(order)
        .map(({ id }) => id)
        .join('');

    expect(ids(oldestFirst(duePosition))).toBe('cabd');
    expect(ids(newestFirst(duePosition))).toBe('dbac');
  });
});
