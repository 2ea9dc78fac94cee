// What the two functions that send alerts are given: the table, the SNS topic, SES where a sender is set.
import { createAlertPublisher } from '../../adapters/sns/alert-publisher.ts';
import { createOperatorNotices } from '../../adapters/sns/operator-notices.ts';
import { createDeliveryQueue } from '../../adapters/sqs/queues.ts';
import { wallClock } from '../../adapters/wall-clock.ts';
import { alertLinksUnder } from '../../shared/alerts/alert-links.ts';
import type { Environment } from '../../shared/core/environment.ts';
import type { AlertPorts } from '../../shared/usecases/alerting/alert-ports.ts';
import { optionalVariable, requiredVariable, settingsFrom } from '../environment.ts';
import type { SweepDependencies } from '../sweep.ts';
import { channelsFrom } from './channels.ts';
import { mailerFrom } from './mailer.ts';
import { sendQuotaFrom } from './send-quota.ts';
import { storesFrom } from './stores.ts';
import { telemetryFrom } from './telemetry.ts';

export function alertingFrom(env: Environment, service: 'deliver-alerts' | 'sweep') {
  const settings = settingsFrom(env);
  const topicArn = optionalVariable(env, 'operationsTopicArn');
  const telemetry = telemetryFrom(env, service);
  const stores = storesFrom(env, telemetry.log);
  return {
    ...telemetry,
    ...stores,
    deliveryQueue: createDeliveryQueue({ queueUrl: requiredVariable(env, 'deliveryQueueUrl') }),
    sendQuota: sendQuotaFrom(settings, telemetry.log),
    mailer: mailerFrom(env, settings, stores.suppressions),
    alertPublisher: createAlertPublisher({ topicArn: requiredVariable(env, 'alertTopicArn') }),
    ...channelsFrom(env, settings),
    operators: topicArn === undefined ? null : createOperatorNotices({ topicArn }),
    alertLinks: alertLinksUnder(optionalVariable(env, 'publicUrl')),
    clock: wallClock,
    settings,
  } satisfies AlertPorts & Pick<SweepDependencies, 'settings'>;
}
