// The SNS topic of the deployment, send-alerts on the table's stream, the delivery queue with deliver-alerts, and the sweep that finishes what they
// did not.

import { Duration, Validations } from 'aws-cdk-lib';
import { Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { PENDING_HIT_FILTER } from '../../adapters/dynamodb/stream-filter.ts';
import { MINUTE_SECONDS } from '../../shared/core/time.ts';
import { concurrencyOf } from '../concurrency.ts';
import { FunctionSchedule } from './function-schedule.ts';
import type { MailEvents } from './mail-events.ts';
import { deadLetterQueue, QueueWithDeadLetters } from './queue-with-dead-letters.ts';
import { allowChannelSecrets, allowMail } from './sending.ts';
import type { Subsystem } from './subsystem.ts';
import { TocsinFunction } from './tocsin-function.ts';

const SEND_TIMEOUT = Duration.seconds(60);
/** Ten alerts side by side, each with a provider that answers within 20 s. */
const DELIVER_TIMEOUT = Duration.seconds(60);
/** Just under the pace of the sweep, so that two sweeps do not meet. */
const SWEEP_TIMEOUT = Duration.seconds(280);

export interface AlertingProps extends Subsystem {
  /** Base of the public links, for the unsubscribe link in mails. */
  readonly publicUrl: string;
  readonly mailEvents: MailEvents;
}

export class Alerting extends Construct {
  readonly topic: Topic;
  readonly sendAlerts: TocsinFunction;
  readonly sweep: TocsinFunction;
  readonly deliverAlerts: TocsinFunction;
  /** Alerts to be tried. */
  readonly deliveries: Queue;
  private readonly lostDeliveries: Queue;
  private readonly givenUp: Queue;

  constructor(scope: Construct, id: string, props: AlertingProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Alerts', { displayName: 'Tocsin', enforceSSL: true });
    Validations.of(this.topic).acknowledge({
      id: 'AwsSolutions-SNS2',
      reason: 'Alerts quote public news; a customer key would cost more than the rest of a small deployment.',
    });
    this.givenUp = deadLetterQueue(this, 'AlertsGivenUp');
    const deliveries = new QueueWithDeadLetters(this, 'Deliveries', { consumerTimeout: DELIVER_TIMEOUT });
    this.deliveries = deliveries.queue;
    this.lostDeliveries = deliveries.deadLetters;

    this.sendAlerts = this.newSendAlerts(props);
    this.deliverAlerts = this.newDeliverAlerts(deliveries, props);
    this.sweep = this.newSweep(props);
    this.observe(props);
  }

  private newSendAlerts(props: AlertingProps): TocsinFunction {
    const sendAlerts = new TocsinFunction(this, 'SendAlerts', {
      name: 'send-alerts',
      description: 'Records the alerts of new hits, and of hits that gained matches, for each subscriber',
      bundles: props.bundles,
      timeout: SEND_TIMEOUT,
      logRetention: props.logRetention,
    });
    props.storage.grant(sendAlerts, 'send-alerts');
    sendAlerts.setEnvironment({ ...props.environment });
    this.queueDeliveries(sendAlerts, props);
    Validations.of(sendAlerts.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'dynamodb:ListStreams, which the event source of a stream needs, knows no resources.',
    });
    sendAlerts.fn.addEventSource(
      new DynamoEventSource(props.storage.table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 25,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        retryAttempts: 8, // the default, without end, would let one bad record block its shard until the stream forgets it
        maxRecordAge: Duration.hours(6),
        parallelizationFactor: concurrencyOf(props.settings.aws.concurrency).perShard,
        onFailure: new SqsDlq(this.givenUp),
        filters: [FilterCriteria.filter({ ...PENDING_HIT_FILTER })],
      }),
    );
    return sendAlerts;
  }

  private newDeliverAlerts(deliveries: QueueWithDeadLetters, props: AlertingProps): TocsinFunction {
    const deliverAlerts = new TocsinFunction(this, 'DeliverAlerts', {
      name: 'deliver-alerts',
      description: 'Sends alerts, at the pace that providers allow',
      bundles: props.bundles,
      timeout: DELIVER_TIMEOUT,
      logRetention: props.logRetention,
      feedsItself: true, // for what waits some minutes: each delivery's record says until when, and how often it was tried
    });
    props.storage.grant(deliverAlerts, 'deliver-alerts');
    this.allowSending(deliverAlerts, props);
    deliveries.giveTo(deliverAlerts);
    deliverAlerts.fn.addEventSource(
      new SqsEventSource(this.deliveries, {
        batchSize: 10,
        reportBatchItemFailures: true,
        maxConcurrency: concurrencyOf(props.settings.aws.concurrency).perQueue,
      }),
    );
    return deliverAlerts;
  }

  private newSweep(props: AlertingProps): TocsinFunction {
    const sweep = new TocsinFunction(this, 'Sweep', {
      name: 'sweep',
      description:
        'Every five minutes: finishes alerts that are still pending, closes digests, reports feeds that fail',
      bundles: props.bundles,
      timeout: SWEEP_TIMEOUT,
      logRetention: props.logRetention,
    });
    props.storage.grant(sweep, 'sweep');
    this.allowSending(sweep, props);
    // The state of e-mail subscriptions that SNS holds.
    sweep.allowOnAll(['sns:GetSubscriptionAttributes']);
    new FunctionSchedule(this, 'EachFiveMinutes', {
      every: Duration.minutes(5),
      fn: sweep.fn,
      operations: props.operations,
      name: 'sweep-undelivered',
    });
    return sweep;
  }

  private queueDeliveries(fn: TocsinFunction, { settings }: AlertingProps): void {
    this.deliveries.grantSendMessages(fn.role);
    fn.setEnvironment({ deliveryQueueUrl: this.deliveries.queueUrl });
    // They leave at the pace that the account is allowed.
    if (settings.mail.from !== null) fn.allowOnAll(['ses:GetAccount']);
  }

  private allowSending(fn: TocsinFunction, props: AlertingProps): void {
    const { environment, publicUrl, operations } = props;
    this.topic.grantPublish(fn.role);
    this.queueDeliveries(fn, props);
    // Operators are notified of feeds that fail, and of channels that are gone.
    operations.topic.grantPublish(fn.role);
    fn.setEnvironment({
      ...environment,
      alertTopicArn: this.topic.topicArn,
      operationsTopicArn: operations.topic.topicArn,
      publicUrl,
    });
    allowMail(fn, props);
    allowChannelSecrets(fn, 'read');
  }

  private observe({ operations }: AlertingProps): void {
    operations.watchFunction('send-alerts', this.sendAlerts.fn);
    operations.watchFunction('deliver-alerts', this.deliverAlerts.fn);
    operations.watchFunction('sweep', this.sweep.fn);
    operations.watchRecords('send-alerts');
    operations.watchRecords('deliver-alerts');
    operations.watchDeadLetters('delivery-dead-letters', this.lostDeliveries);
    operations.watchDeadLetters('alerts-given-up', this.givenUp);
    operations.watch({
      name: 'oldest-pending-alert',
      metric: operations.metric('sweep', 'oldestPendingAlertSeconds', Stats.MAXIMUM),
      threshold: 15 * MINUTE_SECONDS,
      missing: TreatMissingData.BREACHING, // no figure means that the sweep stands still
      periods: 3,
      why: 'An alert has waited for more than 15 minutes, or the sweep stands still.',
    });
    // An alarm each: what the delivery queue's function gives up, and what the sweep does.
    for (const [name, service] of [
      ['alerts-failed', 'deliver-alerts'],
      ['alerts-failed-in-sweep', 'sweep'],
    ] as const) {
      operations.watch({
        name,
        metric: operations.metric(service, 'alertsFailed', Stats.SUM),
        threshold: 0,
        why: 'A delivery was given up for good.',
      });
    }
    operations.chart('Alerts', [
      operations.metric('deliver-alerts', 'alertsSent', Stats.SUM),
      operations.metric('sweep', 'alertsSent', Stats.SUM),
      operations.metric('deliver-alerts', 'alertsFailed', Stats.SUM),
      operations.metric('sweep', 'alertsFailed', Stats.SUM),
      operations.metric('deliver-alerts', 'alertsSuppressed', Stats.SUM),
      operations.metric('sweep', 'alertsSuppressed', Stats.SUM),
    ]);
    operations.chart(
      'Found by the sweep; age of the oldest pending alert (s)',
      [operations.metric('sweep', 'sweepFound', Stats.SUM)],
      [operations.metric('sweep', 'oldestPendingAlertSeconds', Stats.MAXIMUM)],
    );
  }
}
