// Changing what a subscriber wants: topics, settings, and what is silent for a while. It is safe to repeat.
import { InvalidInputError, NotFoundError } from '../../core/errors.ts';
import type { Mute } from '../../model/alert-rules.ts';
import { isWebChannel } from '../../model/channels.ts';
import type { SubscriptionId } from '../../model/ids.ts';
import type { Subscription, SubscriptionChange } from '../../model/subscription.ts';
import {
  isSameSettings,
  type SettingsChange,
  type SubscriptionSettings,
  unexpired,
} from '../../model/subscription-settings.ts';
import { checkTopicCount } from '../../model/subscription-topics.ts';
import type { TopicEntry } from '../../model/topic.ts';
import { quoteForeign } from '../../net/display-url.ts';
import type { Clock, SnsSubscriptions, SubscriptionStore, TopicStore } from '../../ports.ts';
import { changedSettings, problemsOfMute, problemsOfSettings, problemsOfSize } from './changed-settings.ts';
import { EVERY_TOPIC, problemsOfTopics, sortedTopics, whichOf } from './named-topics.ts';

export interface ChangePorts {
  readonly subscriptions: Pick<SubscriptionStore, 'getSubscription' | 'updateSubscription'>;
  readonly topics: Pick<TopicStore, 'listEntries'>;
  /** Needed for subscriptions by SNS only. */
  readonly snsSubscriptions?: Pick<SnsSubscriptions, 'subscribeEmail'>;
  readonly clock: Clock;
}

/** Only what is named changes; a setting that is null is again the default. */
export interface ChangeRequest extends SettingsChange {
  /** The topics from now on: ids, or `*` for every topic. Not together with the two below. */
  readonly topics?: readonly string[];
  readonly addTopics?: readonly string[];
  readonly dropTopics?: readonly string[];
}

/**
 * The subscription as it is then. Throws NotFoundError, and InvalidInputError with every problem found; nothing is changed then. Two changes at
 * the same time both hold.
 */
export async function changeSubscription(
  ports: ChangePorts,
  id: SubscriptionId,
  change: ChangeRequest,
): Promise<Subscription> {
  const known = await ports.subscriptions.getSubscription(id);
  if (known === null) throw new NotFoundError(`subscription ${quoteForeign(id)}`);
  const namesTopics = [change.topics, change.addTopics, change.topicRules].some((named) => (named ?? []).length > 0);
  const entries = namesTopics ? await ports.topics.listEntries() : [];
  const now = ports.clock.now();
  const planned = plannedChange(known, change, entries, now);
  if (planned.topics.join() === known.topics.join() && isSameSettings(planned, known)) return known;
  const atSns = await changeAtSns(ports, known, planned.topics);
  return ports.subscriptions.updateSubscription(
    id,
    (latest) => ({ ...plannedChange(latest, change, entries, now), ...atSns }),
    now.toISOString(),
  );
}

/** Throws InvalidInputError. */
function plannedChange(
  before: Subscription,
  change: ChangeRequest,
  entries: readonly TopicEntry[],
  now: Date,
): Pick<Subscription, 'topics'> & SubscriptionSettings {
  refuseEnded(before);
  const topics = topicsAfter(before.topics, change);
  const settings = changedSettings(before, change, topics, now);
  const problems = [
    ...problemsOfTopicChange(before, change, topics, entries),
    ...problemsOfSettings(change, { channel: before.channel, topics, entries }),
    ...problemsOfSize(settings),
  ];
  if (problems.length > 0) throw new InvalidInputError('invalid_subscription', 'nothing was changed', problems);
  checkTopicCount(topics);
  return { topics, ...settings };
}

function refuseEnded({ id, state, channel, target }: Subscription): void {
  if (state !== 'unsubscribed') return;
  // What is stored of a web address is not enough to subscribe it.
  const again = `tocsin subscribe ${channel} ${isWebChannel(channel) ? 'ADDRESS' : target}`;
  throw new InvalidInputError(
    'invalid_subscription',
    `subscription ${id} has ended, so nothing was changed; to begin it again: ${again}`,
  );
}

function topicsAfter(before: readonly string[], { topics, addTopics = [], dropTopics = [] }: ChangeRequest) {
  if (topics !== undefined) return sortedTopics(topics);
  return sortedTopics([...before.filter((topic) => !dropTopics.includes(topic)), ...addTopics]);
}

function problemsOfTopicChange(
  { id, topics: before }: Subscription,
  { topics, addTopics = [], dropTopics = [] }: ChangeRequest,
  after: readonly string[],
  entries: readonly TopicEntry[],
): readonly string[] {
  const isNew = (topic: string): boolean => !before.includes(topic);
  const dropsOne = before.includes(EVERY_TOPIC) && dropTopics.some((topic) => topic !== EVERY_TOPIC);
  const field = topics === undefined ? 'dropTopics' : 'topics';
  return [
    ...(topics !== undefined && addTopics.length + dropTopics.length > 0
      ? ['topics: it is the whole list, so addTopics and dropTopics cannot go with it; expected one or the other']
      : []),
    ...problemsOfTopics((topics ?? []).filter(isNew), entries),
    ...problemsOfTopics(addTopics.filter(isNew), entries, 'addTopics'),
    ...(dropsOne
      ? [
          'dropTopics: this subscription is for every topic, so none can be dropped; mute the topic, or name the topics that are wanted',
        ]
      : dropTopics
          .filter(isNew)
          .map(
            (topic) =>
              `dropTopics: ${quoteForeign(topic)} is not among the topics of this subscription.${whichOf(topic, before)}`,
          )),
    ...(after.length === 0
      ? [`${field}: no topic would be left; to end the subscription: tocsin unsubscribe ${id}`]
      : []),
  ];
}

/** SNS comes first: if the record is then not written, repeating the change completes it. */
export async function changeAtSns(
  { snsSubscriptions }: Pick<ChangePorts, 'snsSubscriptions'>,
  known: Subscription,
  topics: readonly string[],
): Promise<Pick<SubscriptionChange, 'snsSubscriptionArn'>> {
  if (known.channel !== 'sns-email' || snsSubscriptions === undefined) return {};
  const isThere = known.state === 'active' || known.state === 'unconfirmed';
  const current = isThere ? known.snsSubscriptionArn : null;
  return { snsSubscriptionArn: (await snsSubscriptions.subscribeEmail(known.target, topics, current)).arn };
}

// ---------------------------------------------------------------- mutes

/** Sends no alerts of a topic, story or source until an instant; muting again sets another end. Throws InvalidInputError. */
export async function mute(
  { subscriptions, topics, clock }: Pick<ChangePorts, 'subscriptions' | 'topics' | 'clock'>,
  subscription: Subscription,
  request: Mute,
): Promise<Subscription> {
  const now = clock.now();
  const wanted = { ...request, value: request.value.trim() };
  const entries = wanted.kind === 'topic' ? await topics.listEntries() : [];
  const mutesAfter = (latest: Subscription): Pick<Subscription, 'mutes'> => {
    refuseEnded(latest);
    const others = unexpired(latest.mutes, now).filter((each) => !isSame(each, wanted));
    const problems = problemsOfMute(wanted, others, now, { ...latest, entries });
    if (problems.length > 0) throw new InvalidInputError('invalid_subscription', 'nothing was muted', problems);
    return { mutes: [...others, wanted] };
  };
  return subscriptions.updateSubscription(subscription.id, mutesAfter, now.toISOString());
}

/** Alerts again; what was not muted stays as it is. Alerts that were left out meanwhile do not come later. */
export async function unmute(
  { subscriptions, clock }: Pick<ChangePorts, 'subscriptions' | 'clock'>,
  subscription: Subscription,
  what: Pick<Mute, 'kind' | 'value'>,
): Promise<Subscription> {
  const now = clock.now();
  if (!isMuted(subscription, what, now)) return subscription;
  const mutesAfter = ({ mutes }: Subscription): Pick<Subscription, 'mutes'> => ({
    mutes: unexpired(mutes, now).filter((each) => !isSame(each, what)),
  });
  return subscriptions.updateSubscription(subscription.id, mutesAfter, now.toISOString());
}

export const isMuted = (
  { mutes }: Pick<Subscription, 'mutes'>,
  what: Pick<Mute, 'kind' | 'value'>,
  now: Date,
): boolean => unexpired(mutes, now).some((each) => isSame(each, what));

/** Names of sources are compared as alerts compare them, without case. */
const isSame = (left: Pick<Mute, 'kind' | 'value'>, right: Pick<Mute, 'kind' | 'value'>): boolean =>
  left.kind === right.kind && left.value.toLowerCase() === right.value.trim().toLowerCase();
