// The part of SNS that one machine needs: subscriptions of the one topic, filter policies, and handing a publication to mail, queue or web hook.
import { randomUUID } from 'node:crypto';
import type { LocalQueues } from './queues.ts';

export interface SnsSubscription {
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly confirmed: boolean;
  readonly filterPolicy: Readonly<Record<string, readonly unknown[]>>;
  readonly raw: boolean;
  /** Confirms, later ends, an e-mail subscription: the authority of the links in its mails. */
  readonly token: string;
}

export interface Publication {
  readonly subject: string;
  /** Protocol -> text, `default` always there. */
  readonly messages: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface SnsDelivery {
  readonly subscription: SnsSubscription;
  readonly subject: string;
  readonly body: string;
}

export const LOCAL_TOPIC_ARN = 'arn:aws:sns:us-east-1:000000000000:tocsin-alerts';
/** Nobody subscribes to it: what is published there goes to the outbox. */
export const LOCAL_OPERATIONS_ARN = 'arn:aws:sns:us-east-1:000000000000:tocsin-operations';
const SETTING = 'sns subscriptions';

export class LocalSns {
  readonly #queues: LocalQueues;
  readonly #hand: (delivery: SnsDelivery) => Promise<void>;

  /** Subscriptions are kept in the queues' file. `hand` brings a delivery to its endpoint; what it throws is the publisher's to retry. */
  constructor(queues: LocalQueues, hand: (delivery: SnsDelivery) => Promise<void>) {
    this.#queues = queues;
    this.#hand = hand;
  }

  subscriptions(): readonly SnsSubscription[] {
    return JSON.parse(this.#queues.getSetting(SETTING) ?? '[]') as SnsSubscription[];
  }

  /** An e-mail subscription waits for its confirmation; any other is in force at once. */
  subscribe(
    protocol: string,
    endpoint: string,
    attributes: Readonly<Record<string, string>>,
  ): { subscription: SnsSubscription; isNew: boolean } {
    const known = this.subscriptions().find((each) => each.protocol === protocol && each.endpoint === endpoint);
    if (known !== undefined) return { subscription: known, isNew: false };
    const subscription: SnsSubscription = {
      arn: `${LOCAL_TOPIC_ARN}:${randomUUID()}`,
      protocol,
      endpoint,
      confirmed: protocol !== 'email',
      filterPolicy: JSON.parse(attributes['FilterPolicy'] ?? '{}'),
      raw: attributes['RawMessageDelivery'] === 'true',
      token: randomUUID().replaceAll('-', '') + randomUUID().replaceAll('-', ''),
    };
    this.#save([...this.subscriptions(), subscription]);
    return { subscription, isNew: true };
  }

  /** Null when there is no such subscription. */
  change(
    arn: string,
    change: Partial<Pick<SnsSubscription, 'filterPolicy' | 'raw' | 'confirmed'>>,
  ): SnsSubscription | null {
    const found = this.subscriptions().find((each) => each.arn === arn);
    if (found === undefined) return null;
    const changed = { ...found, ...change };
    this.#save(this.subscriptions().map((each) => (each.arn === arn ? changed : each)));
    return changed;
  }

  byToken(token: string): SnsSubscription | null {
    return this.subscriptions().find((each) => each.token === token) ?? null;
  }

  unsubscribe(arn: string): boolean {
    const rest = this.subscriptions().filter((each) => each.arn !== arn);
    const found = rest.length < this.subscriptions().length;
    this.#save(rest);
    return found;
  }

  /** The message id once every endpoint has it. */
  async publish(publication: Publication): Promise<string> {
    const id = randomUUID();
    for (const subscription of this.subscriptions()) {
      if (!subscription.confirmed || !passes(subscription.filterPolicy, publication.attributes)) continue;
      const text = publication.messages[subscription.protocol] ?? publication.messages['default'] ?? '';
      const body = subscription.raw || subscription.protocol === 'email' ? text : envelope(id, publication, text);
      await this.#hand({ subscription, subject: publication.subject, body });
    }
    return id;
  }

  #save(subscriptions: readonly SnsSubscription[]): void {
    this.#queues.setSetting(SETTING, JSON.stringify(subscriptions));
  }
}

const envelope = (id: string, { subject, attributes }: Publication, message: string): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: id,
    TopicArn: LOCAL_TOPIC_ARN,
    Subject: subject,
    Message: message,
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, Value]) => [name, { Type: 'String', Value }]),
    ),
  });

/** A filter policy on attributes: every name must pass; one of its values is enough. Exact strings, `prefix`, `suffix`, `anything-but`, `exists`. */
export function passes(policy: SnsSubscription['filterPolicy'], attributes: Readonly<Record<string, string>>): boolean {
  return Object.entries(policy).every(([name, rules]) => rules.some((rule) => rulePasses(rule, attributes[name])));
}

function rulePasses(rule: unknown, value: string | undefined): boolean {
  if (typeof rule === 'string') return rule === value;
  if (typeof rule !== 'object' || rule === null) return false;
  const { prefix, suffix, exists, 'anything-but': but } = rule as Record<string, unknown>;
  if (exists !== undefined) return (value !== undefined) === exists;
  if (value === undefined) return false;
  if (typeof prefix === 'string') return value.startsWith(prefix);
  if (typeof suffix === 'string') return value.endsWith(suffix);
  if (but !== undefined) return ![but].flat().some((each) => rulePasses(each, value));
  return false;
}
