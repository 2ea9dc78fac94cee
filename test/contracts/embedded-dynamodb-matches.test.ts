// Of adapters/dynamodb/: match-store, match-codec, match-query, hit-store, hit-codec, positions, related-page.
import { describeOnEmbeddedDynamoDb } from './on-embedded-dynamodb.ts';
import { describeStoresOfMatches } from './store-contract.ts';

describeOnEmbeddedDynamoDb(describeStoresOfMatches);
