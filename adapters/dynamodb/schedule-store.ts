// Which minutes' polls are queued, and who is queueing now.
import { furthestClaim } from '../../shared/feeds/poll-schedule.ts';
import type { ScheduleStore } from '../../shared/ports.ts';
import { SCHEDULE_KEY } from './keys.ts';
import { RecordReader } from './record.ts';
import type { TableClient } from './table-client.ts';

export class DynamoDbScheduleStore implements ScheduleStore {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  async lastMinute(): Promise<string | null> {
    const record = await this.#table.get(SCHEDULE_KEY);
    return record && new RecordReader(record, 'of the schedule').stringOrNull('lastMinute');
  }

  async claim(minute: string, until: string, now: string): Promise<boolean> {
    const after = await this.#table.update({
      Key: SCHEDULE_KEY,
      UpdateExpression: 'SET claimedMinute = :minute, claimedUntil = :until, #type = :type',
      // No other run holds the claim, or its time is up, or its clock ran ahead; and the minute is not done already.
      ConditionExpression:
        '(attribute_not_exists(claimedUntil) OR claimedUntil <= :now OR claimedUntil > :furthest) AND (attribute_not_exists(lastMinute) OR lastMinute < :minute)',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: {
        ':minute': minute,
        ':until': until,
        ':now': now,
        ':furthest': furthestClaim(until),
        ':type': 'schedule',
      },
    });
    return after !== null;
  }

  async complete(minute: string): Promise<void> {
    const isLater = '(attribute_not_exists(lastMinute) OR lastMinute < :minute)';
    const freed = await this.#table.update({
      Key: SCHEDULE_KEY,
      UpdateExpression: 'SET lastMinute = :minute, #type = :type REMOVE claimedMinute, claimedUntil',
      // The claim that ends is this minute's, not a later caller's.
      ConditionExpression: `${isLater} AND (attribute_not_exists(claimedMinute) OR claimedMinute <= :minute)`,
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: { ':minute': minute, ':type': 'schedule' },
    });
    if (freed !== null) return;
    await this.#table.update({
      Key: SCHEDULE_KEY,
      UpdateExpression: 'SET lastMinute = :minute',
      ConditionExpression: isLater,
      ExpressionAttributeValues: { ':minute': minute },
    });
  }
}
