// Subscribing a webhook or a chat. Its address is stored apart from the subscription, which holds only what may be shown of it.
import { randomBytes } from 'node:crypto';
import { type ChannelKind, TARGET_OPTIONS, type TargetOption } from '../../channels/channel-kind.ts';
import { WEB_CHANNEL_KINDS } from '../../channels/kinds.ts';
import { withSigningKey } from '../../channels/webhook.ts';
import { ConflictError, InvalidInputError } from '../../core/errors.ts';
import type { ChannelSecret, WebChannel } from '../../model/channels.ts';
import { hashId, type SubscriptionId } from '../../model/ids.ts';
import type { Settings } from '../../model/settings.ts';
import type { Subscription } from '../../model/subscription.ts';
import { isSameSettings } from '../../model/subscription-settings.ts';
import { checkTopicCount } from '../../model/subscription-topics.ts';
import { parseAllowedHosts } from '../../net/target-rules.ts';
import type { ChannelSecrets, Clock, SubscriptionStore, TopicStore } from '../../ports.ts';
import { sortedTopics } from './named-topics.ts';
import { plannedChange, problemsOfWishes, type Subscribed, type SubscribeRequest, type Wishes } from './subscribe.ts';

export interface SubscribeWebPorts {
  readonly subscriptions: Pick<SubscriptionStore, 'createSubscription' | 'getSubscription' | 'updateSubscription'>;
  readonly topics: Pick<TopicStore, 'listEntries'>;
  readonly channelSecrets: ChannelSecrets;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'fetch'>;
}

export interface SubscribeWebRequest
  extends Omit<SubscribeRequest, 'channel'>,
    Partial<Readonly<Record<TargetOption, string>>> {
  readonly channel: WebChannel;
}

export interface SubscribedWeb extends Subscribed {
  /** The key that signs webhook calls, where it is new: it is shown this once. */
  readonly signingKey: string | null;
}

/** Throws InvalidInputError with every problem found. None quotes the target. */
export async function subscribeWeb(ports: SubscribeWebPorts, request: SubscribeWebRequest): Promise<SubscribedWeb> {
  const { channel, target, topics, chat, token, ...settings } = request;
  const kind = WEB_CHANNEL_KINDS[channel];
  const allowedHosts = parseAllowedHosts(ports.settings.fetch.allowHosts);
  const read = kind.readTarget(target, { allowedHosts, chat, token });
  const id = read.ok ? webSubscriptionIdOf(channel, read.identity) : null;
  const known = id === null ? null : await ports.subscriptions.getSubscription(id);
  const wishes: Wishes = { channel, topics: sortedTopics(topics), settings };
  const problems = [
    ...(read.ok ? [] : read.problems),
    ...problemsOfOptions(kind, { chat, token }),
    ...(await problemsOfWishes(ports, wishes, known ?? undefined)),
  ];
  if (!read.ok || id === null || problems.length > 0)
    throw new InvalidInputError('invalid_subscription', 'nothing was subscribed', problems);
  checkTopicCount(plannedChange(known ?? undefined, wishes, ports.clock.now()).topics);
  // Before the record: an active subscription always has an address.
  const stored = await storeSecret(ports, id, channel, read.secret);
  const subscribed =
    known === null
      ? await create(ports, { id, shown: read.shown, wishes }, stored.isNew)
      : await extend(ports, known, read.shown, wishes, stored.isNew);
  return { ...subscribed, signingKey: stored.signingKey };
}

/** One target of a channel has one subscription. Nothing of the target can be read from its id. */
const webSubscriptionIdOf = (channel: WebChannel, identity: string): SubscriptionId =>
  hashId('subscription', channel, identity) as SubscriptionId;

const problemsOfOptions = (
  { service, options }: ChannelKind,
  given: Partial<Record<TargetOption, string | undefined>>,
): readonly string[] =>
  TARGET_OPTIONS.filter((name) => given[name] !== undefined && !options.includes(name)).map(
    (name) => `${name}: ${service} has none; leave it out`,
  );

/** A webhook keeps its keys. `isNew`: it differs from what was stored. */
async function storeSecret(
  { channelSecrets }: SubscribeWebPorts,
  id: SubscriptionId,
  channel: WebChannel,
  given: ChannelSecret,
): Promise<{ readonly isNew: boolean; readonly signingKey: string | null }> {
  const before = await channelSecrets.getSecret(id);
  const keys = before?.signingKeys;
  const kept = keys === undefined ? given : { ...given, signingKeys: keys };
  const secret = channel === 'webhook' ? withSigningKey(kept) : kept;
  const isNew = JSON.stringify(secret) !== JSON.stringify(before);
  if (isNew) await channelSecrets.putSecret(id, secret);
  return { isNew, signingKey: keys === undefined ? (secret.signingKeys?.[0]?.key ?? null) : null };
}

async function create(
  ports: SubscribeWebPorts,
  { id, shown, wishes }: { readonly id: SubscriptionId; readonly shown: string; readonly wishes: Wishes },
  hasNewSecret: boolean,
): Promise<Subscribed> {
  const now = ports.clock.now();
  const subscription: Subscription = {
    id,
    channel: wishes.channel,
    target: shown,
    ...plannedChange(undefined, wishes, now),
    state: 'active',
    stateReason: null,
    // Whoever knows the secret address owns it.
    consent: null,
    unsubscribeToken: randomBytes(32).toString('base64url'),
    snsSubscriptionArn: null,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
  };
  try {
    await ports.subscriptions.createSubscription(subscription);
  } catch (error) {
    const other = error instanceof ConflictError ? await ports.subscriptions.getSubscription(id) : null;
    if (other === null) throw error;
    return extend(ports, other, shown, wishes, hasNewSecret);
  }
  return { outcome: 'created', subscription, addedTopics: subscription.topics, isAsked: false, others: [] };
}

/** One that had ended, or whose address was gone, is active again. */
async function extend(
  ports: SubscribeWebPorts,
  known: Subscription,
  shown: string,
  wishes: Wishes,
  hasNewSecret: boolean,
): Promise<Subscribed> {
  const now = ports.clock.now();
  const isActive = known.state === 'active';
  const planned = plannedChange(known, wishes, now);
  const addedTopics = planned.topics.filter((topic) => !isActive || !known.topics.includes(topic));
  if (isActive && addedTopics.length === 0 && isSameSettings(planned, known) && known.target === shown)
    return {
      outcome: hasNewSecret ? 'changed' : 'unchanged',
      subscription: known,
      addedTopics,
      isAsked: false,
      others: [],
    };
  const subscription = await ports.subscriptions.updateSubscription(
    known.id,
    (latest) => ({ ...plannedChange(latest, wishes, now), state: 'active', stateReason: null, endedByLinkAt: null }),
    now.toISOString(),
  );
  const outcome = !isActive ? 'renewed' : addedTopics.length > 0 ? 'extended' : 'changed';
  return { outcome, subscription, addedTopics, isAsked: false, others: [] };
}
