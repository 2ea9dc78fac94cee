// What /metrics shows of one machine. Figures that need the whole table are counted every few minutes, not at every scrape.
import { MINUTE_MS, SECOND_MS } from '../../shared/core/time.ts';
import type { InstanceStatus } from '../../shared/health/instance-status.ts';
import { reasonsNotReady } from '../../shared/health/machine-findings.ts';
import type { MachineStatus } from '../../shared/health/machine-status.ts';
import { DELIVERY_CHANNELS, isWebChannel } from '../../shared/model/channels.ts';
import { HEALTH_STATUSES } from '../../shared/model/feed-health.ts';
import { DELIVERY_TROUBLES } from '../../shared/model/status.ts';
import type { Counters } from './counters.ts';
import { databaseProcess, ownProcess } from './process-figures.ts';
import { counter, gauge, type MetricFamily, renderMetrics, type Sample } from './text-format.ts';

/** Counting reads every feed: with 10,000 of them it takes a second or two. */
const COUNTED_EVERY_MS = 5 * MINUTE_MS;

export interface MetricsParts {
  readonly counters: Counters;
  readonly machineStatus: () => MachineStatus;
  readonly instanceStatus: () => Promise<InstanceStatus>;
  readonly databaseProcessId: () => number | null;
  /** Monotonic milliseconds. */
  readonly passed?: () => number;
}

/** The text of /metrics, made afresh at each call. It never fails: what cannot be read is left out. */
export function createMetrics(parts: MetricsParts): () => Promise<string> {
  const counted = keptFor(COUNTED_EVERY_MS, parts.instanceStatus, parts.passed ?? (() => performance.now()));
  return async () => {
    const status = await counted();
    return renderMetrics([
      ...machineFamilies(parts.machineStatus()),
      ...(status === null ? [] : instanceFamilies(status)),
      ...parts.counters.families(),
      ...ownProcess(),
      ...databaseProcess(parts.databaseProcessId()),
    ]);
  };
}

function machineFamilies(status: MachineStatus): readonly MetricFamily[] {
  const { version, schedule, sweep, queues, database, disk } = status;
  const ofQueues = (value: (queue: MachineStatus['queues'][number]) => number): readonly Sample[] =>
    queues.map((queue) => ({ labels: { queue: queue.name }, value: value(queue) }));
  return [
    gauge('tocsin_build_info', 'Versions; the value is always 1.', [
      { labels: { version, node: process.versions.node }, value: 1 },
    ]),
    gauge('tocsin_ready', '1 while /readyz answers 200, else 0.', reasonsNotReady(status).length === 0 ? 1 : 0),
    gauge('tocsin_last_schedule_timestamp_seconds', 'When polls were last scheduled.', instant(schedule.at)),
    gauge('tocsin_last_sweep_timestamp_seconds', 'When the sweep last ended.', instant(sweep.at)),
    gauge(
      'tocsin_queue_messages',
      'Messages in a queue, those in progress included.',
      ofQueues(({ depth }) => depth),
    ),
    gauge(
      'tocsin_queue_oldest_message_age_seconds',
      'For how long the message that has waited longest has been ready; 0 when none waits.',
      ofQueues(({ waitingSeconds }) => waitingSeconds),
    ),
    gauge('tocsin_dead_letters', 'Messages set aside after too many tries.', status.deadLetters),
    counter('tocsin_database_restarts_total', 'Times that the database crashed.', database.restarts),
    gauge('tocsin_disk_free_bytes', 'Free space where the data is.', disk === null ? [] : disk.freeBytes),
    gauge('tocsin_problems', 'Problems of this machine that doctor reports.', status.problems.length),
  ];
}

function instanceFamilies({ feeds, topics, due, deliveryFailures }: InstanceStatus): readonly MetricFamily[] {
  return [
    gauge(
      'tocsin_feeds',
      'Feeds by their state.',
      HEALTH_STATUSES.map((status) => ({ labels: { status }, value: feeds.byStatus[status] ?? 0 })),
    ),
    gauge('tocsin_feeds_failing', 'Feeds that cannot be read: slow, blocked, broken or gone.', feeds.failing),
    gauge('tocsin_topics', 'Topics in force.', topics),
    gauge('tocsin_alerts_due', 'Alerts that are due and not finished; counted up to 100.', due),
    gauge(
      'tocsin_deliveries_troubled',
      'Deliveries that are being retried, wait for a quota, or did not arrive within seven days, by state; counted up to 200.',
      DELIVERY_CHANNELS.flatMap((channel) =>
        DELIVERY_TROUBLES.flatMap((state): readonly Sample[] => {
          const failure = deliveryFailures.find((each) => each.channel === channel && each.state === state);
          return failure === undefined && isWebChannel(channel)
            ? []
            : [{ labels: { channel, state }, value: failure?.count ?? 0 }];
        }),
      ),
    ),
  ];
}

/**
 * The last value of `make`, for so long; null when there is none because `make` failed. Only a caller before the first value waits:
 * a value that has become old is still given while the next is made.
 */
function keptFor<T>(keptMs: number, make: () => Promise<T>, passed: () => number): () => Promise<T | null> {
  let kept: T | null = null;
  let madeAt = 0;
  let making: Promise<void> | null = null;
  return async () => {
    if (kept === null || passed() - madeAt >= keptMs) {
      making ??= make()
        .then(
          (value) => {
            kept = value;
            madeAt = passed();
          },
          () => {
            kept = null;
          },
        )
        .finally(() => {
          making = null;
        });
      if (kept === null) await making;
    }
    return kept;
  };
}

const instant = (at: string | null): readonly Sample[] => (at === null ? [] : [{ value: Date.parse(at) / SECOND_MS }]);
