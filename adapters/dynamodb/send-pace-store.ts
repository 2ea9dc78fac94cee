// The row of what is sent to a provider, for all processes: one record with the instant at which it will be empty.
import { takePlaces } from '../../shared/alerts/send-pace.ts';
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import { DAY_SECONDS, epochSeconds } from '../../shared/core/time.ts';
import type { SendPaceStore } from '../../shared/ports.ts';
import { sendPaceKey } from './keys.ts';
import type { TableClient } from './table-client.ts';

/** How often the row is read again because another process took places at the same time. */
const TRIES = 12;
/** An idle row is forgotten after this. */
const KEPT_SECONDS = 2 * DAY_SECONDS;

export class DynamoDbSendPaceStore implements SendPaceStore {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  async reserve(
    name: string,
    count: number,
    pace: Parameters<SendPaceStore['reserve']>[2],
    now: string,
  ): Promise<string> {
    const Key = sendPaceKey(name);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const record = await this.#table.get(Key);
      const known = record === null ? null : Number(record['emptyAt']);
      const { firstAt, emptyAt } = takePlaces(known, count, pace, Date.parse(now));
      const isTaken = await this.#table.put({
        Item: { ...Key, type: 'sendPace', emptyAt, expiresAt: epochSeconds(new Date(emptyAt)) + KEPT_SECONDS },
        ...(record === null
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'emptyAt = :read', ExpressionAttributeValues: { ':read': known } }),
      });
      if (isTaken) return new Date(firstAt).toISOString();
    }
    throw new ServiceUnavailableError(`no place was free in the row of ${name} after ${TRIES} tries; try again`);
  }
}
