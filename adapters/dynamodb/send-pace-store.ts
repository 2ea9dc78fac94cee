// The row of what is sent to a provider, for all processes: one record with the instant at which it will be empty. It is moved where it stands, not
// read first, so that any number of processes may take places at once.
import { gapOf, LONGEST_ROW_MS, takePlaces } from '../../shared/alerts/send-pace.ts';
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import { DAY_SECONDS, epochSeconds } from '../../shared/core/time.ts';
import type { SendPaceStore } from '../../shared/ports.ts';
import { sendPaceKey } from './keys.ts';
import type { TableClient } from './table-client.ts';

/** A row may end, or begin, between the two writes of a try. */
const TRIES = 4;
/** An idle row is forgotten after this; the longest row is a day. */
const KEPT_SECONDS = 3 * DAY_SECONDS;

export class DynamoDbSendPaceStore implements SendPaceStore {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /** Most rows are empty when a place is taken: then it is one write. */
  async reserve(
    name: string,
    count: number,
    pace: Parameters<SendPaceStore['reserve']>[2],
    now: string,
  ): Promise<string> {
    const at = Date.parse(now);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const known = (await this.#beginRow(name, count * gapOf(pace), at))
        ? null
        : await this.#endOfRow(name, count * gapOf(pace), at);
      if (known !== 'empty') return new Date(takePlaces(known, count, pace, at).firstAt).toISOString();
    }
    throw new ServiceUnavailableError(`no place was free in the row of ${name} after ${TRIES} tries; try again`);
  }

  /** False where the row is not empty. */
  async #beginRow(name: string, width: number, at: number): Promise<boolean> {
    const begun = await this.#write(name, at, {
      UpdateExpression: 'SET emptyAt = :end',
      ConditionExpression: 'attribute_not_exists(emptyAt) OR emptyAt <= :now OR emptyAt > :furthest',
      ExpressionAttributeValues: { ':end': at + width, ':now': at, ':furthest': at + LONGEST_ROW_MS },
    });
    return begun !== null;
  }

  /** Adds to the row. When it would have been empty before, epoch milliseconds. */
  async #endOfRow(name: string, width: number, at: number): Promise<number | 'empty'> {
    const after = await this.#write(name, at, {
      UpdateExpression: 'SET emptyAt = emptyAt + :width',
      ConditionExpression: 'emptyAt > :now AND emptyAt <= :furthest',
      ExpressionAttributeValues: { ':width': width, ':now': at, ':furthest': at + LONGEST_ROW_MS },
    });
    return after === null ? 'empty' : after - width;
  }

  /** When the row is empty after the write; null when the condition did not hold. */
  async #write(
    name: string,
    at: number,
    write: {
      readonly UpdateExpression: string;
      readonly ConditionExpression: string;
      readonly ExpressionAttributeValues: Readonly<Record<string, number>>;
    },
  ): Promise<number | null> {
    const after = await this.#table.update({
      Key: sendPaceKey(name),
      ...write,
      UpdateExpression: `${write.UpdateExpression}, #type = :type, expiresAt = :expiresAt`,
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: {
        ...write.ExpressionAttributeValues,
        ':type': 'sendPace',
        ':expiresAt': epochSeconds(new Date(at)) + KEPT_SECONDS,
      },
    });
    return after === null ? null : Number(after['emptyAt']);
  }
}
