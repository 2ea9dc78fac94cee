// A schedule that calls a function with `{ time: <the scheduled instant> }`, with a dead-letter queue for calls it could not deliver.
import { type CfnElement, type Duration, Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { Operations } from './operations.ts';
import { deadLetterQueue } from './queue-with-dead-letters.ts';

export interface FunctionScheduleProps {
  readonly every: Duration;
  readonly fn: LambdaFunction;
  readonly operations: Operations;
  /** Name of the alarm on undelivered calls. */
  readonly name: string;
}

export class FunctionSchedule extends Construct {
  constructor(scope: Construct, id: string, props: FunctionScheduleProps) {
    super(scope, id);
    const undelivered = deadLetterQueue(this, 'Undelivered');
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${Stack.of(this).getLogicalId(props.fn.node.defaultChild as CfnElement)}.Arn>:*]`,
      reason: 'The versions and aliases of this one function; a grant to call a function always names them.',
    });
    new Schedule(this, 'Schedule', {
      schedule: ScheduleExpression.rate(props.every),
      target: new LambdaInvoke(props.fn, {
        input: ScheduleTargetInput.fromObject({ time: ContextAttribute.scheduledTime }),
        deadLetterQueue: undelivered,
        // A call that is late by more than an interval is made up for by the next one, which looks back itself.
        maxEventAge: props.every,
        retryAttempts: 3,
        role,
      }),
    });
    props.operations.watchDeadLetters(props.name, undelivered);
  }
}
