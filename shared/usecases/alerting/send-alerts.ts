// From a stored hit to its alerts. First every subscriber of the moment gets a delivery record, then the hit counts as alerted, then the alerts
// are sent. A crash in between repeats work under the same ids, so that no alert is sent twice on purpose.
import { digestFor, wantedOf } from '../../alerts/policy.ts';
import { mapConcurrently } from '../../core/map-concurrently.ts';
import { DAY_SECONDS, epochSeconds } from '../../core/time.ts';
import { type Hit, newMatchesOf } from '../../model/hit.ts';
import { type ArticleId, type DeliveryId, deliveryIdOf, hitDeliveryIdOf, type MatchId } from '../../model/ids.ts';
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

/** Does nothing for a hit that is unknown, quiet, or alerted already. Throws when the store fails before the hit counts as alerted. */
export async function sendAlerts(id: ArticleId, ports: AlertPorts, settings: Settings): Promise<AlertCounts> {
  const hit = await ports.hits.getHit(id);
  if (hit === null || hit.alertState !== 'pending') return NONE;
  const found = await ports.matches.getMatches(newMatchesOf(hit).map((match) => match.id));
  const matches = inOrder(hit, found).filter(isNotAlerted);
  const recorded = await recordDeliveries(hit, matches, ports, settings);
  const at = ports.clock.now().toISOString();
  await mapConcurrently(matches, CONCURRENCY, (match) => ports.matches.markAlerted(match.id, at));
  await ports.hits.markAlerted(id, hit.revision, at);
  return sendRecorded(recorded, ports, settings);
}

/** One that is marked has its deliveries. One from before there were hits has them under its own id, or, still pending, will have. */
const isNotAlerted = ({ alertState, times }: Match): boolean => alertState === 'done' && times.alertedAt === null;

/** For a match that was stored before there were hits, under the ids of that time. */
export async function sendAlertsOfMatch(id: MatchId, ports: AlertPorts, settings: Settings): Promise<AlertCounts> {
  const match = await ports.matches.getMatch(id);
  if (match === null || match.alertState !== 'pending') return NONE;
  const subscribers = await ownSubscribers([match], ports);
  const wanting = subscribers.filter((one) => wantedOf(one, [match], null, ports.clock.now()).why === null);
  const recorded = [
    await recordEvent(match, ports, settings),
    ...(await mapConcurrently(wanting, CONCURRENCY, (subscriber) => {
      const delivery = newDelivery(deliveryIdOf(match.id, subscriber.id), [match], ports, settings);
      return recordMail({ ...delivery, subscriptionId: subscriber.id }, subscriber, [match], ports, settings);
    })),
  ];
  await ports.matches.markAlerted(match.id, ports.clock.now().toISOString());
  return sendRecorded(recorded, ports, settings);
}

/** Null stands for an alert that waits in a digest. */
type Recorded = DeliveryId | null;

/** One event for each match, one for the hit, and one delivery for each subscriber who wants any of it. */
async function recordDeliveries(
  hit: Hit,
  matches: readonly Match[],
  ports: AlertPorts,
  settings: Settings,
): Promise<readonly Recorded[]> {
  const [lead] = matches;
  if (lead === undefined) return [];
  const events = await mapConcurrently(matches, CONCURRENCY, (match) => recordEvent(match, ports, settings));
  const alert = newHitDelivery(hit, SNS_TOPIC_SUBSCRIPTION, [lead, ...matches.slice(1)], ports, settings);
  await ports.deliveries.createDelivery({ ...alert, channel: 'sns' });
  const now = ports.clock.now();
  const subscribers = (await ownSubscribers(matches, ports)).flatMap((subscriber) => {
    const wanted = wantedOf(subscriber, matches, hit.story.id, now);
    return wanted.why === null ? [{ subscriber, wanted: wanted.matches }] : [];
  });
  const mails = await mapConcurrently(subscribers, CONCURRENCY, ({ subscriber, wanted }) =>
    recordMail(newHitDelivery(hit, subscriber.id, wanted, ports, settings), subscriber, wanted, ports, settings),
  );
  return [...events, alert.id, ...mails];
}

/** SNS itself sends to the others. */
const ownSubscribers = async (matches: readonly Match[], ports: AlertPorts): Promise<readonly Subscription[]> =>
  (await ports.subscriptions.subscriptionsOfTopics(matches.map(({ topic }) => topic.id))).filter(
    ({ channel }) => channel !== 'sns-email',
  );

async function recordEvent(match: Match, ports: AlertPorts, settings: Settings): Promise<DeliveryId> {
  const delivery = newDelivery(deliveryIdOf(match.id, SNS_TOPIC_SUBSCRIPTION), [match], ports, settings);
  await ports.deliveries.createDelivery({ ...delivery, channel: 'sns' });
  return delivery.id;
}

async function recordMail(
  delivery: Delivery,
  subscription: Subscription,
  matches: readonly Match[],
  ports: AlertPorts,
  settings: Settings,
): Promise<Recorded> {
  const sent: Delivery = { ...delivery, channel: subscription.channel === 'sns-email' ? 'sns' : subscription.channel };
  const period = digestFor(subscription, matches);
  if (period === 'none') {
    await ports.deliveries.createDelivery(sent);
    return sent.id;
  }
  await joinDigest(subscription, period, ports, settings, (digest) =>
    ports.deliveries.createDelivery({ ...sent, state: 'waiting', dueAt: null, ...digest }),
  );
  return null;
}

function newHitDelivery(
  hit: Hit,
  subscriptionId: Delivery['subscriptionId'],
  matches: readonly [Match, ...Match[]],
  ports: AlertPorts,
  settings: Settings,
): Delivery {
  const id = hitDeliveryIdOf(hit.article, hit.revision, subscriptionId);
  return {
    ...newDelivery(id, matches, ports, settings),
    subscriptionId,
    kind: 'alert',
    matchIds: matches.map((match) => match.id),
    articleId: hit.article,
    storyId: hit.story.id,
  };
}

function newDelivery(
  id: DeliveryId,
  [lead]: readonly [Match, ...Match[]],
  { clock }: AlertPorts,
  { retention }: Settings,
): Delivery {
  const now = clock.now();
  return {
    id,
    kind: 'match',
    matchId: lead.id,
    matchIds: [],
    articleId: null,
    storyId: null,
    subscriptionId: SNS_TOPIC_SUBSCRIPTION,
    topicId: lead.topic.id,
    channel: 'email',
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

async function sendRecorded(
  recorded: readonly Recorded[],
  ports: AlertPorts,
  settings: Settings,
): Promise<AlertCounts> {
  const results = await mapConcurrently(recorded, CONCURRENCY, (id) =>
    id === null ? 'waiting' : tryToDeliver(id, ports, settings),
  );
  return countResults(results);
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

const NONE: AlertCounts = {
  deliveries: 0,
  sent: 0,
  merged: 0,
  held: 0,
  failed: 0,
  suppressed: 0,
  disabled: 0,
  waiting: 0,
  retrying: 0,
  unfinished: 0,
};

function countResults(results: readonly (DeliveryResult | 'unfinished')[]): AlertCounts {
  const counts = { ...NONE, deliveries: results.length };
  for (const result of results) if (result !== 'not_due') counts[result] += 1;
  return counts;
}

/** As they were found in the article. */
const inOrder = ({ matches }: Hit, found: readonly Match[]): readonly Match[] =>
  matches.flatMap(({ id }) => found.find((match) => match.id === id) ?? []);
