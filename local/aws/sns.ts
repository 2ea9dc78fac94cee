// The part of SNS that one machine needs: subscriptions of the one topic, filter policies, and handing a publication to mail, queue or webhook.
import { randomUUID } from 'node:crypto';
import type { SnsState } from '../../shared/ports.ts';
import type { LocalQueues } from '../queues/queues.ts';

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
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
}

export interface SnsDelivery {
  /** The same at each try. */
  readonly id: string;
  readonly subscription: SnsSubscription;
  readonly subject: string;
  readonly body: string;
}

const LOCAL_TOPIC_ARN = 'arn:aws:sns:us-east-1:000000000000:tocsin-alerts';
const SETTING = 'sns subscriptions';

export class LocalSns {
  readonly #queues: LocalQueues;

  /** Subscriptions and accepted publications are kept in the queues' file. */
  constructor(queues: LocalQueues) {
    this.#queues = queues;
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

  stateOf(arn: string): SnsState {
    const found = this.subscriptions().find((each) => each.arn === arn);
    if (found === undefined) return 'gone';
    return found.confirmed ? 'confirmed' : 'pending';
  }

  /** Ends all e-mail subscriptions of an address, in any case of letters, confirmed or not; how many. */
  unsubscribeAddress(address: string): number {
    const isIts = ({ protocol, endpoint }: SnsSubscription): boolean =>
      protocol === 'email' && endpoint.toLowerCase() === address.toLowerCase();
    const its = this.subscriptions().filter(isIts);
    if (its.length > 0) this.#save(this.subscriptions().filter((each) => !isIts(each)));
    return its.length;
  }

  /** Accepted once it is on the disk; each subscription gets its own in its own time, tried again by itself. */
  publish(publication: Publication): string {
    const id = randomUUID();
    const deliveries = this.subscriptions().flatMap((subscription): SnsDelivery[] => {
      if (!subscription.confirmed || !passes(subscription.filterPolicy, publication.attributes)) return [];
      const text = publication.messages[subscription.protocol] ?? publication.messages['default'] ?? '';
      const body = subscription.raw || subscription.protocol === 'email' ? text : envelope(id, publication, text);
      return [{ id: `${id}.${subscription.arn}`, subscription, subject: publication.subject, body }];
    });
    if (deliveries.length > 0)
      this.#queues.send(
        'publications',
        deliveries.map((delivery) => JSON.stringify(delivery)),
      );
    return id;
  }

  /** A delivery taken from the queue of publications; null when its subscription has ended meanwhile. */
  deliveryOf(body: string): SnsDelivery | null {
    const delivery = JSON.parse(body) as SnsDelivery;
    return this.subscriptions().some(({ arn }) => arn === delivery.subscription.arn) ? delivery : null;
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
      Object.entries(attributes).map(([name, value]) => [
        name,
        typeof value === 'string'
          ? { Type: 'String', Value: value }
          : { Type: 'String.Array', Value: JSON.stringify(value) },
      ]),
    ),
  });

/**
 * A filter policy on attributes: every name must pass; one of its values is enough. Exact strings, `prefix`, `suffix`, `anything-but`, `exists`.
 * Of an attribute with several values one that passes is enough, but all must pass `anything-but`, as on SNS.
 */
function passes(policy: SnsSubscription['filterPolicy'], attributes: Publication['attributes']): boolean {
  return Object.entries(policy).every(([name, rules]) =>
    rules.some((rule) => {
      const value = attributes[name];
      if (value === undefined || typeof value === 'string') return rulePasses(rule, value);
      return isAnythingBut(rule)
        ? value.every((each) => rulePasses(rule, each))
        : value.some((each) => rulePasses(rule, each));
    }),
  );
}

const isAnythingBut = (rule: unknown): boolean => typeof rule === 'object' && rule !== null && 'anything-but' in rule;

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
