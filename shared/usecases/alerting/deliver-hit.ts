// One try of an alert of a hit: what of it the subscriber wants, whether its time has come, what is new in its story, and the mail or event.
// While one alert of a story is sent to a reader, no other is: two reports that come at once make one alert.
import { quietUntil } from '../../alerts/digest-window.ts';
import { decideStory, digestFor, newsOf, severityOf, wantedOf } from '../../alerts/policy.ts';
import { ATTEMPT_SECONDS, SOON_SECONDS, secondsAfter } from '../../alerts/retry-schedule.ts';
import type { UpdateInMail } from '../../alerts/story-in-mail.ts';
import { because, leftOutAs, spokenForBy } from '../../model/delivery-reason.ts';
import { hasReached } from '../../model/delivery-states.ts';
import type { Hit } from '../../model/hit.ts';
import { type DeliveryId, hitDeliveryIdOf } from '../../model/ids.ts';
import type { Match } from '../../model/match.ts';
import type { Settings } from '../../model/settings.ts';
import { MOST_HELD, MOST_SPOKEN_FOR, readerAfter, type StoryReader } from '../../model/story.ts';
import {
  type Delivery,
  defaultSubscriptionSettings,
  SNS_TOPIC_SUBSCRIPTION,
  type Subscription,
} from '../../model/subscription.ts';
import type { AlertPorts } from './alert-ports.ts';
import { type DeliveryDecision, ended, heldUntil, NOTHING } from './decision.ts';
import { isToldByAnother } from './right-to-send.ts';
import { sendOut, type Taken } from './send-out.ts';
import { reserveImmediate } from './single-alerts.ts';

/** A hit as one subscriber sees it. */
interface Sight {
  readonly hit: Hit;
  /** What the subscriber wants of it, the gravest first. */
  readonly matches: readonly [Match, ...Match[]];
  readonly subscription: Subscription;
}

export async function tryHit(delivery: Delivery, ports: AlertPorts, settings: Settings): Promise<DeliveryDecision> {
  const { id, articleId, matchIds, storyId, subscriptionId } = delivery;
  // At the first try it cannot have been sent yet (or it was in a process that was killed on one machine, whose database is never behind), and
  // another alert that is being sent keeps the right to send: a moment old is good enough.
  const isFirstTry = delivery.attempts === 1;
  const reader = await ports.storyReaders.getReader(storyId ?? '', subscriptionId, { consistent: !isFirstTry });
  // It was accepted, and the process died before that was written on the delivery. Whatever changed since, it was sent.
  if (reader?.alertedBy === id) return reached('sent', reader.providerId, reader.alertedAt, delivery.kind);
  const hit = articleId === null ? null : await ports.hits.getHit(articleId);
  const found = await ports.matches.getMatches(matchIds);
  if (hit === null || found.length === 0)
    return ended('failed', because('not_stored', 'the match is no longer stored'));
  // Read last before sending: a subscriber who has left gets nothing more.
  const subscription = await subscriptionOf(delivery, ports);
  if (subscription === null) return ended('suppressed', because('unsubscribed', 'the subscription was removed'));
  const now = ports.clock.now();
  const { matches, why } = wantedOf(subscription, found, hit.story.id, now);
  if (why !== null) return ended(leftOutAs(why), why);
  const period = digestFor(subscription, matches);
  if (period !== 'none') return { kind: 'digest', subscription, period };
  const quiet = quietUntil(subscription, now, settings.mail.timeZone);
  if (quiet !== null && severityOf(matches) !== 'critical')
    return heldUntil(quiet, because('quiet_hours', 'quiet hours'), delivery);
  return (await isToldByAnother(reader, id, ports))
    ? heldByAnother(delivery, ports)
    : whileNoOtherIsSent(delivery, { hit, matches, subscription }, ports, settings);
}

const heldByAnother = (delivery: Delivery, { clock }: AlertPorts): DeliveryDecision =>
  heldUntil(
    new Date(secondsAfter(clock.now(), SOON_SECONDS)),
    because('story_busy', 'another alert of its story is being sent'),
    delivery,
  );

/** An alert that the provider took; the reader of its story does not know of it yet. */
interface Accepted {
  readonly kind: 'accepted';
  readonly isUpdate: boolean;
  readonly matches: readonly Match[];
  readonly waiting: readonly Waiting[];
  readonly taken: Taken;
}

async function whileNoOtherIsSent(
  delivery: Delivery,
  sight: Sight,
  ports: AlertPorts,
  settings: Settings,
): Promise<DeliveryDecision> {
  const now = ports.clock.now();
  const { subscriptionId, expiresAt } = delivery;
  const storyId = sight.hit.story.id;
  const reader = await ports.storyReaders.beginSending(
    { storyId, subscriptionId, expiresAt },
    delivery.id,
    now.toISOString(),
    secondsAfter(now, ATTEMPT_SECONDS),
  );
  if (reader === null) return heldByAnother(delivery, ports);
  let step: DeliveryDecision | Accepted;
  try {
    step = await decideAndSend(delivery, sight, reader, ports, settings);
  } catch (error) {
    // What could not be given back runs out by itself.
    await ports.storyReaders.endSending(reader, delivery.id).catch(() => undefined);
    throw error;
  }
  // From here on nothing gives the right back but the note of what was sent: until then no other alert of the story may take itself for the first.
  return step.kind === 'accepted' ? noteAccepted(delivery, reader, step, ports) : step;
}

async function decideAndSend(
  delivery: Delivery,
  { hit, subscription, ...sight }: Sight,
  reader: StoryReader,
  ports: AlertPorts,
  settings: Settings,
): Promise<DeliveryDecision | Accepted> {
  const others = reader.held.filter((id) => id !== delivery.id);
  const giveBack = (held: readonly DeliveryId[]): Promise<void> =>
    ports.storyReaders.endSending({ ...reader, held }, delivery.id);
  const [lead, ...more] = await notToldYet(delivery, { hit, subscription, ...sight }, reader, ports);
  if (lead === undefined) {
    await giveBack(others);
    return ended('merged', because('spoken_for', 'another alert of its article speaks for it'));
  }
  const untold: Sight = { hit, subscription, matches: [lead, ...more] };
  const decision = decideStory({ ...untold, reader, delivery, now: ports.clock.now() });
  if (decision.kind === 'merge') {
    await giveBack(others);
    return ended('merged', decision.why);
  }
  if (decision.kind === 'hold') {
    await giveBack([...others, delivery.id].slice(-MOST_HELD));
    return heldUntil(decision.until, decision.why, delivery);
  }
  if (delivery.channel !== 'sns' && !(await reserveImmediate(delivery, ports, settings))) {
    await giveBack(others);
    return { kind: 'digest', subscription, period: 'none' };
  }
  const isUpdate = decision.kind === 'update';
  const waiting = await stillWaiting(others, subscription, ports);
  const update = isUpdate ? updateOf(hit, waiting) : null;
  const taken = await sendOut({ delivery, ...untold, update, threadId: reader.threadId }, ports, settings);
  return { kind: 'accepted', isUpdate, matches: untold.matches, waiting, taken };
}

async function noteAccepted(
  delivery: Delivery,
  reader: StoryReader,
  { isUpdate, matches, waiting, taken }: Accepted,
  ports: AlertPorts,
): Promise<DeliveryDecision> {
  const at = ports.clock.now().toISOString();
  const ids = waiting.map((each) => each.delivery.id);
  const after = readerAfter(reader, {
    ...reader,
    topics: matches.map(({ topic }) => topic.id),
    severity: severityOf(matches),
    alertedAt: at,
    alertedBy: delivery.id,
    expiresAt: delivery.expiresAt,
  });
  const spokeFor = [...reader.spokeFor, ...ids].slice(-MOST_SPOKEN_FOR);
  const { state, providerId, messageId } = taken;
  const threadId = reader.threadId ?? messageId;
  await ports.storyReaders.endSending({ ...after, threadId, providerId, spokeFor, held: [] }, delivery.id);
  await ports.deliveries.mergeHeld(ids, spokenForBy(delivery.id), at);
  return reached(state, providerId, at, isUpdate ? 'update' : 'alert');
}

/** Revisions of one hit may share matches, when the article gained some while its first alerts were being recorded. */
async function notToldYet(
  { id, subscriptionId }: Delivery,
  { hit, matches }: Sight,
  reader: StoryReader,
  ports: AlertPorts,
): Promise<readonly Match[]> {
  if (hit.revision === 1) return matches;
  const ids = Array.from({ length: hit.revision }, (_, before) =>
    hitDeliveryIdOf(hit.article, before + 1, subscriptionId),
  ).filter((other) => other !== id);
  const told = (await ports.deliveries.getDeliveries(ids)).filter(
    (other) =>
      hasReached(other) ||
      other.state === 'merged' ||
      other.id === reader.alertedBy ||
      reader.spokeFor.includes(other.id),
  );
  return matches.filter((match) => told.every(({ matchIds }) => !matchIds.includes(match.id)));
}

/** A report that waits for the story's next update. */
interface Waiting {
  readonly delivery: Delivery;
  readonly hit: Hit;
  /** The gravest match that is wanted. */
  readonly match: Match;
}

/** Those that have not been settled otherwise meanwhile, and that are still wanted. The first one first. */
async function stillWaiting(
  ids: readonly DeliveryId[],
  subscription: Subscription,
  ports: AlertPorts,
): Promise<readonly Waiting[]> {
  if (ids.length === 0) return [];
  const deliveries = (await ports.deliveries.getDeliveries(ids)).filter(({ state }) => UNSETTLED.has(state));
  const hits = await ports.hits.getHits(deliveries.flatMap(({ articleId }) => articleId ?? []));
  const matches = await ports.matches.getMatches(deliveries.flatMap(({ matchIds }) => matchIds));
  return deliveries
    .flatMap((delivery): Waiting[] => {
      const hit = hits.find(({ article }) => article === delivery.articleId);
      const found = matches.filter(({ id }) => delivery.matchIds.includes(id));
      const [match] = wantedOf(subscription, found, delivery.storyId, ports.clock.now()).matches;
      return hit === undefined || match === undefined ? [] : [{ delivery, hit, match }];
    })
    .sort((a, b) => (a.hit.firstSeenAt < b.hit.firstSeenAt ? -1 : 1));
}

const UNSETTLED: ReadonlySet<Delivery['state']> = new Set(['held', 'sending', 'pending']);

/** What this report and those that waited for it bring. */
const updateOf = (hit: Hit, waiting: readonly Waiting[]): UpdateInMail => ({
  news: newsOf(hit),
  alsoNew: waiting
    .filter((other) => other.hit.article !== hit.article)
    .map(({ match, hit: other }) => ({ match, news: newsOf(other) })),
});

const reached = (
  state: Taken['state'],
  providerId: string | null,
  sentAt: string | null,
  kind: Delivery['kind'],
): DeliveryDecision => ({ kind: 'outcome', outcome: { ...NOTHING, state, providerId, sentAt, kind } });

/** The deployment's SNS topic is alerted like a subscriber to every topic. */
async function subscriptionOf({ channel, subscriptionId }: Delivery, ports: AlertPorts): Promise<Subscription | null> {
  return channel === 'sns' ? EVERYTHING : ports.subscriptions.getSubscription(subscriptionId);
}

const EVERYTHING: Subscription = {
  ...defaultSubscriptionSettings,
  id: SNS_TOPIC_SUBSCRIPTION,
  channel: 'sns-email',
  target: '',
  topics: ['*'],
  state: 'active',
  stateReason: null,
  consent: null,
  createdAt: '',
  updatedAt: '',
  unsubscribeToken: '',
  snsSubscriptionArn: null,
};
