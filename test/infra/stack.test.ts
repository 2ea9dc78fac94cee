// Promises of the deployed stack, each a small fact of its template. The emulator of the rehearsal does not enforce IAM; this does.
import { readFileSync } from 'node:fs';
import { Validations } from 'aws-cdk-lib';
import { Annotations, Match, type Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { FUNCTION_NAMES } from '../../infra/bundle.ts';
import { DATA_VERSION } from '../../shared/core/data-version.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import {
  actionsOf,
  allResources,
  functionName,
  functionOf,
  onlyOne,
  resources,
  statementsOf,
  useStacks,
  useTemplates,
} from './template.ts';

const templateOf = useTemplates();
const newStack = useStacks();

describe('what the functions may do', () => {
  it.each(['schedule-polls', 'poll-feeds', 'match-articles'])(
    '%s, which meets foreign input, can neither send mail, nor publish, nor read a secret',
    (name) => {
      const forbidden = actionsOf(
        templateOf({ mail: { ...defaultSettings.mail, from: 'news@example.org' } }),
        name,
      ).filter((action) => /^(?:ses|sns|secretsmanager|ssm|kms|sts|iam|lambda|s3):/.test(action));

      expect(forbidden).toEqual([]);
    },
  );

  it.each(['poll-feeds', 'match-articles', 'schedule-polls', 'send-alerts'])('%s cannot delete a record', (name) => {
    expect(actionsOf(templateOf(), name).filter((action) => /Delete(?:Item|Table)|BatchWrite/.test(action))).toEqual(
      [],
    );
  });

  it('deliver-alerts can delete nothing but a place among the subscribers of a topic', () => {
    const deleting = statementsOf(templateOf(), 'deliver-alerts').filter(({ Action }) =>
      [Action].flat().some((action) => /Delete(?:Item|Table)|BatchWrite/.test(action)),
    );

    expect(deleting.map(({ Condition }) => Condition)).toEqual([
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['SUBSCRIBERS#*'] } },
    ]);
  });

  it('sweep can delete nothing but subscriptions that were never confirmed, with their links and their places', () => {
    const deleting = statementsOf(templateOf(), 'sweep').filter(({ Action }) =>
      [Action].flat().some((action) => /Delete(?:Item|Table)|BatchWrite/.test(action)),
    );

    const keys = JSON.stringify(deleting.map(({ Condition }) => Condition)).match(/[A-Z]+#\*/g);
    expect(keys?.sort()).toEqual(['SUBSCRIBERS#*', 'SUBSCRIPTION#*', 'TOKEN#*']);
  });

  it('no policy allows every action or every resource', () => {
    const template = templateOf({ mail: { ...defaultSettings.mail, from: 'news@example.org' } });
    // These know no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/
    const withoutResources = [
      'dynamodb:ListStreams',
      'ses:GetAccount',
      'sns:Unsubscribe',
      'sns:GetSubscriptionAttributes',
      'sns:SetSubscriptionAttributes',
    ];
    const wide = FUNCTION_NAMES.flatMap((name) =>
      statementsOf(template, name).map((statement) => ({ name, ...statement })),
    ).filter(
      ({ Action, Resource }) =>
        [Action].flat().some((action) => action.includes('*')) ||
        (Resource === '*' && ![Action].flat().every((action) => withoutResources.includes(action))),
    );

    expect(wide).toEqual([]);
  });
});

describe('the checks of AWS Solutions', () => {
  it('find nothing in the stack but what it allows itself with a reason', () => {
    const stack = newStack({ mail: { ...defaultSettings.mail, from: 'news@example.org' } });

    const { violations } = new AwsSolutionsChecks(stack).validateScope(stack);

    expect(violations).toEqual([]);
  });

  it('are answered with these reasons', () => {
    const stack = newStack({ mail: { ...defaultSettings.mail, from: 'news@example.org' } });

    const reasons = stack.node.findAll().flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) => Object.entries(data as Record<string, string>))
        .map(([rule, reason]) => `${/AwsSolutions-(\w+)/.exec(rule)?.[1]}: ${reason}`),
    );

    expect([...new Set(reasons)].sort()).toEqual([
      'APIG4: Feed readers cannot sign requests; the 256-bit secret in the address is the authority.',
      'APIG4: The link in a mail must work without a login (RFC 8058); its 256-bit token is the authority.',
      'IAM5: One parameter for each subscription; their names are not known at deployment.',
      'IAM5: The verified identity may be the address or its domain; the condition allows the one sender only.',
      'IAM5: The versions and aliases of this one function; a grant to call a function always names them.',
      'IAM5: dynamodb:ListStreams, which the event source of a stream needs, knows no resources.',
      'IAM5: ses:GetAccount knows no resources; see the Service Authorization Reference.',
      'IAM5: sns:GetSubscriptionAttributes and sns:SetSubscriptionAttributes know no resources; see the Service Authorization Reference.',
      'IAM5: sns:GetSubscriptionAttributes knows no resources; see the Service Authorization Reference.',
      'IAM5: sns:Unsubscribe, sns:GetSubscriptionAttributes and sns:SetSubscriptionAttributes know no resources; see the Service Authorization Reference.',
      'SNS2: Alerts quote public news; a customer key would cost more than the rest of a small deployment.',
      'SNS2: Events are queued at once, encrypted; a customer key would cost more than the rest of a small deployment.',
      'SQS3: It is a dead-letter queue itself; of a schedule or an event source, which the check does not see.',
    ]);
  });
});

describe('what is kept', () => {
  it('the table is on demand, recoverable to any second, expires records and streams new images', () => {
    templateOf({ aws: { ...defaultSettings.aws, deletionProtection: true } }).hasResourceProperties(
      'AWS::DynamoDB::Table',
      {
        BillingMode: 'PAY_PER_REQUEST',
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
      },
    );
  });

  it('the table outlives the stack unless the settings say otherwise', () => {
    const policy = (deletionProtection: boolean) =>
      resources(templateOf({ aws: { ...defaultSettings.aws, deletionProtection } }), 'AWS::DynamoDB::Table').map(
        ([, { DeletionPolicy }]) => DeletionPolicy,
      );

    expect(policy(true)).toEqual(['Retain']);
    expect(policy(false)).toEqual(['Delete']);
  });

  it('every queue is encrypted, and every queue that is consumed has a dead-letter queue for what was received fifty times', () => {
    const queues = resources(templateOf(), 'AWS::SQS::Queue');
    const consumed = queues.filter(([, { Properties }]) => Properties['RedrivePolicy'] !== undefined);

    expect(queues.every(([, { Properties }]) => Properties['SqsManagedSseEnabled'] === true)).toBe(true);
    expect(
      consumed.map(
        ([, { Properties }]) => (Properties['RedrivePolicy'] as { maxReceiveCount: number }).maxReceiveCount,
      ),
    ).toEqual([50, 50, 50, 50]);
  });

  it('nothing is sent to a queue or a topic, or received from it, without TLS', () => {
    const refused = ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'].flatMap((type) =>
      resources(templateOf(), type).flatMap(([, { Properties }]) =>
        (Properties['PolicyDocument'] as { Statement: Record<string, unknown>[] }).Statement.filter(
          ({ Effect, Condition }) =>
            Effect === 'Deny' && JSON.stringify(Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
        ).map(({ Resource }) => JSON.stringify(Resource)),
      ),
    );
    const all = [
      ...resources(templateOf(), 'AWS::SQS::Queue').map(([id]) => JSON.stringify({ 'Fn::GetAtt': [id, 'Arn'] })),
      ...resources(templateOf(), 'AWS::SNS::Topic').map(([id]) => JSON.stringify({ Ref: id })),
    ];

    expect(all).toHaveLength(14);
    expect(refused.sort()).toEqual(all.sort());
  });

  it('logs go with the stack', () => {
    const policies = resources(templateOf(), 'AWS::Logs::LogGroup').map(([, { DeletionPolicy }]) => DeletionPolicy);

    expect(new Set(policies)).toEqual(new Set(['Delete']));
  });

  it('logs are kept for as long as the settings say', () => {
    const kept = resources(
      templateOf({ aws: { ...defaultSettings.aws, logRetentionDays: 30 } }),
      'AWS::Logs::LogGroup',
    );

    expect(kept.length).toBe(FUNCTION_NAMES.length + 1);
    expect(new Set(kept.map(([, { Properties }]) => Properties['RetentionInDays']))).toEqual(new Set([30]));
  });
});

describe('how work is handed on', () => {
  it('a function that fails on one message gives only that message back', () => {
    const mappings = resources(templateOf(), 'AWS::Lambda::EventSourceMapping');

    expect(mappings.length).toBe(5);
    expect(
      mappings.every(
        ([, { Properties }]) => JSON.stringify(Properties['FunctionResponseTypes']) === '["ReportBatchItemFailures"]',
      ),
    ).toBe(true);
  });

  it.each([
    ['poll-feeds', 2, 20],
    ['match-articles', 3, 20],
  ])('%s ends in time though its hosts keep it waiting for their turn', (name, rounds, deadlineSeconds) => {
    const fn = functionOf(templateOf(), name);
    const { Variables } = fn['Environment'] as { Variables: Record<string, string> };

    const longest = rounds * (Number(Variables['TOCSIN_TURN_WAIT_SECONDS']) + deadlineSeconds);

    expect(longest).toBeGreaterThan(0);
    expect(Number(fn['Timeout'])).toBeGreaterThanOrEqual(longest + 20);
  });

  it('only hits that somebody has to be alerted to reach send-alerts, with bisection, finite tries and a place for what fails', () => {
    templateOf().hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 8,
      MaximumRecordAgeInSeconds: 21_600,
      DestinationConfig: { OnFailure: Match.anyValue() },
      FilterCriteria: {
        Filters: [
          {
            Pattern: Match.serializedJson(
              Match.objectLike({
                eventName: ['INSERT', 'MODIFY'],
                dynamodb: { NewImage: { type: { S: ['hit'] }, alertState: { S: ['pending'] } } },
              }),
            ),
          },
        ],
      },
    });
  });

  it('runs Node 24 on ARM, and schedules the polls each minute and the sweep each five', () => {
    const template = templateOf();

    template.allResourcesProperties('AWS::Lambda::Function', { Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    expect(
      resources(template, 'AWS::Scheduler::Schedule')
        .map(([, { Properties }]) => Properties['ScheduleExpression'])
        .sort(),
    ).toEqual(['rate(1 minute)', 'rate(5 minutes)']);
  });

  it('starts each function at the handler of its bundle, and keeps quiet about what a package of it still calls', () => {
    templateOf().allResourcesProperties('AWS::Lambda::Function', {
      Handler: 'index.handler',
      Environment: { Variables: Match.objectLike({ NODE_OPTIONS: '--disable-warning=DEP0169' }) },
    });
  });

  it('brings the configuration in again only when it changed', () => {
    const hash = (configuration: string) =>
      resources(templateOf({}, configuration), 'Custom::TocsinConfiguration').map(
        ([, { Properties }]) => Properties['configurationHash'],
      );

    expect(hash('{"feeds":[]}')).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(hash('{"feeds":[]}')).toEqual(hash('{"feeds":[]}'));
    expect(hash('{"feeds":[]}')).not.toEqual(hash('{"feeds":[1]}'));
  });
});

describe('the upgrade of the table', () => {
  it('runs when the data version rises, and after everything else of the stack: what failed later would bring old functions to a new table', () => {
    const [[, files] = []] = resources(templateOf(), 'Custom::TocsinConfiguration');
    const others = Object.entries(allResources(templateOf()))
      .map(([other]) => other)
      // Its own parts; and the log that the stage names, which is among those it waits for.
      .filter((other) => !/^(?:Configuration|AccessLog)/.test(other));

    expect(files?.Properties['dataVersion']).toBe(String(DATA_VERSION));
    expect(others.length).toBeGreaterThan(FUNCTION_NAMES.length);
    expect(others.filter((other) => files?.DependsOn?.includes(other) !== true)).toEqual([]);
  });

  it('is the only work that may read the whole table', () => {
    const scanning = FUNCTION_NAMES.filter((name) => actionsOf(templateOf(), name).includes('dynamodb:Scan'));

    expect(scanning).toEqual(['configure']);
  });
});

describe('mails by SES', () => {
  const withSender = { mail: { ...defaultSettings.mail, from: 'news@example.org' } };
  const allowedBy = (template: Template, type: string, prefix: string) => {
    const [found] = resources(template, type).filter(([id]) => id.startsWith(prefix));
    const [id, { Properties }] = found!;
    const { Statement } = Properties['PolicyDocument'] as { Statement: Record<string, unknown>[] };
    return { id, allowed: Statement.filter(({ Effect }) => Effect === 'Allow') };
  };

  it('are sent with our own configuration set, which the senders know by name', () => {
    const template = templateOf(withSender);
    const [[set] = ['']] = resources(template, 'AWS::SES::ConfigurationSet');

    for (const name of ['deliver-alerts', 'sweep'] as const) {
      const { Variables } = functionOf(template, name)['Environment'] as { Variables: Record<string, unknown> };
      expect(Variables['TOCSIN_CONFIGURATION_SET']).toEqual({ Ref: set });
    }
  });

  it('are published on a topic of their own: what was delivered, delayed, bounced, complained about, or not sent', () => {
    const template = templateOf(withSender);
    const [[set] = ['']] = resources(template, 'AWS::SES::ConfigurationSet');
    const { ConfigurationSetName, EventDestination } = onlyOne(template, 'AWS::SES::ConfigurationSetEventDestination');

    expect(ConfigurationSetName).toEqual({ Ref: set });
    expect(EventDestination).toEqual({
      Enabled: true,
      MatchingEventTypes: ['bounce', 'complaint', 'delivery', 'deliveryDelay', 'reject', 'renderingFailure'],
      SnsDestination: { TopicARN: { Ref: expect.stringMatching(/^MailEventsTopic/) } },
    });
  });

  it('only SES may publish, and only of this set; the topic is there before SES is told of it', () => {
    const template = templateOf(withSender);
    const [[, destination] = []] = resources(template, 'AWS::SES::ConfigurationSetEventDestination');
    const { id, allowed } = allowedBy(template, 'AWS::SNS::TopicPolicy', 'MailEventsTopic');

    expect(allowed).toEqual([
      expect.objectContaining({ Action: 'sns:Publish', Principal: { Service: 'ses.amazonaws.com' } }),
    ]);
    expect(JSON.stringify(allowed[0]?.['Condition'])).toMatch(/AWS:SourceAccount.*AWS:SourceArn.*configuration-set\//);
    expect(destination?.DependsOn).toContain(id);
  });

  it('are queued for mail-events as SES wrote them; only the topic may send to the queue', () => {
    const template = templateOf(withSender);
    const { Protocol, RawMessageDelivery, TopicArn, Endpoint } = onlyOne(template, 'AWS::SNS::Subscription');
    const { allowed } = allowedBy(template, 'AWS::SQS::QueuePolicy', 'MailEventsQueuePolicy');

    expect({ Protocol, RawMessageDelivery }).toEqual({ Protocol: 'sqs', RawMessageDelivery: true });
    expect(JSON.stringify(Endpoint)).toContain('MailEventsQueue');
    expect(allowed).toEqual([
      expect.objectContaining({
        Action: 'sqs:SendMessage',
        Principal: { Service: 'sns.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': TopicArn } },
      }),
    ]);
  });

  it('need nothing of SES where no sender is set', () => {
    const kinds = Object.values(allResources(templateOf())).map(({ Type }) => Type);

    expect(kinds.filter((kind) => kind.startsWith('AWS::SES::'))).toEqual([]);
  });
});

describe('who is let in and who is told', () => {
  it('the API takes requests signed with IAM; only the links of mails and the addresses of outputs are open', () => {
    const routes = resources(templateOf(), 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => [
      Properties['RouteKey'],
      Properties['AuthorizationType'] ?? 'NONE',
    ]);

    expect(routes.sort()).toEqual([
      ['ANY /v1/{path+}', 'AWS_IAM'],
      ['GET /f/{path+}', 'NONE'],
      ['GET /u/{path+}', 'NONE'],
      ['HEAD /f/{path+}', 'NONE'],
      ['HEAD /u/{path+}', 'NONE'],
      ['POST /u/{path+}', 'NONE'],
    ]);
  });

  it('each route leads to its function', () => {
    const template = templateOf();
    const all = allResources(template);
    const behind = resources(template, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => {
      const integration = /Integration\w+/.exec(JSON.stringify(Properties['Target']))![0];
      const [[, target] = []] = Object.entries(all).filter(([id]) => id.endsWith(integration));
      return [Properties['RouteKey'], JSON.stringify(target?.Properties['IntegrationUri']).replace(/[0-9A-F]{8}/g, '')];
    });
    const [api, publicLinks, outputFeeds] = ['ApiFunction', 'ApiPublicLinksFunction', 'ApiOutputFeedsFunction'].map(
      (id) => `{"Fn::GetAtt":["${id}","Arn"]}`,
    );

    expect(behind.sort()).toEqual([
      ['ANY /v1/{path+}', api],
      ['GET /f/{path+}', outputFeeds],
      ['GET /u/{path+}', publicLinks],
      ['HEAD /f/{path+}', outputFeeds],
      ['HEAD /u/{path+}', publicLinks],
      ['POST /u/{path+}', publicLinks],
    ]);
  });

  it('the API is throttled', () => {
    const { DefaultRouteSettings } = onlyOne(templateOf(), 'AWS::ApiGatewayV2::Stage');

    expect(DefaultRouteSettings).toEqual({ ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20 });
  });

  it('the API writes an access log: what is needed to count and to find a failure, no address of a caller and no query', () => {
    const { AccessLogSettings } = onlyOne(templateOf(), 'AWS::ApiGatewayV2::Stage');
    const { Format, DestinationArn } = AccessLogSettings as { Format: string; DestinationArn: unknown };

    expect(JSON.parse(Format)).toEqual({
      requestId: '$context.requestId',
      time: '$context.requestTime',
      method: '$context.httpMethod',
      route: '$context.routeKey',
      status: '$context.status',
      bytes: '$context.responseLength',
      latencyMs: '$context.responseLatency',
      error: '$context.error.message',
    });
    expect(DestinationArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^AccessLog/), 'Arn'] });
  });

  it('alarms may reach the operations topic: its own policy lets CloudWatch of this account in', () => {
    const policies = resources(templateOf(), 'AWS::SNS::TopicPolicy');
    const allowed = policies.flatMap(([, { Properties }]) =>
      (Properties['PolicyDocument'] as { Statement: Record<string, unknown>[] }).Statement.filter(
        ({ Effect }) => Effect === 'Allow',
      ),
    );

    expect(allowed).toEqual([
      expect.objectContaining({
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    ]);
  });

  it('every dead-letter queue, function and lateness has an alarm on the operations topic, and every alarm an article in the runbook', () => {
    const template = templateOf({ aws: { ...defaultSettings.aws, operationsEmail: 'ops@example.org' } });
    const alarms = resources(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    const names = alarms.map(({ AlarmName }) => String(AlarmName).replace('Tocsin-', ''));
    const queues = resources(template, 'AWS::SQS::Queue').filter(
      ([, { Properties }]) => Properties['RedrivePolicy'] === undefined,
    ).length;

    expect(names).toEqual(
      expect.arrayContaining([
        'oldest-due-feed',
        'oldest-pending-alert',
        'poll-dead-letters',
        'article-dead-letters',
        'delivery-dead-letters',
        'alerts-given-up',
      ]),
    );
    expect(names.filter((name) => /dead-letters|given-up|undelivered/.test(name)).length).toBe(queues);
    expect(names.filter((name) => name.endsWith('-errors')).length).toBe(FUNCTION_NAMES.length - 1);
    expect(alarms.every(({ AlarmActions }) => Array.isArray(AlarmActions) && AlarmActions.length === 1)).toBe(true);
    const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
    const headings = [...runbook.matchAll(/^## (.+)$/gm)].flatMap(([, heading = '']) => heading.split(', '));
    const articleOf = (name: string) =>
      headings.some((heading) => heading === name || (heading.startsWith('…') && name.endsWith(heading.slice(1))));
    expect(names.filter((name) => !articleOf(name))).toEqual([]);
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.org' });
  });

  it('alarms go to no address unless the settings name one', () => {
    const protocols = resources(templateOf(), 'AWS::SNS::Subscription').map(
      ([, { Properties }]) => Properties['Protocol'],
    );

    expect(protocols).toEqual(['sqs']);
  });

  it('each function may be run by Lambda, each schedule by the scheduler', () => {
    const trusted = resources(templateOf(), 'AWS::IAM::Role').map(([id, { Properties }]) => {
      const { Statement } = Properties['AssumeRolePolicyDocument'] as { Statement: { Principal: unknown }[] };
      return [/Each\w*Minute/.test(id) ? 'schedule' : 'function', ...Statement.map(({ Principal }) => Principal)];
    });

    expect(trusted).toHaveLength(FUNCTION_NAMES.length + 2);
    expect(new Set(trusted.map((one) => JSON.stringify(one)))).toEqual(
      new Set([
        '["function",{"Service":"lambda.amazonaws.com"}]',
        '["schedule",{"Service":"scheduler.amazonaws.com"}]',
      ]),
    );
  });
});

it('the stack has the name that it is given', () => {
  expect(newStack({}, '{}', { stackName: 'Second' }).stackName).toBe('Second');
});

describe('someone who looks at the stack', () => {
  type Output = { readonly Value: unknown; readonly Description?: string };
  const outputs = (from: string | null = null): Record<string, Output> =>
    templateOf({ mail: { ...defaultSettings.mail, from } }).toJSON().Outputs;

  it('finds where things are', () => {
    const { NextStep: _, Operators: __, ...places } = outputs();
    const refersTo = (construct: RegExp) => ({ Ref: expect.stringMatching(construct) });

    expect(places).toEqual({
      ApiUrl: {
        Value: { 'Fn::GetAtt': [expect.stringMatching(/^HttpApi/), 'ApiEndpoint'] },
        Description: 'Requests are signed with IAM; the tocsin command does it',
      },
      AlertTopicArn: {
        Value: refersTo(/^AlertingAlerts/),
        Description:
          'Every match and every alert is published here once; filter on type, topic, severity, language, source',
      },
      TableName: { Value: refersTo(/^StorageTable/) },
      MailEventsTopicArn: {
        Value: refersTo(/^MailEventsTopic/),
        Description: 'SES publishes here what became of the mails; nothing else should',
      },
      OperationsTopicArn: { Value: refersTo(/^OperationsTopic/), Description: 'Alarms are published here' },
    });
  });

  it('learns that no address receives alarms, and what to do about it, in the outputs and at synthesis', () => {
    const nowhere = 'No address receives alarms: set aws.operationsEmail in config/tocsin.yaml and deploy again';
    const stack = newStack();

    expect(outputs()['Operators']).toEqual({ Value: nowhere, Description: 'Who receives alarms' });
    Annotations.fromStack(stack).hasWarning('/Tocsin', `${nowhere} [ack: tocsin:operators]`);
  });

  it('learns who receives alarms once the address is confirmed', () => {
    const aws = { ...defaultSettings.aws, operationsEmail: 'ops@example.org' };

    expect(templateOf({ aws }).toJSON().Outputs['Operators']).toEqual({
      Value:
        'ops@example.org, once the link in the mail from AWS Notifications has been opened; tocsin doctor shows whether it has',
      Description: 'Who receives alarms',
    });
    Annotations.fromStack(newStack({ aws })).hasNoWarning('/Tocsin', Match.anyValue());
  });

  it.each([
    ['by SNS where no sender is set', null, 'sns-email'],
    ['by mail where a sender is set', 'news@example.org', 'email'],
  ])('learns the next step: to subscribe %s', (_, from, channel) => {
    const { NextStep } = outputs(from);

    expect(NextStep).toEqual({
      Value: `npm run tocsin -- subscribe ${channel} you@example.org --topic troop-deployment --stack Tocsin`,
      Description: 'Add a subscription; then: npm run tocsin -- matches --stack NAME',
    });
  });

  it('reads what each function and each address is for', () => {
    const template = templateOf();
    const descriptions = resources(template, 'AWS::Lambda::Function').map(([, { Properties }]) => [
      functionName(template, Properties),
      Properties['Description'],
    ]);

    expect(Object.fromEntries(descriptions)).toEqual({
      'schedule-polls': 'Each minute: puts one message per due batch of feeds on the poll queue',
      'mail-events': 'Notes which mails were delivered, and suppresses addresses that bounce or complain',
      'poll-feeds': 'Polls a batch of feeds: conditional GET, parse, new items to the article queue',
      'match-articles': 'Makes the article of a new item, matches every topic, stores the matches and their story',
      'send-alerts': 'Records the alerts of new hits, and of hits that gained matches, for each subscriber',
      'deliver-alerts': 'Sends alerts, at the pace that providers allow',
      sweep: 'Every five minutes: finishes alerts that are still pending, closes digests, reports feeds that fail',
      api: 'Answers queries; manages feeds, topics and subscriptions',
      'public-links': 'Shows and changes a subscription by the links in its mails',
      'output-feeds': 'Serves matches as feeds to the programs that know their addresses',
      configure: 'On deploy: brings the files under config/ into the table',
    });
    expect(template.toJSON().Description).toBe('Tocsin: an open news monitor');
    expect(onlyOne(template, 'AWS::ApiGatewayV2::Api')['Description']).toBe(
      'Tocsin: /v1 signed with IAM, /u and /f open',
    );
    expect(resources(template, 'AWS::SNS::Topic').map(([, { Properties }]) => Properties['DisplayName'])).toEqual([
      'Tocsin operations',
      'Tocsin mail events',
      'Tocsin',
    ]);
  });
});
