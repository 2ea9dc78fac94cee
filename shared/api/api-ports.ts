// What the API needs of the world.
import type { AlertLinks } from '../alerts/alert-links.ts';
import type { LocalMail } from '../alerts/consent.ts';
import type { Settings } from '../model/settings.ts';
import type { Topic } from '../model/topic.ts';
import type {
  ChannelSecrets,
  ChannelSender,
  Clock,
  DeliveryQueue,
  DeliveryStore,
  DigestStore,
  DueStore,
  FeedStore,
  HitStore,
  Log,
  Mailer,
  MatchStore,
  OperatorSubscriptions,
  OutputStore,
  PersonStore,
  PollQueue,
  ScheduleStore,
  SendQuota,
  SnsSubscriptions,
  StoryStore,
  SubscriptionStore,
  SuppressionStore,
  TopicStore,
  TriageStore,
  ViewStore,
} from '../ports.ts';
import type { VerifiedFeed } from '../usecases/managing/verify-feed.ts';
import type { Role } from './access.ts';

export interface ApiPorts {
  readonly feeds: FeedStore;
  readonly topics: TopicStore;
  readonly matches: MatchStore;
  readonly hits: Pick<HitStore, 'getHit' | 'getHits' | 'hitsOfStory'>;
  readonly stories: Pick<StoryStore, 'countOn' | 'getStory' | 'queryStories'>;
  readonly triages: TriageStore;
  readonly views: ViewStore;
  readonly subscriptions: SubscriptionStore;
  readonly suppressions: SuppressionStore;
  readonly persons: PersonStore;
  readonly deliveries: DeliveryStore;
  readonly digests: DigestStore;
  readonly due: DueStore;
  readonly schedule: Pick<ScheduleStore, 'lastMinute'>;
  readonly outputs: OutputStore;
  /** Where readers of outputs reach this Tocsin; null while nothing runs there. */
  readonly publicUrl: () => string | null;
  readonly pollQueue: PollQueue;
  readonly deliveryQueue: DeliveryQueue;
  readonly snsSubscriptions: SnsSubscriptions;
  readonly channelSecrets: ChannelSecrets;
  /** These three send tests; the last two also ask a new address at once. */
  readonly channelSender: ChannelSender;
  readonly mailer: Mailer | null;
  readonly alertLinks: AlertLinks;
  /** Null on one machine. */
  readonly operatorSubscriptions: OperatorSubscriptions | null;
  /** Absent where mails do not leave by a provider that has one. */
  readonly sendQuota?: SendQuota;
  /** Absent on AWS. */
  readonly localMail?: LocalMail;
  /** The mails that are kept on one machine; absent on AWS. `forget` removes those to an address: how many. */
  readonly keptMails?: { forget(address: string): number };
  /** Who sent the request, as far as it is known. */
  readonly caller?: string;
  /** What they may do; absent: everything. */
  readonly role?: Role;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Settings;
  /** The problems of the topics, one line each; empty when all compile. */
  readonly problemsOfTopics: (topics: readonly Topic[]) => readonly string[];
  /** Reads an address before it is added. Throws FeedRefusedError. */
  readonly verifyFeed: (address: string) => Promise<VerifiedFeed>;
}
