// Subscribing an address to topics. One address has one subscription per channel: subscribing again adds topics and changes the settings named.
import { randomBytes } from 'node:crypto';
import { parseAddress } from '../../alerts/address.ts';
import { questionFor } from '../../alerts/consent.ts';
import { ConflictError, InvalidInputError } from '../../core/errors.ts';
import type { Channel } from '../../model/channels.ts';
import { hashId, type SubscriptionId } from '../../model/ids.ts';
import type { Settings } from '../../model/settings.ts';
import { defaultSubscriptionSettings, type Subscription } from '../../model/subscription.ts';
import { isSameSettings, type SettingsChange } from '../../model/subscription-settings.ts';
import { checkTopicCount } from '../../model/subscription-topics.ts';
import { hashOfAddress, suppressedInWords } from '../../model/suppression.ts';
import type { SnsState, SnsSubscriptions, SubscriptionStore, SuppressionStore, TopicStore } from '../../ports.ts';
import { changeAtSns } from './change-subscription.ts';
import { changedSettings, problemsOfSettings, problemsOfSize } from './changed-settings.ts';
import { EVERY_TOPIC, problemsOfTopics, sortedTopics } from './named-topics.ts';
import { type ConsentPorts, countQuestion, isAsked, requestedConsent } from './request-consent.ts';

export interface SubscribePorts extends ConsentPorts {
  readonly subscriptions: Pick<
    SubscriptionStore,
    'createSubscription' | 'getSubscription' | 'subscriptionsOfTarget' | 'updateSubscription'
  >;
  readonly suppressions: Pick<SuppressionStore, 'getSuppression'>;
  readonly topics: Pick<TopicStore, 'listEntries'>;
  readonly snsSubscriptions: Pick<SnsSubscriptions, 'subscribeEmail' | 'stateOf'>;
}

/** A setting that is absent is the default of a new subscription, and stays as it is in one that exists. */
export interface SubscribeRequest extends SettingsChange {
  readonly channel: Channel;
  readonly target: string;
  /** Topic ids, or `*` for every topic. */
  readonly topics: readonly string[];
}

export interface Subscribed {
  /**
   * `extended`: topics were added. `changed`: only settings were. `renewed`: it had ended, and starts again with these topics only, its settings as
   * they were.
   */
  readonly outcome: 'created' | 'extended' | 'changed' | 'renewed' | 'unchanged';
  readonly subscription: Subscription;
  readonly addedTopics: readonly string[];
  /** The address is asked now whether it agrees, and nothing is sent to it before it does. */
  readonly isAsked: boolean;
  /** Further active subscriptions of the address on this channel, which stay as they are: they were made when each digest had its own. */
  readonly others: readonly SubscriptionId[];
}

/** Upper and lower case do not make two people. */
export const subscriptionIdOf = (channel: Channel, address: string): SubscriptionId =>
  hashId('subscription', channel, address.toLowerCase()) as SubscriptionId;

/** Throws InvalidInputError with every problem found, and when the address was asked too often whether it agrees. */
export async function subscribe(ports: SubscribePorts, request: SubscribeRequest): Promise<Subscribed> {
  const { channel, target, topics: named, ...settings } = request;
  const parsed = parseAddress(target);
  const address = parsed.ok ? parsed.address : '';
  const wanted: Wanted = { channel, address, topics: sortedTopics(named), settings };
  const [known, ...others] = parsed.ok ? await subscriptionsOf(ports, wanted) : [];
  const problems = [
    ...(parsed.ok ? [] : [`target: ${parsed.problem}`]),
    ...problemsOfSender(channel, ports.settings),
    ...(await problemsOfWishes(ports, wanted, known)),
  ];
  if (problems.length > 0) throw new InvalidInputError('invalid_subscription', 'nothing was subscribed', problems);
  await refuseSuppressed(ports, wanted, known);
  return known === undefined ? create(ports, wanted) : extend(ports, known, wanted, others);
}

/** Nothing may be sent to the address, whether or not it has a subscription. */
async function refuseSuppressed(
  { suppressions }: SubscribePorts,
  { channel, address }: Wanted,
  known: Subscription | undefined,
): Promise<void> {
  if (channel !== 'email') return;
  const listed = await suppressions.getSuppression(hashOfAddress(address));
  const why = listed === null ? (known?.state === 'suppressed' ? SUPPRESSED : null) : suppressedInWords(listed);
  if (why === null) return;
  const of = known === undefined ? '' : ` (subscription ${known.id})`;
  throw new InvalidInputError(
    'address_suppressed',
    `no mail is sent to this address${of}: ${why}. When the cause is gone and its owner wants mail: tocsin suppressions remove ADDRESS`,
  );
}

const SUPPRESSED = 'mail to it bounced or was reported as spam';

/** What is to be sent through a channel, in the form in which it is stored. */
export interface Wishes {
  readonly channel: Channel;
  readonly topics: readonly string[];
  readonly settings: SettingsChange;
}

/** A request whose parts are known. */
interface Wanted extends Wishes {
  readonly address: string;
}

/** Every problem but those of the target. `known`: the subscription that the target has. */
export async function problemsOfWishes(
  ports: Pick<SubscribePorts, 'topics' | 'clock'>,
  wanted: Wishes,
  known: Subscription | undefined,
): Promise<readonly string[]> {
  const { channel, topics, settings } = wanted;
  const namesTopics = topics.some((topic) => topic !== EVERY_TOPIC) || (settings.topicRules ?? []).length > 0;
  const entries = namesTopics ? await ports.topics.listEntries() : [];
  const after = plannedChange(known, wanted, ports.clock.now());
  return [
    ...(topics.length === 0 ? ['topics: none is named; name topic ids, or "*" for every topic'] : []),
    ...problemsOfTopics(topics, entries),
    ...problemsOfSettings(settings, { channel, topics: after.topics, entries }),
    ...problemsOfSize(after),
  ];
}

function problemsOfSender(channel: Channel, { mail }: Pick<Settings, 'mail'>): readonly string[] {
  return channel === 'email' && mail.from === null
    ? ['channel: no sender is set, so no mail can be sent; set mail.from in config/tocsin.yaml, or use sns-email']
    : [];
}

/** Topics and settings after the request. */
export function plannedChange(before: Subscription | undefined, { topics: wanted, settings }: Wishes, now: Date) {
  const had = topicsOf(before);
  const topics = had.includes(EVERY_TOPIC) ? had : sortedTopics([...had, ...wanted]);
  return { topics, ...changedSettings(before ?? defaultSubscriptionSettings, settings, topics, now) };
}

/** Of one that has ended, nothing continues but its settings. */
const continues = ({ state }: Subscription): boolean => state === 'active' || state === 'unconfirmed';

const topicsOf = (subscription: Subscription | undefined): readonly string[] =>
  subscription !== undefined && continues(subscription) ? subscription.topics : [];

async function create(ports: SubscribePorts, wanted: Wanted): Promise<Subscribed> {
  const { channel, address, topics } = wanted;
  const id = subscriptionIdOf(channel, address);
  // Before the address is asked: otherwise the question could be about something that the store then refuses.
  checkTopicCount(topics);
  const now = ports.clock.now();
  const { atSns, ...asked } = await askedIfNeeded(ports, wanted, topics, null);
  const subscription: Subscription = {
    id,
    channel,
    target: address,
    ...plannedChange(undefined, wanted, now),
    ...requestedConsent({ channel, target: address }, null, { ...ports, atSns }),
    unsubscribeToken: randomBytes(32).toString('base64url'),
    snsSubscriptionArn: null,
    ...asked,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
  };
  try {
    await ports.subscriptions.createSubscription(subscription);
  } catch (error) {
    const other = error instanceof ConflictError ? await ports.subscriptions.getSubscription(id) : null;
    if (other === null) throw error;
    return extend(ports, other, wanted, []);
  }
  return {
    outcome: 'created',
    subscription,
    addedTopics: topics,
    isAsked: subscription.state === 'unconfirmed',
    others: [],
  };
}

/** Counts the question, and lets SNS ask where it is SNS that asks. Our own mail follows what is stored. */
async function askedIfNeeded(
  ports: SubscribePorts,
  { channel, address }: Wanted,
  topics: readonly string[],
  pendingArn: string | null,
): Promise<{ readonly atSns: SnsState; readonly snsSubscriptionArn?: string }> {
  if (isAsked(questionFor(channel, address, ports))) await countQuestion(address, ports);
  if (channel !== 'sns-email') return { atSns: 'pending' };
  const { arn } = await ports.snsSubscriptions.subscribeEmail(address, topics, null, pendingArn);
  return { snsSubscriptionArn: arn, atSns: await ports.snsSubscriptions.stateOf(arn) };
}

/**
 * Those of the address on the channel, the one to continue first: an active one, of several the one with the digest that is asked for, then the
 * oldest. Earlier versions made one for each digest, with ids of their own.
 */
async function subscriptionsOf(
  { subscriptions }: SubscribePorts,
  { channel, address, settings }: Wanted,
): Promise<readonly Subscription[]> {
  const id = subscriptionIdOf(channel, address);
  const [current, ofTarget] = await Promise.all([
    subscriptions.getSubscription(id),
    subscriptions.subscriptionsOfTarget(address),
  ]);
  const found = ofTarget.filter((one) => one.channel === channel && one.id !== id);
  const rank = ({ state, digest }: Subscription): number =>
    STATES_IN_ORDER.indexOf(state) * 2 + (digest === settings.digest ? 0 : 1);
  return [...(current === null ? [] : [current]), ...found].sort(
    (left, right) => rank(left) - rank(right) || (left.createdAt < right.createdAt ? -1 : 1),
  );
}

/** A suppressed one must not be bypassed: nothing may be sent to its address. */
const STATES_IN_ORDER: readonly Subscription['state'][] = [
  'active',
  'suppressed',
  'unconfirmed',
  'disabled',
  'unsubscribed',
];

async function extend(
  ports: SubscribePorts,
  known: Subscription,
  wanted: Wanted,
  others: readonly Subscription[],
): Promise<Subscribed> {
  const now = ports.clock.now();
  const planned = plannedChange(known, wanted, now);
  const had = topicsOf(known);
  const addedTopics = planned.topics.filter((topic) => !had.includes(topic));
  const answer = { addedTopics, others: others.filter(({ state }) => state === 'active').map(({ id }) => id) };
  const isUnchanged = addedTopics.length === 0 && isSameSettings(planned, known);
  const isAgreed = known.state === 'active' && (await isStillThere(ports, known));
  if (isAgreed && isUnchanged) return { outcome: 'unchanged', subscription: known, isAsked: false, ...answer };
  checkTopicCount(planned.topics);
  const { atSns, ...atProvider } = isAgreed
    ? { ...(await changeAtSns(ports, known, planned.topics)), atSns: 'confirmed' as const }
    : await askedIfNeeded(ports, wanted, planned.topics, continues(known) ? known.snsSubscriptionArn : null);
  const subscription = await ports.subscriptions.updateSubscription(
    known.id,
    (latest) => {
      // Confirmed, or taken back, while it was subscribed again.
      const isAgreedMeanwhile = latest.state === 'active' && known.state !== 'active';
      return {
        ...plannedChange(latest, wanted, now),
        ...(isAgreed || isAgreedMeanwhile ? {} : requestedConsent(latest, latest, { ...ports, atSns })),
        ...atProvider,
      };
    },
    now.toISOString(),
  );
  const isContinued = continues(known);
  const outcome = isContinued
    ? addedTopics.length > 0
      ? 'extended'
      : isUnchanged
        ? 'unchanged'
        : 'changed'
    : 'renewed';
  return { outcome, subscription, isAsked: subscription.state === 'unconfirmed', ...answer };
}

/** SNS drops what is not confirmed in time, and its readers end what they have by its own link. */
const isStillThere = async (
  { snsSubscriptions }: SubscribePorts,
  { channel, snsSubscriptionArn }: Subscription,
): Promise<boolean> =>
  channel !== 'sns-email' ||
  (snsSubscriptionArn !== null && (await snsSubscriptions.stateOf(snsSubscriptionArn)) === 'confirmed');
