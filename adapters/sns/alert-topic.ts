// The deployment's SNS topic: one publication a match, read by any SNS subscription with a filter policy.
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { TopicPublication } from '../../shared/model/alert.ts';
import type { AlertTopic } from '../../shared/ports.ts';
import { toOurError } from './errors.ts';

export interface SnsOptions {
  readonly client: SNSClient;
  readonly topicArn: string;
}

export function createAlertTopic({ client, topicArn }: SnsOptions): AlertTopic {
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
