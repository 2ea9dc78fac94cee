// Every key of the table. Partition keys hold an id or a hash, so load spreads; sort keys start with what is sorted by.
// Which function may use which partitions: grants.ts.
import { createHash } from 'node:crypto';
import type { ArticleId, DeliveryId, FeedId, MatchId, SubscriptionId } from '../../shared/model/ids.ts';
import { deliveryIdOf, hitDeliveryIdOf, splitDeliveryId } from '../../shared/model/ids.ts';
import { hashOfAddress } from '../../shared/model/suppression.ts';
import type { Item, Key } from './table-client.ts';

/** What partition keys begin with; those without `#` are whole keys. */
export const PARTITIONS = {
  dataVersion: 'DATAVERSION',
  feed: 'FEED#',
  feedIncidents: 'FEEDNEWS',
  feedMatches: 'FEEDMATCHES#',
  memory: 'MEMORY#',
  pollBatches: 'POLLGROUPS',
  schedule: 'SCHEDULE',
  hostPace: 'HOST#',
  topics: 'TOPICS',
  topic: 'TOPIC#',
  /** The match, its deliveries, and what subscribers said of it. */
  match: 'MATCH#',
  matchDays: 'MATCHDAYS',
  /** The hit and its deliveries. */
  hit: 'HIT#',
  /** The story, what each subscriber was sent of it, and what the team has done with it. */
  story: 'STORY#',
  /** Stories by the words they are found under. */
  storyKey: 'STORYKEY#',
  storyDays: 'STORYDAYS',
  wordCounts: 'WORDCOUNTS',
  subscription: 'SUBSCRIPTION#',
  token: 'TOKEN#',
  subscribers: 'SUBSCRIBERS#',
  suppression: 'SUPPRESSION#',
  /** How often an address was asked, by its hash. */
  questions: 'QUESTIONS#',
  /** The digest and its members. */
  digest: 'DIGEST#',
  rate: 'RATE#',
  sendPace: 'SENDPACE#',
  outputs: 'OUTPUTS',
  outputReadings: 'OUTPUTREADINGS',
  /** What people look for in the console, under a name. */
  views: 'VIEWS',
} as const;

/** Spread of a day's matches in the index `listed`, and of what is due in the index `pending`: readers ask all shards. */
const DAY_SHARDS = 4;
const PENDING_SHARDS = 4;

/** Read from the file itself before the database is started, too: local/data-folder/data-files.ts. */
export const DATA_VERSION_KEY: Key = { pk: PARTITIONS.dataVersion, sk: 'DATAVERSION' };

/** Of `<instant>#<id>`: shared/model/positions.ts. */
export const idOfPosition = (position: string): string => position.slice(position.indexOf('#') + 1);

export const keyOf = ({ pk, sk }: Item): Key => ({ pk: String(pk), sk: String(sk) });

// ---- feeds
export const feedKey = (id: FeedId): Key => ({ pk: `${PARTITIONS.feed}${id}`, sk: 'FEED' });
/** Pages of the memory; the sort key is made in memory-pages.ts. */
export const memoryPartition = (id: FeedId): string => `${PARTITIONS.memory}${id}`;
/** All batches stand in one partition: 400 records for 10,000 feeds, each written once per poll (about 1.5 writes a second). */
export const POLL_BATCHES = PARTITIONS.pollBatches;
export const pollBatchKey = (id: string): Key => ({ pk: POLL_BATCHES, sk: id });

export const SCHEDULE_KEY: Key = { pk: PARTITIONS.schedule, sk: 'SCHEDULE' };

/** By hash: a host may have any name. */
export const hostPaceKey = (host: string): Key => ({
  pk: `${PARTITIONS.hostPace}${createHash('sha256').update(host).digest('base64url')}`,
  sk: 'PACE',
});

export const FEED_INCIDENTS = PARTITIONS.feedIncidents;
export const FEED_CHECK_KEY: Key = { pk: FEED_INCIDENTS, sk: 'LOOK' };
export const FEED_INCIDENT_PREFIX = 'FEED#';
export const feedIncidentKey = (id: FeedId): Key => ({ pk: FEED_INCIDENTS, sk: `${FEED_INCIDENT_PREFIX}${id}` });

// ---- topics
export const TOPICS = PARTITIONS.topics;
export const TOPIC_REVISION_KEY: Key = { pk: TOPICS, sk: 'REVISION' };
export const TOPIC_POINTER_PREFIX = 'TOPIC#';
export const topicPointerKey = (id: string): Key => ({ pk: TOPICS, sk: `${TOPIC_POINTER_PREFIX}${id}` });
export const topicVersionKey = (id: string, version: string, part: number): Key => ({
  pk: `${PARTITIONS.topic}${id}`,
  sk: `${topicVersionPrefix(version)}${String(part).padStart(3, '0')}`,
});
export const topicVersionPrefix = (version: string): string => `VERSION#${version}#`;

// ---- matches
export const matchKey = (id: MatchId): Key => ({ pk: `${PARTITIONS.match}${id}`, sk: 'MATCH' });
export const matchesOfTopic = (topicId: string): string => `TOPIC#${topicId}`;
export const matchesOfFeed = (feedId: FeedId): string => `${PARTITIONS.feedMatches}${feedId}`;
export const dayShardOf = (day: string, id: MatchId): string => `DAY#${day}#${shardOf(id, DAY_SHARDS)}`;
export const dayShards = (day: string): readonly string[] => numbered(`DAY#${day}#`, DAY_SHARDS);
/** Which days have matches, so that a query skips empty ones. */
export const MATCH_DAYS = PARTITIONS.matchDays;
export const matchDayKey = (day: string): Key => ({ pk: MATCH_DAYS, sk: day });
/** From a stream record's `Keys`, whatever record it is of; null when it is not a match. */
function matchIdOfKey(key: Key): MatchId | null {
  return key.sk === 'MATCH' && key.pk.startsWith(PARTITIONS.match)
    ? (key.pk.slice(PARTITIONS.match.length) as MatchId)
    : null;
}

const NOT_RELEVANT_PREFIX = 'NOTRELEVANT#';
export const notRelevantKey = (id: MatchId, by: SubscriptionId): Key => ({
  pk: `${PARTITIONS.match}${id}`,
  sk: `${NOT_RELEVANT_PREFIX}${by}`,
});
export const notRelevantOfTopic = (topicId: string): string => `NOTRELEVANT#${topicId}`;

// ---- hits and stories
export const hitKey = (id: ArticleId): Key => ({ pk: `${PARTITIONS.hit}${id}`, sk: 'HIT' });
export const hitsOfStory = (storyId: string): string => `STORYHITS#${storyId}`;
export const storyKey = (id: string): Key => ({ pk: `${PARTITIONS.story}${id}`, sk: 'STORY' });
/** A word that stories of a language are found under. */
export const storyLookupKey = (language: string, key: number): Key => ({
  pk: `${PARTITIONS.storyKey}${language}#${key}`,
  sk: 'STORIES',
});
export const storyReaderKey = (storyId: string, id: SubscriptionId): Key => ({
  pk: `${PARTITIONS.story}${storyId}`,
  sk: `READER#${id}`,
});
/** What the team has done with it. */
export const triageKey = (storyId: string): Key => ({ pk: `${PARTITIONS.story}${storyId}`, sk: 'TRIAGE' });
/** By the day of the last report. */
export const storyDayShardOf = (day: string, id: string): string => `STORYDAY#${day}#${shardOf(id, DAY_SHARDS)}`;
export const storyDayShards = (day: string): readonly string[] => numbered(`STORYDAY#${day}#`, DAY_SHARDS);
export const STORY_DAYS = PARTITIONS.storyDays;
export const storyDayKey = (day: string): Key => ({ pk: STORY_DAYS, sk: day });
export const wordDayKey = (day: number): Key => ({ pk: PARTITIONS.wordCounts, sk: String(day) });

// ---- subscriptions
export const subscriptionKey = (id: SubscriptionId): Key => ({
  pk: `${PARTITIONS.subscription}${id}`,
  sk: 'SUBSCRIPTION',
});
export const SUBSCRIPTIONS = 'SUBSCRIPTIONS';
export const tokenKey = (token: string): Key => ({ pk: `${PARTITIONS.token}${token}`, sk: 'TOKEN' });
export const subscribersOfTopic = (topicId: string): string => `${PARTITIONS.subscribers}${topicId}`;
export const subscriberKey = (topicId: string, id: SubscriptionId): Key => ({
  pk: subscribersOfTopic(topicId),
  sk: id,
});
/** An address is hashed, so that it stands in one record only. */
export const targetPartition = (target: string): string => targetHashPartition(hashOfAddress(target));
export const targetHashPartition = (hash: string): string => `TARGET#${hash}`;
export const suppressionKey = (hash: string): Key => ({ pk: `${PARTITIONS.suppression}${hash}`, sk: 'SUPPRESSION' });
/** Mails that were refused for the address, until it is on the list. */
export const refusalsKey = (hash: string): Key => ({ pk: `${PARTITIONS.suppression}${hash}`, sk: 'REFUSALS' });
export const SUPPRESSIONS = 'SUPPRESSIONS';
export const questionsKey = (address: string): Key => ({
  pk: `${PARTITIONS.questions}${hashOfAddress(address)}`,
  sk: 'QUESTIONS',
});

// ---- deliveries and digests
const DELIVERY_PREFIX = 'DELIVERY#';
export function deliveryKey(id: DeliveryId): Key {
  const parts = splitDeliveryId(id);
  return 'matchId' in parts
    ? { pk: `${PARTITIONS.match}${parts.matchId}`, sk: `${DELIVERY_PREFIX}${parts.subscriptionId}` }
    : {
        pk: `${PARTITIONS.hit}${parts.articleId}`,
        sk: `${DELIVERY_PREFIX}${parts.revision}#${parts.subscriptionId}`,
      };
}
export const deliveriesOfMatch = (id: MatchId): { readonly pk: string; readonly prefix: string } => ({
  pk: `${PARTITIONS.match}${id}`,
  prefix: DELIVERY_PREFIX,
});
export const deliveriesOfHit = (id: ArticleId): { readonly pk: string; readonly prefix: string } => ({
  pk: `${PARTITIONS.hit}${id}`,
  prefix: DELIVERY_PREFIX,
});
export const deliveriesOfSubscription = (id: SubscriptionId): string => `SUBSCRIPTION#${id}`;
export const FAILED_DELIVERIES = 'FAILEDDELIVERIES';
export const digestKey = (id: string): Key => ({ pk: `${PARTITIONS.digest}${id}`, sk: 'DIGEST' });
export const MEMBER_PREFIX = 'MEMBER#';
export const memberKey = (digestId: string, id: DeliveryId): Key => ({
  pk: `${PARTITIONS.digest}${digestId}`,
  sk: `${MEMBER_PREFIX}${id}`,
});
export const rateKey = (id: SubscriptionId, windowStart: number): Key => ({
  pk: `${PARTITIONS.rate}${id}#${windowStart}`,
  sk: 'RATE',
});

/** By what is sent: `email`, `sns`. */
export const sendPaceKey = (name: string): Key => ({ pk: `${PARTITIONS.sendPace}${name}`, sk: 'PACE' });

// ---- saved views
export const VIEWS = PARTITIONS.views;
export const viewKey = (id: string): Key => ({ pk: VIEWS, sk: id });

// ---- outputs
export const OUTPUTS = PARTITIONS.outputs;
export const outputKey = (id: string): Key => ({ pk: OUTPUTS, sk: id });
/** The day on which it was last read. */
export const outputReadingKey = (id: string): Key => ({ pk: PARTITIONS.outputReadings, sk: id });

export const pendingShardOf = (id: string): string => `PENDING#${shardOf(id, PENDING_SHARDS)}`;
export const pendingShards = (): readonly string[] => numbered('PENDING#', PENDING_SHARDS);

/** What waits in the index `pending`. */
export type PendingEntry =
  | { readonly kind: 'hit'; readonly id: ArticleId }
  | { readonly kind: 'match'; readonly id: MatchId }
  | { readonly kind: 'delivery'; readonly id: DeliveryId }
  | { readonly kind: 'digest'; readonly id: string }
  | { readonly kind: 'subscription'; readonly id: SubscriptionId };

/** By the key of its record. */
export function pendingKindOf(key: Key): PendingEntry | null {
  const matchId = matchIdOfKey(key);
  if (matchId !== null) return { kind: 'match', id: matchId };
  if (key.sk === 'HIT') return { kind: 'hit', id: key.pk.slice(PARTITIONS.hit.length) as ArticleId };
  if (key.sk === 'DIGEST') return { kind: 'digest', id: key.pk.slice(PARTITIONS.digest.length) };
  if (key.sk === 'SUBSCRIPTION')
    return { kind: 'subscription', id: key.pk.slice(PARTITIONS.subscription.length) as SubscriptionId };
  if (key.sk.startsWith(DELIVERY_PREFIX)) return { kind: 'delivery', id: deliveryIdOfKey(key) };
  return null;
}

export function deliveryIdOfKey({ pk, sk }: Key): DeliveryId {
  const rest = sk.slice(DELIVERY_PREFIX.length);
  if (!pk.startsWith(PARTITIONS.hit))
    return deliveryIdOf(pk.slice(PARTITIONS.match.length) as MatchId, rest as SubscriptionId);
  const mark = rest.indexOf('#');
  return hitDeliveryIdOf(
    pk.slice(PARTITIONS.hit.length) as ArticleId,
    Number(rest.slice(0, mark)),
    rest.slice(mark + 1) as SubscriptionId,
  );
}

export function pendingKey(entry: PendingEntry): Key {
  switch (entry.kind) {
    case 'hit':
      return hitKey(entry.id);
    case 'match':
      return matchKey(entry.id);
    case 'digest':
      return digestKey(entry.id);
    case 'subscription':
      return subscriptionKey(entry.id);
    case 'delivery':
      return deliveryKey(entry.id);
  }
}

function shardOf(id: string, shards: number): number {
  return createHash('sha256').update(id).digest()[0]! % shards;
}

const numbered = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, number) => `${prefix}${number}`);
