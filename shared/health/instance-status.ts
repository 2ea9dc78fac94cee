// The figures of /v1/status: what is followed and in force, what waits, what fails.
import { describeHealth, FAILING_STATUSES, type FeedHealth, type HealthStatus } from '../feeds/feed-health.ts';
import type { Feed, PollBatch } from '../model/feed.ts';
import type { Settings } from '../model/settings.ts';
import { isInForce } from '../model/topic.ts';
import type { FeedStore, ScheduleStore, TopicStore } from '../ports.ts';
import { type DeliveryTrouble, type DeliveryTroublePorts, deliveryTroubles } from './delivery-troubles.ts';

/** Due entries that are counted; more is shown as this many. */
export const DUE_COUNTED = 100;

export interface InstanceStatus {
  /** The instance's own clock; RFC 3339, as all instants here. */
  readonly time: string;
  readonly feeds: {
    readonly total: number;
    /** Those whose status is one of `FAILING_STATUSES`. */
    readonly failing: number;
    readonly neverPolled: number;
    readonly byStatus: Readonly<Partial<Record<HealthStatus, number>>>;
  };
  readonly topics: number;
  /** The last minute whose polls were queued. */
  readonly lastScheduledMinute: string | null;
  /** Since then every group of feeds was polled. */
  readonly oldestPolledAt: string | null;
  /** Matches, deliveries and digests that are due and not finished. */
  readonly due: number;
  readonly oldestDueAt: string | null;
  readonly deliveryTroubles: readonly DeliveryTrouble[];
}

export interface StatusPorts extends DeliveryTroublePorts {
  readonly feeds: Pick<FeedStore, 'listPollBatches' | 'getFeeds'>;
  readonly topics: Pick<TopicStore, 'listEntries'>;
  readonly schedule: Pick<ScheduleStore, 'lastMinute'>;
  readonly settings: Settings;
}

/** Reads every feed once. */
export async function instanceStatus(ports: StatusPorts): Promise<InstanceStatus> {
  const time = ports.clock.now().toISOString();
  const [groups, topics, lastScheduledMinute, due, troubles] = await Promise.all([
    ports.feeds.listPollBatches(),
    ports.topics.listEntries(),
    ports.schedule.lastMinute(),
    ports.due.listDue(time, DUE_COUNTED),
    deliveryTroubles(ports),
  ]);
  const feeds = await countFeeds(groups, ports);
  const polledAt = groups.flatMap((group) =>
    group.feedIds.length > 0 && group.lastPolledAt !== null ? [group.lastPolledAt] : [],
  );
  return {
    time,
    feeds,
    topics: topics.filter(isInForce).length,
    lastScheduledMinute,
    oldestPolledAt: polledAt.sort()[0] ?? null,
    due: due.length,
    oldestDueAt: due[0]?.dueAt ?? null,
    deliveryTroubles: troubles,
  };
}

async function countFeeds(groups: readonly PollBatch[], ports: StatusPorts): Promise<InstanceStatus['feeds']> {
  const byStatus: Partial<Record<HealthStatus, number>> = {};
  let neverPolled = 0;
  for (const group of groups) {
    for (const feed of await ports.feeds.getFeeds(group.feedIds)) {
      const { status } = healthOf(feed, group, ports);
      byStatus[status] = (byStatus[status] ?? 0) + 1;
      if (feed.active && !feed.state.baselined) neverPolled += 1;
    }
  }
  const sum = (statuses: readonly HealthStatus[]): number =>
    statuses.reduce((total, status) => total + (byStatus[status] ?? 0), 0);
  return {
    total: sum(Object.keys(byStatus) as HealthStatus[]),
    failing: sum(FAILING_STATUSES),
    neverPolled,
    byStatus,
  };
}

const healthOf = (feed: Feed, group: PollBatch, { clock, settings }: StatusPorts): FeedHealth =>
  describeHealth(feed, group, clock.now(), settings);
