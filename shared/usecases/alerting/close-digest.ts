// A digest whose window has ended: one mail for all its members, which are settled with it. Closing it lets no member in any more.
import { composeDigestMail } from '../../alerts/digest-mail.ts';
import { type DigestStory, storiesOfDigest } from '../../alerts/digest-story.ts';
import { quietUntil } from '../../alerts/digest-window.ts';
import { wantedOf } from '../../alerts/policy.ts';
import { DIGEST_ATTEMPT_SECONDS, nextTryAt, secondsAfter } from '../../alerts/retry-schedule.ts';
import { mayRetry } from '../../core/errors.ts';
import { mapConcurrently } from '../../core/map-concurrently.ts';
import { METRICS } from '../../core/metrics.ts';
import type { DeliveryId, MatchId } from '../../model/ids.ts';
import type { Match } from '../../model/match.ts';
import type { Settings } from '../../model/settings.ts';
import type { StoryReader } from '../../model/story.ts';
import type { Delivery, Digest, Subscription } from '../../model/subscription.ts';
import { type AlertPorts, mailerOf, reasonOf } from './alert-ports.ts';

/** `retrying`: it is due again later. `not_due`: still open, final, or another process has it. */
export type DigestResult = 'sent' | 'failed' | 'suppressed' | 'retrying' | 'not_due';

/** What came of it, and which members another alert of their story speaks for. */
interface DigestOutcome extends Pick<Digest, 'state' | 'dueAt' | 'reason'> {
  readonly merged?: ReadonlySet<DeliveryId>;
}

const CONCURRENCY = 5;

const METRIC_OF = {
  sent: METRICS.alertsSent,
  failed: METRICS.alertsFailed,
  suppressed: METRICS.alertsSuppressed,
} as const;

/** Throws only when the digest's record cannot be read or written: the claim then runs out, and the next sweep goes on from there. */
export async function closeDigest(id: string, ports: AlertPorts, settings: Settings): Promise<DigestResult> {
  const now = ports.clock.now();
  const known = await ports.digests.getDigest(id);
  if (known === null || known.dueAt === null || known.dueAt > now.toISOString()) return 'not_due';
  const digest = await ports.digests.beginDigest(id, now.toISOString(), secondsAfter(now, DIGEST_ATTEMPT_SECONDS));
  if (digest === null) return 'not_due';
  const members = (await ports.digests.digestMembers(id)).filter(({ state }) => state === 'waiting');
  const { merged, ...outcome } = await send(digest, members, ports, settings);
  await ports.digests.finishDigest(
    id,
    outcome,
    members.map((member) => member.id),
    ports.clock.now().toISOString(),
    merged,
  );
  return report(digest, outcome, members.length, ports);
}

async function send(
  digest: Digest,
  members: readonly Delivery[],
  ports: AlertPorts,
  settings: Settings,
): Promise<DigestOutcome> {
  try {
    return await sendWanted(digest, members, ports, settings);
  } catch (error) {
    const dueAt = mayRetry(error) ? nextTryAt(digest.id, digest.attempts, ports.clock.now()) : null;
    return { state: dueAt === null ? 'failed' : 'closed', dueAt, reason: reasonOf(error) };
  }
}

/** Matches are read first and the subscription last, so that what was ended in the meantime is not sent. */
async function sendWanted(
  digest: Digest,
  members: readonly Delivery[],
  ports: AlertPorts,
  settings: Settings,
): Promise<DigestOutcome> {
  if (members.length === 0) return suppressed('it has no members');
  const matches = new Map(
    (await ports.matches.getMatches(members.flatMap(matchIdsOf))).map((match) => [match.id, match]),
  );
  const subscription = await ports.subscriptions.getSubscription(digest.subscriptionId);
  if (subscription === null) return suppressed('the subscription was removed');
  const now = ports.clock.now();
  const quiet = quietUntil(subscription, now, settings.mail.timeZone);
  if (quiet !== null) return { state: 'closed', dueAt: quiet.toISOString(), reason: 'quiet hours' };
  const { wanted, reasons } = wantedMembers(members, matches, subscription, now);
  if (wanted.size === 0) {
    return reasons.length === 0
      ? { state: 'failed', dueAt: null, reason: 'its matches are no longer stored' }
      : suppressed([...new Set(reasons)].join('; '));
  }
  const stories = await gather(digest, members, wanted, ports);
  const fresh = stories.filter(({ isRepeat }) => !isRepeat);
  const merged = new Set(
    stories
      .filter(({ isRepeat }) => isRepeat)
      .flatMap(({ reports }) => reports.flatMap(({ deliveryIds }) => deliveryIds)),
  );
  if (fresh.length === 0) return { ...suppressed('nothing new in stories that were alerted before'), merged };
  const mail = composeDigestMail({
    digest,
    stories,
    subscription,
    mail: settings.mail,
    links: ports.alertLinks,
    coverage: null,
  });
  await mailerOf(ports).sendMail(mail);
  await noteAlerted(fresh, digest, ports);
  return { state: 'sent', dueAt: null, reason: null, merged };
}

const suppressed = (reason: string) => ({ state: 'suppressed', dueAt: null, reason }) as const;

const matchIdsOf = ({ matchId, matchIds }: Delivery): readonly MatchId[] =>
  matchIds.length === 0 ? [matchId] : matchIds;

/** What the subscriber still wants of each member, and why not the others. */
function wantedMembers(
  members: readonly Delivery[],
  matches: ReadonlyMap<MatchId, Match>,
  subscription: Subscription,
  now: Date,
): { readonly wanted: ReadonlyMap<DeliveryId, readonly Match[]>; readonly reasons: readonly string[] } {
  const wanted = new Map<DeliveryId, readonly Match[]>();
  const reasons: string[] = [];
  for (const member of members) {
    const found = matchIdsOf(member).flatMap((id) => matches.get(id) ?? []);
    if (found.length === 0) continue;
    const { matches: some, why } = wantedOf(subscription, found, member.storyId, now);
    if (why === null) wanted.set(member.id, some);
    else reasons.push(why);
  }
  return { wanted, reasons };
}

async function gather(
  digest: Digest,
  members: readonly Delivery[],
  wanted: ReadonlyMap<DeliveryId, readonly Match[]>,
  ports: AlertPorts,
): Promise<readonly DigestStory[]> {
  const storyIds = [...new Set(members.flatMap(({ storyId }) => storyId ?? []))];
  const readers = await mapConcurrently(storyIds, CONCURRENCY, (id) =>
    ports.storyReaders.getReader(id, digest.subscriptionId),
  );
  const hits = await ports.hits.getHits(members.flatMap(({ articleId }) => articleId ?? []));
  const stories = await ports.stories.getStories(storyIds);
  return storiesOfDigest({
    members,
    wanted,
    hits: new Map(hits.map((hit) => [hit.article, hit])),
    stories: new Map(stories.map((story) => [story.id, story])),
    readers: new Map(
      readers.flatMap((reader): [string, StoryReader][] => (reader === null ? [] : [[reader.storyId, reader]])),
    ),
    windowEnd: digest.windowEnd,
  });
}

/** So that a later report that brings nothing new is held back. */
async function noteAlerted(stories: readonly DigestStory[], digest: Digest, ports: AlertPorts): Promise<void> {
  const alertedAt = ports.clock.now().toISOString();
  const { subscriptionId, expiresAt } = digest;
  await mapConcurrently(stories, CONCURRENCY, async ({ reports, severity }) => {
    const storyId = reports[0].hit?.story.id;
    if (storyId === undefined) return;
    const topics = reports.flatMap(({ matches }) => matches.map(({ topic }) => topic.id));
    await ports.storyReaders.noteAlerted({ storyId, subscriptionId, topics, severity, alertedAt, expiresAt });
  });
}

function report(
  digest: Digest,
  { state, reason, dueAt }: DigestOutcome,
  members: number,
  ports: AlertPorts,
): DigestResult {
  const fields = { digest: digest.id, cause: digest.cause, members, attempts: digest.attempts, reason };
  if (state === 'open' || state === 'closed') {
    ports.metrics.put(METRICS.alertsRetried, 'Count', members, 'email');
    ports.log.warn('digest will be tried again', { ...fields, dueAt });
    return 'retrying';
  }
  if (members > 0) ports.metrics.put(METRIC_OF[state], 'Count', members, 'email');
  if (state === 'failed') ports.log.error('digest failed for good', fields);
  return state;
}
