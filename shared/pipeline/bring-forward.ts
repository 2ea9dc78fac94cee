// Alerts, deliveries and digests that were dated by a clock which ran ahead: once the clock is right they would wait until that time has come.
// What was written "in the future" is due now.
import { isFromTheFuture } from '../feeds/poll-schedule.ts';
import type { DeliveryStore, Due } from '../ports.ts';
import type { AlertPorts } from './alert-ports.ts';
import { sideBySide } from './side-by-side.ts';

const WIDTH = 5;
/** The furthest come first, so that retries that wait for good reason hide nothing. */
const LOOKED_AT = 500;

/** How many there were. */
export async function bringForward({ deliveries, clock, log }: Pick<AlertPorts, 'deliveries' | 'clock' | 'log'>) {
  const now = clock.now();
  const waiting = await deliveries.listAhead(now.toISOString(), LOOKED_AT);
  const dated = await sideBySide(waiting, WIDTH, async (entry) => {
    const writtenAt = await whenWritten(entry, deliveries);
    return writtenAt !== null && isFromTheFuture(writtenAt, now) ? [entry] : [];
  });
  const ahead = dated.flat();
  await sideBySide(ahead, WIDTH, (entry) => deliveries.bringForward(entry, now.toISOString()));
  if (ahead.length > 0) log.warn('dated by a clock that ran ahead, and due now', { entries: ahead.length });
  return ahead.length;
}

/** A match is due from the moment it is stored. */
async function whenWritten(entry: Due, store: DeliveryStore): Promise<string | null> {
  if (entry.kind === 'match') return entry.dueAt;
  const record = entry.kind === 'delivery' ? await store.getDelivery(entry.id) : await store.getDigest(entry.id);
  return record?.updatedAt ?? null;
}
