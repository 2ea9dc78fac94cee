// One try of one delivery: claim it, look whether it is still wanted, send, write down what came of it.
// The claim ends after two minutes, so a sender that dies is followed by another, under the same id.
import { composeAlertMail } from '../../alerts/alert-mail.ts';
import { composeChannelAlert } from '../../alerts/channel-message.ts';
import { digestFor, wantedOf } from '../../alerts/policy.ts';
import { composePublication } from '../../alerts/publication.ts';
import { ATTEMPT_SECONDS, nextTryAt, secondsAfter } from '../../alerts/retry-schedule.ts';
import { AddressSuppressedError, mayRetry, SendLaterError, TargetGoneError } from '../../core/errors.ts';
import { METRICS } from '../../core/metrics.ts';
import { SECOND_MS } from '../../core/time.ts';
import { because, leftOutAs } from '../../model/delivery-reason.ts';
import { hasReached } from '../../model/delivery-states.ts';
import type { ArticleId, DeliveryId } from '../../model/ids.ts';
import { type DeliveryMessage, LONGEST_DELAY_SECONDS } from '../../model/messages.ts';
import type { Settings } from '../../model/settings.ts';
import type { Delivery } from '../../model/subscription.ts';
import { type AlertPorts, mailerOf, reasonOf } from './alert-ports.ts';
import {
  type AttemptOutcome,
  type DeliveryDecision,
  ended,
  heldUntil,
  NOTHING,
  PACE_REASON,
  sentNow,
} from './decision.ts';
import { tryHit } from './deliver-hit.ts';
import { joinDigest } from './join-digest.ts';
import { sendToChannel } from './send-out.ts';
import { placeFor, QUOTA_REASON, quotaFreeAt, withPaceOfChannels } from './send-places.ts';
import { reserveImmediate } from './single-alerts.ts';

/**
 * `waiting`: it joined a digest. `held`: its time has not come. `merged`: another alert of its story speaks for it. `retrying`: it is due again
 * later. `not_due`: final, waiting, or another process has it.
 */
export type DeliveryResult =
  | 'sent'
  | 'merged'
  | 'held'
  | 'failed'
  | 'filtered'
  | 'suppressed'
  | 'disabled'
  | 'waiting'
  | 'retrying'
  | 'not_due';

export interface DeliveryReport {
  readonly result: DeliveryResult;
  /** It was not sent before, or its outcome was not recorded: true for a first try, and after a lost one. */
  readonly unattended: boolean;
  /** When it is to be tried again; null for one that is not held or retried. */
  readonly dueAt: string | null;
}

/**
 * `hasPlace`: a place in the row of what is sent was taken for it. `isQueued`: it comes from the delivery queue, which is earlier than the sweep.
 * Throws only when the delivery's record cannot be read or written: the claim then runs out, and the sweep goes on from there.
 */
export async function deliver(
  id: DeliveryId,
  ports: AlertPorts,
  settings: Settings,
  { hasPlace, isQueued } = { hasPlace: false, isQueued: false },
): Promise<DeliveryReport> {
  const now = ports.clock.now();
  const known = await ports.deliveries.getDelivery(id);
  if (known === null || !isDue(known, now, isQueued)) return NOT_DUE;
  const delivery = await ports.deliveries.beginAttempt(id, now.toISOString(), claimedUntil(known, now));
  if (delivery === null) return NOT_DUE;
  const unattended = (delivery.attempts === 1 && known.state !== 'held') || known.state === 'sending';
  const isPlaced = hasPlace || (known.state === 'held' && known.reasonCode === PACE_REASON.reasonCode);
  const decision = await decide(delivery, isPlaced, withPaceOfChannels(ports, isPlaced), settings);
  const [result, dueAt] =
    decision.kind === 'digest'
      ? [await moveToDigest(delivery, decision, ports, settings), null]
      : [await finish(delivery, decision.outcome, ports), decision.outcome.dueAt];
  return { result, unattended, dueAt };
}

/** A message of the delivery queue. What waits for a few minutes comes back through the queue, anything else through the sweep. */
export async function deliverQueued(
  { id, hasPlace }: DeliveryMessage,
  ports: AlertPorts,
  settings: Settings,
): Promise<DeliveryResult> {
  const { result, dueAt } = await deliver(id, ports, settings, { hasPlace, isQueued: true });
  const seconds = dueAt === null ? null : Math.ceil((Date.parse(dueAt) - ports.clock.now().getTime()) / SECOND_MS);
  // Where it waits for a place, its record says so.
  if (seconds !== null && seconds <= LONGEST_DELAY_SECONDS)
    await ports.deliveryQueue.send([{ v: 1, kind: 'delivery', id, hasPlace: false }], Math.max(0, seconds));
  return result;
}

const NOT_DUE: DeliveryReport = { result: 'not_due', unattended: false, dueAt: null };

/** What the queue brings is due later for the sweep, which then may stay: moving it in the index of what is due would cost two writes more. */
const claimedUntil = ({ dueAt }: Delivery, now: Date): string => {
  const until = secondsAfter(now, ATTEMPT_SECONDS);
  return dueAt !== null && dueAt > until ? dueAt : until;
};

/** What was never tried waits for the sweep longer than for the queue. */
const isDue = ({ state, attempts, dueAt }: Delivery, now: Date, isQueued: boolean): boolean =>
  dueAt !== null && (dueAt <= now.toISOString() || (isQueued && state === 'pending' && attempts === 0));

async function decide(
  delivery: Delivery,
  hasPlace: boolean,
  ports: AlertPorts,
  settings: Settings,
): Promise<DeliveryDecision> {
  try {
    const free = delivery.channel === 'email' ? await quotaFreeAt(ports) : null;
    if (free !== null) return heldUntil(free, QUOTA_REASON, delivery);
    const place = hasPlace ? null : await placeFor(delivery, ports, settings);
    if (place !== null) return heldUntil(place, PACE_REASON, delivery);
    if (delivery.kind !== 'match') return await tryHit(delivery, ports, settings);
    return delivery.channel === 'sns'
      ? await publishMatch(delivery, ports, settings)
      : await mailMatch(delivery, ports, settings);
  } catch (error) {
    return afterFailure(delivery, error, ports);
  }
}

async function publishMatch(delivery: Delivery, ports: AlertPorts, settings: Settings): Promise<DeliveryDecision> {
  const match = await ports.matches.getMatch(delivery.matchId);
  if (match === null) return ended('failed', because('not_stored', 'the match is no longer stored'));
  const isFromBefore = (await ports.hits.getHit(match.article.id as ArticleId)) === null;
  const publication = composePublication(match, delivery.id, settings.mail.timeZone, isFromBefore);
  return sentNow(await ports.alertPublisher.publish(publication), ports);
}

/** From before there were hits. The subscription is read last before sending: a subscriber who has left gets nothing more. */
async function mailMatch(delivery: Delivery, ports: AlertPorts, settings: Settings): Promise<DeliveryDecision> {
  const match = await ports.matches.getMatch(delivery.matchId);
  if (match === null) return ended('failed', because('not_stored', 'the match is no longer stored'));
  const subscription = await ports.subscriptions.getSubscription(delivery.subscriptionId);
  if (subscription === null) return ended('suppressed', because('unsubscribed', 'the subscription was removed'));
  const { matches, why } = wantedOf(subscription, [match], null, ports.clock.now());
  if (why !== null) return ended(leftOutAs(why), why);
  const period = digestFor(subscription, matches);
  if (period !== 'none' || !(await reserveImmediate(delivery, ports, settings)))
    return { kind: 'digest', subscription, period };
  const content = {
    matches,
    others: [],
    story: null,
    update: null,
    threadId: null,
    subscription,
    deliveryId: delivery.id,
    mail: settings.mail,
    links: ports.alertLinks,
  } as const;
  if (subscription.channel === 'email')
    return sentNow((await mailerOf(ports).sendMail(composeAlertMail(content))).providerId, ports);
  return sentNow((await sendToChannel(subscription, composeChannelAlert(content), ports)).providerId, ports);
}

async function moveToDigest(
  delivery: Delivery,
  { subscription, period }: Extract<DeliveryDecision, { readonly kind: 'digest' }>,
  ports: AlertPorts,
  settings: Settings,
): Promise<DeliveryResult> {
  await joinDigest(subscription, period, ports, settings, (digest) =>
    ports.deliveries.finishAttempt(
      delivery.id,
      { ...NOTHING, state: 'waiting', ...digest },
      ports.clock.now().toISOString(),
    ),
  );
  return 'waiting';
}

async function finish(delivery: Delivery, outcome: AttemptOutcome, ports: AlertPorts): Promise<DeliveryResult> {
  await ports.deliveries.finishAttempt(delivery.id, outcome, ports.clock.now().toISOString());
  const { state, reason, dueAt } = outcome;
  const fields = { delivery: delivery.id, channel: delivery.channel, attempts: delivery.attempts, reason };
  const count = (metric: string): void => ports.metrics.put(metric, 'Count', 1, delivery.channel);
  if (hasReached({ state })) count(METRICS.alertsSent);
  if (state === 'failed') {
    count(METRICS.alertsFailed);
    ports.log.error('delivery failed for good', fields);
  }
  if (state === 'filtered' || state === 'suppressed' || state === 'disabled') count(METRICS.alertsSuppressed);
  if (state === 'pending') {
    count(METRICS.alertsRetried);
    ports.log.warn('delivery will be tried again', { ...fields, dueAt });
    return 'retrying';
  }
  return hasReached({ state }) ? 'sent' : (state as DeliveryResult);
}

function afterFailure(delivery: Delivery, error: unknown, { clock }: AlertPorts): DeliveryDecision {
  if (error instanceof AddressSuppressedError) return ended('suppressed', because('suppressed', error.message));
  if (error instanceof SendLaterError)
    return heldUntil(new Date(secondsAfter(clock.now(), error.seconds)), reasonOf(error), delivery);
  if (error instanceof TargetGoneError) return ended('disabled', because('disabled', error.message));
  const dueAt = !mayRetry(error) ? null : nextTryAt(delivery.id, delivery.attempts, clock.now());
  return dueAt === null
    ? ended('failed', reasonOf(error))
    : { kind: 'outcome', outcome: { ...NOTHING, state: 'pending', dueAt, ...reasonOf(error) } };
}
