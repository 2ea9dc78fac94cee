// robots.txt of the hosts whose pages we read: asked for once, remembered for a while. Reading it: shared/net/robots.ts.

import { FetchFailedError, NoTurnError } from '../../shared/core/errors.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../shared/core/time.ts';
import { retryAfterSeconds } from '../../shared/net/response-times.ts';
import {
  ALLOW_ALL,
  isAllowedByRobots,
  MAX_ROBOTS_BYTES,
  parseRobots,
  type RobotsRules,
} from '../../shared/net/robots.ts';
import { PRODUCT_TOKEN } from '../../shared/net/user-agent.ts';
import { fetchFailure } from './failures.ts';
import type { TurnRequest } from './host-limits.ts';
import type { Web } from './web.ts';

/** RFC 9309, 2.4: no longer than a day. */
const KEEP_MS = DAY_MS;
/** Shorter for a failing server: until the first retry of one of its pages. */
const KEEP_FAILURE_MS = MINUTE_MS;
const MAX_ORIGINS = 500;
/** Larger files are refused as a whole by the fetcher; of what comes, the first 500 KiB count. */
const MAX_BYTES = 2_000_000;

interface Known {
  readonly until: number;
  /** Rules, or why they could not be had. */
  readonly rules: Promise<RobotsRules | FetchFailedError>;
}

export interface RobotsCache {
  /**
   * Throws FetchFailedError (`robots`) when the page may not be asked for, or that cannot be known because the server fails (2.3.1.4);
   * NoTurnError when it could not be asked for in time.
   */
  check(pageUrl: string): Promise<void>;
}

export function createRobotsCache(web: Web, hostTurn: TurnRequest): RobotsCache {
  const { clock } = web;
  const known = new Map<string, Known>();

  return {
    check: async (pageUrl) => {
      const { origin } = new URL(pageUrl);
      const rules = await rulesOf(origin);
      if (rules instanceof NoTurnError) throw rules;
      if (rules instanceof FetchFailedError) throw unknowable(pageUrl, rules, secondsKnown(origin));
      if (isAllowedByRobots(rules, pageUrl)) return;
      throw fetchFailure(
        'robots',
        pageUrl,
        'robots.txt of the site asks readers like this one to leave the page alone',
        {
          cure: "Nothing to do: the text of the feed is used. `fullText: never` stops asking for this feed's pages.",
        },
      );
    },
  };

  function rulesOf(origin: string): Promise<RobotsRules | FetchFailedError> {
    const now = clock.now().getTime();
    const remembered = known.get(origin);
    if (remembered !== undefined && remembered.until > now && remembered.until <= now + KEEP_MS)
      return remembered.rules;
    const rules = askFor(origin, web, hostTurn);
    remember(origin, { until: now + KEEP_MS, rules });
    void rules.then((outcome) => {
      if (outcome instanceof NoTurnError) known.delete(origin);
      else if (outcome instanceof FetchFailedError) remember(origin, { until: now + KEEP_FAILURE_MS, rules });
    });
    return rules;
  }

  /** Seconds until robots.txt is requested again. */
  function secondsKnown(origin: string): number {
    return Math.max(0, Math.ceil(((known.get(origin)?.until ?? 0) - clock.now().getTime()) / SECOND_MS));
  }

  /** The oldest goes first. */
  function remember(origin: string, entry: Known): void {
    known.delete(origin);
    known.set(origin, entry);
    const oldest = known.keys().next().value;
    if (known.size > MAX_ORIGINS && oldest !== undefined) known.delete(oldest);
  }
}

/** "Unavailable" (4xx) means no rules, "unreachable" (5xx, no answer, asked to wait) means that nothing may be asked for. */
async function askFor(
  origin: string,
  { fetch, hostLimits, clock }: Web,
  hostTurn: TurnRequest,
): Promise<RobotsRules | FetchFailedError> {
  const url = `${origin}/robots.txt`;
  try {
    const answer = await fetch.get({
      url,
      headers: { accept: 'text/plain, */*;q=0.5' },
      maxBytes: MAX_BYTES,
      hostTurn,
    });
    const { status, body, headers } = answer;
    if (status >= 200 && status < 300) {
      return parseRobots(new TextDecoder().decode(body.subarray(0, MAX_ROBOTS_BYTES)), PRODUCT_TOKEN);
    }
    if (status >= 400 && status < 500 && status !== 429) return ALLOW_ALL;
    const seconds = retryAfterSeconds(headers['retry-after'], clock.now());
    if (seconds !== null && (status === 429 || status === 503)) await hostLimits.pause(answer.finalUrl, seconds);
    return fetchFailure('http', url, `answered ${status}`, {
      status,
      cure: '',
      ...(seconds === null ? {} : { retryAfterSeconds: seconds }),
    });
  } catch (error) {
    // Redirects without end count as "unavailable" (2.3.1.2).
    if (error instanceof FetchFailedError) return error.kind === 'redirects' ? ALLOW_ALL : error;
    throw error;
  }
}

const unknowable = (pageUrl: string, cause: FetchFailedError, secondsKnown: number): FetchFailedError =>
  cause.kind === 'blocked'
    ? cause
    : fetchFailure(
        'robots',
        pageUrl,
        `the site's robots.txt cannot be had (${cause.happened}), so its pages are left alone`,
        {
          cause,
          retryAfterSeconds: Math.max(secondsKnown, cause.retryAfterSeconds ?? 0),
          cure: 'It is requested again in a minute; until then the text of the feed is used.',
        },
      );
