// The order of lists: by an instant, and by the id where two instants are the same. Page cursors are such positions.
import type { Hit } from './hit.ts';
import type { Match } from './match.ts';
import type { Story } from './story.ts';
import type { Delivery, Due, Subscription } from './subscription.ts';
import type { Suppression } from './suppression.ts';

/** Sorts by the instant (RFC 3339, UTC); unique because of the id. */
const positionOf = (instant: string, id: string): string => `${instant}#${id}`;

export const matchPosition = ({ id, article }: Pick<Match, 'id' | 'article'>): string =>
  positionOf(article.firstSeenAt, id);

export const hitPosition = ({ article, firstSeenAt }: Pick<Hit, 'article' | 'firstSeenAt'>): string =>
  positionOf(firstSeenAt, article);

/** By its last report. */
export const storyPosition = ({ id, lastSeenAt }: Pick<Story, 'id' | 'lastSeenAt'>): string =>
  positionOf(lastSeenAt, id);

export const deliveryPosition = ({ id, createdAt }: Pick<Delivery, 'id' | 'createdAt'>): string =>
  positionOf(createdAt, id);

/** Of a delivery that failed for good: by when it failed. */
export const failedPosition = ({ id, updatedAt }: Pick<Delivery, 'id' | 'updatedAt'>): string =>
  positionOf(updatedAt, id);

export const subscriptionPosition = ({ id, createdAt }: Pick<Subscription, 'id' | 'createdAt'>): string =>
  positionOf(createdAt, id);

export const suppressionPosition = ({ hash, at }: Pick<Suppression, 'hash' | 'at'>): string => positionOf(at, hash);

export const duePosition = ({ id, dueAt }: Due): string => positionOf(dueAt, id);

/** For `sort`: by a position, the first instant first. */
export const oldestFirst =
  <T>(position: (item: T) => string) =>
  (one: T, other: T): number =>
    position(one) < position(other) ? -1 : 1;

/** For `sort`: by a position, the last instant first. */
export const newestFirst =
  <T>(position: (item: T) => string) =>
  (one: T, other: T): number =>
    position(one) < position(other) ? 1 : -1;
