// Brings what stands under config/ into the table at each deploy that changes it, and upgrades the table when the data version rises. The files are checked and compiled at synth,
// so that a broken topic or feed list fails `cdk synth` with its line, not the deployment half way.
import { createHash } from 'node:crypto';
import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct, type IConstruct } from 'constructs';
import { DATA_VERSION } from '../../shared/core/data-version.ts';
import type { Subsystem } from './subsystem.ts';
import { TocsinFunction } from './tocsin-function.ts';

export interface ConfigurationProps extends Subsystem {
  readonly pollQueue: Queue;
  readonly alertTopic: Topic;
  /** The compiled configuration that lies beside the function's bundle; its hash decides whether a deploy runs it. */
  readonly configuration: string;
  /** What a deploy has changed by then: when the last step fails, all of them go back while the table is as it was. */
  readonly before: readonly IConstruct[];
}

export class Configuration extends Construct {
  readonly configure: TocsinFunction;

  constructor(scope: Construct, id: string, props: ConfigurationProps) {
    super(scope, id);
    this.configure = new TocsinFunction(this, 'Configure', {
      name: 'configure',
      description: 'On deploy: brings the files under config/ into the table',
      bundles: props.bundles,
      timeout: Duration.minutes(15), // an upgrade may read the whole table
      memoryMb: 512,
      logRetention: props.logRetention,
    });
    props.storage.grant(this.configure, 'configure');
    props.pollQueue.grantSendMessages(this.configure.role);
    // The upgrade to data version 3 changes what SNS lets through to e-mail.
    this.configure.allow(['sns:ListSubscriptionsByTopic'], [props.alertTopic.topicArn]);
    this.configure.allowOnAll(['sns:GetSubscriptionAttributes', 'sns:SetSubscriptionAttributes']);
    this.configure.setEnvironment({
      ...props.environment,
      pollQueueUrl: props.pollQueue.queueUrl,
      alertTopicArn: props.alertTopic.topicArn,
    });
    this.configure.fn.addPermission('CloudFormation', {
      principal: new ServicePrincipal('cloudformation.amazonaws.com'),
      sourceAccount: Stack.of(this).account,
    });
    const resource = new CustomResource(this, 'Files', {
      serviceToken: this.configure.fn.functionArn,
      resourceType: 'Custom::TocsinConfiguration',
      serviceTimeout: Duration.minutes(20),
      properties: {
        configurationHash: createHash('sha256').update(props.configuration).digest('hex'),
        dataVersion: String(DATA_VERSION),
      },
    });
    // The rights must be there before the first run, and every function must be the new one before the table is upgraded.
    resource.node.addDependency(this.configure.role, ...props.before);
  }
}
