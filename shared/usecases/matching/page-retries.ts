// Which failures of an article page may be temporary, and when the page is tried again. Why: docs/adr/0007.

import { FetchFailedError, NoTurnError } from '../../core/errors.ts';
import { MINUTE_MS, MINUTE_SECONDS, SECOND_MS } from '../../core/time.ts';
import type { ArticleMessage, PageRetry } from '../../model/messages.ts';
import { codeOf, isPassingNameFailure } from '../../net/passing-failures.ts';

/** After the first, second and third try that failed. */
const FAILURE_WAITS_SECONDS: readonly number[] = [MINUTE_SECONDS, 5 * MINUTE_SECONDS, 15 * MINUTE_SECONDS];
/** Waits for a turn with a busy host: one minute, then two, up to five. Eight of these waits fill the half hour. */
const BUSY_WAIT_SECONDS = MINUTE_SECONDS;
const LONGEST_BUSY_WAIT_SECONDS = 5 * MINUTE_SECONDS;
/** No try begins later than this after the first. Long enough for a restart or a deploy, short enough for news. */
const LONGEST_MS = 30 * MINUTE_MS;
/** Passes through the queue for any reason: each one costs money. */
export const MOST_HOPS = 8;
/** The longest delay that the queue allows. */
const LONGEST_HOP_SECONDS = 900;
/** Tolerance: clocks differ, and queues round. */
const EARLY_MS = 1_000;
const LONGEST_REASON = 300;

/** 501 and 505: the server does not support the request. */
const LASTING_SERVER_ERRORS: readonly number[] = [501, 505];
const PASSING_CLIENT_ERRORS: readonly number[] = [408, 425, 429];
/** The answer ended within its headers, or within its compressed body. */
const CUT_SHORT_CODES = /^(HPE_INVALID_EOF_STATE|Z_BUF_ERROR)$/;

/** Whether the same request may well succeed some minutes later without any change. */
export function isTransient(failure: FetchFailedError): boolean {
  switch (failure.kind) {
    case 'throttled':
    case 'timeout':
    case 'reset':
    case 'refused':
    case 'empty':
      return true;
    case 'dns':
      return isPassingNameFailure(failure.cause);
    case 'http':
      return failure.status === undefined
        ? CUT_SHORT_CODES.test(codeOf(failure.cause))
        : isTransientStatus(failure.status);
    case 'decode':
      return CUT_SHORT_CODES.test(codeOf(failure.cause));
    case 'robots':
      // Without a cause, robots.txt was read and forbids the page.
      return failure.cause instanceof FetchFailedError && isTransient(failure.cause);
    default:
      return false;
  }
}

const isTransientStatus = (status: number): boolean =>
  PASSING_CLIENT_ERRORS.includes(status) || (status >= 500 && !LASTING_SERVER_ERRORS.includes(status));

export interface PlannedRetry {
  /** Delay in the queue. */
  readonly seconds: number;
  readonly retry: Omit<PageRetry, 'matched'>;
}

/**
 * When a page that failed is tried again. Null when it is not: the failure is permanent, there were enough tries, or the host asks for a
 * longer wait than the time left.
 */
export function planRetry(failure: FetchFailedError, message: ArticleMessage, now: Date): PlannedRetry | null {
  if (!isTransient(failure)) return null;
  const before = triesBefore(message, now);
  const isBusy = failure instanceof NoTurnError;
  const ownWait = isBusy
    ? Math.min(LONGEST_BUSY_WAIT_SECONDS, BUSY_WAIT_SECONDS * (before.waits + 1))
    : FAILURE_WAITS_SECONDS[before.failures];
  if (ownWait === undefined) return null;
  const waitMs = 1000 * Math.max(ownWait, failure.retryAfterSeconds ?? 0);
  const at = now.getTime() + waitMs;
  if (at > Date.parse(before.since) + LONGEST_MS) return null;
  const counted = {
    ...before,
    failures: before.failures + (isBusy ? 0 : 1),
    waits: before.waits + (isBusy ? 1 : 0),
    notBefore: new Date(at).toISOString(),
    reason: reasonOf(failure),
  };
  return hop(counted, now);
}

/** For a message that arrives early: the rest of its wait. Null when it is due. `'never'`: it went through the queue too often. */
export function planRest({ retry }: ArticleMessage, now: Date): PlannedRetry | 'never' | null {
  if (retry === undefined) return null;
  const leftMs = Date.parse(retry.notBefore) - now.getTime();
  // No wait is longer than all tries may take: a time further ahead was written by a clock that ran ahead.
  if (leftMs <= EARLY_MS || leftMs > LONGEST_MS) return null;
  const { matched: _, ...tries } = retry;
  return hop(tries, now) ?? 'never';
}

/** A wait longer than the queue allows takes several hops; null when not enough of them are left. */
function hop(tries: PlannedRetry['retry'], now: Date): PlannedRetry | null {
  const seconds = Math.ceil((Date.parse(tries.notBefore) - now.getTime()) / SECOND_MS);
  if (tries.hops + Math.ceil(seconds / LONGEST_HOP_SECONDS) > MOST_HOPS) return null;
  return { seconds: Math.min(LONGEST_HOP_SECONDS, seconds), retry: { ...tries, hops: tries.hops + 1 } };
}

function triesBefore({ retry, postponed = 0 }: ArticleMessage, now: Date): PlannedRetry['retry'] {
  if (retry !== undefined) {
    const { matched: _, ...tries } = retry;
    return tries;
  }
  const at = now.toISOString();
  return { hops: postponed, failures: 0, waits: postponed, since: at, notBefore: at, reason: '' };
}

/** As articles, logs and mails show it. */
export const reasonOf = (failure: FetchFailedError): string => failure.happened.slice(0, LONGEST_REASON);
