// Deliveries: their records, tries, outcomes, and the count of single alerts. Digests: digest-store.ts. What is due: due-store.ts.

import { DAY_SECONDS } from '../../shared/core/time.ts';
import type { DeliveryFilter } from '../../shared/model/delivery-filter.ts';
import { REASON_OF_MAIL_EVENT, type Reason } from '../../shared/model/delivery-reason.ts';
import { hasFailed, mayComeBefore, REDELIVERABLE } from '../../shared/model/delivery-states.ts';
import type { ArticleId, DeliveryId, MatchId, SubscriptionId } from '../../shared/model/ids.ts';
import type { Page } from '../../shared/model/page.ts';
import { deliveryPosition, failedPosition, newestFirst } from '../../shared/model/positions.ts';
import type { Delivery } from '../../shared/model/subscription.ts';
import type { Clock, DeliveryStore } from '../../shared/ports.ts';
import type { DecodeMany } from './decode-many.ts';
import { decodeDelivery, encodeDelivery, livingDeliveries } from './delivery-codec.ts';
import { queryDeliveries } from './delivery-query.ts';
import { joinDigest, throwDigestClosed } from './digest-members.ts';
import { isExpired, isNewRecord } from './expiry.ts';
import {
  deliveriesOfHit,
  deliveriesOfMatch,
  deliveriesOfSubscription,
  deliveryIdOfKey,
  deliveryKey,
  FAILED_DELIVERIES,
  keyOf,
  pendingShardOf,
  rateKey,
} from './keys.ts';
import { decodeMatch } from './match-codec.ts';
import { listedIfFailed, outcomeWrite } from './outcome-write.ts';
import { pageOfRelated } from './related-page.ts';
import { TABLE } from './table.ts';
import { type Item, severalAtOnce, type TableClient } from './table-client.ts';

/** A count of single alerts is of no use after its window; a day covers every window. */
const RATE_KEPT_SECONDS = DAY_SECONDS;
/** Enough of a delivery's id, which begins with its match or article, to distinguish the alerts of one window; whole ids would make the record large. */
const RATE_MARK_LENGTH = 12;

type AttemptOutcome = Parameters<DeliveryStore['finishAttempt']>[1];

export class DynamoDbDeliveryStore implements DeliveryStore {
  readonly #table: TableClient;
  readonly #clock: Clock;
  readonly #decodeMany: DecodeMany;

  constructor(table: TableClient, clock: Clock, decodeMany: DecodeMany) {
    this.#table = table;
    this.#clock = clock;
    this.#decodeMany = decodeMany;
  }

  async createDelivery(delivery: Delivery, { isListed } = { isListed: true }): Promise<'created' | 'known'> {
    const put = { Item: encodeDelivery(delivery, { isListed }), ...isNewRecord(this.#clock) };
    if (delivery.state !== 'waiting' || delivery.digestId === null) {
      return (await this.#table.put(put)) ? 'created' : 'known';
    }
    const { refused } = await this.#table.transact([{ put }, ...joinDigest(delivery.digestId, delivery)]);
    if (refused.includes(0)) return 'known';
    if (refused.length > 0) throwDigestClosed(delivery.digestId);
    return 'created';
  }

  async listUnsettled(id: ArticleId): Promise<number> {
    const { pk, prefix } = deliveriesOfHit(id);
    const unsettled = { ':pending': 'pending', ':sending': 'sending' };
    const condition = '#state IN (:pending, :sending) AND attribute_not_exists(pendingShard)';
    const records = await this.#table.query({
      KeyConditionExpression: 'pk = :partition AND begins_with(sk, :prefix)',
      FilterExpression: condition,
      ProjectionExpression: 'pk, sk',
      ExpressionAttributeNames: STATE,
      ExpressionAttributeValues: { ':partition': pk, ':prefix': prefix, ...unsettled },
    });
    await severalAtOnce(records, async (record) => {
      const Key = keyOf(record);
      await this.#table.update({
        Key,
        UpdateExpression: 'SET pendingShard = :shard',
        ConditionExpression: condition,
        ExpressionAttributeNames: STATE,
        ExpressionAttributeValues: { ':shard': pendingShardOf(deliveryIdOfKey(Key)), ...unsettled },
      });
    });
    return records.length;
  }

  async getDelivery(id: DeliveryId): Promise<Delivery | null> {
    const record = await this.#table.get(deliveryKey(id));
    return record === null || isExpired(record, this.#clock) ? null : decodeDelivery(record);
  }

  deliveriesOfMatch(matchId: MatchId): Promise<readonly Delivery[]> {
    return this.#inPartition(deliveriesOfMatch(matchId));
  }

  deliveriesOfHit(id: ArticleId): Promise<readonly Delivery[]> {
    return this.#inPartition(deliveriesOfHit(id));
  }

  async getDeliveries(ids: readonly DeliveryId[]): Promise<readonly Delivery[]> {
    return this.#living(await this.#table.getMany([...new Set(ids)].map(deliveryKey), { consistent: true }));
  }

  deliveriesOfSubscription(
    id: SubscriptionId,
    page: { readonly limit: number; readonly cursor: string | null },
  ): Promise<Page<Delivery>> {
    return pageOfRelated(this.#table, {
      relatedTo: deliveriesOfSubscription(id),
      query: ['deliveries', id],
      page,
      decode: (records) => this.#living(records),
      position: deliveryPosition,
    });
  }

  queryDeliveries(
    filter: DeliveryFilter,
    page: { readonly limit: number; readonly cursor: string | null },
  ): Promise<Page<Delivery>> {
    return queryDeliveries(
      {
        table: this.#table,
        decodeDeliveries: (records) => this.#living(records),
        articlesOf: (records) =>
          new Map(this.#decodeMany(records, decodeMatch).map(({ id, article }) => [id, article.id as ArticleId])),
      },
      filter,
      page,
    );
  }

  async redeliver(id: DeliveryId, at: string): Promise<Delivery | null> {
    const fresh = { state: 'pending', dueAt: at, attempts: 0, ...NOTHING, listedIn: null, listedAt: null } as const;
    const write = outcomeWrite(fresh, pendingShardOf(id), at);
    const before = Object.fromEntries(REDELIVERABLE.map((state) => [`:before_${state}`, state]));
    const after = await this.#table.update({
      Key: deliveryKey(id),
      ...write,
      ConditionExpression: `#state IN (${Object.keys(before).join(', ')})`,
      ExpressionAttributeValues: { ...write.ExpressionAttributeValues, ...before },
    });
    return after === null ? null : decodeDelivery(after);
  }

  async beginAttempt(id: DeliveryId, now: string, until: string): Promise<Delivery | null> {
    const after = await this.#table.update({
      Key: deliveryKey(id),
      // In the index of what is pending it stays as it was: one that is not listed there has its hit.
      UpdateExpression: 'SET #state = :sending, attempts = attempts + :one, dueAt = :until, updatedAt = :now',
      // No process is sending, or the one that was ran out of time.
      ConditionExpression: '#state IN (:pending, :held) OR (#state = :sending AND dueAt <= :now)',
      ExpressionAttributeNames: STATE,
      ExpressionAttributeValues: {
        ':sending': 'sending',
        ':pending': 'pending',
        ':held': 'held',
        ':one': 1,
        ':until': until,
        ':now': now,
      },
    });
    return after === null ? null : decodeDelivery(after);
  }

  async finishAttempt(id: DeliveryId, outcome: AttemptOutcome, at: string): Promise<void> {
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
    if (!refused.includes(0) && refused.length > 0) throwDigestClosed(outcome.digestId);
  }

  async noteMailEvent(
    id: DeliveryId,
    { state, reason, providerId, wasSpokenFor }: Parameters<DeliveryStore['noteMailEvent']>[1],
    at: string,
  ): Promise<boolean> {
    const reasonCode = REASON_OF_MAIL_EVENT[state];
    const listed = listedIfFailed(id, { state, reasonCode }, at);
    const outcome = { state, reason, reasonCode, providerId, dueAt: null, ...listed };
    const write = outcomeWrite(outcome, '', at);
    const before = Object.fromEntries(mayComeBefore(state, wasSpokenFor).map((each) => [`:before_${each}`, each]));
    const after = await this.#table.update({
      Key: deliveryKey(id),
      ...write,
      // A mail whose sending was not noted yet was sent all the same.
      UpdateExpression: write.UpdateExpression.replace('SET ', 'SET sentAt = if_not_exists(sentAt, :updatedAt), '),
      ConditionExpression: `#state IN (${Object.keys(before).join(', ')})`,
      ExpressionAttributeValues: { ...write.ExpressionAttributeValues, ...before },
    });
    return after !== null;
  }

  async mergeHeld(ids: readonly DeliveryId[], why: Reason, at: string): Promise<void> {
    await severalAtOnce(ids, async (id) => {
      const write = outcomeWrite({ state: 'merged', dueAt: null, ...why }, '', at);
      await this.#table.update({
        Key: deliveryKey(id),
        ...write,
        ConditionExpression: '#state = :held',
        ExpressionAttributeValues: { ...write.ExpressionAttributeValues, ':held': 'held' },
      });
    });
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
    // The index may still name one that is being sent again.
    return found.filter(hasFailed).sort(newestFirst(failedPosition));
  }

  async reserveImmediateAlert(
    subscriptionId: SubscriptionId,
    windowStart: number,
    limit: number,
    deliveryId: DeliveryId,
  ): Promise<boolean> {
    const mark = deliveryId.slice(0, RATE_MARK_LENGTH);
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

  async #inPartition({ pk, prefix }: { readonly pk: string; readonly prefix: string }): Promise<readonly Delivery[]> {
    const records = await this.#table.query({
      KeyConditionExpression: 'pk = :partition AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':partition': pk, ':prefix': prefix },
      ConsistentRead: true,
    });
    return this.#living(records);
  }

  #living(records: readonly Item[]): readonly Delivery[] {
    return livingDeliveries(records, this.#clock, this.#decodeMany);
  }
}

const STATE = { '#state': 'state' };
/** Of an attempt that has no outcome. */
const NOTHING = { reason: null, reasonCode: null, providerId: null, sentAt: null, digestId: null } as const;
