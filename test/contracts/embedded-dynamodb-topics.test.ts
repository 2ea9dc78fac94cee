// Of adapters/dynamodb/: topic-store, topic-codec, output-store.
import { describeOnEmbeddedDynamoDb } from './on-embedded-dynamodb.ts';
import { describeStoresOfTopics } from './store-contract.ts';

describeOnEmbeddedDynamoDb(describeStoresOfTopics);
