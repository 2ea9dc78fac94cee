// Hits, stories and what subscribers were sent of them as records, and back.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { fitterOf } from '../../shared/model/fit.ts';
import { type Hit, hitSchema } from '../../shared/model/hit.ts';
import { hitPosition, storyPosition } from '../../shared/model/positions.ts';
import { type Story, type StoryReader, storyReaderSchema, storySchema } from '../../shared/model/story.ts';
import type { KnownStory } from '../../shared/ports.ts';
import type { StoryRecord } from '../../shared/stories/story-record.ts';
import { codecOf } from './codec.ts';
import { hitKey, hitsOfStory, pendingShardOf, storyDayShardOf, storyKey, storyReaderKey } from './keys.ts';
import { nameOf, RecordReader } from './record.ts';
import type { Item } from './table-client.ts';

const HIT = codecOf(hitSchema);
const STORY = codecOf(storySchema);
const READER = codecOf(storyReaderSchema);

const fitHit = fitterOf(hitSchema);
const fitStory = fitterOf(storySchema);

/** The version of what recognises a story's next report. A record of another version attracts nothing. */
const WORDS_VERSION = 1;
/** Several times what the fullest story takes. */
const LARGEST_WORDS_BYTES = 256 * 1024;

export const encodeHit = (hit: Hit): Item => ({
  ...hitKey(hit.article),
  type: 'hit',
  ...HIT.encode(fitHit(hit)),
  relatedTo: hitsOfStory(hit.story.id),
  relatedAt: hitPosition(hit),
  ...dueFields(hit),
});

/** In the index of what is pending: until it is alerted, and then until its deliveries were looked at. */
function dueFields({ article, alertState, changedAt, checkAt }: Hit): Item {
  const dueAt = alertState === 'pending' ? changedAt : checkAt;
  return dueAt === null ? {} : { pendingShard: pendingShardOf(article), dueAt };
}

export const decodeHit = (record: Item): Hit => HIT.decode(record);

export const encodeStory = (story: Story, record: StoryRecord | null, version: number): Item => ({
  ...storyKey(story.id),
  type: 'story',
  ...STORY.encode(fitStory(story)),
  version,
  listedIn: storyDayShardOf(story.lastSeenAt.slice(0, 10), story.id),
  listedAt: storyPosition(story),
  ...(record === null ? {} : { words: packWords(record) }),
});

export const decodeStory = (record: Item): Story => STORY.decode(record);

/** Null for a story that attracts nothing. */
export function decodeKnownStory(item: Item): KnownStory | null {
  if (item['words'] === undefined) return null;
  const reader = new RecordReader(item, nameOf(item));
  const record = unpackWords(reader);
  return record && { story: decodeStory(item), record, version: reader.number('version') };
}

/** Numbers without any pattern: half the size of their digits, at a fifth of a millisecond. */
const packWords = (record: StoryRecord): Uint8Array =>
  deflateRawSync(JSON.stringify({ version: WORDS_VERSION, record }));

function unpackWords(reader: RecordReader): StoryRecord | null {
  const bytes = reader.bytes('words');
  try {
    const text = inflateRawSync(bytes, { maxOutputLength: LARGEST_WORDS_BYTES }).toString();
    const { version, record } = JSON.parse(text) as { version: number; record: StoryRecord };
    return version === WORDS_VERSION ? record : null;
  } catch (error) {
    throw reader.damaged(`its words cannot be unpacked (${(error as Error).message})`);
  }
}

export const encodeStoryReader = (reader: StoryReader): Item => ({
  ...storyReaderKey(reader.storyId, reader.subscriptionId),
  type: 'storyReader',
  ...READER.encode(reader),
});

export const decodeStoryReader = (record: Item): StoryReader => READER.decode(record);
