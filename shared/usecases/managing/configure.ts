// Brings what stands under config/ into the table: feeds to follow, topics in force. A file says what it says and no more: what
// was added by hand stays, and so does what a feed learnt by itself (a new address, its health).

import { InvalidInputError } from '../../core/errors.ts';
import { mapConcurrently } from '../../core/map-concurrently.ts';
import type { OpmlFeed } from '../../feeds/opml.ts';
import type { Feed, FeedSettings } from '../../model/feed.ts';
import { type FeedId, feedIdOf } from '../../model/ids.ts';
import type { Settings } from '../../model/settings.ts';
import type { Topic } from '../../model/topic.ts';
import { canonicalUrl } from '../../net/canonical-url.ts';
import { withoutCredentials } from '../../net/display-url.ts';
import type { PutTopicsOptions } from '../../packs/topic-changes.ts';
import type { Clock, FeedStore, Log, PollQueue, SubscriptionStore, TopicStore } from '../../ports.ts';
import { queueFirstPoll } from '../polling/schedule-polls.ts';
import { subscriptionsTo, type TopicSubscription } from './end-topics.ts';

/** The most that `getFeeds` takes. */
const FEEDS_A_READ = 100;
/** Feeds added at once: a few hundred, so that progress can be seen. */
const FEEDS_A_WRITE = 500;
/** Feeds changed at once. */
const WIDTH = 4;

export interface Configuration {
  readonly feeds: readonly OpmlFeed[];
  readonly topics: readonly Topic[];
  /** All packs that the files hold: topics of theirs that are not in `topics` end, and those of packs whose files are gone. */
  readonly packs: readonly string[];
}

export interface ConfigurePorts {
  readonly feeds: Pick<FeedStore, 'getFeeds' | 'addFeeds' | 'updateFeedSettings'>;
  readonly topics: Pick<TopicStore, 'putTopics'>;
  readonly subscriptions: Pick<SubscriptionStore, 'subscriptionsOfTopic'>;
  readonly pollQueue: PollQueue;
  readonly clock: Clock;
  readonly log: Log;
}

export interface ConfigureOptions {
  /** When so many pack files are gone that they were hardly removed on purpose. @default refuse */
  readonly whenMostEnd?: PutTopicsOptions['whenMostEnd'];
  /** Told after each feed that was written. */
  readonly onProgress?: (done: number, of: number) => void;
}

export interface ConfigureResult {
  readonly feedsAdded: number;
  readonly feedsUpdated: number;
  readonly feedsUnchanged: number;
  readonly topicsChanged: number;
  readonly topicsUnchanged: number;
  readonly topicsEnded: readonly string[];
  /** To those that ended: these get no new matches. */
  readonly subscriptionsToEnded: readonly TopicSubscription[];
  /** In the files, but not in force: an operator removed them. */
  readonly topicsDisabled: readonly string[];
  /** In force, although their pack files are gone. */
  readonly topicsMissing: readonly string[];
}

/**
 * Safe to repeat and to break off. Throws InvalidInputError, with nothing written, when an address of a feed cannot be used; or when
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
  const added = await writeFeeds(feeds, ports, settings, options);
  // A crash before this loses nothing: the schedule polls what was not polled after ten minutes.
  await queueFirstPoll(added, ports);
  const ids = new Set(configuration.topics.map(({ id }) => id));
  return {
    feedsAdded: added.length,
    feedsUpdated: feeds.update.length,
    feedsUnchanged: feeds.unchanged + feeds.add.length - added.length,
    topicsChanged: topics.changed.length,
    topicsUnchanged: ids.size - topics.changed.length - topics.disabled.length,
    topicsEnded: topics.ended,
    subscriptionsToEnded: await subscriptionsTo(topics.ended, ports.subscriptions),
    topicsDisabled: topics.disabled,
    topicsMissing: topics.missing,
  };
}

interface FeedPlan {
  readonly add: readonly { readonly id: FeedId; readonly row: OpmlFeed }[];
  readonly update: readonly { readonly id: FeedId; readonly change: Partial<FeedSettings> }[];
  readonly unchanged: number;
}

async function planFeeds(rows: readonly OpmlFeed[], store: ConfigurePorts['feeds']): Promise<FeedPlan> {
  const wanted = byId(rows);
  const ids = [...wanted.keys()];
  const known = new Map<FeedId, Feed>();
  for (let at = 0; at < ids.length; at += FEEDS_A_READ) {
    for (const feed of await store.getFeeds(ids.slice(at, at + FEEDS_A_READ))) known.set(feed.id, feed);
  }
  const add: FeedPlan['add'][number][] = [];
  const update: FeedPlan['update'][number][] = [];
  for (const [id, row] of wanted) {
    const feed = known.get(id);
    if (feed === undefined) add.push({ id, row });
    else {
      const change = changeOf(feed, row);
      if (Object.keys(change).length > 0) update.push({ id, change });
    }
  }
  return { add, update, unchanged: wanted.size - add.length - update.length };
}

function byId(rows: readonly OpmlFeed[]): ReadonlyMap<FeedId, OpmlFeed> {
  const wanted = new Map<FeedId, OpmlFeed>();
  const problems: string[] = [];
  for (const row of rows) {
    const canonical = canonicalUrl(row.url);
    if (canonical === null) problems.push(`"${row.url.slice(0, 200)}" is no http or https address`);
    else if (!wanted.has(feedIdOf(canonical))) wanted.set(feedIdOf(canonical), row);
  }
  if (problems.length > 0) throw new InvalidInputError('invalid_feed_url', 'some feeds cannot be followed', problems);
  return wanted;
}

/** Only what the file says; never the address, which the feed may have changed for good since. */
function changeOf(feed: Feed, { title, folder, language, fullText }: OpmlFeed): Partial<FeedSettings> {
  return {
    ...(title !== '' && title !== feed.title ? { title } : {}),
    ...(folder !== feed.folder ? { folder } : {}),
    ...(language !== null && language !== feed.language ? { language } : {}),
    ...(fullText !== undefined && fullText !== feed.fullText ? { fullText } : {}),
  };
}

/** The ids of the feeds that were not there before. */
async function writeFeeds(
  plan: FeedPlan,
  { feeds, clock }: ConfigurePorts,
  settings: Settings,
  { onProgress }: ConfigureOptions,
): Promise<readonly FeedId[]> {
  const of = plan.add.length + plan.update.length;
  let done = 0;
  const tell = (): void => onProgress?.(++done, of);
  const added: FeedId[] = [];
  for (let at = 0; at < plan.add.length; at += FEEDS_A_WRITE) {
    const some = plan.add.slice(at, at + FEEDS_A_WRITE);
    const outcomes = await feeds.addFeeds(
      some.map(({ id, row }) => ({
        id,
        url: withoutCredentials(row.url),
        title: row.title,
        folder: row.folder,
        language: row.language,
        fullText: row.fullText ?? 'auto',
        active: true,
        addedAt: clock.now().toISOString(),
        intervalMinutes: settings.poll.everyMinutes,
      })),
    );
    some.forEach(({ id }, index) => {
      if (outcomes[index] === 'added') added.push(id);
      tell();
    });
  }
  await mapConcurrently(plan.update, WIDTH, async ({ id, change }) => {
    await feeds.updateFeedSettings(id, change);
    tell();
  });
  return added;
}
