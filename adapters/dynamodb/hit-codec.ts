// Hits, stories and what subscribers were sent of them as records, and back.
import { DamagedRecordError } from '../../shared/core/errors.ts';
import { fitterOf } from '../../shared/model/fit.ts';
import { type Hit, hitSchema } from '../../shared/model/hit.ts';
import { hitPosition, storyPosition } from '../../shared/model/positions.ts';
import { type Story, type StoryReader, storyReaderSchema, storySchema } from '../../shared/model/story.ts';
import type { KnownStory } from '../../shared/ports.ts';
import type { StoryRecord } from '../../shared/stories/story-record.ts';
import { codecOf } from './codec.ts';
import { hitKey, hitsOfStory, pendingShardOf, storyDayShardOf, storyKey, storyReaderKey } from './keys.ts';
import { nameOf, RecordReader } from './record.ts';
import { packStory, unpackCompressedStory, unpackStory } from './story-words.ts';
import type { Item } from './table-client.ts';

const HIT = codecOf(hitSchema);
const STORY = codecOf(storySchema);
const READER = codecOf(storyReaderSchema);

const fitHit = fitterOf(hitSchema);
const fitStory = fitterOf(storySchema);

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
  ...(record === null ? {} : { packedWords: packStory(record) }),
});

export const decodeStory = (record: Item): Story => STORY.decode(record);

/** Null for a story that attracts nothing. */
export function decodeKnownStory(item: Item): KnownStory | null {
  const reader = new RecordReader(item, nameOf(item));
  const record = unpackWords(item, reader);
  return record && { story: decodeStory(item), record, version: reader.number('version') };
}

function unpackWords(item: Item, reader: RecordReader): StoryRecord | null {
  try {
    if (item['packedWords'] !== undefined) return unpackStory(reader.bytes('packedWords'));
    return item['words'] === undefined ? null : unpackCompressedStory(reader.bytes('words'));
  } catch (error) {
    if (error instanceof DamagedRecordError) throw error;
    throw reader.damaged(`its words cannot be unpacked (${(error as Error).message})`);
  }
}

export const encodeStoryReader = (reader: StoryReader): Item => ({
  ...storyReaderKey(reader.storyId, reader.subscriptionId),
  type: 'storyReader',
  ...READER.encode(reader),
});

export const decodeStoryReader = (record: Item): StoryReader => READER.decode(record);
