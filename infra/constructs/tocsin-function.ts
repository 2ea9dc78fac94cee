// One Lambda function: its role (no managed policies), its log group, its bundle, its alarms. Grants are made by the owner of the resource.
import { join } from 'node:path';
import { type Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, RecursiveLoop, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ENVIRONMENT, type EnvironmentName } from '../../lambdas/environment.ts';
import { listed } from '../../shared/alerts/wording.ts';
import type { FunctionName } from '../bundle.ts';

export interface TocsinFunctionProps {
  readonly name: FunctionName;
  readonly description: string;
  /** Folder that holds one folder per function, made by bundleFunctions. */
  readonly bundles: string;
  readonly timeout: Duration;
  /** MB; CPU comes in proportion. @default 256 */
  readonly memoryMb?: number;
  readonly logRetention: RetentionDays;
  /**
   * It sends messages to the queue that it works on, and has a bound of its own on how often one comes again. Lambda would stop the chain after
   * about sixteen rounds, as if it were a mistake that never ends. @default false
   */
  readonly feedsItself?: boolean;
}

export class TocsinFunction extends Construct {
  readonly fn: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: TocsinFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Tocsin ${props.name}`,
    });
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    this.fn = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(join(props.bundles, props.name)),
      role: this.role,
      logGroup,
      timeout: props.timeout,
      memorySize: props.memoryMb ?? 256,
      ...(props.feedsItself === true ? { recursiveLoop: RecursiveLoop.ALLOW } : {}),
      // rss-parser still calls url.parse(), and Node would say so at each cold start.
      environment: { NODE_OPTIONS: '--disable-warning=DEP0169' },
    });
  }

  /** Sets variables by their name in lambdas/environment.ts. */
  setEnvironment(values: Partial<Record<EnvironmentName, string>>): void {
    for (const [name, value] of Object.entries(values)) {
      this.fn.addEnvironment(ENVIRONMENT[name as EnvironmentName], value);
    }
  }

  allow(actions: readonly string[], resources: readonly string[], conditions?: Record<string, unknown>): void {
    this.role.addToPolicy(
      new PolicyStatement({
        actions: [...actions],
        resources: [...resources],
        ...(conditions === undefined ? {} : { conditions }),
      }),
    );
  }

  /** Actions that IAM cannot restrict to resources. */
  allowOnAll(actions: readonly string[]): void {
    this.allow(actions, ['*']);
    Validations.of(this.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: `${listed(actions)} ${actions.length === 1 ? 'knows' : 'know'} no resources; see the Service Authorization Reference.`,
    });
  }
}
