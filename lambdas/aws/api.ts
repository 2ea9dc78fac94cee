// What the API is given on AWS.
import { verifierLoadedLater } from '../../adapters/http/verifier-loaded-later.ts';
import { createOperatorSubscriptions } from '../../adapters/sns/operator-subscriptions.ts';
import { createSnsSubscriptions } from '../../adapters/sns/subscriptions.ts';
import { createDeliveryQueue, createPollQueue } from '../../adapters/sqs/queues.ts';
import { wallClock } from '../../adapters/wall-clock.ts';
import { alertLinksUnder } from '../../shared/alerts/alert-links.ts';
import type { Environment } from '../../shared/core/environment.ts';
import type { ApiDependencies } from '../api.ts';
import { optionalVariable, requiredVariable, settingsFrom } from '../environment.ts';
import { channelsFrom } from './channels.ts';
import { mailerFrom } from './mailer.ts';
import { sendQuotaFrom } from './send-quota.ts';
import { storesFrom } from './stores.ts';
import { telemetryFrom } from './telemetry.ts';

export function fromEnvironment(env: Environment): ApiDependencies {
  const settings = settingsFrom(env);
  const telemetry = telemetryFrom(env, 'api');
  const stores = storesFrom(env, telemetry.log);
  return {
    ...telemetry,
    ...stores,
    pollQueue: createPollQueue({ queueUrl: requiredVariable(env, 'pollQueueUrl') }),
    deliveryQueue: createDeliveryQueue({ queueUrl: requiredVariable(env, 'deliveryQueueUrl') }),
    snsSubscriptions: createSnsSubscriptions({ topicArn: requiredVariable(env, 'alertTopicArn') }),
    operatorSubscriptions: createOperatorSubscriptions({ topicArn: requiredVariable(env, 'operationsTopicArn') }),
    ...(settings.mail.from === null ? {} : { sendQuota: sendQuotaFrom(settings, telemetry.log) }),
    publicUrl: () => optionalVariable(env, 'publicUrl') ?? null,
    ...channelsFrom(env, settings),
    mailer: mailerFrom(env, settings, stores.suppressions),
    alertLinks: alertLinksUnder(optionalVariable(env, 'publicUrl')),
    clock: wallClock,
    settings,
    verifyFeed: verifierLoadedLater(({ openFeedVerifier }) => openFeedVerifier(settings, stores.hostPaces)),
  };
}
