// Reading an address before it is followed, through the guarded fetcher and within the time that a request to the API has.

import { SECOND_MS } from '../../shared/core/time.ts';
import type { HostPaceStore } from '../../shared/ports.ts';
import { type VerifiedFeed, verifyFeed } from '../../shared/usecases/managing/verify-feed.ts';
import type { TimeLimits } from './exchange.ts';
import { fetchFailure } from './failures.ts';
import { findFeeds } from './feed-discovery.ts';
import { createFeedFetcher } from './feed-fetcher.ts';
import { openWeb, type Web, type WebSettings } from './web.ts';

/** Somebody waits: less than a poll has. */
const LIMITS: Partial<TimeLimits> = { totalMs: 7_000, headersMs: 6_000 };
/** For a turn with the host, which polls may be asking just now. */
const MAX_WAIT_MS = 3_000;
/** No request begins later than this; the last one may take ten seconds more. API Gateway gives up after 30 s, the function after 25 s. */
const LAST_REQUEST_MS = 12_000;

export type FeedVerifier = (address: string) => Promise<VerifiedFeed>;

/** Asks hosts at the pace of `web` and shares its turns for large documents, within the shorter time that somebody who waits has. */
export const createFeedVerifier = (
  settings: WebSettings,
  { hostLimits, largeDocuments, clock, hostsFile }: Web,
): FeedVerifier => feedVerifierOn(openWeb(settings, { hostLimits, largeDocuments, clock, hostsFile, limits: LIMITS }));

/** With a web of its own, for a process that fetches nothing else. `hostPaces`: where the pace of all processes is kept. */
export const openFeedVerifier = (settings: WebSettings, hostPaces?: HostPaceStore): FeedVerifier =>
  feedVerifierOn(openWeb(settings, { hostPaces, limits: LIMITS }));

export function feedVerifierOn(web: Web): FeedVerifier {
  return (address) => {
    const inTime = endingAfter(LAST_REQUEST_MS, web);
    return verifyFeed(address, {
      fetcher: createFeedFetcher(inTime, { maxWaitMs: MAX_WAIT_MS }),
      findFeeds: (page) => findFeeds(page, inTime, { tryCommonAddresses: true }),
      clock: web.clock,
    });
  };
}

function endingAfter(ms: number, web: Web): Web {
  const end = web.clock.now().getTime() + ms;
  return {
    ...web,
    fetch: {
      ...web.fetch,
      get: async (request) => {
        if (web.clock.now().getTime() <= end) return web.fetch.get(request);
        throw fetchFailure(
          'timeout',
          request.url,
          `this address and those tried before it took more than ${ms / SECOND_MS} s`,
        );
      },
    },
  };
}
