// What match-articles is given on AWS.
import { createArticleExtractor } from '../../adapters/articles/extractor.ts';
import { createPageFetcher } from '../../adapters/http/page-fetcher.ts';
import { openWeb } from '../../adapters/http/web.ts';
import { createTelemetry } from '../../adapters/log/powertools.ts';
import { createArticleQueue } from '../../adapters/sqs/queues.ts';
import { type Environment, requiredVariable, settingsFrom, turnWait } from '../environment.ts';
import type { MatchArticlesDependencies } from '../match-articles.ts';
import { storesFrom, systemClock } from './stores.ts';

export function fromEnvironment(env: Environment): MatchArticlesDependencies {
  const settings = settingsFrom(env);
  const telemetry = createTelemetry('match-articles');
  const stores = storesFrom(env, telemetry.log);
  const web = openWeb(settings, { hostPaces: stores.hostPaces });
  return {
    ...telemetry,
    ...stores,
    articleQueue: createArticleQueue({ queueUrl: requiredVariable(env, 'articleQueueUrl') }),
    pages: createPageFetcher(web, turnWait(env)),
    largeDocuments: web.largeDocuments,
    extractor: createArticleExtractor(),
    clock: systemClock,
    settings,
  };
}
