// All stores on the one table. Opening them sends nothing.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clock, Log, Stores } from '../../shared/ports.ts';
import { decodeManyWith } from './decode-many.ts';
import { DynamoDbDeliveryStore } from './delivery-store.ts';
import { DynamoDbDigestStore } from './digest-store.ts';
import { DynamoDbDueStore } from './due-store.ts';
import { DynamoDbFeedIncidentStore } from './feed-incident-store.ts';
import { DynamoDbFeedStore } from './feed-store.ts';
import { DynamoDbHitStore } from './hit-store.ts';
import { DynamoDbHostPaceStore } from './host-pace-store.ts';
import { DynamoDbMatchStore } from './match-store.ts';
import { DynamoDbOutputStore } from './output-store.ts';
import { DynamoDbPersonStore } from './person-store.ts';
import { DynamoDbScheduleStore } from './schedule-store.ts';
import { DynamoDbSendPaceStore } from './send-pace-store.ts';
import { DynamoDbStoryReaderStore } from './story-reader-store.ts';
import { DynamoDbStoryStore } from './story-store.ts';
import { DynamoDbSubscriptionStore } from './subscription-store.ts';
import { DynamoDbSuppressionStore } from './suppression-store.ts';
import { TableClient } from './table-client.ts';
import { DynamoDbTopicStore } from './topic-store.ts';
import { DynamoDbTriageStore } from './triage-store.ts';
import { DynamoDbViewStore } from './view-store.ts';
import { DynamoDbWordCountStore } from './word-count-store.ts';

export function createDynamoDbStores(options: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: Clock;
  /** Gets damaged records of lists, see decode-many.ts. */
  readonly log?: Log;
  /** Called with the capacity units of every request, by the service's operation name; asking for them costs nothing. */
  readonly onConsumed?: (operation: string, units: number) => void;
}): Stores {
  const { clock, log } = options;
  const table = new TableClient(options);
  const decodeMany = decodeManyWith(log);
  return {
    feeds: new DynamoDbFeedStore(table, clock, decodeMany),
    feedIncidents: new DynamoDbFeedIncidentStore(table, clock, decodeMany),
    hostPaces: new DynamoDbHostPaceStore(table),
    sendPaces: new DynamoDbSendPaceStore(table),
    schedule: new DynamoDbScheduleStore(table),
    topics: new DynamoDbTopicStore(table, decodeMany),
    matches: new DynamoDbMatchStore(table, clock, decodeMany),
    hits: new DynamoDbHitStore(table, clock, decodeMany),
    stories: new DynamoDbStoryStore(table, clock, decodeMany),
    storyReaders: new DynamoDbStoryReaderStore(table, clock),
    triages: new DynamoDbTriageStore(table, clock, decodeMany),
    wordCounts: new DynamoDbWordCountStore(table),
    subscriptions: new DynamoDbSubscriptionStore(table, decodeMany),
    suppressions: new DynamoDbSuppressionStore(table, clock, decodeMany),
    persons: new DynamoDbPersonStore(table, clock, decodeMany),
    deliveries: new DynamoDbDeliveryStore(table, clock, decodeMany),
    digests: new DynamoDbDigestStore(table, clock, decodeMany),
    due: new DynamoDbDueStore(table, clock),
    outputs: new DynamoDbOutputStore(table, decodeMany),
    views: new DynamoDbViewStore(table, decodeMany),
  };
}
