// One try of one delivery: claim it, look whether it is still wanted, send, write down what came of it.
// The claim ends after two minutes, so a sender that dies is followed by another, under the same id.
import { composeAlertMail } from '../../alerts/alert-mail.ts';
import { stormWindow } from '../../alerts/digest-window.ts';
import { composePublication } from '../../alerts/publication.ts';
import { ATTEMPT_SECONDS, nextTryAt, secondsAfter } from '../../alerts/retry-schedule.ts';
import { mayRetry } from '../../core/errors.ts';
import { METRICS } from '../../core/metrics.ts';
import { epochSeconds } from '../../core/time.ts';
import type { DeliveryId } from '../../model/ids.ts';
import type { Match } from '../../model/match.ts';
import type { Settings } from '../../model/settings.ts';
import type { Delivery, Subscription } from '../../model/subscription.ts';
import { type AlertPorts, mailerOf, reasonOf } from './alert-ports.ts';
import { joinDigest } from './join-digest.ts';

/** `waiting`: it joined a digest. `retrying`: it is due again later. `not_due`: final, waiting, or another process has it. */
export type DeliveryResult = 'sent' | 'failed' | 'suppressed' | 'waiting' | 'retrying' | 'not_due';

export interface DeliveryReport {
  readonly result: DeliveryResult;
  /** It was not sent before, or its outcome was not recorded: true for a first try, and after a lost one. */
  readonly unattended: boolean;
}

/** What a try decided: an outcome to write, or that the delivery belongs in a digest. */
type DeliveryDecision =
  | { readonly kind: 'outcome'; readonly outcome: AttemptOutcome }
  | { readonly kind: 'digest'; readonly subscription: Subscription };

type AttemptOutcome = Pick<Delivery, 'state' | 'dueAt' | 'reason' | 'providerId' | 'sentAt' | 'digestId'>;

/** Throws only when the delivery's record cannot be read or written: the claim then runs out, and the sweep goes on from there. */
export async function deliver(id: DeliveryId, ports: AlertPorts, settings: Settings): Promise<DeliveryReport> {
  const now = ports.clock.now();
  const known = await ports.deliveries.getDelivery(id);
  if (known === null || known.dueAt === null || known.dueAt > now.toISOString()) return NOT_DUE;
  const delivery = await ports.deliveries.beginAttempt(id, now.toISOString(), secondsAfter(now, ATTEMPT_SECONDS));
  if (delivery === null) return NOT_DUE;
  const unattended = delivery.attempts === 1 || known.state === 'sending';
  const decision = await decide(delivery, ports, settings);
  const result =
    decision.kind === 'digest'
      ? await moveToDigest(delivery, decision.subscription, ports, settings)
      : await finish(delivery, decision.outcome, ports);
  return { result, unattended };
}

const NOT_DUE: DeliveryReport = { result: 'not_due', unattended: false };

async function decide(delivery: Delivery, ports: AlertPorts, settings: Settings): Promise<DeliveryDecision> {
  try {
    const match = await ports.matches.getMatch(delivery.matchId);
    if (match === null) return ended('failed', 'the match is no longer stored');
    return delivery.channel === 'sns'
      ? await publish(delivery, match, ports, settings)
      : await mail(delivery, match, ports, settings);
  } catch (error) {
    return afterFailure(delivery, error, ports);
  }
}

async function publish(
  delivery: Delivery,
  match: Match,
  ports: AlertPorts,
  settings: Settings,
): Promise<DeliveryDecision> {
  return sent(
    await ports.alertPublisher.publish(composePublication(match, delivery.id, settings.mail.timeZone)),
    ports,
  );
}

/** The subscription is read last before sending: a subscriber who has ended it gets nothing more. */
async function mail(
  delivery: Delivery,
  match: Match,
  ports: AlertPorts,
  settings: Settings,
): Promise<DeliveryDecision> {
  const subscription = await ports.subscriptions.getSubscription(delivery.subscriptionId);
  const unwanted = whyUnwanted(subscription, delivery.topicId);
  if (subscription === null || unwanted !== null)
    return ended('suppressed', unwanted ?? 'the subscription was removed');
  if (subscription.digest !== 'none' || !(await reserveImmediate(delivery, ports, settings))) {
    return { kind: 'digest', subscription };
  }
  const message = composeAlertMail({
    match,
    subscription,
    deliveryId: delivery.id,
    mail: settings.mail,
    links: ports.alertLinks,
  });
  return sent(await mailerOf(ports).sendMail(message), ports);
}

/** Null when the subscriber still wants alerts of the topic. */
export function whyUnwanted(subscription: Subscription | null, topicId: string): string | null {
  if (subscription === null) return 'the subscription was removed';
  if (subscription.state === 'unsubscribed') return 'unsubscribed';
  if (subscription.state === 'suppressed') return 'mail to the address bounced or was complained about';
  const wanted = subscription.topics.includes(topicId) || subscription.topics.includes('*');
  return wanted ? null : 'unsubscribed from this topic';
}

/** Tries count too, not only first tries: after an outage the backlog must not arrive all at once either. */
function reserveImmediate(delivery: Delivery, ports: AlertPorts, settings: Settings): Promise<boolean> {
  return ports.deliveries.reserveImmediateAlert(
    delivery.subscriptionId,
    epochSeconds(stormWindow(ports.clock.now()).start),
    settings.alerts.maxSinglePerTenMinutes,
    delivery.id,
  );
}

async function moveToDigest(
  delivery: Delivery,
  subscription: Subscription,
  ports: AlertPorts,
  settings: Settings,
): Promise<DeliveryResult> {
  await joinDigest(subscription, delivery.expiresAt, ports, settings, (digestId) =>
    ports.deliveries.finishAttempt(
      delivery.id,
      { ...NOTHING, state: 'waiting', digestId },
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
  if (state === 'sent') count(METRICS.alertsSent);
  if (state === 'failed') {
    count(METRICS.alertsFailed);
    ports.log.error('delivery failed for good', fields);
  }
  if (state === 'suppressed') count(METRICS.alertsSuppressed);
  if (state === 'pending') {
    count(METRICS.alertsRetried);
    ports.log.warn('delivery will be tried again', { ...fields, dueAt });
    return 'retrying';
  }
  return state as DeliveryResult;
}

const NOTHING = { dueAt: null, reason: null, providerId: null, sentAt: null, digestId: null } as const;

const sent = (providerId: string, { clock }: AlertPorts): DeliveryDecision => ({
  kind: 'outcome',
  outcome: { ...NOTHING, state: 'sent', providerId, sentAt: clock.now().toISOString() },
});

const ended = (state: 'failed' | 'suppressed', reason: string): DeliveryDecision => ({
  kind: 'outcome',
  outcome: { ...NOTHING, state, reason },
});

function afterFailure(delivery: Delivery, error: unknown, { clock }: AlertPorts): DeliveryDecision {
  const dueAt = !mayRetry(error) ? null : nextTryAt(delivery.id, delivery.attempts, clock.now());
  return dueAt === null
    ? ended('failed', reasonOf(error))
    : { kind: 'outcome', outcome: { ...NOTHING, state: 'pending', dueAt, reason: reasonOf(error) } };
}
