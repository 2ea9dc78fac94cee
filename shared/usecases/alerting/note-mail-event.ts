// What became of a mail after the provider took it. Mail events come twice, in any order, and for mails that are no longer known.
import { ServiceUnavailableError } from '../../core/errors.ts';
import { mapConcurrently } from '../../core/map-concurrently.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { spokenForBy } from '../../model/delivery-reason.ts';
import type { MailEventState } from '../../model/delivery-states.ts';
import type { DeliveryId } from '../../model/ids.ts';
import type { MailEvent } from '../../model/mail-event.ts';
import type { Delivery } from '../../model/subscription.ts';
import type { DeliveryStore, DigestStore, StoryReaderStore } from '../../ports.ts';
import { type SuppressPorts, suppressAddress } from '../managing/suppress.ts';

export interface MailEventPorts extends SuppressPorts {
  readonly deliveries: Pick<DeliveryStore, 'getDelivery' | 'noteMailEvent'>;
  readonly digests: Pick<DigestStore, 'getDigest' | 'digestMembers'>;
  readonly storyReaders: Pick<StoryReaderStore, 'getReader' | 'forgetAlert'>;
}

/** `noted`: deliveries whose state changed. `suppressed`: addresses that were put on the list. `unknown`: events of no delivery or digest. */
export type MailEventCounts = Readonly<Record<'noted' | 'suppressed' | 'unknown', number>>;

/** A digest whose members are being settled is asked again later; after this time its event is of no use any more. */
const DIGEST_SETTLED_MS = 15 * MINUTE_MS;
const CONCURRENCY = 5;
/** The reader was not told: the next alert of the story is the first. A complaint is about a mail that arrived. */
const NOT_ARRIVED: ReadonlySet<MailEventState> = new Set(['bounced', 'suppressed', 'failed']);

/** Throws ServiceUnavailableError for a digest whose sending is not noted yet: to be repeated a moment later. */
export async function noteMailEvent(event: MailEvent, ports: MailEventPorts): Promise<MailEventCounts> {
  const { suppresses: cause, addresses, reason, at } = event;
  let suppressed = 0;
  // First: it does not depend on what is known of the mail.
  if (cause !== null) {
    for (const address of addresses) {
      const outcome = await suppressAddress(address, { cause, reason: reason ?? 'no reason was given', at }, ports);
      if (outcome === 'added') suppressed += 1;
    }
  }
  const deliveries = await deliveriesOf(event, ports);
  if (deliveries.length === 0) return { noted: 0, suppressed, unknown: 1 };
  const changed = await mapConcurrently(deliveries, CONCURRENCY, (delivery) => note(delivery, event, ports));
  return { noted: changed.filter((each) => each).length, suppressed, unknown: 0 };
}

/** Of a digest all that it told of: those that are merged or left out, too, which keep their states. */
async function deliveriesOf(
  { mailId, at, state }: MailEvent,
  { deliveries, digests, clock }: MailEventPorts,
): Promise<readonly Delivery[]> {
  if (mailId === null) return [];
  const delivery = await deliveries.getDelivery(mailId as DeliveryId);
  if (delivery !== null) return [delivery];
  const digest = await digests.getDigest(mailId);
  if (digest === null) return [];
  const members = await digests.digestMembers(mailId);
  const isRecent = clock.now().getTime() - Date.parse(at) < DIGEST_SETTLED_MS;
  if (isRecent && members.some((member) => member.state === 'waiting'))
    throw new ServiceUnavailableError(`the digest "${mailId}" is ${state}, but it is not noted yet that it was sent`);
  return members;
}

async function note(delivery: Delivery, event: MailEvent, ports: MailEventPorts): Promise<boolean> {
  const { id, storyId, subscriptionId } = delivery;
  const { state, reason, providerId, mailId } = event;
  const isNew = await ports.deliveries.noteMailEvent(
    id,
    { state, reason, providerId },
    ports.clock.now().toISOString(),
  );
  // Also for a repeat: the first one may have been noted by a process that died here.
  if (storyId !== null && mailId !== null && NOT_ARRIVED.has(state)) {
    await noteSpokenFor(delivery, storyId, event, ports);
    await ports.storyReaders.forgetAlert(storyId, subscriptionId, mailId);
  }
  return isNew;
}

/** Reports that an update told share its fate: to say of them that the reader was told would be wrong, and they would never be sent again. */
async function noteSpokenFor(
  { id, subscriptionId }: Delivery,
  storyId: string,
  { state, reason, providerId }: MailEvent,
  { deliveries, storyReaders, clock }: MailEventPorts,
): Promise<void> {
  const reader = await storyReaders.getReader(storyId, subscriptionId);
  await mapConcurrently(reader?.spokeFor ?? [], CONCURRENCY, async (told) => {
    if ((await deliveries.getDelivery(told))?.reason !== spokenForBy(id).reason) return;
    const event = { state, reason, providerId, wasSpokenFor: true };
    await deliveries.noteMailEvent(told, event, clock.now().toISOString());
  });
}
