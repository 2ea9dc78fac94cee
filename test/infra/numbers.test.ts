// Every number of the stack that someone chose, with what it must stand in proportion to.
import { Template } from 'aws-cdk-lib/assertions';
import { FUNCTION_NAMES, type FunctionName } from '../../infra/bundle.ts';
import { concurrencyOf } from '../../infra/concurrency.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { MOST_HOPS } from '../../shared/usecases/matching/page-retries.ts';
import {
  functionName,
  functionOf,
  onlyOne,
  type Resource,
  resources,
  useStacks,
  useTemplates,
  variablesOf,
} from './template.ts';

const templateOf = useTemplates();
const newStack = useStacks();
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/, '');

describe('a function', () => {
  it.each<[FunctionName, number, number]>([
    // Less than the minute until the next run, and less than the claim of a run lasts.
    ['schedule-polls', 50, 256],
    ['poll-feeds', 3 * MINUTE, 512],
    ['match-articles', 3 * MINUTE, 1024],
    ['send-alerts', MINUTE, 256],
    ['deliver-alerts', MINUTE, 256],
    // Less than the five minutes until the next sweep.
    ['sweep', 280, 256],
    // Less than the 30 s after which the gateway gives up.
    ['api', 25, 512],
    ['public-links', 10, 256],
    ['mail-events', 30, 256],
    ['output-feeds', 25, 256],
    // The longest that Lambda allows: an upgrade may read the whole table.
    ['configure', 15 * MINUTE, 512],
  ])('%s may take %i seconds and %i MB', (name, seconds, megabytes) => {
    expect(functionOf(templateOf(), name)).toMatchObject({ Timeout: seconds, MemorySize: megabytes });
  });

  it('reserves no concurrency: what may run at once is bounded where work comes from', () => {
    const reserved = FUNCTION_NAMES.filter(
      (name) => functionOf(templateOf(), name)['ReservedConcurrentExecutions'] !== undefined,
    );

    expect(reserved).toEqual([]);
  });

  it('may be started by its own messages where it bounds them itself: Lambda would stop it after sixteen', () => {
    const allowed = FUNCTION_NAMES.filter((name) => functionOf(templateOf(), name)['RecursiveLoop'] !== undefined);

    expect(allowed).toEqual(['match-articles', 'deliver-alerts']);
    for (const name of allowed) expect(functionOf(templateOf(), name)['RecursiveLoop']).toBe('Allow');
    expect(MOST_HOPS).toBeLessThan(16);
  });

  it.each<[FunctionName, readonly string[]]>([
    ['schedule-polls', ['POLL_QUEUE_URL']],
    ['poll-feeds', ['ARTICLE_QUEUE_URL', 'DEAD_LETTERS_URL', 'TURN_WAIT_SECONDS', 'WORK_QUEUE_URL']],
    ['match-articles', ['ARTICLE_QUEUE_URL', 'DEAD_LETTERS_URL', 'TURN_WAIT_SECONDS', 'WORK_QUEUE_URL']],
    ['send-alerts', ['DELIVERY_QUEUE_URL']],
    [
      'deliver-alerts',
      [
        'ALERT_TOPIC_ARN',
        'CHANNEL_SECRETS',
        'DEAD_LETTERS_URL',
        'DELIVERY_QUEUE_URL',
        'OPERATIONS_TOPIC_ARN',
        'PUBLIC_URL',
        'WORK_QUEUE_URL',
      ],
    ],
    ['sweep', ['ALERT_TOPIC_ARN', 'CHANNEL_SECRETS', 'DELIVERY_QUEUE_URL', 'OPERATIONS_TOPIC_ARN', 'PUBLIC_URL']],
    [
      'api',
      [
        'ALERT_TOPIC_ARN',
        'CHANNEL_SECRETS',
        'DELIVERY_QUEUE_URL',
        'OPERATIONS_TOPIC_ARN',
        'POLL_QUEUE_URL',
        'PUBLIC_URL',
      ],
    ],
    ['public-links', ['CHANNEL_SECRETS']],
    ['mail-events', ['DEAD_LETTERS_URL', 'WORK_QUEUE_URL']],
    ['output-feeds', ['PUBLIC_URL']],
    ['configure', ['ALERT_TOPIC_ARN', 'POLL_QUEUE_URL']],
  ])('%s knows the table, the stack, the settings and %j', (name, own) => {
    const names = Object.keys(variablesOf(templateOf(), name)).filter((variable) => variable.startsWith('TOCSIN_'));

    expect(names.sort()).toEqual([...own, 'SETTINGS', 'STACK', 'TABLE'].map((variable) => `TOCSIN_${variable}`).sort());
  });

  it.each<[FunctionName, number]>([
    // With twenty seconds for each request and what reading takes, within the three minutes of the function: stack.test.ts.
    ['poll-feeds', MINUTE],
    // A page comes again when it has no turn, so nothing is lost by giving up soon.
    ['match-articles', 20],
  ])('%s waits %i seconds for a turn with a host', (name, seconds) => {
    expect(variablesOf(templateOf(), name)['TOCSIN_TURN_WAIT_SECONDS']).toBe(String(seconds));
  });

  it('is given the settings as they are checked, and the queue, topic and address that are meant', () => {
    const template = templateOf();
    const nameOf = (value: unknown): string => JSON.stringify(value).replace(/([A-Za-z]+)[0-9A-F]{8}/g, '$1');

    expect(JSON.parse(String(variablesOf(template, 'api')['TOCSIN_SETTINGS']))).toEqual(defaultSettings);
    expect(nameOf(variablesOf(template, 'api')['TOCSIN_TABLE'])).toBe('{"Ref":"StorageTable"}');
    expect(nameOf(variablesOf(template, 'poll-feeds')['TOCSIN_ARTICLE_QUEUE_URL'])).toBe(
      '{"Ref":"MatchingArticlesQueue"}',
    );
    expect(nameOf(variablesOf(template, 'match-articles')['TOCSIN_ARTICLE_QUEUE_URL'])).toBe(
      '{"Ref":"MatchingArticlesQueue"}',
    );
    for (const [name, queues] of [
      ['poll-feeds', 'PollingPolls'],
      ['match-articles', 'MatchingArticles'],
      ['deliver-alerts', 'AlertingDeliveries'],
    ] as const) {
      expect(nameOf(variablesOf(template, name)['TOCSIN_WORK_QUEUE_URL'])).toBe(`{"Ref":"${queues}Queue"}`);
      expect(nameOf(variablesOf(template, name)['TOCSIN_DEAD_LETTERS_URL'])).toBe(`{"Ref":"${queues}DeadLetters"}`);
    }
    for (const name of ['schedule-polls', 'api', 'configure'])
      expect(nameOf(variablesOf(template, name)['TOCSIN_POLL_QUEUE_URL'])).toBe('{"Ref":"PollingPollsQueue"}');
    for (const name of ['deliver-alerts', 'sweep', 'api', 'configure'])
      expect(nameOf(variablesOf(template, name)['TOCSIN_ALERT_TOPIC_ARN'])).toBe('{"Ref":"AlertingAlerts"}');
    for (const name of ['send-alerts', 'deliver-alerts', 'sweep'])
      expect(nameOf(variablesOf(template, name)['TOCSIN_DELIVERY_QUEUE_URL'])).toBe(
        '{"Ref":"AlertingDeliveriesQueue"}',
      );
    for (const name of ['deliver-alerts', 'sweep', 'api'])
      expect(nameOf(variablesOf(template, name)['TOCSIN_PUBLIC_URL'])).toBe('{"Fn::GetAtt":["HttpApi","ApiEndpoint"]}');
    for (const name of ['deliver-alerts', 'sweep', 'api'])
      expect(variablesOf(template, name)['TOCSIN_CHANNEL_SECRETS']).toBe('/tocsin/Tocsin/channels');
  });
});

describe('a queue', () => {
  const queues = () =>
    Object.fromEntries(
      resources(templateOf(), 'AWS::SQS::Queue').map(([id, { Properties }]) => [withoutHash(id), Properties]),
    );

  it('keeps a message for four days; what was set aside is kept for 14, the longest that SQS allows', () => {
    const kept = Object.entries(queues()).map(([name, { MessageRetentionPeriod }]) => [name, MessageRetentionPeriod]);

    expect(Object.fromEntries(kept)).toEqual({
      PollingPollsQueue: 4 * DAY,
      PollingPollsDeadLetters: 14 * DAY,
      MatchingArticlesQueue: 4 * DAY,
      AlertingDeliveriesQueue: 4 * DAY,
      AlertingDeliveriesDeadLetters: 14 * DAY,
      MailEventsQueue: 4 * DAY,
      MailEventsQueueDeadLetters: 14 * DAY,
      MatchingArticlesDeadLetters: 14 * DAY,
      AlertingAlertsGivenUp: 14 * DAY,
      PollingEachMinuteUndelivered: 14 * DAY,
      AlertingEachFiveMinutesUndelivered: 14 * DAY,
    });
  });

  it.each([
    ['PollingPollsQueue', 'PollingPollsDeadLetters', 'poll-feeds'],
    ['MatchingArticlesQueue', 'MatchingArticlesDeadLetters', 'match-articles'],
    ['AlertingDeliveriesQueue', 'AlertingDeliveriesDeadLetters', 'deliver-alerts'],
    ['MailEventsQueue', 'MailEventsQueueDeadLetters', 'mail-events'],
  ] as const)(
    '%s hides a message for six runs of its function, and sets it aside after fifty receives, which take nine hours at least',
    (name, deadLetters, consumer) => {
      const { VisibilityTimeout, RedrivePolicy } = queues()[name] as {
        VisibilityTimeout: number;
        RedrivePolicy: { maxReceiveCount: number; deadLetterTargetArn: { 'Fn::GetAtt': [string, string] } };
      };

      expect(VisibilityTimeout).toBe(6 * Number(functionOf(templateOf(), consumer)['Timeout']));
      expect(RedrivePolicy.maxReceiveCount).toBe(50);
      expect(withoutHash(RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0])).toBe(deadLetters);
    },
  );
});

describe('work is handed', () => {
  const mappingOf = (consumer: FunctionName): Resource['Properties'] => {
    const template = templateOf();
    const [found] = resources(template, 'AWS::Lambda::EventSourceMapping').filter(([, { Properties }]) => {
      const { Ref } = Properties['FunctionName'] as { Ref: string };
      const { Properties: fn } = resources(template, 'AWS::Lambda::Function').find(([id]) => id === Ref)![1];
      return functionName(template, fn) === consumer;
    });
    return found![1].Properties;
  };
  const sourceOf = (consumer: FunctionName): string =>
    JSON.stringify(mappingOf(consumer)['EventSourceArn']).replace(/([A-Za-z]+)[0-9A-F]{8}/g, '$1');

  it('to poll-feeds, four messages at once: times 13 feeds about fifty documents in memory', () => {
    expect(mappingOf('poll-feeds')).toMatchObject({ BatchSize: 4, ScalingConfig: { MaximumConcurrency: 2 } });
    expect(sourceOf('poll-feeds')).toContain('PollingPollsQueue');
  });

  it('to match-articles, ten articles at once, waiting two seconds for a batch to fill', () => {
    expect(mappingOf('match-articles')).toMatchObject({
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 2,
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    expect(sourceOf('match-articles')).toContain('MatchingArticlesQueue');
  });

  it('to deliver-alerts, in batches of ten, two at once', () => {
    expect(mappingOf('deliver-alerts')).toMatchObject({ BatchSize: 10, ScalingConfig: { MaximumConcurrency: 2 } });
    expect(sourceOf('deliver-alerts')).toContain('AlertingDeliveriesQueue');
  });

  it('to mail-events, in batches of ten, two at once', () => {
    expect(mappingOf('mail-events')).toMatchObject({ BatchSize: 10, ScalingConfig: { MaximumConcurrency: 2 } });
    expect(sourceOf('mail-events')).toContain('MailEventsQueue');
  });

  it.each([
    // All that a new account is allowed: two readers a queue, two schedules, the stream, the API.
    [10, 2, 1],
    [15, 2, 1],
    [16, 3, 2],
    [66, 19, 2],
    // More than twenty would ask too many publishers at once.
    [67, 20, 2],
    [1_000, 20, 2],
  ])(
    'where %d functions may run at once, to %d of each queue and %d for each shard of the stream',
    (total, perQueue, perShard) => {
      const template = templateOf({ aws: { ...defaultSettings.aws, concurrency: total } });
      const mappings = resources(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
      // mail-events, which is short, gets no more than the fewest that SQS allows.
      const queues = mappings
        .filter(({ EventSourceArn }) => !JSON.stringify(EventSourceArn).includes('MailEvents'))
        .flatMap(({ ScalingConfig }) => ScalingConfig ?? []);
      const shards = mappings.flatMap(({ ParallelizationFactor }) => ParallelizationFactor ?? []);

      expect(concurrencyOf(total)).toEqual({ perQueue, perShard });
      expect(queues).toHaveLength(3);
      expect(queues).toEqual(queues.map(() => ({ MaximumConcurrency: perQueue })));
      expect(shards).toEqual([perShard]);
    },
  );

  it.each([12, 13, 16, 17, 67, 1_000])('to no more than %d functions at once, mail-events included', (total) => {
    const { perQueue, perShard } = concurrencyOf(total);

    expect(3 * perQueue + perShard + ['schedule-polls', 'sweep', 'api'].length + 2).toBeLessThanOrEqual(total);
  });

  it('to no more functions at once than a new account is allowed, but for the two readers of mail events', () => {
    const { perQueue, perShard } = concurrencyOf(defaultSettings.aws.concurrency);

    expect(3 * perQueue + perShard + ['schedule-polls', 'sweep', 'api'].length).toBeLessThanOrEqual(10);
  });

  it('to send-alerts, 25 matches at once, from the oldest record on, for six hours and nine tries at most', () => {
    expect(mappingOf('send-alerts')).toMatchObject({
      BatchSize: 25,
      StartingPosition: 'TRIM_HORIZON',
      ParallelizationFactor: 1,
      MaximumRetryAttempts: 8,
      MaximumRecordAgeInSeconds: 6 * HOUR,
    });
    expect(sourceOf('send-alerts')).toContain('StreamArn');
  });

  it.each([
    ['schedule-polls', 'rate(1 minute)', MINUTE],
    ['sweep', 'rate(5 minutes)', 5 * MINUTE],
  ])('to %s by the clock, %s; a call that is late by more is made up for by the next', (name, rate, latest) => {
    const template = templateOf();
    const schedules = resources(template, 'AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties);
    const schedule = schedules.find(({ ScheduleExpression }) => ScheduleExpression === rate);
    const target = schedule?.['Target'] as {
      Arn: { 'Fn::GetAtt': [string, string] };
      Input: string;
      RetryPolicy: object;
      DeadLetterConfig: object;
    };
    const called = resources(template, 'AWS::Lambda::Function').find(([id]) => id === target.Arn['Fn::GetAtt'][0]);

    expect(schedule?.['State']).toBe('ENABLED');
    expect(functionName(template, called![1].Properties)).toBe(name);
    expect(target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: latest, MaximumRetryAttempts: 3 });
    expect(JSON.parse(target.Input)).toEqual({ time: '<aws.scheduler.scheduled-time>' });
    expect(target.DeadLetterConfig).toBeDefined();
  });
});

describe('an alarm', () => {
  type Row = readonly [
    metric: string,
    statistic: string,
    period: number,
    threshold: number,
    periods: number,
    missing: string,
  ];
  const alarms = (template = templateOf()): Record<string, Row> =>
    Object.fromEntries(
      resources(template, 'AWS::CloudWatch::Alarm').map(([, { Properties: alarm }]) => [
        String(alarm['AlarmName']).replace('Tocsin-', ''),
        [
          `${serviceOf(alarm)}${alarm['MetricName']}`,
          alarm['Statistic'],
          alarm['Period'],
          alarm['Threshold'],
          alarm['EvaluationPeriods'],
          alarm['TreatMissingData'],
        ] as unknown as Row,
      ]),
    );

  /** What it looks at: our own service by its name, others by their construct. */
  const serviceOf = (alarm: Resource['Properties']): string => {
    const [dimension] = (alarm['Dimensions'] as { Name: string; Value: unknown }[]).filter(
      ({ Name }) => Name !== 'stack',
    );
    const value = dimension!.Value;
    if (typeof value === 'string') return `${value} `;
    const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
    return `${withoutHash(Ref ?? attribute![0])} `;
  };

  const EVERY_FIVE = 5 * MINUTE;
  const silent = 'notBreaching';

  it.each<[string, Row]>([
    // Two intervals of five minutes; twice in a row. No figure means that the schedule stands still.
    ['oldest-due-feed', ['schedule-polls OldestDueFeedSeconds', 'Maximum', EVERY_FIVE, 10 * MINUTE, 2, 'breaching']],
    // Three sweeps in a row. No figure means that the sweep stands still.
    ['oldest-pending-alert', ['sweep OldestPendingAlertSeconds', 'Maximum', EVERY_FIVE, 15 * MINUTE, 3, 'breaching']],
    // Three periods in a row: on average more than one failure in two batches, of which the smallest has one record.
    ...(['poll-feeds', 'match-articles', 'send-alerts', 'deliver-alerts', 'mail-events'] as const).map(
      (name): [string, Row] => [
        `${name}-records-failed`,
        [`${name} RecordsFailed`, 'Average', EVERY_FIVE, 0.5, 3, silent],
      ],
    ),
    ['topics-skipped', ['match-articles TopicsSkipped', 'Sum', EVERY_FIVE, 0, 1, silent]],
    ['alerts-failed', ['deliver-alerts AlertsFailed', 'Sum', EVERY_FIVE, 0, 1, silent]],
    ['alerts-failed-in-sweep', ['sweep AlertsFailed', 'Sum', EVERY_FIVE, 0, 1, silent]],
    ...(
      [
        ['poll-dead-letters', 'PollingPollsDeadLetters'],
        ['article-dead-letters', 'MatchingArticlesDeadLetters'],
        ['delivery-dead-letters', 'AlertingDeliveriesDeadLetters'],
        ['mail-events-dead-letters', 'MailEventsQueueDeadLetters'],
        ['alerts-given-up', 'AlertingAlertsGivenUp'],
        ['schedule-polls-undelivered', 'PollingEachMinuteUndelivered'],
        ['sweep-undelivered', 'AlertingEachFiveMinutesUndelivered'],
      ] as const
    ).map(([name, queue]): [string, Row] => [
      name,
      [`${queue} ApproximateNumberOfMessagesVisible`, 'Maximum', MINUTE, 0, 1, silent],
    ]),
    ...(
      [
        ['schedule-polls', 'PollingSchedulePollsFunction'],
        ['poll-feeds', 'PollingPollFeedsFunction'],
        ['match-articles', 'MatchingMatchArticlesFunction'],
        ['send-alerts', 'AlertingSendAlertsFunction'],
        ['deliver-alerts', 'AlertingDeliverAlertsFunction'],
        ['sweep', 'AlertingSweepFunction'],
        ['api', 'ApiFunction'],
        ['public-links', 'ApiPublicLinksFunction'],
        ['mail-events', 'MailEventsFunction'],
        ['output-feeds', 'ApiOutputFeedsFunction'],
      ] as const
    ).flatMap(([name, fn]): [string, Row][] => [
      // One failed run is retried by its source; two periods in a row are a failure.
      [`${name}-errors`, [`${fn} Errors`, 'Sum', EVERY_FIVE, 0, 2, silent]],
      // A burst may be refused and is retried by its source.
      [`${name}-throttles`, [`${fn} Throttles`, 'Sum', EVERY_FIVE, 0, 3, silent]],
    ]),
  ])('%s', (name, expected) => {
    expect(alarms()[name]).toEqual(expected);
  });

  it('is one of those above, rings when its figure is exceeded, and tells operators when it begins and when it ends', () => {
    const all = resources(templateOf(), 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    const operators = [{ Ref: expect.stringMatching(/^OperationsTopic/) }];

    expect(Object.keys(alarms())).toHaveLength(37);
    for (const alarm of all) {
      expect(alarm).toMatchObject({ ComparisonOperator: 'GreaterThanThreshold' });
      expect([alarm['AlarmActions'], alarm['OKActions']]).toEqual([operators, operators]);
      expect(JSON.stringify(alarm['Namespace'])).toMatch(/^"(?:Tocsin|AWS\/Lambda|AWS\/SQS)"$/);
    }
  });

  it.each([
    ['oldest-due-feed', /due for more than two intervals, or the schedule stands still/],
    ['oldest-pending-alert', /waited for more than 15 minutes, or the sweep stands still/],
    ['topics-skipped', /too costly for a document/],
    ['alerts-failed', /delivery was given up for good/],
    ['alerts-failed-in-sweep', /delivery was given up for good/],
    ['poll-dead-letters', /given up after its last try and waits for a human/],
    ['sweep-undelivered', /given up after its last try and waits for a human/],
    ['poll-feeds-errors', /^poll-feeds fails\./],
    [
      'poll-feeds-records-failed',
      /^For 15 minutes, more than one record in every two batches of poll-feeds has failed\. /,
    ],
    ['api-throttles', /^api is refused for lack of concurrency; work is late\./],
  ])('says what has happened and where to read on: %s', (name, what) => {
    const texts = resources(templateOf(), 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    const text = String(texts.find(({ AlarmName }) => AlarmName === `Tocsin-${name}`)?.['AlarmDescription']);

    expect(text).toMatch(what);
    expect(text.endsWith(` See docs/runbook.md, "${name}".`)).toBe(true);
  });

  it('looks at the figures of its own stack only', () => {
    const second = newStack({}, '{}', { stackName: 'Second' });
    const ours = resources(Template.fromStack(second), 'AWS::CloudWatch::Alarm').filter(
      ([, { Properties }]) => Properties['Namespace'] === 'Tocsin',
    );

    expect(ours.length).toBeGreaterThan(0);
    for (const [, { Properties }] of ours)
      expect(Properties['Dimensions']).toContainEqual({ Name: 'stack', Value: 'Second' });
    const { DashboardBody } = onlyOne(Template.fromStack(second), 'AWS::CloudWatch::Dashboard');
    expect(JSON.stringify(DashboardBody)).toMatch(/stack[\\",]+Second/);
    expect(variablesOf(Template.fromStack(second), 'sweep')['TOCSIN_STACK']).toBe('Second');
  });

  it('on late feeds follows the interval that the settings say', () => {
    const hourly = templateOf({ poll: { ...defaultSettings.poll, everyMinutes: 60 } });

    expect(alarms(hourly)['oldest-due-feed']?.[3]).toBe(2 * HOUR);
  });
});

describe('the dashboard', () => {
  /** Each dimension is its name and its value; `service` comes before `stack`. */
  type Line = readonly [namespace: string, metric: string, dimension: string, of: string, ...unknown[]];
  interface Widget {
    readonly type: string;
    readonly width: number;
    readonly properties: { readonly title?: string; readonly markdown?: string; readonly metrics?: readonly Line[] };
  }
  const dashboard = () => onlyOne(templateOf(), 'AWS::CloudWatch::Dashboard');
  const widgets = (): readonly Widget[] => {
    const { 'Fn::Join': joined } = dashboard()['DashboardBody'] as { 'Fn::Join': [string, unknown[]] };
    const body = joined[1].map((part) =>
      typeof part === 'string' ? part : withoutHash((part as { Ref: string }).Ref),
    );
    return JSON.parse(body.join('')).widgets;
  };
  const lineOf = ([, metric, , of, ...rest]: Line): string => {
    const { stat, yAxis = 'left' } = rest.at(-1) as { stat: string; yAxis?: string };
    return `${yAxis}: ${stat} of ${of} ${metric}`;
  };

  it('is named for its stack, and begins with the way to the runbook over its whole width', () => {
    const [first] = widgets();

    expect(dashboard()['DashboardName']).toBe('Tocsin-overview');
    expect(first).toMatchObject({ type: 'text', width: 24, height: 2 });
    expect(first?.properties.markdown).toBe('# Tocsin\nWhat each alarm means and what to do: docs/runbook.md');
  });

  // Counts are sums; an age is the oldest. What has another unit stands on the right.
  it('draws these figures, two charts side by side', () => {
    const charts = widgets().slice(1);

    expect(charts.map(({ properties }) => [properties.title, ...(properties.metrics ?? []).map(lineOf)])).toEqual([
      [
        'Table: capacity used',
        'left: Sum of StorageTable ConsumedReadCapacityUnits',
        'right: Sum of StorageTable ConsumedWriteCapacityUnits',
      ],
      [
        'Articles matched and not; matches stored',
        'left: Sum of match-articles ArticlesMatched',
        'left: Sum of match-articles ArticlesUnmatched',
        'left: Sum of match-articles MatchesStored',
      ],
      ['Pages that could not be extracted', 'left: Sum of match-articles ExtractionsFailed'],
      [
        'Feeds polled',
        'left: Sum of poll-feeds FeedsUnchanged',
        'left: Sum of poll-feeds FeedsChanged',
        'left: Sum of poll-feeds FeedsFailed',
      ],
      [
        'New items; age of the oldest due feed (s)',
        'left: Sum of poll-feeds ItemsNew',
        'right: Maximum of schedule-polls OldestDueFeedSeconds',
      ],
      [
        'Alerts',
        'left: Sum of deliver-alerts AlertsSent',
        'left: Sum of sweep AlertsSent',
        'left: Sum of deliver-alerts AlertsFailed',
        'left: Sum of sweep AlertsFailed',
        'left: Sum of deliver-alerts AlertsSuppressed',
        'left: Sum of sweep AlertsSuppressed',
      ],
      [
        'Found by the sweep; age of the oldest pending alert (s)',
        'left: Sum of sweep SweepFound',
        'right: Maximum of sweep OldestPendingAlertSeconds',
      ],
    ]);
    expect(new Set(charts.map(({ width }) => width))).toEqual(new Set([12]));
  });
});

describe('the table', () => {
  it('has its keys and indexes, each with what it must hold', () => {
    const table = onlyOne(templateOf(), 'AWS::DynamoDB::Table');
    const keys = (partition: string, sort: string) => [
      { AttributeName: partition, KeyType: 'HASH' },
      { AttributeName: sort, KeyType: 'RANGE' },
    ];

    expect(table['KeySchema']).toEqual(keys('pk', 'sk'));
    expect(table['GlobalSecondaryIndexes']).toEqual([
      { IndexName: 'related', KeySchema: keys('relatedTo', 'relatedAt'), Projection: { ProjectionType: 'KEYS_ONLY' } },
      { IndexName: 'listed', KeySchema: keys('listedIn', 'listedAt'), Projection: { ProjectionType: 'KEYS_ONLY' } },
      {
        IndexName: 'pending',
        KeySchema: keys('pendingShard', 'dueAt'),
        // The sweep leaves expired entries out without reading them.
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['expiresAt'] },
      },
    ]);
  });
});

describe('the deploy', () => {
  it('waits for configure for longer than it may run', () => {
    const files = onlyOne(templateOf(), 'Custom::TocsinConfiguration');

    expect(Number(files['ServiceTimeout'])).toBe(20 * MINUTE);
    expect(Number(files['ServiceTimeout'])).toBeGreaterThan(Number(functionOf(templateOf(), 'configure')['Timeout']));
    expect(JSON.stringify(files['ServiceToken'])).toContain('ConfigurationConfigureFunction');
  });

  it.each([
    [1, 1],
    [30, 30],
    [31, 60],
    [4_000, 3_653],
  ])('keeps logs of %i days for %i, the next that CloudWatch offers', (asked, kept) => {
    const template = templateOf({ aws: { ...defaultSettings.aws, logRetentionDays: asked } });
    const days = resources(template, 'AWS::Logs::LogGroup').map(([, { Properties }]) => Properties['RetentionInDays']);

    expect(new Set(days)).toEqual(new Set([kept]));
  });
});
