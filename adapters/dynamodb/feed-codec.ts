// A feed as a record, and back.
import {
  type Feed,
  type FeedSettings,
  feedSchema,
  feedSettingsSchema,
  type PollBatch,
  type PollState,
} from '../../shared/model/feed.ts';
import { fitFeedSettings, fitPollState } from '../../shared/model/fit-feed.ts';
import type { FeedId } from '../../shared/model/ids.ts';
import { codecOf } from './codec.ts';
import { feedKey } from './keys.ts';
import { nameOf, RecordReader } from './record.ts';
import type { Item } from './table-client.ts';

const FEED = codecOf(feedSchema);
const SETTINGS = codecOf(feedSettingsSchema);

export const encodeFeed = (feed: Feed): Item => ({
  ...feedKey(feed.id),
  type: 'feed',
  ...FEED.encode({ ...feed, state: fitPollState(feed.state) }),
  ...encodeFeedSettings(feed),
  version: feed.state.version,
});

/** Only the settings that are given; null becomes a stored null, so that an update can clear a field. */
export const encodeFeedSettings = (settings: Partial<FeedSettings>): Item =>
  SETTINGS.encodePart(fitFeedSettings(settings));

/** The state, and its version beside it for the condition of the next write. */
export const encodePollState = (state: PollState): Item => ({
  ...FEED.encodePart({ state: fitPollState(state) }),
  version: state.version,
});

export const decodeFeed = (record: Item): Feed => FEED.decode(record);

/** Null for a batch without feeds. */
export function decodePollBatch(record: Item): PollBatch | null {
  const reader = new RecordReader(record, nameOf(record));
  const feedIds = [...reader.stringSet('feedIds')].sort() as FeedId[];
  if (feedIds.length === 0) return null;
  return {
    id: reader.string('sk'),
    feedIds,
    lastSlot: reader.stringOrNull('lastSlot'),
    lastPolledAt: reader.stringOrNull('lastPolledAt'),
  };
}
