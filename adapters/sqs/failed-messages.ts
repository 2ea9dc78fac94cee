// What becomes of messages of an SQS queue whose work failed: hidden until their next try, or among the dead letters.
import { ChangeMessageVisibilityBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { chunks } from '../../shared/core/chunks.ts';
import { ServiceUnavailableError } from '../../shared/core/errors.ts';
import type { FailedMessages } from '../../shared/ports.ts';
import { toOurError } from './errors.ts';

export interface FailedMessagesOptions {
  /** The queue that handed the messages out. */
  readonly queueUrl: string;
  readonly deadLettersUrl: string;
  /** Made from the environment (region, credentials, endpoint) when absent. */
  readonly client?: SQSClient;
}

const MESSAGES_PER_REQUEST = 10;
const LONGEST_REASON = 500;
/** What an attribute may not hold. */
const NOT_ALLOWED = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

export function createFailedMessages({
  queueUrl,
  deadLettersUrl,
  client = new SQSClient({}),
}: FailedMessagesOptions): FailedMessages {
  return {
    async retryLater(messages) {
      for (const some of chunks(messages, MESSAGES_PER_REQUEST)) {
        const Entries = some.map(({ handle, seconds }, at) => ({
          Id: String(at),
          ReceiptHandle: handle,
          VisibilityTimeout: seconds,
        }));
        const { Failed = [] } = await client
          .send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }))
          .catch((error: unknown) => {
            throw toOurError(error, queueUrl, 'hide messages');
          });
        const [first] = Failed;
        if (first !== undefined) {
          throw new ServiceUnavailableError(
            `the queue ${queueUrl} did not hide ${Failed.length} of ${some.length} messages (${first.Code}: ${first.Message ?? ''})`,
          );
        }
      }
    },
    async setAside({ body, reason }) {
      const text = reason.replaceAll(NOT_ALLOWED, ' ').slice(0, LONGEST_REASON).toWellFormed();
      const MessageAttributes = { reason: { DataType: 'String', StringValue: text || 'no reason is known' } };
      try {
        await client.send(new SendMessageCommand({ QueueUrl: deadLettersUrl, MessageBody: body, MessageAttributes }));
      } catch (error) {
        throw toOurError(error, deadLettersUrl, 'accept a message');
      }
    },
  };
}
