// A digest whose window has ended: one mail for all its members, which are settled with it. Closing it lets no member in any more.
import { composeChannelDigest } from '../../alerts/channel-message.ts';
import { composeDigestMail } from '../../alerts/digest-mail.ts';
import { type DigestStory, storiesOfDigest } from '../../alerts/digest-story.ts';
import { quietUntil } from '../../alerts/digest-window.ts';
import { severityOf, wantedOf } from '../../alerts/policy.ts';
import { DIGEST_ATTEMPT_SECONDS, nextTryAt, SOON_SECONDS, secondsAfter } from '../../alerts/retry-schedule.ts';
import { AddressSuppressedError, mayRetry, SendLaterError, TargetGoneError } from '../../core/errors.ts';
import { mapConcurrently } from '../../core/map-concurrently.ts';
import { METRICS } from '../../core/metrics.ts';
import { because, type Reason } from '../../model/delivery-reason.ts';
import { hasReached } from '../../model/delivery-states.ts';
import type { DeliveryId, MatchId } from '../../model/ids.ts';
import type { Match } from '../../model/match.ts';
import type { Settings } from '../../model/settings.ts';
import type { StoryReader } from '../../model/story.ts';
import type { Delivery, Digest, Subscription } from '../../model/subscription.ts';
import type { Receipt } from '../../ports.ts';
import { type AlertPorts, mailerOf, reasonOf } from './alert-ports.ts';
import { PACE_REASON } from './decision.ts';
import { openWhenEmpty } from './join-digest.ts';
import { isToldByAnother } from './right-to-send.ts';
import { sendToChannel } from './send-out.ts';
import { placeFor, QUOTA_REASON, quotaFreeAt, withPaceOfChannels } from './send-places.ts';

/** `retrying`: it is due again later. `held`: it waits for the end of quiet hours, or of another alert. `not_due`: still open, final, or another process has it. */
export type DigestResult = 'sent' | 'failed' | 'suppressed' | 'held' | 'retrying' | 'not_due';

interface DigestOutcome extends Pick<Digest, 'state' | 'dueAt' | 'reason' | 'reasonCode'> {
  /** Members for which another alert of their story speaks. */
  readonly merged?: ReadonlySet<DeliveryId>;
  /** Why the subscriber does not want other members any more. */
  readonly leftOut?: ReadonlyMap<DeliveryId, Reason>;
  readonly receipt?: Receipt;
  /** Waiting is no try. */
  readonly isHeld?: boolean;
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
  const everyMember = await ports.digests.digestMembers(id);
  const members = everyMember.filter(({ state }) => state === 'waiting');
  const {
    merged,
    leftOut,
    isHeld = false,
    ...outcome
  } = members.length === 0 && everyMember.some(hasReached) ? SENT_BEFORE : await send(digest, members, ports, settings);
  await ports.digests.finishDigest(
    id,
    isHeld ? { ...outcome, attempts: digest.attempts - 1 } : outcome,
    members.map((member) => member.id),
    ports.clock.now().toISOString(),
    merged,
    leftOut,
  );
  return isHeld ? 'held' : report(digest, outcome, members, ports);
}

/** Its members say so; the process died before the digest did. */
const SENT_BEFORE: DigestOutcome = { state: 'sent', dueAt: null, reason: null, reasonCode: null };

async function send(
  digest: Digest,
  members: readonly Delivery[],
  ports: AlertPorts,
  settings: Settings,
): Promise<DigestOutcome> {
  try {
    return await sendWanted(digest, members, ports, settings);
  } catch (error) {
    if (error instanceof AddressSuppressedError) return suppressed(because('suppressed', error.message));
    if (error instanceof TargetGoneError) return suppressed(because('disabled', error.message));
    if (error instanceof SendLaterError)
      return heldDigest(new Date(secondsAfter(ports.clock.now(), error.seconds)), reasonOf(error));
    const dueAt = mayRetry(error) ? nextTryAt(digest.id, digest.attempts, ports.clock.now()) : null;
    return { state: dueAt === null ? 'failed' : 'closed', dueAt, ...reasonOf(error) };
  }
}

/** Matches are read first and the subscription last, so that what was ended in the meantime is not sent. */
async function sendWanted(
  digest: Digest,
  members: readonly Delivery[],
  ports: AlertPorts,
  settings: Settings,
): Promise<DigestOutcome> {
  const matches = new Map(
    (await ports.matches.getMatches(members.flatMap(matchIdsOf))).map((match) => [match.id, match]),
  );
  const coverage = await ports.feedIncidents.lastCoverage();
  const subscription = await ports.subscriptions.getSubscription(digest.subscriptionId);
  if (subscription === null) return suppressed(because('unsubscribed', 'the subscription was removed'));
  // Before this one is settled: a process that dies in between does it again.
  await openWhenEmpty(subscription, ports, settings);
  const now = ports.clock.now();
  const { wanted, leftOut } = wantedMembers(members, matches, subscription, now);
  const quiet = quietUntil(subscription, now, settings.mail.timeZone);
  if (quiet !== null && severityOf([...wanted.values()].flat()) !== 'critical')
    return heldDigest(quiet, because('quiet_hours', 'quiet hours'));
  const mayBeEmpty = isWantedEmpty(digest, subscription);
  if (wanted.size === 0 && !mayBeEmpty) return nothingWanted(members, matches, leftOut);
  const readers = await readersOf(members, digest, ports);
  const told = await mapConcurrently(readers, CONCURRENCY, (reader) => isToldByAnother(reader, null, ports));
  if (told.includes(true))
    return heldDigest(
      new Date(secondsAfter(now, SOON_SECONDS)),
      because('story_busy', 'another alert of one of its stories is being sent'),
    );
  const stories = await gather({ digest, members, wanted, subscription, readers }, ports);
  const fresh = stories.filter(({ isRepeat }) => !isRepeat);
  const merged = new Set(
    stories
      .filter(({ isRepeat }) => isRepeat)
      .flatMap(({ reports }) => reports.flatMap(({ deliveryIds }) => deliveryIds)),
  );
  if (fresh.length === 0 && !mayBeEmpty)
    return { ...suppressed(because('same_story', 'nothing new in stories that were alerted before')), merged, leftOut };
  const wait = subscription.channel === 'email' ? await waitOfMail(digest, ports, settings) : null;
  if (wait !== null) return wait;
  const { alertLinks: links } = ports;
  const content = { digest, stories, subscription, mail: settings.mail, links, coverage };
  const receipt: Receipt =
    subscription.channel === 'email'
      ? { state: 'sent', ...(await mailerOf(ports).sendMail(composeDigestMail(content))) }
      : await sendToChannel(subscription, composeChannelDigest(content), withPaceOfChannels(ports, hasPlace(digest)));
  await noteAlerted(fresh, digest, ports);
  return { state: 'sent', dueAt: null, reason: null, reasonCode: null, receipt, merged, leftOut };
}

/** At seven in the morning all daily digests are due. Null for one that may be sent now. */
async function waitOfMail(digest: Digest, ports: AlertPorts, settings: Settings): Promise<DigestOutcome | null> {
  const free = await quotaFreeAt(ports);
  if (free !== null) return heldDigest(free, QUOTA_REASON);
  const place = hasPlace(digest) ? null : await placeFor({ channel: 'email', kind: 'alert' }, ports, settings);
  return place === null ? null : heldDigest(place, PACE_REASON);
}

/** One that was held for its place has it. */
const hasPlace = ({ reasonCode }: Digest): boolean => reasonCode === PACE_REASON.reasonCode;

const heldDigest = (until: Date, why: Reason): DigestOutcome => ({
  state: 'closed',
  dueAt: until.toISOString(),
  ...why,
  isHeld: true,
});

const suppressed = (why: Reason) => ({ state: 'suppressed', dueAt: null, ...why }) as const;

/** Of the subscriber's own period, not of a storm or of one topic. */
const isWantedEmpty = ({ period }: Digest, { state, whenEmpty, digest: usual }: Subscription): boolean =>
  state === 'active' && whenEmpty && usual !== 'none' && period === usual;

function nothingWanted(
  members: readonly Delivery[],
  matches: ReadonlyMap<MatchId, Match>,
  leftOut: ReadonlyMap<DeliveryId, Reason>,
): DigestOutcome {
  const [first] = leftOut.values();
  if (members.length === 0 || first === undefined) return suppressed(because('empty', 'it has no members'));
  if (matches.size === 0) return { state: 'failed', dueAt: null, ...NOT_STORED };
  const words = new Set([...leftOut.values()].map(({ reason }) => reason));
  return { ...suppressed(because(first.reasonCode, [...words].join('; '))), leftOut };
}

const NOT_STORED = because('not_stored', 'its matches are no longer stored');

const matchIdsOf = ({ matchId, matchIds }: Delivery): readonly MatchId[] =>
  matchIds.length === 0 ? [matchId] : matchIds;

/** What the subscriber still wants of each member, and why not the others. */
function wantedMembers(
  members: readonly Delivery[],
  matches: ReadonlyMap<MatchId, Match>,
  subscription: Subscription,
  now: Date,
): {
  readonly wanted: ReadonlyMap<DeliveryId, readonly Match[]>;
  readonly leftOut: ReadonlyMap<DeliveryId, Reason>;
} {
  const wanted = new Map<DeliveryId, readonly Match[]>();
  const leftOut = new Map<DeliveryId, Reason>();
  for (const member of members) {
    const found = matchIdsOf(member).flatMap((id) => matches.get(id) ?? []);
    const { matches: some, why } = wantedOf(subscription, found, member.storyId, now);
    if (why === null) wanted.set(member.id, some);
    else leftOut.set(member.id, found.length === 0 ? NOT_STORED : why);
  }
  return { wanted, leftOut };
}

/** What the subscriber was sent of the stories before. */
async function readersOf(
  members: readonly Delivery[],
  { subscriptionId }: Digest,
  ports: AlertPorts,
): Promise<readonly StoryReader[]> {
  const readers = await mapConcurrently(storiesOf(members), CONCURRENCY, (id) =>
    ports.storyReaders.getReader(id, subscriptionId),
  );
  return readers.filter((reader) => reader !== null);
}

const storiesOf = (members: readonly Delivery[]): readonly string[] => [
  ...new Set(members.flatMap(({ storyId }) => storyId ?? [])),
];

async function gather(
  {
    digest,
    members,
    readers,
    ...given
  }: Pick<Parameters<typeof storiesOfDigest>[0], 'members' | 'wanted' | 'subscription'> & {
    readonly digest: Digest;
    readonly readers: readonly StoryReader[];
  },
  ports: AlertPorts,
): Promise<readonly DigestStory[]> {
  const hits = await ports.hits.getHits(members.flatMap(({ articleId }) => articleId ?? []));
  const stories = await ports.stories.getStories(storiesOf(members));
  return storiesOfDigest({
    ...given,
    members,
    hits: new Map(hits.map((hit) => [hit.article, hit])),
    stories: new Map(stories.map((story) => [story.id, story])),
    readers: new Map(readers.map((reader) => [reader.storyId, reader])),
    digestId: digest.id,
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
    const alerted = { storyId, subscriptionId, topics, severity, alertedAt, alertedBy: digest.id, expiresAt };
    await ports.storyReaders.noteAlerted(alerted);
  });
}

function report(
  digest: Digest,
  { state, reason, dueAt }: Pick<DigestOutcome, 'state' | 'reason' | 'dueAt'>,
  members: readonly Delivery[],
  ports: AlertPorts,
): DigestResult {
  const fields = { digest: digest.id, cause: digest.cause, members: members.length, attempts: digest.attempts, reason };
  const count = (metric: string): void =>
    ports.metrics.put(metric, 'Count', members.length, members[0]?.channel ?? 'email');
  if (state === 'open' || state === 'closed') {
    count(METRICS.alertsRetried);
    ports.log.warn('digest will be tried again', { ...fields, dueAt });
    return 'retrying';
  }
  if (members.length > 0) count(METRIC_OF[state]);
  if (state === 'failed') ports.log.error('digest failed for good', fields);
  return state;
}
