// What poll-feeds is given on AWS.
import { createFeedFetcher } from '../../adapters/http/feed-fetcher.ts';
import { openWeb } from '../../adapters/http/web.ts';
import { createTelemetry } from '../../adapters/log/powertools.ts';
import { createArticleQueue } from '../../adapters/sqs/queues.ts';
import { type Environment, requiredVariable, settingsFrom, turnWait } from '../environment.ts';
import type { PollFeedsDependencies } from '../poll-feeds.ts';
import { storesFrom, systemClock } from './stores.ts';

export function fromEnvironment(env: Environment): PollFeedsDependencies {
  const settings = settingsFrom(env);
  const telemetry = createTelemetry('poll-feeds');
  const stores = storesFrom(env, telemetry.log);
  const web = openWeb(settings, { hostPaces: stores.hostPaces });
  return {
    ...telemetry,
    ...stores,
    articleQueue: createArticleQueue({ queueUrl: requiredVariable(env, 'articleQueueUrl') }),
    fetcher: createFeedFetcher(web, turnWait(env)),
    largeDocuments: web.largeDocuments,
    clock: systemClock,
    settings,
  };
}
