// Deliveries and digests as records, and back.

import type { DeliveryId, MatchId, SubscriptionId } from '../../shared/model/ids.ts';
import { deliveryPosition } from '../../shared/model/positions.ts';
import type { Delivery, DeliveryState, Digest } from '../../shared/model/subscription.ts';
import { deliveriesOfSubscription, deliveryKey, digestKey, pendingShardOf } from './keys.ts';
import { cutToBytes, nameOf, RecordReader, withoutNulls } from './record.ts';
import type { Item } from './table-client.ts';

const LONGEST_REASON = 1_000;
const DELIVERY_STATES: readonly DeliveryState[] = ['pending', 'sending', 'waiting', 'sent', 'failed', 'suppressed'];
const DIGEST_STATES = ['open', 'closed', 'sent', 'failed', 'suppressed'] as const;

/** `dueAt` puts the record in the index of what is pending; without it, the shard is left out too. */
export function encodeDelivery(delivery: Delivery): Item {
  return withoutNulls({
    ...deliveryKey(delivery.id),
    type: 'delivery',
    ...delivery,
    reason: fitReason(delivery.reason),
    relatedTo: deliveriesOfSubscription(delivery.subscriptionId),
    relatedAt: deliveryPosition(delivery),
    pendingShard: delivery.dueAt && pendingShardOf(delivery.id),
  });
}

export function decodeDelivery(record: Item): Delivery {
  const reader = new RecordReader(record, nameOf(record));
  return {
    id: reader.string('id') as DeliveryId,
    matchId: reader.string('matchId') as MatchId,
    subscriptionId: reader.string('subscriptionId') as SubscriptionId,
    topicId: reader.string('topicId'),
    channel: reader.oneOf('channel', ['email', 'sns'] as const),
    state: reader.oneOf('state', DELIVERY_STATES),
    attempts: reader.number('attempts'),
    dueAt: reader.stringOrNull('dueAt'),
    digestId: reader.stringOrNull('digestId'),
    reason: reader.stringOrNull('reason'),
    providerId: reader.stringOrNull('providerId'),
    createdAt: reader.string('createdAt'),
    updatedAt: reader.string('updatedAt'),
    sentAt: reader.stringOrNull('sentAt'),
    expiresAt: reader.number('expiresAt'),
  };
}

export function encodeDigest(digest: Digest): Item {
  return withoutNulls({
    ...digestKey(digest.id),
    type: 'digest',
    ...digest,
    reason: fitReason(digest.reason),
    pendingShard: digest.dueAt && pendingShardOf(digest.id),
  });
}

export function decodeDigest(record: Item): Digest {
  const reader = new RecordReader(record, nameOf(record));
  return {
    id: reader.string('id'),
    subscriptionId: reader.string('subscriptionId') as SubscriptionId,
    windowStart: reader.string('windowStart'),
    windowEnd: reader.string('windowEnd'),
    cause: reader.oneOf('cause', ['asked', 'storm'] as const),
    state: reader.oneOf('state', DIGEST_STATES),
    attempts: reader.number('attempts'),
    dueAt: reader.stringOrNull('dueAt'),
    reason: reader.stringOrNull('reason'),
    updatedAt: reader.string('updatedAt'),
    expiresAt: reader.number('expiresAt'),
  };
}

export const fitReason = (reason: string | null): string | null => reason && cutToBytes(reason, LONGEST_REASON);
