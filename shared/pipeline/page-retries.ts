// Which failures of an article page may pass by themselves, and when the page is asked for again. The why: docs/adr/0007.
import { FetchFailedError, HostBusyError } from '../errors.ts';
import type { ArticleMessage, PageRetry } from './messages.ts';

/** After the first, second and third try that failed. */
const FAILURE_WAITS_SECONDS: readonly number[] = [60, 5 * 60, 15 * 60];
/** For a turn with a busy host: a minute, then two, up to five. Eight of these waits fill the half hour. */
const BUSY_WAIT_SECONDS = 60;
const LONGEST_BUSY_WAIT_SECONDS = 5 * 60;
/** No try begins later than this after the first. Long enough for a restart or a deploy, short enough for news. */
const LONGEST_MS = 30 * 60_000;
/** Times through the queue, whatever for: each is paid for. */
export const MOST_HOPS = 8;
/** The queue holds nothing back for longer. */
const LONGEST_HOP_SECONDS = 900;
/** Clocks differ, and queues round. */
const EARLY_MS = 1_000;
const LONGEST_REASON = 300;

/** 501 and 505 say that the server cannot do what was asked for. */
const LASTING_SERVER_ERRORS: readonly number[] = [501, 505];
const PASSING_CLIENT_ERRORS: readonly number[] = [408, 425, 429];
/** The name server was not reached or had a problem; unlike ENOTFOUND, which says that there is no such name. */
const PASSING_DNS_CODES = /^(EAI_AGAIN|EAI_FAIL|EAI_SYSTEM|ESERVFAIL|EREFUSED|ETIMEOUT)$/;
/** The answer ended within its headers, or within its compressed body. */
const CUT_SHORT_CODES = /^(HPE_INVALID_EOF_STATE|Z_BUF_ERROR)$/;

/** Whether the same page may well be there some minutes later, with nothing changed by anybody. */
export function isTransient(failure: FetchFailedError): boolean {
  switch (failure.kind) {
    case 'throttled':
    case 'timeout':
    case 'reset':
    case 'refused':
    case 'empty':
      return true;
    case 'dns':
      return PASSING_DNS_CODES.test(codeOf(failure.cause));
    case 'http':
      return failure.status === undefined
        ? CUT_SHORT_CODES.test(codeOf(failure.cause))
        : isTransientStatus(failure.status);
    case 'decode':
      return CUT_SHORT_CODES.test(codeOf(failure.cause));
    case 'robots':
      // Without a cause, robots.txt was read and says no.
      return failure.cause instanceof FetchFailedError && isTransient(failure.cause);
    default:
      return false;
  }
}

const isTransientStatus = (status: number): boolean =>
  PASSING_CLIENT_ERRORS.includes(status) || (status >= 500 && !LASTING_SERVER_ERRORS.includes(status));

const codeOf = (error: unknown): string => String(((error ?? {}) as { code?: unknown }).code ?? '');

export interface PlannedRetry {
  /** To be held back by the queue. */
  readonly seconds: number;
  readonly retry: Omit<PageRetry, 'matched'>;
}

/**
 * When a page that failed is asked for again; null when it is not: the failure lasts, it was tried often enough, or the wait that its
 * host wants is longer than what is left.
 */
export function planRetry(failure: FetchFailedError, message: ArticleMessage, now: Date): PlannedRetry | null {
  if (!isTransient(failure)) return null;
  const before = triesBefore(message, now);
  const isBusy = failure instanceof HostBusyError;
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

/** For one that comes before its time: the rest of the wait; null when its time has come. `'never'`: it went through the queue too often. */
export function planRest({ retry }: ArticleMessage, now: Date): PlannedRetry | 'never' | null {
  const isEarly = retry !== undefined && Date.parse(retry.notBefore) - now.getTime() > EARLY_MS;
  if (!isEarly) return null;
  const { matched: _, ...tries } = retry;
  return hop(tries, now) ?? 'never';
}

/** A longer wait than the queue allows is made of several hops, all of which must be left. */
function hop(tries: PlannedRetry['retry'], now: Date): PlannedRetry | null {
  const seconds = Math.ceil((Date.parse(tries.notBefore) - now.getTime()) / 1000);
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

/** In the words that an article, a log and a mail show. */
export const reasonOf = (failure: FetchFailedError): string => failure.happened.slice(0, LONGEST_REASON);
