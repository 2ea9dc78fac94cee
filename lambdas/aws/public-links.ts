// What public-links is given on AWS.
import { wallClock } from '../../adapters/wall-clock.ts';
import type { Environment } from '../../shared/core/environment.ts';
import { settingsFrom } from '../environment.ts';
import type { PublicLinksDependencies } from '../public-links.ts';
import { channelSecretsFrom } from './channel-secrets.ts';
import { storesFrom } from './stores.ts';
import { telemetryFrom } from './telemetry.ts';

export function fromEnvironment(env: Environment): PublicLinksDependencies {
  const telemetry = telemetryFrom(env, 'public-links');
  return {
    ...telemetry,
    ...storesFrom(env, telemetry.log),
    clock: wallClock,
    channelSecrets: channelSecretsFrom(env),
    settings: settingsFrom(env),
  };
}
