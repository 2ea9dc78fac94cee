// What sending alerts needs of the world, and what its steps share.
import type { AlertLinks } from '../../alerts/alert-links.ts';
import { PlaceLaterError, ServiceUnavailableError, TocsinError } from '../../core/errors.ts';
import { because, isReasonCode, type Reason } from '../../model/delivery-reason.ts';
import type {
  AlertPublisher,
  ChannelSecrets,
  ChannelSender,
  Clock,
  DeliveryQueue,
  DeliveryStore,
  DigestStore,
  DueStore,
  FeedIncidentStore,
  HitStore,
  Log,
  Mailer,
  MatchStore,
  Metrics,
  OperatorNotices,
  SendPaceStore,
  SendQuota,
  SnsSubscriptions,
  StoryReaderStore,
  StoryStore,
  SubscriptionStore,
} from '../../ports.ts';

export interface AlertPorts {
  readonly matches: Pick<MatchStore, 'getMatch' | 'getMatches' | 'markAlerted'>;
  readonly hits: Pick<HitStore, 'getHit' | 'getHits' | 'markAlerted' | 'noteChecked' | 'noteExpanded'>;
  readonly stories: Pick<StoryStore, 'getStory' | 'getStories'>;
  readonly storyReaders: StoryReaderStore;
  readonly subscriptions: Pick<
    SubscriptionStore,
    'getSubscription' | 'subscribersPage' | 'subscriptionsOfTopics' | 'updateSubscription' | 'deleteSubscription'
  >;
  /** Absent where SNS is not asked for the state of its subscriptions. */
  readonly snsSubscriptions?: Pick<SnsSubscriptions, 'stateOf'>;
  readonly deliveries: DeliveryStore;
  readonly digests: DigestStore;
  readonly due: DueStore;
  /** What digests say of the feeds. */
  readonly feedIncidents: Pick<FeedIncidentStore, 'lastCoverage'>;
  readonly deliveryQueue: DeliveryQueue;
  readonly sendPaces: SendPaceStore;
  readonly sendQuota: SendQuota;
  /** Null where no sender is set; mails then wait, and fail visibly if none is set in time. */
  readonly mailer: Mailer | null;
  readonly alertPublisher: AlertPublisher;
  readonly channelSender: ChannelSender;
  readonly channelSecrets: Pick<ChannelSecrets, 'getSecret'>;
  /** Learn of addresses that are gone. Null or absent where no channel is set: then it is only logged. */
  readonly operators?: OperatorNotices | null;
  readonly alertLinks: AlertLinks;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Throws ServiceUnavailableError where no sender is set. */
export function mailerOf({ mailer }: Pick<AlertPorts, 'mailer'>): Mailer {
  if (mailer === null) {
    throw new ServiceUnavailableError('no mail can be sent: mail.from is not set in config/tocsin.yaml');
  }
  return mailer;
}

/** What a record may say of an error: one line, no address. A surprise is named by its kind only; its text may quote anything. */
export function reasonOf(error: unknown): Reason {
  if (error instanceof PlaceLaterError) return because('pace', error.message);
  if (!(error instanceof TocsinError))
    return because('internal', `internal: ${error instanceof Error ? error.name : typeof error}`);
  const words = `${error.code}: ${error.message}`.replace(/\s+/g, ' ').replace(ADDRESS, '(address)');
  return because(isReasonCode(error.code) ? error.code : 'internal', words);
}

const ADDRESS = /[^\s<>"',;:()]+@[^\s<>"',;:()]+/g;
