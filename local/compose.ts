// The handlers of the deployment on the parts of this machine: what lambdas/aws/ is to AWS.
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createArticleExtractor } from '../adapters/articles/extractor.ts';
import { createFeedFetcher } from '../adapters/http/feed-fetcher.ts';
import { createPageFetcher } from '../adapters/http/page-fetcher.ts';
import { createHandler as deliverAlerts } from '../lambdas/deliver-alerts.ts';
import { createHandler as matchArticles } from '../lambdas/match-articles.ts';
import { createHandler as pollFeeds } from '../lambdas/poll-feeds.ts';
import { createHandler as schedulePolls } from '../lambdas/schedule-polls.ts';
import { createHandler as sendAlerts } from '../lambdas/send-alerts.ts';
import { createHandler as sweep } from '../lambdas/sweep.ts';
import type { Mailer } from '../shared/ports.ts';
import { countingRefusals, withoutSuppressed } from '../shared/usecases/managing/checked-mailer.ts';
import {
  createLocalFailedMessages,
  createLocalPublisher,
  createOutboxMailer,
  createOutboxNotices,
} from './aws/local-ports.ts';
import { composeSending } from './compose-sending.ts';
import type { StreamHandler } from './event-sources/stream-source.ts';
import type { InstanceParts } from './instance.ts';

export interface Handlers {
  readonly schedulePolls: (event: unknown) => Promise<void>;
  readonly pollFeeds: (event: SQSEvent) => Promise<SQSBatchResponse>;
  readonly matchArticles: (event: SQSEvent) => Promise<SQSBatchResponse>;
  readonly sendAlerts: StreamHandler;
  readonly deliverAlerts: (event: SQSEvent) => Promise<SQSBatchResponse>;
  readonly sweep: (event: unknown) => Promise<void>;
}

/** Once the page is served: the links in mails lead there. */
export function composeHandlers(parts: InstanceParts): Handlers {
  const { stores, pollQueue, articleQueue, clock, settings, web } = parts;
  const { largeDocuments } = web;
  const ports = { ...stores, pollQueue, articleQueue, clock, settings };
  const failedMessages = createLocalFailedMessages(parts.queues);
  const alerting = {
    ...ports,
    ...composeSending(parts),
    // A mail server states no limit; `mail.maxPerSecond` may.
    sendQuota: { read: async () => null },
    mailer: checkedMailer(parts),
    alertPublisher: createLocalPublisher(parts.sns),
    operators: createOutboxNotices(parts.outbox),
  };
  return {
    schedulePolls: schedulePolls({ ...ports, ...parts.telemetry('schedule-polls') }),
    pollFeeds: pollFeeds({
      ...ports,
      ...parts.telemetry('poll-feeds'),
      failedMessages,
      fetcher: createFeedFetcher(web),
      largeDocuments,
    }),
    matchArticles: matchArticles({
      ...ports,
      ...parts.telemetry('match-articles'),
      failedMessages,
      pages: createPageFetcher(web),
      extractor: createArticleExtractor(),
      largeDocuments,
    }),
    sendAlerts: sendAlerts({ ...alerting, ...parts.telemetry('send-alerts') }),
    deliverAlerts: deliverAlerts({ ...alerting, ...parts.telemetry('deliver-alerts'), failedMessages }),
    sweep: sweep({ ...alerting, ...parts.telemetry('sweep') }),
  };
}

/** Mails leave by the user's mail server, whose answers are all that is known of an address. */
function checkedMailer({ outbox, sender, stores, clock, telemetry }: InstanceParts): Mailer {
  const mailer = createOutboxMailer(outbox, { from: sender });
  const counting = countingRefusals(mailer, { ...stores, clock, log: telemetry('deliver-alerts').log });
  return withoutSuppressed(counting, stores.suppressions);
}
