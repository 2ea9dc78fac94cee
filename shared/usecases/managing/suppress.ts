// An address gets no mail any more, or gets mail again. Its e-mail subscriptions follow.
import { parseAddress } from '../../alerts/address.ts';
import { InvalidInputError } from '../../core/errors.ts';
import type { Subscription, SubscriptionChange } from '../../model/subscription.ts';
import { hashOfAddress, type Suppression, suppressedInWords } from '../../model/suppression.ts';
import type { Clock, Log, SubscriptionStore, SuppressionStore } from '../../ports.ts';

export interface SuppressPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'subscriptionsOfTarget' | 'updateSubscription'>;
  readonly suppressions: Pick<SuppressionStore, 'suppress'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The list first: nothing is sent from then on, whatever happens to the subscriptions. A repeat completes what a crash left, and changes nothing else.
 */
export async function suppressAddress(
  address: string,
  why: Omit<Suppression, 'hash'>,
  { subscriptions, suppressions, clock, log }: SuppressPorts,
): Promise<'added' | 'known'> {
  const hash = hashOfAddress(address);
  const outcome = await suppressions.suppress({ hash, ...why });
  const reason = suppressedInWords(why);
  const at = clock.now().toISOString();
  const change = ({ state }: Subscription): SubscriptionChange => {
    if (state === 'active' || state === 'unconfirmed')
      return { state: 'suppressed', stateReason: reason, stateBefore: state };
    // Its link must not bring it back.
    return state === 'unsubscribed' ? { endedByLinkAt: null } : {};
  };
  const mailed = (await subscriptions.subscriptionsOfTarget(address)).filter(mayGetMail);
  for (const { id } of mailed) await subscriptions.updateSubscription(id, change, at);
  if (outcome === 'added')
    log.warn('an address gets no mail any more', { ...why, subscriptions: mailed.map(({ id }) => id) });
  return outcome;
}

const mayGetMail = ({ channel, state, endedByLinkAt = null }: Subscription): boolean =>
  channel === 'email' && (state === 'active' || state === 'unconfirmed' || endedByLinkAt !== null);

export interface LiftPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'subscriptionsOfTarget' | 'updateSubscription'>;
  readonly suppressions: Pick<SuppressionStore, 'liftSuppression'>;
  readonly clock: Clock;
}

/** `not_suppressed`: nothing was to be lifted. `subscriptions`: those that go on, each as it was before. */
export interface Lifted {
  readonly outcome: 'lifted' | 'not_suppressed';
  readonly subscriptions: readonly Subscription[];
}

/** Mail is sent to the address again. Throws InvalidInputError when it is no address. */
export async function liftSuppression(
  typed: string,
  { subscriptions, suppressions, clock }: LiftPorts,
): Promise<Lifted> {
  const parsed = parseAddress(typed);
  if (!parsed.ok) throw new InvalidInputError('invalid_body', `address: ${parsed.problem}`);
  const { address } = parsed;
  const suppressed = (await subscriptions.subscriptionsOfTarget(address)).filter(
    ({ channel, state }) => channel === 'email' && state === 'suppressed',
  );
  const wasListed = await suppressions.liftSuppression(hashOfAddress(address));
  const at = clock.now().toISOString();
  const lifted: Subscription[] = [];
  for (const { id } of suppressed) {
    const change = ({ state, stateBefore }: Subscription) =>
      state === 'suppressed' ? { state: stateBefore ?? 'active', stateReason: null } : {};
    lifted.push(await subscriptions.updateSubscription(id, change, at));
  }
  return { outcome: wasListed || lifted.length > 0 ? 'lifted' : 'not_suppressed', subscriptions: lifted };
}
