// When a feed is due: arithmetic over group, feed, interval and minute, so that an unchanged feed costs no database write.
// And what the next poll waits for: a quiet feed's longer interval, a publisher's wish, the backoff after failures.
import { createHash } from 'node:crypto';
import type { FetchFailedError } from '../errors.ts';
import type { Feed } from '../model/feed.ts';
import type { Settings } from '../settings.ts';

const MINUTE_MS = 60_000;
const DAY_SECONDS = 86_400;
/** A feed is polled about this many times in the span for which it has been quiet: after four hours without an item, every ten minutes. */
const POLLS_A_QUIET_SPAN = 24;

/** A 31-bit number out of a name: spreads groups over minutes and feeds over slots, the same way everywhere. */
const spread = (name: string): number => createHash('sha256').update(name).digest().readUInt32BE(0) & 0x7fffffff;

export const minuteOf = (instant: Date): number => Math.floor(instant.getTime() / MINUTE_MS);
export const slotOf = (minute: number): string => new Date(minute * MINUTE_MS).toISOString();

/** A group is due every `everyMinutes`, at a minute of its own. */
export const isGroupDue = (groupId: string, minute: number, everyMinutes: number): boolean =>
  (minute - spread(groupId)) % everyMinutes === 0;

/**
 * Whether the feed is to be polled in a slot of its group. A feed never polled is always due; a longer interval picks every
 * 2nd, 4th, … slot, which ones being decided by the feed's id. `slot` null: asked for now, only "gone" and "inactive" say no.
 */
export function isFeedDue(feed: Feed, slot: string | null, now: Date, settings: Settings): boolean {
  const { state } = feed;
  if (!feed.active || state.goneAt !== null) return false;
  if (slot === null) return true;
  if (state.notBefore !== null && clampedNotBefore(state.notBefore, now) > now.getTime()) return false;
  if (state.version === 0 || state.notBefore !== null) return true;
  const slots = slotsBetweenPolls(state.intervalMinutes, settings);
  const tick = Math.floor(minuteOf(new Date(slot)) / settings.poll.everyMinutes);
  return (tick + spread(feed.id)) % slots === 0;
}

/** When the feed is next due, for people; null when it is not polled. */
export function nextPollAt(feed: Feed, now: Date, settings: Settings): string | null {
  const { everyMinutes } = settings.poll;
  if (!feed.active || feed.state.goneAt !== null) return null;
  let minute = minuteOf(now) + 1;
  const last = minute + 2 * 24 * 60;
  for (; minute < last; minute++) {
    const slot = slotOf(minute);
    if (isGroupDue(feed.pollGroup, minute, everyMinutes) && isFeedDue(feed, slot, new Date(slot), settings)) return slot;
  }
  return feed.state.notBefore;
}

const slotsBetweenPolls = (intervalMinutes: number, settings: Settings): number =>
  Math.max(1, Math.round(intervalMinutes / settings.poll.everyMinutes));

/** A "not before" further away than any rule sets comes from a clock that jumped; it does not hold. */
function clampedNotBefore(notBefore: string, now: Date): number {
  const at = Date.parse(notBefore);
  return at - now.getTime() > 2 * DAY_SECONDS * 1000 ? 0 : at;
}

export interface Pace {
  readonly intervalMinutes: number;
  readonly notBefore: string | null;
}

/**
 * After a good poll. The interval follows from how long the feed has been quiet, so that it needs no counter and an unchanged
 * feed no write until the interval itself changes; and it is never shorter than the publisher asks (Cache-Control, ttl), up to a day.
 */
export function paceAfterSuccess(
  found: {
    readonly quietSince: string;
    /** What Cache-Control or Expires of this answer asks. */
    readonly freshSeconds: number | null;
    /** What the last document asks (ttl); 0 when it did not say. */
    readonly askedMinutes: number;
    readonly skipHours: readonly number[];
  },
  now: Date,
  settings: Settings,
): Pace {
  const { everyMinutes, slowestMinutes } = settings.poll;
  const quietMinutes = Math.max(0, now.getTime() - Date.parse(found.quietSince)) / MINUTE_MS;
  const adapted = intervalAtMost(Math.min(slowestMinutes, quietMinutes / POLLS_A_QUIET_SPAN), everyMinutes);
  const wishedMinutes = Math.min(DAY_SECONDS, Math.max(found.freshSeconds ?? 0, found.askedMinutes * 60)) / 60;
  const intervalMinutes = Math.max(adapted, intervalAtLeast(wishedMinutes, everyMinutes));
  const next = new Date(now.getTime() + intervalMinutes * MINUTE_MS);
  const allowed = outOfSkippedHours(next, found.skipHours);
  return { intervalMinutes, notBefore: allowed > next ? allowed.toISOString() : null };
}

/** Intervals are floor × 2^k, so that slots of all of them fall together. */
function intervalAtMost(minutes: number, everyMinutes: number): number {
  let interval = everyMinutes;
  while (interval * 2 <= minutes) interval *= 2;
  return interval;
}

function intervalAtLeast(minutes: number, everyMinutes: number): number {
  let interval = everyMinutes;
  while (interval < minutes) interval *= 2;
  return interval;
}

/** The instant itself when its hour is not skipped, else the start of the next hour that is not. All 24 skipped counts as none. */
function outOfSkippedHours(instant: Date, skipHours: readonly number[]): Date {
  if (skipHours.length === 0 || new Set(skipHours).size >= 24) return instant;
  let at = instant;
  while (skipHours.includes(at.getUTCHours())) {
    at = new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000 + 3_600_000);
  }
  return at;
}

/** After the nth failed poll in a row: 2^n intervals with up to a quarter of jitter, a day at most, and never before Retry-After. */
export function notBeforeAfterFailure(
  feed: Feed,
  failures: number,
  error: Pick<FetchFailedError, 'retryAfterSeconds'>,
  now: Date,
  settings: Settings,
): string {
  const base = settings.poll.everyMinutes * 60 * 2 ** Math.min(failures - 1, 12);
  const jitter = 1 + (spread(`${feed.id} ${failures}`) % 1000) / 4000;
  const seconds = Math.min(DAY_SECONDS, Math.max(base * jitter, error.retryAfterSeconds ?? 0));
  return new Date(now.getTime() + seconds * 1000).toISOString();
}
