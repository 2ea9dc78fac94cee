// Ending subscriptions: by the link in a mail, by id, or by address. Ending what has ended is fine.
import { parseAddress } from '../../alerts/address.ts';
import { InvalidInputError, NotFoundError } from '../../core/errors.ts';
import { nearestNames } from '../../core/nearest-names.ts';
import type { SubscriptionId } from '../../model/ids.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { Clock, SnsSubscriptions, SubscriptionStore } from '../../ports.ts';

export interface UnsubscribePorts {
  readonly subscriptions: Pick<
    SubscriptionStore,
    'getSubscription' | 'getByToken' | 'subscriptionsOfTarget' | 'updateSubscription'
  >;
  /** Not needed by the public link: only mails composed by us carry it. */
  readonly snsSubscriptions?: SnsSubscriptions;
  readonly clock: Clock;
}

/** The token's subscription, ended; null when no subscription has that token. */
export async function unsubscribeByToken(ports: UnsubscribePorts, token: string): Promise<Subscription | null> {
  const subscription = await ports.subscriptions.getByToken(token);
  return subscription === null ? null : endSubscription(ports, subscription);
}

/** Throws NotFoundError. */
export async function unsubscribeById(ports: UnsubscribePorts, id: SubscriptionId): Promise<Subscription> {
  const subscription = await ports.subscriptions.getSubscription(id);
  if (subscription === null) throw new NotFoundError(`subscription ${id}`);
  return endSubscription(ports, subscription);
}

export interface Unsubscribed {
  readonly subscription: Subscription;
  readonly removedTopics: readonly string[];
}

/**
 * Ends every subscription of the address, or takes the topics out of each; one without topics left ends.
 * Throws NotFoundError when the address has no subscription that has not ended, InvalidInputError when it does not have these topics.
 */
export async function unsubscribeAddress(
  ports: UnsubscribePorts,
  typed: string,
  topics: readonly string[] = [],
): Promise<readonly Unsubscribed[]> {
  const parsed = parseAddress(typed);
  if (!parsed.ok)
    throw new InvalidInputError('invalid_subscription', 'nothing was ended', [`target: ${parsed.problem}`]);
  // Upper and lower case are the same here, also before the @: whoever wants to leave need not remember how the address was typed.
  const known = await ports.subscriptions.subscriptionsOfTarget(parsed.address);
  const found = known.filter(({ state }) => state !== 'unsubscribed');
  if (found.length === 0) throw new NotFoundError('a subscription of this address');
  checkTopics(found, topics);
  const ended: Unsubscribed[] = [];
  for (const subscription of found) {
    const removedTopics =
      topics.length === 0 ? subscription.topics : subscription.topics.filter((topic) => topics.includes(topic));
    if (removedTopics.length > 0)
      ended.push({ subscription: await removeTopics(ports, subscription, removedTopics), removedTopics });
  }
  return ended;
}

/** From now on nothing is sent to it: what waits is suppressed when its turn comes. */
export async function endSubscription(ports: UnsubscribePorts, subscription: Subscription): Promise<Subscription> {
  if (subscription.state === 'unsubscribed') return subscription;
  if (subscription.snsSubscriptionArn !== null)
    await ports.snsSubscriptions?.unsubscribe(subscription.snsSubscriptionArn);
  return ports.subscriptions.updateSubscription(
    subscription.id,
    { state: 'unsubscribed' },
    ports.clock.now().toISOString(),
  );
}

async function removeTopics(
  ports: UnsubscribePorts,
  subscription: Subscription,
  removed: readonly string[],
): Promise<Subscription> {
  const topics = subscription.topics.filter((topic) => !removed.includes(topic));
  if (topics.length === 0) return endSubscription(ports, subscription);
  const { channel, target, snsSubscriptionArn, id } = subscription;
  if (channel === 'sns-email') await ports.snsSubscriptions?.subscribeEmail(target, topics, snsSubscriptionArn);
  return ports.subscriptions.updateSubscription(id, { topics }, ports.clock.now().toISOString());
}

function checkTopics(found: readonly Subscription[], topics: readonly string[]): void {
  const had = new Set(found.flatMap((subscription) => subscription.topics));
  const problems = topics
    .filter((topic) => !had.has(topic))
    .map((topic) => {
      if (had.has('*')) {
        return `topics: the address is subscribed to every topic (*), so "${topic}" cannot be taken out; end the subscription, then subscribe to the topics wanted`;
      }
      const near = nearestNames(topic, [...had]);
      return `topics: the address is not subscribed to "${topic}". ${near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `It has: ${[...had].sort().join(', ')}`}`;
    });
  if (problems.length > 0) throw new InvalidInputError('invalid_subscription', 'nothing was ended', problems);
}
