// This machine's AWS, asked by the real SDK clients through the product's own adapters.
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import {
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type AwsEndpoint, queueUrl, startAwsEndpoint } from '../../local/aws/aws-endpoint.ts';
import { LOCAL_TOPIC_ARN, LocalSns, type SnsDelivery } from '../../local/aws/sns.ts';
import type { ReceivedMail } from '../../local/mail/received-mail.ts';
import { LocalQueues } from '../../local/queues/queues.ts';

let endpoint: AwsEndpoint;
let queues: LocalQueues;
let mails: ReceivedMail[];
let asked: [address: string, token: string][];
let sns: LocalSns;

const connection = () => ({
  endpoint: endpoint.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
});

beforeEach(async () => {
  queues = new LocalQueues(':memory:');
  mails = [];
  asked = [];
  sns = new LocalSns(queues);
  endpoint = await startAwsEndpoint({
    queues,
    sns,
    takeMail: async (mail) => {
      if (mail.to === 'down@example.org') throw new Error('the mail server does not answer');
      mails.push(mail);
      return 'mail-1';
    },
    askToConfirm: async (address, token) => void asked.push([address, token]),
  });
});
afterEach(async () => {
  await endpoint.close();
  queues.close();
});

describe('SQS', () => {
  it('takes a message and a batch, and the client is content with the checksums', async () => {
    const client = new SQSClient(connection());
    const QueueUrl = queueUrl(endpoint.url, 'polls');

    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"text":"파병 ✓"}' }));
    await client.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'a', MessageBody: 'one' },
          { Id: 'b', MessageBody: 'two' },
        ],
      }),
    );

    expect(queues.receive('polls', 10, 1000).map(({ body }) => body)).toEqual(['{"text":"파병 ✓"}', 'one', 'two']);
  });

  it('hides what is sent for later', async () => {
    const client = new SQSClient(connection());
    const before = Date.now();

    await client.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl(endpoint.url, 'articles'),
        Entries: [{ Id: 'a', MessageBody: 'one', DelaySeconds: 60 }],
      }),
    );

    expect(queues.receive('articles', 10, 1000)).toEqual([]);
    expect(queues.nextVisibleAt('articles')).toBeGreaterThanOrEqual(before + 60_000);
  });

  it('says which queue or call there is not', async () => {
    const client = new SQSClient(connection());

    await expect(
      client.send(new SendMessageCommand({ QueueUrl: `${endpoint.url}/000000000000/other`, MessageBody: 'x' })),
    ).rejects.toThrow('there is no queue "other"');
    await expect(client.send(new ReceiveMessageCommand({ QueueUrl: queueUrl(endpoint.url, 'polls') }))).rejects.toThrow(
      /ReceiveMessage is not part of this machine/,
    );
  });
});

describe('SNS', () => {
  /** What waits to be handed to subscriptions. */
  const handed = (): readonly SnsDelivery[] =>
    queues.receive('publications', 10, 60_000).flatMap(({ body }) => sns.deliveryOf(body) ?? []);
  const publish = (topic: string) =>
    new SNSClient(connection()).send(
      new PublishCommand({
        TopicArn: LOCAL_TOPIC_ARN,
        Subject: 'An alert',
        MessageStructure: 'json',
        Message: JSON.stringify({ default: '{"json":true}', email: 'in words' }),
        MessageAttributes: { topic: { DataType: 'String', StringValue: topic } },
      }),
    );
  const subscribe = async (protocol: string, target: string, policy: object) => {
    const { SubscriptionArn } = await new SNSClient(connection()).send(
      new SubscribeCommand({
        TopicArn: LOCAL_TOPIC_ARN,
        Protocol: protocol,
        Endpoint: target,
        Attributes: { FilterPolicy: JSON.stringify(policy), RawMessageDelivery: 'true' },
        ReturnSubscriptionArn: true,
      }),
    );
    return SubscriptionArn ?? '';
  };

  it('hands a publication to the subscriptions whose filter policy lets it through', async () => {
    await subscribe('sqs', 'arn:aws:sqs:us-east-1:000000000000:alerts-given-up', { topic: ['sanctions'] });
    await subscribe('https', 'https://example.org/hook', { topic: ['ceasefire'] });

    await publish('sanctions');

    expect(handed().map(({ subscription, body }) => [subscription.protocol, body])).toEqual([['sqs', '{"json":true}']]);
  });

  it('sends an address nothing before it has confirmed, then the words meant for mail', async () => {
    await subscribe('email', 'desk@example.org', {});
    await publish('sanctions');
    const before = handed().length;

    const [, token = ''] = asked[0] ?? [];
    sns.change(sns.byToken(token)?.arn ?? '', { confirmed: true });
    await publish('sanctions');

    expect(asked.map(([address]) => address)).toEqual(['desk@example.org']);
    expect(before).toBe(0);
    expect(handed().map(({ body }) => body)).toEqual(['in words']);
  });

  it('lists and ends subscriptions', async () => {
    const arn = await subscribe('https', 'https://example.org/hook', {});
    const client = new SNSClient(connection());
    const list = async () =>
      (await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: LOCAL_TOPIC_ARN }))).Subscriptions?.map(
        ({ Endpoint }) => Endpoint,
      ) ?? [];

    const listed = await list();
    await client.send(new UnsubscribeCommand({ SubscriptionArn: arn }));

    expect(listed).toEqual(['https://example.org/hook']);
    expect(await list()).toEqual([]);
    await expect(client.send(new UnsubscribeCommand({ SubscriptionArn: arn }))).rejects.toThrow(
      'Subscription does not exist',
    );
  });
});

describe('SES', () => {
  const send = (to: string) =>
    new SESv2Client(connection()).send(
      new SendEmailCommand({
        FromEmailAddress: 'alerts@example.org',
        Destination: { ToAddresses: [to] },
        Content: {
          Simple: {
            Subject: { Data: '[Sanctions] Überschrift' },
            Body: { Text: { Data: 'text' }, Html: { Data: '<p>html</p>' } },
            Headers: [{ Name: 'X-Tocsin-Delivery', Value: 'd1' }],
          },
        },
      }),
    );

  it('takes a mail with its headers', async () => {
    const { MessageId } = await send('desk@example.org');

    expect(MessageId).toBe('mail-1');
    expect(mails).toEqual([
      {
        from: 'alerts@example.org',
        to: 'desk@example.org',
        subject: '[Sanctions] Überschrift',
        text: 'text',
        html: '<p>html</p>',
        headers: { 'X-Tocsin-Delivery': 'd1' },
      },
    ]);
  });

  it('answers with a fault that may be tried again when the mail could not be handed on', async () => {
    await expect(send('down@example.org')).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
  });
});
