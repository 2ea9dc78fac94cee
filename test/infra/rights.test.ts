// Everything that a function may do outside the table, as one list each: what is missing breaks the function, what is more is a hole.
import { FUNCTION_NAMES, type FunctionName } from '../../infra/bundle.ts';
import { defaultSettings, type Settings } from '../../shared/model/settings.ts';
import {
  allResources,
  functionName,
  functionOf,
  type Resource,
  resources,
  type Statement,
  statementsOf,
  useTemplates,
} from './template.ts';

const templateOf = useTemplates();
const withSender = (from: string): Partial<Settings> => ({ mail: { ...defaultSettings.mail, from } });

/** `action on resource [condition]`, without the table's records (table-grants.test.ts) and each function's own log. */
function rightsOf(name: FunctionName, change: Partial<Settings> = {}): readonly string[] {
  return statementsOf(templateOf(change), name)
    .flatMap((statement) => [statement.Action].flat().map((action) => line(action, statement)))
    .filter((right) => !/^dynamodb:(?:\w+Item|Query|Scan) /.test(right) && !right.startsWith('logs:'))
    .sort()
    .filter((right, at, all) => right !== all[at - 1]);
}

function line(action: string, { Resource, Condition }: Statement): string {
  const where = [Resource].flat().map(nameOf).join(', ');
  return `${action} on ${where}${Condition === undefined ? '' : ` if ${JSON.stringify(Condition)}`}`;
}

/** The construct behind a reference, without the hash at its end. */
function nameOf(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': joined } = resource as Record<string, unknown>;
  if (typeof Ref === 'string') return Ref.startsWith('AWS::') ? `<${Ref.slice(5)}>` : withoutHash(Ref);
  if (Array.isArray(attribute)) {
    const [id, what] = attribute as [string, string];
    return what === 'Arn' ? withoutHash(id) : `${withoutHash(id)} ${what}`;
  }
  if (Array.isArray(joined)) return (joined[1] as unknown[]).map(nameOf).join('');
  throw new Error(`unknown resource ${JSON.stringify(resource)}`);
}

const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/, '').replace(/^StorageTable/, 'Table');

const sending = (queue: string): readonly string[] =>
  ['SendMessage', 'GetQueueAttributes', 'GetQueueUrl'].map((action) => `sqs:${action} on ${queue}`);

const receiving = (queue: string): readonly string[] =>
  ['ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes', 'GetQueueUrl'].map(
    (action) => `sqs:${action} on ${queue}`,
  );

/** The stream of new matches. dynamodb:ListStreams knows no resources. */
const STREAM = [
  'dynamodb:DescribeStream on Table StreamArn',
  'dynamodb:GetRecords on Table StreamArn',
  'dynamodb:GetShardIterator on Table StreamArn',
  'dynamodb:ListStreams on *',
];

/** The verified identity may be the address or its domain; the condition allows one sender only. ses:GetAccount knows no resources. */
const mailFrom = (address: string): readonly string[] => [
  'ses:GetAccount on *',
  ...['ses:SendEmail', 'ses:SendRawEmail'].map(
    (action) => `${action} on ${IDENTITIES}, ${OWN_SET} if ${from(address)}`,
  ),
];
const from = (address: string): string => JSON.stringify({ StringEquals: { 'ses:FromAddress': address } });
const SES = 'arn:<Partition>:ses:<Region>:<AccountId>';
const IDENTITIES = `${SES}:identity/*`;
/** A policy without the set would refuse each mail. */
const OWN_SET = `${SES}:configuration-set/MailEventsConfigurationSet`;

/** Those of this stack only. */
const channelSecrets = (...actions: readonly string[]): readonly string[] =>
  actions.map(
    (action) => `ssm:${action} on arn:<Partition>:ssm:<Region>:<AccountId>:parameter/tocsin/Tocsin/channels/*`,
  );

const ALERT_EVENTS = 'sns:Publish on AlertingAlerts';

describe('what a function may do outside the table', () => {
  it.each<[FunctionName, readonly string[]]>([
    ['schedule-polls', sending('PollingPollsQueue')],
    // What cannot succeed they set aside themselves; the rest is left to the queue.
    [
      'poll-feeds',
      [...receiving('PollingPollsQueue'), ...sending('PollingPollsDeadLetters'), ...sending('MatchingArticlesQueue')],
    ],
    // It sends to the queue that it reads: an article whose page cannot be read yet comes again.
    [
      'match-articles',
      [
        ...receiving('MatchingArticlesQueue'),
        ...sending('MatchingArticlesQueue'),
        ...sending('MatchingArticlesDeadLetters'),
      ],
    ],
    [
      'send-alerts',
      [...STREAM, 'ses:GetAccount on *', ...sending('AlertingDeliveriesQueue'), ...sending('AlertingAlertsGivenUp')],
    ],
    // It sends to the queue that it reads: what waits for a moment comes again.
    [
      'deliver-alerts',
      [
        ...receiving('AlertingDeliveriesQueue'),
        ...sending('AlertingDeliveriesQueue'),
        ...sending('AlertingDeliveriesDeadLetters'),
        ALERT_EVENTS,
        'sns:Publish on OperationsTopic',
        ...mailFrom('news@example.org'),
        ...channelSecrets('GetParameter'),
      ],
    ],
    [
      'sweep',
      [
        ALERT_EVENTS,
        'sns:Publish on OperationsTopic',
        ...mailFrom('news@example.org'),
        ...channelSecrets('GetParameter'),
        ...sending('AlertingDeliveriesQueue'),
        'sns:GetSubscriptionAttributes on *',
      ],
    ],
    [
      'api',
      [
        ...sending('PollingPollsQueue'),
        ...mailFrom('news@example.org'),
        ...channelSecrets('GetParameter', 'PutParameter', 'DeleteParameter'),
        ...sending('AlertingDeliveriesQueue'),
        'ses:GetAccount on *',
        ...mailFrom('news@example.org'),
        'sns:Subscribe on AlertingAlerts',
        'sns:ListSubscriptionsByTopic on AlertingAlerts',
        'sns:ListSubscriptionsByTopic on OperationsTopic',
        'sns:GetSubscriptionAttributes on *',
        // These two know no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/
        'sns:Unsubscribe on *',
        'sns:SetSubscriptionAttributes on *',
      ],
    ],
    ['public-links', channelSecrets('DeleteParameter')],
    ['mail-events', [...receiving('MailEventsQueue'), ...sending('MailEventsQueueDeadLetters')]],
    ['output-feeds', []],
    [
      'configure',
      [
        ...sending('PollingPollsQueue'),
        'sns:ListSubscriptionsByTopic on AlertingAlerts',
        // These two know no resources.
        'sns:GetSubscriptionAttributes on *',
        'sns:SetSubscriptionAttributes on *',
      ],
    ],
  ])('is all of this, and no more: %s', (name, expected) => {
    const rights = rightsOf(name, withSender('Tocsin <news@example.org>'));

    expect(rights).toEqual([...new Set(expected)].sort());
  });

  it.each([
    ['news@example.org', 'news@example.org'],
    ['Tocsin <news@example.org>', 'news@example.org'],
    ['"News, daily" <daily@news.example.org>', 'daily@news.example.org'],
  ])('is to send mail from the bare address of %s', (from, address) => {
    for (const name of ['deliver-alerts', 'sweep', 'api'] as const) {
      expect(rightsOf(name, withSender(from)).filter((right) => right.startsWith('ses:'))).toEqual(mailFrom(address));
    }
  });

  it('is not to send mail where no sender is set', () => {
    expect(FUNCTION_NAMES.flatMap((name) => rightsOf(name)).filter((right) => right.startsWith('ses:'))).toEqual([]);
  });

  it.each(FUNCTION_NAMES)('%s writes its own log, and no other', (name) => {
    const logs = statementsOf(templateOf(), name)
      .flatMap((statement) => [statement.Action].flat().map((action) => line(action, statement)))
      .filter((right) => right.startsWith('logs:'));
    const own = nameOf((functionOf(templateOf(), name)['LoggingConfig'] as { LogGroup: unknown }).LogGroup);

    expect(logs).toEqual([`logs:CreateLogStream on ${own}`, `logs:PutLogEvents on ${own}`]);
  });
});

describe('who may call a function', () => {
  const callersOf = (type: string) =>
    resources(templateOf(), type).map(([, { Properties }]) => [
      functionName(templateOf(), functionBehind(Properties['FunctionName'])),
      Properties['Principal'],
      nameOf(Properties['SourceArn'] ?? Properties['SourceAccount']),
    ]);

  const functionBehind = (reference: unknown): Resource['Properties'] => {
    const [id] = (reference as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'];
    return allResources(templateOf())[id]!.Properties;
  };

  it('is CloudFormation of this account for configure, and the gateway for the three that it stands before', () => {
    const callers = callersOf('AWS::Lambda::Permission').map((caller) => caller.join(' '));

    expect(callers.filter((caller) => caller.startsWith('configure'))).toEqual([
      'configure cloudformation.amazonaws.com <AccountId>',
    ]);
    const gateway = callers.filter((caller) => !caller.startsWith('configure'));
    expect(
      gateway.filter((caller) => !/^(?:api|public-links|output-feeds) apigateway\.amazonaws\.com arn:/.test(caller)),
    ).toEqual([]);
    expect(gateway).toHaveLength(6);
  });

  it('is the role of its schedule, for those that run by the clock', () => {
    const rights = resources(templateOf(), 'AWS::IAM::Policy')
      .filter(([id]) => /Each\w*Minute/.test(id))
      .flatMap(([, { Properties }]) => (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement)
      .flatMap((statement) => [statement.Action].flat().map((action) => line(action, statement)));

    expect(rights.sort()).toEqual([
      'lambda:InvokeFunction on AlertingSweepFunction, AlertingSweepFunction:*',
      'lambda:InvokeFunction on PollingSchedulePollsFunction, PollingSchedulePollsFunction:*',
      'sqs:SendMessage on AlertingEachFiveMinutesUndelivered',
      'sqs:SendMessage on PollingEachMinuteUndelivered',
    ]);
  });
});
