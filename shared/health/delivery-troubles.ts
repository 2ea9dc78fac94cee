// Deliveries that need a human's attention: those that are being retried, and those given up in the last days.
import type { Delivery } from '../model/subscription.ts';
import { sideBySide } from '../pipeline/side-by-side.ts';
import type { Clock, DeliveryStore } from '../ports.ts';

/** A delivery that failed for good is reported this long. */
export const FAILED_SHOWN_DAYS = 7;
const DAY_MS = 86_400_000;
/** Longer than the longest wait between two tries. */
const HORIZON_MS = 30 * 3_600_000;
/** Due entries looked at, and failed deliveries read; counts stop there. */
export const MOST_TROUBLES = 200;
const WIDTH = 5;

/** Deliveries of one channel in the same trouble. */
export interface DeliveryTrouble {
  readonly channel: Delivery['channel'];
  readonly state: 'retrying' | 'failed';
  /** At most `MOST_TROUBLES`. */
  readonly count: number;
  /** When the first of them was created or, if failed, given up. RFC 3339, as all instants here. */
  readonly since: string;
  /** The latest error; holds no address. */
  readonly reason: string;
}

type Ports = { readonly deliveries: DeliveryStore; readonly clock: Clock };

/** Deliveries that are being retried, the next due first, then those that failed for good, the latest first. */
export async function troubledDeliveries({ deliveries, clock }: Ports): Promise<readonly Delivery[]> {
  const now = clock.now().getTime();
  const [retried, failed] = await Promise.all([
    retriedDeliveries(deliveries, new Date(now + HORIZON_MS).toISOString()),
    deliveries.listFailed(new Date(now - FAILED_SHOWN_DAYS * DAY_MS).toISOString(), MOST_TROUBLES),
  ]);
  return [...retried, ...failed];
}

/** By channel and state; empty when nothing fails. */
export async function deliveryTroubles(ports: Ports): Promise<readonly DeliveryTrouble[]> {
  const groups = Map.groupBy(
    await troubledDeliveries(ports),
    ({ channel, state }) => `${channel} ${state === 'failed'}`,
  );
  return [...groups.values()].map(troubleOf);
}

function troubleOf(group: readonly Delivery[]): DeliveryTrouble {
  const [first] = group as readonly [Delivery, ...Delivery[]];
  const isFailed = first.state === 'failed';
  const instants = group.map(({ createdAt, updatedAt }) => (isFailed ? updatedAt : createdAt)).sort();
  const latest = group.reduce((newest, each) => (each.updatedAt > newest.updatedAt ? each : newest));
  return {
    channel: first.channel,
    state: isFailed ? 'failed' : 'retrying',
    count: group.length,
    since: instants[0] ?? first.createdAt,
    reason: latest.reason ?? 'no reason is known',
  };
}

/** A digest that is being retried stands for its members. */
async function retriedDeliveries(deliveries: DeliveryStore, until: string): Promise<readonly Delivery[]> {
  const due = await deliveries.listDue(until, MOST_TROUBLES);
  const found = await sideBySide(due, WIDTH, async ({ kind, id }): Promise<readonly Delivery[]> => {
    if (kind === 'delivery') {
      const delivery = await deliveries.getDelivery(id);
      return delivery === null || delivery.reason === null ? [] : [delivery];
    }
    const digest = kind === 'digest' ? await deliveries.getDigest(id) : null;
    if (digest === null || digest.reason === null) return [];
    const { reason, attempts, dueAt, updatedAt } = digest;
    return (await deliveries.digestMembers(id)).map((member) => ({ ...member, reason, attempts, dueAt, updatedAt }));
  });
  return found.flat().slice(0, MOST_TROUBLES);
}
