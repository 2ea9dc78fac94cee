// Brings config/ into the table: feeds to follow, topics in force. Feeds that were added by hand stay, and so does what a feed learnt by
// itself (a new address, its health).

import { mapConcurrently } from '../../core/map-concurrently.ts';
import type { OpmlFeed } from '../../feeds/opml.ts';
import type { Feed, FeedSettings } from '../../model/feed.ts';
import type { FeedId } from '../../model/ids.ts';
import type { Settings } from '../../model/settings.ts';
import type { Topic } from '../../model/topic.ts';
import type { PutTopicsOptions } from '../../packs/topic-changes.ts';
import type { Clock, FeedStore, Log, PollQueue, SubscriptionStore, TopicStore } from '../../ports.ts';
import { type AddFeedsPorts, addFeeds, addressed } from './add-feeds.ts';
import { subscriptionsTo, type TopicSubscription } from './end-topics.ts';

/** Feeds changed at once. */
const CONCURRENCY = 4;

export interface Configuration {
  readonly feeds: readonly OpmlFeed[];
  readonly topics: readonly Topic[];
  /** All packs in the files. Their topics that are not in `topics` end, and so do those of packs whose files are gone. */
  readonly packs: readonly string[];
}

export interface ConfigurePorts {
  readonly feeds: Pick<FeedStore, 'getFeeds' | 'addFeeds' | 'updateFeedSettings'>;
  readonly topics: Pick<TopicStore, 'putTopics'>;
  readonly subscriptions: Pick<SubscriptionStore, 'subscriptionsOfTopics'>;
  readonly pollQueue: PollQueue;
  readonly clock: Clock;
  readonly log: Log;
}

export interface ConfigureOptions {
  /** When so many pack files are gone that this is probably a mistake. @default refuse */
  readonly whenMostEnd?: PutTopicsOptions['whenMostEnd'];
  /** Called after each feed that was written. */
  readonly onProgress?: (done: number, of: number) => void;
}

export interface ConfigureResult {
  readonly feedsAdded: number;
  readonly feedsUpdated: number;
  readonly feedsUnchanged: number;
  readonly topicsChanged: number;
  readonly topicsUnchanged: number;
  readonly topicsEnded: readonly string[];
  /** To topics that ended: these subscriptions get no new alerts of them. */
  readonly subscriptionsToEnded: readonly TopicSubscription[];
  /** In the files, but not in force, because an operator removed them. */
  readonly topicsDisabled: readonly string[];
  /** In force, although their pack files are gone. */
  readonly topicsMissing: readonly string[];
}

/**
 * Safe to repeat and to interrupt. Throws InvalidInputError, with nothing written, when the address of a feed cannot be used, or when
 * more than half of the topics would end because their pack files are gone, unless they are to be kept.
 */
export async function configure(
  ports: ConfigurePorts,
  configuration: Configuration,
  settings: Settings,
  options: ConfigureOptions = {},
): Promise<ConfigureResult> {
  const feeds = await planFeeds(configuration.feeds, ports.feeds);
  const topics = await ports.topics.putTopics(configuration.topics, {
    replacePacks: configuration.packs,
    source: 'configuration',
    whenMostEnd: options.whenMostEnd,
  });
  if (topics.missing.length > 0)
    ports.log.warn('pack files are gone; their topics stay in force', { topics: topics.missing });
  if (topics.ended.length > 0) ports.log.info('topics ended', { topics: topics.ended });
  const added = await writeFeeds(feeds, { ...ports, settings }, options);
  const ids = new Set(configuration.topics.map(({ id }) => id));
  return {
    feedsAdded: added,
    feedsUpdated: feeds.update.length,
    feedsUnchanged: feeds.unchanged + feeds.add.length - added,
    topicsChanged: topics.changed.length,
    topicsUnchanged: ids.size - topics.changed.length - topics.disabled.length,
    topicsEnded: topics.ended,
    subscriptionsToEnded: await subscriptionsTo(topics.ended, ports.subscriptions),
    topicsDisabled: topics.disabled,
    topicsMissing: topics.missing,
  };
}

interface FeedPlan {
  readonly add: readonly OpmlFeed[];
  readonly update: readonly { readonly id: FeedId; readonly change: Partial<FeedSettings> }[];
  readonly unchanged: number;
}

async function planFeeds(rows: readonly OpmlFeed[], store: ConfigurePorts['feeds']): Promise<FeedPlan> {
  const wanted = new Map<FeedId, OpmlFeed>();
  for (const { id, request } of addressed(rows)) if (!wanted.has(id)) wanted.set(id, request);
  const known = new Map((await store.getFeeds([...wanted.keys()])).map((feed) => [feed.id, feed]));
  const add: FeedPlan['add'][number][] = [];
  const update: FeedPlan['update'][number][] = [];
  for (const [id, row] of wanted) {
    const feed = known.get(id);
    if (feed === undefined) add.push(row);
    else {
      const change = changeOf(feed, row);
      if (Object.keys(change).length > 0) update.push({ id, change });
    }
  }
  return { add, update, unchanged: wanted.size - add.length - update.length };
}

/** Never the address, which the feed may have changed permanently since. */
function changeOf(feed: Feed, { title, folder, language, fullText }: OpmlFeed): Partial<FeedSettings> {
  return {
    ...(title !== '' && title !== feed.title ? { title } : {}),
    ...(folder !== feed.folder ? { folder } : {}),
    ...(language !== null && language !== feed.language ? { language } : {}),
    ...(fullText !== undefined && fullText !== feed.fullText ? { fullText } : {}),
  };
}

/** How many feeds were not there before. */
async function writeFeeds(
  plan: FeedPlan,
  ports: ConfigurePorts & AddFeedsPorts,
  { onProgress }: ConfigureOptions,
): Promise<number> {
  const of = plan.add.length + plan.update.length;
  let done = 0;
  const report = (): void => onProgress?.(++done, of);
  const added = await addFeeds(plan.add, ports, report);
  await mapConcurrently(plan.update, CONCURRENCY, async ({ id, change }) => {
    await ports.feeds.updateFeedSettings(id, change);
    report();
  });
  return added.filter(({ outcome }) => outcome === 'added').length;
}
