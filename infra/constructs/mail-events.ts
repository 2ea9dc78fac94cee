// Mails by SES: our own configuration set, and how we learn from SES what became of them: topic, queue, mail-events.
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import {
  ConfigurationSet,
  ConfigurationSetEventDestination,
  EmailSendingEvent,
  EventDestination,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { QueueWithDeadLetters } from './queue-with-dead-letters.ts';
import type { Subsystem } from './subsystem.ts';
import { TocsinFunction } from './tocsin-function.ts';

/** A digest may have hundreds of members, and each is a write. */
const TIMEOUT = Duration.seconds(30);

/** Not `Send`, which says no more than the answer to the request; opens and clicks are not tracked. */
const EVENTS = [
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.DELIVERY_DELAY,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.RENDERING_FAILURE,
];

export class MailEvents extends Construct {
  /** Null where no sender is set: then nothing is sent by SES. */
  readonly configurationSet: ConfigurationSet | null;
  readonly topic: Topic;
  readonly mailEvents: TocsinFunction;

  constructor(scope: Construct, id: string, props: Subsystem) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { displayName: 'Tocsin mail events', enforceSSL: true });
    Validations.of(this.topic).acknowledge({
      id: 'AwsSolutions-SNS2',
      reason:
        'Events are queued at once, encrypted; a customer key would cost more than the rest of a small deployment.',
    });
    this.configurationSet = props.settings.mail.from === null ? null : this.ownConfigurationSet();

    const events = new QueueWithDeadLetters(this, 'Queue', { consumerTimeout: TIMEOUT });
    this.topic.addSubscription(new SqsSubscription(events.queue, { rawMessageDelivery: true }));
    this.mailEvents = new TocsinFunction(this, 'MailEvents', {
      name: 'mail-events',
      description: 'Notes which mails were delivered, and suppresses addresses that bounce or complain',
      bundles: props.bundles,
      timeout: TIMEOUT,
      logRetention: props.logRetention,
    });
    props.storage.grant(this.mailEvents, 'mail-events');
    events.giveTo(this.mailEvents);
    this.mailEvents.setEnvironment(props.environment);
    this.mailEvents.fn.addEventSource(
      // As few as SQS allows: the events are short, and wait in their queue where nothing is left for them.
      new SqsEventSource(events.queue, { batchSize: 10, reportBatchItemFailures: true, maxConcurrency: 2 }),
    );
    props.operations.watchFunction('mail-events', this.mailEvents.fn);
    props.operations.watchRecords('mail-events');
    props.operations.watchDeadLetters('mail-events-dead-letters', events.deadLetters);
  }

  /** Of our own: what the account has by default would need rights that our functions do not have, and would report nothing to us. */
  private ownConfigurationSet(): ConfigurationSet {
    const set = new ConfigurationSet(this, 'ConfigurationSet');
    new ConfigurationSetEventDestination(this, 'ToTopic', {
      configurationSet: set,
      destination: EventDestination.snsTopic(this.topic),
      events: EVENTS,
    });
    return set;
  }
}

/** What may be sent with the set, besides the sender's identity. */
export function configurationSetArn(scope: Construct, set: ConfigurationSet): string {
  const { partition, region, account } = Stack.of(scope);
  return `arn:${partition}:ses:${region}:${account}:configuration-set/${set.configurationSetName}`;
}
