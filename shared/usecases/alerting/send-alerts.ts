// From a stored match to its alerts. First every subscriber of the moment gets a delivery record, then the match counts as alerted, then the
// alerts are sent. A crash in between repeats work under the same ids, so that no alert is sent twice on purpose.

import { mapConcurrently } from '../../core/map-concurrently.ts';
import { DAY_SECONDS, epochSeconds } from '../../core/time.ts';
import { type DeliveryId, deliveryIdOf, type MatchId, type SubscriptionId } from '../../model/ids.ts';
import type { Match } from '../../model/match.ts';
import type { Settings } from '../../model/settings.ts';
import { type Delivery, SNS_TOPIC_SUBSCRIPTION, type Subscription } from '../../model/subscription.ts';
import type { AlertPorts } from './alert-ports.ts';
import { type DeliveryResult, deliver } from './deliver.ts';
import { joinDigest } from './join-digest.ts';

/** Deliveries written or sent at once; SES starts new accounts at one mail a second, and answers the rest with "throttled". */
const CONCURRENCY = 5;

/** How many deliveries there are, and what came of them; `unfinished` ones are taken up by the sweep. */
export type AlertCounts = Readonly<Record<'deliveries' | 'unfinished' | Exclude<DeliveryResult, 'not_due'>, number>>;

/** Does nothing for a match that is unknown, quiet, or alerted already. Throws when the store fails before the match counts as alerted. */
export async function sendAlerts(matchId: MatchId, ports: AlertPorts, settings: Settings): Promise<AlertCounts> {
  const match = await ports.matches.getMatch(matchId);
  if (match === null || match.alertState !== 'pending') return NONE;
  const subscriptions = await ports.subscriptions.subscriptionsOfTopic(match.topic.id);
  const subscribers = subscriptions.filter(({ channel }) => channel === 'email'); // SNS itself sends to the others
  const pending = [
    await recordPublication(match, ports, settings),
    ...(await mapConcurrently(subscribers, CONCURRENCY, (subscriber) =>
      recordDelivery(match, subscriber, ports, settings),
    )),
  ];
  await ports.matches.markAlerted(match.id, ports.clock.now().toISOString());
  const results = await mapConcurrently(pending, CONCURRENCY, (id) =>
    id === null ? 'waiting' : tryToDeliver(id, ports, settings),
  );
  return countResults(results);
}

async function recordPublication(match: Match, ports: AlertPorts, settings: Settings): Promise<DeliveryId> {
  const delivery = newDelivery(match, SNS_TOPIC_SUBSCRIPTION, 'sns', ports, settings);
  await ports.deliveries.createDelivery(delivery);
  return delivery.id;
}

/** Null when the alert waits in a digest that the subscriber asked for. */
async function recordDelivery(
  match: Match,
  subscription: Subscription,
  ports: AlertPorts,
  settings: Settings,
): Promise<DeliveryId | null> {
  const delivery = newDelivery(match, subscription.id, 'email', ports, settings);
  if (subscription.digest === 'none') {
    await ports.deliveries.createDelivery(delivery);
    return delivery.id;
  }
  await joinDigest(subscription, delivery.expiresAt, ports, settings, (digestId) =>
    ports.deliveries.createDelivery({ ...delivery, state: 'waiting', dueAt: null, digestId }),
  );
  return null;
}

function newDelivery(
  match: Match,
  subscriptionId: SubscriptionId,
  channel: Delivery['channel'],
  { clock }: AlertPorts,
  { retention }: Settings,
): Delivery {
  const now = clock.now();
  return {
    id: deliveryIdOf(match.id, subscriptionId),
    matchId: match.id,
    subscriptionId,
    topicId: match.topic.id,
    channel,
    state: 'pending',
    attempts: 0,
    dueAt: now.toISOString(),
    digestId: null,
    reason: null,
    providerId: null,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    sentAt: null,
    expiresAt: epochSeconds(now) + retention.deliveryDays * DAY_SECONDS,
  };
}

/** The record is there, so a failure here costs minutes, not the alert: the other subscribers come first. */
async function tryToDeliver(
  id: DeliveryId,
  ports: AlertPorts,
  settings: Settings,
): Promise<DeliveryResult | 'unfinished'> {
  try {
    return (await deliver(id, ports, settings)).result;
  } catch (error) {
    ports.log.warn('delivery left to the sweep', { delivery: id, error });
    return 'unfinished';
  }
}

const NONE: AlertCounts = { deliveries: 0, sent: 0, failed: 0, suppressed: 0, waiting: 0, retrying: 0, unfinished: 0 };

function countResults(results: readonly (DeliveryResult | 'unfinished')[]): AlertCounts {
  const counts = { ...NONE, deliveries: results.length };
  for (const result of results) if (result !== 'not_due') counts[result] += 1;
  return counts;
}
