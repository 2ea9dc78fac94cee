// Of adapters/dynamodb/: subscription-store, suppression-store, person-store, send-pace-store, delivery-store, digest-store, due-store.
import { describeOnEmbeddedDynamoDb } from './on-embedded-dynamodb.ts';
import { describeStoresOfReaders } from './store-contract.ts';

describeOnEmbeddedDynamoDb(describeStoresOfReaders);
