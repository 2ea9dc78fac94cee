// The handlers of the deployment, as one machine calls them.
import type { DynamoDBRecord } from 'aws-lambda';
import type { BatchResult } from './event-sources/event-sources.ts';

export type Handlers = Awaited<ReturnType<typeof loadHandlers>>;

/** To be called after the environment is set: each reads it at its first event. */
export async function loadHandlers() {
  const [api, publicLinks, schedulePolls, pollFeeds, matchArticles, sendAlerts, sweep] = await Promise.all([
    import('../lambdas/api.ts'),
    import('../lambdas/public-links.ts'),
    import('../lambdas/schedule-polls.ts'),
    import('../lambdas/poll-feeds.ts'),
    import('../lambdas/match-articles.ts'),
    import('../lambdas/send-alerts.ts'),
    import('../lambdas/sweep.ts'),
  ]);
  return {
    api,
    publicLinks,
    schedulePolls: schedulePolls.handler,
    pollFeeds: pollFeeds.handler,
    matchArticles: matchArticles.handler,
    sendAlerts: (event: { Records: DynamoDBRecord[] }): Promise<BatchResult> => sendAlerts.handler(event),
    sweep: sweep.handler,
  };
}
