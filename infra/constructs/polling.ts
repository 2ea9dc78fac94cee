// schedule-polls each minute, the poll queue, poll-feeds. Nothing here may send mail, publish, or read a secret.

import { Duration } from 'aws-cdk-lib';
import { Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MINUTE_SECONDS } from '../../shared/core/time.ts';
import { concurrencyOf } from '../concurrency.ts';
import { FunctionSchedule } from './function-schedule.ts';
import { QueueWithDeadLetters } from './queue-with-dead-letters.ts';
import type { Subsystem } from './subsystem.ts';
import { TocsinFunction } from './tocsin-function.ts';

/** 25 feeds, 13 at a time, each waiting for its host's turn and asking for up to 20 s: 160 s, and what reading takes. */
const POLL_TIMEOUT = Duration.seconds(180);
const TURN_WAIT = Duration.seconds(60);

export interface PollingProps extends Subsystem {
  readonly articleQueue: Queue;
}

export class Polling extends Construct {
  readonly queue: Queue;
  readonly schedulePolls: TocsinFunction;
  readonly pollFeeds: TocsinFunction;

  constructor(scope: Construct, id: string, props: PollingProps) {
    super(scope, id);
    const polls = new QueueWithDeadLetters(this, 'Polls', { consumerTimeout: POLL_TIMEOUT });
    const { queue } = polls;
    this.queue = queue;

    this.schedulePolls = new TocsinFunction(this, 'SchedulePolls', {
      name: 'schedule-polls',
      description: 'Each minute: puts one message per due batch of feeds on the poll queue',
      bundles: props.bundles,
      timeout: Duration.seconds(50),
      logRetention: props.logRetention,
    });
    props.storage.grant(this.schedulePolls, 'schedule-polls');
    queue.grantSendMessages(this.schedulePolls.role);
    this.schedulePolls.setEnvironment({ ...props.environment, pollQueueUrl: queue.queueUrl });
    new FunctionSchedule(this, 'EachMinute', {
      every: Duration.minutes(1),
      fn: this.schedulePolls.fn,
      operations: props.operations,
      name: 'schedule-polls-undelivered',
    });

    this.pollFeeds = new TocsinFunction(this, 'PollFeeds', {
      name: 'poll-feeds',
      description: 'Polls a batch of feeds: conditional GET, parse, new items to the article queue',
      bundles: props.bundles,
      timeout: POLL_TIMEOUT,
      memoryMb: 512,
      logRetention: props.logRetention,
    });
    props.storage.grant(this.pollFeeds, 'poll-feeds');
    props.articleQueue.grantSendMessages(this.pollFeeds.role);
    polls.giveTo(this.pollFeeds);
    this.pollFeeds.setEnvironment({
      ...props.environment,
      articleQueueUrl: props.articleQueue.queueUrl,
      turnWaitSeconds: String(TURN_WAIT.toSeconds()),
    });
    this.pollFeeds.fn.addEventSource(
      new SqsEventSource(queue, {
        batchSize: 4, // times poll.concurrency: about fifty documents in memory at once
        reportBatchItemFailures: true,
        maxConcurrency: concurrencyOf(props.settings.aws.concurrency).perQueue, // bounds how many publishers are asked at once, and the cost of a storm
      }),
    );

    this.observe(props, polls.deadLetters);
  }

  private observe({ operations, settings }: PollingProps, deadLetters: Queue): void {
    operations.watchFunction('schedule-polls', this.schedulePolls.fn);
    operations.watchFunction('poll-feeds', this.pollFeeds.fn);
    operations.watchRecords('poll-feeds');
    operations.watchDeadLetters('poll-dead-letters', deadLetters);
    operations.watch({
      name: 'oldest-due-feed',
      metric: operations.metric('schedule-polls', 'oldestDueFeedSeconds', Stats.MAXIMUM),
      threshold: settings.poll.everyMinutes * MINUTE_SECONDS * 2,
      missing: TreatMissingData.BREACHING, // no figure means that the schedule itself stands still
      periods: 2,
      why: 'A feed has been due for more than two intervals, or the schedule stands still: silence proves nothing now.',
    });
    operations.chart('Feeds polled', [
      operations.metric('poll-feeds', 'feedsUnchanged', Stats.SUM),
      operations.metric('poll-feeds', 'feedsChanged', Stats.SUM),
      operations.metric('poll-feeds', 'feedsFailed', Stats.SUM),
    ]);
    operations.chart(
      'New items; age of the oldest due feed (s)',
      [operations.metric('poll-feeds', 'itemsNew', Stats.SUM)],
      [operations.metric('schedule-polls', 'oldestDueFeedSeconds', Stats.MAXIMUM)],
    );
  }
}
