// A subscription as a record, and back.
import { subscriptionPosition } from '../../shared/model/positions.ts';
import { type Subscription, subscriptionSchema } from '../../shared/model/subscription.ts';
import { codecOf } from './codec.ts';
import { pendingShardOf, SUBSCRIPTIONS, subscriptionKey, targetPartition } from './keys.ts';
import { nameOf, RecordReader } from './record.ts';
import type { Item } from './table-client.ts';

const CODEC = codecOf(subscriptionSchema);

/** `revision` grows at each write, so that two who change the same subscription at once do not mix. */
export const encodeSubscription = (subscription: Subscription, revision: number): Item => ({
  ...subscriptionKey(subscription.id),
  type: 'subscription',
  ...CODEC.encode(subscription),
  revision,
  relatedTo: targetPartition(subscription.target),
  relatedAt: subscription.createdAt,
  listedIn: SUBSCRIPTIONS,
  listedAt: subscriptionPosition(subscription),
  ...((subscription.dueAt ?? null) === null ? {} : { pendingShard: pendingShardOf(subscription.id) }),
});

export const decodeSubscription = (record: Item): Subscription => CODEC.decode(record);

export const revisionOfSubscription = (record: Item): number =>
  new RecordReader(record, nameOf(record)).number('revision');
