// What the API is given on AWS.
import { createTelemetry } from '../../adapters/log/powertools.ts';
import { createSnsSubscriptions } from '../../adapters/sns/subscriptions.ts';
import { createPollQueue } from '../../adapters/sqs/queues.ts';
import type { Environment } from '../../shared/core/environment.ts';
import type { Settings } from '../../shared/model/settings.ts';
import type { HostPaceStore } from '../../shared/ports.ts';
import type { VerifiedFeed } from '../../shared/usecases/managing/verify-feed.ts';
import type { ApiDependencies } from '../api.ts';
import { requiredVariable, settingsFrom } from '../environment.ts';
import { storesFrom, systemClock } from './stores.ts';

export function fromEnvironment(env: Environment): ApiDependencies {
  const settings = settingsFrom(env);
  const telemetry = createTelemetry('api');
  const stores = storesFrom(env, telemetry.log);
  return {
    ...telemetry,
    ...stores,
    pollQueue: createPollQueue({ queueUrl: requiredVariable(env, 'pollQueueUrl') }),
    snsSubscriptions: createSnsSubscriptions({ topicArn: requiredVariable(env, 'alertTopicArn') }),
    clock: systemClock,
    settings,
    verifyFeed: verifierLoadedLater(settings, stores.hostPaces),
  };
}

/** What fetches and reads feeds is loaded by the first request that needs it. */
function verifierLoadedLater(settings: Settings, hostPaces: HostPaceStore): (address: string) => Promise<VerifiedFeed> {
  let verifier: ((address: string) => Promise<VerifiedFeed>) | undefined;
  return async (address) => {
    const { openFeedVerifier } = await import('../../adapters/http/feed-verifier.ts');
    verifier ??= openFeedVerifier(settings, hostPaces);
    return verifier(address);
  };
}
