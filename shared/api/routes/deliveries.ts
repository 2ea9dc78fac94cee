// /v1/deliveries: what became of alerts, and sending again what did not arrive.
import * as z from 'zod/mini';
import { mapConcurrently } from '../../core/map-concurrently.ts';
import { failingDeliveries } from '../../health/failing-deliveries.ts';
import { type DeliveryFilter, deliveryFits } from '../../model/delivery-filter.ts';
import type { MatchId, SubscriptionId } from '../../model/ids.ts';
import { pageSchemaOf } from '../../model/page.ts';
import { described, nullableText } from '../../model/schema.ts';
import { type Delivery, publishedDeliverySchema, SNS_TOPIC_SUBSCRIPTION } from '../../model/subscription.ts';
import { redeliver as redeliverEach, redeliverFailed } from '../../usecases/managing/redeliver.ts';
import { ok, onePage, pageAsked, wordsIn } from '../answers.ts';
import type { ApiPorts } from '../api-ports.ts';
import { problemAt } from '../describe-problems.ts';
import { timesOf } from '../match-filter.ts';
import { type InputProblem, RequestError } from '../problem.ts';
import { quote } from '../quote.ts';
import { route } from '../route.ts';
import { deliveriesQuery, redeliveredSchema, redeliverySchema } from '../schemas.ts';
import { showDelivery } from '../views.ts';

type Query = Readonly<z.output<typeof deliveriesQuery>>;

const shownDeliverySchema = z.strictObject({
  ...publishedDeliverySchema.shape,
  target: z.optional(
    described(
      nullableText(),
      'Of its subscription, as `GET /v1/subscriptions` shows it; null where there is none. With `with=target`',
    ),
  ),
});

/** Deliveries that one request sends again. */
const REDELIVERED_A_REQUEST = 100;

export const listDeliveries = route({
  summary:
    'Deliveries, newest first: of a subscriber by when they were recorded, of all by when their article was first seen. A page may be empty before the end',
  query: deliveriesQuery,
  answers: { 200: pageSchemaOf(shownDeliverySchema) },
  handle: async ({ query }, ports: ApiPorts) => {
    const filter = await filterOf(query, ports);
    const asked = wordsIn(query.with);
    if (query.failing !== undefined)
      return ok(
        onePage(
          await shown(
            (await failingDeliveries(ports)).filter((one) => deliveryFits(one, filter)),
            asked,
            ports,
          ),
        ),
      );
    const page = await ports.deliveries.queryDeliveries(filter, pageAsked(query));
    if (page.items.length === 0 && page.cursor === null) await mustExist(query, ports);
    return ok({ items: await shown(page.items, asked, ports), cursor: page.cursor });
  },
});

/** Subscriptions that are read at once. */
const READ_AT_ONCE = 16;

async function shown(deliveries: readonly Delivery[], asked: ReadonlySet<string>, { subscriptions }: ApiPorts) {
  if (!asked.has('target')) return deliveries.map(showDelivery);
  const ids = [...new Set(deliveries.map(({ subscriptionId }) => subscriptionId))];
  const found = await mapConcurrently(ids, READ_AT_ONCE, (id) => subscriptions.getSubscription(id));
  const targets = new Map(ids.map((id, place) => [id, found[place]?.target ?? null]));
  return deliveries.map((one) => ({ ...showDelivery(one), target: targets.get(one.subscriptionId) ?? null }));
}

export const redeliver = route({
  summary:
    'Send again what did not arrive: deliveries by id, or all of a time, at most 100 a request. Each is due at once, under its id, if its subscription is active',
  body: redeliverySchema,
  answers: { 200: redeliveredSchema },
  handle: async ({ body: { ids, failed, cursor = null, ...filter } }, ports: ApiPorts) => {
    if ((ids === undefined) === (failed === undefined)) throw badBody('ids', 'exactly one of ids and failed is needed');
    if (ids === undefined) {
      const { since, until } = timesOf({ ...filter, ...(cursor !== null && { cursor }) }, ports.clock.now(), 'body');
      const page = { limit: REDELIVERED_A_REQUEST, cursor };
      return ok(await redeliverFailed({ since, until, channel: filter.channel }, page, ports));
    }
    const [extra] = Object.keys({ ...filter, ...(cursor !== null && { cursor }) });
    if (extra !== undefined) throw badBody(extra, 'only together with failed');
    return ok({ ...(await redeliverEach(ids, ports)), cursor: null });
  },
});

async function filterOf(query: Query, ports: ApiPorts): Promise<DeliveryFilter> {
  const { failed, state, reason, channel, match, story, subscription, target } = query;
  const named = subscription === undefined ? undefined : [subscription as SubscriptionId];
  const ofTarget =
    target === undefined ? undefined : (await ports.subscriptions.subscriptionsOfTarget(target)).map(({ id }) => id);
  return {
    failed: failed === undefined ? undefined : true,
    state,
    reason,
    channel,
    match: match as MatchId | undefined,
    story,
    subscriptions: named !== undefined && ofTarget !== undefined ? both(named, ofTarget) : (named ?? ofTarget),
    ...timesOf(query, ports.clock.now()),
  };
}

const both = <T>(some: readonly T[], others: readonly T[]): readonly T[] => some.filter((one) => others.includes(one));

/** For a query that found nothing, because a name may be misspelled. Throws RequestError `invalid_query`. */
async function mustExist({ match, story, subscription, target }: Query, ports: ApiPorts): Promise<void> {
  const problems: readonly (InputProblem | false)[] = [
    match !== undefined &&
      (await ports.matches.getMatch(match as MatchId)) === null &&
      problemAt('query', ['match'], `there is no match ${quote(match)}. GET /v1/matches lists them`),
    story !== undefined &&
      (await ports.stories.getStory(story)) === null &&
      problemAt('query', ['story'], `there is no story ${quote(story)}. GET /v1/stories lists them`),
    subscription !== undefined &&
      subscription !== SNS_TOPIC_SUBSCRIPTION &&
      (await ports.subscriptions.getSubscription(subscription as SubscriptionId)) === null &&
      problemAt(
        'query',
        ['subscription'],
        `there is no subscription ${quote(subscription)}. GET /v1/subscriptions lists them`,
      ),
    target !== undefined &&
      (await ports.subscriptions.subscriptionsOfTarget(target)).length === 0 &&
      problemAt(
        'query',
        ['target'],
        `no subscription has the target ${quote(target)}. GET /v1/subscriptions lists them`,
      ),
  ];
  const found = problems.filter((problem) => problem !== false);
  if (found.length > 0) throw new RequestError('invalid_query', 'nothing can be found', { problems: found });
}

const badBody = (field: string, words: string): RequestError =>
  new RequestError('invalid_body', 'the body cannot be used', { problems: [problemAt('body', [field], words)] });
