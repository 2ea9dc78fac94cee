// Operators are notified once when a feed has failed for long or is gone, and once when it answers again; one notice for all feeds of a check.
// Run by the sweep, which comes every few minutes; the feeds are checked once an hour.
//
// First the notice, then the mark: a check that dies in between is repeated a few minutes later. A notice may come twice, but is never lost.

import { type Coverage, MOST_FAILING_NAMED } from '../../alerts/coverage.ts';
import { feedIncidentNotice } from '../../alerts/feed-incident-notice.ts';
import { instantAfter } from '../../core/time.ts';
import { CHECK_EVERY_MS, CHECK_TAKES_MS } from '../../feeds/incident-checks.ts';
import { isFailingForLong } from '../../feeds/long-failure.ts';
import type { Feed, FeedIncident } from '../../model/feed.ts';
import type { FeedId } from '../../model/ids.ts';
import { displayUrl } from '../../net/display-url.ts';
import type { Clock, FeedIncidentStore, FeedStore, Log, OperatorNotices } from '../../ports.ts';

export interface FeedIncidentPorts {
  readonly feeds: Pick<FeedStore, 'listPollBatches' | 'getFeeds'>;
  readonly feedIncidents: FeedIncidentStore;
  /** Null where no channel is set: then the incidents are only logged. */
  readonly operators: OperatorNotices | null;
  readonly clock: Clock;
  readonly log: Log;
}

/** What changed since the last check. */
export interface FeedIncidentsFound {
  readonly failing: readonly Feed[];
  readonly gone: readonly Feed[];
  readonly recovered: readonly Feed[];
}

/**
 * Null when no check is due, or another process has it. Throws when the stores or the channel fail; then no one counts as notified.
 * Reads every feed once: for 10,000 of them about 5,000 read units an hour.
 */
export async function notifyOperators(ports: FeedIncidentPorts): Promise<FeedIncidentsFound | null> {
  const { feedIncidents, clock } = ports;
  const now = clock.now();
  if (!(await feedIncidents.claim(now.toISOString(), instantAfter(now, CHECK_TAKES_MS)))) return null;
  const { found, marks, coverage } = await checkFeeds(ports, now);
  if (found.failing.length + found.gone.length + found.recovered.length > 0) await notify(found, ports);
  if (marks.size > 0) await feedIncidents.recordNotified(marks);
  await feedIncidents.complete(instantAfter(now, CHECK_EVERY_MS), coverage);
  return found;
}

/** Null for a feed that is inactive, well, or has not failed for long. */
function incidentOf({ active, state }: Pick<Feed, 'active' | 'state'>, now: Date): FeedIncident | null {
  if (!active) return null;
  if (state.goneAt !== null) return 'gone';
  return isFailingForLong(state.failure, now) ? 'failing' : null;
}

interface FeedCheck {
  readonly found: FeedIncidentsFound;
  /** To be remembered once operators are notified; null: forgotten. */
  readonly marks: ReadonlyMap<FeedId, FeedIncident | null>;
  readonly coverage: Coverage;
}

/** Batch by batch, so that few feeds are in memory at once. */
async function checkFeeds({ feeds, feedIncidents }: FeedIncidentPorts, now: Date): Promise<FeedCheck> {
  const notified = new Map(await feedIncidents.listNotified());
  const marks = new Map<FeedId, FeedIncident | null>();
  const found = { failing: [] as Feed[], gone: [] as Feed[], recovered: [] as Feed[] };
  let followed = 0;
  const unread: Coverage['failing'][number][] = [];
  for (const { feedIds } of await feeds.listPollBatches()) {
    for (const feed of await feeds.getFeeds(feedIds)) {
      const before = notified.get(feed.id) ?? null;
      notified.delete(feed.id);
      const incident = incidentOf(feed, now);
      if (feed.active) followed += 1;
      if (incident !== null) unread.push({ title: titleOf(feed), since: sinceWhen(feed, now) });
      if (incident !== null && incident !== before) found[incident].push(feed);
      // Between two checks it may have recovered and failed again, or been polled by hand: it counts as recovered when it answers.
      if (incident === null && before !== null && isWaitedFor(feed)) continue;
      if (incident === null && before !== null && feed.active) found.recovered.push(feed);
      if (incident !== before) marks.set(feed.id, incident);
    }
  }
  // Those left over were removed.
  for (const id of notified.keys()) marks.set(id, null);
  const failing = unread.toSorted((a, b) => (a.since < b.since ? -1 : 1)).slice(0, MOST_FAILING_NAMED);
  return { found, marks, coverage: { feeds: followed, read: followed - unread.length, failing } };
}

const LONGEST_TITLE = 200;
const titleOf = ({ title, url, state: { ownTitle } }: Feed): string =>
  (title || ownTitle || displayUrl(url)).slice(0, LONGEST_TITLE);
const sinceWhen = ({ state }: Feed, now: Date): string => state.goneAt ?? state.failure?.since ?? now.toISOString();

const isWaitedFor = ({ active, state }: Feed): boolean =>
  active && (state.failure !== null || state.notBefore !== null);

async function notify(found: FeedIncidentsFound, { operators, log }: FeedIncidentPorts): Promise<void> {
  const notice = feedIncidentNotice(found);
  await operators?.notify(notice);
  log.warn('operators notified of feeds', {
    failing: found.failing.map(({ id }) => id),
    gone: found.gone.map(({ id }) => id),
    recovered: found.recovered.map(({ id }) => id),
  });
}
