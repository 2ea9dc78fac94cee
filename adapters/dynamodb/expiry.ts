// The database deletes expired records up to two days late, so every reader leaves them out.

import { epochSeconds } from '../../shared/core/time.ts';
import type { Clock } from '../../shared/ports.ts';
import { TABLE } from './table.ts';
import type { Item } from './table-client.ts';

export function isExpired(record: Item, clock: Clock): boolean {
  const expiresAt = record[TABLE.ttlAttribute];
  return typeof expiresAt === 'number' && expiresAt <= epochSeconds(clock.now());
}

export const unexpired = (records: readonly Item[], clock: Clock): readonly Item[] =>
  records.filter((record) => !isExpired(record, clock));

/** Of a put: the record is new, or expired and not yet deleted. */
export const isNewRecord = (clock: Clock) => ({
  ConditionExpression: `attribute_not_exists(pk) OR ${TABLE.ttlAttribute} <= :now`,
  ExpressionAttributeValues: { ':now': epochSeconds(clock.now()) },
});
