// What the API shows of what is stored.
import { describeHealth } from '../feeds/feed-health.ts';
import { type Feed, type PollBatch, type PublishedFeed, publishedFeed } from '../model/feed.ts';
import type { Settings } from '../model/settings.ts';
import { displayUrl } from '../net/display-url.ts';

export { showMatch } from '../alerts/match-link.ts';
export { publishedOutput as showOutput } from '../model/output.ts';
export { publishedStory as showStory } from '../model/story.ts';
export { publishedDelivery as showDelivery, publishedSubscription as showSubscription } from '../model/subscription.ts';
export { summaryOf as showTopic } from '../model/topic-summary.ts';

/** `batch`: the feed's poll batch, null when it no longer has one. */
export function showFeed(feed: Feed, batch: PollBatch | null, now: Date, settings: Settings): PublishedFeed {
  const title = feed.title || feed.state.ownTitle || displayUrl(feed.url);
  return publishedFeed(feed, title, describeHealth(feed, batch, now, settings));
}
