// When a feed is due: arithmetic over batch, feed, interval and minute, so that an unchanged feed costs no database write.
// And how long it waits: a quiet feed's longer interval, a publisher's wish, the pause after failures.
//
// Time is cut into slots, one every `everyMinutes` for each batch, at a minute of the batch's own. A feed whose interval is
// n slots takes part in every n-th of them; which ones follows from its id, so that feeds spread over the slots.

import { createHash } from 'node:crypto';
import { DAY_MINUTES, DAY_SECONDS, HOUR_MS, instantAfter, MINUTE_MS, MINUTE_SECONDS, SECOND_MS } from '../core/time.ts';
import type { Feed, FeedFailure, PollBatch, PollState } from '../model/feed.ts';
import type { FeedId } from '../model/ids.ts';
import type { Settings } from '../model/settings.ts';

/** A quiet feed is polled about this often in the span for which it has been quiet: after four hours, every ten minutes. */
const POLLS_A_QUIET_SPAN = 24;
/** A publisher's wish counts for a day at most, and a host's pause an hour longer. */
const LONGEST_WISH_MS = 25 * HOUR_MS;
/** How far clocks of two machines may differ; what lies further in the future was written by a clock that ran ahead. */
const CLOCK_SKEW_MS = 2 * MINUTE_MS;
/** In which the queue has got to a first poll, also when thousands of feeds are added at once. After that, the schedule sees to it. */
const FIRST_POLL_MS = 10 * MINUTE_MS;
/** Of a pause, so that feeds which failed together do not come back together. */
const MOST_JITTER = 0.25;
const ALL_HOURS = 2 ** 24 - 1;

export const minuteOf = (instant: Date): number => Math.floor(instant.getTime() / MINUTE_MS);
export const slotOf = (minute: number): string => new Date(minute * MINUTE_MS).toISOString();

/** True for an instant that cannot be of the past: somebody's clock ran ahead when it was written. */
export const isFromTheFuture = (instant: string, now: Date): boolean =>
  Date.parse(instant) > now.getTime() + CLOCK_SKEW_MS;

/** Claims of the schedule that run longer than this were made by a clock that ran ahead, and stop no other. `until`: the end of a claim made now. */
export const furthestClaim = (until: string): string => instantAfter(new Date(until), CLOCK_SKEW_MS);

/** The newest minute, at or before the given one, in which the batch is due. */
export function batchMinuteUpTo(batchId: string, minute: number, everyMinutes: number): number {
  const phase = spread(batchId) % everyMinutes;
  return minute - ((((minute - phase) % everyMinutes) + everyMinutes) % everyMinutes);
}

/**
 * Whether the feed is to be polled now. `slot` is the minute that the poll is for, null when somebody asked for it: then only an
 * inactive feed is not polled. `lastSlot` is the slot carried out last (null: none): slots skipped since then are made up for,
 * once. A feed without a first good poll, and one that fails, is due in every slot once its pause is over.
 */
export function isFeedDue(
  feed: Pick<Feed, 'id' | 'active' | 'addedAt' | 'state'>,
  at: { readonly slot: string | null; readonly lastSlot: string | null },
  now: Date,
  settings: Settings,
): boolean {
  const { state } = feed;
  if (at.slot === null) return feed.active;
  if (!feed.active || state.goneAt !== null || isPaused(state, now, settings)) return false;
  if (isLeftToFirstPoll(feed, now)) return false;
  const slot = Date.parse(at.slot);
  if (isSkipped(slot, state.skippedHours)) return false;
  if (!state.baselined || state.failure !== null || at.lastSlot === null) return true;
  const { everyMinutes } = settings.poll;
  const tick = tickOf(slot, everyMinutes);
  // A mark that is not before the slot came from a clock that ran ahead: look back one slot only.
  const lastTick = Math.min(
    tickOf(beforeSkippedHours(Date.parse(at.lastSlot), state.skippedHours), everyMinutes),
    tick - 1,
  );
  const slots = slotsBetweenPolls(intervalNow(feed, now, settings), everyMinutes);
  return turn(feed.id, tick, slots) > turn(feed.id, lastTick, slots);
}

/** Its publisher has asked for patience, or it has failed: it is not polled yet. */
export const isPaused = (state: PollState, now: Date, settings: Settings): boolean =>
  pauseEnd(state, now, settings) > now.getTime();

/** Adding the feed has queued its first poll: if the schedule polled it too, it would be asked twice at the same time. */
function isLeftToFirstPoll({ addedAt, state }: Pick<Feed, 'addedAt' | 'state'>, now: Date): boolean {
  const age = now.getTime() - Date.parse(addedAt);
  return !state.baselined && state.failure === null && age >= 0 && age < FIRST_POLL_MS;
}

/** When the feed is next polled, if all goes well; null when it is not. */
export function nextPollAt(feed: Feed, now: Date, settings: Settings): string | null {
  const { state } = feed;
  const { everyMinutes } = settings.poll;
  if (!feed.active || state.goneAt !== null) return null;
  const free = Math.max(now.getTime(), pauseEnd(state, now, settings));
  let minute = batchMinuteUpTo(feed.pollBatch, minuteOf(new Date(free)), everyMinutes) + everyMinutes;
  if (state.baselined && state.failure === null) {
    const slots = slotsBetweenPolls(intervalNow(feed, now, settings), everyMinutes);
    minute += ((slots - ((Math.floor(minute / everyMinutes) + spread(feed.id)) % slots)) % slots) * everyMinutes;
  }
  // What falls into skipped hours is made up for in the first slot after them.
  while (isSkipped(minute * MINUTE_MS, state.skippedHours)) minute += everyMinutes;
  return slotOf(minute);
}

/**
 * When the feed was last polled by its schedule, from its batch's mark: the only trace that a poll of an unchanged feed leaves.
 * Null when the mark tells nothing. Not later than `now`.
 */
export function lastScheduledPollAt(feed: Feed, batch: PollBatch | null, now: Date, settings: Settings): string | null {
  const { everyMinutes } = settings.poll;
  if (batch === null || batch.lastSlot === null || isFromTheFuture(batch.lastSlot, now)) return null;
  const { skippedHours } = feed.state;
  const marked = Date.parse(batch.lastSlot);
  const awake = beforeSkippedHours(marked, skippedHours);
  const slot =
    awake === marked ? marked : batchMinuteUpTo(batch.id, minuteOf(new Date(awake)), everyMinutes) * MINUTE_MS;
  const slots = slotsBetweenPolls(intervalNow(feed, now, settings), everyMinutes);
  const slotsAgo = (tickOf(slot, everyMinutes) + spread(feed.id)) % slots;
  if (slotsAgo === 0 && slot === marked) return batch.lastPolledAt;
  return new Date(slot - slotsAgo * everyMinutes * MINUTE_MS).toISOString();
}

/**
 * Minutes between polls after a good one. It grows with the time for which the feed has been quiet, as floor × 2^k, so that it needs
 * no counter and an unchanged feed no write until the interval itself changes; and it is not shorter than the publisher asks,
 * up to the last step within a day (1,280 minutes with a floor of five): what is usually asked (15, 30, 60, 120 minutes) is met to the
 * minute, the rest exceeded by less than double.
 */
export function intervalAfter(
  poll: {
    /** When a new item last appeared, or when the feed was added. */
    readonly quietSince: string;
    /** What Cache-Control or Expires of this answer asks; null when it asks nothing. */
    readonly freshSeconds: number | null;
    /** What the last document asks (ttl, sy:updatePeriod); 0 when it did not say. */
    readonly askedMinutes: number;
  },
  now: Date,
  { poll: { everyMinutes, slowestMinutes } }: Settings,
): number {
  // From the future, by a clock that ran ahead: nothing is known, and the feed is polled as a lively one until it brings something.
  const quietMinutes = (now.getTime() - Date.parse(poll.quietSince)) / MINUTE_MS;
  const adapted = Math.min(slowestMinutes, quietMinutes / POLLS_A_QUIET_SPAN);
  const asked = Math.max((poll.freshSeconds ?? 0) / MINUTE_SECONDS, poll.askedMinutes);
  let interval = everyMinutes;
  while (interval * 2 <= adapted) interval *= 2;
  return Math.max(interval, stepFor(asked, everyMinutes));
}

/**
 * Minutes between polls now: as written down after the last poll that changed them, or fewer where the settings have been changed
 * since then, so that they need no poll to take effect. More takes effect with the next poll.
 */
export function intervalNow(feed: Pick<Feed, 'addedAt' | 'state'>, now: Date, settings: Settings): number {
  const { intervalMinutes, freshMinutes, askedMinutes } = feed.state;
  const asked = { freshSeconds: freshMinutes * MINUTE_SECONDS, askedMinutes };
  return Math.min(intervalMinutes, intervalAfter({ quietSince: quietSinceOf(feed), ...asked }, now, settings));
}

/** When a new item last appeared, or when the feed was added. */
export const quietSinceOf = ({ addedAt, state }: { readonly addedAt: string; readonly state: PollState }): string =>
  state.lastNewItemAt ?? addedAt;

/** What a publisher's caching headers ask for, in minutes, as a step of the schedule; 0 when it is no more than the floor. */
export function freshStep(freshSeconds: number | null, { poll: { everyMinutes } }: Settings): number {
  const step = stepFor((freshSeconds ?? 0) / MINUTE_SECONDS, everyMinutes);
  return step > everyMinutes ? step : 0;
}

/** The least of floor × 1, 2, 3, 4, 6, 8, 12, 16, … that is not less than asked; the greatest within a day where there is none. */
function stepFor(askedMinutes: number, everyMinutes: number): number {
  let step = everyMinutes;
  for (let power = everyMinutes; step < askedMinutes && power <= DAY_MINUTES; power *= 2) {
    for (const next of [power, power * 1.5]) {
      if (step < askedMinutes && next <= DAY_MINUTES && next % everyMinutes === 0) step = next;
    }
  }
  return step;
}

/** Hours 0 to 23 as bits; asking to skip all of them counts as none, for it would end the feed. */
export function hourMask(hours: readonly number[]): number {
  const mask = hours.reduce((bits, hour) => (hour >= 0 && hour < 24 ? bits | (1 << hour) : bits), 0);
  return mask === ALL_HOURS ? 0 : mask;
}

/**
 * After the nth failed poll in a row: 2^(n-1) intervals and up to a quarter more, a day at most, and an interval later than
 * Retry-After, in which the host's other feeds, silenced along with it, are asked.
 */
export function pauseAfterFailure(
  feedId: FeedId,
  failures: number,
  retryAfterSeconds: number | undefined,
  now: Date,
  settings: Settings,
): string {
  const base = backoffSeconds(failures, settings);
  const jitter = 1 + (MOST_JITTER * (spread(`${feedId} ${failures}`) % 1000)) / 1000;
  const asked = retryAfterSeconds === undefined ? 0 : retryAfterSeconds + settings.poll.everyMinutes * MINUTE_SECONDS;
  const seconds = Math.min(DAY_SECONDS, Math.max(base * jitter, asked));
  return instantAfter(now, seconds * SECOND_MS);
}

/** A 31-bit number out of a name: the same everywhere, and even over names. */
const spread = (name: string): number => createHash('sha256').update(name).digest().readUInt32BE(0) & 0x7fffffff;

const tickOf = (ms: number, everyMinutes: number): number => Math.floor(ms / MINUTE_MS / everyMinutes);

/** Counts the feed's polls: it goes up by one in each slot in which the feed takes part. */
const turn = (feedId: FeedId, tick: number, slots: number): number => Math.floor((tick + spread(feedId)) / slots);

const slotsBetweenPolls = (intervalMinutes: number, everyMinutes: number): number =>
  Math.max(1, Math.round(intervalMinutes / everyMinutes));

/**
 * Milliseconds; 0 when there is no pause, or none that can be believed: one that is longer than any that we make for such a failure was written
 * by a clock that ran ahead, or under settings that have been changed since.
 */
function pauseEnd({ notBefore, failure }: PollState, now: Date, settings: Settings): number {
  if (notBefore === null) return 0;
  const end = Date.parse(notBefore);
  return end - now.getTime() > longestPauseMs(failure, settings) + CLOCK_SKEW_MS ? 0 : end;
}

function longestPauseMs(failure: FeedFailure | null, settings: Settings): number {
  const mayBeWished = failure === null || failure.kind === 'throttled' || failure.status !== undefined;
  return mayBeWished ? LONGEST_WISH_MS : 1000 * backoffSeconds(failure.count, settings) * (1 + MOST_JITTER);
}

/** Before jitter. */
const backoffSeconds = (failures: number, { poll }: Settings): number =>
  poll.everyMinutes * MINUTE_SECONDS * 2 ** Math.min(failures - 1, 12);

const isSkipped = (ms: number, skippedHours: number): boolean =>
  (skippedHours & (1 << new Date(ms).getUTCHours())) !== 0;

/** The instant itself or, inside skipped hours, the last minute before they began. */
function beforeSkippedHours(ms: number, skippedHours: number): number {
  let at = ms;
  while (isSkipped(at, skippedHours)) at = Math.floor(at / HOUR_MS) * HOUR_MS - MINUTE_MS;
  return at;
}
