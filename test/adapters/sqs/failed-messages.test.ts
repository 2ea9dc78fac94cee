// What SQS is asked for messages whose work failed.
import { createHash } from 'node:crypto';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createFailedMessages } from '../../../adapters/sqs/failed-messages.ts';
import { type AwsAnswer, type AwsRequest, clientSettings, serveAwsJson } from '../../support/aws-json-server.ts';

const QUEUE = 'https://sqs.us-east-1.amazonaws.com/000000000000/polls';
const DEAD_LETTERS = 'https://sqs.us-east-1.amazonaws.com/000000000000/polls-dead';

async function withMessages(
  answer: (request: AwsRequest) => AwsAnswer,
  use: (messages: ReturnType<typeof createFailedMessages>, asked: readonly AwsRequest[]) => Promise<void>,
): Promise<void> {
  const server = await serveAwsJson(answer);
  const client = new SQSClient({ ...clientSettings(server), useQueueUrlAsEndpoint: false });
  try {
    await use(createFailedMessages({ queueUrl: QUEUE, deadLettersUrl: DEAD_LETTERS, client }), server.asked);
  } finally {
    client.destroy();
    await server.close();
  }
}

/** The client compares what arrived by its digest. */
const taken = ({ operation, body }: AwsRequest): AwsAnswer =>
  operation === 'SendMessage'
    ? { body: { MessageId: '1', MD5OfMessageBody: createHash('md5').update(body.MessageBody).digest('hex') } }
    : { body: { Successful: [], Failed: [] } };

const failed = (handle: string, seconds: number) => ({ handle, seconds, body: '{}', reason: 'busy' });

describe('messages that failed', () => {
  it('are hidden each for its own time, ten to a request', async () => {
    await withMessages(taken, async (messages, asked) => {
      await messages.retryLater(Array.from({ length: 12 }, (_, at) => failed(`handle ${at}`, 10 + at)));

      expect(asked.map(({ operation, body }) => [operation, body.QueueUrl, body.Entries.length])).toEqual([
        ['ChangeMessageVisibilityBatch', QUEUE, 10],
        ['ChangeMessageVisibilityBatch', QUEUE, 2],
      ]);
      expect(asked[1]?.body.Entries).toEqual([
        { Id: '0', ReceiptHandle: 'handle 10', VisibilityTimeout: 20 },
        { Id: '1', ReceiptHandle: 'handle 11', VisibilityTimeout: 21 },
      ]);
    });
  });

  it.each([
    [{ Message: 'too late' }, 'MessageNotInflight: too late'],
    [{}, 'MessageNotInflight: '],
  ])('that SQS does not hide are reported with its reason: %j', async (words, told) => {
    const notInFlight = { Id: '0', Code: 'MessageNotInflight', ...words, SenderFault: true };
    await withMessages(
      () => ({ body: { Successful: [], Failed: [notInFlight] } }),
      async (messages) => {
        await expect(messages.retryLater([failed('one', 10)])).rejects.toMatchObject({
          code: 'service_unavailable',
          message: expect.stringContaining(`did not hide 1 of 1 messages (${told})`),
        });
      },
    );
  });

  it('go to the dead letters as they came, with the reason beside them', async () => {
    await withMessages(taken, async (messages, asked) => {
      await messages.setAside({ handle: 'one', body: '{"v":1', reason: `no JSON: \u0000${'x'.repeat(600)}` });

      expect(asked.map(({ operation }) => operation)).toEqual(['SendMessage']);
      expect(asked[0]?.body).toMatchObject({
        QueueUrl: DEAD_LETTERS,
        MessageBody: '{"v":1',
        MessageAttributes: { reason: { DataType: 'String', StringValue: `no JSON:  ${'x'.repeat(490)}` } },
      });
    });
  });

  it('go there without a reason, too', async () => {
    await withMessages(taken, async (messages, asked) => {
      await messages.setAside({ handle: 'one', body: '{}', reason: '' });

      expect(asked[0]?.body.MessageAttributes.reason.StringValue).toBe('no reason is known');
    });
  });

  it.each([
    ['QueueDoesNotExist', 'does not exist; check that the deployment finished'],
    ['AccessDenied', 'AccessDenied'],
  ])('are kept by their queue when SQS answers %s', async (error, words) => {
    await withMessages(
      () => ({ error }),
      async (messages) => {
        for (const asking of [messages.retryLater([failed('one', 10)]), messages.setAside(failed('one', 10))])
          await expect(asking).rejects.toMatchObject({
            code: 'service_unavailable',
            message: expect.stringContaining(words),
          });
      },
    );
  });
});
