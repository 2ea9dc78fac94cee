// Ending subscriptions, by the link in a mail or by id. It is safe to repeat.
import { NotFoundError } from '../../core/errors.ts';
import { isWebChannel } from '../../model/channels.ts';
import type { SubscriptionId } from '../../model/ids.ts';
import type { Subscription } from '../../model/subscription.ts';
import { quoteForeign } from '../../net/display-url.ts';
import type { ChannelSecrets, Clock, SnsSubscriptions, SubscriptionStore } from '../../ports.ts';

export interface UnsubscribePorts {
  readonly subscriptions: Pick<SubscriptionStore, 'getSubscription' | 'getByToken' | 'updateSubscription'>;
  /** Not needed by the public link, which only our own mails contain. */
  readonly snsSubscriptions?: Pick<SnsSubscriptions, 'unsubscribe'>;
  /** Not needed by the public link either: what it ended can be undone. */
  readonly channelSecrets?: Pick<ChannelSecrets, 'removeSecret'>;
  readonly clock: Clock;
}

/** The subscription with this token, ended; null when there is none. */
export async function unsubscribeByToken(ports: UnsubscribePorts, token: string): Promise<Subscription | null> {
  const subscription = await ports.subscriptions.getByToken(token);
  return subscription === null
    ? null
    : endSubscription(ports, subscription, endedByLink(subscription, ports.clock.now()));
}

/** `endedByLinkAt`: null where the link cannot undo the end. Mail to a suppressed address would be allowed again. */
export const endedByLink = ({ state }: Subscription, now: Date): string | null =>
  state === 'suppressed' ? null : now.toISOString();

/** By an operator: the subscriber cannot undo it. Throws NotFoundError. */
export async function unsubscribeById(ports: UnsubscribePorts, id: SubscriptionId): Promise<Subscription> {
  const subscription = await ports.subscriptions.getSubscription(id);
  if (subscription === null) throw new NotFoundError(`subscription ${quoteForeign(id)}`);
  const ended = await endSubscription(ports, subscription, null);
  // Last, and again when it is repeated: an active subscription always has an address.
  if (isWebChannel(ended.channel)) await ports.channelSecrets?.removeSecret(id);
  return ended;
}

/** Nothing more is sent to it: deliveries that wait are suppressed when they are due. `endedByLinkAt`: null when the link cannot undo it. */
async function endSubscription(
  ports: UnsubscribePorts,
  subscription: Subscription,
  endedByLinkAt: string | null,
): Promise<Subscription> {
  const isEnded = subscription.state === 'unsubscribed';
  if (isEnded && (endedByLinkAt !== null || (subscription.endedByLinkAt ?? null) === null)) return subscription;
  if (!isEnded && subscription.snsSubscriptionArn !== null)
    await ports.snsSubscriptions?.unsubscribe(subscription.snsSubscriptionArn);
  return ports.subscriptions.updateSubscription(
    subscription.id,
    { state: 'unsubscribed', stateReason: null, endedByLinkAt },
    ports.clock.now().toISOString(),
  );
}
