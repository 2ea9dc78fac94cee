// Deliveries that need a human's attention: those that are being retried or wait for a quota, and those that did not arrive in the last days. These
// stop counting when their subscriber has left or, a day later, when a later alert has arrived. Of addresses that get nothing any more only what
// made them so is named, for a day.

import { mapConcurrently } from '../core/map-concurrently.ts';
import { DAY_MS, HOUR_MS, instantAfter } from '../core/time.ts';
import { hasFailed, hasReached } from '../model/delivery-states.ts';
import type { DeliveryFailure } from '../model/status.ts';
import { type Delivery, type Digest, SNS_TOPIC_SUBSCRIPTION } from '../model/subscription.ts';
import type { Clock, DeliveryStore, DigestStore, DueStore, SubscriptionStore } from '../ports.ts';

/** A delivery that did not arrive is reported this long at most. */
export const FAILED_SHOWN_DAYS = 7;
/** Longer than the longest wait between two tries, so that what waits for its next try is seen too. */
export const DUE_HORIZON_MS = 30 * HOUR_MS;
/** Due entries looked at, and failed deliveries read; counts stop there. */
export const MOST_FAILING = 200;
const CONCURRENCY = 5;
/** Newest deliveries of a subscription in which a success is looked for. */
const NEWEST_LOOKED_AT = 20;

export type { DeliveryFailure };

export interface FailingDeliveryPorts {
  readonly deliveries: Pick<DeliveryStore, 'getDelivery' | 'listFailed' | 'deliveriesOfSubscription'>;
  readonly digests: Pick<DigestStore, 'getDigest' | 'digestMembers'>;
  readonly due: Pick<DueStore, 'listDue'>;
  readonly subscriptions: Pick<SubscriptionStore, 'getSubscription'>;
  readonly clock: Clock;
}

/** Deliveries that are being retried or wait for a quota, the next due first, then those that did not arrive, the latest first. */
export async function failingDeliveries(ports: FailingDeliveryPorts): Promise<readonly Delivery[]> {
  const [retried, failed] = await Promise.all([retriedDeliveries(ports), failedDeliveries(ports)]);
  return [...retried, ...failed];
}

/** By channel and state; empty when nothing fails. */
export async function deliveryFailures(ports: FailingDeliveryPorts): Promise<readonly DeliveryFailure[]> {
  const groups = Map.groupBy(
    await failingDeliveries(ports),
    (delivery) => `${delivery.channel} ${troubleOf(delivery)}`,
  );
  const dayAgo = instantAfter(ports.clock.now(), -DAY_MS);
  return [...groups.values()].map((group) => failureOf(group, dayAgo));
}

function troubleOf(delivery: Delivery): DeliveryFailure['state'] {
  if (hasFailed(delivery)) return delivery.state as DeliveryFailure['state'];
  return delivery.state === 'held' || waitsForQuota(delivery) ? 'held' : 'retrying';
}

function failureOf(group: readonly Delivery[], dayAgo: string): DeliveryFailure {
  const [first] = group as readonly [Delivery, ...Delivery[]];
  const isFailed = hasFailed(first);
  const instants = group.map(({ createdAt, updatedAt }) => (isFailed ? updatedAt : createdAt)).sort();
  const latest = group.reduce((newest, each) => (each.updatedAt > newest.updatedAt ? each : newest));
  return {
    channel: first.channel,
    state: troubleOf(first),
    count: group.length,
    lastDay: instants.filter((instant) => instant > dayAgo).length,
    since: instants[0] ?? first.createdAt,
    reason: latest.reason ?? 'no reason is known',
  };
}

/** Nothing has failed: it waits, for the end of quiet hours, for another alert, for its place, or for a quota. */
export const isHeld = ({ state, attempts }: Digest): boolean => state === 'closed' && attempts === 0;

const waitsForQuota = ({ reasonCode }: Pick<Delivery, 'reasonCode'>): boolean => reasonCode === 'quota';

/** A service that goes on asking for a pause takes nothing: waiting is no try, so its alerts would never fail. */
const LONGEST_PAUSE_MS = HOUR_MS;
const isPutOff = ({ reasonCode, createdAt }: Delivery, now: Date): boolean =>
  reasonCode === 'send_later' && now.getTime() - Date.parse(createdAt) > LONGEST_PAUSE_MS;

/** Of a digest that is being retried or waits for a quota: each member, with the reason of the digest. */
async function retriedDeliveries({
  deliveries,
  digests,
  due,
  clock,
}: FailingDeliveryPorts): Promise<readonly Delivery[]> {
  const now = clock.now();
  const until = instantAfter(now, DUE_HORIZON_MS);
  const waiting = await due.listDue(until, MOST_FAILING);
  const found = await mapConcurrently(waiting, CONCURRENCY, async ({ kind, id }): Promise<readonly Delivery[]> => {
    if (kind === 'delivery') {
      const delivery = await deliveries.getDelivery(id);
      if (delivery === null || delivery.reason === null) return [];
      const isAsPlanned = delivery.state === 'held' && !waitsForQuota(delivery) && !isPutOff(delivery, now);
      return isAsPlanned ? [] : [delivery];
    }
    const digest = kind === 'digest' ? await digests.getDigest(id) : null;
    if (digest === null || digest.reason === null || (isHeld(digest) && !waitsForQuota(digest))) return [];
    const { reason, reasonCode, attempts, dueAt, updatedAt } = digest;
    const ofDigest = { reason, reasonCode, attempts, dueAt, updatedAt };
    return (await digests.digestMembers(id)).map((member) => ({ ...member, ...ofDigest }));
  });
  return found.flat().slice(0, MOST_FAILING);
}

async function failedDeliveries(ports: FailingDeliveryPorts): Promise<readonly Delivery[]> {
  const now = ports.clock.now();
  const since = instantAfter(now, -FAILED_SHOWN_DAYS * DAY_MS);
  const failed = await ports.deliveries.listFailed(since, MOST_FAILING);
  const bySubscription = [...Map.groupBy(failed, ({ subscriptionId }) => subscriptionId)];
  const curedAt = new Map(
    await mapConcurrently(bySubscription, CONCURRENCY, async ([id]) => [id, await curedInstant(id, ports)] as const),
  );
  return failed.filter(({ subscriptionId, state, updatedAt }) => {
    const cured = curedAt.get(subscriptionId) ?? '';
    const isOver = cured === ENDED || (cured === UNREACHABLE && state === 'failed');
    return cured < updatedAt || (!isOver && now.getTime() - Date.parse(updatedAt) < DAY_MS);
  });
}

/** Both after every instant. */
const UNREACHABLE = '~';
const ENDED = '~~';

/** When an alert last reached the subscription; empty when none did. */
async function curedInstant(id: Delivery['subscriptionId'], ports: FailingDeliveryPorts): Promise<string> {
  const isOurs = id === SNS_TOPIC_SUBSCRIPTION;
  const state = isOurs ? 'active' : ((await ports.subscriptions.getSubscription(id))?.state ?? 'unsubscribed');
  if (state !== 'active') return state === 'unsubscribed' ? ENDED : UNREACHABLE;
  const { items } = await ports.deliveries.deliveriesOfSubscription(id, { limit: NEWEST_LOOKED_AT, cursor: null });
  return items
    .filter(hasReached)
    .reduce((latest, { sentAt }) => (sentAt !== null && sentAt > latest ? sentAt : latest), '');
}
