// What mail-events is given on AWS.
import { wallClock } from '../../adapters/wall-clock.ts';
import type { Environment } from '../../shared/core/environment.ts';
import type { MailEventsDependencies } from '../mail-events.ts';
import { failedMessagesFrom } from './failed-messages.ts';
import { storesFrom } from './stores.ts';
import { telemetryFrom } from './telemetry.ts';

export function fromEnvironment(env: Environment): MailEventsDependencies {
  const telemetry = telemetryFrom(env, 'mail-events');
  return {
    ...telemetry,
    ...storesFrom(env, telemetry.log),
    failedMessages: failedMessagesFrom(env),
    clock: wallClock,
  };
}
