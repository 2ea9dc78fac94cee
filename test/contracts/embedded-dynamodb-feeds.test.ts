// Of adapters/dynamodb/: feed-store, feed-codec, memory-pages, feed-incident-store, host-pace-store, schedule-store.
import { describeOnEmbeddedDynamoDb } from './on-embedded-dynamodb.ts';
import { describeStoresOfFeeds } from './store-contract.ts';

describeOnEmbeddedDynamoDb(describeStoresOfFeeds);
