// The guarantee behind the stream's fast path: whatever is due and not finished is finished here, oldest first.
// With the stream switched off, everything still leaves, a sweep later.

import { mapConcurrently } from '../../core/map-concurrently.ts';
import { METRICS } from '../../core/metrics.ts';
import { instantAfter, MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import { DUE_HORIZON_MS, isHeld } from '../../health/failing-deliveries.ts';
import type { Settings } from '../../model/settings.ts';
import type { Due } from '../../model/subscription.ts';
import type { AlertPorts } from './alert-ports.ts';
import { bringForward } from './bring-forward.ts';
import { closeDigest } from './close-digest.ts';
import { deliver } from './deliver.ts';
import { checkDeliveries, recordAlerts, recordAlertsOfMatch } from './record-alerts.ts';
import { takeSubscriptionStep } from './subscription-step.ts';

const CONCURRENCY = 5;
const ENTRIES_A_READ = 100;
/** Pending entries looked at to find the oldest. */
const PENDING_LOOKED_AT = 500;
/** A hit younger than this is still on the stream's way; finding it is no sign of a failure. */
const STREAM_MS = MINUTE_MS;

export interface SweepBudget {
  readonly maxEntries: number;
  /** No entry is begun after this instant. */
  readonly deadline: Date;
}

export type SweepResult = Readonly<{
  hits: number;
  deliveries: number;
  digests: number;
  /** Entries that could not be worked on; they stay due. */
  failures: number;
  /** What the fast path should have done. */
  found: number;
  oldestPendingAlertSeconds: number;
}>;

/** One failing entry never stops the others. Throws only when what is due cannot be listed. */
export async function sweep(ports: AlertPorts, settings: Settings, budget: SweepBudget): Promise<SweepResult> {
  const totals = { hits: 0, deliveries: 0, digests: 0, failures: 0, found: 0 };
  const seen = new Set<string>();
  await bringForward(ports);
  for (;;) {
    const room = Math.min(ENTRIES_A_READ, budget.maxEntries - seen.size);
    if (room <= 0) break;
    // Entries that failed in this sweep are still listed, in front: look past them.
    const listed = await ports.due.listDue(ports.clock.now().toISOString(), seen.size + room);
    const entries = listed.filter(({ kind, id }) => !seen.has(`${kind} ${id}`)).slice(0, room);
    for (const { kind, id } of entries) seen.add(`${kind} ${id}`);
    const finish = (entry: Due): Promise<void> => finishEntry(entry, totals, ports, settings, budget);
    await mapConcurrently(
      entries.filter(({ kind }) => kind !== 'digest'),
      CONCURRENCY,
      finish,
    );
    // Digests last, those of one subscriber one after the other: each leaves out what other alerts have reported.
    await mapConcurrently(digestsBySubscriber(entries), CONCURRENCY, async (digests) => {
      for (const digest of digests) await finish(digest);
    });
    if (entries.length === 0 || ports.clock.now() >= budget.deadline) break;
  }
  const oldestPendingAlertSeconds = await ageOfOldestPending(ports);
  ports.metrics.put(METRICS.sweepFound, 'Count', totals.found);
  ports.metrics.put(METRICS.oldestPendingAlertSeconds, 'Seconds', oldestPendingAlertSeconds);
  return { ...totals, oldestPendingAlertSeconds };
}

const digestsBySubscriber = (entries: readonly Due[]): readonly (readonly Due[])[] => {
  const digests = entries.filter(({ kind }) => kind === 'digest');
  return [...Map.groupBy(digests, ({ id }) => id.split('.')[0]).values()];
};

async function finishEntry(
  entry: Due,
  totals: Record<'hits' | 'deliveries' | 'digests' | 'failures' | 'found', number>,
  ports: AlertPorts,
  settings: Settings,
  { deadline }: SweepBudget,
): Promise<void> {
  if (ports.clock.now() >= deadline) return;
  try {
    if (entry.kind === 'hit' && (await checkDeliveries(entry.id, ports))) return;
    if (entry.kind === 'hit' || entry.kind === 'match') {
      const isLate = ports.clock.now().getTime() - Date.parse(entry.dueAt) >= STREAM_MS;
      const { queued, inDigests } = await (entry.kind === 'hit'
        ? recordAlerts(entry.id, ports, settings)
        : recordAlertsOfMatch(entry.id, ports, settings));
      totals.hits += 1;
      if (queued + inDigests > 0 && isLate) totals.found += 1;
    } else if (entry.kind === 'delivery') {
      const { result, unattended } = await deliver(entry.id, ports, settings);
      if (result !== 'not_due') totals.deliveries += 1;
      if (unattended) totals.found += 1;
    } else if (entry.kind === 'subscription') {
      await takeSubscriptionStep(entry.id, ports, settings);
    } else if ((await closeDigest(entry.id, ports, settings)) !== 'not_due') {
      totals.digests += 1;
    }
  } catch (error) {
    totals.failures += 1;
    ports.log.error('the sweep could not finish an entry', { kind: entry.kind, id: entry.id, error });
  }
}

/** Seconds since the oldest alert came into being that is neither sent nor given up; 0 when there is none. What is held and open digests wait on purpose. */
async function ageOfOldestPending(ports: AlertPorts): Promise<number> {
  const now = ports.clock.now();
  const pending = await ports.due.listDue(instantAfter(now, DUE_HORIZON_MS), PENDING_LOOKED_AT);
  // If an entry cannot be read (the log says so), its due time is all that is known.
  const births = await mapConcurrently(pending, CONCURRENCY, (entry) => birthOf(entry, ports).catch(() => entry.dueAt));
  return births.reduce((oldest, born) => (born === null ? oldest : Math.max(oldest, secondsSince(born, now))), 0);
}

async function birthOf(entry: Due, { deliveries, digests }: AlertPorts): Promise<string | null> {
  if (entry.kind === 'delivery') {
    const delivery = await deliveries.getDelivery(entry.id);
    return delivery?.state === 'held' ? entry.dueAt : (delivery?.createdAt ?? null);
  }
  if (entry.kind === 'digest') {
    const digest = await digests.getDigest(entry.id);
    return digest !== null && isHeld(digest) ? entry.dueAt : (digest?.windowEnd ?? null);
  }
  // No alert.
  if (entry.kind === 'subscription') return null;
  return entry.dueAt;
}

const secondsSince = (instant: string, now: Date): number =>
  Math.floor((now.getTime() - Date.parse(instant)) / SECOND_MS);
