// Alerts, deliveries and digests that were dated by a clock which ran ahead: once the clock is right they would wait until that time has come.
// What was written "in the future" is due now.

import { mapConcurrently } from '../../core/map-concurrently.ts';
import { isFromTheFuture } from '../../feeds/poll-schedule.ts';
import type { Due } from '../../model/subscription.ts';
import type { AlertPorts } from './alert-ports.ts';

const CONCURRENCY = 5;
/**
 * Entries read in a sweep, so that a long backlog of retries costs no more than this many reads each time. The furthest come first: what a
 * clock dated that ran more than a week ahead is in front of every retry and every digest; what it dated nearer than that may have to wait until
 * its time has come.
 */
const MOST_READ = 100;

type Ports = Pick<AlertPorts, 'hits' | 'deliveries' | 'digests' | 'subscriptions' | 'due' | 'clock' | 'log'>;

/** One entry that cannot be read never stops the others, nor the sweep. Throws only when what waits cannot be listed. */
export async function bringForward(ports: Ports): Promise<void> {
  const now = ports.clock.now();
  const waiting = await ports.due.listAhead(now.toISOString(), MOST_READ);
  const brought = await mapConcurrently(waiting, CONCURRENCY, (entry) => bringOne(entry, now, ports));
  const entries = brought.filter((isBrought) => isBrought).length;
  if (entries > 0) ports.log.warn('dated by a clock that ran ahead, and due now', { entries });
}

async function bringOne(entry: Due, now: Date, ports: Ports): Promise<boolean> {
  try {
    const writtenAt = await whenWritten(entry, ports);
    if (writtenAt === null || !isFromTheFuture(writtenAt, now)) return false;
    await ports.due.bringForward(entry, now.toISOString());
    return true;
  } catch (error) {
    ports.log.error('an entry that waits cannot be read', { kind: entry.kind, id: entry.id, error });
    return false;
  }
}

/** A match of before hits is due from the moment it was stored. */
async function whenWritten(entry: Due, { hits, deliveries, digests, subscriptions }: Ports): Promise<string | null> {
  if (entry.kind === 'match') return entry.dueAt;
  if (entry.kind === 'hit') return (await hits.getHit(entry.id))?.changedAt ?? null;
  if (entry.kind === 'subscription') return (await subscriptions.getSubscription(entry.id))?.updatedAt ?? null;
  const record = entry.kind === 'delivery' ? await deliveries.getDelivery(entry.id) : await digests.getDigest(entry.id);
  return record?.updatedAt ?? null;
}
