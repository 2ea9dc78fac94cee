// What is stored of people beside their subscriptions: how often an address was asked, and what was sent to a subscriber.
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import { DAY_SECONDS, epochSeconds } from '../../shared/core/time.ts';
import type { SubscriptionId } from '../../shared/model/ids.ts';
import type { Clock, PersonStore } from '../../shared/ports.ts';
import type { DecodeMany } from './decode-many.ts';
import { livingDeliveries } from './delivery-codec.ts';
import {
  deliveriesOfSubscription,
  digestKey,
  keyOf,
  memberKey,
  notRelevantKey,
  questionsKey,
  storyReaderKey,
} from './keys.ts';
import { RecordReader } from './record.ts';
import { TABLE } from './table.ts';
import type { Key, TableClient } from './table-client.ts';

/** Two who ask at once: the one who comes second reads again. */
const TRIES = 8;

export class DynamoDbPersonStore implements PersonStore {
  readonly #table: TableClient;
  readonly #clock: Clock;
  readonly #decodeMany: DecodeMany;

  constructor(table: TableClient, clock: Clock, decodeMany: DecodeMany) {
    this.#table = table;
    this.#clock = clock;
    this.#decodeMany = decodeMany;
  }

  async countQuestion(address: string, now: string, since: string, most: number): Promise<boolean> {
    const key = questionsKey(address);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const record = await this.#table.get(key);
      const reader = record && new RecordReader(record, 'of questions to an address');
      const counted = (reader?.list('askedAt') ?? []).filter((at) => typeof at === 'string' && at > since);
      if (counted.length >= most) return false;
      const version = reader?.number('version') ?? 0;
      const expiresAt = epochSeconds(new Date(now)) + DAY_SECONDS;
      const isMine = await this.#table.put({
        Item: { ...key, type: 'questions', askedAt: [...counted, now], version: version + 1, expiresAt },
        ...(version === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'version = :read', ExpressionAttributeValues: { ':read': version } }),
      });
      if (isMine) return true;
    }
    throw new ServiceUnavailableError(`an address was being asked by others at the same time; tried ${TRIES} times`);
  }

  async deleteDeliveries(id: SubscriptionId, limit: number): Promise<number> {
    const { name, partitionKey } = TABLE.indexes.related;
    const keys = (
      await this.#table.query(
        {
          IndexName: name,
          KeyConditionExpression: `${partitionKey} = :subscription`,
          ExpressionAttributeValues: { ':subscription': deliveriesOfSubscription(id) },
          ProjectionExpression: 'pk, sk',
        },
        limit,
      )
    ).map(keyOf);
    const records = await this.#table.getMany(keys, { consistent: true });
    const deliveries = livingDeliveries(records, this.#clock, this.#decodeMany);
    const beside = deliveries.flatMap((delivery): readonly Key[] => [
      ...(delivery.storyId === null ? [] : [storyReaderKey(delivery.storyId, id)]),
      ...(delivery.digestId === null ? [] : [memberKey(delivery.digestId, delivery.id), digestKey(delivery.digestId)]),
      ...[delivery.matchId, ...delivery.matchIds].map((matchId) => notRelevantKey(matchId, id)),
    ]);
    // The deliveries last: they lead to the others when this is repeated.
    await this.#table.deleteMany(withoutRepeats(beside));
    await this.#table.deleteMany(keys);
    return keys.length;
  }
}

const withoutRepeats = (keys: readonly Key[]): readonly Key[] => [
  ...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, key])).values(),
];
