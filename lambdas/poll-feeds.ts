// A message of the poll queue: the feeds of one poll batch, polled side by side.
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { readFeed } from '../shared/feeds/read-feed.ts';
import { parsePollMessage } from '../shared/model/messages.ts';
import type { Settings } from '../shared/model/settings.ts';
import { watchNetwork } from '../shared/net/network-outage.ts';
import { type PollPorts, type PollReport, pollFeeds } from '../shared/usecases/polling/poll-feeds.ts';
import { forEachQueueRecord, type QueueTelemetry } from './records.ts';

export type PollFeedsDependencies = QueueTelemetry &
  Omit<PollPorts, 'readFeed' | 'network'> & { readonly settings: Settings };

export function createHandler({ settings, ...given }: PollFeedsDependencies) {
  const ports = { ...given, readFeed, network: watchNetwork() };
  return (event: SQSEvent, context?: Context): Promise<SQSBatchResponse> =>
    forEachQueueRecord(event, context, ports, async ({ body }) =>
      countsOf(await pollFeeds(parsePollMessage(body), ports, settings)),
    );
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
