// Deletes what has outlived its time: on AWS the table does that by itself, the embedded database never does.

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { TABLE } from '../../adapters/dynamodb/table.ts';
import { epochSeconds } from '../../shared/core/time.ts';
import type { Clock } from '../../shared/ports.ts';

/** Readers leave expired records out already; this gives back their space. Safe to break off at any point. */
export async function deleteExpired(client: DynamoDBClient, tableName: string, clock: Clock): Promise<void> {
  const now = { N: String(epochSeconds(clock.now())) };
  const pages = paginateScan(
    { client },
    {
      TableName: tableName,
      FilterExpression: '#expiresAt < :now',
      ProjectionExpression: '#pk, #sk',
      ExpressionAttributeNames: { '#expiresAt': TABLE.ttlAttribute, '#pk': TABLE.partitionKey, '#sk': TABLE.sortKey },
      ExpressionAttributeValues: { ':now': now },
    },
  );
  for await (const { Items = [] } of pages) {
    for (const Key of Items) {
      await client
        .send(
          new DeleteItemCommand({
            TableName: tableName,
            Key,
            // It may have been given more time since it was read.
            ConditionExpression: '#expiresAt < :now',
            ExpressionAttributeNames: { '#expiresAt': TABLE.ttlAttribute },
            ExpressionAttributeValues: { ':now': now },
          }),
        )
        .catch((error: Error) => {
          if (error.name !== 'ConditionalCheckFailedException') throw error;
        });
    }
  }
}
