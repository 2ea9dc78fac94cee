// /v1/subscriptions.
import type * as z from 'zod/mini';
import { InvalidInputError, NotFoundError } from '../../core/errors.ts';
import { mapConcurrently } from '../../core/map-concurrently.ts';
import { isWebChannel } from '../../model/channels.ts';
import type { SubscriptionId } from '../../model/ids.ts';
import { pageSchemaOf } from '../../model/page.ts';
import { publishedDeliverySchema, publishedSubscriptionSchema, type Subscription } from '../../model/subscription.ts';
import { muteRequestSchema } from '../../model/subscription-settings.ts';
import { openWhenEmpty } from '../../usecases/alerting/join-digest.ts';
import { takeSubscriptionStep } from '../../usecases/alerting/subscription-step.ts';
import { testSubscription } from '../../usecases/alerting/test-subscription.ts';
import {
  changeSubscription as change,
  unmute as endMute,
  isMuted,
  mute as muteFor,
} from '../../usecases/managing/change-subscription.ts';
import { forget as forgetAddress } from '../../usecases/managing/forget.ts';
import { isHeldBySns, readBackFromSns } from '../../usecases/managing/read-back-sns.ts';
import { rotateSecret as rotate } from '../../usecases/managing/rotate-secret.ts';
import { subscribe as subscribeAddress } from '../../usecases/managing/subscribe.ts';
import { type SubscribedWeb, subscribeWeb } from '../../usecases/managing/subscribe-web.ts';
import { unsubscribeById } from '../../usecases/managing/unsubscribe.ts';
import { created, existing, NO_CONTENT, ok, pageAsked, pageOfList, shownPage } from '../answers.ts';
import type { ApiPorts } from '../api-ports.ts';
import { subscriptionPath } from '../path-ids.ts';
import { quote } from '../quote.ts';
import { route } from '../route.ts';
import {
  forgetSchema,
  forgottenSchema,
  muteQuery,
  newSubscriptionSchema,
  pageQuery,
  rotatedSecretSchema,
  subscribedSchema,
  subscriptionChangeSchema,
  subscriptionsQuery,
  testSentSchema,
} from '../schemas.ts';
import { showDelivery, showSubscription } from '../views.ts';

/** Subscriptions of a page whose state SNS is asked for at once. */
const READ_BACK_AT_ONCE = 5;

export const listSubscriptions = route({
  summary: 'Subscriptions',
  query: subscriptionsQuery,
  answers: { 200: pageSchemaOf(publishedSubscriptionSchema) },
  handle: async ({ query }, ports: ApiPorts) => {
    const { target } = query;
    const { subscriptions } = ports;
    const page =
      target === undefined
        ? await subscriptions.listSubscriptions(pageAsked(query))
        : pageOfList(await subscriptions.subscriptionsOfTarget(target), pageAsked(query));
    const items = await mapConcurrently(page.items, READ_BACK_AT_ONCE, (one) => asItIs(one, ports));
    return ok(shownPage({ ...page, items }, showSubscription));
  },
});

export const subscribe = route({
  summary: 'Subscribe an address, a webhook or a chat to topics',
  body: newSubscriptionSchema,
  answers: { 200: subscribedSchema, 201: subscribedSchema },
  refusals: ['asked_too_often'],
  handle: async ({ body }, ports: ApiPorts) => {
    const { outcome, subscription: stored, isAsked, others, signingKey } = await subscribeTarget(body, ports);
    const subscription = isAsked ? await askNow(stored, ports) : stored;
    await openWhenEmpty(subscription, ports, ports.settings);
    const key = signingKey === null ? {} : { signingKey };
    return created(outcome === 'created', { ...showSubscription(subscription), outcome, isAsked, others, ...key });
  },
});

export const getSubscription = route({
  summary: 'One subscription',
  path: subscriptionPath,
  answers: { 200: publishedSubscriptionSchema },
  handle: async ({ path: { id } }, ports: ApiPorts) =>
    ok(showSubscription(await asItIs(await existingSubscription(id, ports), ports))),
});

export const changeSubscription = route({
  summary: 'Change what a subscriber wants; what is absent stays, and null brings the default back',
  path: subscriptionPath,
  body: subscriptionChangeSchema,
  answers: { 200: publishedSubscriptionSchema },
  handle: async ({ path: { id }, body }, ports: ApiPorts) => {
    const subscription = await change(ports, id, body);
    await openWhenEmpty(subscription, ports, ports.settings);
    return ok(showSubscription(subscription));
  },
});

export const mute = route({
  summary: 'Send no alerts of a topic, story or source until an instant; muting again sets another end',
  path: subscriptionPath,
  body: muteRequestSchema,
  answers: { 200: publishedSubscriptionSchema },
  handle: async ({ path: { id }, body }, ports: ApiPorts) =>
    ok(showSubscription(await muteFor(ports, await existingSubscription(id, ports), body))),
});

export const unmute = route({
  summary: 'End a mute before its time',
  path: subscriptionPath,
  query: muteQuery,
  answers: { 204: null },
  handle: async ({ path: { id }, query }, ports: ApiPorts) => {
    const subscription = await existingSubscription(id, ports);
    if (!isMuted(subscription, query, ports.clock.now()))
      throw new NotFoundError(`a mute of the ${query.kind} ${quote(query.value)}`);
    await endMute(ports, subscription, query);
    return NO_CONTENT;
  },
});

export const unsubscribe = route({
  summary: 'End a subscription',
  path: subscriptionPath,
  answers: { 204: null },
  handle: async ({ path: { id } }, ports: ApiPorts) => {
    await unsubscribeById(ports, id);
    return NO_CONTENT;
  },
});

export const forget = route({
  summary: 'Delete everything that is stored about an address; to be repeated until `isDone`',
  body: forgetSchema,
  answers: { 200: forgottenSchema },
  handle: async ({ body: { address } }, ports: ApiPorts) => ok(await forgetAddress(ports, address)),
});

export const test = route({
  summary: 'Send a message marked as a test, and say what the service answered; alerts are not touched',
  path: subscriptionPath,
  answers: { 200: testSentSchema },
  handle: async ({ path: { id } }, ports: ApiPorts) => ok(await testSubscription(ports, id)),
});

export const rotateSecret = route({
  summary: 'Another key for a webhook; the one before signs along for a day',
  path: subscriptionPath,
  answers: { 200: rotatedSecretSchema },
  handle: async ({ path: { id } }, ports: ApiPorts) => ok(await rotate(ports, id)),
});

export const listDeliveriesOfSubscription = route({
  summary: 'What a subscriber was sent',
  path: subscriptionPath,
  query: pageQuery,
  answers: { 200: pageSchemaOf(publishedDeliverySchema) },
  handle: async ({ path, query }, ports: ApiPorts) => {
    const { id } = await existingSubscription(path.id, ports);
    return ok(shownPage(await ports.deliveries.deliveriesOfSubscription(id, pageAsked(query)), showDelivery));
  },
});

/** It is stored that the address is to be asked: what fails here is left to the sweep. */
async function askNow(subscription: Subscription, ports: ApiPorts): Promise<Subscription> {
  try {
    await takeSubscriptionStep(subscription.id, ports, ports.settings);
    return (await ports.subscriptions.getSubscription(subscription.id)) ?? subscription;
  } catch (error) {
    ports.log.warn('a question is left to the sweep', { subscription: subscription.id, error });
    return subscription;
  }
}

/** Until it is confirmed, only SNS knows whether an e-mail subscription that it holds is. */
async function asItIs(subscription: Subscription, ports: ApiPorts): Promise<Subscription> {
  if (subscription.state !== 'unconfirmed' || !isHeldBySns(subscription)) return subscription;
  return readBackFromSns(subscription, ports).catch((error: unknown) => {
    // What is stored is shown; the sweep asks again.
    ports.log.warn('SNS does not say whether a subscription is confirmed', { subscription: subscription.id, error });
    return subscription;
  });
}

/** Only Telegram and ntfy have more to say than their address. */
function subscribeTarget(
  { channel, chat, token, ...request }: z.infer<typeof newSubscriptionSchema>,
  ports: ApiPorts,
): Promise<SubscribedWeb> {
  if (isWebChannel(channel)) return subscribeWeb(ports, { channel, chat, token, ...request });
  const given = Object.entries({ chat, token }).filter(([, value]) => value !== undefined);
  if (given.length > 0)
    throw new InvalidInputError(
      'invalid_subscription',
      'nothing was subscribed',
      given.map(([name]) => `${name}: e-mail has none; leave it out`),
    );
  return subscribeAddress(ports, { channel, ...request }).then((subscribed) => ({ ...subscribed, signingKey: null }));
}

const existingSubscription = async (id: SubscriptionId, { subscriptions }: ApiPorts): Promise<Subscription> =>
  existing(await subscriptions.getSubscription(id), 'subscription', id);
