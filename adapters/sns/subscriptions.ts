// E-mail subscriptions that SNS holds itself: it asks the address to confirm, sends the mails, and ends them by its own link.
import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SetSubscriptionAttributesCommand,
  type SNSClient,
  SubscribeCommand,
  type Subscription,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import type { SnsSubscriptions } from '../../shared/ports.ts';
import { errorName } from '../without-addresses.ts';
import { clientOf, type SnsOptions } from './client.ts';
import { toOurError } from './errors.ts';
import { alertsOnly, filterPolicyOf } from './filter-policy.ts';

/** What SNS answers to a second subscription of an address whose topics differ. */
const EXISTS_OTHERWISE = /already exists with different attributes/i;
/** SNS drops an unconfirmed subscription by itself, and refuses to end it before. */
const UNCONFIRMED = /pending/i;
const ARN = /^arn:/;

export function createSnsSubscriptions({ topicArn, ...options }: SnsOptions): SnsSubscriptions {
  const client = clientOf(options);
  return {
    async subscribeEmail(address, topics, current = null, pending = null) {
      try {
        if (current !== null && (await changeTopics(client, current, topics))) return { arn: current };
        return { arn: await subscribe({ client, topicArn }, address, topics, pending) };
      } catch (error) {
        throw toOurError(error, 'subscribe');
      }
    },
    async stateOf(arn) {
      try {
        const { Attributes = {} } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
        return Attributes['PendingConfirmation'] === 'true' ? 'pending' : 'confirmed';
      } catch (error) {
        if (errorName(error) === 'NotFoundException') return 'gone';
        throw toOurError(error, 'say whether a subscription is confirmed');
      }
    },
    async unsubscribeAddress(address) {
      const found = { ended: 0, pending: 0 };
      try {
        for await (const { Endpoint, SubscriptionArn = '' } of emailSubscriptions({ client, topicArn })) {
          if (Endpoint?.toLowerCase() !== address.toLowerCase()) continue;
          if (!ARN.test(SubscriptionArn)) found.pending += 1;
          else {
            await client.send(new UnsubscribeCommand({ SubscriptionArn }));
            found.ended += 1;
          }
        }
        return found;
      } catch (error) {
        throw toOurError(error, 'unsubscribe');
      }
    },
    async unsubscribe(arn) {
      try {
        await client.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
      } catch (error) {
        const isGone = errorName(error) === 'NotFoundException';
        if (!isGone && !(error instanceof Error && UNCONFIRMED.test(error.message)))
          throw toOurError(error, 'unsubscribe');
      }
    },
  };
}

interface Topic {
  readonly client: SNSClient;
  readonly topicArn: string;
}

async function subscribe(
  topic: Topic,
  address: string,
  topics: readonly string[],
  pending: string | null,
): Promise<string> {
  const { client } = topic;
  try {
    return await requestSubscription(topic, address, topics);
  } catch (error) {
    if (!(error instanceof Error && EXISTS_OTHERWISE.test(error.message))) throw error;
    const arn = await findArn(topic, address);
    if (arn !== null && (await changeTopics(client, arn, topics))) return arn;
    // Not confirmed yet: once its topics are those asked for, SNS asks again.
    if (pending === null || !(await changeTopics(client, pending, topics))) throw error;
    return requestSubscription(topic, address, topics);
  }
}

/** SNS mails a link to an address that has not confirmed, each time. */
async function requestSubscription(
  { client, topicArn }: Topic,
  address: string,
  topics: readonly string[],
): Promise<string> {
  const { SubscriptionArn } = await client.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'email',
      Endpoint: address,
      Attributes: { FilterPolicy: filterPolicy(topics) },
      ReturnSubscriptionArn: true,
    }),
  );
  return SubscriptionArn ?? '';
}

/** False when the subscription is gone: its owner ended it by SNS's own link, or never confirmed it. */
const changeTopics = (client: SNSClient, arn: string, topics: readonly string[]): Promise<boolean> =>
  changePolicy(client, arn, filterPolicy(topics));

async function changePolicy(client: SNSClient, arn: string, policy: string): Promise<boolean> {
  try {
    await client.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn: arn,
        AttributeName: 'FilterPolicy',
        AttributeValue: policy,
      }),
    );
    return true;
  } catch (error) {
    if (errorName(error) === 'NotFoundException') return false;
    throw error;
  }
}

/** Null also for one that waits to be confirmed: SNS lists it without its ARN. */
async function findArn(topic: Topic, address: string): Promise<string | null> {
  for await (const { Endpoint, SubscriptionArn } of emailSubscriptions(topic))
    if (Endpoint === address && SubscriptionArn !== undefined)
      return ARN.test(SubscriptionArn) ? SubscriptionArn : null;
  return null;
}

async function* emailSubscriptions({ client, topicArn }: Topic): AsyncGenerator<Subscription> {
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, NextToken }));
    yield* page.Subscriptions?.filter(({ Protocol }) => Protocol === 'email') ?? [];
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
}

/**
 * Brings the e-mail subscriptions from before there were alerts of stories to the present: people get one alert an event, not one event a match.
 * Gives how many it changed. Those that are not confirmed yet stay as they are, and so do those that filter by the body of messages.
 */
export async function letOnlyAlertsThrough({ topicArn, ...options }: SnsOptions): Promise<number> {
  const client = clientOf(options);
  let changed = 0;
  try {
    for await (const { SubscriptionArn = '' } of emailSubscriptions({ client, topicArn }))
      if (ARN.test(SubscriptionArn) && (await letOnlyAlerts(client, SubscriptionArn))) changed += 1;
  } catch (error) {
    throw toOurError(error, 'change the filter policies of e-mail subscriptions');
  }
  return changed;
}

async function letOnlyAlerts(client: SNSClient, arn: string): Promise<boolean> {
  try {
    const { Attributes = {} } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
    const policy = alertsOnly(JSON.parse(Attributes['FilterPolicy'] ?? '{}') as object);
    if (policy === null || Attributes['FilterPolicyScope'] === 'MessageBody') return false;
    return await changePolicy(client, arn, JSON.stringify(policy));
  } catch (error) {
    // Ended meanwhile.
    if (errorName(error) === 'NotFoundException') return false;
    throw error;
  }
}

const filterPolicy = (topics: readonly string[]): string => JSON.stringify(filterPolicyOf(topics));
