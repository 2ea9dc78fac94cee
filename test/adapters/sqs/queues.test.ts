import { createHash } from 'node:crypto';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createArticleQueue, createPollQueue } from '../../../adapters/sqs/queues.ts';
import { feedIdOf } from '../../../shared/model/ids.ts';
import { type ArticleMessage, type PollMessage, parsePollMessage } from '../../../shared/model/messages.ts';
import type { ArticleQueue, PollQueue } from '../../../shared/ports.ts';
import { type AwsAnswer, type AwsRequest, clientSettings, serveAwsJson } from '../../support/aws-json-server.ts';

const QUEUE_URL = 'http://127.0.0.1/000000000000/polls';

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly DelaySeconds?: number;
}

const aMessage = (number: number, padding = 0): PollMessage => ({
  v: 1,
  kind: 'poll',
  pollBatch: `${number}`.padEnd(padding, 'x'),
  slot: null,
  feedIds: [feedIdOf('https://news.example.org/')],
});
const messages = (count: number, padding = 0) =>
  Array.from({ length: count }, (_, number) => aMessage(number, padding));

const ARTICLE = { v: 1, kind: 'article' } as ArticleMessage;

const entriesOf = (request: AwsRequest): readonly Entry[] => request.body.Entries;
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const taken = ({ Id, MessageBody }: Entry) => ({ Id, MessageId: Id, MD5OfMessageBody: md5(MessageBody) });
const takeAll = (request: AwsRequest): AwsAnswer => ({
  body: { Successful: entriesOf(request).map(taken), Failed: [] },
});

/** A queue whose service answers as the test says; what it was asked. */
async function withQueue<T>(
  answer: (request: AwsRequest, number: number) => AwsAnswer,
  work: (queue: PollQueue, asked: readonly AwsRequest[], articles: ArticleQueue) => Promise<T>,
): Promise<T> {
  const server = await serveAwsJson(answer);
  const client = new SQSClient({ ...clientSettings(server), useQueueUrlAsEndpoint: false });
  try {
    const queue = { queueUrl: QUEUE_URL, client };
    return await work(createPollQueue(queue), server.asked, createArticleQueue(queue));
  } finally {
    client.destroy();
    await server.close();
  }
}

const sent = (asked: readonly AwsRequest[]) =>
  asked.flatMap((request) => entriesOf(request).map(({ MessageBody }) => parsePollMessage(MessageBody)));

describe('a queue', () => {
  it('hides what is sent for later as long as was asked, and no longer than the service allows', async () => {
    await withQueue(takeAll, async (_queue, asked, articles) => {
      await articles.sendLater([ARTICLE], 90);
      await articles.sendLater([ARTICLE], 5_000);
      await articles.send([ARTICLE]);

      expect(asked.map((request) => entriesOf(request)[0]?.DelaySeconds)).toEqual([90, 900, undefined]);
    });
  });

  it.each([
    [0, undefined],
    [0.4, undefined],
    [-5, undefined],
    [0.5, 1],
    [1, 1],
    [900, 900],
    [901, 900],
  ])('hides a message for %d s as %s', async (asked, hidden) => {
    await withQueue(takeAll, async (_queue, requests, articles) => {
      await articles.sendLater([ARTICLE], asked);

      expect(entriesOf(requests[0]!)[0]).toEqual({
        Id: '0',
        MessageBody: JSON.stringify(ARTICLE),
        ...(hidden === undefined ? {} : { DelaySeconds: hidden }),
      });
    });
  });

  it('is asked by four requests at once', async () => {
    let underWay = 0;
    let most = 0;
    const client = {
      send: async ({ input }: { readonly input: { readonly Entries: readonly Entry[] } }) => {
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise((resolve) => setImmediate(resolve));
        underWay -= 1;
        return { Successful: input.Entries.map(taken) };
      },
    };

    await createPollQueue({ queueUrl: QUEUE_URL, client: client as never }).send(messages(60));

    expect(most).toBe(4);
  });

  it('takes each message as JSON, ten to a request', async () => {
    await withQueue(takeAll, async (queue, asked) => {
      await queue.send(messages(23));

      expect(asked.map((request) => entriesOf(request).length).toSorted()).toEqual([10, 10, 3].toSorted());
      expect(sent(asked)).toHaveLength(23);
      expect(sent(asked)).toEqual(expect.arrayContaining(messages(23)));
      expect(asked.map(({ operation, body }) => [operation, body.QueueUrl])).toContainEqual([
        'SendMessageBatch',
        QUEUE_URL,
      ]);
    });
  });

  it('names the batch as the version before did, too', async () => {
    await withQueue(takeAll, async (queue, asked) => {
      await queue.send([aMessage(7)]);

      expect(JSON.parse(entriesOf(asked[0]!)[0]!.MessageBody)).toMatchObject({ pollBatch: '7', pollGroup: '7' });
    });
  });

  it('takes no request of more than 256 KB', async () => {
    await withQueue(takeAll, async (queue, asked) => {
      await queue.send(messages(9, 30_000));

      expect(asked.map((request) => entriesOf(request).length).toSorted()).toEqual([1, 4, 4]);
      for (const request of asked) {
        const bytes = entriesOf(request).reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0);
        expect(bytes).toBeLessThanOrEqual(256 * 1024);
      }
    });
  });

  it('is not asked for nothing', async () => {
    await withQueue(takeAll, async (queue, asked) => {
      await queue.send([]);

      expect(asked).toEqual([]);
    });
  });

  it('gets those again that it did not take, and only those', async () => {
    const answer = (request: AwsRequest, number: number): AwsAnswer => {
      const [first, ...others] = entriesOf(request);
      const left = number < 3 ? others : [];
      const Failed = left.map(({ Id }) => ({ Id, SenderFault: false, Code: 'InternalError' }));
      return { body: { Successful: [first!, ...(number < 3 ? [] : others)].map(taken), Failed } };
    };

    await withQueue(answer, async (queue, asked) => {
      await queue.send(messages(4));

      expect(asked.map((request) => sent([request]).map(({ pollBatch }) => pollBatch))).toEqual([
        ['0', '1', '2', '3'],
        ['1', '2', '3'],
        ['2', '3'],
      ]);
    });
  });

  it('that keeps refusing is unavailable, and the reason is told', async () => {
    const answer = (request: AwsRequest): AwsAnswer => ({
      body: { Successful: [], Failed: entriesOf(request).map(({ Id }) => ({ Id, SenderFault: false, Code: 'Busy' })) },
    });

    await withQueue(answer, async (queue, asked) => {
      await expect(queue.send(messages(2))).rejects.toMatchObject({
        code: 'service_unavailable',
        message: expect.stringMatching(/did not accept 2 of 2 messages after 5 tries \(Busy/),
      });
      expect(asked).toHaveLength(5);
    });
  });

  it.each([
    [{ error: 'AWS.SimpleQueueService.NonExistentQueue' }, 'does not exist'],
    [{ error: 'QueueDoesNotExist' }, 'does not exist'],
    [{ error: 'InternalFailure', status: 500 }, 'InternalFailure'],
    [{ error: 'AccessDenied', status: 403 }, 'AccessDenied'],
  ])('that answers %j is unavailable', async (answer, text) => {
    await withQueue(
      () => answer,
      async (queue) => {
        await expect(queue.send(messages(1))).rejects.toMatchObject({
          code: 'service_unavailable',
          message: expect.stringContaining(text),
          cause: expect.any(Error),
        });
      },
    );
  });

  it('refuses a message that fits no request, before anything is sent', async () => {
    await withQueue(takeAll, async (queue, asked) => {
      await expect(queue.send([aMessage(1), aMessage(2, 300_000)])).rejects.toMatchObject({
        code: 'message_too_large',
        message: expect.stringMatching(
          /^a message of 6\d{5} bytes does not fit the queue, which takes 262144: \{.{79}…$/,
        ),
      });
      expect(asked).toEqual([]);
    });
  });
});
