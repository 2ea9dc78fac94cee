// When a feed counts as failing for long: then operators are notified. (A feed is failing from its first failed poll on: feed-health.ts.)
import { HOUR_MS } from '../core/time.ts';
import type { FeedFailure } from '../model/feed.ts';

/** Most outages are shorter, and over before anybody has looked. */
const LONG_FAILURE_MS = 6 * HOUR_MS;
/** A machine that slept for a night has proved nothing with its first try. With the usual pauses the fifth comes after 75 minutes. */
const LONG_FAILURE_TRIES = 5;

/** `failure`: of the feed's last poll, null when that was good. */
export const isFailingForLong = (failure: FeedFailure | null, now: Date): boolean =>
  failure !== null &&
  failure.count >= LONG_FAILURE_TRIES &&
  now.getTime() - Date.parse(failure.since) >= LONG_FAILURE_MS;
