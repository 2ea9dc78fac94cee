// Which deliveries are asked for.
import type { DeliveryChannel } from './channels.ts';
import type { ReasonCode } from './delivery-reason.ts';
import { type DeliveryState, hasFailed } from './delivery-states.ts';
import type { MatchId, SubscriptionId } from './ids.ts';
import type { Delivery } from './subscription.ts';

/** What is absent does not matter. Only one of `failed`, `match`, `story` and `subscriptions` leads the search; the others narrow it. */
export interface DeliveryFilter {
  /** Those that were to be sent and did not arrive. `since` and `until` are then about when that was found. */
  readonly failed?: true | undefined;
  /** Names it, among others perhaps. */
  readonly match?: MatchId | undefined;
  readonly story?: string | undefined;
  /** Of any of them. */
  readonly subscriptions?: readonly SubscriptionId[] | undefined;
  readonly state?: DeliveryState | undefined;
  readonly reason?: ReasonCode | undefined;
  readonly channel?: DeliveryChannel | undefined;
  /** Recorded at this instant or later. */
  readonly since?: string | undefined;
  /** Recorded before this instant. */
  readonly until?: string | undefined;
}

export function deliveryFits(delivery: Delivery, filter: DeliveryFilter): boolean {
  const { match, subscriptions, since, until } = filter;
  const at = filter.failed === true ? delivery.updatedAt : delivery.createdAt;
  return (
    (filter.failed !== true || hasFailed(delivery)) &&
    (match === undefined || delivery.matchId === match || delivery.matchIds.includes(match)) &&
    (subscriptions === undefined || subscriptions.includes(delivery.subscriptionId)) &&
    is(delivery.storyId, filter.story) &&
    is(delivery.state, filter.state) &&
    is(delivery.reasonCode, filter.reason) &&
    is(delivery.channel, filter.channel) &&
    (since === undefined || at >= since) &&
    (until === undefined || at < until)
  );
}

const is = (value: string | null, wanted: string | undefined): boolean => wanted === undefined || value === wanted;

/** What makes two queries the same. */
export const deliveryFilterIdentity = (filter: DeliveryFilter): readonly unknown[] => [
  'deliveries',
  ...[filter.failed, filter.match, filter.story, filter.state, filter.reason, filter.channel].map(
    (value) => value ?? 0,
  ),
  filter.subscriptions?.toSorted() ?? 0,
  filter.since ?? 0,
  filter.until ?? 0,
];
