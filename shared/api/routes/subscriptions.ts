// /v1/subscriptions, and the deliveries that fail.
import { failingDeliveries } from '../../health/failing-deliveries.ts';
import type { SubscriptionId } from '../../model/ids.ts';
import { pageSchemaOf } from '../../model/page.ts';
import { publishedDeliverySchema, publishedSubscriptionSchema, type Subscription } from '../../model/subscription.ts';
import { subscribe as subscribeAddress } from '../../usecases/managing/subscribe.ts';
import { unsubscribeById } from '../../usecases/managing/unsubscribe.ts';
import { created, existing, NO_CONTENT, ok, onePage, pageAsked, pageOfList, shownPage } from '../answers.ts';
import type { ApiPorts } from '../api-ports.ts';
import { subscriptionPath } from '../path-ids.ts';
import { route } from '../route.ts';
import { newSubscriptionSchema, pageQuery, subscriptionsQuery } from '../schemas.ts';
import { showDelivery, showSubscription } from '../views.ts';

export const listSubscriptions = route({
  summary: 'Subscriptions',
  query: subscriptionsQuery,
  answers: { 200: pageSchemaOf(publishedSubscriptionSchema) },
  handle: async ({ query }, { subscriptions }: ApiPorts) => {
    const { target } = query;
    const page =
      target === undefined
        ? await subscriptions.listSubscriptions(pageAsked(query))
        : pageOfList(await subscriptions.subscriptionsOfTarget(target), pageAsked(query));
    return ok(shownPage(page, showSubscription));
  },
});

export const subscribe = route({
  summary: 'Subscribe an address to topics',
  body: newSubscriptionSchema,
  answers: { 200: publishedSubscriptionSchema, 201: publishedSubscriptionSchema },
  handle: async ({ body }, ports: ApiPorts) => {
    const { outcome, subscription } = await subscribeAddress(ports, body);
    return created(outcome === 'created', showSubscription(subscription));
  },
});

export const getSubscription = route({
  summary: 'One subscription',
  path: subscriptionPath,
  answers: { 200: publishedSubscriptionSchema },
  handle: async ({ path: { id } }, ports: ApiPorts) => ok(showSubscription(await existingSubscription(id, ports))),
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

export const listFailingDeliveries = route({
  summary: 'Deliveries that are being retried, or that failed for good in the last seven days',
  answers: { 200: pageSchemaOf(publishedDeliverySchema) },
  handle: async (_input, ports: ApiPorts) => ok(onePage((await failingDeliveries(ports)).map(showDelivery))),
});

const existingSubscription = async (id: SubscriptionId, { subscriptions }: ApiPorts): Promise<Subscription> =>
  existing(await subscriptions.getSubscription(id), 'subscription', id);
