// What the two functions that send alerts are given: the table, the SNS topic, SES where a sender is set.
import { createChannelSender } from '../../adapters/channels/sender.ts';
import { createSesMailer } from '../../adapters/ses/mailer.ts';
import { createAlertPublisher } from '../../adapters/sns/alert-publisher.ts';
import { createDeliveryQueue } from '../../adapters/sqs/queues.ts';
import { createSsmSecrets } from '../../adapters/ssm/channel-secrets.ts';
import { wallClock } from '../../adapters/wall-clock.ts';
import { alertLinksUnder } from '../../shared/alerts/alert-links.ts';
import type { Environment } from '../../shared/core/environment.ts';
import type { AlertPorts } from '../../shared/usecases/alerting/alert-ports.ts';
import { withoutSuppressed } from '../../shared/usecases/managing/checked-mailer.ts';
import { optionalVariable, requiredVariable, settingsFrom } from '../environment.ts';
import type { SweepDependencies } from '../sweep.ts';
import { sendQuotaFrom } from './send-quota.ts';
import { storesFrom } from './stores.ts';
import { telemetryFrom } from './telemetry.ts';

export function alertingFrom(env: Environment, service: 'deliver-alerts' | 'sweep') {
  const settings = settingsFrom(env);
  const { from, replyTo } = settings.mail;
  const telemetry = telemetryFrom(env, service);
  const stores = storesFrom(env, telemetry.log);
  const configurationSet = optionalVariable(env, 'configurationSet') ?? null;
  return {
    ...telemetry,
    ...stores,
    deliveryQueue: createDeliveryQueue({ queueUrl: requiredVariable(env, 'deliveryQueueUrl') }),
    sendQuota: sendQuotaFrom(settings, telemetry.log),
    mailer:
      from === null
        ? null
        : withoutSuppressed(createSesMailer({ from, replyTo, configurationSet }), stores.suppressions),
    alertPublisher: createAlertPublisher({ topicArn: requiredVariable(env, 'alertTopicArn') }),
    channelSender: createChannelSender(),
    channelSecrets: createSsmSecrets(),
    alertLinks: alertLinksUnder(optionalVariable(env, 'publicUrl')),
    clock: wallClock,
    settings,
  } satisfies AlertPorts & Pick<SweepDependencies, 'settings'>;
}
