// A topic's version as records: gzipped JSON, in parts where it is large; and the pointer that says which version is in force.
import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod/mini';
import type { Immutable } from '../../shared/model/schema.ts';
import { type Topic, topicEntrySchema } from '../../shared/model/topic.ts';
import { entryOf } from '../../shared/packs/topic-revision.ts';
import { codecOf } from './codec.ts';
import { topicPointerKey, topicVersionKey } from './keys.ts';
import { nameOf, RecordReader } from './record.ts';
import type { Item } from './table-client.ts';

const BYTES_PER_PART = 28_000;
/** A definition this large is not one that people wrote; the bound keeps a damaged record from filling the memory. */
const LARGEST_DEFINITION_BYTES = 16 * 1024 * 1024;

/** `parts`: records that the version takes. */
const pointerSchema = z.strictObject({ ...topicEntrySchema.shape, parts: z.number() });

export type TopicPointer = Immutable<z.infer<typeof pointerSchema>>;

const POINTER = codecOf(pointerSchema);

export function encodeTopicVersion(topic: Topic): readonly Item[] {
  const bytes = gzipSync(JSON.stringify(topic));
  const parts = Math.ceil(bytes.length / BYTES_PER_PART);
  return Array.from({ length: parts }, (_, part) => ({
    ...topicVersionKey(topic.id, topic.version, part),
    type: 'topicVersion',
    parts,
    definition: bytes.subarray(part * BYTES_PER_PART, (part + 1) * BYTES_PER_PART),
  }));
}

/** `records` are all parts of one version, in any order. */
export function decodeTopicVersion(records: readonly Item[]): Topic {
  const sorted = [...records].sort((a, b) => (String(a['sk']) < String(b['sk']) ? -1 : 1));
  const readers = sorted.map((record) => new RecordReader(record, nameOf(record)));
  const first = readers[0]!;
  if (first.number('parts') !== readers.length) {
    throw first.damaged(`it has ${readers.length} of ${first.number('parts')} parts`);
  }
  const bytes = Buffer.concat(readers.map((reader) => reader.bytes('definition')));
  let topic: unknown;
  try {
    topic = JSON.parse(gunzipSync(bytes, { maxOutputLength: LARGEST_DEFINITION_BYTES }).toString());
  } catch (error) {
    throw first.damaged(`its definition cannot be unpacked (${(error as Error).message})`);
  }
  const reader = new RecordReader(topic, nameOf(sorted[0]!));
  reader.string('id');
  reader.string('version');
  return topic as Topic;
}

export const pointerTo = (topic: Topic): TopicPointer => ({
  ...entryOf(topic),
  parts: encodeTopicVersion(topic).length,
});

export const encodeTopicPointer = (pointer: TopicPointer): Item => ({
  ...topicPointerKey(pointer.id),
  type: 'topic',
  ...POINTER.encode(pointer),
});

export const decodeTopicPointer = (record: Item): TopicPointer => POINTER.decode(record);
