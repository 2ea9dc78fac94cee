// A queue never comes without its dead-letter queue.
import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MOST_RECEIVES } from '../../shared/core/message-retries.ts';
import type { TocsinFunction } from './tocsin-function.ts';

export interface QueueWithDeadLettersProps {
  /** Of the function that consumes it; the queue hides a message six times as long, as AWS advises for event source mappings. */
  readonly consumerTimeout: Duration;
}

export class QueueWithDeadLetters extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: QueueWithDeadLettersProps) {
    super(scope, id);
    this.deadLetters = deadLetterQueue(this, 'DeadLetters');
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(props.consumerTimeout.toSeconds() * 6),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MOST_RECEIVES },
    });
  }

  /** The function works on the messages: it receives them, hides those that failed until their next try, and sets aside what cannot succeed. */
  giveTo(consumer: TocsinFunction): void {
    this.queue.grantConsumeMessages(consumer.role);
    this.deadLetters.grantSendMessages(consumer.role);
    consumer.setEnvironment({ workQueueUrl: this.queue.queueUrl, deadLettersUrl: this.deadLetters.queueUrl });
  }
}

/** Keeps what was given up for 14 days, the longest SQS allows. */
export function deadLetterQueue(scope: Construct, id: string): Queue {
  const queue = new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'It is a dead-letter queue itself; of a schedule or an event source, which the check does not see.',
  });
  return queue;
}
