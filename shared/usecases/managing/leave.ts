// What a subscriber stops through the links in messages and may take back for a week.
import { DAY_MS } from '../../core/time.ts';
import { isUnanswered } from '../../model/consent.ts';
import type { Subscription, SubscriptionChange } from '../../model/subscription.ts';
import type { ChannelSecrets, Clock, SubscriptionStore } from '../../ports.ts';
import { EVERY_TOPIC, sortedTopics } from './named-topics.ts';
import { deleteAddress, endedByLink } from './unsubscribe.ts';

export interface LeavePorts {
  readonly subscriptions: Pick<SubscriptionStore, 'updateSubscription'>;
  readonly channelSecrets: Pick<ChannelSecrets, 'removeSecret'>;
  readonly clock: Clock;
}

const UNDO_MS = 7 * DAY_MS;

/** No more alerts of one topic; without the last topic the subscription ends. It is safe to repeat. */
export async function stopTopic(ports: LeavePorts, subscription: Subscription, topic: string): Promise<Subscription> {
  const isStoppable = ({ state, topics }: Subscription): boolean => state !== 'unsubscribed' && topics.includes(topic);
  const after = !isStoppable(subscription)
    ? subscription
    : await change(ports, subscription, (latest, now) => {
        if (!isStoppable(latest)) return {};
        const left = latest.topics.filter((one) => one !== topic);
        if (left.length === 0)
          return { state: 'unsubscribed', stateReason: null, endedByLinkAt: endedByLink(latest, now) };
        return { topics: left, stopped: [...stoppedTopics(latest, now), { topic, at: now.toISOString() }] };
      });
  await deleteAddress(ports, after);
  return after;
}

/** Alerts of a stopped topic resume. Nothing changes if it was not stopped, or if that was more than a week ago. */
export async function takeBackTopic(
  ports: LeavePorts,
  subscription: Subscription,
  topic: string,
): Promise<Subscription> {
  const isStopped = (one: Subscription, now: Date): boolean =>
    one.state !== 'unsubscribed' && stoppedTopics(one, now).some((each) => each.topic === topic);
  if (!isStopped(subscription, ports.clock.now())) return subscription;
  return change(ports, subscription, (latest, now) =>
    isStopped(latest, now)
      ? {
          topics: sortedTopics([...latest.topics, topic]),
          stopped: stoppedTopics(latest, now).filter((each) => each.topic !== topic),
        }
      : {},
  );
}

/** A subscription that was ended by its link starts again, as it was: one that was not confirmed still has to be. Any other stays as it is; so does one that ended more than a week ago. */
export async function undoEnd(ports: LeavePorts, subscription: Subscription): Promise<Subscription> {
  if (undoUntil(subscription, ports.clock.now()) === null) return subscription;
  return change(ports, subscription, (latest, now) =>
    undoUntil(latest, now) === null
      ? {}
      : { state: isUnanswered(latest.consent) ? 'unconfirmed' : 'active', endedByLinkAt: null },
  );
}

/** Null when its end cannot be undone. */
export function undoUntil({ state, endedByLinkAt = null }: Subscription, now: Date): Date | null {
  if (state !== 'unsubscribed' || endedByLinkAt === null) return null;
  const until = new Date(Date.parse(endedByLinkAt) + UNDO_MS);
  return now < until ? until : null;
}

/** Those that can be taken back. */
export const stoppedTopics = ({ stopped = [], topics }: Subscription, now: Date): readonly StoppedTopic[] =>
  stopped.filter(
    ({ topic, at }) =>
      ![topic, EVERY_TOPIC].some((one) => topics.includes(one)) && now.getTime() < Date.parse(at) + UNDO_MS,
  );

export type StoppedTopic = NonNullable<Subscription['stopped']>[number];

/** Decided on what is stored when it is written: of two clicks at once both count. */
const change = (
  { subscriptions, clock }: LeavePorts,
  { id }: Subscription,
  planned: (latest: Subscription, now: Date) => SubscriptionChange,
): Promise<Subscription> => {
  const now = clock.now();
  return subscriptions.updateSubscription(id, (latest) => planned(latest, now), now.toISOString());
};
