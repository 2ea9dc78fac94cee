// A message of the article queue: one new item, matched against every topic.
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createArticleExtractor } from '../adapters/articles/extractor.ts';
import { createPageFetcher } from '../adapters/http/page-fetcher.ts';
import { webOf } from '../adapters/http/web.ts';
import { createTelemetry } from '../adapters/log/powertools.ts';
import { createArticleQueue } from '../adapters/sqs/queues.ts';
import { compileTopics } from '../shared/matching/topic-matcher.ts';
import { parseArticleMessage } from '../shared/model/messages.ts';
import { createTopicsInForce, matchArticle } from '../shared/usecases/matching/match-articles.ts';
import { requiredVariable, settingsFromEnvironment, turnWait } from './environment.ts';
import { once } from './once.ts';
import { forEachQueueRecord } from './records.ts';
import { stores, systemClock } from './stores.ts';

const ports = once(() => {
  const settings = settingsFromEnvironment();
  const telemetry = createTelemetry('match-articles');
  const table = stores();
  const web = webOf(settings, table.hostPaces);
  return {
    ...telemetry,
    ...table,
    articleQueue: createArticleQueue({ queueUrl: requiredVariable('articleQueueUrl') }),
    pages: createPageFetcher(settings, web, turnWait()),
    largeDocuments: web.largeDocuments,
    extractor: createArticleExtractor(),
    topicsInForce: createTopicsInForce({ topics: table.topics, clock: systemClock, log: telemetry.log }, (topics) =>
      compileTopics(topics, { limits: settings.topics, stepsPerTopic: settings.topics.stepsPerArticle }),
    ),
    clock: systemClock,
    settings,
  };
});

export function handler(event: SQSEvent, context?: Context): Promise<SQSBatchResponse> {
  const { settings, ...world } = ports();
  return forEachQueueRecord(event, context, world, async ({ body }) => {
    const { comesAgain, matches } = await matchArticle(parseArticleMessage(body), world, settings);
    const stored = matches.filter(({ outcome }) => outcome === 'stored').length;
    return { stored, known: matches.length - stored, postponed: comesAgain ? 1 : 0 };
  });
}
