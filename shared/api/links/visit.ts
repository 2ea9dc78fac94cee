// Someone who opened a link: whose it is, and what the page may ask for.
import type { LocalMail } from '../../alerts/consent.ts';
import type { Settings } from '../../model/settings.ts';
import type { Subscription } from '../../model/subscription.ts';
import type {
  ChannelSecrets,
  Clock,
  DeliveryStore,
  DigestStore,
  HitStore,
  Log,
  MatchStore,
  PersonStore,
  StoryStore,
  SubscriptionStore,
  TopicStore,
} from '../../ports.ts';

export interface PublicLinkPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'getSubscription' | 'getByToken' | 'updateSubscription'>;
  readonly topics: Pick<TopicStore, 'getTopic' | 'listEntries'>;
  readonly matches: Pick<MatchStore, 'getMatches' | 'noteNotRelevant'>;
  readonly hits: Pick<HitStore, 'getHit' | 'hitsOfStory'>;
  readonly stories: Pick<StoryStore, 'getStory'>;
  readonly deliveries: Pick<DeliveryStore, 'getDeliveries'>;
  readonly digests: Pick<DigestStore, 'openDigest'>;
  readonly persons: Pick<PersonStore, 'countQuestion'>;
  readonly channelSecrets: Pick<ChannelSecrets, 'removeSecret'>;
  readonly settings: Pick<Settings, 'mail' | 'retention'>;
  /** Absent on AWS. */
  readonly localMail?: LocalMail;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Visit {
  readonly subscription: Subscription;
  readonly ports: PublicLinkPorts;
  /** IANA zone of the times shown. */
  readonly timeZone: string;
  /** What a form sent; null when the page was only opened. */
  readonly form: URLSearchParams | null;
  readonly query: URLSearchParams;
}

/** Paths from any page below `/u/`, whatever a proxy puts in front. Relative to a page such as `/u/TOKEN/hit/ARTICLE`. */
export const pathFrom = {
  manage: ({ unsubscribeToken }: Subscription): string => `../../${unsubscribeToken}`,
  hit: (article: string): string => `../hit/${encodeURIComponent(article)}`,
  notRelevant: (article: string): string => `../not-relevant/${encodeURIComponent(article)}`,
  mute: (topic: string, article: string): string =>
    `../mute/${encodeURIComponent(topic)}?article=${encodeURIComponent(article)}`,
} as const;

export const isSubscribedTo = ({ topics }: Subscription, topic: string): boolean =>
  topics.includes('*') || topics.includes(topic);
