// What output-feeds is given on AWS.
import { wallClock } from '../../adapters/wall-clock.ts';
import type { Environment } from '../../shared/core/environment.ts';
import { requiredVariable } from '../environment.ts';
import type { OutputFeedsDependencies } from '../output-feeds.ts';
import { storesFrom } from './stores.ts';
import { telemetryFrom } from './telemetry.ts';

export function fromEnvironment(env: Environment): OutputFeedsDependencies {
  const telemetry = telemetryFrom(env, 'output-feeds');
  const publicUrl = requiredVariable(env, 'publicUrl');
  return { ...telemetry, ...storesFrom(env, telemetry.log), publicUrl: () => publicUrl, clock: wallClock };
}
