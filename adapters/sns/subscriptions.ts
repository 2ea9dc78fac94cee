// E-mail subscriptions that SNS holds itself: it asks the address to confirm, sends the mails, and ends them by its own link.
import {
  ListSubscriptionsByTopicCommand,
  SetSubscriptionAttributesCommand,
  type SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import type { SnsSubscriptions } from '../../shared/ports.ts';
import { errorName } from '../without-addresses.ts';
import { clientOf, type SnsOptions } from './client.ts';
import { toOurError } from './errors.ts';
import { filterPolicyOf } from './filter-policy.ts';

/** What SNS answers to a second subscription of an address whose topics differ. */
const EXISTS_OTHERWISE = /already exists with different attributes/i;
/** SNS drops an unconfirmed subscription by itself, and refuses to end it before. */
const UNCONFIRMED = /pending/i;
const ARN = /^arn:/;

export function createSnsSubscriptions({ topicArn, ...options }: SnsOptions): SnsSubscriptions {
  const client = clientOf(options);
  return {
    async subscribeEmail(address, topics, current = null) {
      try {
        if (current !== null && (await changeTopics(client, current, topics))) return { arn: current };
        return { arn: await subscribe({ client, topicArn }, address, topics) };
      } catch (error) {
        throw toOurError(error, 'subscribe');
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

async function subscribe({ client, topicArn }: Topic, address: string, topics: readonly string[]): Promise<string> {
  try {
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
  } catch (error) {
    const exists = error instanceof Error && EXISTS_OTHERWISE.test(error.message);
    const arn = exists ? await findArn({ client, topicArn }, address) : null;
    if (arn === null || !(await changeTopics(client, arn, topics))) throw error;
    return arn;
  }
}

/** False when the subscription is gone: its owner ended it by SNS's own link, or never confirmed it. */
async function changeTopics(client: SNSClient, arn: string, topics: readonly string[]): Promise<boolean> {
  try {
    await client.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn: arn,
        AttributeName: 'FilterPolicy',
        AttributeValue: filterPolicy(topics),
      }),
    );
    return true;
  } catch (error) {
    if (errorName(error) === 'NotFoundException') return false;
    throw error;
  }
}

/** Null also for one that waits to be confirmed: SNS lists it without its ARN. */
async function findArn({ client, topicArn }: Topic, address: string): Promise<string | null> {
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, NextToken }));
    const found = page.Subscriptions?.find(({ Protocol, Endpoint }) => Protocol === 'email' && Endpoint === address);
    if (found?.SubscriptionArn !== undefined) return ARN.test(found.SubscriptionArn) ? found.SubscriptionArn : null;
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return null;
}

const filterPolicy = (topics: readonly string[]): string => JSON.stringify(filterPolicyOf(topics));
