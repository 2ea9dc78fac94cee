// What a digest gathers of each story, and in which order.
import { storiesOfDigest } from '../../../shared/alerts/digest-story.ts';
import type { ArticleId, DeliveryId } from '../../../shared/model/ids.ts';
import type { Match } from '../../../shared/model/match.ts';
import type { Delivery } from '../../../shared/model/subscription.ts';
import { aDelivery, aHit, aMatch, aSubscription, later } from '../../support/builders.ts';

interface Member {
  readonly article: string;
  readonly story: string;
  readonly severity?: Match['topic']['severity'];
  readonly topic?: string;
  /** Milliseconds after the first of all. */
  readonly seen?: number;
  readonly revision?: number;
}

function gathered(members: readonly Member[]) {
  const known = members.map(
    ({ article, story, severity = 'medium', topic = 'river-crossings', seen = 0, revision = 1 }) => {
      const plain = aMatch({ articleId: article, topicId: topic });
      const match: Match = {
        ...plain,
        topic: { ...plain.topic, severity },
        article: { ...plain.article, firstSeenAt: later(seen) },
      };
      const delivery: Delivery = {
        ...aDelivery({ kind: 'alert', articleId: article as ArticleId, storyId: story }),
        id: `${article}.${revision}` as DeliveryId,
      };
      return { match, delivery, hit: aHit({ story: { ...aHit().story, id: story } }, [match]) };
    },
  );
  const stories = storiesOfDigest({
    members: known.map(({ delivery }) => delivery),
    wanted: new Map(known.map(({ delivery, match }) => [delivery.id, [match]])),
    hits: new Map(known.map(({ hit }) => [hit.article, hit])),
    stories: new Map(),
    readers: new Map(),
    subscription: aSubscription(),
    digestId: 'digest',
  });
  return stories.map(({ reports }) => reports.map(({ deliveryIds }) => deliveryIds.join(' ')));
}

describe('a digest', () => {
  it('has the gravest story first, whenever it began', () => {
    expect(
      gathered([
        { article: 'a', story: 'one', severity: 'low' },
        { article: 'b', story: 'two', seen: 1 },
        { article: 'c', story: 'three', severity: 'critical', seen: 2 },
      ]),
    ).toEqual([['c.1'], ['b.1'], ['a.1']]);
  });

  it('has the story that began first before another that is as grave, and in each the first report first', () => {
    expect(
      gathered([
        { article: 'a', story: 'one', seen: 3 },
        { article: 'b', story: 'two', seen: 2 },
        { article: 'c', story: 'one', seen: 1 },
      ]),
    ).toEqual([['c.1', 'a.1'], ['b.1']]);
  });

  it('has one report of an article that gained a topic while the digest was open', () => {
    expect(
      gathered([
        { article: 'a', story: 'one' },
        { article: 'a', story: 'one', topic: 'treaties', revision: 2 },
      ]),
    ).toEqual([['a.1 a.2']]);
  });
});
