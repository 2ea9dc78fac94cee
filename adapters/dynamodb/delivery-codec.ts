// Deliveries and digests as records, and back.

import { hasFailed } from '../../shared/model/delivery-states.ts';
import { fitDelivery, fitDigest } from '../../shared/model/fit-delivery.ts';
import { deliveryPosition, failedPosition } from '../../shared/model/positions.ts';
import { type Delivery, type Digest, deliverySchema, digestSchema } from '../../shared/model/subscription.ts';
import type { Clock } from '../../shared/ports.ts';
import { codecOf } from './codec.ts';
import type { DecodeMany } from './decode-many.ts';
import { unexpired } from './expiry.ts';
import { deliveriesOfSubscription, deliveryKey, digestKey, FAILED_DELIVERIES, pendingShardOf } from './keys.ts';
import type { Item } from './table-client.ts';

const DELIVERY = codecOf(deliverySchema);
const DIGEST = codecOf(digestSchema);

/** `dueAt` and the shard put the record in the index of what is pending; one that is not listed there has no shard. */
export const encodeDelivery = (delivery: Delivery, { isListed } = { isListed: true }): Item => ({
  ...deliveryKey(delivery.id),
  type: 'delivery',
  ...DELIVERY.encode(fitDelivery(delivery)),
  relatedTo: deliveriesOfSubscription(delivery.subscriptionId),
  relatedAt: deliveryPosition(delivery),
  ...(delivery.dueAt === null || !isListed ? {} : { pendingShard: pendingShardOf(delivery.id) }),
  ...(hasFailed(delivery) ? { listedIn: FAILED_DELIVERIES, listedAt: failedPosition(delivery) } : {}),
});

export const decodeDelivery = (record: Item): Delivery => DELIVERY.decode(record);

export const encodeDigest = (digest: Digest): Item => ({
  ...digestKey(digest.id),
  type: 'digest',
  ...DIGEST.encode(fitDigest(digest)),
  ...(digest.dueAt === null ? {} : { pendingShard: pendingShardOf(digest.id) }),
});

export const decodeDigest = (record: Item): Digest => DIGEST.decode(record);

/** Those that have not expired; damaged ones are logged and left out. */
export const livingDeliveries = (records: readonly Item[], clock: Clock, decodeMany: DecodeMany): readonly Delivery[] =>
  decodeMany(unexpired(records, clock), decodeDelivery);
