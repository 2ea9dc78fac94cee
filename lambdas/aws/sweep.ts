// What sweep is given on AWS.
import { createSnsSubscriptions } from '../../adapters/sns/subscriptions.ts';
import type { Environment } from '../../shared/core/environment.ts';
import { requiredVariable } from '../environment.ts';
import type { SweepDependencies } from '../sweep.ts';
import { alertingFrom } from './alerting.ts';

export function fromEnvironment(env: Environment): SweepDependencies {
  return {
    ...alertingFrom(env, 'sweep'),
    snsSubscriptions: createSnsSubscriptions({ topicArn: requiredVariable(env, 'alertTopicArn') }),
  };
}
