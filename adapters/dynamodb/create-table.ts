// Makes the table and adds indexes where CloudFormation does not: on one machine and in tests.

import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/core/time.ts';
import { type IndexDefinition, TABLE } from './table.ts';
import { toOurError } from './vendor-errors.ts';

const ASK_EVERY_MS = 20;
/** An embedded database makes a table in milliseconds, DynamoDB in about ten seconds. */
const GIVE_UP_AFTER_MS = MINUTE_MS;

/** Waits until the table is active. A table of that name which is there already is left as it is. */
export async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand(tableInput(name)));
  } catch (error) {
    if ((error as Error).name !== 'ResourceInUseException') throw toOurError(error, name);
  }
  await untilActive(client, name);
  await switchOnExpiry(client, name);
}

/** Adds the indexes that an older table lacks, one after the other, as DynamoDB wants it; each finds the records that are there. */
export async function addMissingIndexes(
  client: DynamoDBClient,
  name: string,
  indexes: readonly IndexDefinition[] = Object.values(TABLE.indexes),
): Promise<void> {
  const { GlobalSecondaryIndexes = [] } = await untilActive(client, name);
  const there = GlobalSecondaryIndexes.map(({ IndexName }) => IndexName);
  for (const index of indexes.filter((each) => !there.includes(each.name))) {
    const command = new UpdateTableCommand({
      TableName: name,
      AttributeDefinitions: attributes([index.partitionKey, index.sortKey]),
      GlobalSecondaryIndexUpdates: [{ Create: indexInput(index) }],
    });
    await client.send(command).catch((error: unknown) => {
      throw toOurError(error, name);
    });
    await untilActive(client, name);
  }
}

function tableInput(name: string): CreateTableCommandInput {
  const indexes = Object.values(TABLE.indexes);
  const keyNames = [
    TABLE.partitionKey,
    TABLE.sortKey,
    ...indexes.flatMap((index) => [index.partitionKey, index.sortKey]),
  ];
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes(keyNames),
    KeySchema: keySchema(TABLE.partitionKey, TABLE.sortKey),
    GlobalSecondaryIndexes: indexes.map(indexInput),
    StreamSpecification: { StreamEnabled: true, StreamViewType: TABLE.streamView },
  };
}

const attributes = (names: readonly string[]): NonNullable<CreateTableCommandInput['AttributeDefinitions']> =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));

const indexInput = (index: IndexDefinition): GlobalSecondaryIndex => ({
  IndexName: index.name,
  KeySchema: keySchema(index.partitionKey, index.sortKey),
  Projection:
    index.include.length === 0
      ? { ProjectionType: 'KEYS_ONLY' }
      : { ProjectionType: 'INCLUDE', NonKeyAttributes: [...index.include] },
});

const keySchema = (partitionKey: string, sortKey: string): NonNullable<CreateTableCommandInput['KeySchema']> => [
  { AttributeName: partitionKey, KeyType: 'HASH' },
  { AttributeName: sortKey, KeyType: 'RANGE' },
];

/** The table once it and all its indexes are active. */
async function untilActive(client: DynamoDBClient, name: string): Promise<TableDescription> {
  const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
  while (Date.now() < giveUpAt) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name })).catch((error: unknown) => {
      throw toOurError(error, name);
    });
    const states = [Table?.TableStatus, ...(Table?.GlobalSecondaryIndexes ?? []).map(({ IndexStatus }) => IndexStatus)];
    if (Table !== undefined && states.every((state) => state === 'ACTIVE')) return Table;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  throw new ServiceUnavailableError(
    `the table "${name}" did not become active within ${GIVE_UP_AFTER_MS / SECOND_MS} s`,
  );
}

async function switchOnExpiry(client: DynamoDBClient, name: string): Promise<void> {
  try {
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: name,
        TimeToLiveSpecification: { Enabled: true, AttributeName: TABLE.ttlAttribute },
      }),
    );
  } catch (error) {
    // Answered when expiry is on already.
    if ((error as Error).name !== 'ValidationException') throw toOurError(error, name);
  }
}
