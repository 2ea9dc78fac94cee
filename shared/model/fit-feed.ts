// What is known of a feed within the bounds of its record.
import { type FeedSettings, feedSettingsSchema, type PollState, pollStateSchema } from './feed.ts';
import { fitterOf } from './fit.ts';

/** Settings as they are stored, only those that are given. */
export const fitFeedSettings: (settings: Partial<FeedSettings>) => Partial<FeedSettings> = fitterOf(feedSettingsSchema);

/** The state as it is stored: what is too long is cut with a mark, what cannot be cut is left out. */
export const fitPollState: (state: PollState) => PollState = fitterOf(pollStateSchema);
