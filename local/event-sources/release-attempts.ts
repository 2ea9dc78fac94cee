// After a kill: what was being sent is due at once, and the interrupted attempt is not counted. A deployment has to wait until the
// attempt's time is up, because its sender may still run; here no other process can hold the data folder.
import {
  type AttributeValue,
  type DynamoDBClient,
  paginateQuery,
  paginateScan,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { deliveriesOfHit, type PendingEntry, pendingKindOf, pendingShardOf } from '../../adapters/dynamodb/keys.ts';
import { TABLE } from '../../adapters/dynamodb/table.ts';
import type { ArticleId } from '../../shared/model/ids.ts';
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
      const entry = entryOf(item);
      if (entry?.kind === 'hit') {
        for (const delivery of await deliveriesOf(client, tableName, entry.id))
          released += await release(client, tableName, delivery, now);
      }
    }
  }
  return released;
}

const entryOf = (item: Record<string, AttributeValue>): PendingEntry | null =>
  pendingKindOf({ pk: String(item[TABLE.partitionKey]?.S), sk: String(item[TABLE.sortKey]?.S) });

/** Those of a hit that is due for them: they are not in the index themselves before an attempt has ended. */
async function deliveriesOf(
  client: DynamoDBClient,
  TableName: string,
  hit: ArticleId,
): Promise<readonly Record<string, AttributeValue>[]> {
  const found: Record<string, AttributeValue>[] = [];
  const { pk, prefix } = deliveriesOfHit(hit);
  const pages = paginateQuery(
    { client },
    {
      TableName,
      KeyConditionExpression: '#partition = :partition AND begins_with(#sort, :prefix)',
      FilterExpression: '#state = :sending',
      ExpressionAttributeNames: { '#partition': TABLE.partitionKey, '#sort': TABLE.sortKey, '#state': 'state' },
      ExpressionAttributeValues: {
        ':partition': { S: pk },
        ':prefix': { S: prefix },
        ':sending': HELD[':sending'],
      },
    },
  );
  for await (const { Items = [] } of pages) found.push(...Items);
  return found;
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
        UpdateExpression: 'SET #dueAt = :now, attempts = attempts - :one, #shard = if_not_exists(#shard, :shard)',
        // What was released a moment ago under another entry is due already.
        ConditionExpression: '#state IN (:sending, :closed) AND #dueAt > :now',
        ExpressionAttributeNames: {
          '#dueAt': indexes.pending.sortKey,
          '#shard': indexes.pending.partitionKey,
          '#state': 'state',
        },
        ExpressionAttributeValues: {
          ...HELD,
          ':now': { ...now },
          ':one': { N: '1' },
          ':shard': { S: pendingShardOf(entryOf(item)?.id ?? '') },
        },
      }),
    );
    return 1;
  } catch (error) {
    // It waits for another reason: a retry, the end of its digest's window.
    if ((error as Error).name === 'ConditionalCheckFailedException') return 0;
    throw error;
  }
}
