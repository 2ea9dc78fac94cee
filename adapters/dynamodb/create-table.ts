// Makes the table where CloudFormation does not: on one machine and in tests.
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { ServiceUnavailableError } from '../../shared/errors.ts';
import { TABLE } from './table.ts';
import { toOurError } from './vendor-errors.ts';

const ASK_EVERY_MS = 20;
/** An embedded database makes a table in milliseconds, DynamoDB in about ten seconds. */
const GIVE_UP_AFTER_MS = 60_000;

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
    AttributeDefinitions: keyNames.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keySchema(TABLE.partitionKey, TABLE.sortKey),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keySchema(index.partitionKey, index.sortKey),
      Projection:
        index.include.length === 0
          ? { ProjectionType: 'KEYS_ONLY' }
          : { ProjectionType: 'INCLUDE', NonKeyAttributes: [...index.include] },
    })),
    StreamSpecification: { StreamEnabled: true, StreamViewType: TABLE.streamView },
  };
}

const keySchema = (partitionKey: string, sortKey: string): NonNullable<CreateTableCommandInput['KeySchema']> => [
  { AttributeName: partitionKey, KeyType: 'HASH' },
  { AttributeName: sortKey, KeyType: 'RANGE' },
];

async function untilActive(client: DynamoDBClient, name: string): Promise<void> {
  const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
  while (Date.now() < giveUpAt) {
    const answer = await client.send(new DescribeTableCommand({ TableName: name })).catch((error: unknown) => {
      throw toOurError(error, name);
    });
    if (answer.Table?.TableStatus === 'ACTIVE') return;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  throw new ServiceUnavailableError(`the table "${name}" did not become active within ${GIVE_UP_AFTER_MS / 1000} s`);
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
