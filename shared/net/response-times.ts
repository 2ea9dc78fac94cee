// What a publisher says about when to come again: Retry-After and freshness. Pure: headers and the present instant in, seconds out.

import { DAY_SECONDS, MINUTE_SECONDS, SECOND_MS } from '../core/time.ts';

const SHORTEST_RETRY_SECONDS = MINUTE_SECONDS; // "Retry-After: 0" is a bug of the server, not an invitation
const LONGEST_RETRY_SECONDS = DAY_SECONDS; // a typo must not silence a feed for a year

/**
 * Seconds to wait, from Retry-After as delta-seconds or as a date (RFC 9110, 10.2.3), clamped to [60 s, 24 h].
 * Null when the header is missing or cannot be read.
 */
export function retryAfterSeconds(header: string | undefined, now: Date): number | null {
  const text = header?.trim() ?? '';
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : secondsUntil(text, now);
  return seconds === null
    ? null
    : Math.ceil(Math.min(Math.max(seconds, SHORTEST_RETRY_SECONDS), LONGEST_RETRY_SECONDS));
}

/** The headers that say how long an answer stays fresh, names in lower case. */
export interface FreshnessHeaders {
  readonly 'cache-control'?: string | undefined;
  readonly expires?: string | undefined;
  readonly date?: string | undefined;
  readonly age?: string | undefined;
}

/**
 * Seconds for which the answer stays fresh: max-age less Age, else Expires less Date (RFC 9111, 4.2), clamped to [0, 24 h].
 * Null when the publisher says nothing, or asks for every request to be checked (no-cache, no-store).
 * `s-maxage` is for shared caches, which we are not.
 */
export function freshSeconds(headers: FreshnessHeaders, now: Date): number | null {
  const directives = parseCacheControl(headers['cache-control'] ?? '');
  if (directives.has('no-cache') || directives.has('no-store')) return null;
  const lifetime = lifetimeSeconds(directives, headers, now);
  if (lifetime === null) return null;
  const age = /^\d+$/.test(headers.age?.trim() ?? '') ? Number(headers.age) : 0;
  return Math.floor(Math.min(Math.max(lifetime - age, 0), DAY_SECONDS));
}

function lifetimeSeconds(directives: ReadonlyMap<string, string>, headers: FreshnessHeaders, now: Date): number | null {
  const maxAge = directives.get('max-age');
  if (maxAge !== undefined) return /^\d+$/.test(maxAge) ? Number(maxAge) : 0;
  const served = new Date(headers.date ?? Number.NaN);
  // A server whose clock is wrong says Expires by the same wrong clock: measured from its own Date where it gives one.
  return headers.expires === undefined
    ? null
    : secondsUntil(headers.expires, Number.isNaN(served.getTime()) ? now : served);
}

/** Directive names in lower case; of a repeated one the first counts. Quoted values lose their quotes. */
function parseCacheControl(header: string): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const part of header.split(',')) {
    const [name = '', value = ''] = part.split('=').map((piece) => piece.trim());
    if (!directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), value.replace(/^"|"$/g, ''));
  }
  return directives;
}

/** Null unless the text reads as a date with a month in it: bare numbers such as `0` or `-1` are not dates here. */
function secondsUntil(text: string, now: Date): number | null {
  if (!/[a-z]{3}|\d{4}-\d{2}/i.test(text)) return null;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : (instant - now.getTime()) / SECOND_MS;
}
