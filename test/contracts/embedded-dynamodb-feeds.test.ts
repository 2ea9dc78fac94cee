// Of adapters/dynamodb/: feed-store, feed-incident-store, host-pace-store, schedule-store, topic-store, output-store.
import { describeOnEmbeddedDynamoDb } from './on-embedded-dynamodb.ts';
import { describeStoresOfFeeds } from './store-contract.ts';

describeOnEmbeddedDynamoDb(describeStoresOfFeeds);
