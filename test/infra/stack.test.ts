// Promises of the deployed stack, each a small fact of its template. The emulator of the rehearsal does not enforce IAM; this does.
import { readFileSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import { FUNCTION_NAMES } from '../../infra/bundle.ts';
import { DATA_VERSION } from '../../shared/core/data-version.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { actionsOf, allResources, functionOf, resources, statementsOf, useTemplates } from './template.ts';

const templateOf = useTemplates();

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

  it.each(['poll-feeds', 'match-articles', 'schedule-polls', 'send-alerts', 'sweep'])(
    '%s cannot delete a record',
    (name) => {
      expect(actionsOf(templateOf(), name).filter((action) => /Delete(?:Item|Table)|BatchWrite/.test(action))).toEqual(
        [],
      );
    },
  );

  it('no policy allows every action or every resource', () => {
    const template = templateOf({ mail: { ...defaultSettings.mail, from: 'news@example.org' } });
    // These know no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/
    const withoutResources = ['dynamodb:ListStreams', 'sns:Unsubscribe', 'sns:SetSubscriptionAttributes'];
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

  it('every queue is encrypted, and every queue that is consumed has a dead-letter queue after five tries', () => {
    const queues = resources(templateOf(), 'AWS::SQS::Queue');
    const consumed = queues.filter(([, { Properties }]) => Properties['RedrivePolicy'] !== undefined);

    expect(queues.every(([, { Properties }]) => Properties['SqsManagedSseEnabled'] === true)).toBe(true);
    expect(
      consumed.map(
        ([, { Properties }]) => (Properties['RedrivePolicy'] as { maxReceiveCount: number }).maxReceiveCount,
      ),
    ).toEqual([5, 5]);
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

    expect(mappings.length).toBe(3);
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

  it('only new matches that somebody has to be told of reach send-alerts, with bisection, finite tries and a place for what fails', () => {
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
                eventName: ['INSERT'],
                dynamodb: { NewImage: { type: { S: ['match'] }, alertState: { S: ['pending'] } } },
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

  it('brings the configuration in again only when it changed', () => {
    const hash = (configuration: string) =>
      resources(templateOf({}, configuration), 'Custom::TocsinConfiguration').map(
        ([, { Properties }]) => Properties['configurationHash'],
      );

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

describe('who is let in and who is told', () => {
  it('the API takes requests signed with IAM; only the link of a mail is open', () => {
    const routes = resources(templateOf(), 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => [
      Properties['RouteKey'],
      Properties['AuthorizationType'] ?? 'NONE',
    ]);

    expect(routes.sort()).toEqual([
      ['ANY /v1/{path+}', 'AWS_IAM'],
      ['GET /u/{token}', 'NONE'],
      ['HEAD /u/{token}', 'NONE'],
      ['POST /u/{token}', 'NONE'],
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
    const [api, publicLinks] = ['ApiFunction', 'ApiPublicLinksFunction'].map((id) => `{"Fn::GetAtt":["${id}","Arn"]}`);

    expect(behind.sort()).toEqual([
      ['ANY /v1/{path+}', api],
      ['GET /u/{token}', publicLinks],
      ['HEAD /u/{token}', publicLinks],
      ['POST /u/{token}', publicLinks],
    ]);
  });

  it('the API is throttled and writes an access log without the address of a caller', () => {
    const Properties = resources(templateOf(), 'AWS::ApiGatewayV2::Stage')[0]![1].Properties;
    const log = Properties['AccessLogSettings'] as { Format: string };

    expect(Properties['DefaultRouteSettings']).toEqual({ ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20 });
    expect(log.Format).not.toMatch(/sourceIp|userAgent|path/i);
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
    const queues = resources(template, 'AWS::SQS::Queue').length - 2;

    expect(names).toEqual(
      expect.arrayContaining([
        'oldest-due-feed',
        'oldest-pending-alert',
        'poll-dead-letters',
        'article-dead-letters',
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

  it('says what to do next', () => {
    const outputs = Object.keys(templateOf().toJSON().Outputs);

    expect(outputs).toEqual(
      expect.arrayContaining(['ApiUrl', 'AlertTopicArn', 'TableName', 'OperationsTopicArn', 'NextStep']),
    );
  });
});
