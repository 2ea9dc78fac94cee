// What can become of a delivery. Imports nothing that runs: the console loads it.
import type { Delivery } from './subscription.ts';

/**
 * pending -> sending -> one of the final states, back to pending for another try, or held until its time has come; waiting: member of a digest
 * that is not closed yet.
 *
 * Final: `sent` (the provider took it), `accepted` (the service took it; its arrival is not confirmed), `delivered` (its arrival was
 * confirmed), `delayed` (the receiving server makes the provider wait), `bounced`, `complained`, `merged` (another alert of the same story speaks
 * for it), `filtered` (the subscriber's own settings leave it out), `suppressed`, `disabled` (the subscription may get nothing), `failed`.
 */
export const DELIVERY_STATES = [
  'pending',
  'held',
  'sending',
  'waiting',
  'sent',
  'accepted',
  'delivered',
  'delayed',
  'bounced',
  'complained',
  'merged',
  'filtered',
  'suppressed',
  'disabled',
  'failed',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** The provider took it, so the subscriber counts as alerted. */
const REACHED: ReadonlySet<DeliveryState> = new Set(['sent', 'accepted', 'delivered', 'delayed']);
export const hasReached = ({ state }: { readonly state: DeliveryState }): boolean => REACHED.has(state);

const FAILED: ReadonlySet<DeliveryState> = new Set(['failed', 'bounced', 'complained', 'disabled']);
/** It was to be sent and did not arrive, and nothing will happen by itself any more. Not so where the subscriber had left. */
export const hasFailed = ({ state, reasonCode }: Pick<Delivery, 'state' | 'reasonCode'>): boolean =>
  FAILED.has(state) || (state === 'suppressed' && reasonCode === 'suppressed');

/** What may be sent again on request. What was complained about never is. */
export const REDELIVERABLE: readonly DeliveryState[] = ['failed', 'bounced', 'suppressed', 'disabled'];
/** What a provider says of a mail after it took it. */
export type MailEventState = 'delayed' | 'delivered' | 'suppressed' | 'failed' | 'bounced' | 'complained';

const NO_EVENT_YET: readonly DeliveryState[] = ['pending', 'held', 'sending', 'sent', 'accepted'];
/**
 * Mail events come twice and in any order, and may overtake the note that the mail was sent. Each may follow only the states named here, so that the
 * order does not matter: a mail that bounced after it was delivered has bounced.
 */
const MAY_FOLLOW: Readonly<Record<MailEventState, readonly DeliveryState[]>> = {
  delayed: NO_EVENT_YET,
  delivered: [...NO_EVENT_YET, 'delayed'],
  suppressed: [...NO_EVENT_YET, 'delayed', 'delivered'],
  failed: [...NO_EVENT_YET, 'delayed', 'delivered'],
  bounced: [...NO_EVENT_YET, 'delayed', 'delivered'],
  complained: [...NO_EVENT_YET, 'delayed', 'delivered', 'bounced'],
};

/** The states that may come before the event. `wasSpokenFor`: the mail is that of the update that told it. */
export const mayComeBefore = (state: MailEventState, wasSpokenFor = false): readonly DeliveryState[] =>
  wasSpokenFor ? [...MAY_FOLLOW[state], 'merged'] : MAY_FOLLOW[state];
