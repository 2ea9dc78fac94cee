// How the API shows stored things: what is private stays out.
import { describeHealth } from '../feeds/feed-health.ts';
import type { Feed, PollBatch } from '../model/feed.ts';
import type { Match } from '../model/match.ts';
import type { Settings } from '../model/settings.ts';
import type { Delivery, Subscription } from '../model/subscription.ts';
import type { Topic, TopicEntry } from '../model/topic.ts';
import { displayUrl } from '../net/display-url.ts';

export const showMatch = ({ expiresAt: _, ...shown }: Match): Omit<Match, 'expiresAt'> => shown;

export const showDelivery = ({ expiresAt: _, ...shown }: Delivery): Omit<Delivery, 'expiresAt'> => shown;

/** The token ends the subscription, so only its mails carry it. */
export const showSubscription = ({
  unsubscribeToken: _token,
  snsSubscriptionArn: _arn,
  ...shown
}: Subscription): Omit<Subscription, 'unsubscribeToken' | 'snsSubscriptionArn'> => shown;

export const showTopic = (topic: Topic, { disabledAt, source, isMissing }: TopicEntry) => ({
  id: topic.id,
  version: topic.version,
  title: topic.title,
  severity: topic.severity,
  description: topic.description,
  pack: topic.pack,
  languages: Object.keys(topic.any).sort(),
  state: disabledAt === null ? ('active' as const) : ('disabled' as const),
  disabledAt,
  source,
  isMissing,
});

/** `batch`: the feed's poll batch, null when it has none any more. */
export function showFeed(feed: Feed, batch: PollBatch | null, now: Date, settings: Settings) {
  const { state, pollBatch: _, ...shown } = feed;
  return {
    ...shown,
    title: feed.title || state.ownTitle || displayUrl(feed.url),
    health: describeHealth(feed, batch, now, settings),
  };
}
