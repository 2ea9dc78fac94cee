// A subscription as a record, and back.
import { InvalidInputError } from '../../shared/core/errors.ts';
import { type Subscription, subscriptionSchema } from '../../shared/model/subscription.ts';
import { codecOf } from './codec.ts';
import { SUBSCRIPTIONS, subscriptionKey, targetPartition } from './keys.ts';
import { nameOf, RecordReader } from './record.ts';
import type { Item } from './table-client.ts';

/** The topics of before and after an update, the subscription itself: all in one transaction of at most 100 actions. */
export const MOST_TOPICS = 48;

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
  listedAt: `${subscription.createdAt}#${subscription.id}`,
});

export const decodeSubscription = (record: Item): Subscription => CODEC.decode(record);

export const revisionOfSubscription = (record: Item): number =>
  new RecordReader(record, nameOf(record)).number('revision');

/** Throws InvalidInputError when there are more topics than one subscription may name. */
export function checkTopicCount(topics: readonly string[]): void {
  if (topics.length > MOST_TOPICS) {
    throw new InvalidInputError(
      'too_many_topics',
      `a subscription names at most ${MOST_TOPICS} topics, this one names ${topics.length}; use "*" for all, or two subscriptions`,
    );
  }
}
