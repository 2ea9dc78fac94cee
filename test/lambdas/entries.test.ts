// The functions as AWS runs them: entry, environment, real clients. The table is the embedded database; SQS, SNS, SES and CloudFormation are
// a server here that takes everything and keeps it.
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { jest } from '@jest/globals';
import { createDynamoDbStores } from '../../adapters/dynamodb/stores.ts';
import { fromEnvironment as apiFrom } from '../../lambdas/aws/api.ts';
import { fromEnvironment as configureFrom } from '../../lambdas/aws/configure.ts';
import { fromEnvironment as deliverAlertsFrom } from '../../lambdas/aws/deliver-alerts.ts';
import { fromEnvironment as mailEventsFrom } from '../../lambdas/aws/mail-events.ts';
import { fromEnvironment as matchArticlesFrom } from '../../lambdas/aws/match-articles.ts';
import { fromEnvironment as outputFeedsFrom } from '../../lambdas/aws/output-feeds.ts';
import { fromEnvironment as pollFeedsFrom } from '../../lambdas/aws/poll-feeds.ts';
import { fromEnvironment as publicLinksFrom } from '../../lambdas/aws/public-links.ts';
import { fromEnvironment as schedulePollsFrom } from '../../lambdas/aws/schedule-polls.ts';
import { fromEnvironment as sendAlertsFrom } from '../../lambdas/aws/send-alerts.ts';
import { fromEnvironment as sweepFrom } from '../../lambdas/aws/sweep.ts';
import { handler as api } from '../../lambdas/entries/api.ts';
import { handler as configure } from '../../lambdas/entries/configure.ts';
import { handler as deliverAlerts } from '../../lambdas/entries/deliver-alerts.ts';
import { handler as mailEvents } from '../../lambdas/entries/mail-events.ts';
import { handler as matchArticles } from '../../lambdas/entries/match-articles.ts';
import { handler as outputFeeds } from '../../lambdas/entries/output-feeds.ts';
import { handler as pollFeeds } from '../../lambdas/entries/poll-feeds.ts';
import { handler as publicLinks } from '../../lambdas/entries/public-links.ts';
import { handler as schedulePolls } from '../../lambdas/entries/schedule-polls.ts';
import { handler as sendAlerts } from '../../lambdas/entries/send-alerts.ts';
import { handler as sweep } from '../../lambdas/entries/sweep.ts';
import { turnWait } from '../../lambdas/environment.ts';
import type { Environment } from '../../shared/core/environment.ts';
import { feedIdOf, type SubscriptionId } from '../../shared/model/ids.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { hashOfAddress } from '../../shared/model/suppression.ts';
import type { Log } from '../../shared/ports.ts';
import { placeAlone } from '../contracts/some-stories.ts';
import { aDelivery, aHit, aMatch, aNewFeed, articleOf, aSubscription, aTopic } from '../support/builders.ts';
import { startEmbeddedDynamoDb, type TestDatabase } from '../support/embedded-dynamodb.ts';
import { type LoopbackWeb, serveWeb } from '../support/loopback.ts';
import { anOutput, pathOfOutput } from '../support/output-world.ts';
import { bounceEvent, sesMail } from '../support/ses-events.ts';
import {
  aContext,
  cloudFormationRequest,
  httpEvent,
  SCHEDULE_EVENT,
  sqsEvent,
  streamEvent,
  streamRecord,
} from './aws-events.ts';

const TOPIC_ARN = 'arn:aws:sns:us-east-1:000000000000:alerts';
const OPERATIONS_ARN = 'arn:aws:sns:us-east-1:000000000000:operations';

interface Asked {
  readonly path: string;
  /** JSON of SQS, SES and CloudFormation; the form of SNS. */
  readonly body: Readonly<Record<string, unknown>>;
}

let database: TestDatabase;
let aws: LoopbackWeb;
let publisher: LoopbackWeb;
let before: NodeJS.ProcessEnv;
let stores: ReturnType<typeof createDynamoDbStores>;
const asked: Asked[] = [];

beforeAll(async () => {
  database = await startEmbeddedDynamoDb();
  aws = await serveWeb(async (request, response) => {
    const text = await textOf(request);
    const isForm = request.headers['content-type']?.includes('form-urlencoded') === true;
    const body = isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text || '{}');
    asked.push({ path: request.url ?? '', body });
    response.end(isForm ? snsAnswer(String(body['Action'])) : JSON.stringify(sqsAnswer(body)));
  });
  publisher = await serveWeb((_request, response) => {
    response.setHeader('content-type', 'application/rss+xml');
    response.end(
      `<rss version="2.0"><channel><title>News</title><item><title>Convoy</title><guid>one</guid><description>A convoy crossed the river.</description></item></channel></rss>`,
    );
  });
  before = { ...process.env };
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    AWS_ENDPOINT_URL_SQS: aws.origin,
    AWS_ENDPOINT_URL_SNS: aws.origin,
    AWS_ENDPOINT_URL_SESV2: aws.origin,
    POWERTOOLS_DEV: 'false',
    AWS_LAMBDA_LOG_LEVEL: 'FATAL',
    POWERTOOLS_METRICS_DISABLED: 'true',
    ...environment(await database.newTable()),
  });
  const tableName = process.env['TOCSIN_TABLE'] ?? '';
  stores = createDynamoDbStores({ client: database.client, tableName, clock: { now: () => new Date() } });
});
beforeEach(() => asked.splice(0));
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await database.stop();
  await aws.close();
  await publisher.close();
});

/** All that a deployment sets on its functions together. */
const environment = (table: string): Environment => ({
  TOCSIN_TABLE: table,
  TOCSIN_STACK: 'Tocsin',
  TOCSIN_POLL_QUEUE_URL: `${aws.origin}/000000000000/polls`,
  TOCSIN_ARTICLE_QUEUE_URL: `${aws.origin}/000000000000/articles`,
  TOCSIN_DELIVERY_QUEUE_URL: `${aws.origin}/000000000000/deliveries`,
  TOCSIN_WORK_QUEUE_URL: `${aws.origin}/000000000000/work`,
  TOCSIN_DEAD_LETTERS_URL: `${aws.origin}/000000000000/dead`,
  TOCSIN_ALERT_TOPIC_ARN: TOPIC_ARN,
  TOCSIN_OPERATIONS_TOPIC_ARN: OPERATIONS_ARN,
  TOCSIN_CHANNEL_SECRETS: '/tocsin/Tocsin/channels',
  TOCSIN_CONFIGURATION_SET: 'tocsin-set',
  TOCSIN_SETTINGS: JSON.stringify({
    ...defaultSettings,
    // Each feed is due in each minute.
    poll: { ...defaultSettings.poll, everyMinutes: 1 },
    mail: { ...defaultSettings.mail, from: 'alerts@example.org', replyTo: 'desk@example.org' },
  }),
  TOCSIN_PUBLIC_URL: 'https://links.example.org/',
  TOCSIN_ALLOW_HOSTS: publisher.pair,
});

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const snsAnswer = (action: string): string =>
  `<${action}Response><${action}Result><MessageId>1</MessageId><SubscriptionArn>${TOPIC_ARN}:1</SubscriptionArn></${action}Result></${action}Response>`;

/** Of SQS where entries were sent or hidden; what SES and CloudFormation answer is not read. */
const sqsAnswer = ({ Entries = [] }: { Entries?: { Id: string; MessageBody?: string }[] }) => ({
  MessageId: 'ses-1',
  Successful: Entries.map(({ Id, MessageBody }) => ({
    Id,
    MessageId: Id,
    MD5OfMessageBody: createHash('md5')
      .update(MessageBody ?? '')
      .digest('hex'),
  })),
  Failed: [],
});

/** Handles of messages that were hidden until their next try, by their queue. */
const hiddenIn = (): readonly (readonly [queue: string, handle: unknown])[] =>
  asked.flatMap(({ body }) =>
    ((body['Entries'] ?? []) as { ReceiptHandle?: string }[]).flatMap(({ ReceiptHandle }) =>
      ReceiptHandle === undefined ? [] : [[String(body['QueueUrl']).split('/').at(-1) ?? '', ReceiptHandle] as const],
    ),
  );

/** Queue, and the messages that it was sent. */
const sentTo = (): readonly (readonly [queue: string, ...messages: Readonly<Record<string, unknown>>[]])[] =>
  asked.flatMap(({ body }) =>
    (body['Entries'] as { MessageBody?: string }[] | undefined)?.[0]?.MessageBody === undefined
      ? []
      : [
          [
            String(body['QueueUrl']).split('/').at(-1) ?? '',
            ...(body['Entries'] as { MessageBody: string }[]).map(({ MessageBody }) => JSON.parse(MessageBody)),
          ] as const,
        ],
  );

const feed = () => aNewFeed({ url: `${publisher.origin}/feed`, fullText: 'never' });
const pollOf = (url: string): string =>
  JSON.stringify({ v: 1, kind: 'poll', pollBatch: null, slot: null, feedIds: [feedIdOf(url)] });

describe('a function', () => {
  it('schedule-polls sends polls to the poll queue', async () => {
    await stores.feeds.addFeed({ ...feed(), addedAt: new Date(Date.now() - 86_400_000).toISOString() });
    await schedulePolls(SCHEDULE_EVENT, aContext(60_000));

    expect(sentTo().map(([queue, message]) => [queue, message?.['feedIds']])).toEqual([['polls', [feed().id]]]);
    expect(await stores.schedule.lastMinute()).not.toBeNull();
  });

  it('poll-feeds sends new items to the article queue, match-articles stores their matches', async () => {
    await stores.topics.putTopics([aTopic()]);

    const polled = await pollFeeds(sqsEvent({ bad: '{', good: pollOf(feed().url) }), aContext(120_000));
    const [[queue, message] = ['', undefined]] = sentTo();
    const matched = await matchArticles(
      sqsEvent({ bad: '{', good: JSON.stringify({ ...message, item: { ...(message?.['item'] as object) } }) }),
      aContext(120_000),
    );

    expect([polled, matched].map(({ batchItemFailures }) => batchItemFailures)).toEqual([
      [{ itemIdentifier: 'bad' }],
      [{ itemIdentifier: 'bad' }],
    ]);
    expect([queue, message?.['kind']]).toEqual(['articles', 'article']);
    expect(hiddenIn().map(([from]) => from)).toEqual(['work', 'work']);
    const { items } = await stores.matches.queryMatches({}, { limit: 10, cursor: null });
    expect(items.map(({ article }) => article.title)).toEqual(['Convoy']);
  });

  it('send-alerts sends alerts to the delivery queue, deliver-alerts publishes them and mails by SES, with a link under the public address', async () => {
    const match = aMatch({ articleId: 'sent', firstSeenAt: new Date().toISOString() });
    await stores.matches.putMatch(match);
    await placeAlone(stores, aHit({}, [match]));
    await stores.subscriptions.createSubscription(aSubscription());

    const { batchItemFailures } = await sendAlerts(
      streamEvent(streamRecord('INSERT', null, '1'), streamRecord('INSERT', articleOf(match), '2')),
      aContext(120_000),
    );

    expect(batchItemFailures).toEqual([{ itemIdentifier: '1' }]);
    const messages = sentTo().flatMap(([queue, ...some]) => (queue === 'deliveries' ? some : []));
    expect(messages.map(({ kind }) => kind)).toEqual(['delivery', 'delivery', 'delivery']);
    asked.splice(0);
    const bodies = Object.fromEntries(messages.map((message, at) => [`m${at}`, JSON.stringify(message)]));
    const delivered = await deliverAlerts(sqsEvent({ bad: '{', ...bodies }), aContext(60_000));
    expect(delivered.batchItemFailures).toEqual([{ itemIdentifier: 'bad' }]);
    const publications = asked.filter(({ body }) => body['Action'] === 'Publish');
    const [mail] = asked.filter(({ path }) => path.startsWith('/v2/email/outbound-emails'));
    // One for machines, one for people.
    expect(publications.map(({ body }) => body['TopicArn'])).toEqual([TOPIC_ARN, TOPIC_ARN]);
    expect(mail?.body).toMatchObject({
      FromEmailAddress: 'Tocsin <alerts@example.org>',
      ReplyToAddresses: ['desk@example.org'],
      Destination: { ToAddresses: ['reader@example.org'] },
      ConfigurationSetName: 'tocsin-set',
      EmailTags: [{ Name: 'tocsin-delivery', Value: expect.stringContaining(`${articleOf(match)}_1_`) }],
    });
    expect(JSON.stringify(mail?.body)).toContain('https://links.example.org/u/token-of-subscription-1');
  });

  it('sweep finishes what is pending, and notifies operators on their topic', async () => {
    const long = new Date(Date.now() - 86_400_000).toISOString();
    const failing = aNewFeed({ url: 'https://failing.example.org/feed' });
    await stores.feeds.addFeed(failing);
    const { state } = (await stores.feeds.getFeed(failing.id))!;
    const failure = { kind: 'dns' as const, message: 'no address', since: long, count: 50 };
    await stores.feeds.savePollState(failing.id, { ...state, failure });
    const since = new Date(Date.now() - 600_000).toISOString();
    const match = aMatch({ articleId: 'pending', firstSeenAt: since });
    await stores.matches.putMatch(match);
    await placeAlone(stores, aHit({ changedAt: since }, [match]));

    await sweep(SCHEDULE_EVENT, aContext(300_000));

    const publications = asked.filter(({ body }) => body['Action'] === 'Publish');
    expect(publications.map(({ body }) => body['TopicArn'])).toEqual([OPERATIONS_ARN]);
    expect(new Set(sentTo().map(([queue]) => queue))).toEqual(new Set(['deliveries']));
  });

  it('api answers from the table, queues polls, and subscribes at SNS', async () => {
    const json = { headers: { 'content-type': 'application/json' } };

    const listed = await api(httpEvent('GET', `/v1/feeds/${feed().id}`), aContext(25_000));
    const polled = await api(httpEvent('POST', `/v1/feeds/${feed().id}/poll`), aContext(25_000));
    const followed = await api(
      httpEvent('POST', '/v1/feeds', { ...json, body: JSON.stringify({ url: `${publisher.origin}/another` }) }),
      aContext(25_000),
    );
    const subscribed = await api(
      httpEvent('POST', '/v1/subscriptions', {
        ...json,
        body: JSON.stringify({ channel: 'sns-email', target: 'desk@example.org', topics: ['*'] }),
      }),
      aContext(25_000),
    );

    expect([listed.statusCode, polled.statusCode, followed.statusCode]).toEqual([200, 202, 201]);
    expect(new Set(sentTo().map(([queue]) => queue))).toEqual(new Set(['polls']));
    expect([subscribed.statusCode, asked.find(({ body }) => body['Action'] === 'Subscribe')?.body['TopicArn']]).toEqual(
      [201, TOPIC_ARN],
    );
  });

  it('mail-events notes what SES says, and suppresses an address that bounced', async () => {
    const subscription = aSubscription({ id: 'bounced' as SubscriptionId, target: 'bounced@example.org' });
    await stores.subscriptions.createSubscription(subscription);
    const delivery = aDelivery({ subscriptionId: subscription.id, state: 'sent', dueAt: null });
    await stores.deliveries.createDelivery(delivery);
    const mail = sesMail({ tag: delivery.id.replaceAll('.', '_'), to: subscription.target });

    const { batchItemFailures } = await mailEvents(
      sqsEvent({ bad: '{', good: JSON.stringify(bounceEvent(mail)) }),
      aContext(30_000),
    );

    expect(batchItemFailures).toEqual([{ itemIdentifier: 'bad' }]);
    expect((await stores.deliveries.getDelivery(delivery.id))?.state).toBe('bounced');
    expect((await stores.subscriptions.getSubscription(subscription.id))?.state).toBe('suppressed');
  });

  it('deliver-alerts sends no mail to an address on the list', async () => {
    await stores.suppressions.suppress({
      hash: hashOfAddress('listed@example.org'),
      cause: 'complaint',
      reason: 'reported as spam',
      at: new Date().toISOString(),
    });
    const { mailer } = deliverAlertsFrom(environment(process.env['TOCSIN_TABLE'] ?? ''));
    const mail = { subject: 's', text: 't', html: '', headers: {}, messageId: 'a@example.org' };

    await expect(mailer?.sendMail({ ...mail, to: 'Listed@example.org' })).rejects.toMatchObject({
      code: 'address_suppressed',
    });
    expect(asked).toEqual([]);
  });

  it('public-links ends the subscription of its token', async () => {
    const path = '/u/token-of-subscription-1';

    const shown = await publicLinks(httpEvent('GET', path), aContext(10_000));
    const ended = await publicLinks(httpEvent('POST', path), aContext(10_000));

    expect([shown.statusCode, ended.statusCode]).toEqual([200, 200]);
    expect((await stores.subscriptions.getSubscription(aSubscription().id))?.state).toBe('unsubscribed');
  });

  it('output-feeds serves the output of an address, and notes the day', async () => {
    await stores.outputs.createOutput(anOutput());

    const { statusCode } = await outputFeeds(httpEvent('GET', pathOfOutput('json')), aContext(25_000));

    expect(statusCode).toBe(200);
    expect((await stores.outputs.getOutput(anOutput().id))?.lastReadOn).toBe(new Date().toISOString().slice(0, 10));
  });

  it('configure tells CloudFormation of its failure: here no configuration lies beside it', async () => {
    await configure(cloudFormationRequest('Update', `${aws.origin}/answer`), aContext(60_000));

    expect(asked.filter(({ path }) => path === '/answer').map(({ body }) => body)).toEqual([
      expect.objectContaining({
        Status: 'FAILED',
        Reason: expect.stringContaining('configuration.json'),
        PhysicalResourceId: 'tocsin-configuration',
        LogicalResourceId: 'Configuration',
      }),
    ]);
  });
});

describe('what a function is given', () => {
  const FETCHING = [
    'TOCSIN_TABLE',
    'TOCSIN_STACK',
    'TOCSIN_SETTINGS',
    'TOCSIN_ARTICLE_QUEUE_URL',
    'TOCSIN_WORK_QUEUE_URL',
    'TOCSIN_DEAD_LETTERS_URL',
  ] as const;
  const SENDING = [
    'TOCSIN_TABLE',
    'TOCSIN_STACK',
    'TOCSIN_SETTINGS',
    'TOCSIN_ALERT_TOPIC_ARN',
    'TOCSIN_DELIVERY_QUEUE_URL',
    'TOCSIN_CHANNEL_SECRETS',
  ] as const;
  const needs = {
    'schedule-polls': [schedulePollsFrom, ['TOCSIN_TABLE', 'TOCSIN_STACK', 'TOCSIN_SETTINGS', 'TOCSIN_POLL_QUEUE_URL']],
    'poll-feeds': [pollFeedsFrom, FETCHING],
    'match-articles': [matchArticlesFrom, FETCHING],
    'send-alerts': [sendAlertsFrom, ['TOCSIN_TABLE', 'TOCSIN_STACK', 'TOCSIN_SETTINGS', 'TOCSIN_DELIVERY_QUEUE_URL']],
    'deliver-alerts': [deliverAlertsFrom, [...SENDING, 'TOCSIN_WORK_QUEUE_URL', 'TOCSIN_DEAD_LETTERS_URL']],
    sweep: [sweepFrom, SENDING],
    api: [
      apiFrom,
      [
        'TOCSIN_TABLE',
        'TOCSIN_STACK',
        'TOCSIN_SETTINGS',
        'TOCSIN_POLL_QUEUE_URL',
        'TOCSIN_DELIVERY_QUEUE_URL',
        'TOCSIN_ALERT_TOPIC_ARN',
        'TOCSIN_OPERATIONS_TOPIC_ARN',
        'TOCSIN_CHANNEL_SECRETS',
      ],
    ],
    'public-links': [publicLinksFrom, ['TOCSIN_TABLE', 'TOCSIN_STACK', 'TOCSIN_SETTINGS', 'TOCSIN_CHANNEL_SECRETS']],
    'mail-events': [
      mailEventsFrom,
      ['TOCSIN_TABLE', 'TOCSIN_STACK', 'TOCSIN_WORK_QUEUE_URL', 'TOCSIN_DEAD_LETTERS_URL'],
    ],
    'output-feeds': [outputFeedsFrom, ['TOCSIN_TABLE', 'TOCSIN_STACK', 'TOCSIN_PUBLIC_URL']],
    configure: [
      configureFrom,
      ['TOCSIN_TABLE', 'TOCSIN_STACK', 'TOCSIN_SETTINGS', 'TOCSIN_POLL_QUEUE_URL', 'TOCSIN_ALERT_TOPIC_ARN'],
    ],
  } as const satisfies Record<string, readonly [(env: Environment) => object, readonly string[]]>;
  const cases = Object.entries(needs).flatMap(([name, [from, variables]]) =>
    variables.map((variable) => [name, variable, from] as const),
  );

  it.each(cases)('%s says that %s is missing or empty', (_, variable, from) => {
    const all = environment('tocsin');

    for (const value of [undefined, '']) {
      expect(() => from({ ...all, [variable]: value })).toThrow(
        expect.objectContaining({
          code: 'missing_variable',
          message: `the environment variable ${variable} is not set`,
        }),
      );
    }
  });

  it.each(Object.entries(needs))('%s needs nothing else', (_, [from, variables]) => {
    const all = environment('tocsin');

    expect(() => from(Object.fromEntries(variables.map((name) => [name, all[name]])))).not.toThrow();
  });

  it.each(Object.entries(needs))(
    'is a log in its own name: the alarms look at the metrics of %s by it',
    (name, [from]) => {
      const before = process.env['AWS_LAMBDA_LOG_LEVEL'];
      process.env['AWS_LAMBDA_LOG_LEVEL'] = 'INFO';
      const lines: string[] = [];
      const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
      try {
        const { log } = from(environment('tocsin')) as unknown as { readonly log: Log };
        log.info('hello');
      } finally {
        write.mockRestore();
        process.env['AWS_LAMBDA_LOG_LEVEL'] = before;
      }

      expect(lines.map((line) => JSON.parse(line))).toEqual([
        expect.objectContaining({ message: 'hello', service: name }),
      ]);
    },
  );

  it('is one reader of addresses for all requests, which keeps its connections and its pace', async () => {
    const { verifyFeed } = apiFrom(environment('tocsin'));
    const before = publisher.connections();

    await verifyFeed(feed().url);
    await verifyFeed(feed().url);

    expect(publisher.connections() - before).toBe(1);
  });

  it('is no mailer, no operators and no links where none are set', () => {
    const { TOCSIN_OPERATIONS_TOPIC_ARN: _, TOCSIN_PUBLIC_URL: __, ...all } = environment('tocsin');
    const given = sweepFrom({ ...all, TOCSIN_SETTINGS: JSON.stringify(defaultSettings) });

    expect([given.mailer, given.operators, given.alertLinks]).toEqual([null, null, {}]);
  });

  it('is a wait for a host’s turn in milliseconds', () => {
    expect([turnWait({ TOCSIN_TURN_WAIT_SECONDS: '90' }), turnWait({})]).toEqual([{ maxWaitMs: 90_000 }, {}]);
  });

  it('are settings that hold, or it says which do not', () => {
    const all = environment('tocsin');

    expect(() => apiFrom({ ...all, TOCSIN_SETTINGS: '{"poll":{"everyMinutes":0}}' })).toThrow('poll.everyMinutes');
    expect(() => apiFrom({ ...all, TOCSIN_ALLOW_HOSTS: 'no-port' })).toThrow('TOCSIN_ALLOW_HOSTS');
    expect(apiFrom(all).settings.fetch.allowHosts).toEqual([publisher.pair]);
  });
});

it('an entry whose environment is wrong fails at each event, and works once it is right', async () => {
  const { atFirstEvent } = await import('../../lambdas/aws/at-first-event.ts');
  let made = 0;
  const handler = atFirstEvent(() => {
    made += 1;
    if (made < 3) throw new Error('not set');
    return async (event: number) => event * 2;
  });

  await expect(handler(1)).rejects.toThrow('not set');
  await expect(handler(1)).rejects.toThrow('not set');
  expect([await handler(1), await handler(2), made]).toEqual([2, 4, 3]);
});
