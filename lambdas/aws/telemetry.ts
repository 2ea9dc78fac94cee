// Log and metrics of a function on AWS, under its name and that of its stack.
import { createTelemetry, type Telemetry } from '../../adapters/log/powertools.ts';
import type { Environment } from '../../shared/core/environment.ts';
import { requiredVariable } from '../environment.ts';

export const telemetryFrom = (env: Environment, service: string): Telemetry =>
  createTelemetry(service, { stack: requiredVariable(env, 'stack') });
