// A digest whose window has ended: one mail for all its members, which are settled with it. Closing it lets no member in any more.
import { composeDigestMail } from '../../alerts/digest-mail.ts';
import { DIGEST_ATTEMPT_SECONDS, nextTryAt, secondsAfter } from '../../alerts/retry-schedule.ts';
import { mayRetry } from '../../core/errors.ts';
import { METRICS } from '../../core/metrics.ts';
import type { Settings } from '../../model/settings.ts';
import type { Delivery, Digest } from '../../model/subscription.ts';
import { type AlertPorts, mailerOf, reasonOf } from './alert-ports.ts';
import { whyUnwanted } from './deliver.ts';

/** `retrying`: it is due again later. `not_due`: still open, final, or another process has it. */
export type DigestResult = 'sent' | 'failed' | 'suppressed' | 'retrying' | 'not_due';

type DigestOutcome = Pick<Digest, 'state' | 'dueAt' | 'reason'>;

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
  const outcome = await send(digest, members, ports, settings);
  await ports.digests.finishDigest(
    id,
    outcome,
    members.map((member) => member.id),
    ports.clock.now().toISOString(),
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
  if (members.length === 0) return { state: 'suppressed', dueAt: null, reason: 'it has no members' };
  const matches = await ports.matches.getMatches(members.map(({ matchId }) => matchId));
  const subscription = await ports.subscriptions.getSubscription(digest.subscriptionId);
  const reasons = new Set(members.map(({ topicId }) => whyUnwanted(subscription, topicId)));
  if (subscription === null || !reasons.has(null)) {
    return { state: 'suppressed', dueAt: null, reason: [...reasons].join('; ') };
  }
  const wanted = matches.filter(({ topic }) => whyUnwanted(subscription, topic.id) === null);
  if (wanted.length === 0) return { state: 'failed', dueAt: null, reason: 'its matches are no longer stored' };
  const mail = composeDigestMail({
    digest,
    matches: wanted,
    subscription,
    mail: settings.mail,
    links: ports.alertLinks,
  });
  await mailerOf(ports).sendMail(mail);
  return { state: 'sent', dueAt: null, reason: null };
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
