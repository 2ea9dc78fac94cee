// The deployment's SNS topic: one publication a match and one an alert, read by any SNS subscription with a filter policy.
import { type MessageAttributeValue, PublishCommand } from '@aws-sdk/client-sns';
import type { AlertEvent } from '../../shared/model/alert.ts';
import type { AlertPublisher } from '../../shared/ports.ts';
import { clientOf, type SnsOptions } from './client.ts';
import { toOurError } from './errors.ts';

export function createAlertPublisher({ topicArn, ...options }: SnsOptions): AlertPublisher {
  const client = clientOf(options);
  return {
    async publish(publication: AlertEvent): Promise<string> {
      try {
        const { MessageId } = await client.send(
          new PublishCommand({
            TopicArn: topicArn,
            Subject: publication.subject,
            MessageStructure: 'json',
            Message: messageOf(publication),
            MessageAttributes: Object.fromEntries(
              Object.entries(publication.attributes).map(([name, value]) => [name, attributeOf(value)]),
            ),
          }),
        );
        return MessageId ?? '';
      } catch (error) {
        throw toOurError(error, 'publish');
      }
    },
  };
}

/** People get text; every other protocol (SQS, HTTPS, Lambda, Firehose) gets the default, which is the JSON. */
const messageOf = ({ text, json }: AlertEvent): string => JSON.stringify({ default: json, email: text });

const attributeOf = (value: string | readonly string[]): MessageAttributeValue =>
  typeof value === 'string'
    ? { DataType: 'String', StringValue: value }
    : { DataType: 'String.Array', StringValue: JSON.stringify(value) };
