// What schedule-polls is given on AWS.
import { createPollQueue } from '../../adapters/sqs/queues.ts';
import { wallClock } from '../../adapters/wall-clock.ts';
import type { Environment } from '../../shared/core/environment.ts';
import { requiredVariable, settingsFrom } from '../environment.ts';
import type { SchedulePollsDependencies } from '../schedule-polls.ts';
import { storesFrom } from './stores.ts';
import { telemetryFrom } from './telemetry.ts';

export function fromEnvironment(env: Environment): SchedulePollsDependencies {
  const telemetry = telemetryFrom(env, 'schedule-polls');
  return {
    ...telemetry,
    ...storesFrom(env, telemetry.log),
    pollQueue: createPollQueue({ queueUrl: requiredVariable(env, 'pollQueueUrl') }),
    clock: wallClock,
    settings: settingsFrom(env),
  };
}
