// Which days have matches or stories: one record a day, so that a query skips the days without any.
import { DAY_SECONDS } from '../../shared/core/time.ts';
import type { Key, TableClient } from './table-client.ts';

export class NotedDays {
  readonly #table: TableClient;
  readonly #keyOf: (day: string) => Key;
  readonly #type: string;
  /** Days this process has noted already, with how long the note lasts: one write a day instead of one an entry. */
  readonly #noted = new Map<string, number>();

  constructor(table: TableClient, keyOf: (day: string) => Key, type: string) {
    this.#table = table;
    this.#keyOf = keyOf;
    this.#type = type;
  }

  /** The day of `instant` has an entry until `entryExpiresAt`, in seconds since 1970. */
  async note(instant: string, entryExpiresAt: number): Promise<void> {
    const day = instant.slice(0, 10);
    // Rounded up, so that the entries of a day ask for the same.
    const expiresAt = Math.ceil(entryExpiresAt / DAY_SECONDS + 1) * DAY_SECONDS;
    if ((this.#noted.get(day) ?? 0) >= expiresAt) return;
    await this.#table.update({
      Key: this.#keyOf(day),
      UpdateExpression: 'SET expiresAt = :until, #type = :type',
      ConditionExpression: 'attribute_not_exists(expiresAt) OR expiresAt < :until',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: { ':until': expiresAt, ':type': this.#type },
    });
    this.#noted.set(day, expiresAt);
  }
}
