// Feeds, their places in poll batches, and their memories.

import { NotFoundError } from '../../shared/core/errors.ts';
import { mapConcurrently } from '../../shared/core/map-concurrently.ts';
import { epochSeconds, SECOND_MS } from '../../shared/core/time.ts';
import type { Feed, FeedMemory, FeedSettings, NewFeed, PollBatch, PollState } from '../../shared/model/feed.ts';
import { initialPollState } from '../../shared/model/feed.ts';
import type { FeedId } from '../../shared/model/ids.ts';
import type { Page } from '../../shared/model/page.ts';
import type { Clock, FeedStore } from '../../shared/ports.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { DecodeMany } from './decode-many.ts';
import { decodeFeed, decodePollBatch, encodeFeed, encodeFeedSettings, encodePollState } from './feed-codec.ts';
import { feedKey, keyOf, memoryPartition, POLL_BATCHES, pollBatchKey } from './keys.ts';
import {
  allKeys,
  CURRENT_PREFIX,
  decodePage,
  type MemoryPage,
  planPages,
  prefixOf,
  WEEK_PREFIX,
} from './memory-pages.ts';
import type { Action, Item, TableClient } from './table-client.ts';

/** Feeds that one poll message names. Written into the batch's record, which so stays under a kilobyte: one write unit a poll. */
const POLL_BATCH_SIZE = 25;
const BATCH_DIGITS = 6;
/** Batches filled at once; more would only wait for each other. */
const BATCHES_AT_ONCE = 8;
const FEEDS_QUERY = ['feeds'];

export class DynamoDbFeedStore implements FeedStore {
  readonly #table: TableClient;
  readonly #clock: Clock;
  readonly #decodeMany: DecodeMany;
  /** The batch that last had room: a guess that saves reading all batches, checked by the condition of the write. */
  #roomyBatch: string | null = null;

  constructor(table: TableClient, clock: Clock, decodeMany: DecodeMany) {
    this.#table = table;
    this.#clock = clock;
    this.#decodeMany = decodeMany;
  }

  async addFeed(feed: NewFeed): Promise<'added' | 'known'> {
    if ((await this.#table.get(feedKey(feed.id))) !== null) return 'known';
    // A poll that was under way while the feed was removed may have written its memory afterwards: a feed starts without one.
    await this.#forget(feed.id);
    for await (const pollBatch of this.#candidateBatches()) {
      const { refused } = await this.#table.transact([putNew(feed, pollBatch), takePlaces(pollBatch, [feed.id])]);
      if (refused.includes(0)) return 'known';
      if (refused.length > 0) continue;
      this.#roomyBatch = pollBatch;
      return 'added';
    }
    throw new Error('unreachable: there is always one more batch to try');
  }

  /** A batch and its new feeds are one transaction. Where another process got between, its feeds are added one by one. */
  async addFeeds(feeds: readonly NewFeed[]): Promise<readonly ('added' | 'known')[]> {
    const unknown = await this.#unknown(feeds);
    await mapConcurrently([...unknown.keys()], BATCHES_AT_ONCE, (id) => this.#forget(id));
    const added = new Set<FeedId>();
    await mapConcurrently(
      await this.#dealIntoBatches([...unknown.values()]),
      BATCHES_AT_ONCE,
      async ([pollBatch, some]) => {
        const places = takePlaces(
          pollBatch,
          some.map(({ id }) => id),
        );
        const { refused } = await this.#table.transact([...some.map((feed) => putNew(feed, pollBatch)), places]);
        for (const feed of some) {
          if (refused.length === 0 || (await this.addFeed(feed)) === 'added') added.add(feed.id);
        }
      },
    );
    // The first of an id's repeats is the one that was added.
    return feeds.map(({ id }) => (added.delete(id) ? 'added' : 'known'));
  }

  async getFeed(id: FeedId): Promise<Feed | null> {
    const record = await this.#table.get(feedKey(id));
    return record && decodeFeed(record);
  }

  /** At half the price of strong reads: who writes from a state read too early gets a conflict. What seems missing is asked for again. */
  async getFeeds(ids: readonly FeedId[]): Promise<readonly Feed[]> {
    const records = await this.#table.getMany([...new Set(ids)].map(feedKey), { consistent: false });
    const found = new Set(records.map(({ id }) => id));
    const missing = [...new Set(ids)].filter((id) => !found.has(id));
    const late = await this.#table.getMany(missing.map(feedKey), { consistent: true });
    return this.#decodeMany([...records, ...late], decodeFeed);
  }

  async listFeeds(page: { readonly limit: number; readonly cursor: string | null }): Promise<Page<Feed>> {
    const after = decodeCursor(FEEDS_QUERY, page.cursor) ?? '';
    const places = (await this.listPollBatches()).flatMap((batch) =>
      batch.feedIds.map((id) => ({ id, position: `${batch.id}#${id}` })),
    );
    const rest = places.filter(({ position }) => position > after);
    const chosen = rest.slice(0, page.limit);
    const records = await this.#table.getMany(
      chosen.map(({ id }) => feedKey(id)),
      { consistent: true },
    );
    const byId = new Map(this.#decodeMany(records, decodeFeed).map((feed) => [feed.id, feed]));
    const last = chosen.at(-1);
    return {
      items: chosen.flatMap(({ id }) => byId.get(id) ?? []),
      cursor: last !== undefined && rest.length > chosen.length ? encodeCursor(FEEDS_QUERY, last.position) : null,
    };
  }

  async updateFeedSettings(id: FeedId, settings: Partial<FeedSettings>): Promise<Feed> {
    const fields = Object.entries(encodeFeedSettings(settings));
    if (fields.length === 0) return (await this.getFeed(id)) ?? throwNotFound(id);
    const after = await this.#table.update({
      Key: feedKey(id),
      UpdateExpression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
    });
    return after === null ? throwNotFound(id) : decodeFeed(after);
  }

  /** The memory goes first: when the rest fails, the feed is still there and the call can be repeated. */
  async removeFeed(id: FeedId): Promise<void> {
    const feed = (await this.getFeed(id)) ?? throwNotFound(id);
    await this.#forget(id);
    const { refused } = await this.#table.transact([
      { delete: { Key: feedKey(id), ConditionExpression: 'attribute_exists(pk)' } },
      {
        update: {
          Key: pollBatchKey(feed.pollBatch),
          UpdateExpression: 'DELETE feedIds :place',
          ExpressionAttributeValues: { ':place': new Set([id]) },
        },
      },
    ]);
    if (refused.length > 0) throwNotFound(id);
    this.#roomyBatch = null;
  }

  async listPollBatches(): Promise<readonly PollBatch[]> {
    return this.#decodeMany(await this.#batchRecords(), decodePollBatch).filter((batch) => batch !== null);
  }

  async getPollBatch(id: string): Promise<PollBatch | null> {
    const record = await this.#table.get(pollBatchKey(id));
    return record === null ? null : decodePollBatch(record);
  }

  async notePolled(pollBatch: string, slot: string, at: string): Promise<void> {
    await this.#table.update({
      Key: pollBatchKey(pollBatch),
      UpdateExpression: 'SET lastSlot = :slot, lastPolledAt = :at',
      // Late and repeated messages change nothing.
      ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(lastSlot) OR lastSlot < :slot)',
      ExpressionAttributeValues: { ':slot': slot, ':at': at },
    });
  }

  async savePollState(id: FeedId, state: PollState): Promise<'saved' | 'conflict'> {
    const next = encodePollState({ ...state, version: state.version + 1 });
    const after = await this.#table.update({
      Key: feedKey(id),
      UpdateExpression: 'SET #state = :state, #version = :version',
      // No one has written since this version was read, and the feed was not removed.
      ConditionExpression: '#version = :read',
      ExpressionAttributeNames: { '#state': 'state', '#version': 'version' },
      ExpressionAttributeValues: { ':state': next.state, ':version': next.version, ':read': state.version },
    });
    return after === null ? 'conflict' : 'saved';
  }

  async loadCurrentMemory(id: FeedId): Promise<ReadonlySet<string>> {
    return allKeys(await this.#pages(id, CURRENT_PREFIX));
  }

  async loadPastMemory(id: FeedId): Promise<FeedMemory['past']> {
    const nowSeconds = this.#clock.now().getTime() / SECOND_MS;
    const pages = (await this.#pages(id, WEEK_PREFIX)).filter(
      (page) => (page.expiresAt ?? nowSeconds + 1) > nowSeconds,
    );
    const past = new Map<string, ReadonlySet<string>>();
    for (const page of pages) {
      if (page.week !== null) past.set(page.week, new Set([...(past.get(page.week) ?? []), ...page.keys]));
    }
    return past;
  }

  /** Past first, then current: a key that left is at no time in neither. */
  async saveMemory(
    id: FeedId,
    change: {
      readonly current: ReadonlySet<string>;
      readonly week: string;
      readonly left: ReadonlySet<string>;
      readonly expiresAt: number;
    },
  ): Promise<void> {
    if (change.left.size > 0) {
      const part = { week: change.week };
      const stored = await this.#pages(id, prefixOf(part));
      const wanted = new Set([...allKeys(stored), ...change.left]);
      await this.#writePages(planPages(id, part, stored, wanted, change.expiresAt, this.#nowSeconds()));
    }
    const stored = await this.#pages(id, CURRENT_PREFIX);
    await this.#writePages(planPages(id, 'current', stored, change.current, null, this.#nowSeconds()));
  }

  async #writePages(steps: readonly (readonly Item[])[]): Promise<void> {
    for (const pages of steps) await this.#table.putMany(pages);
  }

  async #pages(id: FeedId, prefix: string): Promise<readonly MemoryPage[]> {
    const records = await this.#table.query({
      KeyConditionExpression: 'pk = :memory AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':memory': memoryPartition(id), ':prefix': prefix },
      ConsistentRead: true,
    });
    return records.map(decodePage);
  }

  async #forget(id: FeedId): Promise<void> {
    const pages = await this.#table.query({
      KeyConditionExpression: 'pk = :memory',
      ExpressionAttributeValues: { ':memory': memoryPartition(id) },
      ProjectionExpression: 'pk, sk',
      ConsistentRead: true,
    });
    await this.#table.deleteMany(pages.map(keyOf));
  }

  #nowSeconds(): number {
    return epochSeconds(this.#clock.now());
  }

  async #batchRecords(): Promise<readonly Item[]> {
    return this.#table.query({
      KeyConditionExpression: 'pk = :batches',
      ExpressionAttributeValues: { ':batches': POLL_BATCHES },
      ConsistentRead: true,
    });
  }

  /** Those that are not there, by id; of an id's repeats the first. */
  async #unknown(feeds: readonly NewFeed[]): Promise<ReadonlyMap<FeedId, NewFeed>> {
    const byId = new Map([...feeds].reverse().map((feed) => [feed.id, feed]));
    const stored = await this.#table.getMany([...byId.keys()].map(feedKey), { consistent: true });
    for (const { id } of stored) byId.delete(id as FeedId);
    return byId;
  }

  /** First into batches that have room, then into new ones. */
  async #dealIntoBatches(feeds: readonly NewFeed[]): Promise<readonly (readonly [string, readonly NewFeed[]])[]> {
    const batches: (readonly [string, readonly NewFeed[]])[] = [];
    const records = await this.#batchRecords();
    let dealt = 0;
    for (const [pollBatch, room] of placesIn(records)) {
      if (dealt >= feeds.length) break;
      batches.push([pollBatch, feeds.slice(dealt, dealt + room)]);
      dealt += room;
    }
    return batches;
  }

  /** Batches that may have room, then new ones without end. */
  async *#candidateBatches(): AsyncGenerator<string> {
    if (this.#roomyBatch !== null) yield this.#roomyBatch;
    for (const [pollBatch] of placesIn(await this.#batchRecords())) yield pollBatch;
  }
}

/** Batches that have room, with how much; then new ones without end. */
function* placesIn(records: readonly Item[]): Generator<readonly [string, number]> {
  for (const record of records) {
    const room = POLL_BATCH_SIZE - (decodePollBatch(record)?.feedIds.length ?? 0);
    if (room > 0) yield [String(record['sk']), room];
  }
  const highest = records.reduce((most, record) => Math.max(most, Number(record['sk'])), 0);
  for (let number = highest + 1; ; number += 1) yield [String(number).padStart(BATCH_DIGITS, '0'), POLL_BATCH_SIZE];
}

function putNew({ intervalMinutes, ...settings }: NewFeed, pollBatch: string): Action {
  const Item = encodeFeed({ ...settings, pollBatch, state: initialPollState(intervalMinutes) });
  return { put: { Item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

/** Two that add at once may both find the last place free: the second one's condition fails. */
function takePlaces(pollBatch: string, ids: readonly FeedId[]): Action {
  return {
    update: {
      Key: pollBatchKey(pollBatch),
      UpdateExpression: 'ADD feedIds :places SET #type = :type',
      ConditionExpression: 'attribute_not_exists(feedIds) OR size(feedIds) <= :before',
      ExpressionAttributeNames: { '#type': 'type' },
      ExpressionAttributeValues: {
        ':places': new Set(ids),
        ':before': POLL_BATCH_SIZE - ids.length,
        ':type': 'pollGroup',
      },
    },
  };
}

function throwNotFound(id: FeedId): never {
  throw new NotFoundError(`feed "${id}"`);
}
