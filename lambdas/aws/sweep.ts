// What sweep is given on AWS.
import { createOperatorNotices } from '../../adapters/sns/operator-notices.ts';
import { createSnsSubscriptions } from '../../adapters/sns/subscriptions.ts';
import type { Environment } from '../../shared/core/environment.ts';
import { optionalVariable, requiredVariable } from '../environment.ts';
import type { SweepDependencies } from '../sweep.ts';
import { alertingFrom } from './alerting.ts';

export function fromEnvironment(env: Environment): SweepDependencies {
  const topicArn = optionalVariable(env, 'operationsTopicArn');
  return {
    ...alertingFrom(env, 'sweep'),
    snsSubscriptions: createSnsSubscriptions({ topicArn: requiredVariable(env, 'alertTopicArn') }),
    operators: topicArn === undefined ? null : createOperatorNotices({ topicArn }),
  };
}
