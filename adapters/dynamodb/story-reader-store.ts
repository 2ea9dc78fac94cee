// What each subscriber was sent of each story, and which delivery of it may be sent now.
import type { DeliveryId, SubscriptionId } from '../../shared/model/ids.ts';
import { type Alerted, readerAfter, type StoryReader } from '../../shared/model/story.ts';
import type { Clock, StoryReaderStore } from '../../shared/ports.ts';
import { isExpired } from './expiry.ts';
import { decodeStoryReader, encodeStoryReader } from './hit-codec.ts';
import { storyReaderKey } from './keys.ts';
import type { TableClient } from './table-client.ts';

/** A record that another process writes at the same time is read again so often. */
const TRIES = 5;

export class DynamoDbStoryReaderStore implements StoryReaderStore {
  readonly #table: TableClient;
  readonly #clock: Clock;

  constructor(table: TableClient, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
  }

  async getReader(storyId: string, subscriptionId: SubscriptionId): Promise<StoryReader | null> {
    const record = await this.#table.get(storyReaderKey(storyId, subscriptionId));
    return record === null || isExpired(record, this.#clock) ? null : decodeStoryReader(record);
  }

  async beginSending(
    { storyId, subscriptionId, expiresAt }: Parameters<StoryReaderStore['beginSending']>[0],
    deliveryId: DeliveryId,
    now: string,
    until: string,
  ): Promise<StoryReader | null> {
    const after = await this.#table.update({
      Key: storyReaderKey(storyId, subscriptionId),
      UpdateExpression:
        'SET sending = :delivery, sendingUntil = :until, storyId = :story, subscriptionId = :subscription, #type = :type, ' +
        'topics = if_not_exists(topics, :none), spokeFor = if_not_exists(spokeFor, :none), held = if_not_exists(held, :none), ' +
        'expiresAt = if_not_exists(expiresAt, :expiresAt)',
      // Nothing is being sent, this delivery is, or what was being sent ran out of time.
      ConditionExpression: 'attribute_not_exists(sending) OR sending = :delivery OR sendingUntil <= :now',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: {
        ':delivery': deliveryId,
        ':until': until,
        ':now': now,
        ':story': storyId,
        ':subscription': subscriptionId,
        ':type': 'storyReader',
        ':none': [],
        ':expiresAt': expiresAt,
      },
    });
    return after === null ? null : decodeStoryReader(after);
  }

  /** Topics that a digest added meanwhile are kept. */
  async endSending(reader: StoryReader, deliveryId: DeliveryId): Promise<void> {
    const key = storyReaderKey(reader.storyId, reader.subscriptionId);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const now = await this.#table.get(key);
      if (now === null) return;
      const known = decodeStoryReader(now);
      if (known.sending !== deliveryId) return;
      const topics = [...new Set([...reader.topics, ...known.topics])].sort();
      const isWritten = await this.#table.put({
        Item: encodeStoryReader({ ...reader, topics, sending: null, sendingUntil: null }),
        ConditionExpression: 'sending = :delivery AND topics = :topics',
        ExpressionAttributeValues: { ':delivery': deliveryId, ':topics': known.topics },
      });
      if (isWritten) return;
    }
  }

  async noteAlerted(noted: Alerted): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const before = await this.#table.get(storyReaderKey(noted.storyId, noted.subscriptionId));
      const known = before === null ? null : decodeStoryReader(before);
      const isWritten = await this.#table.put({
        Item: encodeStoryReader(readerAfter(known, noted)),
        // As it was read: each change of it takes or gives back the right to send, or adds topics.
        ...(known === null
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression:
                'topics = :topics AND (sending = :sending OR (attribute_not_exists(sending) AND :sending = :nobody))',
              ExpressionAttributeValues: {
                ':topics': known.topics,
                ':sending': known.sending ?? '',
                ':nobody': '',
              },
            }),
      });
      if (isWritten) return;
    }
  }
}
