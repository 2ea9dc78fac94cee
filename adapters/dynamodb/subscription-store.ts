// Subscriptions; who subscribes to a topic; whose token that is. One record per (topic, active subscription) answers the hot question.

import { ConflictError, NotFoundError } from '../../shared/core/errors.ts';
import type { SubscriptionId } from '../../shared/model/ids.ts';
import type { Page } from '../../shared/model/page.ts';
import type { Subscription, SubscriptionChange } from '../../shared/model/subscription.ts';
import { checkTopicCount } from '../../shared/model/subscription-topics.ts';
import { hashOfAddress } from '../../shared/model/suppression.ts';
import type { SubscriptionStore } from '../../shared/ports.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { DecodeMany } from './decode-many.ts';
import {
  PARTITIONS,
  SUBSCRIPTIONS,
  subscriberKey,
  subscribersOfTopic,
  subscriptionKey,
  targetHashPartition,
  tokenKey,
} from './keys.ts';
import { nameOf, RecordReader } from './record.ts';
import { decodeSubscription, encodeSubscription, revisionOfSubscription } from './subscription-codec.ts';
import { TABLE } from './table.ts';
import type { Action, TableClient } from './table-client.ts';

const EVERY_TOPIC = '*';
const TRIES = 5;
const SUBSCRIPTIONS_QUERY = ['subscriptions'];

export class DynamoDbSubscriptionStore implements SubscriptionStore {
  readonly #table: TableClient;
  readonly #decodeMany: DecodeMany;

  constructor(table: TableClient, decodeMany: DecodeMany) {
    this.#table = table;
    this.#decodeMany = decodeMany;
  }

  async createSubscription(subscription: Subscription): Promise<void> {
    checkTopicCount(subscription.topics);
    const isNew = 'attribute_not_exists(pk)';
    const { refused } = await this.#table.transact([
      { put: { Item: encodeSubscription(subscription, 1), ConditionExpression: isNew } },
      {
        put: {
          Item: { ...tokenKey(subscription.unsubscribeToken), type: 'token', subscriptionId: subscription.id },
          ConditionExpression: isNew,
        },
      },
      ...topicsOfActive(subscription).map((topic) => putSubscriber(topic, subscription.id)),
    ]);
    if (refused.length > 0) throw new ConflictError(`subscription "${subscription.id}" exists already`);
  }

  async getSubscription(id: SubscriptionId): Promise<Subscription | null> {
    const record = await this.#table.get(subscriptionKey(id));
    return record && decodeSubscription(record);
  }

  async getByToken(unsubscribeToken: string): Promise<Subscription | null> {
    if (unsubscribeToken === '') return null;
    const record = await this.#table.get(tokenKey(unsubscribeToken));
    if (record === null) return null;
    return this.getSubscription(new RecordReader(record, 'of a token').string('subscriptionId') as SubscriptionId);
  }

  async subscriptionsOfTopics(topicIds: readonly string[]): Promise<readonly Subscription[]> {
    const topics = [...new Set([...topicIds, EVERY_TOPIC])];
    const subscribers = await Promise.all(topics.map((topic) => this.#subscriberIds(topic)));
    const found = await this.#load(subscribers.flat());
    return found.filter(
      ({ state, topics: wanted }) => state === 'active' && wanted.some((topic) => topics.includes(topic)),
    );
  }

  async subscribersPage(
    topicIds: readonly string[],
    { limit, after }: { readonly limit: number; readonly after: string | null },
  ): Promise<{ readonly items: readonly Subscription[]; readonly next: string | null }> {
    const topics = [...new Set([...topicIds, EVERY_TOPIC])].sort();
    const { topic = topics[0] ?? EVERY_TOPIC, id } = positionIn(after);
    const keys = await this.#table.query(
      {
        KeyConditionExpression: id === '' ? 'pk = :topic' : 'pk = :topic AND sk > :id',
        ExpressionAttributeValues: { ':topic': subscribersOfTopic(topic), ...(id === '' ? {} : { ':id': id }) },
        ConsistentRead: true,
      },
      limit + 1,
    );
    const ids = keys.slice(0, limit).map((record) => new RecordReader(record, nameOf(record)).string('sk'));
    const further = keys.length > limit ? topic : topics.find((each) => each > topic);
    return {
      // Each is read again before anything is sent to it: a moment old is good enough.
      items: (await this.#load(ids as SubscriptionId[], { consistent: false })).filter(
        ({ state }) => state === 'active',
      ),
      next: further === undefined ? null : `${further}${POSITION_MARK}${further === topic ? ids.at(-1) : ''}`,
    };
  }

  subscriptionsOfTarget(target: string): Promise<readonly Subscription[]> {
    return this.subscriptionsOfHash(hashOfAddress(target));
  }

  async subscriptionsOfHash(hash: string): Promise<readonly Subscription[]> {
    const { name, partitionKey } = TABLE.indexes.related;
    const keys = await this.#table.query({
      IndexName: name,
      KeyConditionExpression: `${partitionKey} = :target`,
      ExpressionAttributeValues: { ':target': targetHashPartition(hash) },
      ProjectionExpression: 'pk, sk',
    });
    return this.#load(keys.map(({ pk }) => idOfPartition(String(pk))));
  }

  async listSubscriptions(page: {
    readonly limit: number;
    readonly cursor: string | null;
  }): Promise<Page<Subscription>> {
    const { name, partitionKey, sortKey } = TABLE.indexes.listed;
    const after = decodeCursor(SUBSCRIPTIONS_QUERY, page.cursor);
    const keys = await this.#table.query(
      {
        IndexName: name,
        KeyConditionExpression: `${partitionKey} = :all AND ${sortKey} > :after`,
        ExpressionAttributeValues: { ':all': SUBSCRIPTIONS, ':after': after ?? '0' },
        ProjectionExpression: `pk, sk, ${sortKey}`,
      },
      page.limit + 1,
    );
    const chosen = keys.slice(0, page.limit);
    const byId = new Map(
      (await this.#load(chosen.map(({ pk }) => idOfPartition(String(pk))))).map((one) => [one.id, one]),
    );
    const last = chosen.at(-1);
    return {
      items: chosen.flatMap(({ pk }) => byId.get(idOfPartition(String(pk))) ?? []),
      cursor:
        last !== undefined && keys.length > chosen.length
          ? encodeCursor(SUBSCRIPTIONS_QUERY, String(last[sortKey]))
          : null,
    };
  }

  async updateSubscription(
    id: SubscriptionId,
    change: SubscriptionChange | ((latest: Subscription) => SubscriptionChange),
    at: string,
  ): Promise<Subscription> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const record = await this.#table.get(subscriptionKey(id));
      if (record === null) throw new NotFoundError(`subscription "${id}"`);
      const before = decodeSubscription(record);
      const changed = given(typeof change === 'function' ? change(before) : change);
      checkTopicCount(changed.topics ?? []);
      const after = { ...before, ...changed, updatedAt: at };
      const revision = revisionOfSubscription(record);
      const { refused } = await this.#table.transact([
        {
          put: {
            Item: encodeSubscription(after, revision + 1),
            // No one has written since it was read.
            ConditionExpression: 'revision = :read',
            ExpressionAttributeValues: { ':read': revision },
          },
        },
        ...subscriberChanges(before, after),
      ]);
      if (refused.length === 0) return after;
    }
    throw new ConflictError(`subscription "${id}" was being changed by someone else; tried ${TRIES} times`);
  }

  async deleteSubscription(id: SubscriptionId): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const record = await this.#table.get(subscriptionKey(id));
      if (record === null) return;
      const { topics, unsubscribeToken } = decodeSubscription(record);
      const { refused } = await this.#table.transact([
        {
          delete: {
            Key: subscriptionKey(id),
            // No one has written since it was read: its subscribers and its token are those.
            ConditionExpression: 'revision = :read',
            ExpressionAttributeValues: { ':read': revisionOfSubscription(record) },
          },
        },
        { delete: { Key: tokenKey(unsubscribeToken) } },
        ...[...new Set(topics)].map((topic) => ({ delete: { Key: subscriberKey(topic, id) } })),
      ]);
      if (refused.length === 0) return;
    }
    throw new ConflictError(`subscription "${id}" was being changed by someone else; tried ${TRIES} times`);
  }

  async #subscriberIds(topicId: string): Promise<readonly SubscriptionId[]> {
    const records = await this.#table.query({
      KeyConditionExpression: 'pk = :topic',
      ExpressionAttributeValues: { ':topic': subscribersOfTopic(topicId) },
      ConsistentRead: true,
    });
    return records.map((record) => new RecordReader(record, nameOf(record)).string('sk') as SubscriptionId);
  }

  async #load(ids: readonly SubscriptionId[], { consistent } = { consistent: true }): Promise<readonly Subscription[]> {
    const records = await this.#table.getMany([...new Set(ids)].map(subscriptionKey), { consistent });
    return this.#decodeMany(records, decodeSubscription);
  }
}

/** Between a topic and the last subscriber of it that was read; no id of either holds it. */
const POSITION_MARK = '#';

/** Where a page of subscribers begins. */
function positionIn(after: string | null): { readonly topic?: string; readonly id: string } {
  if (after === null) return { id: '' };
  const mark = after.indexOf(POSITION_MARK);
  return { topic: after.slice(0, mark), id: after.slice(mark + POSITION_MARK.length) };
}

const idOfPartition = (pk: string): SubscriptionId => pk.slice(PARTITIONS.subscription.length) as SubscriptionId;

const topicsOfActive = ({ state, topics }: Subscription): readonly string[] =>
  state === 'active' ? [...new Set(topics)] : [];

function subscriberChanges(before: Subscription, after: Subscription): readonly Action[] {
  const had = new Set(topicsOfActive(before));
  const has = new Set(topicsOfActive(after));
  return [
    ...[...has].filter((topic) => !had.has(topic)).map((topic) => putSubscriber(topic, after.id)),
    ...[...had]
      .filter((topic) => !has.has(topic))
      .map((topic) => ({ delete: { Key: subscriberKey(topic, after.id) } })),
  ];
}

const putSubscriber = (topic: string, id: SubscriptionId): Action => ({
  put: { Item: { ...subscriberKey(topic, id), type: 'subscriber' } },
});

const given = (change: SubscriptionChange): SubscriptionChange =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
