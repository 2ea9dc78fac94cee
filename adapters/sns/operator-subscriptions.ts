// Who is subscribed to the topic of the alarms.
import { paginateListSubscriptionsByTopic } from '@aws-sdk/client-sns';
import type { OperatorSubscriptions } from '../../shared/ports.ts';
import { clientOf, type SnsOptions } from './client.ts';
import { toOurError } from './errors.ts';

/** What SNS lists in place of an ARN: not confirmed yet; ended a moment ago. */
const PENDING = 'PendingConfirmation';
const ENDED = 'Deleted';

export function createOperatorSubscriptions({ topicArn, ...options }: SnsOptions): OperatorSubscriptions {
  const client = clientOf(options);
  return {
    async count() {
      try {
        let [confirmed, unconfirmed] = [0, 0];
        for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
          { client },
          { TopicArn: topicArn },
        )) {
          for (const { SubscriptionArn } of Subscriptions) {
            if (SubscriptionArn === PENDING) unconfirmed += 1;
            else if (SubscriptionArn !== ENDED) confirmed += 1;
          }
        }
        return { confirmed, unconfirmed };
      } catch (error) {
        throw toOurError(error, 'list the subscriptions of the operations topic');
      }
    },
  };
}
