// A message of the poll queue: the feeds of one group, polled side by side.
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createFeedFetcher } from '../adapters/http/feed-fetcher.ts';
import { webOf } from '../adapters/http/web.ts';
import { createTelemetry } from '../adapters/log/powertools.ts';
import { createArticleQueue } from '../adapters/sqs/queues.ts';
import { readFeed } from '../shared/feeds/read-feed.ts';
import { parsePollMessage } from '../shared/model/messages.ts';
import { watchNetwork } from '../shared/net/network-outage.ts';
import { type PollReport, pollFeeds } from '../shared/usecases/polling/poll-feeds.ts';
import { requiredVariable, settingsFromEnvironment, turnWait } from './environment.ts';
import { once } from './once.ts';
import { forEachQueueRecord } from './records.ts';
import { stores, systemClock } from './stores.ts';

const ports = once(() => {
  const settings = settingsFromEnvironment();
  const table = stores();
  const web = webOf(settings, table.hostPaces);
  return {
    ...createTelemetry('poll-feeds'),
    ...table,
    articleQueue: createArticleQueue({ queueUrl: requiredVariable('articleQueueUrl') }),
    fetcher: createFeedFetcher(settings, web, turnWait()),
    largeDocuments: web.largeDocuments,
    readFeed,
    network: watchNetwork(),
    clock: systemClock,
    settings,
  };
});

export function handler(event: SQSEvent, context?: Context): Promise<SQSBatchResponse> {
  const { settings, ...world } = ports();
  return forEachQueueRecord(event, context, world, async ({ body }) => {
    const result = await pollFeeds(parsePollMessage(body), world, settings);
    return countsOf(result);
  });
}

function countsOf({ results, repeated }: PollReport): Record<string, number> {
  const count = (outcome: PollReport['results'][number]['outcome']) =>
    results.filter((result) => result.outcome === outcome).length;
  return {
    unchanged: count('unchanged'),
    changed: count('changed'),
    failing: count('failed'),
    notDue: count('not_due'),
    newItems: results.reduce((sum, result) => sum + (result.outcome === 'changed' ? result.newItems : 0), 0),
    repeated: repeated ? 1 : 0,
  };
}
