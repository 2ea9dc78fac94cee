// Each minute: one message per due group of feeds. A dispatcher that runs late or not at all is made up for by the next,
// two at once queue nothing twice.
import { isGroupDue, minuteOf, slotOf } from '../feeds/poll-schedule.ts';
import { METRICS } from '../metrics.ts';
import type { PollGroup } from '../model/feed.ts';
import type { FeedId } from '../model/ids.ts';
import type { Clock, FeedStore, Log, Metrics, PollQueue, ScheduleStore } from '../ports.ts';
import type { Settings } from '../settings.ts';
import type { PollMessage } from './messages.ts';

/** Longer than the function may run, shorter than a minute's delay would hurt. */
const CLAIM_MS = 55_000;
/** Minutes looked back at most: every group comes up once in an interval, so more would only repeat. */
const MOST_MINUTES_BACK = 24 * 60;

export interface SchedulePorts {
  readonly feeds: Pick<FeedStore, 'listPollGroups'>;
  readonly schedule: ScheduleStore;
  readonly pollQueue: PollQueue;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface Scheduled {
  /** `claimed_elsewhere`: another run has these minutes; `done_already`: they were queued before. */
  readonly outcome: 'queued' | 'claimed_elsewhere' | 'done_already';
  readonly groups: number;
  readonly minutes: number;
}

export async function schedulePolls(ports: SchedulePorts, settings: Settings): Promise<Scheduled> {
  const now = ports.clock.now();
  const minute = minuteOf(now);
  const last = await ports.schedule.lastMinute();
  const from = firstMinute(last, minute);
  if (from > minute) return { outcome: 'done_already', groups: 0, minutes: 0 };
  const slot = slotOf(minute);
  if (!(await ports.schedule.claim(slot, new Date(now.getTime() + CLAIM_MS).toISOString(), now.toISOString()))) {
    return { outcome: 'claimed_elsewhere', groups: 0, minutes: 0 };
  }
  const groups = (await ports.feeds.listPollGroups()).filter(({ feedIds }) => feedIds.length > 0);
  const due = groups.flatMap((group) => {
    const at = lastDueMinute(group, from, minute, settings.poll.everyMinutes);
    return at === null ? [] : [messageFor(group, slotOf(at))];
  });
  await ports.pollQueue.send(due);
  await ports.schedule.complete(slot);
  ports.metrics.put(METRICS.oldestDueFeedSeconds, 'Seconds', oldestDueSeconds(groups, now, settings));
  return { outcome: 'queued', groups: due.length, minutes: minute - from + 1 };
}

/** Polls the feeds as soon as the queue gets to them: just added, or asked for. */
export async function queuePollNow(feedIds: readonly FeedId[], ports: { readonly pollQueue: PollQueue }): Promise<void> {
  const messages: PollMessage[] = [];
  for (let at = 0; at < feedIds.length; at += FEEDS_A_MESSAGE) {
    messages.push({ v: 1, kind: 'poll', pollGroup: null, slot: null, feedIds: feedIds.slice(at, at + FEEDS_A_MESSAGE) });
  }
  await ports.pollQueue.send(messages);
}

const FEEDS_A_MESSAGE = 25;

/** The minute after the last one; a mark in the future, left by a clock that jumped, is as good as none. */
function firstMinute(last: string | null, minute: number): number {
  if (last === null) return minute;
  const mark = minuteOf(new Date(last));
  if (mark > minute + 1) return minute;
  return Math.max(mark + 1, minute - MOST_MINUTES_BACK + 1);
}

/** The group's newest due minute of the range; the group is polled once however many were missed. */
function lastDueMinute(group: PollGroup, from: number, to: number, everyMinutes: number): number | null {
  for (let minute = to; minute >= Math.max(from, to - everyMinutes + 1); minute--) {
    if (isGroupDue(group.id, minute, everyMinutes)) return minute;
  }
  return null;
}

const messageFor = (group: PollGroup, slot: string): PollMessage => ({
  v: 1,
  kind: 'poll',
  pollGroup: group.id,
  slot,
  feedIds: group.feedIds,
});

/** How long the group that waits longest has been due. A group that was never polled counts from its first slot on, which is not known: 0. */
function oldestDueSeconds(groups: readonly PollGroup[], now: Date, settings: Settings): number {
  const intervalMs = settings.poll.everyMinutes * 60_000;
  const late = groups.flatMap(({ lastSlot }) => (lastSlot === null ? [] : [now.getTime() - Date.parse(lastSlot) - intervalMs]));
  return Math.max(0, ...late) / 1000;
}
