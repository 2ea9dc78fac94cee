// What a try of a delivery decides.
import type { DigestPeriod } from '../../model/alert-rules.ts';
import { because, type Reason } from '../../model/delivery-reason.ts';
import type { Delivery, Subscription } from '../../model/subscription.ts';
import type { Clock, DeliveryStore } from '../../ports.ts';

export type AttemptOutcome = Parameters<DeliveryStore['finishAttempt']>[1];

/** An outcome to write, or that the delivery belongs in a digest: of the period, or for `none` in the one that takes up a storm. */
export type DeliveryDecision =
  | { readonly kind: 'outcome'; readonly outcome: AttemptOutcome }
  | { readonly kind: 'digest'; readonly subscription: Subscription; readonly period: DigestPeriod };

/** Why a delivery is held that has its place in the row of what is sent. */
export const PACE_REASON = because('pace', 'the provider takes only so many messages a second');

export const NOTHING = {
  dueAt: null,
  reason: null,
  reasonCode: null,
  providerId: null,
  sentAt: null,
  digestId: null,
} as const;

export const sentNow = (providerId: string, { clock }: { readonly clock: Clock }): DeliveryDecision => ({
  kind: 'outcome',
  outcome: { ...NOTHING, state: 'sent', providerId, sentAt: clock.now().toISOString() },
});

export const ended = (
  state: 'failed' | 'filtered' | 'suppressed' | 'disabled' | 'merged',
  why: Reason,
): DeliveryDecision => ({
  kind: 'outcome',
  outcome: { ...NOTHING, state, ...why },
});

/** Waiting is no try. */
export const heldUntil = (until: Date, why: Reason, { attempts }: Delivery): DeliveryDecision => ({
  kind: 'outcome',
  outcome: { ...NOTHING, state: 'held', dueAt: until.toISOString(), ...why, attempts: attempts - 1 },
});
