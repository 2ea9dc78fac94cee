// Each minute: one message per due batch of feeds. A dispatcher that runs late or not at all is made up for by the next,
// two at once queue nothing twice, and a clock that jumps stops nothing.

import { chunks } from '../../core/chunks.ts';
import { METRICS } from '../../core/metrics.ts';
import { instantAfter, MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import { batchMinuteUpTo, isFromTheFuture, minuteOf, slotOf } from '../../feeds/poll-schedule.ts';
import type { PollBatch } from '../../model/feed.ts';
import type { FeedId } from '../../model/ids.ts';
import type { PollMessage } from '../../model/messages.ts';
import type { Settings } from '../../model/settings.ts';
import type { Clock, FeedStore, Log, Metrics, PollQueue, ScheduleStore } from '../../ports.ts';

/** Longer than the function may run, shorter than a minute's delay would hurt. */
const CLAIM_MS = 55_000;
/** A message with more would poll its feeds for longer than the rest of the queue should wait. */
const FEEDS_A_MESSAGE = 25;

export interface SchedulePorts {
  readonly feeds: Pick<FeedStore, 'listPollBatches' | 'getFeeds'>;
  readonly schedule: ScheduleStore;
  readonly pollQueue: PollQueue;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface Scheduled {
  /** `claimed_elsewhere`: another run has these minutes; `done_already`: they were queued before. */
  readonly outcome: 'queued' | 'claimed_elsewhere' | 'done_already';
  readonly batches: number;
  readonly minutes: number;
}

/** Claim, send, complete: a run that dies in between leaves its minutes to the next one after the claim has run out. */
export async function schedulePolls(ports: SchedulePorts, settings: Settings): Promise<Scheduled> {
  const now = ports.clock.now();
  const last = await ports.schedule.lastMinute();
  const span = minutesToQueue(last, now);
  if (span === null) return { outcome: 'done_already', batches: 0, minutes: 0 };
  const until = instantAfter(now, CLAIM_MS);
  if (!(await ports.schedule.claim(span.mark, until, now.toISOString()))) {
    return { outcome: 'claimed_elsewhere', batches: 0, minutes: 0 };
  }
  const batches = await ports.feeds.listPollBatches();
  const messages = batches.flatMap((batch) => {
    // However many of its slots were missed, the batch is polled once: its newest slot stands for all.
    const minute = batchMinuteUpTo(batch.id, span.to, settings.poll.everyMinutes);
    return minute > span.after && batch.feedIds.length > 0 ? [messageFor(batch, slotOf(minute))] : [];
  });
  await ports.pollQueue.send(messages);
  await ports.schedule.complete(span.mark);
  ports.metrics.put(METRICS.oldestDueFeedSeconds, 'Seconds', await oldestDueSeconds(batches, now, ports, settings));
  return { outcome: 'queued', batches: messages.length, minutes: span.to - span.after };
}

/** Polls the feeds as soon as the queue gets to them, because a user asked for it. */
export const queuePollNow = (feedIds: readonly FeedId[], ports: { readonly pollQueue: PollQueue }): Promise<void> =>
  queueFeeds(feedIds, ports, {});

/** The first poll of feeds that were just added; the schedule leaves it to this for a while. */
export const queueFirstPoll = (feedIds: readonly FeedId[], ports: { readonly pollQueue: PollQueue }): Promise<void> =>
  queueFeeds(feedIds, ports, { firstPoll: true });

async function queueFeeds(
  feedIds: readonly FeedId[],
  ports: { readonly pollQueue: PollQueue },
  how: Pick<PollMessage, 'firstPoll'>,
): Promise<void> {
  const messages = chunks(feedIds, FEEDS_A_MESSAGE).map(
    (some): PollMessage => ({ v: 1, kind: 'poll', pollBatch: null, slot: null, feedIds: some, ...how }),
  );
  if (messages.length > 0) await ports.pollQueue.send(messages);
}

interface Span {
  /** Minutes (after, to] are queued. */
  readonly after: number;
  readonly to: number;
  /** What the schedule store gets: the minute `to`, unless a mark from the future stands in the way. */
  readonly mark: string;
}

/**
 * Null when this minute is queued already. A mark from the future would block the schedule until that time has come: it is pushed
 * on by a minute at each run instead, which still lets one caller only through, and the present minute is queued.
 */
function minutesToQueue(last: string | null, now: Date): Span | null {
  const to = minuteOf(now);
  if (last === null) return { after: to - 1, to, mark: slotOf(to) };
  if (isFromTheFuture(last, now)) return { after: to - 1, to, mark: slotOf(minuteOf(new Date(last)) + 1) };
  const after = minuteOf(new Date(last));
  return after >= to ? null : { after, to, mark: slotOf(to) };
}

const messageFor = (batch: PollBatch, slot: string): PollMessage => ({
  v: 1,
  kind: 'poll',
  pollBatch: batch.id,
  slot,
  feedIds: batch.feedIds,
});

/**
 * For how long the batch that waits longest has been due; less than a minute while all is well. A batch that was never polled has
 * been due since its first feed was added.
 */
async function oldestDueSeconds(
  batches: readonly PollBatch[],
  now: Date,
  { feeds }: SchedulePorts,
  { poll: { everyMinutes } }: Settings,
): Promise<number> {
  const dueSince: number[] = [];
  const neverPolled: FeedId[] = [];
  for (const { id, feedIds, lastSlot } of batches) {
    if (lastSlot === null) {
      neverPolled.push(...feedIds.slice(0, 1));
    } else if (!isFromTheFuture(lastSlot, now)) {
      const next = batchMinuteUpTo(id, minuteOf(new Date(lastSlot)) + everyMinutes, everyMinutes);
      if (next <= minuteOf(now)) dueSince.push(next * MINUTE_MS);
    }
  }
  const waiting = (await feeds.getFeeds(neverPolled)).filter(({ active }) => active);
  dueSince.push(...waiting.map(({ addedAt }) => Date.parse(addedAt)));
  const oldest = dueSince.reduce((least, since) => Math.min(least, since), now.getTime());
  return Math.floor((now.getTime() - oldest) / SECOND_MS);
}
