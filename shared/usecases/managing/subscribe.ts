// Subscribing an address to topics. Subscribing again changes nothing, or adds topics.
import { randomBytes } from 'node:crypto';
import { parseAddress } from '../../alerts/address.ts';
import { ConflictError, InvalidInputError } from '../../core/errors.ts';
import { suggestionOf } from '../../core/nearest-names.ts';
import type { DigestPeriod } from '../../model/alert-rules.ts';
import { hashId, type SubscriptionId } from '../../model/ids.ts';
import type { Settings } from '../../model/settings.ts';
import { type Channel, defaultSubscriptionSettings, type Subscription } from '../../model/subscription.ts';
import { checkTopicCount } from '../../model/subscription-topics.ts';
import { isInForce } from '../../model/topic.ts';
import type { Clock, SnsSubscriptions, SubscriptionStore, TopicStore } from '../../ports.ts';

export interface SubscribePorts {
  readonly subscriptions: Pick<SubscriptionStore, 'createSubscription' | 'getSubscription' | 'updateSubscription'>;
  readonly topics: Pick<TopicStore, 'listEntries'>;
  readonly snsSubscriptions: SnsSubscriptions;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'mail'>;
}

export interface SubscribeRequest {
  readonly channel: Channel;
  readonly target: string;
  /** Topic ids, or `*` for every topic. */
  readonly topics: readonly string[];
  readonly digest?: DigestPeriod;
}

export interface Subscribed {
  /** `extended`: topics were added. `renewed`: it had ended, and starts again with these topics only. */
  readonly outcome: 'created' | 'extended' | 'renewed' | 'unchanged';
  readonly subscription: Subscription;
  readonly addedTopics: readonly string[];
}

const EVERY_TOPIC = '*';

/** The same address with the same digest is the same subscription; upper and lower case do not make two people. */
export const subscriptionIdOf = (channel: Channel, address: string, digest: DigestPeriod): SubscriptionId =>
  hashId('subscription', channel, address.toLowerCase(), digest) as SubscriptionId;

/** Throws InvalidInputError with every problem found. */
export async function subscribe(ports: SubscribePorts, request: SubscribeRequest): Promise<Subscribed> {
  const { channel, address, topics, digest } = await check(ports, request);
  const id = subscriptionIdOf(channel, address, digest);
  const known = await ports.subscriptions.getSubscription(id);
  if (known !== null) return extend(ports, known, topics);
  // Before SNS is asked: it would mail a confirmation of what the store then refuses.
  checkTopicCount(topics);
  const now = ports.clock.now().toISOString();
  const subscription: Subscription = {
    id,
    channel,
    target: address,
    topics,
    ...defaultSubscriptionSettings,
    digest,
    state: 'active',
    unsubscribeToken: randomBytes(32).toString('base64url'),
    snsSubscriptionArn:
      channel === 'sns-email' ? (await ports.snsSubscriptions.subscribeEmail(address, topics)).arn : null,
    createdAt: now,
    updatedAt: now,
  };
  try {
    await ports.subscriptions.createSubscription(subscription);
  } catch (error) {
    const other = error instanceof ConflictError ? await ports.subscriptions.getSubscription(id) : null;
    if (other === null) throw error;
    return extend(ports, other, topics);
  }
  return { outcome: 'created', subscription, addedTopics: topics };
}

async function extend(ports: SubscribePorts, known: Subscription, wanted: readonly string[]): Promise<Subscribed> {
  if (known.state === 'suppressed') {
    throw new InvalidInputError(
      'address_suppressed',
      `mail to this address bounced or was reported as spam, so none is sent (subscription ${known.id}); confirm the address and that its owner wants mail, end the subscription, then subscribe again`,
    );
  }
  const had = known.state === 'active' ? known.topics : [];
  const topics = had.includes(EVERY_TOPIC) ? had : sortedTopics([...had, ...wanted]);
  const addedTopics = topics.filter((topic) => !had.includes(topic));
  if (addedTopics.length === 0) return { outcome: 'unchanged', subscription: known, addedTopics };
  checkTopicCount(topics);
  const subscription = await ports.subscriptions.updateSubscription(
    known.id,
    { topics, state: 'active', ...(await snsChange(ports, known, topics)) },
    ports.clock.now().toISOString(),
  );
  return { outcome: known.state === 'active' ? 'extended' : 'renewed', subscription, addedTopics };
}

/** SNS comes first: if the record is then not written, repeating the command completes it. */
async function snsChange(
  ports: SubscribePorts,
  known: Subscription,
  topics: readonly string[],
): Promise<Partial<Pick<Subscription, 'snsSubscriptionArn'>>> {
  if (known.channel !== 'sns-email') return {};
  const current = known.state === 'active' ? known.snsSubscriptionArn : null;
  return { snsSubscriptionArn: (await ports.snsSubscriptions.subscribeEmail(known.target, topics, current)).arn };
}

interface CheckedRequest {
  readonly channel: Channel;
  readonly address: string;
  readonly topics: readonly string[];
  readonly digest: DigestPeriod;
}

async function check(ports: SubscribePorts, request: SubscribeRequest): Promise<CheckedRequest> {
  const { channel, digest = 'none' } = request;
  const topics = sortedTopics(request.topics);
  const parsed = parseAddress(request.target);
  const problems = [
    ...(parsed.ok ? [] : [`target: ${parsed.problem}`]),
    ...(await problemsOfTopics(ports, topics)),
    ...problemsOfChannel(channel, digest, ports.settings),
  ];
  if (!parsed.ok || problems.length > 0) {
    throw new InvalidInputError('invalid_subscription', 'nothing was subscribed', problems);
  }
  return { channel, address: parsed.address, topics, digest };
}

async function problemsOfTopics(
  { topics: store }: SubscribePorts,
  wanted: readonly string[],
): Promise<readonly string[]> {
  if (wanted.length === 0) return ['topics: none is named; name topic ids, or "*" for every topic'];
  if (wanted.includes(EVERY_TOPIC)) return [];
  const entries = await store.listEntries();
  const known = entries.filter(isInForce).map(({ id }) => id);
  const removed = entries.filter((entry) => !isInForce(entry)).map(({ id }) => id);
  return wanted.filter((topic) => !known.includes(topic)).map((topic) => unknownTopic(topic, known, removed));
}

function unknownTopic(topic: string, known: readonly string[], removed: readonly string[]): string {
  if (removed.includes(topic)) return `topics: "${topic}" was removed. To undo: tocsin topics restore ${topic}`;
  const hint =
    suggestionOf(topic, known) || (known.length === 0 ? ' No topic is in force yet.' : ` Known: ${listed(known)}`);
  return `topics: "${topic.slice(0, 80)}" is not a topic.${hint}`;
}

const listed = (names: readonly string[]): string =>
  names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')} and ${names.length - 12} more`;

function problemsOfChannel(
  channel: Channel,
  digest: DigestPeriod,
  { mail }: Pick<Settings, 'mail'>,
): readonly string[] {
  if (channel === 'email') {
    return mail.from === null
      ? ['channel: no sender is set, so no mail can be sent; set mail.from in config/tocsin.yaml, or use sns-email']
      : [];
  }
  return digest === 'none' ? [] : ['digest: SNS sends each alert separately; use the channel email for digests'];
}

const sortedTopics = (topics: readonly string[]): readonly string[] =>
  topics.includes(EVERY_TOPIC) ? [EVERY_TOPIC] : [...new Set(topics)].sort();
