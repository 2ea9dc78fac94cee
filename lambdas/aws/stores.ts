// The table behind every function. Opening it sends nothing.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDbStores } from '../../adapters/dynamodb/stores.ts';
import { TableClient } from '../../adapters/dynamodb/table-client.ts';
import type { Environment } from '../../shared/core/environment.ts';
import type { Clock, Log, Stores } from '../../shared/ports.ts';
import { requiredVariable } from '../environment.ts';

export const systemClock: Clock = { now: () => new Date() };

export const tableFrom = (env: Environment): TableClient =>
  new TableClient({ client: new DynamoDBClient({}), tableName: requiredVariable(env, 'table') });

/** `log` gets the records of lists that cannot be read; the others are given. */
export const storesFrom = (env: Environment, log: Log): Stores =>
  createDynamoDbStores({
    client: new DynamoDBClient({}),
    tableName: requiredVariable(env, 'table'),
    clock: systemClock,
    log,
  });
