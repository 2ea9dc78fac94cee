// Deliveries that did not arrive are sent again, once the cause is repaired: each gets fresh tries under its id, so that a recipient who did get it
// recognises the repeat. What is meanwhile not wanted, or told by another alert, ends as any other delivery would.
import { mapConcurrently } from '../../core/map-concurrently.ts';
import type { DeliveryFilter } from '../../model/delivery-filter.ts';
import { REDELIVERABLE } from '../../model/delivery-states.ts';
import type { DeliveryId, SubscriptionId } from '../../model/ids.ts';
import { type Delivery, SNS_TOPIC_SUBSCRIPTION, type Subscription } from '../../model/subscription.ts';
import type { Clock, DeliveryQueue, DeliveryStore, Log, SubscriptionStore } from '../../ports.ts';

const CONCURRENCY = 5;

export interface RedeliveryPorts {
  readonly deliveries: Pick<DeliveryStore, 'getDelivery' | 'queryDeliveries' | 'redeliver'>;
  readonly subscriptions: Pick<SubscriptionStore, 'getSubscription'>;
  readonly deliveryQueue: DeliveryQueue;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Redelivery {
  /** Due now. */
  readonly redelivered: readonly DeliveryId[];
  /** `why`: in words. */
  readonly skipped: readonly { readonly id: string; readonly why: string }[];
}

/** Each id once, in the order given. Safe to repeat: what is due already is skipped. */
export async function redeliver(ids: readonly string[], ports: RedeliveryPorts): Promise<Redelivery> {
  const wanted = await mapConcurrently([...new Set(ids)], CONCURRENCY, async (id) => {
    const found = await ports.deliveries.getDelivery(id as DeliveryId);
    // Another way to write an id may lead to the same record.
    return found?.id === id ? found : id;
  });
  return sendAgain(wanted, ports);
}

/** A page of those that did not arrive. They leave the list, so the cursor goes on where this page ended. */
export async function redeliverFailed(
  filter: Pick<DeliveryFilter, 'since' | 'until' | 'channel'>,
  page: { readonly limit: number; readonly cursor: string | null },
  ports: RedeliveryPorts,
): Promise<Redelivery & { readonly cursor: string | null }> {
  const { items, cursor } = await ports.deliveries.queryDeliveries({ ...filter, failed: true }, page);
  return { ...(await sendAgain(items, ports)), cursor };
}

async function sendAgain(wanted: readonly (Delivery | string)[], ports: RedeliveryPorts): Promise<Redelivery> {
  const subscriptions = await subscriptionsOf(wanted, ports);
  const at = ports.clock.now().toISOString();
  const outcomes = await mapConcurrently(wanted, CONCURRENCY, async (each) => {
    if (typeof each === 'string') return { id: each, why: 'there is no such delivery' };
    const { id } = each;
    const why = whyNot(each, subscriptions);
    if (why !== null) return { id, why };
    return { id, why: (await ports.deliveries.redeliver(id, at)) === null ? 'it was changed meanwhile' : null };
  });
  const redelivered = outcomes.flatMap(({ id, why }) => (why === null ? [id as DeliveryId] : []));
  if (redelivered.length > 0) await hurry(redelivered, ports);
  return { redelivered, skipped: outcomes.flatMap(({ id, why }) => (why === null ? [] : [{ id, why }])) };
}

/** They are due already, so the sweep takes up what the queue does not. */
async function hurry(ids: readonly DeliveryId[], { deliveryQueue, log }: RedeliveryPorts): Promise<void> {
  log.info('deliveries are sent again', { deliveries: ids.length });
  try {
    await deliveryQueue.send(
      ids.map((id) => ({ v: 1, kind: 'delivery', id, hasPlace: false })),
      0,
    );
  } catch (error) {
    log.warn('deliveries that are sent again are left to the sweep', { deliveries: ids.length, error });
  }
}

async function subscriptionsOf(
  wanted: readonly (Delivery | string)[],
  { subscriptions }: RedeliveryPorts,
): Promise<ReadonlyMap<SubscriptionId, Subscription | null>> {
  const ids = new Set(wanted.flatMap((each) => (typeof each === 'string' ? [] : [each.subscriptionId])));
  ids.delete(SNS_TOPIC_SUBSCRIPTION);
  return new Map(
    await mapConcurrently([...ids], CONCURRENCY, async (id) => [id, await subscriptions.getSubscription(id)] as const),
  );
}

/** Null for what may be sent again. */
function whyNot(
  { state, reasonCode, subscriptionId }: Delivery,
  subscriptions: ReadonlyMap<SubscriptionId, Subscription | null>,
): string | null {
  if (state === 'complained') return 'the receiver complained about it';
  if (!REDELIVERABLE.includes(state)) return `it is ${state}; only ${REDELIVERABLE.join(', ')} may be sent again`;
  if (reasonCode === 'not_stored') return 'what it was about is no longer stored';
  if (subscriptionId === SNS_TOPIC_SUBSCRIPTION) return null;
  const subscription = subscriptions.get(subscriptionId) ?? null;
  if (subscription === null) return 'its subscription was removed';
  return subscription.state === 'active' ? null : `its subscription is ${subscription.state}`;
}
