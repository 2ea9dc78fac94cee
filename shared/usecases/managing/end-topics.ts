// Ending and restoring topics, and the subscriptions that are affected. Stored matches and subscriptions stay.
import { NotFoundError } from '../../core/errors.ts';
import { mapConcurrently } from '../../core/map-concurrently.ts';
import { suggestionOf } from '../../core/nearest-names.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { Clock, Log, SubscriptionStore, TopicStore } from '../../ports.ts';

/** Topics whose subscriptions are read at once. */
const CONCURRENCY = 4;

/** An active subscription that names a topic; not those to every topic. */
export type TopicSubscription = Pick<Subscription, 'id' | 'channel' | 'target'> & { readonly topic: string };

type Subscribers = Pick<SubscriptionStore, 'subscriptionsOfTopics'>;

/** By topic in the order given, then by address. */
export async function subscriptionsTo(
  topics: readonly string[],
  store: Subscribers,
): Promise<readonly TopicSubscription[]> {
  const found = await mapConcurrently(topics, CONCURRENCY, async (topic) =>
    (await store.subscriptionsOfTopics([topic]))
      .filter((subscription) => subscription.topics.includes(topic))
      .map(({ id, channel, target }) => ({ topic, id, channel, target }))
      .sort((left, right) => left.target.localeCompare(right.target)),
  );
  return found.flat();
}

export interface RemoveTopicPorts {
  readonly topics: TopicStore;
  readonly subscriptions: Subscribers;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The topic matches nothing more; alerts of earlier matches are still sent. Throws NotFoundError with the nearest names.
 * `disabled`: until it is restored; `ended`: it was pushed, and another push restores it.
 */
export async function removeTopic(
  { topics, subscriptions, clock, log }: RemoveTopicPorts,
  id: string,
): Promise<{ readonly outcome: 'disabled' | 'ended'; readonly subscriptions: readonly TopicSubscription[] }> {
  const outcome = await topics.removeTopic(id, clock.now().toISOString());
  if (outcome === null) throw await unknownTopic(id, topics);
  log.info('topic removed', { topic: id, outcome });
  return { outcome, subscriptions: await subscriptionsTo([id], subscriptions) };
}

/** Throws NotFoundError with the nearest names. */
export async function restoreTopic(
  { topics, log }: Pick<RemoveTopicPorts, 'topics' | 'log'>,
  id: string,
): Promise<void> {
  if (!(await topics.restoreTopic(id))) throw await unknownTopic(id, topics);
  log.info('topic restored', { topic: id });
}

async function unknownTopic(id: string, topics: TopicStore): Promise<NotFoundError> {
  const known = (await topics.listEntries()).map((entry) => entry.id);
  return new NotFoundError(`topic "${id.slice(0, 80)}"`, suggestionOf(id, known));
}
