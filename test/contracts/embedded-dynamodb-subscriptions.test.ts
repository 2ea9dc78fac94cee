// Of adapters/dynamodb/: subscription-store, subscription-codec, suppression-store, person-store, send-pace-store.
import { describeOnEmbeddedDynamoDb } from './on-embedded-dynamodb.ts';
import { describeStoresOfSubscriptions } from './store-contract.ts';

describeOnEmbeddedDynamoDb(describeStoresOfSubscriptions);
