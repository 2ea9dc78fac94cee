// What send-alerts is given on AWS: it records and queues, and sends nothing.
import { createDeliveryQueue } from '../../adapters/sqs/queues.ts';
import { wallClock } from '../../adapters/wall-clock.ts';
import type { Environment } from '../../shared/core/environment.ts';
import { requiredVariable, settingsFrom } from '../environment.ts';
import type { SendAlertsDependencies } from '../send-alerts.ts';
import { sendQuotaFrom } from './send-quota.ts';
import { storesFrom } from './stores.ts';
import { telemetryFrom } from './telemetry.ts';

export function fromEnvironment(env: Environment): SendAlertsDependencies {
  const settings = settingsFrom(env);
  const telemetry = telemetryFrom(env, 'send-alerts');
  return {
    ...telemetry,
    ...storesFrom(env, telemetry.log),
    deliveryQueue: createDeliveryQueue({ queueUrl: requiredVariable(env, 'deliveryQueueUrl') }),
    sendQuota: sendQuotaFrom(settings, telemetry.log),
    clock: wallClock,
    settings,
  };
}
