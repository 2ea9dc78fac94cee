// What polling knows of a feed after one more answer: a new document, no change, or a failure. Pure: state in, state out.

import { createHash } from 'node:crypto';
import type { FetchFailedError } from '../core/errors.ts';
import { DAY_MS, instantAfter, MINUTE_MS, SECOND_MS } from '../core/time.ts';
import type { Feed, FetchedFeed, PollState } from '../model/feed.ts';
import type { OldItems } from '../model/feed-health.ts';
import type { Item, ParsedFeed } from '../model/item.ts';
import type { Settings } from '../model/settings.ts';
import {
  freshStep,
  hourMask,
  intervalAfter,
  intervalNow,
  isFromTheFuture,
  pauseAfterFailure,
  quietSinceOf,
} from './poll-schedule.ts';

/** Good polls of a permanent redirect's target before its address is adopted, the first and the last a day apart. */
const REDIRECT_POLLS = 3;
const REDIRECT_STEP_MS = DAY_MS / (REDIRECT_POLLS - 1);
/** A document that changes at each poll without a new item (a build date, a counter) is written down no more often than this. */
const RESTLESS_MS = 30 * MINUTE_MS;
/** Days over which the past counts in "items a day". */
const MEMORY_OF_PACE_DAYS = 7;
/** Fewer dates, or dates closer together, show no pace: a document may be made whole at one time. */
const LEAST_ITEMS_FOR_PACE = 4;
const LEAST_DAYS_FOR_PACE = 0.25;
/** Newest items looked at for "text quality". */
const ITEMS_JUDGED = 10;
/** Half a screen of news; a text shorter than this is a summary. */
export const SHORT_TEXT_CHARS = 600;
const LONGEST_MESSAGE = 500;
/** Days of nothing but "not modified" after which the document is asked for without a condition, once. */
const UNSEEN_DAYS = 7;
/** Days for which a publisher's "not modified" is not relied upon after it was seen to be wrong. */
const IGNORED_DAYS = 30;
/** After this many days without an old item, their count starts again at zero. */
const OLD_ITEMS_DAYS = 30;

type Changed = Extract<FetchedFeed, { kind: 'changed' }>;

/** SHA-256 in hex. */
export const bodyHashOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');

/**
 * The document was not seen for a week, for the publisher says at each poll that it is not modified: that may be wrong. Costs a write of
 * state a week for each feed that is so quiet.
 */
export function isUnseenForLong({ sentWholeAt, lastChangedPollAt, validatorsUrl }: PollState, now: Date): boolean {
  // Records of older versions do not tell when the document came; a poll that was written down is not later than that by more than a week.
  const seenAt = sentWholeAt ?? lastChangedPollAt;
  if (validatorsUrl === null || seenAt === null) return false;
  return now.getTime() - Date.parse(seenAt) >= UNSEEN_DAYS * DAY_MS || isFromTheFuture(seenAt, now);
}

/** A time further ahead than any that we write came from a clock that ran ahead, and is over. */
export function ignoresValidators({ validatorsIgnoredUntil }: PollState, now: Date): boolean {
  const leftMs = validatorsIgnoredUntil === null ? 0 : Date.parse(validatorsIgnoredUntil) - now.getTime();
  return leftMs > 0 && leftMs <= (IGNORED_DAYS + 1) * DAY_MS;
}

/** What a document brought beside its new items. */
export interface Findings {
  /** New items that are too old to alert anybody of. */
  readonly oldItems?: number;
  /** Items appeared that must have been there when the publisher still said "not modified". */
  readonly notModifiedWasWrong?: boolean;
  /** Edited items wait for their turn to be matched again, so this document has to be read once more, changed or not. */
  readonly editsWait?: boolean;
}

/** After a document was read and its new items are queued and remembered. */
export function afterDocument(
  feed: Feed,
  answer: Changed,
  document: ParsedFeed,
  newItems: number,
  now: Date,
  settings: Settings,
  findings: Findings = {},
): PollState {
  const at = now.toISOString();
  const { state } = feed;
  // What was there before us is as old as it says: a feed that ended years ago is not lively because it was added today.
  const stock = state.baselined ? null : stockOf(document.items, now);
  const lastNewItemAt = stock?.newestAt ?? (newItems > 0 ? at : state.lastNewItemAt);
  const askedMinutes = document.feed.ttlMinutes ?? 0;
  // Never shorter until something new appears: what caches add to Cache-Control goes up and down from poll to poll.
  const wanted = intervalAfter(
    { quietSince: lastNewItemAt ?? feed.addedAt, freshSeconds: answer.freshSeconds, askedMinutes },
    now,
    settings,
  );
  const fresh = freshStep(answer.freshSeconds, settings);
  const isNews = newItems > 0 || !state.baselined;
  const isReadAgain = findings.editsWait === true;
  const hasValidators = !isReadAgain && (answer.etag !== null || answer.lastModified !== null);
  return {
    ...state,
    etag: isReadAgain ? null : answer.etag,
    lastModified: isReadAgain ? null : answer.lastModified,
    // Validators belong to the address that gave them, which after a redirect is not the one that was asked.
    validatorsUrl: hasValidators ? answer.finalUrl : null,
    bodyHash: isReadAgain ? null : bodyHashOf(answer.body),
    intervalMinutes: isNews ? wanted : Math.max(wanted, intervalNow(feed, now, settings)),
    freshMinutes: isNews ? fresh : Math.max(fresh, state.freshMinutes),
    notBefore: null,
    baselined: true,
    failure: null,
    goneAt: null,
    lastChangedPollAt: at,
    lastNewItemAt,
    itemsPerDay: stock?.itemsPerDay ?? (newItems > 0 ? paceWith(state, newItems, now) : state.itemsPerDay),
    askedMinutes,
    skippedHours: hourMask(document.feed.skipHours),
    textOrigin: textOriginOf(document.items) ?? state.textOrigin,
    redirect: redirectAfter(feed, answer.movedTo, now),
    ownTitle: document.feed.title ?? state.ownTitle,
    siteUrl: document.feed.link ?? state.siteUrl,
    ownLanguage: document.feed.language ?? state.ownLanguage,
    itemCount: document.items.length,
    emptySince: document.items.length > 0 ? null : (state.emptySince ?? at),
    sentWholeAt: at,
    validatorsIgnoredUntil:
      findings.notModifiedWasWrong === true
        ? instantAfter(now, IGNORED_DAYS * DAY_MS)
        : ignoresValidators(state, now)
          ? state.validatorsIgnoredUntil
          : null,
    oldItems: oldItemsWith(state.oldItems, findings.oldItems ?? 0, now),
  };
}

function oldItemsWith(before: PollState['oldItems'], more: number, now: Date): PollState['oldItems'] {
  const at = now.toISOString();
  const known = before === null || isOldItemsOver(before, now) ? null : before;
  if (more === 0) return known;
  return known === null
    ? { count: more, firstAt: at, lastAt: at }
    : { ...known, count: known.count + more, lastAt: at };
}

export const isOldItemsOver = ({ lastAt }: OldItems, now: Date): boolean =>
  now.getTime() - Date.parse(lastAt) > OLD_ITEMS_DAYS * DAY_MS || isFromTheFuture(lastAt, now);

/** Whether the state after a document must be stored now: not for each stir of a document that brings nothing new. */
export function isWorthStoring(before: PollState, after: PollState, newItems: number, now: Date): boolean {
  return (
    newItems > 0 ||
    !before.baselined ||
    failsOrPauses(before) ||
    before.intervalMinutes !== after.intervalMinutes ||
    before.freshMinutes !== after.freshMinutes ||
    before.redirect !== after.redirect ||
    before.emptySince !== after.emptySince ||
    before.lastChangedPollAt === null ||
    Math.abs(now.getTime() - Date.parse(before.lastChangedPollAt)) >= RESTLESS_MS
  );
}

/**
 * After "not changed", or the same bytes again. Null when there is nothing to write down, as nearly always. An answer to the weekly request
 * without a condition is written down, or the next poll would send another.
 */
export function afterUnchanged(feed: Feed, answer: FetchedFeed, now: Date, settings: Settings): PollState | null {
  const { state } = feed;
  const { askedMinutes } = state;
  const wanted = intervalAfter(
    { quietSince: quietSinceOf(feed), freshSeconds: answer.freshSeconds, askedMinutes },
    now,
    settings,
  );
  // As after a document without anything new.
  const intervalMinutes = Math.max(wanted, intervalNow(feed, now, settings));
  const freshMinutes = Math.max(state.freshMinutes, freshStep(answer.freshSeconds, settings));
  const redirect = answer.movedTo === undefined ? state.redirect : redirectAfter(feed, answer.movedTo, now);
  const isAnswerToWhole = isUnseenForLong(state, now);
  const isSame =
    intervalMinutes === state.intervalMinutes && freshMinutes === state.freshMinutes && redirect === state.redirect;
  if (!failsOrPauses(state) && isSame && !isAnswerToWhole) return null;
  return {
    ...state,
    sentWholeAt: isAnswerToWhole ? now.toISOString() : (state.sentWholeAt ?? state.lastChangedPollAt),
    intervalMinutes,
    freshMinutes,
    redirect,
    failure: null,
    goneAt: null,
    notBefore: null,
    lastChangedPollAt: now.toISOString(),
  };
}

/**
 * After a failed poll. `lastGoodPollAt` is kept when a run of failures begins: from then on it no longer follows from the batch's mark.
 * `isOurs`: the network of this machine is away, which is no failure of the feed's own; the pause does not grow.
 */
export function afterFailure(
  feed: Feed,
  error: FetchFailedError,
  lastGoodPollAt: string | null,
  now: Date,
  settings: Settings,
  isOurs = false,
): PollState & { readonly failure: NonNullable<PollState['failure']> } {
  const { state } = feed;
  const at = now.toISOString();
  const before = state.failure;
  const wasAsked = !isPauseOfHost(error);
  const count = Math.max(1, (before?.count ?? 0) + (wasAsked && !isOurs ? 1 : 0));
  const isGone = error.kind === 'gone';
  return {
    ...state,
    failure: {
      kind: error.kind,
      message: error.message.slice(0, LONGEST_MESSAGE),
      since: before === null || isFromTheFuture(before.since, now) ? at : before.since,
      count,
      ...(error.status === undefined ? {} : { status: error.status }),
    },
    notBefore: isGone
      ? null
      : wasAsked
        ? pauseAfterFailure(feed.id, isOurs ? 1 : count, error.retryAfterSeconds, now, settings)
        : instantAfter(now, (error.retryAfterSeconds ?? 0) * SECOND_MS),
    goneAt: isGone ? (state.goneAt ?? at) : state.goneAt,
    lastChangedPollAt: before === null ? lastGoodPollAt : state.lastChangedPollAt,
    // Only a target that is good each time is adopted.
    redirect: null,
  };
}

/**
 * Its host asked for a pause by the answer to another of its feeds, or had no turn to give in time, so this one was not asked at all:
 * nothing of its own failed, and it is asked again as soon as the pause ends, before the feed that brought it about.
 */
const isPauseOfHost = ({ kind, status }: FetchFailedError): boolean => kind === 'throttled' && status === undefined;

/** The address to adopt, once the same good target was seen often and long enough; null until then. */
export const addressToAdopt = ({ redirect }: PollState): string | null =>
  redirect !== null && redirect.count >= REDIRECT_POLLS ? redirect.url : null;

const failsOrPauses = (state: PollState): boolean =>
  state.failure !== null || state.goneAt !== null || state.notBefore !== null;

/** A poll counts only when it comes half a day after the one counted before: three of them span a day, at three writes. */
function redirectAfter({ url, state: { redirect } }: Feed, movedTo: string | null, now: Date): PollState['redirect'] {
  if (movedTo === null || movedTo === url) return null;
  if (redirect === null || redirect.url !== movedTo || isFromTheFuture(redirect.firstAt, now))
    return { url: movedTo, firstAt: now.toISOString(), count: 1 };
  const isTime = now.getTime() - Date.parse(redirect.firstAt) >= redirect.count * REDIRECT_STEP_MS;
  return isTime ? { ...redirect, count: redirect.count + 1 } : redirect;
}

/** A mean over about a week in which each span counts by its length. The first poll shows a stock of items, not a pace. */
function paceWith({ itemsPerDay, lastNewItemAt, baselined }: PollState, newItems: number, now: Date): number | null {
  if (!baselined || lastNewItemAt === null) return itemsPerDay;
  const days = Math.max(0, now.getTime() - Date.parse(lastNewItemAt)) / DAY_MS;
  if (itemsPerDay === null) return newItems / Math.max(1, days);
  const kept = Math.exp(-days / MEMORY_OF_PACE_DAYS);
  const weight = days === 0 ? 1 / MEMORY_OF_PACE_DAYS : (1 - kept) / days;
  return itemsPerDay * kept + newItems * weight;
}

/** The newest date among the items of a first document, and the pace that their dates show. Null where none can be believed. */
function stockOf(
  items: readonly Item[],
  now: Date,
): { readonly newestAt: string; readonly itemsPerDay: number | null } | null {
  const times = items
    .map(({ published, updated }) => Date.parse(published ?? updated ?? ''))
    .filter((time) => time <= now.getTime());
  if (times.length === 0) return null;
  const newest = Math.max(...times);
  const days = (newest - Math.min(...times)) / DAY_MS;
  const showsPace = times.length >= LEAST_ITEMS_FOR_PACE && days >= LEAST_DAYS_FOR_PACE;
  return {
    newestAt: new Date(newest).toISOString(),
    itemsPerDay: showsPace ? (times.length - 1) / days : null,
  };
}

/** What most of the newest items offer for matching; null for a document without items. */
export function textOriginOf(items: readonly Item[]): PollState['textOrigin'] {
  const newest = items.slice(0, ITEMS_JUDGED);
  const most = (test: (item: Item) => boolean): boolean => newest.filter(test).length * 2 > newest.length;
  if (newest.length === 0) return null;
  if (most(({ content }) => (content ?? '').length >= SHORT_TEXT_CHARS)) return 'feed';
  return most(({ content, summary }) => (content ?? summary ?? '') !== '') ? 'summary' : 'title';
}
