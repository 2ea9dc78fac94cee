// The one stack: each subsystem a construct, wired here and nowhere else.
import { Annotations, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Settings } from '../shared/model/settings.ts';
import { Alerting } from './constructs/alerting.ts';
import { Api, httpApi } from './constructs/api.ts';
import { Configuration } from './constructs/configuration.ts';
import { MailEvents } from './constructs/mail-events.ts';
import { Matching } from './constructs/matching.ts';
import { Operations } from './constructs/operations.ts';
import { Polling } from './constructs/polling.ts';
import { Storage } from './constructs/storage.ts';
import type { Subsystem } from './constructs/subsystem.ts';

export interface TocsinStackProps extends StackProps {
  readonly settings: Settings;
  /** The compiled configuration, as it lies beside the configure bundle. */
  readonly configuration: string;
  /** Folder of the bundles, made by bundleFunctions. */
  readonly bundles: string;
}

export class TocsinStack extends Stack {
  constructor(scope: Construct, id: string, props: TocsinStackProps) {
    super(scope, id, { description: 'Tocsin: an open news monitor', ...props });
    const { settings, bundles, configuration } = props;
    const logRetention = retention(settings.aws.logRetentionDays);
    const operations = new Operations(this, 'Operations', { email: settings.aws.operationsEmail });
    const storage = new Storage(this, 'Storage', { deletionProtection: settings.aws.deletionProtection, operations });
    const subsystem: Subsystem = {
      storage,
      operations,
      settings,
      bundles,
      logRetention,
      environment: { table: storage.table.tableName, stack: this.stackName, settings: JSON.stringify(settings) },
    };
    const http = httpApi(this, logRetention);
    const matching = new Matching(this, 'Matching', subsystem);
    const polling = new Polling(this, 'Polling', { ...subsystem, articleQueue: matching.queue });
    const mailEvents = new MailEvents(this, 'MailEvents', subsystem);
    const alerting = new Alerting(this, 'Alerting', { ...subsystem, publicUrl: http.apiEndpoint, mailEvents });
    const api = new Api(this, 'Api', {
      ...subsystem,
      httpApi: http,
      pollQueue: polling.queue,
      deliveryQueue: alerting.deliveries,
      alertTopic: alerting.topic,
      mailEvents,
    });
    new Configuration(this, 'Configuration', {
      ...subsystem,
      pollQueue: polling.queue,
      alertTopic: alerting.topic,
      configuration,
      before: [operations, storage, http, matching, polling, mailEvents, alerting, api],
    });

    new CfnOutput(this, 'ApiUrl', {
      value: http.apiEndpoint,
      description: 'Requests are signed with IAM; the tocsin command does it',
    });
    new CfnOutput(this, 'AlertTopicArn', {
      value: alerting.topic.topicArn,
      description:
        'Every match and every alert is published here once; filter on type, topic, severity, language, source',
    });
    new CfnOutput(this, 'TableName', { value: storage.table.tableName });
    new CfnOutput(this, 'OperationsTopicArn', {
      value: operations.topic.topicArn,
      description: 'Alarms are published here',
    });
    new CfnOutput(this, 'Operators', { value: receiverOfAlarms(settings), description: 'Who receives alarms' });
    if (settings.aws.operationsEmail === null)
      Annotations.of(this).addWarningV2('tocsin:operators', receiverOfAlarms(settings));
    new CfnOutput(this, 'MailEventsTopicArn', {
      value: mailEvents.topic.topicArn,
      description: 'SES publishes here what became of the mails; nothing else should',
    });
    new CfnOutput(this, 'NextStep', {
      value:
        settings.mail.from === null
          ? `npm run tocsin -- subscribe sns-email you@example.org --topic troop-deployment --stack ${this.stackName}`
          : `npm run tocsin -- subscribe email you@example.org --topic troop-deployment --stack ${this.stackName}`,
      description: 'Add a subscription; then: npm run tocsin -- matches --stack NAME',
    });
  }
}

const receiverOfAlarms = ({ aws: { operationsEmail } }: Settings): string =>
  operationsEmail === null
    ? 'No address receives alarms: set aws.operationsEmail in config/tocsin.yaml and deploy again'
    : `${operationsEmail}, once the link in the mail from AWS Notifications has been opened; tocsin doctor shows whether it has`;

/** CloudWatch keeps logs for fixed numbers of days only: the shortest of them that is at least as long as asked. */
function retention(days: number): RetentionDays {
  const offered = Object.values(RetentionDays).filter((value): value is RetentionDays => typeof value === 'number');
  return Math.min(RetentionDays.TEN_YEARS, ...offered.filter((value) => value >= days));
}
