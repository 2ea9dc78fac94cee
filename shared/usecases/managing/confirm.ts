// The answer of an address: it agrees, or it wants a new link because the old one has ended. Decided on what is stored when it is written.
import { type LinkState, linkState, NOTHING_DUE, questionFor } from '../../alerts/consent.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { SubscriptionStore } from '../../ports.ts';
import { type ConsentPorts, countQuestion, isAsked, requestedConsent } from './request-consent.ts';

export interface ConfirmPorts extends ConsentPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'updateSubscription'>;
}

export interface Answered {
  readonly subscription: Subscription;
  /** Of the link, before the answer: only an `open` one changes anything. Of two clicks at once the second finds it `answered`. */
  readonly was: LinkState;
}

/** Alerts begin. It is safe to repeat. */
export async function confirm(
  { subscriptions, clock }: Pick<ConfirmPorts, 'subscriptions' | 'clock'>,
  subscription: Subscription,
  link: string,
): Promise<Answered> {
  const now = clock.now();
  let was = linkState(subscription, link, now);
  if (was !== 'open') return { subscription, was };
  const after = await subscriptions.updateSubscription(
    subscription.id,
    (latest) => {
      was = linkState(latest, link, now);
      if (was !== 'open' || latest.consent === null) return {};
      const consent = { ...latest.consent, confirmedAt: now.toISOString() };
      return { state: 'active', consent, openQuestion: null, ...NOTHING_DUE };
    },
    now.toISOString(),
  );
  return { subscription: after, was };
}

/**
 * A new mail with a new link, where the old one has ended; in any other state nothing changes. Throws InvalidInputError when the address was asked
 * too often within a day.
 */
export async function askAgain(ports: ConfirmPorts, subscription: Subscription, link: string): Promise<Answered> {
  const now = ports.clock.now();
  let was = linkState(subscription, link, now);
  // Only our own mails have such links.
  if (was !== 'expired' || subscription.channel !== 'email') return { subscription, was };
  if (isAsked(questionFor(subscription.channel, subscription.target, ports)))
    await countQuestion(subscription.target, ports);
  const after = await ports.subscriptions.updateSubscription(
    subscription.id,
    (latest) => {
      was = linkState(latest, link, now);
      return was === 'expired' ? requestedConsent(latest, latest, { ...ports, caller: 'page' }) : {};
    },
    now.toISOString(),
  );
  return { subscription: after, was };
}
