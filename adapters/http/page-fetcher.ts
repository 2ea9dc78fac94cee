// Asking for an article page: only where robots.txt allows it, only web pages, and as text.

import { quoteForeign } from '../../shared/net/display-url.ts';
import { publisherAddress } from '../../shared/net/publisher-address.ts';
import type { PageFetcher } from '../../shared/ports.ts';
import { decodePage } from '../../shared/text/decode-page.ts';
import { fetchFailure } from './failures.ts';
import { GET_LIMITS } from './guarded-fetch.ts';
import { MAX_WAIT_MS, type TurnRequest } from './host-limits.ts';
import { createRobotsCache } from './robots-cache.ts';
import { bringsDocument, statusFailure } from './status-failures.ts';
import type { Web } from './web.ts';

/** Ten times the median news page; what is longer is no article. */
export const MAX_PAGE_BYTES = 3_000_000;

const ACCEPT = 'text/html, application/xhtml+xml;q=0.9, */*;q=0.1';
const USE_FEED = 'The text of the feed is used.';

/** A page, or FetchFailedError; NoTurnError when its host had no turn to give within `maxWaitMs`, for the page or its robots.txt. */
export function createPageFetcher(
  web: Web,
  { maxWaitMs = MAX_WAIT_MS }: { readonly maxWaitMs?: number } = {},
): PageFetcher {
  const { fetch, hostLimits, clock } = web;
  // Pages come many at a time, from many functions at once: each reserves its turn.
  const hostTurn: TurnRequest = { maxWaitMs, mode: 'reserve' };
  const robots = createRobotsCache(web, hostTurn);
  return {
    fetchPage: async (url, turn) => {
      const begunAt = performance.now();
      const answer = await fetch.get({
        url: publisherAddress(url),
        headers: { accept: ACCEPT },
        maxBytes: MAX_PAGE_BYTES,
        hostTurn,
        // At each hop: the site that a link leads to has its own rules.
        beforeRequest: (hopUrl) => {
          // What robots.txt of each takes is not in the fetch's own deadline.
          if (performance.now() - begunAt > GET_LIMITS.totalMs + maxWaitMs) {
            throw fetchFailure('timeout', url, 'its redirects lead from one slow server to the next', {
              cure: USE_FEED,
            });
          }
          return robots.check(hopUrl);
        },
        wantsBody: ({ headers }) => isWebPage(headers['content-type']),
        ...(turn === undefined ? {} : { turn }),
      });
      const contentType = answer.headers['content-type'];
      if (!bringsDocument(answer)) {
        const failure = statusFailure(url, answer, clock.now());
        if (failure.retryAfterSeconds !== undefined) await hostLimits.pause(answer.finalUrl, failure.retryAfterSeconds);
        throw failure;
      }
      if (!isWebPage(contentType)) {
        throw fetchFailure('parse', url, `is ${quoteForeign(contentType ?? '', 60)}, not a web page`, {
          cure: USE_FEED,
        });
      }
      if (answer.body.length === 0) throw fetchFailure('empty', url, 'the page is empty', { cure: USE_FEED });
      return { html: decodePage(answer.body, contentType), finalUrl: answer.finalUrl };
    },
  };
}

/** A missing type counts as a page, as in browsers; so does one with a comma in place of the semicolon, and one given twice. */
const isWebPage = (contentType: string | undefined): boolean =>
  contentType === undefined || /^\s*["']?(text\/html|application\/xhtml\+xml)["']?\s*([;,\s]|$)/i.test(contentType);
