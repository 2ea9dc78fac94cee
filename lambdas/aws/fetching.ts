// What the two functions that fetch are given on AWS: poll-feeds and match-articles.
import { openWeb } from '../../adapters/http/web.ts';
import { createArticleQueue } from '../../adapters/sqs/queues.ts';
import { wallClock } from '../../adapters/wall-clock.ts';
import type { Environment } from '../../shared/core/environment.ts';
import { requiredVariable, settingsFrom } from '../environment.ts';
import { failedMessagesFrom } from './failed-messages.ts';
import { storesFrom } from './stores.ts';
import { telemetryFrom } from './telemetry.ts';

/** `web` is for their fetchers. */
export function fetchingFrom(env: Environment, service: 'poll-feeds' | 'match-articles') {
  const settings = settingsFrom(env);
  const telemetry = telemetryFrom(env, service);
  const stores = storesFrom(env, telemetry.log);
  const web = openWeb(settings, { hostPaces: stores.hostPaces });
  const ports = {
    ...telemetry,
    ...stores,
    articleQueue: createArticleQueue({ queueUrl: requiredVariable(env, 'articleQueueUrl') }),
    failedMessages: failedMessagesFrom(env),
    largeDocuments: web.largeDocuments,
    clock: wallClock,
    settings,
  };
  return { web, ports };
}
