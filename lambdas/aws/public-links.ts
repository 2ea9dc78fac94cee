// What public-links is given on AWS.
import { createTelemetry } from '../../adapters/log/powertools.ts';
import { wallClock } from '../../adapters/wall-clock.ts';
import type { Environment } from '../../shared/core/environment.ts';
import { settingsFrom } from '../environment.ts';
import type { PublicLinksDependencies } from '../public-links.ts';
import { storesFrom } from './stores.ts';

export function fromEnvironment(env: Environment): PublicLinksDependencies {
  const telemetry = createTelemetry('public-links');
  return {
    ...telemetry,
    ...storesFrom(env, telemetry.log),
    clock: wallClock,
    settings: settingsFrom(env),
  };
}
