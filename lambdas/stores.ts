// The table behind every function, opened at first use.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDbStores } from '../adapters/dynamodb/stores.ts';
import { TableClient } from '../adapters/dynamodb/table-client.ts';
import type { Clock } from '../shared/ports.ts';
import { requiredVariable } from './environment.ts';

export const systemClock: Clock = { now: () => new Date() };

export const table = (): TableClient =>
  new TableClient({ client: new DynamoDBClient({}), tableName: requiredVariable('table') });

export const stores = () =>
  createDynamoDbStores({ client: new DynamoDBClient({}), tableName: requiredVariable('table'), clock: systemClock });
