// One message of the poll queue: the due feeds of a group, side by side. The order of writes is the promise (docs/adr/0004):
// new items to the article queue, then memory, then validators and state, then the group's mark. A crash repeats work, never skips it.
import { createHash } from 'node:crypto';
import { FetchFailedError, ServiceUnavailableError } from '../errors.ts';
import { compareWithMemory } from '../feeds/feed-memory.ts';
import { type IdentifiedItem, identifyItems } from '../feeds/item-identity.ts';
import { isFeedDue, notBeforeAfterFailure, paceAfterSuccess } from '../feeds/poll-schedule.ts';
import { METRICS } from '../metrics.ts';
import type { Feed, FetchedFeed, PollState } from '../model/feed.ts';
import type { FeedId } from '../model/ids.ts';
import type { Item, ParsedFeed } from '../model/item.ts';
import type { ArticleQueue, Clock, FeedFetcher, FeedStore, Log, Metrics } from '../ports.ts';
import type { Settings } from '../settings.ts';
import type { ArticleMessage, PollMessage } from './messages.ts';
import { sideBySide } from './side-by-side.ts';

export interface PollPorts {
  readonly feeds: FeedStore;
  readonly articleQueue: ArticleQueue;
  readonly fetcher: FeedFetcher;
  readonly readFeed: (document: { body: Uint8Array; contentType?: string; url: string }) => Promise<ParsedFeed>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** What one poll of one feed came to, for people. */
export type PollResult =
  | { readonly feedId: FeedId; readonly outcome: 'not_due' | 'unchanged' }
  | { readonly feedId: FeedId; readonly outcome: 'changed'; readonly newItems: number; readonly firstPoll: boolean }
  | { readonly feedId: FeedId; readonly outcome: 'failed'; readonly failure: NonNullable<PollState['failure']>; readonly nextTryAt: string | null };

export interface PollReport {
  readonly results: readonly PollResult[];
  /** True when the message came for a slot that was polled before: nothing was done. */
  readonly repeated: boolean;
}

/** Good polls of a permanent redirect's target, and the time they span, before its address is adopted. */
const REDIRECT_POLLS = 3;
const REDIRECT_MS = 86_400_000;
/** A message is at most 64 KB, the unit SQS charges for; the rest of a text is left to the page. */
const MAX_TEXT_BYTES = 48 * 1024;
const MAX_SUMMARY_BYTES = 6 * 1024;
/** Weight of the newest span between items in the running mean of items a day. */
const NEWEST_WEIGHT = 0.2;

/** Throws when a store or queue fails, or another poll of the same feed got between; the message then returns to the queue. */
export async function pollFeeds(message: PollMessage, ports: PollPorts, settings: Settings): Promise<PollReport> {
  if (message.slot !== null && message.pollGroup !== null && (await isDone(message.pollGroup, message.slot, ports))) {
    return { results: [], repeated: true };
  }
  const feeds = await ports.feeds.getFeeds(message.feedIds);
  const failures: unknown[] = [];
  const results = await sideBySide(feeds, settings.poll.concurrency, async (feed): Promise<PollResult> => {
    if (!isFeedDue(feed, message.slot, ports.clock.now(), settings)) return { feedId: feed.id, outcome: 'not_due' };
    try {
      return await pollFeed(feed, ports, settings);
    } catch (error) {
      // A store or queue that fails: the other feeds are still polled, then the message comes again.
      failures.push(error);
      return { feedId: feed.id, outcome: 'not_due' };
    }
  });
  emit(results, ports.metrics);
  if (failures.length > 0) throw failures[0];
  if (message.pollGroup !== null && message.slot !== null) {
    await ports.feeds.notePolled(message.pollGroup, message.slot, ports.clock.now().toISOString());
  }
  return { results, repeated: false };
}

async function isDone(groupId: string, slot: string, ports: PollPorts): Promise<boolean> {
  const group = await ports.feeds.getPollGroup(groupId);
  return group?.lastSlot != null && group.lastSlot >= slot;
}

function emit(results: readonly PollResult[], metrics: Metrics): void {
  const count = (outcome: PollResult['outcome']): number => results.filter((result) => result.outcome === outcome).length;
  metrics.put(METRICS.feedsUnchanged, 'Count', count('unchanged'));
  metrics.put(METRICS.feedsChanged, 'Count', count('changed'));
  metrics.put(METRICS.feedsFailed, 'Count', count('failed'));
  metrics.put(METRICS.itemsNew, 'Count', results.reduce((sum, result) => sum + (result.outcome === 'changed' ? result.newItems : 0), 0));
}

async function pollFeed(feed: Feed, ports: PollPorts, settings: Settings): Promise<PollResult> {
  let fetched: FetchedFeed;
  try {
    fetched = await ports.fetcher.fetchFeed({ url: feed.url, validators: validatorsOf(feed) });
    if (fetched.kind === 'changed' && bodyHash(fetched.body) !== feed.state.bodyHash) {
      return await takeDocument(feed, fetched, ports, settings);
    }
  } catch (error) {
    if (error instanceof FetchFailedError) return noteFailure(feed, error, ports, settings);
    throw error;
  }
  await noteUnchanged(feed, fetched, ports, settings);
  return { feedId: feed.id, outcome: 'unchanged' };
}

const validatorsOf = ({ state }: Feed) =>
  state.validatorsUrl === null ? null : { url: state.validatorsUrl, etag: state.etag, lastModified: state.lastModified };

const bodyHash = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex').slice(0, 32);

// ---------------------------------------------------------------- a changed document

async function takeDocument(feed: Feed, fetched: FetchedFeed & { kind: 'changed' }, ports: PollPorts, settings: Settings): Promise<PollResult> {
  const polledAt = ports.clock.now();
  const document = await ports.readFeed({ body: fetched.body, contentType: fetched.contentType, url: fetched.finalUrl });
  const items = identifyItems(document.items, document.feed.link);
  const current = await ports.feeds.loadCurrentMemory(feed.id);
  const comparison = await compareWithMemory(items, current, () => ports.feeds.loadPastMemory(feed.id), polledAt);
  const firstPoll = !feed.state.baselined;
  // Oldest first, as a reader would have met them; feeds list the newest first.
  const messages = [...comparison.fresh].reverse().map((item) => messageFor(feed, document, item, firstPoll, polledAt));
  await ports.articleQueue.send(messages);
  if (comparison.changed) await ports.feeds.saveMemory(feed.id, comparison.change);
  const state = stateAfterDocument(feed, fetched, document, messages.length, polledAt, settings);
  const url = adoptedUrl(feed, state, polledAt);
  await save(feed, url === null ? state : { ...state, redirect: null }, ports);
  if (url !== null) {
    await ports.feeds.updateFeedSettings(feed.id, { url });
    ports.log.info('feed address adopted', { feed: feed.id });
  }
  return { feedId: feed.id, outcome: 'changed', newItems: messages.length, firstPoll };
}

function stateAfterDocument(
  feed: Feed,
  fetched: FetchedFeed & { kind: 'changed' },
  document: ParsedFeed,
  newItems: number,
  now: Date,
  settings: Settings,
): PollState {
  const at = now.toISOString();
  const quietSince = newItems > 0 ? at : quietSinceOf(feed);
  const { skipHours, ttlMinutes } = document.feed;
  const askedMinutes = ttlMinutes ?? 0;
  const pace = paceAfterSuccess({ quietSince, freshSeconds: fetched.freshSeconds, askedMinutes, skipHours }, now, settings);
  return {
    ...feed.state,
    ...pace,
    etag: fetched.etag,
    lastModified: fetched.lastModified,
    // Validators belong to the address that gave them.
    validatorsUrl: fetched.etag === null && fetched.lastModified === null ? null : feed.url,
    bodyHash: bodyHash(fetched.body),
    baselined: true,
    failure: null,
    goneAt: null,
    lastChangedPollAt: at,
    lastNewItemAt: newItems > 0 ? at : feed.state.lastNewItemAt,
    itemsPerDay: itemsPerDay(feed, newItems, now),
    askedMinutes,
    textOrigin: textOriginOf(document.items) ?? feed.state.textOrigin,
    redirect: redirectSeen(feed, fetched.movedTo, now),
    ownTitle: document.feed.title ?? feed.state.ownTitle,
    siteUrl: document.feed.link ?? feed.state.siteUrl,
    ownLanguage: document.feed.language ?? feed.state.ownLanguage,
    itemCount: document.items.length,
  };
}

const quietSinceOf = ({ state, addedAt }: Feed): string => state.lastNewItemAt ?? state.lastChangedPollAt ?? addedAt;

/** A running mean over the spans between new items; the first poll tells nothing of pace. */
function itemsPerDay(feed: Feed, newItems: number, now: Date): number | null {
  const { itemsPerDay: before, lastNewItemAt, baselined } = feed.state;
  if (newItems === 0 || !baselined || lastNewItemAt === null) return before;
  const days = Math.max(1 / 288, (now.getTime() - Date.parse(lastNewItemAt)) / 86_400_000);
  const newest = newItems / days;
  return before === null ? newest : before + NEWEST_WEIGHT * (newest - before);
}

function textOriginOf(items: readonly Item[]): PollState['textOrigin'] {
  const newest = items.slice(0, 10);
  if (newest.length === 0) return null;
  const most = (test: (item: Item) => boolean): boolean => newest.filter(test).length * 2 > newest.length;
  if (most((item) => (item.content ?? '').length >= 600)) return 'feed';
  return most((item) => (item.summary ?? item.content ?? '') !== '') ? 'summary' : 'title';
}

function redirectSeen(feed: Feed, movedTo: string | null, now: Date): PollState['redirect'] {
  if (movedTo === null || movedTo === feed.url) return null;
  const known = feed.state.redirect;
  if (known === null || known.url !== movedTo) return { url: movedTo, firstAt: now.toISOString(), count: 1 };
  return { ...known, count: known.count + 1 };
}

/** The new address once the same good target was seen often and long enough; null until then. */
function adoptedUrl(feed: Feed, { redirect }: PollState, now: Date): string | null {
  if (redirect === null || redirect.count < REDIRECT_POLLS) return null;
  return now.getTime() - Date.parse(redirect.firstAt) >= REDIRECT_MS && redirect.url !== feed.url ? redirect.url : null;
}

function messageFor(feed: Feed, document: ParsedFeed, { item, linkIsOwn }: IdentifiedItem, firstPoll: boolean, polledAt: Date): ArticleMessage {
  const content = cutToBytes(item.content, MAX_TEXT_BYTES);
  const summary = cutToBytes(item.summary, MAX_SUMMARY_BYTES);
  const small: Item = {
    id: cutToBytes(item.id, 1024),
    title: cutToBytes(item.title, 2048),
    url: item.url,
    published: item.published,
    updated: item.updated,
    summary,
    content,
    authors: item.authors.slice(0, 10).map((name) => name.slice(0, 100)),
    categories: [],
    language: item.language,
  };
  return {
    v: 1,
    kind: 'article',
    feed: {
      id: feed.id,
      title: feed.title || (document.feed.title ?? '') || feed.state.ownTitle || new URL(feed.url).hostname,
      url: feed.url,
      language: feed.language ?? document.feed.language,
      fullText: feed.fullText,
    },
    item: small,
    linkIsOwn,
    firstPoll,
    polledAt: polledAt.toISOString(),
    truncated: content !== item.content,
  };
}

/** Cut between characters, so that it has at most that many bytes in UTF-8. */
function cutToBytes(text: string | null, maxBytes: number): string | null {
  if (text === null || text.length * 3 <= maxBytes) return text;
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= maxBytes) return text;
  let end = maxBytes;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return new TextDecoder().decode(bytes.subarray(0, end));
}

// ---------------------------------------------------------------- nothing new, and failure

/** Writes only when something besides "not changed" is to be told: a recovery, a new interval, a redirect gone on for longer. */
async function noteUnchanged(feed: Feed, fetched: FetchedFeed, ports: PollPorts, settings: Settings): Promise<void> {
  const now = ports.clock.now();
  const { state } = feed;
  const found = { quietSince: quietSinceOf(feed), freshSeconds: fetched.freshSeconds, askedMinutes: state.askedMinutes, skipHours: [] };
  const pace = paceAfterSuccess(found, now, settings);
  const redirect = fetched.kind === 'changed' ? redirectSeen(feed, fetched.movedTo, now) : state.redirect;
  const next: PollState = { ...state, ...pace, failure: null, goneAt: null, redirect, lastChangedPollAt: now.toISOString() };
  const url = adoptedUrl(feed, next, now);
  const isNews =
    state.failure !== null || state.goneAt !== null || state.notBefore !== null || state.intervalMinutes !== pace.intervalMinutes;
  if (!isNews && url === null && !redirectNeedsWrite(state.redirect, redirect, now)) return;
  if (state.failure !== null) ports.log.info('feed recovered', { feed: feed.id, failedSince: state.failure.since });
  await save(feed, url === null ? next : { ...next, redirect: null }, ports);
  if (url !== null) await ports.feeds.updateFeedSettings(feed.id, { url });
}

/** A redirect is counted at most every eight hours: three polls over a day, not a write at each poll. */
function redirectNeedsWrite(before: PollState['redirect'], after: PollState['redirect'], now: Date): boolean {
  if (before === null || after === null) return before !== after;
  return before.url !== after.url || now.getTime() - Date.parse(before.firstAt) >= before.count * (REDIRECT_MS / REDIRECT_POLLS);
}

async function noteFailure(feed: Feed, error: FetchFailedError, ports: PollPorts, settings: Settings): Promise<PollResult> {
  const now = ports.clock.now();
  const before = feed.state.failure;
  const count = (before?.count ?? 0) + 1;
  const failure = { kind: error.kind, message: error.message.slice(0, 500), since: before?.since ?? now.toISOString(), count };
  const notBefore = notBeforeAfterFailure(feed, count, error, now, settings);
  const gone = error.kind === 'gone';
  await save(feed, { ...feed.state, failure, notBefore: gone ? null : notBefore, goneAt: gone ? now.toISOString() : null, redirect: null }, ports);
  if (before === null) ports.log.warn('feed fails', { feed: feed.id, kind: error.kind, status: error.status, nextTry: gone ? null : notBefore });
  return { feedId: feed.id, outcome: 'failed', failure, nextTryAt: gone ? null : notBefore };
}

async function save(feed: Feed, state: PollState, ports: PollPorts): Promise<void> {
  if ((await ports.feeds.savePollState(feed.id, state)) === 'saved') return;
  throw new ServiceUnavailableError(`feed ${feed.id} was polled by someone else at the same time`);
}
