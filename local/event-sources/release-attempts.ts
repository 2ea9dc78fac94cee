// After a kill: what was being sent is due at once, and the interrupted attempt is not counted. A deployment has to wait until the
// attempt's time is up, because its sender may still run; here no other process can hold the data folder.
import { type AttributeValue, type DynamoDBClient, paginateScan, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { TABLE } from '../../adapters/dynamodb/table.ts';
import type { Clock } from '../../shared/ports.ts';

/** States in which a delivery or a digest is held by an attempt. */
const HELD = { ':sending': { S: 'sending' }, ':closed': { S: 'closed' } };

/** How many there were. */
export async function releaseAttempts(client: DynamoDBClient, tableName: string, clock: Clock): Promise<number> {
  const now = { S: clock.now().toISOString() };
  const { name, sortKey } = TABLE.indexes.pending;
  let released = 0;
  for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName, IndexName: name })) {
    for (const item of Items) {
      if ((item[sortKey]?.S ?? '') > now.S) released += await release(client, tableName, item, now);
    }
  }
  return released;
}

async function release(
  client: DynamoDBClient,
  TableName: string,
  item: Record<string, AttributeValue>,
  now: { readonly S: string },
): Promise<0 | 1> {
  const { partitionKey, sortKey, indexes } = TABLE;
  try {
    await client.send(
      new UpdateItemCommand({
        TableName,
        Key: { [partitionKey]: item[partitionKey], [sortKey]: item[sortKey] } as Record<string, AttributeValue>,
        UpdateExpression: 'SET #dueAt = :now, attempts = attempts - :one',
        ConditionExpression: '#state IN (:sending, :closed)',
        ExpressionAttributeNames: { '#dueAt': indexes.pending.sortKey, '#state': 'state' },
        ExpressionAttributeValues: { ...HELD, ':now': { ...now }, ':one': { N: '1' } },
      }),
    );
    return 1;
  } catch (error) {
    // It waits for another reason: a retry, the end of its digest's window.
    if ((error as Error).name === 'ConditionalCheckFailedException') return 0;
    throw error;
  }
}
