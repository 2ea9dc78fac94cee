// What SNS says of an e-mail subscription that it holds itself: only it knows whether the address has confirmed, or ended it.
import { NOTHING_DUE } from '../../alerts/consent.ts';
import { DAY_MS, HOUR_MS, instantAfter, MINUTE_MS } from '../../core/time.ts';
import type { Subscription, SubscriptionChange } from '../../model/subscription.ts';
import type { Clock, SnsState, SnsSubscriptions, SubscriptionStore } from '../../ports.ts';

/** People answer soon or never. */
const EAGER_MS = HOUR_MS;
/** SNS drops an unconfirmed subscription after two days; one day more, so that its end is seen. */
const PENDING_MS = 3 * DAY_MS;

export interface ReadBackPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'updateSubscription'>;
  readonly snsSubscriptions: Pick<SnsSubscriptions, 'stateOf'>;
  readonly clock: Clock;
}

export const isHeldBySns = ({ channel, state, snsSubscriptionArn }: Subscription): boolean =>
  channel === 'sns-email' && snsSubscriptionArn !== null && (state === 'unconfirmed' || state === 'active');

/** The subscription with its state as SNS has it now, stored where that changed. */
export async function readBackFromSns(subscription: Subscription, ports: ReadBackPorts): Promise<Subscription> {
  const arn = subscription.snsSubscriptionArn;
  if (arn === null || !isHeldBySns(subscription)) return subscription;
  const atSns = await ports.snsSubscriptions.stateOf(arn);
  const now = ports.clock.now();
  if (stateChange(subscription, atSns, now) === null) return subscription;
  return ports.subscriptions.updateSubscription(
    subscription.id,
    // Another request may have made another one at SNS meanwhile.
    (latest) => (latest.snsSubscriptionArn === arn ? (stateChange(latest, atSns, now) ?? {}) : {}),
    now.toISOString(),
  );
}

/** Null: it is as it was. */
function stateChange(subscription: Subscription, atSns: SnsState, now: Date): SubscriptionChange | null {
  const { state, consent } = subscription;
  if (atSns === 'confirmed' && state === 'unconfirmed') {
    const confirmedAt = now.toISOString();
    return {
      state: 'active',
      consent: consent === null ? null : { ...consent, confirmedAt },
      step: 'sns',
      dueAt: instantAfter(now, DAY_MS),
    };
  }
  if (atSns === 'gone' && state === 'active') return { state: 'unsubscribed', endedByLinkAt: null, ...NOTHING_DUE };
  return null;
}

/** When the sweep looks again: often while an answer is likely, once a day for one that is confirmed, no more when there was no answer. */
export function nextReadBack({ state, consent }: Subscription, now: Date): SubscriptionChange {
  if (state === 'active') return { step: 'sns', dueAt: instantAfter(now, DAY_MS) };
  if (state !== 'unconfirmed') return NOTHING_DUE;
  const waited = now.getTime() - Date.parse(consent?.requestedAt ?? '');
  if (waited < EAGER_MS) return { step: 'sns', dueAt: instantAfter(now, 5 * MINUTE_MS) };
  return waited < PENDING_MS ? { step: 'sns', dueAt: instantAfter(now, HOUR_MS) } : NOTHING_DUE;
}
