// Whether another alert of a story may be on its way to a reader. Until that is settled, nothing else of the story is sent to them.
import { instantAfter, MINUTE_MS } from '../../core/time.ts';
import type { DeliveryId } from '../../model/ids.ts';
import { isBeingSent, type StoryReader } from '../../model/story.ts';
import type { AlertPorts } from './alert-ports.ts';

/** The sweep takes up what a dead process left within this time. */
const TAKEN_UP_MS = 10 * MINUTE_MS;

/**
 * True while another alert of the story is being sent, and after its sender died: the alert may have been accepted, and the sweep soon sends it again
 * under its id. `self`: the delivery that asks; null for a digest.
 */
export async function isToldByAnother(
  reader: StoryReader | null,
  self: DeliveryId | null,
  { deliveries, clock }: Pick<AlertPorts, 'deliveries' | 'clock'>,
): Promise<boolean> {
  if (reader === null || reader.sending === null || reader.sending === self) return false;
  const now = clock.now();
  if (isBeingSent(reader, now.toISOString())) return true;
  const left = await deliveries.getDelivery(reader.sending);
  if (left === null || (left.state !== 'sending' && left.state !== 'pending')) return false;
  return left.dueAt !== null && left.dueAt <= instantAfter(now, TAKEN_UP_MS);
}
