// A message of the article queue: one new item, matched against every topic.
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { jitteredWait } from '../adapters/jittered-wait.ts';
import { compileTopics } from '../shared/matching/topic-matcher.ts';
import { parseArticleMessage } from '../shared/model/messages.ts';
import type { Settings } from '../shared/model/settings.ts';
import type { TopicStore, WordCountStore } from '../shared/ports.ts';
import { createTopicsInForce, type MatchPorts, matchArticle } from '../shared/usecases/matching/match-articles.ts';
import { createPlacingParts, type PlacingParts } from '../shared/usecases/matching/placing-parts.ts';
import { forEachQueueRecord, type QueueTelemetry } from './records.ts';

export type MatchArticlesDependencies = QueueTelemetry &
  Omit<MatchPorts, 'topicsInForce' | keyof PlacingParts> & {
    readonly wordCounts: WordCountStore;
    readonly topics: Pick<TopicStore, 'revision' | 'listTopics'>;
    readonly settings: Settings;
  };

export function createHandler({ settings, ...given }: MatchArticlesDependencies) {
  const topicsInForce = createTopicsInForce(given, (topics) =>
    compileTopics(topics, { limits: settings.topics, stepsPerTopic: settings.topics.stepsPerArticle }),
  );
  const placing = createPlacingParts({ ...given, waitBeforeTry: jitteredWait });
  const ports = { ...given, ...placing, topicsInForce };
  return async (event: SQSEvent, context?: Context): Promise<SQSBatchResponse> => {
    const response = await forEachQueueRecord(event, context, ports, async ({ body }) => {
      const { comesAgain, matches } = await matchArticle(parseArticleMessage(body), ports, settings);
      const stored = matches.filter(({ outcome }) => outcome === 'stored').length;
      return { stored, known: matches.length - stored, postponed: comesAgain ? 1 : 0 };
    });
    await placing.words.exchange();
    return response;
  };
}
