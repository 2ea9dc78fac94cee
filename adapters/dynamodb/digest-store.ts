// Digests and their members. A delivery joins a digest where it is written: delivery-store.ts.

import type { Reason } from '../../shared/model/delivery-reason.ts';
import { hasReached } from '../../shared/model/delivery-states.ts';
import { memberAfter } from '../../shared/model/digest-member.ts';
import type { DeliveryId } from '../../shared/model/ids.ts';
import { deliveryPosition, oldestFirst } from '../../shared/model/positions.ts';
import type { Delivery, Digest } from '../../shared/model/subscription.ts';
import type { Clock, DigestStore } from '../../shared/ports.ts';
import type { DecodeMany } from './decode-many.ts';
import { decodeDigest, encodeDigest, livingDeliveries } from './delivery-codec.ts';
import { isExpired } from './expiry.ts';
import { deliveryKey, digestKey, MEMBER_PREFIX, pendingShardOf } from './keys.ts';
import { listedIfFailed, outcomeWrite } from './outcome-write.ts';
import { type Item, severalAtOnce, type TableClient } from './table-client.ts';

type DigestOutcome = Parameters<DigestStore['finishDigest']>[1];

export class DynamoDbDigestStore implements DigestStore {
  readonly #table: TableClient;
  readonly #clock: Clock;
  readonly #decodeMany: DecodeMany;

  constructor(table: TableClient, clock: Clock, decodeMany: DecodeMany) {
    this.#table = table;
    this.#clock = clock;
    this.#decodeMany = decodeMany;
  }

  async openDigest(digest: Digest): Promise<'open' | 'closed'> {
    const isNew = await this.#table.put({
      Item: encodeDigest(digest),
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    if (isNew) return 'open';
    return (await this.getDigest(digest.id))?.state === 'open' ? 'open' : 'closed';
  }

  async getDigest(id: string): Promise<Digest | null> {
    const record = await this.#table.get(digestKey(id));
    return record === null || isExpired(record, this.#clock) ? null : decodeDigest(record);
  }

  async digestMembers(id: string): Promise<readonly Delivery[]> {
    const members = await this.#table.query({
      KeyConditionExpression: 'pk = :digest AND begins_with(sk, :member)',
      ExpressionAttributeValues: { ':digest': digestKey(id).pk, ':member': MEMBER_PREFIX },
      ConsistentRead: true,
    });
    const keys = members.map(({ sk }) => deliveryKey(String(sk).slice(MEMBER_PREFIX.length) as DeliveryId));
    const found = this.#living(await this.#table.getMany(keys, { consistent: true }));
    return [...found].sort(oldestFirst(deliveryPosition));
  }

  async beginDigest(id: string, now: string, until: string): Promise<Digest | null> {
    const after = await this.#table.update({
      Key: digestKey(id),
      UpdateExpression:
        'SET #state = :closed, attempts = attempts + :one, dueAt = :until, pendingShard = :shard, updatedAt = :now',
      // No process has closed it, or the one that did ran out of time.
      ConditionExpression: '#state = :open OR (#state = :closed AND dueAt <= :now)',
      ExpressionAttributeNames: STATE,
      ExpressionAttributeValues: {
        ':open': 'open',
        ':closed': 'closed',
        ':one': 1,
        ':until': until,
        ':now': now,
        ':shard': pendingShardOf(id),
      },
    });
    return after === null ? null : decodeDigest(after);
  }

  /** Members first: after a crash the digest is due again, and is sent again under the same id. */
  async finishDigest(
    id: string,
    outcome: DigestOutcome,
    members: readonly DeliveryId[],
    at: string,
    merged: ReadonlySet<DeliveryId> = new Set(),
    leftOut: ReadonlyMap<DeliveryId, Reason> = new Map(),
  ): Promise<void> {
    const { receipt, ...ofDigest } = outcome;
    const { state } = outcome;
    if (state !== 'open' && state !== 'closed') {
      const end = { ...outcome, state, merged, leftOut };
      await severalAtOnce(members, (member) => this.#finishMember(member, memberAfter(member, end), at));
    }
    const write = outcomeWrite(ofDigest, pendingShardOf(id), at);
    await this.#table.update({
      Key: digestKey(id),
      ...write,
      // A digest whose outcome is written already keeps it.
      ConditionExpression: '#state = :closed',
      ExpressionAttributeValues: { ...write.ExpressionAttributeValues, ':closed': 'closed' },
    });
  }

  async #finishMember(id: DeliveryId, outcome: ReturnType<typeof memberAfter>, at: string): Promise<void> {
    const sentAt = hasReached(outcome) ? at : null;
    const write = outcomeWrite({ ...outcome, dueAt: null, sentAt, ...listedIfFailed(id, outcome, at) }, '', at);
    await this.#table.update({
      Key: deliveryKey(id),
      ...write,
      ConditionExpression: '#state = :waiting',
      ExpressionAttributeValues: { ...write.ExpressionAttributeValues, ':waiting': 'waiting' },
    });
  }

  #living(records: readonly Item[]): readonly Delivery[] {
    return livingDeliveries(records, this.#clock, this.#decodeMany);
  }
}

const STATE = { '#state': 'state' };
