// What `tocsin start` prints about feeds that begin to fail: each alone, or many summed up by kind.
import type { FetchFailureKind } from '../../shared/core/errors.ts';
import { describeHealth } from '../../shared/feeds/feed-health.ts';
import type { Feed } from '../../shared/model/feed.ts';
import type { Settings } from '../../shared/model/settings.ts';
import { displayUrl } from '../../shared/net/display-url.ts';
import { localMinute, withLocalTimes, type ZoneOffset } from '../local-time.ts';
import { namedOnce, oneLine } from '../output.ts';
import { type NarratedLine, named } from './narrated-line.ts';

/** More are summed up. */
const MOST_ONE_BY_ONE = 3;

export const titleOf = (feed: Feed): string => oneLine(feed.title || feed.state.ownTitle || displayUrl(feed.url));

export function failingFeedsLines(
  failing: readonly Feed[],
  now: Date,
  settings: Settings,
  zone: ZoneOffset,
): readonly NarratedLine[] {
  if (failing.length > MOST_ONE_BY_ONE) return [summaryOf(failing, now, settings, zone)];
  return failing.map((feed) => {
    const { explanation } = describeHealth(feed, null, now, settings);
    return { kind: 'failing', text: namedOnce(titleOf(feed), withLocalTimes(oneLine(explanation), zone)) };
  });
}

function summaryOf(failing: readonly Feed[], now: Date, settings: Settings, zone: ZoneOffset): NarratedLine {
  const byKind = [...Map.groupBy(failing, ({ state }) => state.failure?.kind ?? 'gone')];
  const [next] = failing.flatMap((feed) => describeHealth(feed, null, now, settings).nextPollAt ?? []).sort();
  const when = next === undefined ? '' : `, the first at ${localMinute(next, zone)}`;
  return {
    kind: 'failing',
    text: `${failing.length} feeds could not be read; each is retried automatically${when}`,
    details: [
      ...byKind
        .toSorted(([, left], [, right]) => right.length - left.length)
        .map(([kind, feeds]) => `${feeds.length} × ${FAILURE_WORDS[kind]}: ${named(feeds.map(titleOf))}`),
      'other feeds are unaffected; tocsin feeds list shows the state of each',
    ],
  };
}

const FAILURE_WORDS: Readonly<Record<FetchFailureKind, string>> = {
  dns: 'host name not found (is there a network?)',
  refused: 'connection refused',
  timeout: 'too slow',
  reset: 'connection reset',
  tls: 'invalid certificate',
  http: 'HTTP error',
  not_a_feed: 'not a feed',
  parse: 'cannot be parsed',
  blocked: 'address not allowed',
  robots: 'not allowed by robots.txt',
  throttled: 'the host asks for fewer requests',
  gone: 'ended by its publisher',
  too_large: 'too large',
  decode: 'invalid compression',
  redirects: 'too many redirects',
  empty: 'empty answer',
  internal: 'internal error',
};
