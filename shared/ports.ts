// What the product needs of the world. Adapters implement these; the use cases take them as arguments.
// Every method may throw ServiceUnavailableError (retry the step later); other errors are named where they occur.
// Every write is safe to repeat.

import type { Coverage } from './alerts/coverage.ts';
import type { OperatorNotice } from './alerts/feed-incident-notice.ts';
import type { AlertEvent, ChannelMessage, Mail } from './model/alert.ts';
import type { ArticleSource, Extraction, FetchedPage } from './model/article.ts';
import type { ChannelSecret, DeliveryChannel, WebChannel } from './model/channels.ts';
import type { DeliveryFilter } from './model/delivery-filter.ts';
import type { Reason } from './model/delivery-reason.ts';
import type { MailEventState } from './model/delivery-states.ts';
import type { DigestEnd } from './model/digest-member.ts';
import type {
  Feed,
  FeedIncident,
  FeedMemory,
  FeedSettings,
  FetchedFeed,
  NewFeed,
  PollBatch,
  PollState,
} from './model/feed.ts';
import type { Hit, HitMatch } from './model/hit.ts';
import type { ArticleId, DeliveryId, FeedId, MatchId, SubscriptionId } from './model/ids.ts';
import type { Match, MatchFilter } from './model/match.ts';
import type { ArticleMessage, DeliveryMessage, PollMessage } from './model/messages.ts';
import type { OutputChange, OutputFeed } from './model/output.ts';
import type { Page } from './model/page.ts';
import type { SavedView } from './model/saved-view.ts';
import type { Alerted, Story, StoryReader } from './model/story.ts';
import type { Delivery, Digest, Due, Subscription, SubscriptionChange } from './model/subscription.ts';
import type { Suppression } from './model/suppression.ts';
import type { Topic, TopicEntry } from './model/topic.ts';
import type { Triage } from './model/triage.ts';
import type { SharedPace } from './net/host-pace.ts';
import type { PutTopicsOptions, TopicsPut } from './packs/topic-changes.ts';
import type { StoryRecord } from './stories/story-record.ts';
import type { DayOfWords } from './stories/word-statistics.ts';

export interface Clock {
  now(): Date;
}

export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** Names are in shared/core/metrics.ts, which the alarms import too. */
export interface Metrics {
  /** `channel`: how an alert was sent, where the metric is about one. */
  put(name: string, unit: 'Count' | 'Seconds' | 'Milliseconds', value: number, channel?: DeliveryChannel): void;
}

// ---------------------------------------------------------------- the web

/** Few large documents are in memory at once, however many are read. */
export interface LargeDocuments {
  /** Runs the work that reads one document and hands on what it found. If the document took a turn, the turn ends with the work. */
  withTurn<T>(work: (turn: DocumentTurn) => Promise<T>): Promise<T>;
}

export interface DocumentTurn {
  /** Up to this size a document needs no turn. */
  readonly smallBytes: number;
  /** Waits until the document may be larger; at once when it has its turn already. False: no turn came in time. */
  take(): Promise<boolean>;
  /** Milliseconds that it has waited so far, which counts towards no deadline of its publisher. */
  waitedMs(): number;
}

export interface FeedFetcher {
  /** Throws FetchFailedError. `validators` are sent only when `validators.url` equals the URL asked for. */
  fetchFeed(request: {
    readonly url: string;
    readonly validators: {
      readonly url: string;
      readonly etag: string | null;
      readonly lastModified: string | null;
    } | null;
    /** False: no other process is known to ask this host for anything, so its shared pace need not be read. */
    readonly hostIsShared?: boolean;
    /** Held until the document is no longer needed; if it is missing, a large document has a turn only while it is fetched. */
    readonly turn?: DocumentTurn;
  }): Promise<FetchedFeed>;
}

export interface PageFetcher {
  /** An article page as text; robots.txt is honoured. Throws FetchFailedError. */
  fetchPage(url: string, turn?: DocumentTurn): Promise<FetchedPage>;
}

export interface ArticleExtractor {
  extract(html: string, url: string): Promise<Extraction>;
}

// ---------------------------------------------------------------- queues

export interface PollQueue {
  /** All messages are accepted, or it throws. */
  send(messages: readonly PollMessage[]): Promise<void>;
}

export interface ArticleQueue {
  /** All messages are accepted, or it throws; sent in as few requests as fit. */
  send(messages: readonly ArticleMessage[]): Promise<void>;
  /** As above; they are received once so many seconds have passed, at most 900. */
  sendLater(messages: readonly ArticleMessage[], seconds: number): Promise<void>;
}

// ---------------------------------------------------------------- the table

export interface FeedStore {
  /** Puts the feed in a poll batch with room. `known`: the same id was there already; nothing is changed. */
  addFeed(feed: NewFeed): Promise<'added' | 'known'>;
  /**
   * As `addFeed` for each, any number, in a fraction of the requests; outcomes in the order given, an id's repeats are `known`. Not atomic:
   * some may be there when it throws, and the call can be repeated.
   */
  addFeeds(feeds: readonly NewFeed[]): Promise<readonly ('added' | 'known')[]>;
  getFeed(id: FeedId): Promise<Feed | null>;
  /** Those that exist, in no order; any number of ids. */
  getFeeds(ids: readonly FeedId[]): Promise<readonly Feed[]>;
  listFeeds(page: { readonly limit: number; readonly cursor: string | null }): Promise<Page<Feed>>;
  /** Throws NotFoundError. */
  updateFeedSettings(id: FeedId, settings: Partial<FeedSettings>): Promise<Feed>;
  /** The feed, its memory and its place in its batch; its matches stay. Throws NotFoundError. */
  removeFeed(id: FeedId): Promise<void>;
  listPollBatches(): Promise<readonly PollBatch[]>;
  getPollBatch(id: string): Promise<PollBatch | null>;
  /** Records that the batch's poll for `slot` was carried out; the only write a poll of unchanged feeds costs. Never moves backwards. */
  notePolled(pollBatch: string, slot: string, at: string): Promise<void>;
  /** `state.version` is the version read; it is stored as version + 1. `conflict`: another process wrote first, nothing was written. */
  savePollState(id: FeedId, state: PollState): Promise<'saved' | 'conflict'>;
  loadCurrentMemory(id: FeedId): Promise<ReadonlySet<string>>;
  loadPastMemory(id: FeedId): Promise<FeedMemory['past']>;
  /** Replaces `current`; adds `left` to the week's past. Both sets may be large; records stay under 32 KB. */
  saveMemory(
    id: FeedId,
    change: {
      readonly current: ReadonlySet<string>;
      readonly week: string;
      readonly left: ReadonlySet<string>;
      readonly expiresAt: number;
    },
  ): Promise<void>;
}

export interface ScheduleStore {
  /** The last minute for which all due polls were queued; null before the first. */
  lastMinute(): Promise<string | null>;
  /** True for one caller only until `until`: that one queues the polls of the minutes up to `minute`. */
  claim(minute: string, until: string, now: string): Promise<boolean>;
  /** The polls up to `minute` are queued. */
  complete(minute: string): Promise<void>;
}

/** What is known of the hosts that are asked, for all processes: on AWS many functions ask at the same time. */
export interface HostPaceStore {
  /**
   * `version` is to be named when it is replaced. Where nothing is known: an idle pace, version 0. May be a moment old, unless the
   * newest is asked for, which costs twice as much.
   */
  read(
    host: string,
    options?: { readonly newest: boolean },
  ): Promise<{ readonly pace: SharedPace; readonly version: number }>;
  /** False when another has replaced it since that version was read; then nothing is written. Forgotten after `expiresAt` (epoch seconds). */
  replace(host: string, pace: SharedPace, version: number, expiresAt: number): Promise<boolean>;
}

export interface FeedIncidentStore {
  /** True for one caller only until `until`, and for none before the instant given to `complete`: that one checks the feeds. */
  claim(now: string, until: string): Promise<boolean>;
  /**
   * No check before `next`. An instant too far ahead (see `furthestCheck`) was written by a clock that ran ahead, and does not count. What was
   * found of the feeds is kept, where it is given.
   */
  complete(next: string, coverage?: Coverage): Promise<void>;
  /** What the last check found; null before the first. */
  lastCoverage(): Promise<Coverage | null>;
  /** Feeds of which operators were notified and that have not recovered since. */
  listNotified(): Promise<ReadonlyMap<FeedId, FeedIncident>>;
  /** Null: forgotten. */
  recordNotified(marks: ReadonlyMap<FeedId, FeedIncident | null>): Promise<void>;
}

export interface TopicStore {
  /** Changes whenever any active topic changes; costs one small read. */
  revision(): Promise<string>;
  /** Those in force, by id. */
  listTopics(): Promise<readonly Topic[]>;
  /** Without a version: as it is in force, null when it is not. */
  getTopic(id: string, version?: string): Promise<Topic | null>;
  /** All that are known, in force or disabled, by id. */
  listEntries(): Promise<readonly TopicEntry[]>;
  /** Puts the topics in force, except those that are disabled, and ends others as the options say. Each version is kept for good. */
  putTopics(topics: readonly Topic[], options?: PutTopicsOptions): Promise<TopicsPut>;
  /**
   * `disabled`: no start and no push brings it back, until it is restored (one that is disabled already keeps its date);
   * `ended`: it was only pushed, and may be pushed again. Null: there is none.
   */
  removeTopic(id: string, at: string): Promise<'disabled' | 'ended' | null>;
  /** Puts a disabled topic in force again, in its newest version; one that is in force stays as it is. False: there is none. */
  restoreTopic(id: string): Promise<boolean>;
}

export interface MatchStore {
  /** `known`: the match was there; `source` is added to its sources when it is not among them. */
  putMatch(match: Match): Promise<'stored' | 'known'>;
  getMatch(id: MatchId): Promise<Match | null>;
  /** Those that exist, in no order; any number of ids. */
  getMatches(ids: readonly MatchId[]): Promise<readonly Match[]>;
  /** Newest first by first-seen instant. Expired records are left out even where the database still has them. */
  queryMatches(
    filter: MatchFilter,
    page: { readonly limit: number; readonly cursor: string | null },
  ): Promise<Page<Match>>;
  addSource(id: MatchId, source: ArticleSource): Promise<void>;
  /** A stored match that is weak takes strength, prominence, passages and reason of this one, and counts as not alerted. Others stay as they are. */
  strengthen(match: Match): Promise<void>;
  /** Every subscriber of the moment has a delivery record. The first instant stays when the call is repeated. */
  markAlerted(id: MatchId, at: string): Promise<void>;
  /** What a subscriber said of a match, once each; saying it again changes nothing. Forgotten with the match. */
  noteNotRelevant(mark: NotRelevant): Promise<void>;
  /** What was said of a topic's matches, newest first; an earlier version's included. */
  listNotRelevant(topicId: string, limit: number): Promise<readonly NotRelevant[]>;
}

export interface NotRelevant {
  readonly matchId: MatchId;
  readonly topicId: string;
  readonly subscriptionId: SubscriptionId;
  readonly at: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** Articles with matches, and their place in a story. They come into being through `StoryStore.place`. */
export interface HitStore {
  getHit(id: ArticleId): Promise<Hit | null>;
  /** Those that exist, in no order; any number of ids. */
  getHits(ids: readonly ArticleId[]): Promise<readonly Hit[]>;
  /** Replaces what was read, `before`, by its next revision. `conflict`: another process wrote first, nothing was written. */
  revise(before: Hit, after: Hit): Promise<'revised' | 'conflict'>;
  /**
   * Every subscriber of the moment has a delivery record for this revision. Nothing happens when there is a later one. `checkAt`: from when on
   * `listDue` names the hit again, so that its deliveries are looked at; null: it does not.
   */
  markAlerted(id: ArticleId, revision: number, at: string, checkAt: string | null): Promise<void>;
  /** Its deliveries were looked at. Nothing happens when they are to be looked at later, or the hit is pending again. */
  noteChecked(id: ArticleId, checkAt: string): Promise<void>;
  /**
   * The subscribers up to `to` have a delivery record for this revision, where those up to `from` had. False where another process has written
   * since; then nothing is written. The table's stream shows the hit again, so the rest follows.
   */
  noteExpanded(id: ArticleId, revision: number, from: string | null, to: string): Promise<boolean>;
  /** Newest first. */
  hitsOfStory(storyId: string, page: { readonly limit: number; readonly cursor: string | null }): Promise<Page<Hit>>;
}

/** What the lookup keys of a document lead to, as it was read. */
export interface StoryCandidates {
  /** At most `MOST_FOUND` (shared/stories/story-index.ts). */
  readonly stories: readonly KnownStory[];
  /** Of each key that was sought. A key without stories has version 0. */
  readonly keys: readonly { readonly key: number; readonly storyIds: readonly string[]; readonly version: number }[];
}

export interface KnownStory {
  readonly story: Story;
  readonly record: StoryRecord;
  readonly version: number;
}

/** A hit, the story with it, and what the decision rested on. */
export interface Placement {
  readonly hit: Hit;
  readonly story: Story;
  /** Null: it attracts nothing. */
  readonly record: StoryRecord | null;
  /** The story as it was read; null for a new one. */
  readonly before: KnownStory | null;
  readonly candidates: StoryCandidates;
}

/** Open stories are found by key; all are kept as long as their hits. */
export interface StoryStore {
  /** Strongly consistent. At most two requests. */
  findCandidates(language: string, keys: readonly number[]): Promise<StoryCandidates>;
  /**
   * Writes hit and story together or not at all. `known`: the hit was there already. `conflict`: the story it joins, or for a new story one of the
   * keys that were sought, has changed since it was read: decide again.
   */
  place(placement: Placement): Promise<'placed' | 'known' | 'conflict'>;
  /** One of its hits gained matches: the story's topics and severity follow. Nothing happens where there is no such story. */
  addTopics(id: string, gained: readonly HitMatch[]): Promise<void>;
  getStory(id: string): Promise<Story | null>;
  /** Those that exist, in no order; any number of ids. */
  getStories(ids: readonly string[]): Promise<readonly Story[]>;
  /**
   * By their last report, newest first. The filter is that of matches: topic, feed, source, language; `since` and `until` are about the last
   * report, `text` about headlines.
   */
  queryStories(
    filter: MatchFilter,
    page: { readonly limit: number; readonly cursor: string | null },
  ): Promise<Page<Story>>;
  /** How many stories were last reported on a day in UTC (`2026-11-30`). Nothing of them is read; some that have just ended may be counted. */
  countOn(day: string): Promise<number>;
}

/** What people look for in the console. Few, so each call may read all. */
export interface ViewStore {
  listViews(): Promise<readonly SavedView[]>;
  putView(view: SavedView): Promise<void>;
  /** One that is not there counts as removed. */
  removeView(id: string): Promise<void>;
}

/** What the team has done with stories. */
export interface TriageStore {
  /** Of those that have one, in no order. Strongly consistent. */
  getTriages(storyIds: readonly string[]): Promise<readonly Triage[]>;
  /** False when the stored one is not of the revision before: then nothing was written. */
  putTriage(triage: Triage): Promise<boolean>;
}

/** What each subscriber was sent of each story. */
export interface StoryReaderStore {
  /** `consistent`: false where it may be a moment old. */
  getReader(
    storyId: string,
    subscriptionId: SubscriptionId,
    options?: { readonly consistent: boolean },
  ): Promise<StoryReader | null>;
  /**
   * The reader, whose story this delivery alone may be sent of until `until`. Null while another delivery has that right. A delivery that has it
   * gets it again. Creates the record where there is none.
   */
  beginSending(
    reader: Pick<StoryReader, 'storyId' | 'subscriptionId' | 'expiresAt'>,
    deliveryId: DeliveryId,
    now: string,
    until: string,
  ): Promise<StoryReader | null>;
  /** Writes what came of it and gives the right back. Nothing happens when the delivery does not have it any more. */
  endSending(reader: StoryReader, deliveryId: DeliveryId): Promise<void>;
  /** An alert in a digest was accepted: adds topics and severity, whoever is sending. */
  noteAlerted(alerted: Alerted): Promise<void>;
  /** The last accepted alert, if it was this delivery or digest, did not arrive: the next one is the reader's first. */
  forgetAlert(storyId: string, subscriptionId: SubscriptionId, alertedBy: string): Promise<void>;
}

/** How common words were in what was read, by day: shared by all processes, and bounded in size. */
export interface WordCountStore {
  /** Those of the days that exist (days since 1970), with the version to be named when one is replaced. May be a moment old. */
  loadDays(days: readonly number[]): Promise<readonly StoredWordDay[]>;
  /** False when another process has replaced it since that version (0: there was none); then nothing is written. */
  replaceDay(day: StoredWordDay, expiresAt: number): Promise<boolean>;
}

export interface StoredWordDay {
  /** Days since 1970. */
  readonly day: number;
  /** One for each language; all together are cut to what fits a record, the rarest words first. */
  readonly languages: readonly DayOfWords[];
  readonly version: number;
  /** RFC 3339. */
  readonly savedAt: string;
}

export interface SubscriptionStore {
  /** Throws ConflictError when the id exists. */
  createSubscription(subscription: Subscription): Promise<void>;
  /** Strongly consistent: asked right before a send. */
  getSubscription(id: SubscriptionId): Promise<Subscription | null>;
  getByToken(unsubscribeToken: string): Promise<Subscription | null>;
  /** Every active subscription of one of the topics, once each, those to `*` included. */
  subscriptionsOfTopics(topicIds: readonly string[]): Promise<readonly Subscription[]>;
  /**
   * The same page by page, for any number of subscribers. One to several of the topics may come again on a later page; one that subscribes or leaves
   * while pages are read may be there or not. `after`: `next` of the page before. `next` is null at the end; a page may be empty before it.
   */
  subscribersPage(
    topicIds: readonly string[],
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<{ readonly items: readonly Subscription[]; readonly next: string | null }>;
  subscriptionsOfTarget(target: string): Promise<readonly Subscription[]>;
  /** The same for a target of which only the hash is known (`hashOfAddress`). */
  subscriptionsOfHash(hash: string): Promise<readonly Subscription[]>;
  listSubscriptions(page: { readonly limit: number; readonly cursor: string | null }): Promise<Page<Subscription>>;
  /**
   * Replaces the fields that are given. A function is given the subscription as it is, again where another writer came first; what it throws,
   * this throws. Throws NotFoundError.
   */
  updateSubscription(
    id: SubscriptionId,
    change: SubscriptionChange | ((latest: Subscription) => SubscriptionChange),
    at: string,
  ): Promise<Subscription>;
  /** The record, its token and its places among the subscribers of topics. One that is gone already is fine. */
  deleteSubscription(id: SubscriptionId): Promise<void>;
}

/** What is stored of people beside their subscriptions. */
export interface PersonStore {
  /**
   * Counts a question to an address, which is stored as a hash and for a day only; false when it was asked `most` times since `since`, and then
   * nothing is counted. Of several at once no more than `most` are counted.
   */
  countQuestion(address: string, now: string, since: string, most: number): Promise<boolean>;
  /**
   * Deletes up to `limit` deliveries of a subscription, and with each what else is kept of it for this subscriber: its place in a digest, the
   * story's reader, a mark of not relevant. How many; fewer than `limit`: there are no more.
   */
  deleteDeliveries(id: SubscriptionId, limit: number): Promise<number>;
}

/** Addresses that get no mail, by their hash (`hashOfAddress`). */
export interface SuppressionStore {
  /** `known`: it was on the list already; nothing is changed. */
  suppress(suppression: Suppression): Promise<'added' | 'known'>;
  /** May be a moment old: asked before each mail. */
  getSuppression(hash: string): Promise<Suppression | null>;
  /** The oldest first. */
  listSuppressions(page: { readonly limit: number; readonly cursor: string | null }): Promise<Page<Suppression>>;
  /** False: it was not on the list. Refusals that were noted are forgotten in either case. */
  liftSuppression(hash: string): Promise<boolean>;
  /**
   * The mail was refused for this address. How many mails were, this one included; one that is noted again is counted once. All are forgotten
   * after the instant that the first of them named (epoch seconds).
   */
  noteRefusal(hash: string, mailId: string, expiresAt: number): Promise<number>;
}

export interface DeliveryStore {
  /** `known`: it was there already, nothing is changed. `isListed`: false where its hit is due for it, and `listDue` need not name it itself. */
  createDelivery(delivery: Delivery, options?: { readonly isListed: boolean }): Promise<'created' | 'known'>;
  /** From now on `listDue` names each delivery of the hit that has no outcome yet. How many it did not name before. */
  listUnsettled(id: ArticleId): Promise<number>;
  getDelivery(id: DeliveryId): Promise<Delivery | null>;
  /** Of the match itself: the events for machines, and alerts from before there were hits. */
  deliveriesOfMatch(matchId: MatchId): Promise<readonly Delivery[]>;
  /** Of all revisions of the hit. */
  deliveriesOfHit(id: ArticleId): Promise<readonly Delivery[]>;
  /** Those that exist, in no order; any number of ids. */
  getDeliveries(ids: readonly DeliveryId[]): Promise<readonly Delivery[]>;
  deliveriesOfSubscription(
    id: SubscriptionId,
    page: { readonly limit: number; readonly cursor: string | null },
  ): Promise<Page<Delivery>>;
  /**
   * With `failed` by when that was found, with `subscriptions` by when they were recorded, else by when their article was first seen: newest first.
   * A page may be empty before the end.
   */
  queryDeliveries(
    filter: DeliveryFilter,
    page: { readonly limit: number; readonly cursor: string | null },
  ): Promise<Page<Delivery>>;
  /**
   * Pending again, due at `at`, with no try behind it and out of its digest. Null where there is none in a state that allows it (`REDELIVERABLE`);
   * then nothing is written.
   */
  redeliver(id: DeliveryId, at: string): Promise<Delivery | null>;
  /**
   * pending or held (or sending whose time ran out) -> sending, attempts + 1, due again at `until`.
   * Null when another process has it or it is final.
   */
  beginAttempt(id: DeliveryId, now: string, until: string): Promise<Delivery | null>;
  /** Writes the outcome of the attempt this caller began. */
  finishAttempt(
    id: DeliveryId,
    outcome: Pick<Delivery, 'state' | 'dueAt' | 'reason' | 'providerId' | 'sentAt' | 'digestId'> &
      Partial<Pick<Delivery, 'attempts' | 'kind' | 'expiresAt' | 'reasonCode'>>,
    at: string,
  ): Promise<void>;
  /**
   * Writes what the provider says of a mail, which is final. False where it may not follow the state that is there (`mayComeBefore`), and where
   * there is no such delivery: nothing is changed. `wasSpokenFor`: the mail is that of the update that told it, so that it may be merged.
   */
  noteMailEvent(
    id: DeliveryId,
    event: {
      readonly state: MailEventState;
      readonly reason: string | null;
      readonly providerId: string;
      readonly wasSpokenFor?: boolean;
    },
    at: string,
  ): Promise<boolean>;
  /** held -> merged, with the reason; nothing happens to one in another state. */
  mergeHeld(ids: readonly DeliveryId[], why: Reason, at: string): Promise<void>;
  /** Deliveries that did not arrive (`hasFailed`), found at or after `since`, the latest first. */
  listFailed(since: string, limit: number): Promise<readonly Delivery[]>;

  /** Counts one single alert of the subscription in the window (epoch seconds, start); false when `limit` was reached before it. Idempotent per delivery. */
  reserveImmediateAlert(
    subscriptionId: SubscriptionId,
    windowStart: number,
    limit: number,
    deliveryId: DeliveryId,
  ): Promise<boolean>;
}

export interface DigestStore {
  /** Creates the window's digest if it is not there. `closed`: it takes no more members, use the next window. */
  openDigest(digest: Digest): Promise<'open' | 'closed'>;
  getDigest(id: string): Promise<Digest | null>;
  digestMembers(id: string): Promise<readonly Delivery[]>;
  /** open -> closed (or closed again for another try, when its due time has come), attempts + 1. Null when another process has it or it is final. */
  beginDigest(id: string, now: string, until: string): Promise<Digest | null>;
  /**
   * Writes the outcome, also on each member delivery (`memberAfter`): those that were told of are as the `receipt` says. Unless the digest failed,
   * those in `merged` brought nothing new and end as merged, and those in `leftOut` as their reason says.
   */
  finishDigest(
    id: string,
    outcome: Pick<Digest, 'state' | 'dueAt' | 'reason'> &
      Partial<Pick<Digest, 'attempts' | 'reasonCode'>> &
      Pick<DigestEnd, 'receipt'>,
    members: readonly DeliveryId[],
    at: string,
    merged?: ReadonlySet<DeliveryId>,
    leftOut?: ReadonlyMap<DeliveryId, Reason>,
  ): Promise<void>;
}

/** Alerts that are not finished, of every kind. */
export interface DueStore {
  /** What the sweep takes up: hits (and matches of before) not alerted, deliveries and digests due at or before `now`, oldest first. */
  listDue(now: string, limit: number): Promise<readonly Due[]>;
  /** The same for what is due after `now`, furthest first. */
  listAhead(now: string, limit: number): Promise<readonly Due[]>;
  /** Due at `now` instead of later; nothing happens to what is final or due by then. */
  bringForward(entry: Due, now: string): Promise<void>;
}

/** Matches as feeds for other programs. They are few: a list has them all. */
export interface OutputStore {
  /** Throws ConflictError when the id exists. */
  createOutput(output: OutputFeed): Promise<void>;
  /** Strongly consistent: a renewed address ends the old one at once. */
  getOutput(id: string): Promise<OutputFeed | null>;
  /** In the order of their ids. */
  listOutputs(): Promise<readonly OutputFeed[]>;
  /** Replaces the fields that are given. Throws NotFoundError. */
  updateOutput(id: string, change: OutputChange, at: string): Promise<void>;
  /** One that is gone already is fine. */
  removeOutput(id: string): Promise<void>;
  /** `day` in UTC, such as 2026-11-23. */
  noteRead(id: string, day: string): Promise<void>;
}

/** Everything on the one table. */
export interface Stores {
  readonly feeds: FeedStore;
  readonly feedIncidents: FeedIncidentStore;
  readonly hostPaces: HostPaceStore;
  readonly sendPaces: SendPaceStore;
  readonly schedule: ScheduleStore;
  readonly topics: TopicStore;
  readonly matches: MatchStore;
  readonly hits: HitStore;
  readonly stories: StoryStore;
  readonly storyReaders: StoryReaderStore;
  readonly triages: TriageStore;
  readonly views: ViewStore;
  readonly wordCounts: WordCountStore;
  readonly subscriptions: SubscriptionStore;
  readonly suppressions: SuppressionStore;
  readonly persons: PersonStore;
  readonly deliveries: DeliveryStore;
  readonly digests: DigestStore;
  readonly due: DueStore;
  readonly outputs: OutputStore;
}

// ---------------------------------------------------------------- mail and publications

/** What a provider says of a mail that it accepted. */
export interface AcceptedMail {
  /** Its own name for the mail. */
  readonly providerId: string;
  /** The Message-ID that the mail arrives with, without angle brackets: later mails of a thread refer to it. Empty where it is not known. */
  readonly messageId: string;
}

export interface Mailer {
  /**
   * Returns on acceptance. Throws DeliveryRefusedError (the recipient, permanent), MessageRefusedError (the message,
   * permanent), SenderRefusedError (us, until an operator corrects it), SendLaterError or ServiceUnavailableError (try again).
   */
  sendMail(mail: Mail): Promise<AcceptedMail>;
}

/** What the provider of mails allows this account. */
export interface SendQuotaState {
  /** Mails a second. */
  readonly perSecond: number;
  /** Mails within 24 hours; null: as many as one likes. */
  readonly perDay: number | null;
  /** Of these, those not used up in the last 24 hours; null: as many as one likes. */
  readonly leftToday: number | null;
  /** Mails reach verified addresses only. */
  readonly isSandbox: boolean;
  /** False: the provider has stopped sending for this account. */
  readonly isEnabled: boolean;
}

export interface SendQuota {
  /** At most ten minutes old. Null where there is no limit, or it cannot be read. */
  read(): Promise<SendQuotaState | null>;
}

/** What a service says of a message that it took. */
export interface Receipt {
  /** `accepted`: it took the message; its arrival is not confirmed. `delivered`: its answer confirms it. */
  readonly state: 'sent' | 'accepted' | 'delivered';
  /** Its own name for the message; empty where it gives none. */
  readonly providerId: string;
}

export interface ChannelSecrets {
  getSecret(id: SubscriptionId): Promise<ChannelSecret | null>;
  putSecret(id: SubscriptionId, secret: ChannelSecret): Promise<void>;
  /** One that is gone already is fine. */
  removeSecret(id: SubscriptionId): Promise<void>;
}

/** Posts messages to the services that are reached over HTTP. */
export interface ChannelSender {
  /**
   * `channel`: in which form; `secret`: where to. Throws SendLaterError (the service asks us to wait), MessageRefusedError (the message, permanent),
   * TargetGoneError (the address, permanent) or ServiceUnavailableError (try again).
   */
  send(channel: WebChannel, secret: ChannelSecret, message: ChannelMessage): Promise<Receipt>;
}

/** A message that a queue handed out, and whose work failed. */
export interface FailedMessage {
  /** By which the queue knows that it was handed out. */
  readonly handle: string;
  readonly body: string;
  /** Why, in words. */
  readonly reason: string;
}

/** What becomes of the messages of one queue whose work failed. */
export interface FailedMessages {
  /** Each is hidden for its seconds, from now on. Throws ServiceUnavailableError: they come back when the queue's own time is up. */
  retryLater(messages: readonly (FailedMessage & { readonly seconds: number })[]): Promise<void>;
  /** It is among the dead letters once this resolves; the queue still has it, too. Throws ServiceUnavailableError. */
  setAside(message: FailedMessage): Promise<void>;
}

/** Deliveries that are to be tried, each a message of its own. What is lost here is taken up by the sweep. */
export interface DeliveryQueue {
  /** `seconds`: how long each waits at least; at most fifteen minutes. */
  send(messages: readonly DeliveryMessage[], seconds: number): Promise<void>;
}

/** How fast messages may leave, counted by all processes together. */
export interface SendPaceStore {
  /**
   * Takes `count` places in the row of what is sent as `name`: `perSecond` of them a second, after at most `burst` at once. The instant (RFC 3339)
   * of the first; the others follow at the pace. Those that are past may be used at once.
   */
  reserve(
    name: string,
    count: number,
    pace: { readonly perSecond: number; readonly burst: number },
    now: string,
  ): Promise<string>;
}

export interface OperatorNotices {
  /** Sends a notice to those who run this deployment. A channel that has only text leaves the HTML out. */
  notify(notice: OperatorNotice): Promise<void>;
}

/** Who gets alarms and notices on AWS: the subscriptions of the operations topic. */
export interface OperatorSubscriptions {
  /** Throws ServiceUnavailableError. */
  count(): Promise<{ readonly confirmed: number; readonly unconfirmed: number }>;
}

export interface AlertPublisher {
  /** Publishes once on the deployment's SNS topic; the provider's message id. */
  publish(publication: AlertEvent): Promise<string>;
}

/** E-mail subscriptions held by SNS itself. */
export interface SnsSubscriptions {
  /**
   * SNS asks the address to confirm, again where it has not answered. With `current`, the ARN that is there, it gets these topics instead, without
   * another confirmation. `pending`: the ARN of one that waits for its confirmation, which may have other topics.
   */
  subscribeEmail(
    address: string,
    topics: readonly string[],
    current?: string | null,
    pending?: string | null,
  ): Promise<{ readonly arn: string }>;
  /** `pending`: the address has not confirmed it. `gone`: ended by its owner, or never confirmed in time. */
  stateOf(arn: string): Promise<SnsState>;
  /** One that is gone already is fine. */
  unsubscribe(arn: string): Promise<void>;
  /** Ends all of an address, in any case of letters. `pending` ones cannot be ended: SNS drops them by itself. */
  unsubscribeAddress(address: string): Promise<{ readonly ended: number; readonly pending: number }>;
}

export type SnsState = 'confirmed' | 'pending' | 'gone';
