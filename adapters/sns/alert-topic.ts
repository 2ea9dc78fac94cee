// The deployment's SNS topic: one publication a match, read by any SNS subscription with a filter policy.
import { PublishCommand } from '@aws-sdk/client-sns';
import type { TopicPublication } from '../../shared/model/alert.ts';
import type { AlertTopic } from '../../shared/ports.ts';
import { clientOf, type SnsOptions } from './client.ts';
import { toOurError } from './errors.ts';

export function createAlertTopic({ topicArn, ...options }: SnsOptions): AlertTopic {
  const client = clientOf(options);
  return {
    async publish(publication: TopicPublication): Promise<string> {
      try {
        const { MessageId } = await client.send(
          new PublishCommand({
            TopicArn: topicArn,
            Subject: publication.subject,
            MessageStructure: 'json',
            Message: messageOf(publication),
            MessageAttributes: Object.fromEntries(
              Object.entries(publication.attributes).map(([name, StringValue]) => [
                name,
                { DataType: 'String', StringValue },
              ]),
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
const messageOf = ({ text, json }: TopicPublication): string => JSON.stringify({ default: json, email: text });
