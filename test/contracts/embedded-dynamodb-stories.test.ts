// Of adapters/dynamodb/: story-store, story-query, story-reader-store, word-count-store.
import { describeOnEmbeddedDynamoDb } from './on-embedded-dynamodb.ts';
import { describeStoresOfStories } from './store-contract.ts';

describeOnEmbeddedDynamoDb(describeStoresOfStories);
