// Who is told of what, and the record of each telling.
import type { DeliveryId, MatchId, SubscriptionId } from './ids.ts';

/** `email`: mails composed by us. `sns-email`: an e-mail subscription of the deployment's SNS topic, which SNS itself confirms, sends and ends. */
export type Channel = 'email' | 'sns-email';

export type DigestPeriod = 'none' | 'hourly' | 'daily';

export interface Subscription {
  readonly id: SubscriptionId;
  readonly channel: Channel;
  /** E-mail address, as given (trimmed). */
  readonly target: string;
  /** Topic ids; `*` stands for every topic. Sorted, without repeats. */
  readonly topics: readonly string[];
  readonly digest: DigestPeriod;
  /** `suppressed`: the address bounced or complained; nothing is sent until a human lifts it. */
  readonly state: 'active' | 'unsubscribed' | 'suppressed';
  /** 32 random bytes in base64url: the only thing needed, and of no other use, to end this subscription. */
  readonly unsubscribeToken: string;
  /** ARN given by SNS, for `sns-email` only. */
  readonly snsSubscriptionArn: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The subscription id under which the one publication to the deployment's SNS topic is recorded. */
export const SNS_TOPIC_SUBSCRIPTION = 'sns-topic' as SubscriptionId;

/**
 * pending -> sending -> sent | failed | suppressed, back to pending for another try;
 * waiting: member of a digest that is not closed yet. `sent`, `failed` and `suppressed` are final.
 */
export type DeliveryState = 'pending' | 'sending' | 'waiting' | 'sent' | 'failed' | 'suppressed';

export interface Delivery {
  readonly id: DeliveryId;
  readonly matchId: MatchId;
  readonly subscriptionId: SubscriptionId;
  readonly topicId: string;
  readonly channel: 'email' | 'sns';
  readonly state: DeliveryState;
  /** Sends begun so far. */
  readonly attempts: number;
  /** When the sweep takes it up (pending: next try; sending: the attempt counts as lost); null in a final state and while waiting. */
  readonly dueAt: string | null;
  readonly digestId: string | null;
  /** Why it failed, was suppressed or is tried again; null otherwise. Holds no address. */
  readonly reason: string | null;
  /** Message id the provider gave on acceptance. */
  readonly providerId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly sentAt: string | null;
  readonly expiresAt: number;
}

/** The mail that gathers a subscription's waiting deliveries of one window. */
export interface Digest {
  /** `<subscription id>.<window start, epoch seconds>`. */
  readonly id: string;
  readonly subscriptionId: SubscriptionId;
  readonly windowStart: string;
  readonly windowEnd: string;
  /** Why it exists: the subscriber asked for digests, or too many single alerts came at once. */
  readonly cause: 'asked' | 'storm';
  /** open: takes members until windowEnd; closed: no new members, being sent; sent, failed and suppressed are final. */
  readonly state: 'open' | 'closed' | 'sent' | 'failed' | 'suppressed';
  readonly attempts: number;
  readonly dueAt: string | null;
  readonly reason: string | null;
  readonly updatedAt: string;
  readonly expiresAt: number;
}

/** What waits for the sweep. */
export type Due =
  | { readonly kind: 'match'; readonly id: MatchId; readonly dueAt: string }
  | { readonly kind: 'delivery'; readonly id: DeliveryId; readonly dueAt: string }
  | { readonly kind: 'digest'; readonly id: string; readonly dueAt: string };
