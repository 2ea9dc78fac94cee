// What a publisher's refusal means and what can be done about it: an HTTP status as one error.
import type { FetchFailedError } from '../../shared/core/errors.ts';
import { retryAfterSeconds } from '../../shared/net/response-times.ts';
import { fetchFailure } from './failures.ts';
import type { GuardedAnswer } from './guarded-fetch.ts';

const CURES: Readonly<Record<number, string>> = {
  401: 'The address needs a login; Tocsin sends none. Ask the publisher for a public feed.',
  402: 'The publisher wants to be paid; Tocsin follows public feeds only.',
  403: 'The publisher refuses this reader; ask them, or follow another feed of theirs.',
  404: 'Look for the feed on the site: it may have moved (`tocsin feeds check` with the address of the page finds feeds).',
};

/**
 * Whether an answer has a whole document: 200, the same changed by a proxy (203), and a 206 that covers all of it, since we never ask
 * for a range.
 */
export const bringsDocument = ({ status, headers }: GuardedAnswer): boolean =>
  status === 200 || status === 203 || (status === 206 && isWhole(headers['content-range']));

/** `bytes 0-999/1000`, or no Content-Range at all. */
function isWhole(contentRange: string | undefined): boolean {
  if (contentRange === undefined) return true;
  const [, last, length] = /^\s*bytes\s+0-(\d+)\/(\d+)\s*$/i.exec(contentRange) ?? [];
  return last !== undefined && Number(last) + 1 === Number(length);
}

/** The error for an answer whose status is not the one hoped for. 429, and 503 with Retry-After, are `throttled`; 410 is `gone`. */
export function statusFailure(url: string, { status, headers }: GuardedAnswer, now: Date): FetchFailedError {
  const seconds = retryAfterSeconds(headers['retry-after'], now) ?? undefined;
  if (status === 410) {
    const cure = 'The publisher has ended it; polling stops. Remove it, or give its new address.';
    return fetchFailure('gone', url, 'answered 410 Gone', { status, cure });
  }
  if (status === 429 || (status === 503 && seconds !== undefined)) {
    const asked = seconds === undefined ? 'asks for fewer requests' : `asks to come back in ${seconds} s`;
    const cure = 'Nothing to do: polling waits and goes on.';
    return fetchFailure('throttled', url, `answered ${status} and ${asked}`, {
      status,
      retryAfterSeconds: seconds,
      cure,
    });
  }
  const cure =
    CURES[status] ??
    (status >= 500 ? 'The server has a problem; polling continues.' : 'Check the address in a browser.');
  return fetchFailure('http', url, `answered ${status}; expected 200`, { status, cure, retryAfterSeconds: seconds });
}
