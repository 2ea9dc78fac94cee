// One message of the poll queue: the due feeds of a batch, side by side. The order of writes is the promise (docs/adr/0004):
// new items to the article queue, then memory, then validators and state, then the batch's mark. A crash repeats work, never skips it.
import { FetchFailedError, mayRetry } from '../../core/errors.ts';
import { mapConcurrently } from '../../core/map-concurrently.ts';
import { METRICS } from '../../core/metrics.ts';
import { compareWithMemory, type EditedItem } from '../../feeds/feed-memory.ts';
import { datesAreReliable, isOlderThan } from '../../feeds/item-dates.ts';
import { dateOf } from '../../feeds/item-identity.ts';
import { isFeedDue, isFromTheFuture, lastScheduledPollAt } from '../../feeds/poll-schedule.ts';
import {
  addressToAdopt,
  afterDocument,
  afterFailure,
  afterUnchanged,
  bodyHashOf,
  ignoresValidators,
  isUnseenForLong,
  isWorthStoring,
} from '../../feeds/poll-state.ts';
import type { Feed, FeedFailure, FetchedFeed, PollBatch, PollState } from '../../model/feed.ts';
import type { FeedId } from '../../model/ids.ts';
import type { Item, ParsedFeed } from '../../model/item.ts';
import type { PollMessage } from '../../model/messages.ts';
import type { Settings } from '../../model/settings.ts';
import { displayUrl } from '../../net/display-url.ts';
import type { NetworkWatch } from '../../net/network-outage.ts';
import { checkTarget, parseAllowedHosts } from '../../net/target-rules.ts';
import type {
  ArticleQueue,
  Clock,
  DocumentTurn,
  FeedFetcher,
  FeedStore,
  LargeDocuments,
  Log,
  Metrics,
} from '../../ports.ts';
import { articleMessage } from '../matching/article-message.ts';
import { withTurn } from '../matching/document-turn.ts';

export interface PollPorts {
  readonly feeds: FeedStore;
  readonly articleQueue: ArticleQueue;
  readonly fetcher: FeedFetcher;
  readonly readFeed: (document: {
    readonly body: Uint8Array;
    readonly contentType?: string;
    readonly url: string;
  }) => Promise<ParsedFeed>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Kept for as long as the process; absent: every failure is the publisher's. */
  readonly network?: NetworkWatch;
  /** Absent: as many as there are. */
  readonly largeDocuments?: LargeDocuments;
}

/** What one poll of one feed came to, for people. `unfinished`: our own store or queue failed; the message comes again. */
export type PollResult = { readonly feedId: FeedId; readonly title: string; readonly url: string } & (
  | { readonly outcome: 'not_due' | 'unchanged' | 'unfinished' }
  | {
      readonly outcome: 'changed';
      readonly newItems: number;
      /** Known items whose words have changed and that are matched again. */
      readonly editedItems: number;
      /** Items in the document. */
      readonly items: number;
      readonly firstPoll: boolean;
    }
  | { readonly outcome: 'failed'; readonly failure: FeedFailure; readonly nextTryAt: string | null }
);

export interface PollReport {
  /** One for each feed of the message that exists. */
  readonly results: readonly PollResult[];
  /** True when the message came for a slot that was polled before: nothing was done. */
  readonly repeated: boolean;
}

type PollOutcome = PollResult extends infer R
  ? R extends PollResult
    ? Omit<R, 'feedId' | 'title' | 'url'>
    : never
  : never;

/**
 * Throws when a store or queue fails, once all other feeds are polled; the message then returns to the queue. A feed's own failure
 * is part of the report.
 */
export async function pollFeeds(message: PollMessage, ports: PollPorts, settings: Settings): Promise<PollReport> {
  const batch = message.pollBatch === null ? null : await ports.feeds.getPollBatch(message.pollBatch);
  const { slot } = message;
  const lastSlot = batch?.lastSlot ?? null;
  if (slot !== null && isCarriedOut(slot, lastSlot, ports.clock.now())) return { results: [], repeated: true };
  const feeds = inTurn(await ports.feeds.getFeeds(message.feedIds));
  const errors: unknown[] = [];
  const results = await mapConcurrently(feeds, settings.poll.concurrency, async (feed): Promise<PollResult> => {
    const { id, url } = feed;
    const named = { feedId: id, title: feed.title || feed.state.ownTitle || '', url };
    const isDone = message.firstPoll === true && (feed.state.baselined || feed.state.failure !== null);
    if (isDone || !isFeedDue(feed, { slot, lastSlot }, ports.clock.now(), settings))
      return { ...named, outcome: 'not_due' };
    try {
      return {
        ...named,
        ...(await withTurn(ports.largeDocuments, (turn) => pollFeed(feed, batch, turn, ports, settings))),
      };
    } catch (error) {
      ports.log.error('a poll could not be finished', { feed: id, error });
      // What cannot be cured by trying again (a damaged record) must not keep the rest of the batch from being done.
      if (mayRetry(error)) errors.push(error);
      return { ...named, outcome: 'unfinished' };
    }
  });
  emit(results, ports.metrics);
  if (errors.length > 0) throw errors[0];
  if (slot !== null && batch !== null) await notePolled(batch, slot, ports);
  return { results, repeated: false };
}

/**
 * The feed that has waited longest for a turn with a busy host comes first, or the last of a slow host's feeds would never be polled. What failed
 * the last time comes last: it may take long to fail again, and the others must not wait for it.
 */
const inTurn = (feeds: readonly Feed[]): readonly Feed[] => {
  const place = ({ state: { failure } }: Feed): number => {
    if (failure === null) return Number.MAX_SAFE_INTEGER - 1;
    return failure.kind === 'throttled' && failure.status === undefined
      ? Date.parse(failure.since)
      : Number.MAX_SAFE_INTEGER;
  };
  return feeds.toSorted((left, right) => place(left) - place(right));
};

const isCarriedOut = (slot: string, lastSlot: string | null, now: Date): boolean =>
  lastSlot !== null && lastSlot >= slot && !isFromTheFuture(lastSlot, now);

/** A mark that a clock running ahead has left cannot be moved back; it is pushed on, so that at least the instant is right. */
async function notePolled(batch: PollBatch, slot: string, { feeds, clock }: PollPorts): Promise<void> {
  const now = clock.now();
  const { lastSlot } = batch;
  const isAhead = lastSlot !== null && isFromTheFuture(lastSlot, now);
  const mark = isAhead ? new Date(Date.parse(lastSlot) + 1).toISOString() : slot;
  await feeds.notePolled(batch.id, mark, now.toISOString());
}

function emit(results: readonly PollResult[], metrics: Metrics): void {
  const count = (outcome: PollResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  metrics.put(METRICS.feedsUnchanged, 'Count', count('unchanged'));
  metrics.put(METRICS.feedsChanged, 'Count', count('changed'));
  metrics.put(METRICS.feedsFailed, 'Count', count('failed'));
  const newItems = results.reduce((sum, result) => sum + (result.outcome === 'changed' ? result.newItems : 0), 0);
  metrics.put(METRICS.itemsNew, 'Count', newItems);
}

// ---------------------------------------------------------------- one feed

async function pollFeed(
  feed: Feed,
  batch: PollBatch | null,
  turn: DocumentTurn | undefined,
  ports: PollPorts,
  settings: Settings,
): Promise<PollOutcome> {
  const answer = await ask(feed, turn, ports);
  if (answer.kind === 'failed') return noteFailure(feed, batch, answer.error, ports, settings);
  if (publicHostOf(feed, settings) !== null) ports.network?.answered();
  if (answer.kind === 'document') return takeDocument(feed, batch, answer, ports, settings);
  const after = afterUnchanged(feed, answer.fetched, ports.clock.now(), settings);
  if (after !== null) await save(feed, after, ports);
  return { outcome: 'unchanged' };
}

/** Pages of its articles are read by other functions, or its host has asked for patience before: looking out for others costs a read. */
const isHostShared = ({ fullText, state }: Feed): boolean =>
  fullText === 'always' || (fullText === 'auto' && state.textOrigin !== 'feed') || state.failure?.kind === 'throttled';

type FeedAnswer =
  | { readonly kind: 'unchanged'; readonly fetched: FetchedFeed }
  | { readonly kind: 'document'; readonly fetched: FetchedFeed & { kind: 'changed' }; readonly document: ParsedFeed }
  | { readonly kind: 'failed'; readonly error: FetchFailedError };

/** What the publisher gave. Whatever goes wrong here is the feed's failure, even an error of ours: the others are not to suffer from it. */
async function ask(
  feed: Feed,
  turn: DocumentTurn | undefined,
  { fetcher, readFeed, clock, log }: PollPorts,
): Promise<FeedAnswer> {
  const { etag, lastModified, validatorsUrl, bodyHash } = feed.state;
  const now = clock.now();
  const isUnconditional = isUnseenForLong(feed.state, now) || ignoresValidators(feed.state, now);
  const validators = validatorsUrl === null || isUnconditional ? null : { url: validatorsUrl, etag, lastModified };
  try {
    const fetched = await fetcher.fetchFeed({ url: feed.url, validators, hostIsShared: isHostShared(feed), turn });
    if (fetched.kind === 'unchanged' || bodyHashOf(fetched.body) === bodyHash) return { kind: 'unchanged', fetched };
    const { body, contentType, finalUrl } = fetched;
    return { kind: 'document', fetched, document: await readFeed({ body, contentType, url: finalUrl }) };
  } catch (error) {
    if (error instanceof FetchFailedError) return { kind: 'failed', error };
    log.error('internal error while reading a feed', { feed: feed.id, error });
    const what = error instanceof Error ? error.name : typeof error;
    const shown = displayUrl(feed.url);
    const message = `${shown}: internal error (${what}) while reading it. Please report it; polling continues.`;
    return { kind: 'failed', error: new FetchFailedError('internal', shown, message, { cause: error }) };
  }
}

async function takeDocument(
  feed: Feed,
  batch: PollBatch | null,
  { fetched, document }: Extract<FeedAnswer, { kind: 'document' }>,
  ports: PollPorts,
  settings: Settings,
): Promise<PollOutcome> {
  const now = ports.clock.now();
  const polledAt = now.toISOString();
  const firstPoll = !feed.state.baselined;
  const { fresh, edited, editsWait, items, earlierMinutes, change } = await compareWithMemory(
    { feedId: feed.id, items: document.items, siteUrl: document.feed.link, isFirst: firstPoll },
    await ports.feeds.loadCurrentMemory(feed.id),
    () => ports.feeds.loadPastMemory(feed.id),
    now,
    feed.state.lastChangedPollAt,
  );
  const isDated = datesAreReliable(document.items, earlierMinutes, now);
  const poll = { polledAt, datesAreReliable: isDated };
  // Feeds list the newest item first; they are matched in the order in which they came.
  const messages = [
    ...fresh.map((item) => articleMessage(feed, document.feed, item, { ...poll, firstPoll })).reverse(),
    ...edited
      .map((item) => articleMessage(feed, document.feed, item, { ...poll, firstPoll: isOldStock(item), edited: true }))
      .reverse(),
  ];
  if (messages.length > 0) await ports.articleQueue.send(messages);
  if (change !== null) await ports.feeds.saveMemory(feed.id, change);
  const isOld = ({ item }: (typeof fresh)[number]): boolean =>
    isDated && !firstPoll && isOlderThan(dateOf(item) || null, polledAt, settings.alerts.maxAgeDays);
  const notModifiedWasWrong = await wasNotModifiedWrong(
    feed,
    batch,
    fresh.map(({ item }) => item),
    ports,
    settings,
  );
  const findings = { oldItems: fresh.filter(isOld).length, notModifiedWasWrong, editsWait };
  const after = afterDocument(feed, fetched, document, fresh.length, now, settings, findings);
  if (notModifiedWasWrong) {
    const until = after.validatorsIgnoredUntil;
    ports.log.warn('feed said "not modified" although it had new items', { feed: feed.id, ignoredUntil: until });
  }
  if (isWorthStoring(feed.state, after, fresh.length, now)) await save(feed, after, ports);
  const counts = { newItems: fresh.length, editedItems: edited.length, items: items.length };
  return { outcome: 'changed', ...counts, firstPoll };
}

/** Without a date nothing says that the words which have just come are as old as the item. */
const isOldStock = ({ item, isStock }: EditedItem): boolean => isStock && dateOf(item) !== '';

/**
 * After a week of nothing but "not modified", the document itself was asked for and brought new items. What is dated after the last poll may
 * have come since, which proves nothing.
 */
async function wasNotModifiedWrong(
  feed: Feed,
  batch: PollBatch | null,
  fresh: readonly Item[],
  ports: PollPorts,
  settings: Settings,
): Promise<boolean> {
  const now = ports.clock.now();
  if (fresh.length === 0 || !isUnseenForLong(feed.state, now) || ignoresValidators(feed.state, now)) return false;
  const lastPolledAt = await lastGoodPollAt(feed, batch, now, ports, settings);
  const isSince = (item: Item): boolean =>
    lastPolledAt !== null && Date.parse(dateOf(item)) >= Date.parse(lastPolledAt);
  return !fresh.every(isSince);
}

async function noteFailure(
  feed: Feed,
  batch: PollBatch | null,
  error: FetchFailedError,
  ports: PollPorts,
  settings: Settings,
): Promise<PollOutcome> {
  const now = ports.clock.now();
  const lastGood = feed.state.failure === null ? await lastGoodPollAt(feed, batch, now, ports, settings) : null;
  const after = afterFailure(feed, error, lastGood, now, settings, isOfOurNetwork(feed, error, ports, settings));
  await save(feed, after, ports);
  const { failure, notBefore } = after;
  const fields = {
    feed: feed.id,
    kind: failure.kind,
    problem: failure.message,
    since: failure.since,
    nextTry: notBefore,
  };
  if (after.goneAt !== null) ports.log.warn('feed gone: polling stops', fields);
  else if (feed.state.failure === null) ports.log.warn('feed fails', fields);
  return { outcome: 'failed', failure, nextTryAt: notBefore };
}

function isOfOurNetwork(feed: Feed, error: FetchFailedError, { network }: PollPorts, settings: Settings): boolean {
  const host = publicHostOf(feed, settings);
  const wasFine = feed.state.failure === null || feed.state.failure.count === 1;
  return host === null ? false : (network?.isOurs(host, error, wasFine) ?? false);
}

/** Null for a host of this machine or its own network. */
function publicHostOf({ url }: Feed, { fetch }: Settings): string | null {
  const verdict = checkTarget(url, { allowedHosts: parseAllowedHosts(fetch.allowHosts) });
  return verdict.ok && !verdict.target.allowed ? verdict.target.host : null;
}

async function lastGoodPollAt(feed: Feed, batch: PollBatch | null, now: Date, ports: PollPorts, settings: Settings) {
  const { lastChangedPollAt, baselined } = feed.state;
  if (!baselined) return null;
  const mark = batch ?? (await ports.feeds.getPollBatch(feed.pollBatch));
  const scheduled = lastScheduledPollAt(feed, mark, now, settings);
  return scheduled !== null && scheduled > (lastChangedPollAt ?? '') ? scheduled : lastChangedPollAt;
}

/**
 * When another poll of the same feed got between, its state stays: what this one found is queued and remembered, and a state that
 * knows less only makes the next poll ask again.
 */
async function save(feed: Feed, after: PollState, ports: PollPorts): Promise<void> {
  const address = addressToAdopt(after);
  if (address !== null) {
    // First the address: a crash in between leaves a redirect under observation that is no longer met, and is forgotten.
    await ports.feeds.updateFeedSettings(feed.id, { url: address });
    ports.log.info('feed moved for good: its new address is followed', {
      feed: feed.id,
      from: displayUrl(feed.url),
      to: displayUrl(address),
    });
  }
  const saved = await ports.feeds.savePollState(feed.id, address === null ? after : { ...after, redirect: null });
  if (saved === 'conflict') ports.log.info('feed was polled twice at the same time', { feed: feed.id });
  else if (feed.state.failure !== null && after.failure === null) {
    ports.log.warn('feed recovered', { feed: feed.id, failedSince: feed.state.failure.since });
  }
}
