// What deliver-alerts is given on AWS.
import type { Environment } from '../../shared/core/environment.ts';
import type { DeliverAlertsDependencies } from '../deliver-alerts.ts';
import { alertingFrom } from './alerting.ts';
import { failedMessagesFrom } from './failed-messages.ts';

export const fromEnvironment = (env: Environment): DeliverAlertsDependencies => ({
  ...alertingFrom(env, 'deliver-alerts'),
  failedMessages: failedMessagesFrom(env),
});
