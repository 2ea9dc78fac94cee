// Promises of the deployed stack, each a small fact of its template. The emulator of the rehearsal does not enforce IAM; this does.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { FUNCTION_NAMES } from '../../infra/bundle.ts';
import { TocsinStack } from '../../infra/tocsin-stack.ts';
import { DATA_VERSION } from '../../shared/core/data-version.ts';
import { defaultSettings, type Settings } from '../../shared/model/settings.ts';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}
interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

let bundles: string;

beforeAll(() => {
  bundles = mkdtempSync(join(tmpdir(), 'tocsin-bundles-'));
  for (const name of FUNCTION_NAMES) {
    mkdirSync(join(bundles, name));
    writeFileSync(join(bundles, name, 'index.mjs'), 'export const handler = async () => {};');
  }
});
afterAll(() => rmSync(bundles, { recursive: true, force: true }));

const made = new Map<string, Template>();

/** Synthesised once per question: a synth takes a third of a second. */
function templateOf(change: Partial<Settings> = {}, configuration = '{}'): Template {
  const key = JSON.stringify([change, configuration]);
  const known = made.get(key);
  if (known !== undefined) return known;
  const app = new App({
    context: { 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:validateAgainstDefaultRules': false },
  });
  const settings = { ...defaultSettings, ...change };
  const template = Template.fromStack(new TocsinStack(app, 'Tocsin', { settings, configuration, bundles }));
  made.set(key, template);
  return template;
}

const resources = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.toJSON().Resources as Record<string, Resource>).filter(([, { Type }]) => Type === type);

function functionOf(template: Template, name: string): Resource['Properties'] {
  const [, fn] =
    resources(template, 'AWS::Lambda::Function').find(([, { Properties }]) => roleOf(template, Properties) === name) ??
    [];
  if (fn === undefined) throw new Error(`no function ${name} in the template`);
  return fn.Properties;
}

/** Everything the role of a function may do. */
function statementsOf(template: Template, functionName: string): Statement[] {
  const roleId = (functionOf(template, functionName)['Role'] as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0];
  return resources(template, 'AWS::IAM::Policy')
    .filter(([, { Properties }]) => JSON.stringify(Properties['Roles']).includes(`"${roleId}"`))
    .flatMap(([, { Properties }]) => (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement);
}

function roleOf(template: Template, properties: Record<string, unknown>): string {
  const id = (properties['Role'] as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0];
  const role = (template.toJSON().Resources as Record<string, Resource>)[id];
  return String(role?.Properties['Description'] ?? '').replace('Tocsin ', '');
}

const actionsOf = (template: Template, functionName: string): string[] =>
  statementsOf(template, functionName).flatMap(({ Action }) => Action);

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

  it('only the two functions that tell people may send mail, and only from the one sender', () => {
    const template = templateOf({ mail: { ...defaultSettings.mail, from: 'news@example.org' } });
    const senders = FUNCTION_NAMES.filter((name) =>
      actionsOf(template, name).some((action) => action.startsWith('ses:')),
    );
    const condition = statementsOf(template, 'send-alerts').find(({ Action }) =>
      [Action].flat().includes('ses:SendEmail'),
    )?.Condition;

    expect(senders).toEqual(['send-alerts', 'sweep']);
    expect(condition).toEqual({ StringEquals: { 'ses:FromAddress': 'news@example.org' } });
  });

  it('of all functions only the sweep may tell operators, and it knows their topic', () => {
    const template = templateOf();
    const operations = resources(template, 'AWS::SNS::Topic').find(
      ([, { Properties }]) => Properties['DisplayName'] === 'Tocsin operations',
    )?.[0];
    const allowed = FUNCTION_NAMES.filter((name) =>
      statementsOf(template, name).some(
        ({ Action, Resource }) =>
          [Action].flat().includes('sns:Publish') && JSON.stringify(Resource).includes(`"${operations}"`),
      ),
    );
    const informed = resources(template, 'AWS::Lambda::Function').filter(([, { Properties }]) =>
      JSON.stringify(Properties['Environment']).includes(`"TOCSIN_OPERATIONS_TOPIC_ARN":{"Ref":"${operations}"}`),
    );

    expect(operations).toBeDefined();
    expect(allowed).toEqual(['sweep']);
    expect(informed.map(([, { Properties }]) => roleOf(template, Properties))).toEqual(['sweep']);
  });

  it('nobody may send mail where no sender is set', () => {
    const template = templateOf();

    expect(
      FUNCTION_NAMES.filter((name) => actionsOf(template, name).some((action) => action.startsWith('ses:'))),
    ).toEqual([]);
  });

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

  it('a queue hides a message six times as long as its function may run', () => {
    const template = templateOf();
    const timeouts = Object.fromEntries(
      resources(template, 'AWS::Lambda::Function').map(([, { Properties }]) => [
        roleOf(template, Properties),
        Properties['Timeout'],
      ]),
    );
    const hidden = resources(template, 'AWS::SQS::Queue').flatMap(
      ([, { Properties }]) => Properties['VisibilityTimeout'] ?? [],
    );

    expect(new Set(hidden)).toEqual(
      new Set([Number(timeouts['poll-feeds']) * 6, Number(timeouts['match-articles']) * 6]),
    );
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

  it('match-articles may send to the queue it reads, for an article whose host is busy, and to no other', () => {
    const sends = statementsOf(templateOf(), 'match-articles').filter(({ Action }) =>
      [Action].flat().includes('sqs:SendMessage'),
    );

    expect(JSON.stringify(sends.map(({ Resource }) => Resource))).toMatch(
      /^\[\{"Fn::GetAtt":\["MatchingArticlesQueue\w+","Arn"\]\}\]$/,
    );
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
    const others = Object.entries(templateOf().toJSON().Resources as Record<string, Resource>)
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
