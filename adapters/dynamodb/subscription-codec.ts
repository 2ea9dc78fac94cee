// A subscription as a record, and back.

import type { SubscriptionId } from '../../shared/model/ids.ts';
import { subscriptionPosition } from '../../shared/model/positions.ts';
import type { Subscription } from '../../shared/model/subscription.ts';
import { SUBSCRIPTIONS, subscriptionKey, targetPartition } from './keys.ts';
import { nameOf, RecordReader, withoutNulls } from './record.ts';
import type { Item } from './table-client.ts';

/** `revision` grows at each write, so that two who change the same subscription at once do not mix. */
export function encodeSubscription(subscription: Subscription, revision: number): Item {
  return {
    ...subscriptionKey(subscription.id),
    type: 'subscription',
    ...withoutNulls(subscription),
    revision,
    relatedTo: targetPartition(subscription.target),
    relatedAt: subscription.createdAt,
    listedIn: SUBSCRIPTIONS,
    listedAt: subscriptionPosition(subscription),
  };
}

export function decodeSubscription(record: Item): Subscription {
  const reader = new RecordReader(record, nameOf(record));
  return {
    id: reader.string('id') as SubscriptionId,
    channel: reader.oneOf('channel', ['email', 'sns-email'] as const),
    target: reader.string('target'),
    topics: reader.strings('topics'),
    digest: reader.oneOf('digest', ['none', 'hourly', 'daily'] as const),
    state: reader.oneOf('state', ['active', 'unsubscribed', 'suppressed'] as const),
    unsubscribeToken: reader.string('unsubscribeToken'),
    snsSubscriptionArn: reader.stringOrNull('snsSubscriptionArn'),
    createdAt: reader.string('createdAt'),
    updatedAt: reader.string('updatedAt'),
  };
}

export const revisionOfSubscription = (record: Item): number =>
  new RecordReader(record, nameOf(record)).number('revision');
