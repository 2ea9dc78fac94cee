// Topics in force, and every version that ever was.
import { chunks } from '../../shared/core/chunks.ts';
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import { isInForce, type Topic, type TopicEntry } from '../../shared/model/topic.ts';
import {
  type PutTopicsOptions,
  planPut,
  planRemoval,
  planRestoring,
  type TopicChange,
  type TopicsPut,
} from '../../shared/packs/topic-changes.ts';
import { revisionOf } from '../../shared/packs/topic-revision.ts';
import type { TopicStore } from '../../shared/ports.ts';
import type { DecodeMany } from './decode-many.ts';
import {
  TOPIC_POINTER_PREFIX,
  TOPIC_REVISION_KEY,
  TOPICS,
  topicPointerKey,
  topicVersionKey,
  topicVersionPrefix,
} from './keys.ts';
import { RecordReader } from './record.ts';
import type { Action, Item, TableClient } from './table-client.ts';
import {
  decodeTopicPointer,
  decodeTopicVersion,
  encodeTopicPointer,
  encodeTopicVersion,
  pointerTo,
  type TopicPointer,
} from './topic-codec.ts';

/** A transaction takes 100 actions; one is the revision. */
const CHANGES_PER_TRANSACTION = 99;
const TRIES = 5;
const NO_TOPICS = revisionOf([]);
const NO_CHANGE = { write: [], remove: [] };

type Pointers = ReadonlyMap<string, TopicPointer>;

export class DynamoDbTopicStore implements TopicStore {
  readonly #table: TableClient;
  readonly #decodeMany: DecodeMany;

  constructor(table: TableClient, decodeMany: DecodeMany) {
    this.#table = table;
    this.#decodeMany = decodeMany;
  }

  async revision(): Promise<string> {
    const record = await this.#table.get(TOPIC_REVISION_KEY);
    return record === null ? NO_TOPICS : new RecordReader(record, 'of the topics in force').string('revision');
  }

  async listTopics(): Promise<readonly Topic[]> {
    const pointers = [...(await this.#pointers()).values()];
    const inForce = pointers.filter(isInForce);
    const keys = inForce.flatMap(({ id, version, parts }) =>
      Array.from({ length: parts }, (_, part) => topicVersionKey(id, version, part)),
    );
    const records = await this.#table.getMany(keys, { consistent: true });
    const byPartition = Map.groupBy(records, (record) => record['pk']);
    const topics = this.#decodeMany([...byPartition.values()], decodeTopicVersion);
    return [...topics].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async getTopic(id: string, version?: string): Promise<Topic | null> {
    const wanted = version ?? (await this.#versionInForce(id));
    if (wanted === null) return null;
    const records = await this.#table.query({
      KeyConditionExpression: 'pk = :topic AND begins_with(sk, :version)',
      ExpressionAttributeValues: {
        ':topic': topicVersionKey(id, wanted, 0).pk,
        ':version': topicVersionPrefix(wanted),
      },
      ConsistentRead: true,
    });
    return records.length === 0 ? null : decodeTopicVersion(records);
  }

  async listEntries(): Promise<readonly TopicEntry[]> {
    const pointers = [...(await this.#pointers()).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return pointers.map(({ parts, ...entry }) => entry);
  }

  /** Versions are written first, then pointers and revision together: what is in force is always whole. */
  async putTopics(topics: readonly Topic[], options?: PutTopicsOptions): Promise<TopicsPut> {
    const wanted = new Map(topics.map((topic) => [topic.id, topic]));
    const pointers = new Map([...wanted].map(([id, topic]) => [id, pointerTo(topic)]));
    const { report } = await this.#change(async (known) => {
      const plan = planPut(known, pointers, options);
      const isNew = ({ id, version, digest }: TopicPointer): boolean =>
        known.get(id)?.version !== version || known.get(id)?.digest !== digest;
      await this.#table.putMany(plan.write.filter(isNew).flatMap(({ id }) => encodeTopicVersion(wanted.get(id)!)));
      return plan;
    });
    return report;
  }

  async removeTopic(id: string, at: string): Promise<'disabled' | 'ended' | null> {
    const { outcome } = await this.#change(
      async (known) => planRemoval(known, id, at) ?? { ...NO_CHANGE, outcome: null },
    );
    return outcome;
  }

  async restoreTopic(id: string): Promise<boolean> {
    const { isKnown } = await this.#change(async (known) => {
      const plan = planRestoring(known, id);
      return { ...(plan ?? NO_CHANGE), isKnown: plan !== null };
    });
    return isKnown;
  }

  /** Writes the changes that `plan` derives from the stored topics; plans again when another writer has changed them meanwhile. */
  async #change<Plan extends TopicChange<TopicPointer>>(plan: (known: Pointers) => Promise<Plan>): Promise<Plan> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const revision = await this.revision();
      const known = await this.#pointers();
      const planned = await plan(known);
      if (await this.#switchPointers(revision, known, planned)) return planned;
    }
    throw new ServiceUnavailableError(`topics were being changed by someone else; tried ${TRIES} times`);
  }

  /** False when another process changed topics since `revision` was read. */
  async #switchPointers(
    revision: string,
    known: Pointers,
    { write, remove }: TopicChange<TopicPointer>,
  ): Promise<boolean> {
    const after = new Map(known);
    let before = revision;
    const changes: readonly (TopicPointer | string)[] = [...write, ...remove];
    for (const some of chunks(changes, CHANGES_PER_TRANSACTION)) {
      const actions = some.map((change): Action => {
        if (typeof change === 'string') {
          after.delete(change);
          return { delete: { Key: topicPointerKey(change) } };
        }
        after.set(change.id, change);
        return { put: { Item: encodeTopicPointer(change) } };
      });
      const next = revisionOf(after.values());
      const { refused } = await this.#table.transact([...actions, putRevision(before, next)]);
      if (refused.length > 0) return false;
      before = next;
    }
    return true;
  }

  async #versionInForce(id: string): Promise<string | null> {
    const record = await this.#table.get(topicPointerKey(id));
    const pointer = record && decodeTopicPointer(record);
    return pointer !== null && isInForce(pointer) ? pointer.version : null;
  }

  async #pointers(): Promise<Pointers> {
    const records: readonly Item[] = await this.#table.query({
      KeyConditionExpression: 'pk = :topics AND begins_with(sk, :pointer)',
      ExpressionAttributeValues: { ':topics': TOPICS, ':pointer': TOPIC_POINTER_PREFIX },
      ConsistentRead: true,
    });
    return new Map(this.#decodeMany(records, decodeTopicPointer).map((pointer) => [pointer.id, pointer]));
  }
}

/** Only when the revision is still the one that was read. */
function putRevision(before: string, next: string): Action {
  return {
    put: {
      Item: { ...TOPIC_REVISION_KEY, type: 'topicRevision', revision: next },
      ConditionExpression: 'revision = :before OR (attribute_not_exists(pk) AND :before = :none)',
      ExpressionAttributeValues: { ':before': before, ':none': NO_TOPICS },
    },
  };
}
