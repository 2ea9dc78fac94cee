// While one alert of a story is on its way to a reader, and until it is settled, no other is sent.
import type { DeliveryId } from '../../../../shared/model/ids.ts';
import { newReader } from '../../../../shared/model/story.ts';
import type { Delivery } from '../../../../shared/model/subscription.ts';
import { isToldByAnother } from '../../../../shared/usecases/alerting/right-to-send.ts';
import { anAlertWorld } from '../../../support/alert-world.ts';
import { aDelivery, aSubscription, later } from '../../../support/builders.ts';

const MINUTE = 60_000;

/** `until`: the end of the other's right to send, in milliseconds from now. */
const isTold = async (until: number, left: Partial<Delivery> | null, self: DeliveryId | null = null) => {
  const { stores, ports } = anAlertWorld();
  const { id } = aDelivery();
  if (left !== null) await stores.deliveries.createDelivery(aDelivery(left));
  const reader = newReader(
    { storyId: 'story-1', subscriptionId: aSubscription().id, expiresAt: 4_000_000_000 },
    { deliveryId: id, until: later(until) },
  );
  return isToldByAnother(reader, self, ports);
};

describe('another alert of the story', () => {
  it.each([
    ['lasts', 1, true],
    ['has ended', 0, false],
    ['ends in ten minutes', 10 * MINUTE, true],
    ['ends later than any that was taken by a clock that is right', 10 * MINUTE + 1, false],
  ])('counts while its right to send %s (%d ms from now): %s', async (_name, until, isBeingSent) => {
    expect(await isTold(until, null)).toBe(isBeingSent);
  });

  it.each([
    ['sending', 0, true],
    ['sending', 10 * MINUTE, true],
    ['pending', 10 * MINUTE, true],
    // Its next try is too far away for others to wait for it.
    ['pending', 10 * MINUTE + 1, false],
    ['held', 0, false],
  ] as const)('counts after its sender died when it is %s and due in %d ms: %s', async (state, due, isExpected) => {
    expect(await isTold(0, { state, dueAt: later(due) })).toBe(isExpected);
  });

  it.each(['sent', 'merged', 'failed', 'suppressed', 'waiting'] as const)(
    'counts no longer when it is %s',
    async (state) => {
      expect(await isTold(0, { state, dueAt: null })).toBe(false);
    },
  );

  it('is not the delivery itself', async () => {
    expect(await isTold(1, {}, aDelivery().id)).toBe(false);
  });

  it('is none for a reader to whom nothing was sent', async () => {
    expect(await isToldByAnother(null, null, anAlertWorld().ports)).toBe(false);
  });
});
