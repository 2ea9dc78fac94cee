// The stretches of time whose alerts come in one mail.
import { epochSeconds, HOUR_MS, MINUTE_MS, SECOND_MS } from '../core/time.ts';
import type { SubscriptionId } from '../model/ids.ts';
import type { Digest, DigestPeriod } from '../model/subscription.ts';
import { zoneNamed } from '../text/zoned-time.ts';

/** Hour of day, in the mails' time zone, at which a daily digest closes: it is there when the working day begins. */
const DAILY_DIGEST_HOUR = 7;
/** Single alerts are counted in windows of ten minutes, aligned to the clock. */
const STORM_WINDOW_SECONDS = 600;

export interface Window {
  readonly start: Date;
  readonly end: Date;
}

/** Hourly: the full hour in UTC. Daily: from 07:00 to 07:00 in `timeZone`, which is 23 or 25 hours when the clocks change. */
export function digestWindow(period: Exclude<DigestPeriod, 'none'>, now: Date, timeZone: string): Window {
  if (period === 'hourly') {
    const start = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
    return { start: new Date(start), end: new Date(start + HOUR_MS) };
  }
  const today = sevenOClock(now, 0, timeZone);
  return now < today
    ? { start: sevenOClock(now, -1, timeZone), end: today }
    : { start: today, end: sevenOClock(now, 1, timeZone) };
}

export function stormWindow(now: Date): Window {
  const start = Math.floor(now.getTime() / SECOND_MS / STORM_WINDOW_SECONDS) * STORM_WINDOW_SECONDS;
  return { start: new Date(start * SECOND_MS), end: new Date((start + STORM_WINDOW_SECONDS) * SECOND_MS) };
}

export function newDigest(
  subscriptionId: SubscriptionId,
  window: Window,
  cause: Digest['cause'],
  now: Date,
  expiresAt: number,
): Digest {
  return {
    id: `${subscriptionId}.${epochSeconds(window.start)}`,
    subscriptionId,
    windowStart: window.start.toISOString(),
    windowEnd: window.end.toISOString(),
    cause,
    state: 'open',
    attempts: 0,
    dueAt: window.end.toISOString(),
    reason: null,
    updatedAt: now.toISOString(),
    expiresAt,
  };
}

/** The instant of 07:00 on the local day `days` after the one that `now` falls on. */
function sevenOClock(now: Date, days: number, timeZone: string): Date {
  const offsetMs = (instant: number): number => zoneNamed(timeZone)(instant) * MINUTE_MS;
  const local = new Date(now.getTime() + offsetMs(now.getTime()));
  const wanted = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() + days, DAILY_DIGEST_HOUR);
  // A first guess with today's offset may be an hour off across a change of the clocks; a second one from there is right.
  const guess = wanted - offsetMs(now.getTime());
  return new Date(wanted - offsetMs(guess));
}
