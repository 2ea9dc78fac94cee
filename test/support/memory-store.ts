// All stores in memory, with the same meaning as those on the table: the contract suite holds both to it.
// For pipeline tests by the thousand: it can be looked at, copied and set back as plain data.

import type { Coverage } from '../../shared/alerts/coverage.ts';
import { takePlaces } from '../../shared/alerts/send-pace.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../shared/core/errors.ts';
import { mapConcurrently } from '../../shared/core/map-concurrently.ts';
import { furthestCheck } from '../../shared/feeds/incident-checks.ts';
import { furthestClaim } from '../../shared/feeds/poll-schedule.ts';
import type { ArticleSource } from '../../shared/model/article.ts';
import { type DeliveryFilter, deliveryFilterIdentity, deliveryFits } from '../../shared/model/delivery-filter.ts';
import { REASON_OF_MAIL_EVENT, type Reason } from '../../shared/model/delivery-reason.ts';
import { hasFailed, hasReached, mayComeBefore, REDELIVERABLE } from '../../shared/model/delivery-states.ts';
import { memberAfter } from '../../shared/model/digest-member.ts';
import type { Feed, FeedIncident, FeedSettings, NewFeed, PollBatch, PollState } from '../../shared/model/feed.ts';
import { initialPollState } from '../../shared/model/feed.ts';
import { fitReason } from '../../shared/model/fit-delivery.ts';
import { fitFeedSettings, fitPollState } from '../../shared/model/fit-feed.ts';
import { fitMatch, fitSource } from '../../shared/model/fit-match.ts';
import type { Hit } from '../../shared/model/hit.ts';
import type { ArticleId, DeliveryId, FeedId, MatchId, SubscriptionId } from '../../shared/model/ids.ts';
import { type Match, MOST_SOURCES } from '../../shared/model/match.ts';
import { filterIdentity, fitsFilter, normalFilter } from '../../shared/model/match-filter.ts';
import type { OutputChange, OutputFeed } from '../../shared/model/output.ts';
import {
  deliveryPosition,
  duePosition,
  failedPosition,
  matchPosition,
  newestFirst,
  oldestFirst,
  subscriptionPosition,
  suppressionPosition,
} from '../../shared/model/positions.ts';
import type { Story, StoryReader } from '../../shared/model/story.ts';
import type { Delivery, Digest, Due, Subscription, SubscriptionChange } from '../../shared/model/subscription.ts';
import { checkTopicCount } from '../../shared/model/subscription-topics.ts';
import { fitSuppression, hashOfAddress, type Suppression } from '../../shared/model/suppression.ts';
import type { Topic, TopicEntry } from '../../shared/model/topic.ts';
import { idleSharedPace, type SharedPace } from '../../shared/net/host-pace.ts';
import {
  type PutTopicsOptions,
  planPut,
  planRemoval,
  planRestoring,
  type TopicChange,
  type TopicsPut,
} from '../../shared/packs/topic-changes.ts';
import { entryOf, revisionOf } from '../../shared/packs/topic-revision.ts';
import type {
  Clock,
  DeliveryStore,
  DigestStore,
  DueStore,
  FeedIncidentStore,
  FeedStore,
  HostPaceStore,
  KnownStory,
  MatchStore,
  NotRelevant,
  OutputStore,
  PersonStore,
  ScheduleStore,
  SendPaceStore,
  Stores,
  SubscriptionStore,
  SuppressionStore,
  TopicStore,
} from '../../shared/ports.ts';
import { cursorPage } from './memory-page.ts';
import {
  MemoryHitStore,
  MemoryStoryReaderStore,
  MemoryStoryStore,
  MemoryTriageStore,
  MemoryViewStore,
  MemoryWordCountStore,
  type StoryState,
} from './memory-stories.ts';

const BATCH_SIZE = 25;

interface StoredPast {
  readonly keys: readonly string[];
  readonly expiresAt: number;
}

/** Everything that is stored, as plain JSON data; maps are objects with their keys sorted, sets are sorted lists. */
export interface MemorySnapshot {
  readonly feeds: Readonly<Record<string, Feed>>;
  readonly batches: Readonly<Record<string, PollBatch>>;
  readonly currentMemory: Readonly<Record<string, readonly string[]>>;
  /** By `<feed id> <week>`. */
  readonly pastMemory: Readonly<Record<string, StoredPast>>;
  readonly schedule: {
    readonly lastMinute: string | null;
    readonly claim: { readonly minute: string; readonly until: string } | null;
  };
  readonly feedIncidents: {
    readonly nextLookAt: string | null;
    readonly coverage: Coverage | null;
    readonly told: Readonly<Record<string, FeedIncident>>;
  };
  readonly topics: Readonly<Record<string, TopicEntry>>;
  /** By `<id> <version>`. */
  readonly topicVersions: Readonly<Record<string, Topic>>;
  readonly matches: Readonly<Record<string, Match>>;
  readonly subscriptions: Readonly<Record<string, Subscription>>;
  readonly suppressions: Readonly<Record<string, Suppression>>;
  /** Mails that were refused, by the hash of the address. */
  readonly refusals: Readonly<Record<string, { readonly mails: readonly string[]; readonly expiresAt: number }>>;
  readonly deliveries: Readonly<Record<string, Delivery>>;
  readonly digests: Readonly<Record<string, Digest>>;
  /** Delivery ids by digest id. */
  readonly digestMembers: Readonly<Record<string, readonly string[]>>;
  /** Delivery ids by `<subscription id> <window start>`. */
  readonly singleAlerts: Readonly<Record<string, readonly string[]>>;
  readonly hits: Readonly<Record<string, Hit>>;
  readonly stories: Readonly<Record<string, KnownStory>>;
  readonly closedStories: Readonly<Record<string, Story>>;
  readonly storyKeys: Readonly<Record<string, { readonly storyIds: readonly string[]; readonly version: number }>>;
  readonly readers: Readonly<Record<string, StoryReader>>;
}

export interface MemoryStores extends Stores {
  /** A copy of the whole state, good for toEqual and JSON. */
  snapshot(): MemorySnapshot;
  /** Replaces the whole state. */
  restore(snapshot: MemorySnapshot): void;
}

export function createMemoryStores(options: {
  readonly clock: Clock;
  /** Told of every hit that is put or revised and pending: what the table's stream would say. Called once the hit is stored. */
  readonly onPendingHit?: (hit: Hit) => void;
}): MemoryStores {
  const state = new State();
  const { onPendingHit = () => undefined } = options;
  return {
    feeds: new MemoryFeedStore(state, options.clock),
    feedIncidents: new MemoryFeedIncidentStore(state),
    hostPaces: new MemoryHostPaceStore(),
    sendPaces: new MemorySendPaceStore(),
    schedule: new MemoryScheduleStore(state),
    topics: new MemoryTopicStore(state),
    matches: new MemoryMatchStore(state, options.clock),
    hits: new MemoryHitStore(state, options.clock, onPendingHit),
    stories: new MemoryStoryStore(state, options.clock, onPendingHit),
    storyReaders: new MemoryStoryReaderStore(state, options.clock),
    triages: new MemoryTriageStore(options.clock),
    views: new MemoryViewStore(),
    wordCounts: new MemoryWordCountStore(),
    subscriptions: new MemorySubscriptionStore(state),
    suppressions: new MemorySuppressionStore(state, options.clock),
    persons: new MemoryPersonStore(state, options.clock),
    deliveries: new MemoryDeliveryStore(state, options.clock),
    digests: new MemoryDigestStore(state, options.clock),
    due: new MemoryDueStore(state, options.clock),
    outputs: new MemoryOutputStore(),
    snapshot: () => state.snapshot(),
    restore: (snapshot) => state.restore(snapshot),
  };
}

/** Values are never changed in place, only replaced; so handing them out is safe. */
class State implements StoryState {
  feeds = new Map<string, Feed>();
  batches = new Map<string, PollBatch>();
  currentMemory = new Map<string, readonly string[]>();
  pastMemory = new Map<string, StoredPast>();
  schedule: MemorySnapshot['schedule'] = { lastMinute: null, claim: null };
  feedIncidents: MemorySnapshot['feedIncidents'] = { nextLookAt: null, coverage: null, told: {} };
  topics = new Map<string, TopicEntry>();
  topicVersions = new Map<string, Topic>();
  matches = new Map<string, Match>();
  subscriptions = new Map<string, Subscription>();
  suppressions = new Map<string, Suppression>();
  refusals = new Map<string, MemorySnapshot['refusals'][string]>();
  deliveries = new Map<string, Delivery>();
  digests = new Map<string, Digest>();
  digestMembers = new Map<string, readonly string[]>();
  singleAlerts = new Map<string, readonly string[]>();
  notRelevant = new Map<string, NotRelevant>();
  hits: StoryState['hits'] = new Map();
  stories: StoryState['stories'] = new Map();
  closedStories: StoryState['closedStories'] = new Map();
  storyKeys: StoryState['storyKeys'] = new Map();
  readers: StoryState['readers'] = new Map();
  /** Deliveries that their hit is due for. */
  unlisted = new Set<DeliveryId>();

  snapshot(): MemorySnapshot {
    return structuredClone({
      feeds: asObject(this.feeds),
      batches: asObject(this.batches),
      currentMemory: asObject(this.currentMemory),
      pastMemory: asObject(this.pastMemory),
      schedule: this.schedule,
      feedIncidents: this.feedIncidents,
      topics: asObject(this.topics),
      topicVersions: asObject(this.topicVersions),
      matches: asObject(this.matches),
      subscriptions: asObject(this.subscriptions),
      suppressions: asObject(this.suppressions),
      refusals: asObject(this.refusals),
      deliveries: asObject(this.deliveries),
      digests: asObject(this.digests),
      digestMembers: asObject(this.digestMembers),
      singleAlerts: asObject(this.singleAlerts),
      hits: asObject(this.hits),
      stories: asObject(this.stories),
      closedStories: asObject(this.closedStories),
      storyKeys: asObject(this.storyKeys),
      readers: asObject(this.readers),
    });
  }

  restore(snapshot: MemorySnapshot): void {
    const copy = structuredClone(snapshot);
    this.unlisted.clear();
    this.feeds = asMap(copy.feeds);
    this.batches = asMap(copy.batches);
    this.currentMemory = asMap(copy.currentMemory);
    this.pastMemory = asMap(copy.pastMemory);
    this.schedule = copy.schedule;
    this.feedIncidents = copy.feedIncidents;
    this.topics = asMap(copy.topics);
    this.topicVersions = asMap(copy.topicVersions);
    this.matches = asMap(copy.matches);
    this.subscriptions = asMap(copy.subscriptions);
    this.suppressions = asMap(copy.suppressions);
    this.refusals = asMap(copy.refusals);
    this.deliveries = asMap(copy.deliveries);
    this.digests = asMap(copy.digests);
    this.digestMembers = asMap(copy.digestMembers);
    this.singleAlerts = asMap(copy.singleAlerts);
    this.hits = asMap(copy.hits);
    this.stories = asMap(copy.stories);
    this.closedStories = asMap(copy.closedStories);
    this.storyKeys = asMap(copy.storyKeys);
    this.readers = asMap(copy.readers);
  }
}

class MemoryFeedStore implements FeedStore {
  readonly #state: State;
  readonly #clock: Clock;

  constructor(state: State, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  async addFeeds(feeds: readonly NewFeed[]) {
    return mapConcurrently(feeds, 1, (feed) => this.addFeed(feed));
  }

  async addFeed(feed: NewFeed): Promise<'added' | 'known'> {
    if (this.#state.feeds.has(feed.id)) return 'known';
    this.#forget(feed.id);
    const { intervalMinutes, ...settings } = feed;
    const batch = this.#batchWithRoom();
    const feedIds = [...batch.feedIds, feed.id].sort();
    this.#state.batches.set(batch.id, { ...batch, feedIds });
    this.#state.feeds.set(feed.id, {
      ...settings,
      ...fitFeedSettings(settings),
      pollBatch: batch.id,
      state: initialPollState(intervalMinutes),
    });
    return 'added';
  }

  async getFeed(id: FeedId): Promise<Feed | null> {
    return this.#state.feeds.get(id) ?? null;
  }

  async getFeeds(ids: readonly FeedId[]): Promise<readonly Feed[]> {
    return [...new Set(ids)].flatMap((id) => this.#state.feeds.get(id) ?? []);
  }

  async listFeeds(page: { readonly limit: number; readonly cursor: string | null }) {
    const feeds = (await this.listPollBatches()).flatMap((batch) =>
      batch.feedIds.flatMap((id) => this.#state.feeds.get(id) ?? []),
    );
    return cursorPage(['feeds'], page, feeds, (feed) => `${feed.pollBatch}#${feed.id}`);
  }

  async updateFeedSettings(id: FeedId, settings: Partial<FeedSettings>): Promise<Feed> {
    const feed = this.#mustHave(id);
    const after: Feed = { ...feed, ...fitFeedSettings(settings) };
    this.#state.feeds.set(id, after);
    return after;
  }

  async removeFeed(id: FeedId): Promise<void> {
    const { pollBatch } = this.#mustHave(id);
    this.#forget(id);
    this.#state.feeds.delete(id);
    const batch = this.#state.batches.get(pollBatch)!;
    this.#state.batches.set(pollBatch, { ...batch, feedIds: batch.feedIds.filter((one) => one !== id) });
  }

  async listPollBatches(): Promise<readonly PollBatch[]> {
    return sortedValues(this.#state.batches).filter(({ feedIds }) => feedIds.length > 0);
  }

  async getPollBatch(id: string): Promise<PollBatch | null> {
    const batch = this.#state.batches.get(id);
    return batch === undefined || batch.feedIds.length === 0 ? null : batch;
  }

  async notePolled(pollBatch: string, slot: string, at: string): Promise<void> {
    const batch = this.#state.batches.get(pollBatch);
    if (batch === undefined || (batch.lastSlot !== null && batch.lastSlot >= slot)) return;
    this.#state.batches.set(pollBatch, { ...batch, lastSlot: slot, lastPolledAt: at });
  }

  async savePollState(id: FeedId, state: PollState): Promise<'saved' | 'conflict'> {
    const feed = this.#state.feeds.get(id);
    if (feed === undefined || feed.state.version !== state.version) return 'conflict';
    this.#state.feeds.set(id, { ...feed, state: fitPollState({ ...state, version: state.version + 1 }) });
    return 'saved';
  }

  async loadCurrentMemory(id: FeedId): Promise<ReadonlySet<string>> {
    return new Set(this.#state.currentMemory.get(id));
  }

  async loadPastMemory(id: FeedId): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const nowSeconds = this.#clock.now().getTime() / 1000;
    const weeks = [...this.#state.pastMemory].filter(
      ([key, { expiresAt }]) => key.startsWith(`${id} `) && expiresAt > nowSeconds,
    );
    return new Map(weeks.map(([key, { keys }]) => [key.slice(id.length + 1), new Set(keys)]));
  }

  async saveMemory(
    id: FeedId,
    change: {
      readonly current: ReadonlySet<string>;
      readonly week: string;
      readonly left: ReadonlySet<string>;
      readonly expiresAt: number;
    },
  ): Promise<void> {
    for (const key of [...change.current, ...change.left]) {
      if (!/^[0-9a-f]{12}(?:[0-9a-f]{64}(?:[0-9a-f]{34})?)?$/.test(key))
        throw new InvalidInputError('bad_memory_key', `"${key}" is not an item key`);
    }
    if (change.left.size > 0) {
      const week = `${id} ${change.week}`;
      const keys = new Set([...(this.#state.pastMemory.get(week)?.keys ?? []), ...change.left]);
      this.#state.pastMemory.set(week, { keys: [...keys].sort(), expiresAt: change.expiresAt });
    }
    this.#state.currentMemory.set(id, [...change.current].sort());
  }

  #mustHave(id: FeedId): Feed {
    const feed = this.#state.feeds.get(id);
    if (feed === undefined) throw new NotFoundError(`feed "${id}"`);
    return feed;
  }

  #forget(id: FeedId): void {
    this.#state.currentMemory.delete(id);
    for (const key of this.#state.pastMemory.keys()) if (key.startsWith(`${id} `)) this.#state.pastMemory.delete(key);
  }

  #batchWithRoom(): PollBatch {
    const batches = sortedValues(this.#state.batches);
    const roomy = batches.find(({ feedIds }) => feedIds.length < BATCH_SIZE);
    const id = String(batches.length + 1).padStart(6, '0');
    return roomy ?? { id, feedIds: [], lastSlot: null, lastPolledAt: null };
  }
}

class MemoryFeedIncidentStore implements FeedIncidentStore {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  async claim(now: string, until: string): Promise<boolean> {
    const { nextLookAt } = this.#state.feedIncidents;
    if (nextLookAt !== null && nextLookAt > now && nextLookAt <= furthestCheck(now)) return false;
    await this.complete(until);
    return true;
  }

  async complete(next: string, coverage: Coverage | null = this.#state.feedIncidents.coverage): Promise<void> {
    this.#state.feedIncidents = { ...this.#state.feedIncidents, nextLookAt: next, coverage };
  }

  async lastCoverage(): Promise<Coverage | null> {
    return this.#state.feedIncidents.coverage;
  }

  async listNotified(): Promise<ReadonlyMap<FeedId, FeedIncident>> {
    return new Map(Object.entries(this.#state.feedIncidents.told) as [FeedId, FeedIncident][]);
  }

  async recordNotified(marks: ReadonlyMap<FeedId, FeedIncident | null>): Promise<void> {
    const told = new Map<string, FeedIncident>(await this.listNotified());
    for (const [id, news] of marks) {
      if (news === null) told.delete(id);
      else told.set(id, news);
    }
    this.#state.feedIncidents = { ...this.#state.feedIncidents, told: asObject(told) };
  }
}

class MemoryScheduleStore implements ScheduleStore {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  async lastMinute(): Promise<string | null> {
    return this.#state.schedule.lastMinute;
  }

  async claim(minute: string, until: string, now: string): Promise<boolean> {
    const { lastMinute, claim } = this.#state.schedule;
    if (claim !== null && claim.until > now && claim.until <= furthestClaim(until)) return false;
    if (lastMinute !== null && lastMinute >= minute) return false;
    this.#state.schedule = { lastMinute, claim: { minute, until } };
    return true;
  }

  async complete(minute: string): Promise<void> {
    const { lastMinute, claim } = this.#state.schedule;
    if (lastMinute !== null && lastMinute >= minute) return;
    this.#state.schedule = { lastMinute: minute, claim: claim !== null && claim.minute > minute ? claim : null };
  }
}

/** Not part of the snapshot: it is about the next seconds, and no promise hangs on it. */
class MemoryHostPaceStore implements HostPaceStore {
  readonly #known = new Map<string, { readonly pace: SharedPace; readonly version: number }>();

  async read(host: string): Promise<{ readonly pace: SharedPace; readonly version: number }> {
    return this.#known.get(host) ?? { pace: idleSharedPace, version: 0 };
  }

  async replace(host: string, pace: SharedPace, version: number): Promise<boolean> {
    if ((this.#known.get(host)?.version ?? 0) !== version) return false;
    this.#known.set(host, { pace, version: version + 1 });
    return true;
  }
}

class MemorySendPaceStore implements SendPaceStore {
  readonly #emptyAt = new Map<string, number>();

  async reserve(name: string, count: number, pace: Parameters<SendPaceStore['reserve']>[2], now: string) {
    const { firstAt, emptyAt } = takePlaces(this.#emptyAt.get(name) ?? null, count, pace, Date.parse(now));
    this.#emptyAt.set(name, emptyAt);
    return new Date(firstAt).toISOString();
  }
}

class MemoryOutputStore implements OutputStore {
  readonly #outputs = new Map<string, OutputFeed>();

  async createOutput(output: OutputFeed): Promise<void> {
    if (this.#outputs.has(output.id)) throw new ConflictError(`output "${output.id}" exists already`);
    this.#outputs.set(output.id, output);
  }

  async getOutput(id: string) {
    return this.#outputs.get(id) ?? null;
  }

  async listOutputs() {
    return [...this.#outputs.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async updateOutput(id: string, change: OutputChange, at: string): Promise<void> {
    const output = this.#outputs.get(id);
    if (output === undefined) throw new NotFoundError(`output "${id}"`);
    this.#outputs.set(id, { ...output, ...change, updatedAt: at });
  }

  async removeOutput(id: string): Promise<void> {
    this.#outputs.delete(id);
  }

  async noteRead(id: string, day: string): Promise<void> {
    const output = this.#outputs.get(id);
    if (output !== undefined) this.#outputs.set(id, { ...output, lastReadOn: day });
  }
}

class MemoryTopicStore implements TopicStore {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  async revision(): Promise<string> {
    return revisionOf([...this.#state.topics.values()]);
  }

  async listTopics(): Promise<readonly Topic[]> {
    const inForce = [...this.#state.topics.values()].filter(({ disabledAt }) => disabledAt === null);
    return inForce
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, version }) => this.#state.topicVersions.get(`${id} ${version}`)!);
  }

  async getTopic(id: string, version?: string): Promise<Topic | null> {
    const entry = this.#state.topics.get(id);
    const wanted = version ?? (entry?.disabledAt === null ? entry.version : undefined);
    return this.#state.topicVersions.get(`${id} ${wanted}`) ?? null;
  }

  async listEntries(): Promise<readonly TopicEntry[]> {
    return [...this.#state.topics.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async putTopics(topics: readonly Topic[], options?: PutTopicsOptions): Promise<TopicsPut> {
    const wanted = new Map(topics.map((topic) => [topic.id, entryOf(topic)]));
    const plan = planPut(this.#state.topics, wanted, options);
    for (const topic of topics) this.#state.topicVersions.set(`${topic.id} ${topic.version}`, topic);
    this.#apply(plan);
    return plan.report;
  }

  async removeTopic(id: string, at: string): Promise<'disabled' | 'ended' | null> {
    const plan = planRemoval(this.#state.topics, id, at);
    if (plan !== null) this.#apply(plan);
    return plan?.outcome ?? null;
  }

  async restoreTopic(id: string): Promise<boolean> {
    const plan = planRestoring(this.#state.topics, id);
    if (plan !== null) this.#apply(plan);
    return plan !== null;
  }

  #apply({ write, remove }: TopicChange<TopicEntry>): void {
    for (const entry of write) this.#state.topics.set(entry.id, entry);
    for (const id of remove) this.#state.topics.delete(id);
  }
}

class MemoryMatchStore implements MatchStore {
  readonly #state: State;
  readonly #clock: Clock;

  constructor(state: State, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  async putMatch(match: Match): Promise<'stored' | 'known'> {
    if (this.#living(match.id) !== null) {
      for (const source of match.sources) await this.addSource(match.id, source);
      return 'known';
    }
    this.#state.matches.set(match.id, fitMatch(match));
    return 'stored';
  }

  async getMatch(id: MatchId): Promise<Match | null> {
    return this.#living(id);
  }

  async getMatches(ids: readonly MatchId[]): Promise<readonly Match[]> {
    return [...new Set(ids)].flatMap((id) => this.#living(id) ?? []);
  }

  async queryMatches(
    filter: Parameters<MatchStore['queryMatches']>[0],
    page: { readonly limit: number; readonly cursor: string | null },
  ) {
    const wanted = normalFilter(filter);
    const fitting = [...this.#state.matches.keys()].flatMap((id) => this.#living(id as MatchId) ?? []);
    const found = fitting.filter((match) => fitsFilter(match, wanted));
    found.sort(newestFirst(matchPosition));
    return cursorPage(filterIdentity(wanted), page, found, matchPosition, 'descending');
  }

  async addSource(id: MatchId, source: ArticleSource): Promise<void> {
    const match = this.#state.matches.get(id);
    if (match === undefined || match.sources.length >= MOST_SOURCES) return;
    if (match.sources.some(({ feedId }) => feedId === source.feedId)) return;
    this.#state.matches.set(id, { ...match, sources: [...match.sources, fitSource(source)] });
  }

  async strengthen(match: Match): Promise<void> {
    const known = this.#state.matches.get(match.id);
    if (known?.strength !== 'weak') return;
    const { strength, prominence, passages, why, article } = fitMatch(match);
    this.#state.matches.set(match.id, {
      ...known,
      ...{ strength, prominence, passages, why },
      article: { ...known.article, origin: article.origin },
      times: { ...known.times, alertedAt: null },
    });
  }

  async markAlerted(id: MatchId, at: string): Promise<void> {
    const match = this.#state.matches.get(id);
    if (match === undefined || match.times.alertedAt !== null) return;
    this.#state.matches.set(id, { ...match, alertState: 'done', times: { ...match.times, alertedAt: at } });
  }

  async noteNotRelevant(mark: NotRelevant): Promise<void> {
    const key = `${mark.matchId} ${mark.subscriptionId}`;
    const known = this.#state.notRelevant.get(key);
    if (known === undefined || isExpired(known, this.#clock)) this.#state.notRelevant.set(key, mark);
  }

  async listNotRelevant(topicId: string, limit: number): Promise<readonly NotRelevant[]> {
    return [...this.#state.notRelevant.values()]
      .filter((mark) => mark.topicId === topicId && !isExpired(mark, this.#clock))
      .sort((a, b) => (a.at < b.at ? 1 : -1))
      .slice(0, limit);
  }

  #living(id: MatchId): Match | null {
    const match = this.#state.matches.get(id);
    return match === undefined || isExpired(match, this.#clock) ? null : match;
  }
}

class MemorySubscriptionStore implements SubscriptionStore {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  async createSubscription(subscription: Subscription): Promise<void> {
    checkTopicCount(subscription.topics);
    const isTaken =
      this.#state.subscriptions.has(subscription.id) ||
      [...this.#state.subscriptions.values()].some((one) => one.unsubscribeToken === subscription.unsubscribeToken);
    if (isTaken) throw new ConflictError(`subscription "${subscription.id}" exists already`);
    this.#state.subscriptions.set(subscription.id, subscription);
  }

  async getSubscription(id: SubscriptionId): Promise<Subscription | null> {
    return this.#state.subscriptions.get(id) ?? null;
  }

  async getByToken(unsubscribeToken: string): Promise<Subscription | null> {
    return [...this.#state.subscriptions.values()].find((one) => one.unsubscribeToken === unsubscribeToken) ?? null;
  }

  async subscriptionsOfTopics(topicIds: readonly string[]): Promise<readonly Subscription[]> {
    return [...this.#state.subscriptions.values()].filter(
      ({ state, topics }) =>
        state === 'active' && (topics.includes('*') || topics.some((topic) => topicIds.includes(topic))),
    );
  }

  async subscribersPage(
    topicIds: readonly string[],
    { limit, after }: { readonly limit: number; readonly after: string | null },
  ): Promise<{ readonly items: readonly Subscription[]; readonly next: string | null }> {
    const all = (await this.subscriptionsOfTopics(topicIds)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const rest = after === null ? all : all.filter(({ id }) => id > after);
    const items = rest.slice(0, limit);
    return { items, next: rest.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  subscriptionsOfTarget(target: string): Promise<readonly Subscription[]> {
    return this.subscriptionsOfHash(hashOfAddress(target));
  }

  async subscriptionsOfHash(hash: string): Promise<readonly Subscription[]> {
    return [...this.#state.subscriptions.values()].filter(({ target }) => hashOfAddress(target) === hash);
  }

  async listSubscriptions(page: { readonly limit: number; readonly cursor: string | null }) {
    const all = [...this.#state.subscriptions.values()].sort(oldestFirst(subscriptionPosition));
    return cursorPage(['subscriptions'], page, all, subscriptionPosition);
  }

  async updateSubscription(
    id: SubscriptionId,
    change: SubscriptionChange | ((latest: Subscription) => SubscriptionChange),
    at: string,
  ): Promise<Subscription> {
    const before = this.#state.subscriptions.get(id);
    if (before === undefined) throw new NotFoundError(`subscription "${id}"`);
    const changed = given(typeof change === 'function' ? change(before) : change);
    checkTopicCount(changed.topics ?? []);
    const after = { ...before, ...changed, updatedAt: at };
    this.#state.subscriptions.set(id, after);
    return after;
  }

  async deleteSubscription(id: SubscriptionId): Promise<void> {
    this.#state.subscriptions.delete(id);
  }
}

class MemoryPersonStore implements PersonStore {
  readonly #state: State;
  readonly #clock: Clock;
  readonly #questions = new Map<string, readonly string[]>();

  constructor(state: State, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  async countQuestion(address: string, now: string, since: string, most: number): Promise<boolean> {
    const key = address.trim().toLowerCase();
    const counted = (this.#questions.get(key) ?? []).filter((at) => at > since);
    if (counted.length >= most) return false;
    this.#questions.set(key, [...counted, now]);
    return true;
  }

  async deleteDeliveries(id: SubscriptionId, limit: number): Promise<number> {
    const mine = livingDeliveries((one) => one.subscriptionId === id, this.#state, this.#clock).slice(0, limit);
    for (const delivery of mine) {
      const { storyId, digestId, matchId, matchIds } = delivery;
      if (storyId !== null) this.#state.readers.delete(`${storyId} ${id}`);
      if (digestId !== null) {
        this.#state.digests.delete(digestId);
        this.#state.digestMembers.delete(digestId);
      }
      for (const match of [matchId, ...matchIds]) this.#state.notRelevant.delete(`${match} ${id}`);
      this.#state.deliveries.delete(delivery.id);
    }
    return mine.length;
  }
}

class MemorySuppressionStore implements SuppressionStore {
  readonly #state: State;
  readonly #clock: Clock;

  constructor(state: State, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  async suppress(suppression: Suppression): Promise<'added' | 'known'> {
    if (this.#state.suppressions.has(suppression.hash)) return 'known';
    this.#state.suppressions.set(suppression.hash, fitSuppression(suppression));
    return 'added';
  }

  async getSuppression(hash: string): Promise<Suppression | null> {
    return this.#state.suppressions.get(hash) ?? null;
  }

  async listSuppressions(page: { readonly limit: number; readonly cursor: string | null }) {
    const all = [...this.#state.suppressions.values()].sort(oldestFirst(suppressionPosition));
    return cursorPage(['suppressions'], page, all, suppressionPosition);
  }

  async liftSuppression(hash: string): Promise<boolean> {
    this.#state.refusals.delete(hash);
    return this.#state.suppressions.delete(hash);
  }

  async noteRefusal(hash: string, mailId: string, expiresAt: number): Promise<number> {
    const known = this.#state.refusals.get(hash);
    const living = known === undefined || isExpired(known, this.#clock) ? { mails: [], expiresAt } : known;
    const mails = [...new Set([...living.mails, mailId])].sort();
    this.#state.refusals.set(hash, { ...living, mails });
    return mails.length;
  }
}

class MemoryDeliveryStore implements DeliveryStore {
  readonly #state: State;
  readonly #clock: Clock;

  constructor(state: State, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  async createDelivery(delivery: Delivery, { isListed } = { isListed: true }): Promise<'created' | 'known'> {
    if (this.#delivery(delivery.id) !== null) return 'known';
    if (delivery.state === 'waiting' && delivery.digestId !== null) this.#join(delivery.digestId, delivery.id);
    this.#state.deliveries.set(delivery.id, delivery);
    if (!isListed) this.#state.unlisted.add(delivery.id);
    return 'created';
  }

  async listUnsettled(id: ArticleId): Promise<number> {
    const found = this.#deliveries(
      (one) =>
        (one.state === 'pending' || one.state === 'sending') &&
        one.articleId === id &&
        this.#state.unlisted.has(one.id),
    );
    for (const one of found) this.#state.unlisted.delete(one.id);
    return found.length;
  }

  async getDelivery(id: DeliveryId): Promise<Delivery | null> {
    return this.#delivery(id);
  }

  async deliveriesOfMatch(matchId: MatchId): Promise<readonly Delivery[]> {
    return this.#deliveries((one) => one.kind === 'match' && one.matchId === matchId).sort(byId);
  }

  async deliveriesOfHit(id: ArticleId): Promise<readonly Delivery[]> {
    return this.#deliveries(({ articleId }) => articleId === id).sort(byId);
  }

  async getDeliveries(ids: readonly DeliveryId[]): Promise<readonly Delivery[]> {
    return [...new Set(ids)].flatMap((id) => this.#delivery(id) ?? []);
  }

  async deliveriesOfSubscription(id: SubscriptionId, page: { readonly limit: number; readonly cursor: string | null }) {
    const found = this.#deliveries((one) => one.subscriptionId === id).sort(newestFirst(deliveryPosition));
    return cursorPage(['deliveries', id], page, found, deliveryPosition, 'descending');
  }

  async queryDeliveries(filter: DeliveryFilter, page: { readonly limit: number; readonly cursor: string | null }) {
    const { failed, subscriptions } = filter;
    const found = this.#deliveries((one) => deliveryFits(one, filter));
    const query = deliveryFilterIdentity(filter);
    if (failed === true)
      return cursorPage(query, page, found.sort(newestFirst(failedPosition)), failedPosition, 'descending');
    if (subscriptions !== undefined)
      return cursorPage(query, page, found.sort(newestFirst(deliveryPosition)), deliveryPosition, 'descending');
    const position = (one: Delivery): string => {
      const lead = this.#state.matches.get(one.matchId);
      return `${lead === undefined ? '' : matchPosition(lead)} ${one.id}`;
    };
    const reachable = found.filter(({ matchId }) => this.#state.matches.has(matchId));
    return cursorPage(query, page, reachable.sort(newestFirst(position)), position, 'descending');
  }

  async redeliver(id: DeliveryId, at: string): Promise<Delivery | null> {
    const before = this.#delivery(id);
    if (before === null || !REDELIVERABLE.includes(before.state)) return null;
    const nothing = { reason: null, reasonCode: null, providerId: null, sentAt: null, digestId: null };
    const after: Delivery = { ...before, ...nothing, state: 'pending', attempts: 0, dueAt: at, updatedAt: at };
    this.#state.deliveries.set(id, after);
    this.#state.unlisted.delete(id);
    return after;
  }

  async beginAttempt(id: DeliveryId, now: string, until: string): Promise<Delivery | null> {
    const before = this.#state.deliveries.get(id);
    const isFree =
      before?.state === 'pending' ||
      before?.state === 'held' ||
      (before?.state === 'sending' && (before.dueAt ?? now) <= now);
    if (before === undefined || !isFree) return null;
    const after: Delivery = {
      ...before,
      state: 'sending',
      attempts: before.attempts + 1,
      dueAt: until,
      updatedAt: now,
    };
    this.#state.deliveries.set(id, after);
    return after;
  }

  async finishAttempt(
    id: DeliveryId,
    outcome: Parameters<DeliveryStore['finishAttempt']>[1],
    at: string,
  ): Promise<void> {
    const before = this.#state.deliveries.get(id);
    if (before?.state !== 'sending') return;
    const { state, digestId } = outcome;
    if (state === 'waiting' && digestId !== null) this.#join(digestId, id);
    const reason = fitReason(outcome.reason);
    this.#state.unlisted.delete(id);
    this.#state.deliveries.set(id, { ...before, reasonCode: null, ...outcome, reason, updatedAt: at });
  }

  async noteMailEvent(
    id: DeliveryId,
    { state, reason, providerId, wasSpokenFor }: Parameters<DeliveryStore['noteMailEvent']>[1],
    at: string,
  ): Promise<boolean> {
    const before = this.#state.deliveries.get(id);
    if (before === undefined || !mayComeBefore(state, wasSpokenFor).includes(before.state)) return false;
    const sentAt = before.sentAt ?? at;
    const reasonCode = REASON_OF_MAIL_EVENT[state];
    const after = { state, reason: fitReason(reason), reasonCode, providerId, dueAt: null, sentAt, updatedAt: at };
    this.#state.deliveries.set(id, { ...before, ...after });
    return true;
  }

  async mergeHeld(ids: readonly DeliveryId[], why: Reason, at: string): Promise<void> {
    for (const id of ids) {
      const before = this.#state.deliveries.get(id);
      if (before?.state !== 'held') continue;
      this.#state.deliveries.set(id, { ...before, state: 'merged', dueAt: null, ...why, updatedAt: at });
    }
  }

  async listFailed(since: string, limit: number): Promise<readonly Delivery[]> {
    return this.#deliveries((one) => hasFailed(one) && one.updatedAt >= since)
      .sort(newestFirst(failedPosition))
      .slice(0, limit);
  }

  async reserveImmediateAlert(
    subscriptionId: SubscriptionId,
    windowStart: number,
    limit: number,
    deliveryId: DeliveryId,
  ): Promise<boolean> {
    const key = `${subscriptionId} ${windowStart}`;
    const taken = this.#state.singleAlerts.get(key) ?? [];
    if (taken.includes(deliveryId)) return true;
    if (taken.length >= limit) return false;
    this.#state.singleAlerts.set(key, [...taken, deliveryId].sort());
    return true;
  }

  #join(digestId: string, id: DeliveryId): void {
    if (this.#state.digests.get(digestId)?.state !== 'open') {
      throw new ConflictError(`the digest "${digestId}" is closed and takes no more deliveries; the next window does`);
    }
    const members = new Set([...(this.#state.digestMembers.get(digestId) ?? []), id]);
    this.#state.digestMembers.set(digestId, [...members].sort());
  }

  #delivery(id: DeliveryId): Delivery | null {
    return livingDelivery(id, this.#state, this.#clock);
  }

  #deliveries(wanted: (delivery: Delivery) => boolean): Delivery[] {
    return livingDeliveries(wanted, this.#state, this.#clock);
  }
}

class MemoryDigestStore implements DigestStore {
  readonly #state: State;
  readonly #clock: Clock;

  constructor(state: State, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  async openDigest(digest: Digest): Promise<'open' | 'closed'> {
    const before = this.#state.digests.get(digest.id);
    if (before !== undefined) return before.state === 'open' ? 'open' : 'closed';
    this.#state.digests.set(digest.id, digest);
    return 'open';
  }

  async getDigest(id: string): Promise<Digest | null> {
    const digest = this.#state.digests.get(id);
    return digest === undefined || isExpired(digest, this.#clock) ? null : digest;
  }

  async digestMembers(id: string): Promise<readonly Delivery[]> {
    const members = this.#state.digestMembers.get(id) ?? [];
    return members
      .flatMap((member) => livingDelivery(member as DeliveryId, this.#state, this.#clock) ?? [])
      .sort(oldestFirst(deliveryPosition));
  }

  async beginDigest(id: string, now: string, until: string): Promise<Digest | null> {
    const before = this.#state.digests.get(id);
    const isFree = before?.state === 'open' || (before?.state === 'closed' && (before.dueAt ?? now) <= now);
    if (before === undefined || !isFree) return null;
    const after: Digest = { ...before, state: 'closed', attempts: before.attempts + 1, dueAt: until, updatedAt: now };
    this.#state.digests.set(id, after);
    return after;
  }

  async finishDigest(
    id: string,
    outcome: Parameters<DigestStore['finishDigest']>[1],
    members: readonly DeliveryId[],
    at: string,
    merged: ReadonlySet<DeliveryId> = new Set(),
    leftOut: ReadonlyMap<DeliveryId, Reason> = new Map(),
  ): Promise<void> {
    const { state, dueAt, reasonCode = null } = outcome;
    const digest = this.#state.digests.get(id);
    const { attempts = digest?.attempts ?? 0 } = outcome;
    const reason = fitReason(outcome.reason);
    if (state !== 'open' && state !== 'closed') {
      for (const member of members) {
        const before = this.#state.deliveries.get(member);
        if (before?.state !== 'waiting') continue;
        const after = memberAfter(member, { ...outcome, state, reason, merged, leftOut });
        const sentAt = hasReached(after) ? at : null;
        this.#state.deliveries.set(member, { ...before, ...after, dueAt: null, sentAt, updatedAt: at });
      }
    }
    if (digest?.state === 'closed')
      this.#state.digests.set(id, { ...digest, state, dueAt, reason, reasonCode, attempts, updatedAt: at });
  }
}

class MemoryDueStore implements DueStore {
  readonly #state: State;
  readonly #clock: Clock;
  readonly #broughtForward = new Map<string, string>();

  constructor(state: State, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  async listDue(now: string, limit: number): Promise<readonly Due[]> {
    return this.#pending()
      .filter(({ dueAt }) => dueAt <= now)
      .slice(0, limit);
  }

  async listAhead(now: string, limit: number): Promise<readonly Due[]> {
    return this.#pending()
      .filter(({ dueAt }) => dueAt > now)
      .toReversed()
      .slice(0, limit);
  }

  async bringForward({ kind, id, dueAt }: Due, now: string): Promise<void> {
    if (dueAt <= now) return;
    if (kind === 'match' || kind === 'hit') this.#broughtForward.set(id, now);
    else if (kind === 'digest') {
      const digest = this.#state.digests.get(id);
      if (digest !== undefined && digest.dueAt !== null) this.#state.digests.set(id, { ...digest, dueAt: now });
    } else if (kind === 'subscription') {
      const subscription = this.#state.subscriptions.get(id);
      if (subscription !== undefined) this.#state.subscriptions.set(id, { ...subscription, dueAt: now });
    } else {
      const delivery = this.#state.deliveries.get(id);
      if (delivery !== undefined && delivery.dueAt !== null)
        this.#state.deliveries.set(id, { ...delivery, dueAt: now });
    }
  }

  #pending(): readonly Due[] {
    const matches = [...this.#state.matches.values()]
      .filter((match) => match.alertState === 'pending')
      .map((match) => ({
        kind: 'match' as const,
        id: match.id,
        dueAt: this.#broughtForward.get(match.id) ?? match.times.matchedAt,
        match,
      }));
    const hits = [...this.#state.hits.values()]
      .filter((hit) => !isExpired(hit, this.#clock))
      .flatMap(({ article, alertState, changedAt, checkAt }) => {
        const dueAt = alertState === 'pending' ? changedAt : checkAt;
        return dueAt === null
          ? []
          : [{ kind: 'hit' as const, id: article, dueAt: this.#broughtForward.get(article) ?? dueAt }];
      });
    const deliveries = livingDeliveries(
      ({ id, dueAt }) => dueAt !== null && !this.#state.unlisted.has(id),
      this.#state,
      this.#clock,
    );
    const digests = [...this.#state.digests.values()].filter(({ dueAt }) => dueAt !== null);
    const subscriptions = [...this.#state.subscriptions.values()].flatMap(({ id, dueAt = null }) =>
      dueAt === null ? [] : [{ kind: 'subscription' as const, id, dueAt }],
    );
    return [
      ...subscriptions,
      ...hits,
      ...matches
        .filter(({ match }) => !isExpired(match, this.#clock))
        .map(({ kind, id, dueAt }) => ({ kind, id, dueAt })),
      ...deliveries.map(({ id, dueAt }) => ({ kind: 'delivery' as const, id, dueAt: dueAt! })),
      ...digests
        .filter((digest) => !isExpired(digest, this.#clock))
        .map(({ id, dueAt }) => ({ kind: 'digest' as const, id, dueAt: dueAt! })),
    ].sort(oldestFirst(duePosition));
  }
}

function livingDelivery(id: DeliveryId, state: State, clock: Clock): Delivery | null {
  const delivery = state.deliveries.get(id);
  return delivery === undefined || isExpired(delivery, clock) ? null : delivery;
}

const livingDeliveries = (wanted: (delivery: Delivery) => boolean, state: State, clock: Clock): Delivery[] =>
  [...state.deliveries.values()].filter((one) => wanted(one) && !isExpired(one, clock));

const isExpired = (record: { readonly expiresAt: number }, clock: Clock): boolean =>
  record.expiresAt <= Math.floor(clock.now().getTime() / 1000);

const given = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

const sorted = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

const sortedValues = <T>(map: ReadonlyMap<string, T>): T[] => sorted(map).map(([, value]) => value);

const asObject = <T>(map: ReadonlyMap<string, T>): Record<string, T> => Object.fromEntries(sorted(map));

const asMap = <T>(object: Readonly<Record<string, T>>): Map<string, T> => new Map(Object.entries(object));
