// What each subscriber was sent of each story, and which delivery of it may be sent now.
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import { epochSeconds } from '../../shared/core/time.ts';
import type { DeliveryId, SubscriptionId } from '../../shared/model/ids.ts';
import {
  type Alerted,
  furthestSending,
  newReader,
  readerAfter,
  readerAtEnd,
  readerWithoutAlert,
  type StoryReader,
} from '../../shared/model/story.ts';
import type { Clock, StoryReaderStore } from '../../shared/ports.ts';
import { isExpired } from './expiry.ts';
import { decodeStoryReader, encodeStoryReader } from './hit-codec.ts';
import { storyReaderKey } from './keys.ts';
import type { Item, TableClient } from './table-client.ts';

/** How often a record is read again because another process wrote it at the same time. */
const TRIES = 8;
/** More rights than one process has at a time; those that were never given back are forgotten with the others. */
const MOST_BEGUN = 1_000;

export class DynamoDbStoryReaderStore implements StoryReaderStore {
  readonly #table: TableClient;
  readonly #clock: Clock;
  /** Records as they were when the right to send was taken, by its delivery: when it is given back, most of them have not changed since. */
  readonly #begun = new Map<DeliveryId, Item>();

  constructor(table: TableClient, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  async getReader(
    storyId: string,
    subscriptionId: SubscriptionId,
    { consistent } = { consistent: true },
  ): Promise<StoryReader | null> {
    const record = await this.#table.get(storyReaderKey(storyId, subscriptionId), { consistent });
    return record === null || isExpired(record, this.#clock) ? null : decodeStoryReader(record);
  }

  async beginSending(
    { storyId, subscriptionId, expiresAt }: Parameters<StoryReaderStore['beginSending']>[0],
    deliveryId: DeliveryId,
    now: string,
    until: string,
  ): Promise<StoryReader | null> {
    const Key = storyReaderKey(storyId, subscriptionId);
    const after = await this.#table.update({
      Key,
      UpdateExpression:
        'SET sending = :delivery, sendingUntil = :until, storyId = :story, subscriptionId = :subscription, #type = :type, ' +
        'topics = if_not_exists(topics, :none), spokeFor = if_not_exists(spokeFor, :none), held = if_not_exists(held, :none), ' +
        'expiresAt = if_not_exists(expiresAt, :expiresAt) ADD revision :one',
      // Nothing is being sent, this delivery is, what was being sent ran out of time, or a clock that ran ahead gave it too much; and the
      // record is new or still counts.
      ConditionExpression:
        '(attribute_not_exists(sending) OR sending = :delivery OR sendingUntil <= :now OR sendingUntil > :furthest) AND ' +
        '(attribute_not_exists(pk) OR expiresAt > :second)',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: {
        ':delivery': deliveryId,
        ':until': until,
        ':now': now,
        ':second': epochSeconds(this.#clock.now()),
        ':furthest': furthestSending(until),
        ':story': storyId,
        ':subscription': subscriptionId,
        ':type': 'storyReader',
        ':none': [],
        ':one': 1,
        ':expiresAt': expiresAt,
      },
    });
    if (after !== null) {
      if (this.#begun.size >= MOST_BEGUN) this.#begun.clear();
      this.#begun.set(deliveryId, after);
      return decodeStoryReader(after);
    }
    const record = await this.#table.get(Key);
    if (record === null || !isExpired(record, this.#clock)) return null;
    // Expired and not yet deleted: as if it were not there.
    const fresh = newReader({ storyId, subscriptionId, expiresAt }, { deliveryId, until });
    return (await this.#replace(record, fresh)) ? fresh : null;
  }

  /** Keeps what digests added meanwhile. */
  endSending(reader: StoryReader, deliveryId: DeliveryId): Promise<void> {
    const begun = this.#begun.get(deliveryId) ?? null;
    this.#begun.delete(deliveryId);
    const atEnd = (known: StoryReader | null) => (known?.sending === deliveryId ? readerAtEnd(reader, known) : null);
    return this.#change(reader, atEnd, begun);
  }

  noteAlerted(noted: Alerted): Promise<void> {
    return this.#change(noted, (known) => readerAfter(known, noted));
  }

  forgetAlert(storyId: string, subscriptionId: SubscriptionId, alertedBy: string): Promise<void> {
    return this.#change({ storyId, subscriptionId }, (known) =>
      known?.alertedBy === alertedBy ? readerWithoutAlert(known) : null,
    );
  }

  /**
   * `change` gives null where there is nothing to write. `asRead`: the record as this process has it, which saves reading it unless another process
   * has written since. Throws ServiceUnavailableError when others kept writing.
   */
  async #change(
    { storyId, subscriptionId }: Pick<StoryReader, 'storyId' | 'subscriptionId'>,
    change: (known: StoryReader | null) => StoryReader | null,
    asRead: Item | null = null,
  ): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const known = tries === 0 ? asRead : null;
      const record = known ?? (await this.#table.get(storyReaderKey(storyId, subscriptionId)));
      const after = change(record === null || isExpired(record, this.#clock) ? null : decodeStoryReader(record));
      if (after === null || (await this.#replace(record, after))) return;
    }
    throw new ServiceUnavailableError(
      `what subscription ${subscriptionId} was sent of story ${storyId} kept changing; gave up after ${TRIES} tries`,
    );
  }

  /** False when another process has written since `before` was read. */
  #replace(before: Item | null, after: StoryReader): Promise<boolean> {
    const revision = before === null ? 0 : Number(before['revision'] ?? 0);
    return this.#table.put({
      Item: { ...encodeStoryReader(after), revision: revision + 1 },
      ...(before === null
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': revision } }),
    });
  }
}
