// What the contracts of deliveries, of digests and of what is due share.
import type { ArticleId, DeliveryId, SubscriptionId } from '../../shared/model/ids.ts';
import { hitDeliveryIdOf, matchIdOf } from '../../shared/model/ids.ts';
import type { Delivery } from '../../shared/model/subscription.ts';
import { aDelivery, aDigest, later, START } from '../support/builders.ts';
import type { Subject } from './store-contract.ts';

export const NOTHING = { dueAt: null, reason: null, providerId: null, sentAt: null, digestId: null } as const;
export const SENT = { ...NOTHING, state: 'sent', providerId: 'provider-1', sentAt: later(500) } as const;
export const HELD = {
  ...NOTHING,
  state: 'held',
  dueAt: later(14_400_000),
  attempts: 0,
  reason: 'the last alert of its story is less than four hours old',
} as const;
export const UNTIL = later(120_000);

export const reader = (number: number): SubscriptionId => `reader-${number}` as SubscriptionId;
export const matchNumber = (number: number) => matchIdOf('river-crossings', `article-${number}` as never);
export const ids = (deliveries: readonly Delivery[]): readonly string[] => deliveries.map(({ id }) => id);

/** Of one revision of a hit. */
export const ofHit = (revision: number, article = 'article-1', change: Partial<Delivery> = {}): Delivery => {
  const articleId = article as ArticleId;
  return {
    ...aDelivery({ kind: 'alert', articleId, storyId: 'story-1', matchIds: [aDelivery().matchId] }),
    id: hitDeliveryIdOf(articleId, revision, aDelivery().subscriptionId),
    ...change,
  };
};

/** A delivery whose first attempt is under way. */
export const begun = async ({ deliveries }: Pick<Subject, 'deliveries'>, delivery = aDelivery()): Promise<Delivery> => {
  await deliveries.createDelivery(delivery);
  return (await deliveries.beginAttempt(delivery.id, START, UNTIL))!;
};

/** An open digest with so many members. */
export const digestOf = async (
  { deliveries, digests }: Pick<Subject, 'deliveries' | 'digests'>,
  count: number,
): Promise<readonly DeliveryId[]> => {
  await digests.openDigest(aDigest());
  const members = Array.from({ length: count }, (_, at) =>
    aDelivery({
      matchId: matchNumber(at),
      createdAt: later(at),
      state: 'waiting',
      dueAt: null,
      digestId: aDigest().id,
    }),
  );
  for (const member of members) await deliveries.createDelivery(member);
  return members.map(({ id }) => id);
};
