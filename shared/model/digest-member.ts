// What becomes of a delivery with the digest that it came in.
import { leftOutAs, NOTHING_NEW, type Reason } from './delivery-reason.ts';
import type { DeliveryId } from './ids.ts';
import type { Delivery, Digest } from './subscription.ts';

/** How a digest ended for its members. */
export interface DigestEnd extends Pick<Digest, 'reason'> {
  readonly state: Exclude<Digest['state'], 'open' | 'closed'>;
  readonly reasonCode?: Digest['reasonCode'];
  /** What the service said of the message; absent where it said nothing, or nothing was sent. */
  readonly receipt?: Pick<Delivery, 'providerId'> & { readonly state: 'sent' | 'accepted' | 'delivered' };
  /** They brought nothing new. */
  readonly merged: ReadonlySet<DeliveryId>;
  /** Why they were left out of it. */
  readonly leftOut: ReadonlyMap<DeliveryId, Reason>;
}

/** A digest that failed takes all its members with it. */
export function memberAfter(
  id: DeliveryId,
  { state, reason, reasonCode = null, receipt, merged, leftOut }: DigestEnd,
): Pick<Delivery, 'state' | 'reason' | 'reasonCode' | 'providerId'> {
  const why = leftOut.get(id);
  if (state !== 'failed' && why !== undefined) return { state: leftOutAs(why), ...why, providerId: null };
  if (state !== 'failed' && merged.has(id)) return { state: 'merged', ...NOTHING_NEW, providerId: null };
  const told = state === 'sent' && receipt !== undefined ? receipt : { state, providerId: null };
  return { state: told.state, reason, reasonCode, providerId: told.providerId };
}
