// What operators were told of feeds that fare badly, and when somebody looks next. One small record for each feed told of.
import { epochSeconds, HOUR_MS } from '../../shared/core/time.ts';
import type { FeedIncident } from '../../shared/model/feed.ts';
import type { FeedId } from '../../shared/model/ids.ts';
import type { Clock, FeedIncidentStore } from '../../shared/ports.ts';
import type { DecodeMany } from './decode-many.ts';
import { FEED_NEWS, FEED_NEWS_LOOK_KEY, FEED_NEWS_PREFIX, feedIncidentKey } from './keys.ts';
import { RecordReader } from './record.ts';
import type { TableClient } from './table-client.ts';

/** A look comes each hour, so none waits longer; an instant further off was written by a clock that ran ahead. */
export const LONGEST_LOOK_WAIT_MS = 2 * HOUR_MS;

export class DynamoDbFeedIncidentStore implements FeedIncidentStore {
  readonly #table: TableClient;
  readonly #clock: Clock;
  readonly #decodeMany: DecodeMany;

  constructor(table: TableClient, clock: Clock, decodeMany: DecodeMany) {
    this.#table = table;
    this.#clock = clock;
    this.#decodeMany = decodeMany;
  }

  async claim(now: string, until: string): Promise<boolean> {
    const believable = new Date(Date.parse(now) + LONGEST_LOOK_WAIT_MS).toISOString();
    const after = await this.#table.update({
      Key: FEED_NEWS_LOOK_KEY,
      UpdateExpression: 'SET nextLookAt = :until, #type = :type',
      ConditionExpression: 'attribute_not_exists(nextLookAt) OR nextLookAt <= :now OR nextLookAt > :believable',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: { ':until': until, ':now': now, ':believable': believable, ':type': 'feedNewsLook' },
    });
    return after !== null;
  }

  async complete(next: string): Promise<void> {
    await this.#table.update({
      Key: FEED_NEWS_LOOK_KEY,
      UpdateExpression: 'SET nextLookAt = :next, #type = :type',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: { ':next': next, ':type': 'feedNewsLook' },
    });
  }

  async listNotified(): Promise<ReadonlyMap<FeedId, FeedIncident>> {
    const records = await this.#table.query({
      KeyConditionExpression: 'pk = :news AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':news': FEED_NEWS, ':prefix': FEED_NEWS_PREFIX },
      ConsistentRead: true,
    });
    const now = this.#nowSeconds();
    const told = this.#decodeMany(records, (record) => {
      const reader = new RecordReader(record, `of feed news ${String(record['sk'])}`);
      return {
        id: reader.string('feedId') as FeedId,
        news: reader.oneOf('told', ['failing', 'gone']),
        isForgotten: (reader.numberOrNull('expiresAt') ?? Number.POSITIVE_INFINITY) <= now,
      };
    });
    return new Map(told.filter(({ isForgotten }) => !isForgotten).map(({ id, news }) => [id, news]));
  }

  /** Who looks may not delete: a record that is to be forgotten expires at once. */
  async recordNotified(marks: ReadonlyMap<FeedId, FeedIncident | null>): Promise<void> {
    const expiresAt = this.#nowSeconds();
    await this.#table.putMany(
      [...marks].map(([id, news]) => ({
        ...feedIncidentKey(id),
        type: 'feedNews',
        feedId: id,
        told: news ?? 'failing',
        ...(news === null ? { expiresAt } : {}),
      })),
    );
  }

  #nowSeconds(): number {
    return epochSeconds(this.#clock.now());
  }
}
