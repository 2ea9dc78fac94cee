// What the operator sees: the operations topic, the alarms and the dashboard. Each alarm has an article in docs/runbook.md under its name.
import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  Stats,
  TextWidget,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE, METRICS } from '../../shared/core/metrics.ts';

export interface OperationsProps {
  /** Gets a mail for each alarm; null for none. */
  readonly email: string | null;
}

interface AlarmSpec {
  /** Stable: the runbook's heading. */
  readonly name: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** Periods in a row. @default 1 */
  readonly periods?: number;
  /** `breaching` where silence itself is the fault. @default notBreaching */
  readonly missing?: TreatMissingData;
  readonly why: string;
}

/** Records of a batch that fail on average: in an outage at least one, since even the smallest batch has one. */
const FAILED_PER_BATCH = 0.5;

const RUNBOOK = 'docs/runbook.md';

export class Operations extends Construct {
  readonly topic: Topic;
  private readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { displayName: 'Tocsin operations', enforceSSL: true });
    // A policy of its own takes the place of the one a topic has by default, which let alarms in.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (props.email !== null) this.topic.addSubscription(new EmailSubscription(props.email));
    this.dashboard = new Dashboard(this, 'Dashboard', { dashboardName: `${Stack.of(this).stackName}-overview` });
    this.dashboard.addWidgets(
      new TextWidget({ markdown: `# Tocsin\nWhat each alarm means and what to do: ${RUNBOOK}`, width: 24, height: 2 }),
    );
  }

  /** One of our own metrics, as the function `service` of this stack emits it: another stack's figures must not hide that it is silent. */
  metric(service: string, name: keyof typeof METRICS, statistic: string, period = Duration.minutes(5)): Metric {
    return new Metric({
      namespace: METRIC_NAMESPACE,
      metricName: METRICS[name],
      dimensionsMap: { service, stack: Stack.of(this).stackName },
      statistic,
      period,
    });
  }

  watch(spec: AlarmSpec): void {
    const alarm = new Alarm(this, spec.name, {
      alarmName: `${Stack.of(this).stackName}-${spec.name}`,
      alarmDescription: `${spec.why} See ${RUNBOOK}, "${spec.name}".`,
      metric: spec.metric,
      threshold: spec.threshold,
      evaluationPeriods: spec.periods ?? 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: spec.missing ?? TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
  }

  watchFunction(name: string, fn: LambdaFunction): void {
    this.watch({
      name: `${name}-errors`,
      metric: fn.metricErrors({ period: Duration.minutes(5), statistic: Stats.SUM }),
      threshold: 0,
      periods: 2, // one failed run is retried by its queue or schedule; two periods in a row are a failure
      why: `${name} fails.`,
    });
    this.watch({
      name: `${name}-throttles`,
      metric: fn.metricThrottles({ period: Duration.minutes(5), statistic: Stats.SUM }),
      threshold: 0,
      periods: 3, // a burst may be throttled and is then retried by its source
      why: `${name} is refused for lack of concurrency; work is late.`,
    });
  }

  /** Of a function behind a queue or stream: it succeeds whatever becomes of its records, so its errors do not say that they fail. */
  watchRecords(service: string): void {
    this.watch({
      name: `${service}-records-failed`,
      // For each batch the number of its records that failed: one now and then among many batches is tried again and is no news.
      metric: this.metric(service, 'recordsFailed', Stats.AVERAGE),
      threshold: FAILED_PER_BATCH,
      periods: 3,
      why: `For 15 minutes, more than one record in every two batches of ${service} has failed. Each is tried again; work is late.`,
    });
  }

  watchDeadLetters(name: string, queue: Queue): void {
    this.watch({
      name,
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: Stats.MAXIMUM }),
      threshold: 0,
      why: 'Work was given up after its last try and waits for a human.',
    });
  }

  chart(title: string, left: readonly IMetric[], right: readonly IMetric[] = []): void {
    this.dashboard.addWidgets(new GraphWidget({ title, left: [...left], right: [...right], width: 12 }));
  }
}
