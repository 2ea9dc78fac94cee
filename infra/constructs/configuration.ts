// Brings what stands under config/ into the table at each deploy that changes it. The files are checked and compiled at synth,
// so that a broken topic or feed list fails `cdk synth` with its line, not the deployment half way.
import { createHash } from 'node:crypto';
import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Subsystem } from './subsystem.ts';
import { TocsinFunction } from './tocsin-function.ts';

export interface ConfigurationProps extends Subsystem {
  readonly pollQueue: Queue;
  /** The compiled configuration that lies beside the function's bundle; its hash decides whether a deploy runs it. */
  readonly configuration: string;
}

export class Configuration extends Construct {
  readonly configure: TocsinFunction;

  constructor(scope: Construct, id: string, props: ConfigurationProps) {
    super(scope, id);
    this.configure = new TocsinFunction(this, 'Configure', {
      name: 'configure',
      description: 'On deploy: brings the files under config/ into the table',
      bundles: props.bundles,
      timeout: Duration.minutes(5),
      memoryMb: 512,
      logRetention: props.logRetention,
    });
    props.storage.grantConfiguring(this.configure);
    props.pollQueue.grantSendMessages(this.configure.role);
    this.configure.setEnvironment({ ...props.environment, pollQueueUrl: props.pollQueue.queueUrl });
    this.configure.fn.addPermission('CloudFormation', {
      principal: new ServicePrincipal('cloudformation.amazonaws.com'),
      sourceAccount: Stack.of(this).account,
    });
    const resource = new CustomResource(this, 'Files', {
      serviceToken: this.configure.fn.functionArn,
      resourceType: 'Custom::TocsinConfiguration',
      serviceTimeout: Duration.minutes(10),
      properties: { configurationHash: createHash('sha256').update(props.configuration).digest('hex') },
    });
    // The rights must be there before the first run.
    resource.node.addDependency(this.configure.role);
  }
}
