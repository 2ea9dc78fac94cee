// The stretches of time whose alerts come in one mail.
import { epochSeconds, HOUR_MS, MINUTE_MS, SECOND_MS } from '../core/time.ts';
import { type DigestPeriod, WEEKDAYS, type Weekday } from '../model/alert-rules.ts';
import type { SubscriptionId } from '../model/ids.ts';
import type { Digest, Subscription } from '../model/subscription.ts';
import { changeOfClocks, instantOfLocal, localTimeOf, minutesOf, weekdayOf } from '../text/local-time.ts';
import { type ZoneOffset, zoneNamed } from '../text/zoned-time.ts';

/** Single alerts are counted in windows of ten minutes, aligned to the clock. */
const STORM_WINDOW_SECONDS = 600;
const DAYS_A_WEEK = 7;

export interface Window {
  readonly start: Date;
  readonly end: Date;
}

/** When a subscriber's digests are sent. */
export interface DigestTimes {
  /** Local time, HH:MM. */
  readonly at: string;
  readonly day: Weekday;
  /** IANA name. */
  readonly timeZone: string;
}

export const digestTimesOf = ({ digestAt, digestDay, timeZone }: Subscription, ofMails: string): DigestTimes => ({
  at: digestAt,
  day: digestDay,
  timeZone: timeZone ?? ofMails,
});

/** Hourly: the full hour on the local clock. Daily and weekly: from one local time to the next, however long the day is. */
export function digestWindow(period: Exclude<DigestPeriod, 'none'>, now: Date, times: DigestTimes): Window {
  const zone = zoneNamed(times.timeZone);
  if (period === 'hourly') {
    const offsetMs = zone(now.getTime()) * MINUTE_MS;
    const start = Math.floor((now.getTime() + offsetMs) / HOUR_MS) * HOUR_MS - offsetMs;
    // Clocks that move by half an hour end one window and begin another.
    return {
      start: new Date(changeOfClocks(start, now.getTime(), zone) ?? start),
      end: new Date(changeOfClocks(now.getTime(), start + HOUR_MS, zone) ?? start + HOUR_MS),
    };
  }
  const days = period === 'daily' ? 1 : DAYS_A_WEEK;
  const { day: today } = localTimeOf(now.getTime(), zone);
  // The day of a digest: today, or the last such day of the week.
  const day =
    period === 'daily' ? today : today - ((weekdayOf(today) - WEEKDAYS.indexOf(times.day) + DAYS_A_WEEK) % DAYS_A_WEEK);
  const closing = (at: number): Date => new Date(instantOfLocal(at, minutesOf(times.at) ?? 0, zone));
  return now < closing(day)
    ? { start: closing(day - days), end: closing(day) }
    : { start: closing(day), end: closing(day + days) };
}

export function stormWindow(now: Date): Window {
  const start = Math.floor(now.getTime() / SECOND_MS / STORM_WINDOW_SECONDS) * STORM_WINDOW_SECONDS;
  return { start: new Date(start * SECOND_MS), end: new Date((start + STORM_WINDOW_SECONDS) * SECOND_MS) };
}

/** The end of the quiet hours that `now` lies in; null outside of them. */
export function quietUntil(subscription: Subscription, now: Date, ofMails: string): Date | null {
  const { quietHours, timeZone } = subscription;
  const from = minutesOf(quietHours?.from ?? '');
  const until = minutesOf(quietHours?.until ?? '');
  if (from === null || until === null || from === until) return null;
  const zone: ZoneOffset = zoneNamed(timeZone ?? ofMails);
  const { day, minutes } = localTimeOf(now.getTime(), zone);
  const isQuiet = from < until ? minutes >= from && minutes < until : minutes >= from || minutes < until;
  if (!isQuiet) return null;
  const end = new Date(instantOfLocal(minutes < until ? day : day + 1, until, zone));
  // Where the clocks are put back, the end may come twice: the first time counts.
  return end > now ? end : null;
}

export function newDigest(
  subscriptionId: SubscriptionId,
  window: Window,
  period: DigestPeriod,
  now: Date,
  expiresAt: number,
): Digest {
  const kind = period === 'none' ? 'storm' : period;
  return {
    id: `${subscriptionId}.${epochSeconds(window.start)}.${kind}`,
    subscriptionId,
    windowStart: window.start.toISOString(),
    windowEnd: window.end.toISOString(),
    cause: period === 'none' ? 'storm' : 'asked',
    period,
    state: 'open',
    attempts: 0,
    dueAt: window.end.toISOString(),
    reason: null,
    reasonCode: null,
    updatedAt: now.toISOString(),
    expiresAt,
  };
}
