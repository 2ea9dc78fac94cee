// Stories: put together with the hits that make them, found by the words of the next report, listed by their last one.
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import { DAY_SECONDS, epochSeconds } from '../../shared/core/time.ts';
import type { HitMatch } from '../../shared/model/hit.ts';
import type { MatchFilter } from '../../shared/model/match.ts';
import type { Page } from '../../shared/model/page.ts';
import { type Story, withTopics } from '../../shared/model/story.ts';
import type { Clock, KnownStory, Placement, StoryCandidates, StoryStore } from '../../shared/ports.ts';
import { MOST_FOUND } from '../../shared/stories/story-index.ts';
import { OPEN_FOR_MS } from '../../shared/stories/story-record.ts';
import type { DecodeMany } from './decode-many.ts';
import { isExpired, isNewRecord, unexpired } from './expiry.ts';
import { decodeKnownStory, decodeStory, encodeHit, encodeStory } from './hit-codec.ts';
import { keyOf, storyDayKey, storyDayShards, storyKey, storyLookupKey } from './keys.ts';
import { NotedDays } from './noted-days.ts';
import { RecordReader } from './record.ts';
import { queryStories } from './story-query.ts';
import { TABLE } from './table.ts';
import type { Action, Item, TableClient } from './table-client.ts';

/** How often a story is read again because another process wrote it at the same time. */
const TRIES = 8;
/** Stories that are remembered under one key, the newest ones. */
const MOST_UNDER_KEY = 24;
/**
 * Keys that were sought, besides the story's own, that must be as they were read, the best first. Each costs two write units; two first reports
 * that share none of these, and are placed within the same second, make two stories.
 */
const MOST_CHECKED = 4;
/** A story is put under its keys once, but stays open as long as reports come. So it is found for about twice as long as it stays open without any. */
const KEY_KEPT_SECONDS = (2 * OPEN_FOR_MS) / 1000 + DAY_SECONDS;

export class DynamoDbStoryStore implements StoryStore {
  readonly #table: TableClient;
  readonly #clock: Clock;
  readonly #decodeMany: DecodeMany;
  readonly #days: NotedDays;

  constructor(table: TableClient, clock: Clock, decodeMany: DecodeMany) {
    this.#table = table;
    this.#clock = clock;
    this.#decodeMany = decodeMany;
    this.#days = new NotedDays(table, storyDayKey, 'storyDay');
  }

  async findCandidates(language: string, keys: readonly number[]): Promise<StoryCandidates> {
    const sought = [...new Set(keys)];
    const items = await this.#table.getMany(
      sought.map((key) => storyLookupKey(language, key)),
      { consistent: true },
    );
    const byPartition = new Map(items.map((item) => [keyOf(item).pk, item]));
    const known = sought.map((key) => {
      const item = byPartition.get(storyLookupKey(language, key).pk);
      return { key, ...(item === undefined ? { storyIds: [], version: 0 } : readLookup(item)) };
    });
    const ids = mostShared(known.map(({ storyIds }) => storyIds));
    const records = ids.length === 0 ? [] : await this.#table.getMany(ids.map(storyKey), { consistent: true });
    const stories = this.#decodeMany(unexpired(records, this.#clock), decodeKnownStory);
    return { stories: inOrder(ids, stories), keys: known };
  }

  async place(placement: Placement): Promise<'placed' | 'known' | 'conflict'> {
    const { hit, story, record, before, candidates } = placement;
    await this.#days.note(story.lastSeenAt, story.expiresAt);
    const putHit: Action = { put: { Item: encodeHit(hit), ...isNewRecord(this.#clock) } };
    const putStory: Action = {
      put: {
        Item: encodeStory(story, record, (before?.version ?? 0) + 1),
        ...(before === null
          ? isNewRecord(this.#clock)
          : { ConditionExpression: 'version = :read', ExpressionAttributeValues: { ':read': before.version } }),
      },
    };
    const keys = before === null && record !== null ? this.#keyActions(story, record.lookupKeys, candidates) : [];
    const { refused } = await this.#table.transact([putHit, putStory, ...keys]);
    if (refused.length === 0) return 'placed';
    return refused.includes(0) ? 'known' : 'conflict';
  }

  async addTopics(id: string, gained: readonly HitMatch[]): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const record = await this.#table.get(storyKey(id));
      const after = record === null ? null : withTopics(decodeStory(record), gained);
      if (after === null) return;
      const isWritten = await this.#table.update({
        Key: storyKey(id),
        UpdateExpression: 'SET topics = :topics, severity = :severity ADD version :one',
        ConditionExpression: 'version = :read',
        ExpressionAttributeValues: {
          ':topics': after.topics,
          ':severity': after.severity,
          ':one': 1,
          ':read': record?.['version'],
        },
      });
      if (isWritten !== null) return;
    }
    throw new ServiceUnavailableError(`story ${id} kept changing; gave up after ${TRIES} tries`);
  }

  async getStory(id: string): Promise<Story | null> {
    const record = await this.#table.get(storyKey(id));
    return record === null || isExpired(record, this.#clock) ? null : decodeStory(record);
  }

  async getStories(ids: readonly string[]): Promise<readonly Story[]> {
    const records = await this.#table.getMany([...new Set(ids)].map(storyKey), { consistent: true });
    return this.#decodeMany(unexpired(records, this.#clock), decodeStory);
  }

  queryStories(
    filter: MatchFilter,
    page: { readonly limit: number; readonly cursor: string | null },
  ): Promise<Page<Story>> {
    return queryStories(this.#table, filter, page, (ids) => this.getStories(ids));
  }

  async countOn(day: string): Promise<number> {
    const { name, partitionKey } = TABLE.indexes.listed;
    const counts = await Promise.all(
      storyDayShards(day).map((shard) =>
        this.#table.count({
          IndexName: name,
          KeyConditionExpression: `${partitionKey} = :shard`,
          ExpressionAttributeValues: { ':shard': shard },
        }),
      ),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /**
   * Puts a new story under its keys, on condition that these and the best of the other keys that were sought are still as they were read. So of
   * two first reports that come at once, the second sees the first.
   */
  #keyActions(story: Story, own: readonly number[], { keys }: StoryCandidates): readonly Action[] {
    const expiresAt = epochSeconds(this.#clock.now()) + KEY_KEPT_SECONDS;
    const others = keys.filter(({ key }) => !own.includes(key)).slice(0, MOST_CHECKED);
    return [...keys.filter(({ key }) => own.includes(key)), ...others].map(({ key, storyIds, version }) => {
      const unchanged = {
        ConditionExpression: version === 0 ? 'attribute_not_exists(pk)' : 'version = :read',
        ...(version === 0 ? {} : { ExpressionAttributeValues: { ':read': version } }),
      };
      const Key = storyLookupKey(story.language, key);
      if (!own.includes(key)) return { check: { Key, ...unchanged } };
      const ids = [...storyIds, story.id].slice(-MOST_UNDER_KEY);
      return {
        put: { Item: { ...Key, type: 'storyKey', storyIds: ids, version: version + 1, expiresAt }, ...unchanged },
      };
    });
  }
}

function readLookup(item: Item): { readonly storyIds: readonly string[]; readonly version: number } {
  const reader = new RecordReader(item, 'of a story key');
  return { storyIds: reader.list('storyIds').map(String), version: reader.number('version') };
}

/** Those under most keys, the newest of them first. */
function mostShared(lists: readonly (readonly string[])[]): readonly string[] {
  const found = new Map<string, { keys: number; place: number }>();
  for (const list of lists) {
    for (const [place, id] of list.toReversed().entries()) {
      const before = found.get(id);
      found.set(id, { keys: (before?.keys ?? 0) + 1, place: Math.min(before?.place ?? place, place) });
    }
  }
  return [...found]
    .sort(([idA, a], [idB, b]) => b.keys - a.keys || a.place - b.place || (idA < idB ? -1 : 1))
    .slice(0, MOST_FOUND)
    .map(([id]) => id);
}

const inOrder = (ids: readonly string[], stories: readonly (KnownStory | null)[]): readonly KnownStory[] =>
  ids.flatMap((id) => stories.find((known) => known?.story.id === id) ?? []);
