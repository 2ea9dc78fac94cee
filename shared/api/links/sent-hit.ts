// An article that a subscriber was sent, or would have been: only those are shown behind their links.

import type { Hit } from '../../model/hit.ts';
import { type ArticleId, hitDeliveryIdOf, type MatchId, matchIdOf } from '../../model/ids.ts';
import type { Match } from '../../model/match.ts';
import type { Delivery } from '../../model/subscription.ts';
import { notFound } from './link-page.ts';
import type { Visit } from './visit.ts';

/** Revisions that are looked at, the newest ones. An article gains topics once or twice: when its page is read, or it is edited. */
const MOST_REVISIONS = 10;

export interface SentHit {
  readonly hit: Hit;
  /** As they were found; never empty. */
  readonly matches: readonly [Match, ...Match[]];
  /** The subscriber's own, the oldest first; never empty. */
  readonly deliveries: readonly Delivery[];
  /** Matches that the deliveries are about. */
  readonly sent: ReadonlySet<MatchId>;
}

/** Null when the subscriber has no delivery of it, or it is no longer stored. */
export async function sentHit({ subscription, ports }: Visit, article: string): Promise<SentHit | null> {
  const hit = await ports.hits.getHit(article as ArticleId);
  if (hit === null) return null;
  const deliveries = await ownDeliveries([hit], { subscription, ports });
  if (deliveries.length === 0) return null;
  const found = await ports.matches.getMatches(hit.matches.map(({ id }) => id));
  const [first, ...rest] = hit.matches.flatMap(({ id }) => found.find((match) => match.id === id) ?? []);
  if (first === undefined) return null;
  return { hit, matches: [first, ...rest], deliveries, sent: new Set(deliveries.flatMap(({ matchIds }) => matchIds)) };
}

/** The answer where `sentHit` finds none. */
export const notSent = (): Response => notFound('This article is no longer stored, or it was not sent to you.');

/** Of any of the hits, the oldest first. */
export async function ownDeliveries(
  hits: readonly Hit[],
  { subscription, ports }: Pick<Visit, 'subscription' | 'ports'>,
): Promise<readonly Delivery[]> {
  const ids = hits.flatMap(({ article, revision }) =>
    Array.from({ length: Math.min(revision, MOST_REVISIONS) }, (_, back) =>
      hitDeliveryIdOf(article, revision - back, subscription.id),
    ),
  );
  const found = await ports.deliveries.getDeliveries(ids);
  return found.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

/** The match of a topic that the subscriber was sent; null when there is none. */
export function sentMatch({ hit, matches, sent }: SentHit, topic: string | null): Match | null {
  if (topic === null) return null;
  const id = matchIdOf(topic, hit.article);
  return sent.has(id) ? (matches.find((match) => match.id === id) ?? null) : null;
}
