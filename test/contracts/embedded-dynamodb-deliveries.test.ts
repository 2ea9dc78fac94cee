// Of adapters/dynamodb/: delivery-store, delivery-codec, delivery-query, digest-store, digest-members, outcome-write, due-store.
import { describeOnEmbeddedDynamoDb } from './on-embedded-dynamodb.ts';
import { describeStoresOfDeliveries } from './store-contract.ts';

describeOnEmbeddedDynamoDb(describeStoresOfDeliveries);
