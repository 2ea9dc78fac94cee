// Of adapters/dynamodb/: match-store, hit-store, story-store, story-reader-store, word-count-store.
import { describeOnEmbeddedDynamoDb } from './on-embedded-dynamodb.ts';
import { describeStoresOfMatches } from './store-contract.ts';

describeOnEmbeddedDynamoDb(describeStoresOfMatches);
