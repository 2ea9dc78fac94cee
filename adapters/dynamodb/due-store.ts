// What the sweep takes up, from the index of what is pending: hits not alerted (and matches from before there were hits), deliveries and digests not final, subscriptions with a step.

import { epochSeconds } from '../../shared/core/time.ts';
import { duePosition, oldestFirst } from '../../shared/model/positions.ts';
import type { Due } from '../../shared/model/subscription.ts';
import type { Clock, DueStore } from '../../shared/ports.ts';
import { keyOf, pendingKey, pendingKindOf, pendingShards } from './keys.ts';
import { TABLE } from './table.ts';
import type { TableClient } from './table-client.ts';

export class DynamoDbDueStore implements DueStore {
  readonly #table: TableClient;
  readonly #clock: Clock;

  constructor(table: TableClient, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  async listDue(now: string, limit: number): Promise<readonly Due[]> {
    return (await this.#pending('<=', now, limit)).slice(0, limit);
  }

  async listAhead(now: string, limit: number): Promise<readonly Due[]> {
    return (await this.#pending('>', now, limit)).toReversed().slice(0, limit);
  }

  async bringForward(entry: Due, now: string): Promise<void> {
    const { sortKey } = TABLE.indexes.pending;
    await this.#table.update({
      Key: pendingKey(entry),
      UpdateExpression: `SET ${sortKey} = :now`,
      ConditionExpression: `${sortKey} > :now`,
      ExpressionAttributeValues: { ':now': now },
    });
  }

  /** Oldest first; of each shard at most `limit`, those nearest to the end that is asked for. */
  async #pending(comparison: '<=' | '>', now: string, limit: number): Promise<readonly Due[]> {
    const { name, partitionKey, sortKey } = TABLE.indexes.pending;
    const shards = await Promise.all(
      pendingShards().map((shard) =>
        this.#table.query(
          {
            IndexName: name,
            KeyConditionExpression: `${partitionKey} = :shard AND ${sortKey} ${comparison} :now`,
            // A subscription never expires.
            FilterExpression: 'attribute_not_exists(expiresAt) OR expiresAt > :nowSeconds',
            ExpressionAttributeValues: { ':shard': shard, ':now': now, ':nowSeconds': epochSeconds(this.#clock.now()) },
            ScanIndexForward: comparison === '<=',
          },
          limit,
        ),
      ),
    );
    return shards
      .flat()
      .flatMap((record): readonly Due[] => {
        const pending = pendingKindOf(keyOf(record));
        return pending === null ? [] : [{ ...pending, dueAt: String(record[sortKey]) }];
      })
      .sort(oldestFirst(duePosition));
  }
}
