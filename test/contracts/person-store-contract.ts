import { type DeliveryId, hitDeliveryIdOf, type SubscriptionId } from '../../shared/model/ids.ts';
import type { Delivery } from '../../shared/model/subscription.ts';
import { aDelivery, aDigest, aMatch, articleOf, epochSeconds, later, START } from '../support/builders.ts';
import type { OpenSubject } from './store-contract.ts';

const DAY_MS = 86_400_000;
const READER = 'reader-1' as SubscriptionId;
const OTHER = 'reader-2' as SubscriptionId;
const NEVER = epochSeconds(later(365 * DAY_MS));

/** An alert of an article, as `subscriptionId` has it. */
function anAlert(articleId: string, subscriptionId: SubscriptionId, change: Partial<Delivery> = {}): Delivery {
  const match = aMatch({ articleId });
  const article = articleOf(match);
  return {
    ...aDelivery({ matchId: match.id, subscriptionId }),
    id: hitDeliveryIdOf(article, 1, subscriptionId),
    kind: 'alert',
    matchIds: [match.id],
    articleId: article,
    storyId: `story-of-${articleId}`,
    createdAt: later(articleId.length),
    ...change,
  };
}

export function describePersonStore(open: OpenSubject): void {
  describe('questions to an address', () => {
    it('are counted up to a number since an instant, in any case of letters', async () => {
      const { persons } = await open();
      const ask = (address: string, now: string, since = START) => persons.countQuestion(address, now, since, 2);

      expect(await ask('reader@example.org', later(1))).toBe(true);
      expect(await ask(' Reader@Example.org', later(2))).toBe(true);
      expect(await ask('reader@example.org', later(3))).toBe(false);
      expect(await ask('other@example.org', later(3))).toBe(true);
      // The first is over.
      expect(await ask('reader@example.org', later(4), later(1))).toBe(true);
      expect(await ask('reader@example.org', later(5), later(1))).toBe(false);
    });

    it('count no more than that when they come at the same time', async () => {
      const { persons, elsewhere } = await open();

      const asked = await Promise.all(
        [persons, elsewhere.persons, persons, elsewhere.persons].map((store, at) =>
          store.countQuestion('reader@example.org', later(at + 1), START, 2),
        ),
      );

      expect(asked.filter((isCounted) => isCounted)).toHaveLength(2);
    });
  });

  describe('what was sent to a subscriber', () => {
    it('is deleted with what else is kept of it, and no other subscriber loses anything', async () => {
      const { persons, deliveries, digests, storyReaders, matches, clock } = await open();
      const digest = aDigest({ subscriptionId: READER });
      await digests.openDigest(digest);
      const mine = [
        anAlert('one', READER),
        anAlert('three', READER, { state: 'waiting', dueAt: null, digestId: digest.id }),
      ];
      const others = anAlert('one', OTHER);
      for (const delivery of [...mine, others]) {
        await deliveries.createDelivery(delivery);
        const { storyId, subscriptionId, id } = delivery;
        const reader = { storyId: storyId ?? '', subscriptionId, expiresAt: NEVER };
        await storyReaders.beginSending(reader, id, START, later(60_000));
        await matches.noteNotRelevant({ ...delivery, at: START, expiresAt: NEVER });
      }

      expect(await persons.deleteDeliveries(READER, 10)).toBe(2);

      clock.advance(1);
      expect(await deliveries.getDeliveries(mine.map(({ id }) => id))).toEqual([]);
      expect(await deliveries.deliveriesOfSubscription(READER, { limit: 10, cursor: null })).toMatchObject({
        items: [],
      });
      expect(await digests.getDigest(digest.id)).toBeNull();
      expect(await storyReaders.getReader('story-of-one', READER)).toBeNull();
      expect(await storyReaders.getReader('story-of-three', READER)).toBeNull();
      expect(await matches.listNotRelevant(others.topicId, 10)).toMatchObject([{ subscriptionId: OTHER }]);
      expect(await deliveries.getDelivery(others.id)).not.toBeNull();
      expect(await storyReaders.getReader('story-of-one', OTHER)).not.toBeNull();
      expect(await persons.deleteDeliveries(READER, 10)).toBe(0);
    });

    it('is deleted a bounded number at a time', async () => {
      const { persons, deliveries } = await open();
      const ids: DeliveryId[] = [];
      for (let at = 1; at <= 5; at += 1) {
        const delivery = anAlert('a'.repeat(at), READER);
        ids.push(delivery.id);
        await deliveries.createDelivery(delivery);
      }

      const counts = [];
      for (let calls = 0; calls < 3; calls += 1) counts.push(await persons.deleteDeliveries(READER, 2));

      expect(counts).toEqual([2, 2, 1]);
      expect(await deliveries.getDeliveries(ids)).toEqual([]);
    });
  });
}
