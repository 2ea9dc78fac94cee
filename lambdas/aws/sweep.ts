// What sweep is given on AWS.
import { createOperatorNotices } from '../../adapters/sns/operator-notices.ts';
import type { Environment } from '../../shared/core/environment.ts';
import { optionalVariable } from '../environment.ts';
import type { SweepDependencies } from '../sweep.ts';
import { alertingFrom } from './alerting.ts';

export function fromEnvironment(env: Environment): SweepDependencies {
  const topicArn = optionalVariable(env, 'operationsTopicArn');
  return {
    ...alertingFrom(env, 'sweep'),
    operators: topicArn === undefined ? null : createOperatorNotices({ topicArn }),
  };
}
