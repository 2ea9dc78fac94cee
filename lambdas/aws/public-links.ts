// What public-links is given on AWS.
import { createTelemetry } from '../../adapters/log/powertools.ts';
import type { Environment } from '../environment.ts';
import type { PublicLinksDependencies } from '../public-links.ts';
import { storesFrom, systemClock } from './stores.ts';

export const fromEnvironment = (env: Environment): PublicLinksDependencies => ({
  ...createTelemetry('public-links'),
  ...storesFrom(env),
  clock: systemClock,
});
