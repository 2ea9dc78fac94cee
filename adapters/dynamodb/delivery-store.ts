// Deliveries, digests, and the count of single alerts: who is sending what, and what is still to be sent.
// Every change of state is one conditional write, so that of two workers one wins.

import { ConflictError } from '../../shared/core/errors.ts';
import { DAY_SECONDS, epochSeconds } from '../../shared/core/time.ts';
import type { DeliveryId, MatchId, SubscriptionId } from '../../shared/model/ids.ts';
import { splitDeliveryId } from '../../shared/model/ids.ts';
import type { Page } from '../../shared/model/page.ts';
import type { Delivery, Digest, Due } from '../../shared/model/subscription.ts';
import type { Clock, DeliveryStore } from '../../shared/ports.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { DecodeMany } from './decode-many.ts';
import { decodeDelivery, decodeDigest, encodeDelivery, encodeDigest, fitReason } from './delivery-codec.ts';
import {
  deliveriesOfMatch,
  deliveriesOfSubscription,
  deliveryKey,
  digestKey,
  FAILED_DELIVERIES,
  failedPosition,
  MEMBER_PREFIX,
  memberKey,
  pendingKey,
  pendingKindOf,
  pendingShardOf,
  pendingShards,
  rateKey,
} from './keys.ts';
import { TABLE } from './table.ts';
import { type Action, type Item, type Key, severalAtOnce, type TableClient } from './table-client.ts';

/** A count of single alerts is of no use after its window; a day covers every window. */
const RATE_KEPT_SECONDS = DAY_SECONDS;
/** Enough of a match id to tell the alerts of one window apart; whole ids would make the record large. */
const RATE_MARK_LENGTH = 12;

type Outcome = Parameters<DeliveryStore['finishAttempt']>[1];

export class DynamoDbDeliveryStore implements DeliveryStore {
  readonly #table: TableClient;
  readonly #clock: Clock;
  readonly #decodeMany: DecodeMany;

  constructor(table: TableClient, clock: Clock, decodeMany: DecodeMany) {
    this.#table = table;
    this.#clock = clock;
    this.#decodeMany = decodeMany;
  }

  async createDelivery(delivery: Delivery): Promise<'created' | 'known'> {
    const put = {
      Item: encodeDelivery(delivery),
      // New, or expired and not yet deleted.
      ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
      ExpressionAttributeValues: { ':now': this.#nowSeconds() },
    };
    if (delivery.state !== 'waiting' || delivery.digestId === null) {
      return (await this.#table.put(put)) ? 'created' : 'known';
    }
    const { refused } = await this.#table.transact([{ put }, ...joinDigest(delivery.digestId, delivery)]);
    if (refused.includes(0)) return 'known';
    if (refused.length > 0) throw digestTakesNoMore(delivery.digestId);
    return 'created';
  }

  async getDelivery(id: DeliveryId): Promise<Delivery | null> {
    const record = await this.#table.get(deliveryKey(id));
    return record === null || this.#isExpired(record) ? null : decodeDelivery(record);
  }

  async deliveriesOfMatch(matchId: MatchId): Promise<readonly Delivery[]> {
    const { pk, prefix } = deliveriesOfMatch(matchId);
    const records = await this.#table.query({
      KeyConditionExpression: 'pk = :match AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':match': pk, ':prefix': prefix },
      ConsistentRead: true,
    });
    return this.#living(records);
  }

  async deliveriesOfSubscription(
    id: SubscriptionId,
    page: { readonly limit: number; readonly cursor: string | null },
  ): Promise<Page<Delivery>> {
    const query = ['deliveries', id];
    const { name, partitionKey, sortKey } = TABLE.indexes.related;
    const keys = await this.#table.query(
      {
        IndexName: name,
        KeyConditionExpression: `${partitionKey} = :subscription AND ${sortKey} < :before`,
        ExpressionAttributeValues: {
          ':subscription': deliveriesOfSubscription(id),
          ':before': decodeCursor(query, page.cursor) ?? '~',
        },
        ProjectionExpression: `pk, sk, ${sortKey}`,
        ScanIndexForward: false,
      },
      page.limit + 1,
    );
    const chosen = keys.slice(0, page.limit);
    const found = this.#living(await this.#table.getMany(chosen.map(keyOf), { consistent: true }));
    const last = chosen.at(-1);
    return {
      items: [...found].sort((a, b) => (newestFirstKey(a) < newestFirstKey(b) ? 1 : -1)),
      cursor: last !== undefined && keys.length > chosen.length ? encodeCursor(query, String(last[sortKey])) : null,
    };
  }

  async beginAttempt(id: DeliveryId, now: string, until: string): Promise<Delivery | null> {
    const after = await this.#table.update({
      Key: deliveryKey(id),
      UpdateExpression:
        'SET #state = :sending, attempts = attempts + :one, dueAt = :until, pendingShard = :shard, updatedAt = :now',
      // Nobody is sending, or whoever was ran out of time.
      ConditionExpression: '#state = :pending OR (#state = :sending AND dueAt <= :now)',
      ExpressionAttributeNames: STATE,
      ExpressionAttributeValues: {
        ':sending': 'sending',
        ':pending': 'pending',
        ':one': 1,
        ':until': until,
        ':now': now,
        ':shard': pendingShardOf(id),
      },
    });
    return after === null ? null : decodeDelivery(after);
  }

  async finishAttempt(id: DeliveryId, outcome: Outcome, at: string): Promise<void> {
    const write = {
      Key: deliveryKey(id),
      ...outcomeWrite({ ...outcome, ...listedIfFailed(id, outcome, at) }, pendingShardOf(id), at),
      // An attempt whose outcome is written already keeps it.
      ConditionExpression: '#state = :sending',
    };
    write.ExpressionAttributeValues[':sending'] = 'sending';
    if (outcome.state !== 'waiting' || outcome.digestId === null) {
      await this.#table.update(write);
      return;
    }
    const delivery = await this.getDelivery(id);
    if (delivery === null) return;
    const { refused } = await this.#table.transact([{ update: write }, ...joinDigest(outcome.digestId, delivery)]);
    if (!refused.includes(0) && refused.length > 0) throw digestTakesNoMore(outcome.digestId);
  }

  async listDue(now: string, limit: number): Promise<readonly Due[]> {
    return (await this.#pending('<=', now, limit)).slice(0, limit);
  }

  async listAhead(now: string, limit: number): Promise<readonly Due[]> {
    return (await this.#pending('>', now, limit)).toReversed().slice(0, limit);
  }

  async bringForward(entry: Due, now: string): Promise<void> {
    const { sortKey } = TABLE.indexes.pending;
    await this.#table.update({
      Key: pendingKey(entry),
      UpdateExpression: `SET ${sortKey} = :now`,
      ConditionExpression: `${sortKey} > :now`,
      ExpressionAttributeValues: { ':now': now },
    });
  }

  /** Oldest first; of each shard at most `limit`, those nearest to the end that is asked for. */
  async #pending(comparison: '<=' | '>', now: string, limit: number): Promise<readonly Due[]> {
    const { name, partitionKey, sortKey } = TABLE.indexes.pending;
    const shards = await Promise.all(
      pendingShards().map((shard) =>
        this.#table.query(
          {
            IndexName: name,
            KeyConditionExpression: `${partitionKey} = :shard AND ${sortKey} ${comparison} :now`,
            FilterExpression: 'expiresAt > :nowSeconds',
            ExpressionAttributeValues: { ':shard': shard, ':now': now, ':nowSeconds': this.#nowSeconds() },
            ScanIndexForward: comparison === '<=',
          },
          limit,
        ),
      ),
    );
    return shards
      .flat()
      .flatMap((record): readonly Due[] => {
        const pending = pendingKindOf(keyOf(record));
        return pending === null ? [] : [{ ...pending, dueAt: String(record[sortKey]) }];
      })
      .sort((a, b) => (a.dueAt === b.dueAt ? (a.id < b.id ? -1 : 1) : a.dueAt < b.dueAt ? -1 : 1));
  }

  async listFailed(since: string, limit: number): Promise<readonly Delivery[]> {
    const { name, partitionKey, sortKey } = TABLE.indexes.listed;
    const keys = await this.#table.query(
      {
        IndexName: name,
        KeyConditionExpression: `${partitionKey} = :failed AND ${sortKey} >= :since`,
        ExpressionAttributeValues: { ':failed': FAILED_DELIVERIES, ':since': since },
        ProjectionExpression: 'pk, sk',
        ScanIndexForward: false,
      },
      limit,
    );
    const found = this.#living(await this.#table.getMany(keys.map(keyOf), { consistent: true }));
    return [...found].sort((a, b) => (failedPosition(a.id, a.updatedAt) < failedPosition(b.id, b.updatedAt) ? 1 : -1));
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
    return record === null || this.#isExpired(record) ? null : decodeDigest(record);
  }

  async digestMembers(id: string): Promise<readonly Delivery[]> {
    const members = await this.#table.query({
      KeyConditionExpression: 'pk = :digest AND begins_with(sk, :member)',
      ExpressionAttributeValues: { ':digest': digestKey(id).pk, ':member': MEMBER_PREFIX },
      ConsistentRead: true,
    });
    const keys = members.map(({ sk }) => deliveryKey(String(sk).slice(MEMBER_PREFIX.length) as DeliveryId));
    const found = this.#living(await this.#table.getMany(keys, { consistent: true }));
    return [...found].sort((a, b) => (newestFirstKey(a) < newestFirstKey(b) ? -1 : 1));
  }

  async beginDigest(id: string, now: string, until: string): Promise<Digest | null> {
    const after = await this.#table.update({
      Key: digestKey(id),
      UpdateExpression:
        'SET #state = :closed, attempts = attempts + :one, dueAt = :until, pendingShard = :shard, updatedAt = :now',
      // Nobody closed it, or whoever did ran out of time.
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
    outcome: Pick<Digest, 'state' | 'dueAt' | 'reason'>,
    members: readonly DeliveryId[],
    at: string,
  ): Promise<void> {
    const isFinal = outcome.state !== 'open' && outcome.state !== 'closed';
    if (isFinal) await severalAtOnce(members, (member) => this.#finishMember(member, outcome, at));
    const write = outcomeWrite(outcome, pendingShardOf(id), at);
    await this.#table.update({
      Key: digestKey(id),
      ...write,
      // A digest whose outcome is written already keeps it.
      ConditionExpression: '#state = :closed',
      ExpressionAttributeValues: { ...write.ExpressionAttributeValues, ':closed': 'closed' },
    });
  }

  async reserveImmediateAlert(
    subscriptionId: SubscriptionId,
    windowStart: number,
    limit: number,
    deliveryId: DeliveryId,
  ): Promise<boolean> {
    const mark = splitDeliveryId(deliveryId).matchId.slice(0, RATE_MARK_LENGTH);
    const after = await this.#table.update({
      Key: rateKey(subscriptionId, windowStart),
      UpdateExpression: 'ADD taken :marks SET expiresAt = :expiresAt, #type = :type',
      // Counted already, or there is room for one more.
      ConditionExpression:
        'contains(taken, :mark) OR size(taken) < :limit OR (attribute_not_exists(taken) AND :limit > :none)',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: {
        ':marks': new Set([mark]),
        ':mark': mark,
        ':limit': limit,
        ':none': 0,
        ':expiresAt': windowStart + RATE_KEPT_SECONDS,
        ':type': 'singleAlerts',
      },
    });
    return after !== null;
  }

  async #finishMember(id: DeliveryId, outcome: Pick<Digest, 'state' | 'reason'>, at: string): Promise<void> {
    const { reason } = outcome;
    const state = outcome.state as 'sent' | 'failed' | 'suppressed';
    const sentAt = state === 'sent' ? at : null;
    const write = outcomeWrite({ state, dueAt: null, reason, sentAt, ...listedIfFailed(id, outcome, at) }, '', at);
    await this.#table.update({
      Key: deliveryKey(id),
      ...write,
      ConditionExpression: '#state = :waiting',
      ExpressionAttributeValues: { ...write.ExpressionAttributeValues, ':waiting': 'waiting' },
    });
  }

  #living(records: readonly Item[]): readonly Delivery[] {
    return this.#decodeMany(
      records.filter((record) => !this.#isExpired(record)),
      decodeDelivery,
    );
  }

  #isExpired(record: Item): boolean {
    return typeof record['expiresAt'] === 'number' && record['expiresAt'] <= this.#nowSeconds();
  }

  #nowSeconds(): number {
    return epochSeconds(this.#clock.now());
  }
}

const STATE = { '#state': 'state' };

/** Sets the fields of an outcome, removes those that are null, and keeps the record in or out of the index of what is pending. */
function outcomeWrite(
  outcome: Partial<Omit<Outcome, 'state'>> & {
    readonly state: string;
    readonly dueAt: string | null;
    readonly listedIn?: string;
    readonly listedAt?: string;
  },
  shard: string,
  at: string,
): {
  UpdateExpression: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues: Record<string, unknown>;
} {
  const fields: Record<string, unknown> = {
    ...outcome,
    updatedAt: at,
    pendingShard: outcome.dueAt === null ? null : shard,
    ...(outcome.reason !== undefined && { reason: fitReason(outcome.reason) }),
  };
  const names = Object.keys(fields).filter((name) => fields[name] !== undefined);
  const kept = names.filter((name) => fields[name] !== null);
  const removed = names.filter((name) => fields[name] === null);
  const set = `SET ${kept.map((name) => `#${name} = :${name}`).join(', ')}`;
  return {
    UpdateExpression: removed.length === 0 ? set : `${set} REMOVE ${removed.map((name) => `#${name}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(kept.map((name) => [`:${name}`, fields[name]])),
  };
}

/** The place of a failed delivery in the index of what is listed. */
const listedIfFailed = (id: DeliveryId, { state }: { readonly state: string }, at: string) =>
  state === 'failed' ? { listedIn: FAILED_DELIVERIES, listedAt: failedPosition(id, at) } : {};

/** A member is added only while the digest is open: closing it and reading its members can so miss none. */
function joinDigest(digestId: string, delivery: Pick<Delivery, 'id' | 'expiresAt'>): readonly Action[] {
  return [
    {
      put: {
        Item: { ...memberKey(digestId, delivery.id), type: 'digestMember', expiresAt: delivery.expiresAt },
      },
    },
    {
      check: {
        Key: digestKey(digestId),
        ConditionExpression: '#state = :open',
        ExpressionAttributeNames: STATE,
        ExpressionAttributeValues: { ':open': 'open' },
      },
    },
  ];
}

const digestTakesNoMore = (id: string): ConflictError =>
  new ConflictError(`the digest "${id}" is closed and takes no more deliveries; the next window does`);

const keyOf = (record: Item): Key => ({ pk: String(record['pk']), sk: String(record['sk']) });

const newestFirstKey = ({ createdAt, id }: Delivery): string => `${createdAt}#${id}`;
