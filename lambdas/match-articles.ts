// A message of the article queue: one new item, matched against every topic.
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Telemetry } from '../adapters/log/powertools.ts';
import { compileTopics } from '../shared/matching/topic-matcher.ts';
import { parseArticleMessage } from '../shared/model/messages.ts';
import type { Settings } from '../shared/model/settings.ts';
import type { TopicStore } from '../shared/ports.ts';
import { createTopicsInForce, type MatchPorts, matchArticle } from '../shared/usecases/matching/match-articles.ts';
import { forEachQueueRecord } from './records.ts';

export type MatchArticlesDependencies = Telemetry &
  Omit<MatchPorts, 'topicsInForce'> & {
    readonly topics: Pick<TopicStore, 'revision' | 'listTopics'>;
    readonly settings: Settings;
  };

export function createHandler({ settings, ...given }: MatchArticlesDependencies) {
  const topicsInForce = createTopicsInForce(given, (topics) =>
    compileTopics(topics, { limits: settings.topics, stepsPerTopic: settings.topics.stepsPerArticle }),
  );
  const ports = { ...given, topicsInForce };
  return (event: SQSEvent, context?: Context): Promise<SQSBatchResponse> =>
    forEachQueueRecord(event, context, ports, async ({ body }) => {
      const { comesAgain, matches } = await matchArticle(parseArticleMessage(body), ports, settings);
      const stored = matches.filter(({ outcome }) => outcome === 'stored').length;
      return { stored, known: matches.length - stored, postponed: comesAgain ? 1 : 0 };
    });
}
