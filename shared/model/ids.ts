// Distinct types for the ids, so that one cannot be passed for another, and the one hash that makes them.
import { createHash } from 'node:crypto';
import type * as z from 'zod/mini';

/** As the schemas of shared/model/schema.ts give it. */
type Branded<Name extends string> = string & z.core.$brand<Name>;

export type FeedId = Branded<'FeedId'>;
export type ItemKey = Branded<'ItemKey'>;
export type ArticleId = Branded<'ArticleId'>;
export type MatchId = Branded<'MatchId'>;
export type SubscriptionId = Branded<'SubscriptionId'>;
export type DeliveryId = Branded<'DeliveryId'>;
export type TopicId = string;

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The first 130 bits of the SHA-256 of the parts, as 26 lower-case base32 letters (RFC 4648 alphabet, no padding).
 * Parts are joined by a NUL, so ("ab", "c") and ("a", "bc") differ.
 */
export function hashId(...parts: readonly string[]): string {
  const digest = createHash('sha256').update(parts.join('\0')).digest();
  let bits = 0;
  let value = 0;
  let out = '';
  for (const byte of digest) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      out += BASE32[(value >>> (bits - 5)) & 31];
      bits -= 5;
      if (out.length === 26) return out;
    }
    value &= (1 << bits) - 1;
  }
  return out;
}

/** Hex digits of an id: 130 bits, and six to spare. */
export const ID_DIGITS = 34;

/** The bits of an id of `hashId` as hex digits, for where they are stored by the thousand. */
export function digitsOfId(id: string): string {
  const value = [...id].reduce((sum, letter) => (sum << 5n) | BigInt(BASE32.indexOf(letter)), 0n);
  return value.toString(16).padStart(ID_DIGITS, '0');
}

/** The id again. */
export function idOfDigits(digits: string): string {
  const value = BigInt(`0x${digits}`);
  return Array.from({ length: 26 }, (_, at) => BASE32[Number((value >> BigInt(5 * (25 - at))) & 31n)]).join('');
}

/** From the canonical feed URL (`canonicalUrl` in shared/net/canonical-url.ts). */
export const feedIdOf = (canonicalFeedUrl: string): FeedId => hashId('feed', canonicalFeedUrl) as FeedId;
/** From the article's canonical URL or, where there is none of its own, the feed id and the item key. */
export const articleIdOf = (...identity: readonly string[]): ArticleId => hashId('article', ...identity) as ArticleId;
export const matchIdOf = (topicId: TopicId, articleId: ArticleId): MatchId =>
  hashId('match', topicId, articleId) as MatchId;
/** Of the alert of one match: `<match id>.<subscription id>`. */
export const deliveryIdOf = (matchId: MatchId, subscriptionId: SubscriptionId): DeliveryId =>
  `${matchId}.${subscriptionId}` as DeliveryId;

/** Of the alert of a hit: `<article id>.<revision>.<subscription id>`. */
export const hitDeliveryIdOf = (articleId: ArticleId, revision: number, subscriptionId: SubscriptionId): DeliveryId =>
  `${articleId}.${revision}.${subscriptionId}` as DeliveryId;

export type DeliveryIdParts = { readonly subscriptionId: SubscriptionId } & (
  | { readonly matchId: MatchId }
  | { readonly articleId: ArticleId; readonly revision: number }
);

/** What an id of a delivery was made of. Neither ids of things nor of subscriptions hold a dot. */
export function splitDeliveryId(id: DeliveryId): DeliveryIdParts {
  const [what = '', ...rest] = id.split('.');
  const [revision = '', subscriptionId] = rest;
  return subscriptionId === undefined
    ? { matchId: what as MatchId, subscriptionId: revision as SubscriptionId }
    : { articleId: what as ArticleId, revision: Number(revision), subscriptionId: subscriptionId as SubscriptionId };
}
