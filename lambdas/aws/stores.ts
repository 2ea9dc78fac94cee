// The table behind every function. Opening it sends nothing.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDbStores } from '../../adapters/dynamodb/stores.ts';
import { TableClient } from '../../adapters/dynamodb/table-client.ts';
import { wallClock } from '../../adapters/wall-clock.ts';
import type { Environment } from '../../shared/core/environment.ts';
import type { Log, Stores } from '../../shared/ports.ts';
import { requiredVariable } from '../environment.ts';

export const tableFrom = (env: Environment, client: DynamoDBClient): TableClient =>
  new TableClient({ client, tableName: requiredVariable(env, 'table') });

/** `log` gets the records of lists that cannot be read; the others are given. */
export const storesFrom = (env: Environment, log: Log, client = new DynamoDBClient({})): Stores =>
  createDynamoDbStores({
    client,
    tableName: requiredVariable(env, 'table'),
    clock: wallClock,
    log,
  });
