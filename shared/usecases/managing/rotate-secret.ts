// Another key for a webhook: both sign for a day, so that its receiver can change without a gap.
import { withNextKey } from '../../channels/webhook.ts';
import { InvalidInputError, NotFoundError } from '../../core/errors.ts';
import type { SubscriptionId } from '../../model/ids.ts';
import { quoteForeign } from '../../net/display-url.ts';
import type { ChannelSecrets, Clock, SubscriptionStore } from '../../ports.ts';

export interface RotatePorts {
  readonly subscriptions: Pick<SubscriptionStore, 'getSubscription'>;
  readonly channelSecrets: Pick<ChannelSecrets, 'getSecret' | 'putSecret'>;
  readonly clock: Clock;
}

export interface Rotated {
  /** `whsec_…`: shown this once. */
  readonly signingKey: string;
  /** Until when the key before signs along. */
  readonly previousUntil: string | null;
}

/** Throws NotFoundError, and InvalidInputError for a subscription without a key. */
export async function rotateSecret(ports: RotatePorts, id: SubscriptionId): Promise<Rotated> {
  const subscription = await ports.subscriptions.getSubscription(id);
  if (subscription === null) throw new NotFoundError(`subscription ${quoteForeign(id)}`);
  const secret = subscription.channel === 'webhook' ? await ports.channelSecrets.getSecret(id) : null;
  if (secret === null) {
    const why = subscription.channel === 'webhook' ? 'its address is not stored any more' : 'only webhooks are signed';
    throw new InvalidInputError('invalid_subscription', `subscription ${id} has no key to replace: ${why}`);
  }
  const after = withNextKey(secret, ports.clock.now());
  await ports.channelSecrets.putSecret(id, after);
  const [current, previous] = after.signingKeys ?? [];
  return { signingKey: current?.key ?? '', previousUntil: previous?.until ?? null };
}
