// From a stored hit to the records of its alerts: every subscriber of the moment gets one, then the hit counts as alerted. Each alert that is not
// for a digest goes to the delivery queue, which takes any number. Subscribers are read page by page; where there are very many, the place is noted
// on the hit, the stream shows it again, and the next run goes on from there. A crash repeats work under the same ids, so that no alert is sent twice.
import { digestFor, wantedOf } from '../../alerts/policy.ts';
import { secondsAfter } from '../../alerts/retry-schedule.ts';
import { gapOf } from '../../alerts/send-pace.ts';
import { chunks } from '../../core/chunks.ts';
import { mapConcurrently } from '../../core/map-concurrently.ts';
import { DAY_SECONDS, epochSeconds, instantAfter, SECOND_MS } from '../../core/time.ts';
import { leftOutAs } from '../../model/delivery-reason.ts';
import { type Hit, newMatchesOf } from '../../model/hit.ts';
import { type ArticleId, type DeliveryId, deliveryIdOf, hitDeliveryIdOf, type MatchId } from '../../model/ids.ts';
import type { Match } from '../../model/match.ts';
import { LONGEST_DELAY_SECONDS } from '../../model/messages.ts';
import type { Settings } from '../../model/settings.ts';
import { type Delivery, SNS_TOPIC_SUBSCRIPTION, type Subscription } from '../../model/subscription.ts';
import type { AlertPorts } from './alert-ports.ts';
import { PACE_REASON } from './decision.ts';
import { joinDigest } from './join-digest.ts';
import { isNear, MAIL_ROW, mailPace } from './send-places.ts';

/** Subscribers read at once, and deliveries written at once. */
const PAGE = 100;
const CONCURRENCY = 25;
/** Subscribers of one run; the rest follows in the next. */
const MOST_A_RUN = 1_000;
const LONGEST_RUN_MS = 15 * SECOND_MS;
/** The delivery queue is this much earlier than the sweep, which takes up what the queue lost. */
const QUEUE_SECONDS = 300;

/** It records and queues; it sends nothing. */
export type RecordPorts = Pick<
  AlertPorts,
  | 'matches'
  | 'hits'
  | 'subscriptions'
  | 'deliveries'
  | 'digests'
  | 'deliveryQueue'
  | 'sendPaces'
  | 'sendQuota'
  | 'clock'
>;

/** How many deliveries were recorded. `isComplete`: of all subscribers. */
export interface Recorded {
  readonly queued: number;
  readonly inDigests: number;
  /** Left out by the subscribers' own settings. */
  readonly filtered: number;
  readonly isComplete: boolean;
}

const NOTHING_RECORDED: Recorded = { queued: 0, inDigests: 0, filtered: 0, isComplete: true };

/** Does nothing for a hit that is unknown, quiet, or alerted already. Throws when a store or the queue fails; the hit then stays pending. */
export async function recordAlerts(id: ArticleId, ports: RecordPorts, settings: Settings): Promise<Recorded> {
  const hit = await ports.hits.getHit(id);
  if (hit === null || hit.alertState !== 'pending') return NOTHING_RECORDED;
  const found = await ports.matches.getMatches(newMatchesOf(hit).map((match) => match.id));
  const [lead, ...more] = inOrder(hit, found).filter(isNotAlerted);
  const recorded = lead === undefined ? NOTHING_RECORDED : await recordForHit(hit, [lead, ...more], ports, settings);
  if (!recorded.isComplete) return recorded;
  const at = ports.clock.now().toISOString();
  await mapConcurrently(lead === undefined ? [] : [lead, ...more], CONCURRENCY, (match) =>
    ports.matches.markAlerted(match.id, at),
  );
  // Its deliveries are not listed as due themselves, whichever run has recorded them: what the queue lost is found when the hit is looked at.
  await ports.hits.markAlerted(id, hit.revision, at, secondsAfter(ports.clock.now(), QUEUE_SECONDS));
  return recorded;
}

/**
 * Deliveries of an alerted hit that have no outcome yet are due for the sweep from now on, each at its time. Does nothing, and gives false, for a hit
 * that is unknown, pending again, was looked at, or whose time for that has not come.
 */
export async function checkDeliveries(
  id: ArticleId,
  { hits, deliveries, clock }: Pick<AlertPorts, 'hits' | 'deliveries' | 'clock'>,
): Promise<boolean> {
  const hit = await hits.getHit(id);
  if (hit === null || hit.alertState !== 'done' || hit.checkAt === null) return false;
  if (hit.checkAt > clock.now().toISOString()) return false;
  await deliveries.listUnsettled(id);
  await hits.noteChecked(id, hit.checkAt);
  return true;
}

/** One that is marked has its deliveries. One from before there were hits has them under its own id, or, still pending, will have. */
const isNotAlerted = ({ alertState, times }: Match): boolean => alertState === 'done' && times.alertedAt === null;

/** For a match that was stored before there were hits, under the ids of that time. */
export async function recordAlertsOfMatch(id: MatchId, ports: RecordPorts, settings: Settings): Promise<Recorded> {
  const match = await ports.matches.getMatch(id);
  if (match === null || match.alertState !== 'pending') return NOTHING_RECORDED;
  const event = newDelivery(deliveryIdOf(match.id, SNS_TOPIC_SUBSCRIPTION), [match], ports, settings);
  await record([{ ...event, channel: 'sns' }], ports, { isListed: true });
  const subscribers = await ports.subscriptions.subscriptionsOfTopics([match.topic.id]);
  const recorded = await recordForSubscribers(
    subscribers,
    {
      matches: [match],
      storyId: null,
      isListed: true,
      deliveryFor: (subscription, matches) => ({
        ...newDelivery(deliveryIdOf(match.id, subscription.id), matches, ports, settings),
        subscriptionId: subscription.id,
      }),
    },
    ports,
    settings,
  );
  await ports.matches.markAlerted(match.id, ports.clock.now().toISOString());
  return { ...recorded, queued: recorded.queued + 1, isComplete: true };
}

/** One event for each match, one for the hit, and one delivery for each subscriber who wants any of it. */
async function recordForHit(
  hit: Hit,
  matches: readonly [Match, ...Match[]],
  ports: RecordPorts,
  settings: Settings,
): Promise<Recorded> {
  const totals = { queued: 0, inDigests: 0, filtered: 0 };
  let place = hit.expandedTo;
  if (place === null) {
    const events = matches.map((match) =>
      newDelivery(deliveryIdOf(match.id, SNS_TOPIC_SUBSCRIPTION), [match], ports, settings),
    );
    await record(
      events.map((event) => ({ ...event, channel: 'sns' })),
      ports,
      { isListed: true },
    );
    const alert = newHitDelivery(hit, SNS_TOPIC_SUBSCRIPTION, matches, ports, settings);
    await record([{ ...alert, channel: 'sns' }], ports, { isListed: false });
    totals.queued += events.length + 1;
  }
  const topics = matches.map(({ topic }) => topic.id);
  const seen = new Set<Subscription['id']>();
  const begun = ports.clock.now().getTime();
  for (let read = 0; ; read += PAGE) {
    const isTimeUp = ports.clock.now().getTime() - begun >= LONGEST_RUN_MS;
    if (place !== null && (read >= MOST_A_RUN || isTimeUp)) {
      await ports.hits.noteExpanded(hit.article, hit.revision, hit.expandedTo, place);
      return { ...totals, isComplete: false };
    }
    const page = await ports.subscriptions.subscribersPage(topics, { limit: PAGE, after: place });
    // A subscriber of several topics comes with each.
    const fresh = page.items.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    const some = await recordForSubscribers(
      fresh,
      {
        matches,
        storyId: hit.story.id,
        isListed: false,
        deliveryFor: (subscription, wanted) => newHitDelivery(hit, subscription.id, wanted, ports, settings),
      },
      ports,
      settings,
    );
    for (const name of ['queued', 'inDigests', 'filtered'] as const) totals[name] += some[name];
    if (page.next === null) return { ...totals, isComplete: true };
    place = page.next;
  }
}

/** What subscribers are alerted to. */
interface Subject {
  readonly matches: readonly [Match, ...Match[]];
  readonly storyId: string | null;
  /** False where the hit is due for its deliveries. */
  readonly isListed: boolean;
  readonly deliveryFor: (subscription: Subscription, matches: readonly [Match, ...Match[]]) => Delivery;
}

async function recordForSubscribers(
  subscribers: readonly Subscription[],
  { matches, storyId, isListed, deliveryFor }: Subject,
  ports: RecordPorts,
  settings: Settings,
): Promise<Omit<Recorded, 'isComplete'>> {
  const now = ports.clock.now();
  const counts = { inDigests: 0, filtered: 0 };
  const single: Delivery[] = [];
  const others: (() => Promise<unknown>)[] = [];
  for (const subscription of subscribers) {
    const { channel } = subscription;
    // SNS itself sends to these.
    if (channel === 'sns-email') continue;
    const { matches: wanted, why } = wantedOf(subscription, matches, storyId, now);
    if (why !== null) {
      counts.filtered += 1;
      const delivery = { ...deliveryFor(subscription, matches), channel, ...why };
      others.push(() => ports.deliveries.createDelivery({ ...delivery, state: leftOutAs(why), dueAt: null }));
      continue;
    }
    const delivery = { ...deliveryFor(subscription, wanted), channel };
    const period = digestFor(subscription, wanted);
    if (period === 'none') {
      single.push(delivery);
      continue;
    }
    counts.inDigests += 1;
    others.push(() =>
      joinDigest(subscription, period, ports, settings, (digest) =>
        ports.deliveries.createDelivery({ ...delivery, state: 'waiting', dueAt: null, ...digest }),
      ),
    );
  }
  await mapConcurrently(others, CONCURRENCY, (write) => write());
  await record(
    single.filter(({ channel }) => channel !== 'email'),
    ports,
    { isListed },
  );
  await recordMails(
    single.filter(({ channel }) => channel === 'email'),
    ports,
    settings,
    isListed,
  );
  return { ...counts, queued: single.length };
}

/** Each has a place in the row, so that the provider gets no more than it takes. What would have to wait for long is held until its place. */
async function recordMails(
  mails: readonly Delivery[],
  ports: RecordPorts,
  settings: Settings,
  isListed: boolean,
): Promise<void> {
  if (mails.length === 0) return;
  const pace = await mailPace(ports, settings);
  if (pace === null) return record(mails, ports, { isListed });
  const now = ports.clock.now();
  const first = Date.parse(await ports.sendPaces.reserve(MAIL_ROW, mails.length, pace, now.toISOString()));
  const placed = mails.map((delivery, at) => {
    const wait = first + at * gapOf(pace) - now.getTime();
    return { delivery, seconds: isNear(wait) ? 0 : Math.ceil(wait / SECOND_MS) };
  });
  for (const [seconds, some] of Map.groupBy(placed, (each) => each.seconds)) {
    const dueAt = secondsAfter(now, seconds + QUEUE_SECONDS);
    await (seconds <= LONGEST_DELAY_SECONDS
      ? record(
          some.map(({ delivery }) => ({ ...delivery, dueAt })),
          ports,
          { isListed, seconds, hasPlace: true },
        )
      : mapConcurrently(some, CONCURRENCY, ({ delivery }) =>
          ports.deliveries.createDelivery({
            ...delivery,
            state: 'held',
            dueAt: secondsAfter(now, seconds),
            ...PACE_REASON,
          }),
        ));
  }
}

interface Recording {
  readonly isListed: boolean;
  /** After how many seconds the queue hands them out. */
  readonly seconds?: number;
  readonly hasPlace?: boolean;
}

/**
 * Writes them, and gives them to the queue: those of an earlier run as well, which may have ended before it did so. A second message finds nothing
 * left to do.
 */
async function record(
  deliveries: readonly Delivery[],
  { deliveries: store, deliveryQueue }: Pick<AlertPorts, 'deliveries' | 'deliveryQueue'>,
  { isListed, seconds = 0, hasPlace = false }: Recording,
): Promise<void> {
  for (const some of chunks(deliveries, PAGE)) {
    await mapConcurrently(some, CONCURRENCY, (delivery) => store.createDelivery(delivery, { isListed }));
    const messages = some.map(({ id }) => ({ v: 1, kind: 'delivery', id, hasPlace }) as const);
    await deliveryQueue.send(messages, seconds);
  }
}

function newHitDelivery(
  hit: Hit,
  subscriptionId: Delivery['subscriptionId'],
  matches: readonly [Match, ...Match[]],
  ports: RecordPorts,
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
  { clock }: Pick<AlertPorts, 'clock'>,
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
    dueAt: instantAfter(now, QUEUE_SECONDS * SECOND_MS),
    digestId: null,
    reason: null,
    reasonCode: null,
    providerId: null,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    sentAt: null,
    expiresAt: epochSeconds(now) + retention.deliveryDays * DAY_SECONDS,
  };
}

/** As they were found in the article. */
const inOrder = ({ matches }: Hit, found: readonly Match[]): readonly Match[] =>
  matches.flatMap(({ id }) => found.find((match) => match.id === id) ?? []);
