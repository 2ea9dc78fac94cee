// Ending subscriptions, by the link in a mail or by id. It is safe to repeat.
import { NotFoundError } from '../../core/errors.ts';
import { isWebChannel } from '../../model/channels.ts';
import type { SubscriptionId } from '../../model/ids.ts';
import type { Subscription } from '../../model/subscription.ts';
import { quoteForeign } from '../../net/display-url.ts';
import type { ChannelSecrets, Clock, SnsSubscriptions, SubscriptionStore } from '../../ports.ts';

export interface UnsubscribePorts {
  readonly subscriptions: Pick<SubscriptionStore, 'getSubscription' | 'getByToken' | 'updateSubscription'>;
  /** Not needed by the public link, which only our own messages contain. */
  readonly snsSubscriptions?: Pick<SnsSubscriptions, 'unsubscribe'>;
  readonly channelSecrets: Pick<ChannelSecrets, 'removeSecret'>;
  readonly clock: Clock;
}

/** The subscription with this token, ended; null when there is none. */
export async function unsubscribeByToken(ports: UnsubscribePorts, token: string): Promise<Subscription | null> {
  const subscription = await ports.subscriptions.getByToken(token);
  return subscription === null
    ? null
    : endSubscription(ports, subscription, endedByLink(subscription, ports.clock.now()));
}

/**
 * `endedByLinkAt`: null where the link cannot undo the end. Mail to a suppressed address would be allowed again, and the address of a webhook or chat
 * is deleted with the end.
 */
export const endedByLink = ({ state, channel }: Subscription, now: Date): string | null =>
  state === 'suppressed' || isWebChannel(channel) ? null : now.toISOString();

/** The secret address of one that has ended. After the record, and again when it is repeated: an active subscription always has an address. */
export async function deleteAddress(
  { channelSecrets }: Pick<UnsubscribePorts, 'channelSecrets'>,
  { id, channel, state }: Subscription,
): Promise<void> {
  if (state === 'unsubscribed' && isWebChannel(channel)) await channelSecrets.removeSecret(id);
}

/** By an operator: the subscriber cannot undo it. Throws NotFoundError. */
export async function unsubscribeById(ports: UnsubscribePorts, id: SubscriptionId): Promise<Subscription> {
  const subscription = await ports.subscriptions.getSubscription(id);
  if (subscription === null) throw new NotFoundError(`subscription ${quoteForeign(id)}`);
  return endSubscription(ports, subscription, null);
}

/** Nothing more is sent to it: deliveries that wait are suppressed when they are due. `endedByLinkAt`: null when the link cannot undo it. */
async function endSubscription(
  ports: UnsubscribePorts,
  subscription: Subscription,
  endedByLinkAt: string | null,
): Promise<Subscription> {
  const isEnded = subscription.state === 'unsubscribed';
  const isSame = isEnded && (endedByLinkAt !== null || (subscription.endedByLinkAt ?? null) === null);
  if (!isEnded && subscription.snsSubscriptionArn !== null)
    await ports.snsSubscriptions?.unsubscribe(subscription.snsSubscriptionArn);
  const ended = isSame
    ? subscription
    : await ports.subscriptions.updateSubscription(
        subscription.id,
        { state: 'unsubscribed', stateReason: null, endedByLinkAt },
        ports.clock.now().toISOString(),
      );
  await deleteAddress(ports, ended);
  return ended;
}
