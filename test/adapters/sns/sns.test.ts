import type { IncomingMessage } from 'node:http';
import { SNSClient } from '@aws-sdk/client-sns';
import { createAlertPublisher } from '../../../adapters/sns/alert-publisher.ts';
import { clientOf } from '../../../adapters/sns/client.ts';
import { toOurError } from '../../../adapters/sns/errors.ts';
import { createOperatorNotices } from '../../../adapters/sns/operator-notices.ts';
import { createOperatorSubscriptions } from '../../../adapters/sns/operator-subscriptions.ts';
import { createSnsSubscriptions, letOnlyAlertsThrough } from '../../../adapters/sns/subscriptions.ts';
import { composePublication } from '../../../shared/alerts/publication.ts';
import { ConflictError, DeliveryRefusedError, ServiceUnavailableError } from '../../../shared/core/errors.ts';
import { deliveryIdOf } from '../../../shared/model/ids.ts';
import { SNS_TOPIC_SUBSCRIPTION } from '../../../shared/model/subscription.ts';
import { aMatch } from '../../support/builders.ts';
import { type LoopbackWeb, serveWeb } from '../../support/loopback.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:000000000000:alerts';
const ARN = `${TOPIC}:one`;

type Asked = Readonly<Record<string, string>>;
type Answer = (
  asked: Asked,
) => { readonly xml: string } | { readonly code: string; readonly message?: string; readonly status?: number };

let web: LoopbackWeb | undefined;
afterEach(async () => {
  await web?.close();
  web = undefined;
});

/** An SNS that answers as told, by the query protocol. */
async function anSns(answer: Answer) {
  const asked: Asked[] = [];
  web = await serveWeb(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
    asked.push(form);
    const said = answer(form);
    const action = form['Action'] ?? '';
    if ('xml' in said) {
      response.end(`<${action}Response><${action}Result>${said.xml}</${action}Result></${action}Response>`);
    } else {
      response.writeHead(said.status ?? 400);
      response.end(
        `<ErrorResponse><Error><Type>Sender</Type><Code>${said.code}</Code><Message>${said.message ?? ''}</Message></Error></ErrorResponse>`,
      );
    }
  });
  const client = new SNSClient({
    endpoint: web.origin,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  return {
    asked,
    client,
    topic: createAlertPublisher({ client, topicArn: TOPIC }),
    subscriptions: createSnsSubscriptions({ client, topicArn: TOPIC }),
    operators: createOperatorNotices({ client, topicArn: TOPIC }),
  };
}

const publication = composePublication(aMatch(), deliveryIdOf(aMatch().id, SNS_TOPIC_SUBSCRIPTION), 'UTC');

describe('a publication by SNS', () => {
  it('carries text for people, JSON for everything else, and attributes to filter by', async () => {
    const { asked, topic } = await anSns(() => ({ xml: '<MessageId>sns-1</MessageId>' }));

    expect(await topic.publish(publication)).toBe('sns-1');

    const [request = {}] = asked;
    expect(request).toMatchObject({
      Action: 'Publish',
      TopicArn: TOPIC,
      MessageStructure: 'json',
      Subject: '[River crossings] Convoy crosses the river - Example News',
    });
    const message = JSON.parse(request['Message'] ?? '');
    expect(message.email).toMatch(/^A \*convoy\* of forty trucks/);
    expect(JSON.parse(message.default)).toMatchObject({
      type: 'match.created',
      data: { schema: 'tocsin.match.v1', id: aMatch().id },
    });
    const attributes = Object.fromEntries(
      [1, 2, 3, 4, 5].map((n) => [
        request[`MessageAttributes.entry.${n}.Name`],
        [
          request[`MessageAttributes.entry.${n}.Value.DataType`],
          request[`MessageAttributes.entry.${n}.Value.StringValue`],
        ],
      ]),
    );
    expect(attributes).toEqual({
      type: ['String', 'match.created'],
      topic: ['String', 'river-crossings'],
      severity: ['String', 'medium'],
      language: ['String', 'en'],
      source: ['String', 'news.example.org'],
    });
  });

  it('stays under the limit of 256 KB with the largest match that is stored', async () => {
    const { asked, topic } = await anSns(() => ({ xml: '<MessageId>sns-1</MessageId>' }));
    const [passage] = aMatch().passages;
    const passages = [0, 1, 2].map(() => ({ ...passage!, text: '"강\n'.repeat(3_500) }));

    await topic.publish(
      composePublication(aMatch({}, { passages }), deliveryIdOf(aMatch().id, SNS_TOPIC_SUBSCRIPTION), 'UTC'),
    );

    expect(Buffer.byteLength(asked[0]?.['Message'] ?? '')).toBeLessThan(256 * 1024);
  });

  it.each([
    ['NotFound', 404, ServiceUnavailableError, 'did the deployment finish?'],
    ['Throttled', 429, ServiceUnavailableError, 'Throttled'],
    ['AuthorizationError', 403, ServiceUnavailableError, 'AuthorizationError'],
    ['InternalError', 500, ServiceUnavailableError, 'InternalError'],
    ['InvalidParameter', 400, DeliveryRefusedError, 'too long'],
  ])('%s in our words', async (code, status, kind, words) => {
    const { topic } = await anSns(() => ({ code, status, message: 'too long' }));

    const error = (await topic.publish(publication).catch((thrown: unknown) => thrown)) as Error;

    expect(error).toBeInstanceOf(kind);
    expect(error.message).toContain(words);
  });
});

describe('e-mail subscriptions at SNS', () => {
  it('let through the topics asked for', async () => {
    const { asked, subscriptions } = await anSns(() => ({ xml: `<SubscriptionArn>${ARN}</SubscriptionArn>` }));

    expect(await subscriptions.subscribeEmail('reader@example.org', ['a', 'b'])).toEqual({ arn: ARN });

    expect(asked).toEqual([
      expect.objectContaining({
        Action: 'Subscribe',
        TopicArn: TOPIC,
        Protocol: 'email',
        Endpoint: 'reader@example.org',
        ReturnSubscriptionArn: 'true',
        'Attributes.entry.1.key': 'FilterPolicy',
        'Attributes.entry.1.value': '{"type":["alert"],"topic":["a","b"]}',
      }),
    ]);
  });

  it('let every alert through for *', async () => {
    const { asked, subscriptions } = await anSns(() => ({ xml: `<SubscriptionArn>${ARN}</SubscriptionArn>` }));

    await subscriptions.subscribeEmail('reader@example.org', ['*']);

    expect(asked[0]?.['Attributes.entry.1.value']).toBe('{"type":["alert"]}');
  });

  it('change their topics in place', async () => {
    const { asked, subscriptions } = await anSns(() => ({ xml: '' }));

    expect(await subscriptions.subscribeEmail('reader@example.org', ['b'], ARN)).toEqual({ arn: ARN });

    expect(asked).toEqual([
      expect.objectContaining({
        Action: 'SetSubscriptionAttributes',
        SubscriptionArn: ARN,
        AttributeName: 'FilterPolicy',
        AttributeValue: '{"type":["alert"],"topic":["b"]}',
      }),
    ]);
  });

  it('begin anew when their owner ended them at SNS', async () => {
    const { asked, subscriptions } = await anSns(({ Action }) =>
      Action === 'Subscribe'
        ? { xml: `<SubscriptionArn>${ARN}2</SubscriptionArn>` }
        : { code: 'NotFound', status: 404 },
    );

    expect(await subscriptions.subscribeEmail('reader@example.org', ['b'], ARN)).toEqual({ arn: `${ARN}2` });

    expect(asked.map(({ Action }) => Action)).toEqual(['SetSubscriptionAttributes', 'Subscribe']);
  });

  it.each([
    ['true', 'pending'],
    ['false', 'confirmed'],
  ])('say whether they wait for a confirmation: %s', async (value, state) => {
    const { asked, subscriptions } = await anSns(() => ({
      xml: `<Attributes><entry><key>PendingConfirmation</key><value>${value}</value></entry></Attributes>`,
    }));

    expect(await subscriptions.stateOf(ARN)).toBe(state);
    expect(asked).toEqual([expect.objectContaining({ Action: 'GetSubscriptionAttributes', SubscriptionArn: ARN })]);
  });

  it('are gone where SNS does not know them, and unknown while it does not answer', async () => {
    let code = 'NotFound';
    const { subscriptions } = await anSns(() => ({ code, status: code === 'NotFound' ? 404 : 500 }));

    expect(await subscriptions.stateOf(ARN)).toBe('gone');
    code = 'InternalError';
    await expect(subscriptions.stateOf(ARN)).rejects.toThrow(ServiceUnavailableError);
  });

  it('that wait for a confirmation are given the topics asked for, and asked again', async () => {
    const { asked, subscriptions } = await anSns(({ Action }) => {
      const isFirst = asked.filter((each) => each['Action'] === 'Subscribe').length === 1;
      if (Action === 'Subscribe' && isFirst)
        return {
          code: 'InvalidParameter',
          message: 'Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
        };
      if (Action === 'Subscribe') return { xml: `<SubscriptionArn>${ARN}</SubscriptionArn>` };
      return { xml: '' };
    });

    expect(await subscriptions.subscribeEmail('reader@example.org', ['b'], null, ARN)).toEqual({ arn: ARN });

    expect(asked.map(({ Action }) => Action)).toEqual([
      'Subscribe',
      'ListSubscriptionsByTopic',
      'SetSubscriptionAttributes',
      'Subscribe',
    ]);
  });

  it('of an address are ended, in any case of letters, and those that wait are counted', async () => {
    const listed = (endpoint: string, arn: string) =>
      `<member><Protocol>email</Protocol><Endpoint>${endpoint}</Endpoint><SubscriptionArn>${arn}</SubscriptionArn></member>`;
    const members = [
      listed('Reader@example.org', ARN),
      listed('reader@example.org', 'PendingConfirmation'),
      listed('other@example.org', `${TOPIC}:other`),
    ];
    const { asked, subscriptions } = await anSns(({ Action }) =>
      Action === 'Unsubscribe' ? { xml: '' } : { xml: `<Subscriptions>${members.join('')}</Subscriptions>` },
    );

    expect(await subscriptions.unsubscribeAddress('reader@EXAMPLE.org')).toEqual({ ended: 1, pending: 1 });

    expect(asked.filter(({ Action }) => Action === 'Unsubscribe')).toEqual([
      expect.objectContaining({ SubscriptionArn: ARN }),
    ]);
  });

  it('are found again when SNS has one of the address with other topics', async () => {
    const listed = (endpoint: string, arn: string) =>
      `<member><Protocol>email</Protocol><Endpoint>${endpoint}</Endpoint><SubscriptionArn>${arn}</SubscriptionArn></member>`;
    const { asked, subscriptions } = await anSns(({ Action, NextToken }) => {
      if (Action === 'Subscribe') {
        return {
          code: 'InvalidParameter',
          message: 'Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
        };
      }
      if (Action === 'SetSubscriptionAttributes') return { xml: '' };
      return NextToken === undefined
        ? {
            xml: `<Subscriptions>${listed('other@example.org', `${TOPIC}:other`)}</Subscriptions><NextToken>more</NextToken>`,
          }
        : { xml: `<Subscriptions>${listed('reader@example.org', ARN)}</Subscriptions>` };
    });

    expect(await subscriptions.subscribeEmail('reader@example.org', ['b'])).toEqual({ arn: ARN });

    expect(asked.map(({ Action }) => Action)).toEqual([
      'Subscribe',
      'ListSubscriptionsByTopic',
      'ListSubscriptionsByTopic',
      'SetSubscriptionAttributes',
    ]);
  });

  it('of an earlier version are changed to let only alerts through, once', async () => {
    const policies: Record<string, string | undefined> = {
      'of-topics': '{"topic":["a"]}',
      'of-all': undefined,
      present: '{"type":["alert"],"topic":["a"]}',
      'of-an-operator': '{"data":{"severity":["high"]}}',
    };
    const listed = (protocol: string, arn: string) =>
      `<member><Protocol>${protocol}</Protocol><Endpoint>x</Endpoint><SubscriptionArn>${arn}</SubscriptionArn></member>`;
    const { asked, client } = await anSns(({ Action, NextToken, SubscriptionArn = '', AttributeValue }) => {
      const name = SubscriptionArn.split(':').at(-1) ?? '';
      if (Action === 'ListSubscriptionsByTopic') {
        const some = NextToken === undefined ? ['of-topics', 'of-all', 'gone'] : ['present', 'of-an-operator'];
        const others = listed('sqs', `${TOPIC}:queue`) + listed('email', 'PendingConfirmation');
        const next = NextToken === undefined ? '<NextToken>more</NextToken>' : '';
        return {
          xml: `<Subscriptions>${some.map((each) => listed('email', `${TOPIC}:${each}`)).join('')}${others}</Subscriptions>${next}`,
        };
      }
      if (name === 'gone') return { code: 'NotFound', status: 404 };
      if (Action === 'SetSubscriptionAttributes') {
        policies[name] = AttributeValue;
        return { xml: '' };
      }
      const policy = policies[name];
      const scope = name === 'of-an-operator' ? 'MessageBody' : 'MessageAttributes';
      const entries = { FilterPolicyScope: scope, ...(policy !== undefined && { FilterPolicy: policy }) };
      const xml = Object.entries(entries).map(
        ([key, value]) => `<entry><key>${key}</key><value>${value}</value></entry>`,
      );
      return { xml: `<Attributes>${xml.join('')}</Attributes>` };
    });

    const changed = [
      await letOnlyAlertsThrough({ client, topicArn: TOPIC }),
      await letOnlyAlertsThrough({ client, topicArn: TOPIC }),
    ];

    expect(changed).toEqual([2, 0]);
    expect(policies).toEqual({
      'of-topics': '{"type":["alert"],"topic":["a"]}',
      'of-all': '{"type":["alert"]}',
      present: '{"type":["alert"],"topic":["a"]}',
      'of-an-operator': '{"data":{"severity":["high"]}}',
    });
    expect(new Set(asked.map(({ SubscriptionArn }) => SubscriptionArn)).has(`${TOPIC}:queue`)).toBe(false);
  });

  it.each([
    ['ended', null],
    ['gone already', { code: 'NotFound', status: 404 }],
    ['not confirmed yet', { code: 'InvalidParameter', message: 'This subscription is pending confirmation' }],
  ])('are fine to end when they are %s', async (_name, failure) => {
    const { subscriptions } = await anSns(() => failure ?? { xml: '' });

    await expect(subscriptions.unsubscribe(ARN)).resolves.toBeUndefined();
  });

  it.each(['subscribe', 'unsubscribe'] as const)('name no address when SNS fails to %s', async (step) => {
    const { subscriptions } = await anSns(() => ({
      code: 'InternalError',
      status: 500,
      message: 'reader@example.org is unwell',
    }));
    const asking =
      step === 'subscribe' ? subscriptions.subscribeEmail('reader@example.org', ['a']) : subscriptions.unsubscribe(ARN);

    const error = (await asking.catch((thrown: unknown) => thrown)) as Error;

    expect(error).toBeInstanceOf(ServiceUnavailableError);
    expect(`${error.message} ${(error.cause as Error).message}`).not.toContain('reader@');
  });
});

describe('a notice to operators', () => {
  it('goes to the topic of the alarms', async () => {
    const { asked, operators } = await anSns(() => ({ xml: '<MessageId>sns-1</MessageId>' }));

    await operators.notify({ subject: 'Tocsin: 1 feed fails', text: 'It fails.', html: '<p>It fails.</p>' });

    expect(asked).toEqual([
      expect.objectContaining({
        Action: 'Publish',
        TopicArn: TOPIC,
        Subject: 'Tocsin: 1 feed fails',
        Message: 'It fails.',
      }),
    ]);
  });

  it('fails in our words', async () => {
    const { operators } = await anSns(() => ({ code: 'InternalError', status: 500 }));

    await expect(operators.notify({ subject: 'a', text: 'b', html: '' })).rejects.toThrow(
      'SNS could not publish (InternalErrorException)',
    );
  });
});

describe('what SNS answers to a change of topics', () => {
  const EXISTS = { code: 'InvalidParameter', message: 'Subscription already exists with different attributes' };
  const listed = (protocol: string, endpoint: string, arn: string): string =>
    `<member><Protocol>${protocol}</Protocol><Endpoint>${endpoint}</Endpoint><SubscriptionArn>${arn}</SubscriptionArn></member>`;
  const subscribing = async (members: string, change: ReturnType<Answer> = { xml: '' }) => {
    const { asked, subscriptions } = await anSns(({ Action }) => {
      if (Action === 'Subscribe') return EXISTS;
      return Action === 'SetSubscriptionAttributes' ? change : { xml: `<Subscriptions>${members}</Subscriptions>` };
    });
    const outcome = await subscriptions
      .subscribeEmail('reader@example.org', ['b'])
      .catch((error: unknown) => (error as Error).message);
    return { outcome, steps: asked.map(({ Action }) => Action) };
  };

  it.each([
    ['waits to be confirmed', listed('email', 'reader@example.org', 'PendingConfirmation')],
    ['is of another protocol', listed('sms', 'reader@example.org', ARN)],
    ['is of another address', listed('email', 'other@example.org', ARN)],
    ['is not listed', ''],
  ])('is refused where the subscription %s', async (_what, members) => {
    const { outcome, steps } = await subscribing(members);

    expect(outcome).toMatch(/^SNS refused to subscribe \(InvalidParameterException: /);
    expect(steps).toEqual(['Subscribe', 'ListSubscriptionsByTopic']);
  });

  it('is refused where the subscription ends meanwhile', async () => {
    const { outcome } = await subscribing(listed('email', 'reader@example.org', ARN), {
      code: 'NotFound',
      status: 404,
    });

    expect(outcome).toMatch(/^SNS refused to subscribe/);
  });

  it('fails where the change fails', async () => {
    const { outcome } = await subscribing(listed('email', 'reader@example.org', ARN), {
      code: 'InternalError',
      status: 500,
    });

    expect(outcome).toBe('SNS could not subscribe (InternalErrorException)');
  });

  it('is no subscription at all where the address was not taken for another reason', async () => {
    const { asked, subscriptions } = await anSns(() => ({ code: 'InvalidParameter', message: 'Invalid email' }));

    await expect(subscriptions.subscribeEmail('reader', ['b'])).rejects.toBeInstanceOf(DeliveryRefusedError);
    expect(asked).toHaveLength(1);
  });

  it('may lack an ARN', async () => {
    const { subscriptions } = await anSns(() => ({ xml: '' }));

    expect(await subscriptions.subscribeEmail('reader@example.org', ['b'])).toEqual({ arn: '' });
  });
});

describe('an error of SNS', () => {
  const named = (name: string): Error => Object.assign(new Error('about a@b.example'), { name });

  it.each([
    'InvalidParameterException',
    'InvalidParameterValueException',
    'ValidationException',
    'FilterPolicyLimitExceededException',
    'SubscriptionLimitExceededException',
  ])('%s will not pass', (name) => {
    const failure = toOurError(named(name), 'subscribe');

    expect(failure).toBeInstanceOf(DeliveryRefusedError);
    expect(failure.message).toBe(`SNS refused to subscribe (${name}: about (address))`);
    expect(failure.cause).toMatchObject({ name, message: 'about (address)' });
  });

  it.each([
    ['NotFoundException', '; the alert topic does not exist: did the deployment finish?'],
    ['ThrottledException', ''],
  ])('%s may pass', (name, cure) => {
    const failure = toOurError(named(name), 'publish');

    expect(failure).toBeInstanceOf(ServiceUnavailableError);
    expect(failure.message).toBe(`SNS could not publish (${name})${cure}`);
    expect(failure.cause).toMatchObject({ name });
  });

  it('of ours stays as it is; what is no error has no name', () => {
    const ours = new ConflictError('ours');

    expect(toOurError(ours, 'publish')).toBe(ours);
    expect(toOurError('odd', 'publish').message).toBe('SNS could not publish (unknown error)');
  });
});

it('a client of SNS is the one that is given, or waits well under the two minutes of a try', async () => {
  const given = { client: new SNSClient({ region: 'eu-west-1' }) };
  const usual = clientOf({});
  const { requestTimeout, connectionTimeout, throwOnRequestTimeout } = await (
    usual.config.requestHandler as unknown as { configProvider: Promise<Record<string, unknown>> }
  ).configProvider;

  expect(clientOf(given)).toBe(given.client);
  expect([requestTimeout, connectionTimeout, throwOnRequestTimeout]).toEqual([20_000, 5_000, true]);
});

describe('the subscriptions of the operations topic', () => {
  const page = (arns: readonly string[], next = '') => ({
    xml: `<Subscriptions>${arns.map((arn) => `<member><SubscriptionArn>${arn}</SubscriptionArn><Protocol>email</Protocol></member>`).join('')}</Subscriptions>${next}`,
  });

  it('are counted over all pages, confirmed or not; one that has just ended is none', async () => {
    const { client, asked } = await anSns(({ NextToken }) =>
      NextToken === undefined
        ? page([ARN, 'PendingConfirmation'], '<NextToken>more</NextToken>')
        : page(['Deleted', `${TOPIC}:two`]),
    );

    expect(await createOperatorSubscriptions({ client, topicArn: TOPIC }).count()).toEqual({
      confirmed: 2,
      unconfirmed: 1,
    });
    expect(asked.map(({ Action, TopicArn, NextToken }) => [Action, TopicArn, NextToken])).toEqual([
      ['ListSubscriptionsByTopic', TOPIC, undefined],
      ['ListSubscriptionsByTopic', TOPIC, 'more'],
    ]);
  });

  it('that SNS does not list are no answer', async () => {
    const { client } = await anSns(() => ({ code: 'AuthorizationError', message: 'not allowed', status: 403 }));

    await expect(createOperatorSubscriptions({ client, topicArn: TOPIC }).count()).rejects.toMatchObject({
      code: 'service_unavailable',
      message: expect.stringContaining('AuthorizationError'),
    });
  });
});
