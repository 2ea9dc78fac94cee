// The figures of /v1/status: what is followed and in force, what waits, what fails.
import { type LocalMail, mailQuestion } from '../alerts/consent.ts';
import { describeHealth } from '../feeds/feed-health.ts';
import { FAILING_STATUSES } from '../feeds/health-statuses.ts';
import type { Feed, PollBatch } from '../model/feed.ts';
import type { FeedHealth, HealthStatus } from '../model/feed-health.ts';
import type { Settings } from '../model/settings.ts';
import type { InstanceStatus, OperatorsTold } from '../model/status.ts';
import type { Due } from '../model/subscription.ts';
import { isInForce } from '../model/topic.ts';
import type {
  DueStore,
  FeedStore,
  HitStore,
  OperatorSubscriptions,
  ScheduleStore,
  SendQuota,
  TopicStore,
} from '../ports.ts';
import { deliveryFailures, type FailingDeliveryPorts } from './failing-deliveries.ts';

/** Due entries that are counted; more is shown as this many. */
const DUE_COUNTED = 100;

export type { InstanceStatus };

export interface StatusPorts extends FailingDeliveryPorts {
  readonly feeds: Pick<FeedStore, 'listPollBatches' | 'getFeeds'>;
  readonly topics: Pick<TopicStore, 'listEntries'>;
  readonly schedule: Pick<ScheduleStore, 'lastMinute'>;
  readonly hits: Pick<HitStore, 'getHits'>;
  /** Null on one machine. */
  readonly operatorSubscriptions: OperatorSubscriptions | null;
  readonly sendQuota?: SendQuota;
  readonly settings: Settings;
  /** Absent on AWS. */
  readonly localMail?: LocalMail;
}

/**
 * What is due and not worked on yet, the oldest first; at most `DUE_COUNTED`. A hit that was alerted, and is due only for a look at its deliveries, is no
 * alert that waits.
 */
export async function waitingAlerts(
  { due, hits }: { readonly due: Pick<DueStore, 'listDue'>; readonly hits: Pick<HitStore, 'getHits'> },
  time: string,
): Promise<readonly Due[]> {
  const entries = await due.listDue(time, DUE_COUNTED);
  const listed = await hits.getHits(entries.flatMap((entry) => (entry.kind === 'hit' ? entry.id : [])));
  const alerted = new Set<string>(
    listed.filter(({ alertState }) => alertState === 'done').map(({ article }) => article),
  );
  return entries.filter(({ kind, id }) => kind !== 'hit' || !alerted.has(id));
}

/** Reads every feed once. */
export async function instanceStatus(ports: StatusPorts): Promise<InstanceStatus> {
  const time = ports.clock.now().toISOString();
  const [batches, topics, lastScheduledMinute, due, failures, operators, mailQuota] = await Promise.all([
    ports.feeds.listPollBatches(),
    ports.topics.listEntries(),
    ports.schedule.lastMinute(),
    waitingAlerts(ports, time),
    deliveryFailures(ports),
    operatorsTold(ports),
    ports.sendQuota?.read(),
  ]);
  const feeds = await countFeeds(batches, ports);
  const polledAt = batches.flatMap((batch) =>
    batch.feedIds.length > 0 && batch.lastPolledAt !== null ? [batch.lastPolledAt] : [],
  );
  return {
    time,
    feeds,
    topics: topics.filter(isInForce).length,
    lastScheduledMinute,
    oldestPolledAt: polledAt.sort()[0] ?? null,
    due: due.length,
    oldestDueAt: due[0]?.dueAt ?? null,
    question: mailQuestion(ports),
    deliveryFailures: failures,
    operators,
    ...(mailQuota === undefined ? {} : { mailQuota }),
  };
}

/** What the service does not tell is no reason to tell nothing. */
async function operatorsTold({ operatorSubscriptions }: StatusPorts): Promise<OperatorsTold | null> {
  if (operatorSubscriptions === null) return null;
  try {
    return { ...(await operatorSubscriptions.count()), problem: null };
  } catch (error) {
    return { confirmed: 0, unconfirmed: 0, problem: error instanceof Error ? error.message : String(error) };
  }
}

async function countFeeds(batches: readonly PollBatch[], ports: StatusPorts): Promise<InstanceStatus['feeds']> {
  const byStatus: Partial<Record<HealthStatus, number>> = {};
  let neverPolled = 0;
  for (const batch of batches) {
    for (const feed of await ports.feeds.getFeeds(batch.feedIds)) {
      const { status } = healthOf(feed, batch, ports);
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

const healthOf = (feed: Feed, batch: PollBatch, { clock, settings }: StatusPorts): FeedHealth =>
  describeHealth(feed, batch, clock.now(), settings);
