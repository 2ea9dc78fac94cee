// Asking a publisher for a feed, politely: conditional requests, their word about time kept, and one answer or one error.

import { looksLikeFeed } from '../../shared/feeds/discovery.ts';
import type { FetchedFeed } from '../../shared/model/feed.ts';
import { freshSeconds } from '../../shared/net/response-times.ts';
import type { DocumentTurn, FeedFetcher } from '../../shared/ports.ts';
import { decodePage } from '../../shared/text/decode-page.ts';
import { fetchFailure } from './failures.ts';
import type { GuardedAnswer } from './guarded-fetch.ts';
import { MAX_WAIT_MS, type TurnRequest } from './host-limits.ts';
import { isRedirect, signpostedAddress } from './next-address.ts';
import { bringsDocument, statusFailure } from './status-failures.ts';
import type { Web } from './web.ts';

/** The largest feeds seen in public suites are under 3 MB. */
export const MAX_FEED_BYTES = 5_000_000;

/** Enough for everything before the first element. */
const GLANCE_BYTES = 4096;

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.9, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1';

/** What browsers send: for sites that serve their feed only to clients that ask for a page. */
const BROWSER_ACCEPT = 'text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8';

type FeedValidators = NonNullable<Parameters<FeedFetcher['fetchFeed']>[0]['validators']>;

/** One answer of the publisher, or FetchFailedError; NoTurnError when its host had no turn to give within `maxWaitMs`, or this machine's memory. */
export function createFeedFetcher(
  web: Web,
  { maxWaitMs = MAX_WAIT_MS }: { readonly maxWaitMs?: number } = {},
): FeedFetcher {
  // Polls heed the turns that pages have reserved and the pauses that hosts asked for, but reserve nothing: an unchanged feed costs no write.
  const turnFor = (hostIsShared: boolean): TurnRequest => ({ maxWaitMs, ...(hostIsShared ? { mode: 'observe' } : {}) });
  const { fetch, hostLimits, clock } = web;
  return {
    fetchFeed: async ({ url, validators, hostIsShared = true, turn }) => {
      const first = await ask({ url, validators, accept: ACCEPT, hostIsShared, turn });
      const again = first.answer.status === 304 ? null : secondTry(first, validators);
      const { answer, isConditional } =
        again === null ? first : await ask({ url, hostIsShared, turn, spentMs: first.answer.spentMs, ...again });
      if (answer.status === 304 && isConditional) return unchanged(answer, clock.now());
      if (bringsDocument(answer) || bringsFeed(answer)) return changed(url, answer, clock.now());
      if (isRedirect(answer.status))
        throw fetchFailure('redirects', url, `answered ${answer.status} with no address to go to`);
      const failure = statusFailure(url, answer, clock.now());
      if (failure.retryAfterSeconds !== undefined) await hostLimits.pause(answer.finalUrl, failure.retryAfterSeconds);
      throw failure;
    },
  };

  async function ask({ url, validators, accept, hostIsShared, turn, spentMs }: Question): Promise<Asked> {
    const asked = new Set<string>();
    const answer = await fetch.get({
      url,
      headers: { accept },
      // Byte for byte as the server gave them, and only to the address that gave them: they mean nothing elsewhere.
      headersFor: (hopUrl) => {
        if (validators === null || !sameAddress(validators.url, hopUrl)) return {};
        asked.add(hopUrl);
        return {
          ...(validators.etag === null ? {} : { 'if-none-match': validators.etag }),
          ...(validators.lastModified === null ? {} : { 'if-modified-since': validators.lastModified }),
        };
      },
      maxBytes: MAX_FEED_BYTES,
      hostTurn: turnFor(hostIsShared),
      takesLostRedirects: true,
      leadsTo: signpostedAddress,
      ...(turn === undefined ? {} : { turn }),
      ...(spentMs === undefined ? {} : { spentMs }),
    });
    return { answer, isConditional: asked.has(answer.finalUrl) };
  }
}

interface Question {
  readonly url: string;
  readonly validators: FeedValidators | null;
  readonly accept: string;
  readonly hostIsShared: boolean;
  readonly turn: DocumentTurn | undefined;
  readonly spentMs?: number;
}

interface Asked {
  readonly answer: GuardedAnswer;
  /** The request was sent with our validators. */
  readonly isConditional: boolean;
}

/**
 * A second request, once, for servers that fail on one of our headers: on validators (412, or an empty answer when the feed has
 * changed), or on an Accept that does not name the type they give their feed (406).
 */
function secondTry(
  { answer: { status, body }, isConditional }: Asked,
  validators: FeedValidators | null,
): Pick<Question, 'validators' | 'accept'> | null {
  if (isConditional && (status === 412 || (status === 200 && body.length === 0)))
    return { validators: null, accept: ACCEPT };
  return status === 406 ? { validators, accept: BROWSER_ACCEPT } : null;
}

/**
 * Another success (201, 202, 226) or a redirect without an address, if the body is a feed. Not a part of one (206). The body must look
 * like a feed, because robot checks often answer 202 with a page.
 */
const bringsFeed = ({ status, body, headers }: GuardedAnswer): boolean =>
  status < 400 && status !== 206 && looksLikeFeed(decodePage(body.subarray(0, GLANCE_BYTES), headers['content-type']));

const unchanged = (answer: GuardedAnswer, now: Date): FetchedFeed => ({
  kind: 'unchanged',
  freshSeconds: freshSeconds(answer.headers, now),
  movedTo: movedForGood(answer) ? answer.finalUrl : null,
});

function changed(url: string, answer: GuardedAnswer, now: Date): FetchedFeed {
  const { body, headers, finalUrl } = answer;
  if (body.length === 0) {
    throw fetchFailure('empty', url, 'the answer is empty', {
      status: 200,
      cure: 'The publisher has a problem; polling continues.',
    });
  }
  return {
    kind: 'changed',
    body,
    contentType: headers['content-type'],
    finalUrl,
    movedTo: movedForGood(answer) ? finalUrl : null,
    etag: headers.etag ?? null,
    lastModified: headers['last-modified'] ?? null,
    freshSeconds: freshSeconds(headers, now),
  };
}

/** 301 and 308 say that the address has changed for good; one temporary step among them and nothing is adopted. */
const movedForGood = ({ redirects }: GuardedAnswer): boolean =>
  redirects.length > 0 && redirects.every((status) => status === 301 || status === 308);

/** Stored addresses may be written otherwise than the one asked for (default port, capital host, fragment). */
function sameAddress(stored: string, hopUrl: string): boolean {
  const url = URL.parse(stored);
  if (url === null) return false;
  url.hash = '';
  url.username = '';
  url.password = '';
  return url.href === hopUrl;
}
