// Operators are told once when a feed fails for long or is gone, and once when it answers again; all feeds of a look in one notice.
// Run by the sweep, which comes every few minutes; the feeds are looked at once an hour.
//
// First the notice, then the mark: whoever dies in between is repeated a few minutes later. Twice is possible, never is not.

import { feedIncidentNotice } from '../../alerts/feed-incident-notice.ts';
import { HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import { isFailingForLong } from '../../feeds/long-failure.ts';
import type { Feed, FeedIncident } from '../../model/feed.ts';
import type { FeedId } from '../../model/ids.ts';
import type { Clock, FeedIncidentStore, FeedStore, Log, OperatorNotices } from '../../ports.ts';

const LOOK_EVERY_MS = HOUR_MS;
/** Another takes over when whoever looks has died. Shorter than the pace of the sweep, so that a look that fails makes each sweep fail. */
const LOOK_TAKES_MS = 4 * MINUTE_MS;
const FEEDS_A_READ = 100;

export interface FeedIncidentPorts {
  readonly feeds: Pick<FeedStore, 'listPollBatches' | 'getFeeds'>;
  readonly feedIncidents: FeedIncidentStore;
  /** Null where no channel is set: then the log is told alone. */
  readonly operators: OperatorNotices | null;
  readonly clock: Clock;
  readonly log: Log;
}

/** What there is to tell. */
export interface FeedIncidentFound {
  readonly failing: readonly Feed[];
  readonly gone: readonly Feed[];
  readonly recovered: readonly Feed[];
}

/**
 * Null when it is not time to look, or another is at it. Throws when the stores or the channel fail; nothing counts as told then.
 * Reads every feed once: for 10,000 of them about 5,000 read units an hour.
 */
export async function notifyOperators(ports: FeedIncidentPorts): Promise<FeedIncidentFound | null> {
  const { feedIncidents, clock } = ports;
  const now = clock.now();
  if (!(await feedIncidents.claim(now.toISOString(), after(now, LOOK_TAKES_MS)))) return null;
  const { found, marks } = await look(ports, now);
  if (found.failing.length + found.gone.length + found.recovered.length > 0) await tell(found, ports);
  if (marks.size > 0) await feedIncidents.recordNotified(marks);
  await feedIncidents.complete(after(now, LOOK_EVERY_MS));
  return found;
}

/** Also for one that is not failing for long yet: null. Inactive feeds are nobody's worry. */
export function newsOf({ active, state }: Pick<Feed, 'active' | 'state'>, now: Date): FeedIncident | null {
  if (!active) return null;
  if (state.goneAt !== null) return 'gone';
  return isFailingForLong(state.failure, now) ? 'failing' : null;
}

interface Look {
  readonly found: FeedIncidentFound;
  /** What is to be remembered once it is told; null: forgotten. */
  readonly marks: ReadonlyMap<FeedId, FeedIncident | null>;
}

async function look({ feeds, feedIncidents }: FeedIncidentPorts, now: Date): Promise<Look> {
  const told = new Map(await feedIncidents.listNotified());
  const marks = new Map<FeedId, FeedIncident | null>();
  const found = { failing: [] as Feed[], gone: [] as Feed[], recovered: [] as Feed[] };
  const ids = (await feeds.listPollBatches()).flatMap(({ feedIds }) => feedIds);
  for (let at = 0; at < ids.length; at += FEEDS_A_READ) {
    for (const feed of await feeds.getFeeds(ids.slice(at, at + FEEDS_A_READ))) {
      const was = told.get(feed.id) ?? null;
      told.delete(feed.id);
      const news = newsOf(feed, now);
      if (news !== null && news !== was) found[news].push(feed);
      // Between two looks it may have recovered and failed anew, or been polled by hand: it is told of when it answers.
      if (news === null && was !== null && isWaitedFor(feed)) continue;
      if (news === null && was !== null && feed.active) found.recovered.push(feed);
      if (news !== was) marks.set(feed.id, news);
    }
  }
  // What is left was removed.
  for (const id of told.keys()) marks.set(id, null);
  return { found, marks };
}

const isWaitedFor = ({ active, state }: Feed): boolean =>
  active && (state.failure !== null || state.notBefore !== null);

async function tell(found: FeedIncidentFound, { operators, log }: FeedIncidentPorts): Promise<void> {
  const notice = feedIncidentNotice(found);
  await operators?.tell(notice);
  log.warn('operators told of feeds', {
    failing: found.failing.map(({ id }) => id),
    gone: found.gone.map(({ id }) => id),
    recovered: found.recovered.map(({ id }) => id),
  });
}

const after = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString();
