// Topics in force, and every version that ever was.
import { ServiceUnavailableError } from '../../shared/errors.ts';
import type { Topic } from '../../shared/model/topic.ts';
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
  revisionOf,
  type TopicPointer,
} from './topic-codec.ts';

/** A transaction takes 100 actions; one is the revision. */
const CHANGES_PER_TRANSACTION = 99;
const TRIES = 5;
const NO_TOPICS = revisionOf([]);

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
    const keys = pointers.flatMap(({ id, version, parts }) =>
      Array.from({ length: parts }, (_, part) => topicVersionKey(id, version, part)),
    );
    const records = await this.#table.getMany(keys, { consistent: true });
    const byPartition = Map.groupBy(records, (record) => record['pk']);
    const topics = this.#decodeMany([...byPartition.values()], decodeTopicVersion);
    return [...topics].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async getTopic(id: string, version?: string): Promise<Topic | null> {
    const wanted = version ?? (await this.#pointer(id))?.version;
    if (wanted === undefined) return null;
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

  /** Versions are written first, then pointers and revision together: what is in force is always whole. */
  async putTopics(
    topics: readonly Topic[],
    options: { readonly replacePacks?: readonly string[] } = {},
  ): Promise<{ readonly changed: readonly string[]; readonly ended: readonly string[] }> {
    const wanted = new Map(topics.map((topic) => [topic.id, topic]));
    const pointers = new Map([...wanted].map(([id, topic]) => [id, pointerTo(topic)]));
    const replaced = new Set(options.replacePacks ?? []);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const revision = await this.revision();
      const inForce = await this.#pointers();
      const changed = [...pointers.keys()].filter((id) => !samePointer(inForce.get(id), pointers.get(id))).sort();
      const ended = [...inForce.values()]
        .filter(({ id, pack }) => replaced.has(pack) && !pointers.has(id))
        .map(({ id }) => id)
        .sort();
      await this.#table.putMany(changed.flatMap((id) => encodeTopicVersion(wanted.get(id)!)));
      if (await this.#switchPointers(revision, inForce, pointers, changed, ended)) return { changed, ended };
    }
    throw new ServiceUnavailableError(`topics were being changed by somebody else; tried ${TRIES} times`);
  }

  /** False when somebody else changed topics since `revision` was read. */
  async #switchPointers(
    revision: string,
    inForce: Pointers,
    pointers: Pointers,
    changed: readonly string[],
    ended: readonly string[],
  ): Promise<boolean> {
    const after = new Map(inForce);
    let before = revision;
    const ids = [...changed, ...ended];
    for (let start = 0; start < ids.length; start += CHANGES_PER_TRANSACTION) {
      const actions: Action[] = [];
      for (const id of ids.slice(start, start + CHANGES_PER_TRANSACTION)) {
        const pointer = pointers.get(id);
        if (pointer === undefined) {
          after.delete(id);
          actions.push({ delete: { Key: topicPointerKey(id) } });
        } else {
          after.set(id, pointer);
          actions.push({ put: { Item: encodeTopicPointer(pointer) } });
        }
      }
      const next = revisionOf(after.values());
      const { refused } = await this.#table.transact([...actions, putRevision(before, next)]);
      if (refused.length > 0) return false;
      before = next;
    }
    return true;
  }

  async #pointer(id: string): Promise<TopicPointer | null> {
    const record = await this.#table.get(topicPointerKey(id));
    return record && decodeTopicPointer(record);
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

const samePointer = (left: TopicPointer | undefined, right: TopicPointer | undefined): boolean =>
  left !== undefined && right !== undefined && left.version === right.version && left.digest === right.digest;
