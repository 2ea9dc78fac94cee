// Notices to operators, through the topic of the alarms.
import { PublishCommand } from '@aws-sdk/client-sns';
import type { OperatorNotices } from '../../shared/ports.ts';
import { clientOf, type SnsOptions } from './client.ts';
import { toOurError } from './errors.ts';

export function createOperatorNotices({ topicArn, ...options }: SnsOptions): OperatorNotices {
  const client = clientOf(options);
  return {
    async notify({ subject, text }): Promise<void> {
      try {
        await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text }));
      } catch (error) {
        throw toOurError(error, 'publish');
      }
    },
  };
}
