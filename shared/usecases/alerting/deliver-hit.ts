// One try of an alert of a hit: what of it the subscriber wants, whether its time has come, what is new in its story, and the mail or event.
// While one alert of a story is sent to a reader, no other is: two reports that come at once make one alert.
import { composeAlertMail } from '../../alerts/alert-mail.ts';
import { quietUntil } from '../../alerts/digest-window.ts';
import { decideStory, digestFor, newsOf, type StoryDecision, severityOf, wantedOf } from '../../alerts/policy.ts';
import { composeAlertEvent } from '../../alerts/publication.ts';
import { ATTEMPT_SECONDS, secondsAfter } from '../../alerts/retry-schedule.ts';
import type { StoryInMail, UpdateInMail } from '../../alerts/story-in-mail.ts';
import type { Hit } from '../../model/hit.ts';
import type { Match } from '../../model/match.ts';
import type { Settings } from '../../model/settings.ts';
import { MOST_HELD, readerAfter, type StoryReader } from '../../model/story.ts';
import {
  type Delivery,
  defaultSubscriptionSettings,
  SNS_TOPIC_SUBSCRIPTION,
  type Subscription,
} from '../../model/subscription.ts';
import { type AlertPorts, mailerOf } from './alert-ports.ts';
import { type DeliveryDecision, ended, heldUntil, NOTHING } from './decision.ts';
import { reserveImmediate } from './single-alerts.ts';

/** When another alert of the same story is being sent. */
const SOON_SECONDS = 30;

/** A hit as one subscriber sees it. */
interface Sight {
  readonly hit: Hit;
  /** What the subscriber wants of it, the gravest first. */
  readonly matches: readonly [Match, ...Match[]];
  readonly subscription: Subscription;
}

export async function tryHit(delivery: Delivery, ports: AlertPorts, settings: Settings): Promise<DeliveryDecision> {
  const { articleId, matchIds } = delivery;
  const hit = articleId === null ? null : await ports.hits.getHit(articleId);
  const found = await ports.matches.getMatches(matchIds);
  if (hit === null || found.length === 0) return ended('failed', 'the match is no longer stored');
  // Read last before sending: a subscriber who has ended it gets nothing more.
  const subscription = await subscriptionOf(delivery, ports);
  if (subscription === null) return ended('suppressed', 'the subscription was removed');
  const now = ports.clock.now();
  const { matches, why } = wantedOf(subscription, found, hit.story.id, now);
  if (why !== null) return ended('suppressed', why);
  const period = digestFor(subscription, matches);
  if (period !== 'none') return { kind: 'digest', subscription, period };
  const quiet = quietUntil(subscription, now, settings.mail.timeZone);
  if (quiet !== null && severityOf(matches) !== 'critical') return heldUntil(quiet, 'quiet hours', delivery);
  return whileNoOtherIsSent(delivery, { hit, matches, subscription }, ports, settings);
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
  if (reader === null)
    return heldUntil(new Date(secondsAfter(now, SOON_SECONDS)), 'another alert of its story is being sent', delivery);
  // It was accepted, and the process died before that was written on the delivery.
  if (reader.alertedBy === delivery.id) {
    await ports.storyReaders.endSending(reader, delivery.id);
    return accepted(reader.providerId, reader.alertedAt, delivery.kind);
  }
  try {
    return await decideAndSend(delivery, sight, reader, ports, settings);
  } catch (error) {
    // What could not be given back runs out by itself.
    await ports.storyReaders.endSending(reader, delivery.id).catch(() => undefined);
    throw error;
  }
}

async function decideAndSend(
  delivery: Delivery,
  sight: Sight,
  reader: StoryReader,
  ports: AlertPorts,
  settings: Settings,
): Promise<DeliveryDecision> {
  const decision = decideStory({ ...sight, reader, deliveryId: delivery.id, now: ports.clock.now() });
  const others = reader.held.filter((id) => id !== delivery.id);
  switch (decision.kind) {
    case 'merge':
      await ports.storyReaders.endSending({ ...reader, held: others }, delivery.id);
      return ended('merged', decision.reason);
    case 'hold':
      await ports.storyReaders.endSending({ ...reader, held: [...others, delivery.id].slice(-MOST_HELD) }, delivery.id);
      return heldUntil(decision.until, decision.reason, delivery);
    default:
      return send(delivery, sight, { ...reader, held: others }, decision, ports, settings);
  }
}

async function send(
  delivery: Delivery,
  sight: Sight,
  reader: StoryReader,
  decision: StoryDecision,
  ports: AlertPorts,
  settings: Settings,
): Promise<DeliveryDecision> {
  const kind = decision.kind === 'update' ? 'update' : 'alert';
  const { subscription, matches } = sight;
  if (delivery.channel === 'email' && !(await reserveImmediate(delivery, ports, settings))) {
    await ports.storyReaders.endSending(reader, delivery.id);
    return { kind: 'digest', subscription, period: 'none' };
  }
  const update = kind === 'update' ? await updateOf(sight, reader, ports) : null;
  const { providerId, messageId } = await sendOut(delivery, sight, { reader, update }, ports, settings);
  const at = ports.clock.now().toISOString();
  const { storyId, subscriptionId, expiresAt } = reader;
  const alerted = { storyId, subscriptionId, expiresAt, topics: matches.map(({ topic }) => topic.id), alertedAt: at };
  await ports.storyReaders.endSending(
    {
      ...readerAfter(reader, { ...alerted, severity: severityOf(matches) }),
      threadId: reader.threadId ?? messageId,
      alertedBy: delivery.id,
      providerId,
      spokeFor: reader.held,
      held: [],
    },
    delivery.id,
  );
  await ports.deliveries.mergeHeld(reader.held, `the update ${delivery.id} speaks for it`, at);
  return accepted(providerId, at, kind);
}

async function sendOut(
  delivery: Delivery,
  { hit, matches, subscription }: Sight,
  { reader, update }: { readonly reader: StoryReader; readonly update: UpdateInMail | null },
  ports: AlertPorts,
  settings: Settings,
): Promise<{ readonly providerId: string; readonly messageId: string | null }> {
  const story: StoryInMail = { hit, story: await ports.stories.getStory(hit.story.id) };
  if (delivery.channel === 'sns') {
    const event = composeAlertEvent({
      matches,
      story,
      update,
      deliveryId: delivery.id,
      timeZone: settings.mail.timeZone,
    });
    return { providerId: await ports.alertPublisher.publish(event), messageId: null };
  }
  const otherIds = hit.matches.map(({ id }) => id).filter((id) => matches.every((match) => match.id !== id));
  const mail = composeAlertMail({
    matches,
    others: otherIds.length === 0 ? [] : await ports.matches.getMatches(otherIds),
    story,
    update,
    threadId: reader.threadId,
    subscription,
    deliveryId: delivery.id,
    mail: settings.mail,
    links: ports.alertLinks,
  });
  return mailerOf(ports).sendMail(mail);
}

/** What this report and those that waited for it bring. */
async function updateOf({ hit }: Sight, { held }: StoryReader, ports: AlertPorts): Promise<UpdateInMail> {
  const waiting = await ports.deliveries.getDeliveries(held);
  const hits = await ports.hits.getHits(waiting.flatMap(({ articleId }) => articleId ?? []));
  const matches = await ports.matches.getMatches(waiting.map(({ matchId }) => matchId));
  return {
    news: newsOf(hit),
    alsoNew: hits
      .toSorted((a, b) => (a.firstSeenAt < b.firstSeenAt ? -1 : 1))
      .flatMap((other) => {
        const match = matches.find(({ article }) => article.id === other.article);
        return match === undefined ? [] : [{ match, news: newsOf(other) }];
      }),
  };
}

const accepted = (providerId: string | null, sentAt: string | null, kind: Delivery['kind']): DeliveryDecision => ({
  kind: 'outcome',
  outcome: { ...NOTHING, state: 'sent', providerId, sentAt, kind },
});

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
  createdAt: '',
  updatedAt: '',
  unsubscribeToken: '',
  snsSubscriptionArn: null,
};
