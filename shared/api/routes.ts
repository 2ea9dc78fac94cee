// Every route of /v1 on one screen; what each does stands below. The OpenAPI document is made from this table.

import type * as z from 'zod/mini';
import { InvalidInputError, NotFoundError } from '../core/errors.ts';
import { mapConcurrently } from '../core/map-concurrently.ts';
import { describeHealth } from '../feeds/feed-health.ts';
import { troubledDeliveries } from '../health/delivery-troubles.ts';
import { instanceStatus } from '../health/instance-status.ts';
import type { Feed, NewFeed, PollBatch } from '../model/feed.ts';
import { type FeedId, feedIdOf, type MatchId, type SubscriptionId } from '../model/ids.ts';
import type { Match } from '../model/match.ts';
import type { Page } from '../model/page.ts';
import type { Settings } from '../model/settings.ts';
import type { Delivery, Subscription } from '../model/subscription.ts';
import { isInForce, type Topic, type TopicEntry } from '../model/topic.ts';
import { displayUrl, withoutCredentials } from '../net/display-url.ts';
import { addressesOf, withoutFeedScheme } from '../net/feed-scheme.ts';
import type {
  Clock,
  DeliveryStore,
  FeedStore,
  Log,
  MatchStore,
  PollQueue,
  ScheduleStore,
  SnsSubscriptions,
  SubscriptionStore,
  TopicStore,
} from '../ports.ts';
import { removeTopic, restoreTopic, subscriptionsTo } from '../usecases/managing/end-topics.ts';
import { addedAs, followedAs } from '../usecases/managing/followed-as.ts';
import { subscribe } from '../usecases/managing/subscribe.ts';
import { endSubscription } from '../usecases/managing/unsubscribe.ts';
import type { VerifiedFeed } from '../usecases/managing/verify-feed.ts';
import { queueFirstPoll, queuePollNow } from '../usecases/polling/schedule-polls.ts';
import { canonicalFeedUrl, mustBeFeedUrls } from './feed-url.ts';
import { type MatchesQuery, matchFilterOf, mustExist } from './match-filter.ts';
import { openApiDocument } from './openapi.ts';
import { quote, suggestion } from './quote.ts';
import type { Answer, Route, RouteInput } from './router.ts';
import * as schema from './schemas.ts';

export interface ApiPorts {
  readonly feeds: FeedStore;
  readonly topics: TopicStore;
  readonly matches: MatchStore;
  readonly subscriptions: SubscriptionStore;
  readonly deliveries: DeliveryStore;
  readonly schedule: Pick<ScheduleStore, 'lastMinute'>;
  readonly pollQueue: PollQueue;
  readonly snsSubscriptions: SnsSubscriptions;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Settings;
  /** What is wrong with topics, one line each; empty when all compile. */
  readonly problemsOfTopics: (topics: readonly Topic[]) => readonly string[];
  /** Reads an address before it is followed. Throws FeedRefusedError. */
  readonly verifyFeed: (address: string) => Promise<VerifiedFeed>;
}

const DEFAULT_LIMIT = 50;
const DISABLED_READ_AT_ONCE = 8;

// biome-ignore format: one route a line
export const ROUTES: readonly Route<ApiPorts>[] = [
  { method: 'GET', path: '/v1/openapi.json', id: 'getOpenApi', summary: 'This document', answers: { 200: schema.openApiSchema }, handle: async () => ok(openApiDocument(ROUTES)) },
  { method: 'GET', path: '/v1/status', id: 'getStatus', summary: 'Whether silence means that nothing happened', answers: { 200: schema.statusSchema }, handle: getStatus },
  { method: 'GET', path: '/v1/matches', id: 'listMatches', summary: 'Stored matches, newest first', query: schema.matchesQuery, answers: { 200: schema.pageOf(schema.matchSchema) }, handle: listMatches },
  { method: 'GET', path: '/v1/matches/{id}', id: 'getMatch', summary: 'One match: its passages, why it matched', answers: { 200: schema.matchSchema }, handle: getMatch },
  { method: 'GET', path: '/v1/matches/{id}/deliveries', id: 'listDeliveriesOfMatch', summary: 'Who was told of a match, how and when', answers: { 200: schema.pageOf(schema.deliverySchema) }, handle: deliveriesOfMatch },
  { method: 'GET', path: '/v1/deliveries', id: 'listTroubledDeliveries', summary: 'Deliveries that are being retried, or failed for good within seven days', answers: { 200: schema.pageOf(schema.deliverySchema) }, handle: listTroubledDeliveries },
  { method: 'GET', path: '/v1/topics', id: 'listTopics', summary: 'Topics in force; with `state`, those that were removed too', query: schema.topicsQuery, answers: { 200: schema.pageOf(schema.topicSummarySchema) }, handle: listTopics },
  { method: 'PUT', path: '/v1/topics', id: 'putTopics', summary: 'Put topics in force; all or none', body: schema.topicsPushSchema, answers: { 200: schema.topicsPushedSchema }, handle: putTopics },
  { method: 'GET', path: '/v1/topics/{id}', id: 'getTopic', summary: 'One topic, in force or of an earlier version', query: schema.topicQuery, answers: { 200: schema.topicSchema }, handle: getTopic },
  { method: 'DELETE', path: '/v1/topics/{id}', id: 'removeTopic', summary: 'End a topic; its matches and subscriptions stay', answers: { 200: schema.topicRemovedSchema }, handle: endTopic },
  { method: 'POST', path: '/v1/topics/{id}/restore', id: 'restoreTopic', summary: 'Put a removed topic in force again', answers: { 204: null }, handle: bringBackTopic },
  { method: 'GET', path: '/v1/feeds', id: 'listFeeds', summary: 'Feeds and their health', query: schema.pageQuery, answers: { 200: schema.pageOf(schema.feedSchema) }, handle: listFeeds },
  { method: 'POST', path: '/v1/feeds', id: 'addFeed', summary: 'Follow a feed; it is polled at once', body: schema.followFeedSchema, answers: { 200: schema.addedFeedSchema, 201: schema.addedFeedSchema }, handle: addFeed },
  { method: 'POST', path: '/v1/feeds/import', id: 'addFeeds', summary: 'Follow up to a hundred feeds; they are polled at once', body: schema.newFeedsSchema, answers: { 200: schema.addedFeedsSchema }, handle: addFeeds },
  { method: 'GET', path: '/v1/feeds/{id}', id: 'getFeed', summary: 'One feed and its health', answers: { 200: schema.feedSchema }, handle: getFeed },
  { method: 'PATCH', path: '/v1/feeds/{id}', id: 'changeFeed', summary: 'Change what is said of a feed', body: schema.feedChangeSchema, answers: { 200: schema.feedSchema }, handle: changeFeed },
  { method: 'DELETE', path: '/v1/feeds/{id}', id: 'removeFeed', summary: 'Follow a feed no longer; its matches stay', answers: { 204: null }, handle: removeFeed },
  { method: 'POST', path: '/v1/feeds/{id}/poll', id: 'pollFeed', summary: 'Poll a feed now', answers: { 202: null }, handle: pollFeed },
  { method: 'GET', path: '/v1/subscriptions', id: 'listSubscriptions', summary: 'Subscriptions', query: schema.subscriptionsQuery, answers: { 200: schema.pageOf(schema.subscriptionSchema) }, handle: listSubscriptions },
  { method: 'POST', path: '/v1/subscriptions', id: 'subscribe', summary: 'Subscribe an address to topics', body: schema.newSubscriptionSchema, answers: { 200: schema.subscriptionSchema, 201: schema.subscriptionSchema }, handle: addSubscription },
  { method: 'GET', path: '/v1/subscriptions/{id}', id: 'getSubscription', summary: 'One subscription', answers: { 200: schema.subscriptionSchema }, handle: getSubscription },
  { method: 'DELETE', path: '/v1/subscriptions/{id}', id: 'unsubscribe', summary: 'End a subscription', answers: { 204: null }, handle: removeSubscription },
  { method: 'GET', path: '/v1/subscriptions/{id}/deliveries', id: 'listDeliveriesOfSubscription', summary: 'What a subscriber was sent', query: schema.pageQuery, answers: { 200: schema.pageOf(schema.deliverySchema) }, handle: deliveriesOfSubscription },
];

// ---------------------------------------------------------------- matches

async function listMatches({ query }: RouteInput, ports: ApiPorts): Promise<Answer> {
  const filter = matchFilterOf(query as MatchesQuery, ports.clock.now());
  const page = await ports.matches.queryMatches(filter, pageAsked(query));
  if (page.items.length === 0 && page.cursor === null) await mustExist(filter, ports);
  return ok(shown(page, showMatch));
}

async function getMatch({ path }: RouteInput, ports: ApiPorts): Promise<Answer> {
  return ok(showMatch(await existingMatch(path, ports)));
}

async function deliveriesOfMatch({ path }: RouteInput, ports: ApiPorts): Promise<Answer> {
  const { id } = await existingMatch(path, ports);
  return ok({ items: (await ports.deliveries.deliveriesOfMatch(id)).map(showDelivery), cursor: null });
}

const existingMatch = async (path: RouteInput['path'], ports: ApiPorts): Promise<Match> =>
  found(await ports.matches.getMatch(path['id'] as MatchId), 'match', path['id']);

// ---------------------------------------------------------------- topics

async function listTopics({ query }: RouteInput, ports: ApiPorts): Promise<Answer> {
  const { state = 'active' } = query as { state?: 'active' | 'disabled' | 'all' };
  const entries = (await ports.topics.listEntries()).filter(
    (entry) => state === 'all' || isInForce(entry) === (state === 'active'),
  );
  const active = new Map((await ports.topics.listTopics()).map((topic) => [topic.id, topic]));
  const shown = await mapConcurrently(entries, DISABLED_READ_AT_ONCE, async (entry) => {
    const topic = active.get(entry.id) ?? (await ports.topics.getTopic(entry.id, entry.version));
    return topic === null ? [] : [showTopic(topic, entry)];
  });
  return ok({ items: shown.flat(), cursor: null });
}

async function getTopic({ path, query }: RouteInput, ports: ApiPorts): Promise<Answer> {
  const { id = '' } = path;
  const version = query['version'] as string | undefined;
  const topic = await ports.topics.getTopic(id, version);
  if (topic !== null) return ok(topic);
  if (version !== undefined) throw new NotFoundError(`topic ${quote(id)} version ${quote(version)}`);
  const known = (await ports.topics.listEntries()).filter(isInForce).map((one) => one.id);
  throw new NotFoundError(`topic ${quote(id)}`, suggestion(id, known));
}

async function putTopics({ body }: RouteInput, ports: ApiPorts): Promise<Answer> {
  const { topics, replacePacks, source, endMissing } = body as z.infer<typeof schema.topicsPushSchema>;
  const problems = ports.problemsOfTopics(topics);
  if (problems.length > 0)
    throw new InvalidInputError('invalid_topic', 'nothing was changed: some topics cannot be used', problems);
  const whenMostEnd = endMissing === true ? 'end' : 'refuse';
  const { changed, ended, disabled } = await ports.topics.putTopics(topics, { replacePacks, source, whenMostEnd });
  ports.log.info('topics put', { changed, ended, disabled });
  return ok({ changed, ended, disabled, subscriptions: await subscriptionsTo(ended, ports.subscriptions) });
}

async function endTopic({ path }: RouteInput, ports: ApiPorts): Promise<Answer> {
  return ok(await removeTopic(ports, path['id'] ?? ''));
}

async function bringBackTopic({ path }: RouteInput, ports: ApiPorts): Promise<Answer> {
  await restoreTopic(ports, path['id'] ?? '');
  return { status: 204 };
}

// ---------------------------------------------------------------- feeds

async function listFeeds({ query }: RouteInput, ports: ApiPorts): Promise<Answer> {
  const [page, groups] = await Promise.all([ports.feeds.listFeeds(pageAsked(query)), groupsById(ports)]);
  return ok(shown(page, (feed) => showFeed(feed, groups, ports)));
}

async function getFeed({ path }: RouteInput, ports: ApiPorts): Promise<Answer> {
  return ok(showFeed(await existingFeed(path, ports), await groupsById(ports), ports));
}

interface WantedFeed {
  readonly url: string;
  readonly title?: string;
  readonly folder?: string;
  readonly language?: string | null;
  readonly fullText?: Feed['fullText'];
}

async function addFeed({ body }: RouteInput, ports: ApiPorts): Promise<Answer> {
  const { verify = false, ...asked } = body as WantedFeed & { readonly verify?: boolean };
  if (!verify) {
    mustBeFeedUrls([{ written: asked.url, path: ['url'] }]);
    return followFeed(newFeed(asked, ports), {}, ports);
  }
  const followed = await addedAs(addressesOf(asked.url), ports.feeds);
  if (followed !== null) return addedAnswer('known', followed.id, {}, ports);
  const { url, addresses, read, foundOn } = await ports.verifyFeed(asked.url);
  const other = await followedAs(addresses, ports.feeds);
  if (other !== null) return addedAnswer('known', other.id, { read, foundOn }, ports);
  return followFeed(newFeed({ ...asked, url }, ports), { read, foundOn }, ports);
}

/** What reading it showed; nothing where it was not read. */
type Shown = Partial<Pick<VerifiedFeed, 'read' | 'foundOn'>>;

async function followFeed(wanted: NewFeed, shown: Shown, ports: ApiPorts): Promise<Answer> {
  const outcome = await ports.feeds.addFeed(wanted);
  if (outcome === 'added') await queueFirstPoll([wanted.id], ports);
  return addedAnswer(outcome, wanted.id, shown, ports);
}

async function addedAnswer(outcome: 'added' | 'known', id: FeedId, shown: Shown, ports: ApiPorts): Promise<Answer> {
  const feed = found(await ports.feeds.getFeed(id), 'feed', id);
  return {
    status: outcome === 'added' ? 201 : 200,
    body: { outcome, feed: showFeed(feed, await groupsById(ports), ports), ...shown },
  };
}

async function addFeeds({ body }: RouteInput, ports: ApiPorts): Promise<Answer> {
  const { feeds } = body as { feeds: readonly WantedFeed[] };
  mustBeFeedUrls(feeds.map(({ url }, index) => ({ written: url, path: ['feeds', index, 'url'] })));
  const wanted = feeds.map((feed) => newFeed(feed, ports));
  const outcomes = await ports.feeds.addFeeds(wanted);
  await queueFirstPoll(
    wanted.flatMap(({ id }, index) => (outcomes[index] === 'added' ? [id] : [])),
    ports,
  );
  return ok({ outcomes });
}

/** Its address was checked by `mustBeFeedUrls`. */
function newFeed(
  { url: written, title, folder, language, fullText }: WantedFeed,
  { clock, settings }: ApiPorts,
): NewFeed {
  return {
    id: feedIdOf(canonicalFeedUrl(written) ?? written),
    url: withoutCredentials(withoutFeedScheme(written.trim())),
    title: title?.trim() ?? '',
    folder: folder?.trim() ?? '',
    language: language ?? null,
    fullText: fullText ?? 'auto',
    active: true,
    addedAt: clock.now().toISOString(),
    intervalMinutes: settings.poll.everyMinutes,
  };
}

async function changeFeed({ path, body }: RouteInput, ports: ApiPorts): Promise<Answer> {
  const feed = await ports.feeds.updateFeedSettings(path['id'] as FeedId, body as Partial<Feed>);
  return ok(showFeed(feed, await groupsById(ports), ports));
}

async function removeFeed({ path }: RouteInput, ports: ApiPorts): Promise<Answer> {
  await ports.feeds.removeFeed(path['id'] as FeedId);
  return { status: 204 };
}

async function pollFeed({ path }: RouteInput, ports: ApiPorts): Promise<Answer> {
  await queuePollNow([(await existingFeed(path, ports)).id], ports);
  return { status: 202 };
}

const existingFeed = async (path: RouteInput['path'], ports: ApiPorts): Promise<Feed> =>
  found(await ports.feeds.getFeed(path['id'] as FeedId), 'feed', path['id']);

const groupsById = async (ports: ApiPorts): Promise<ReadonlyMap<string, PollBatch>> =>
  new Map((await ports.feeds.listPollBatches()).map((group) => [group.id, group]));

// ---------------------------------------------------------------- subscriptions and deliveries

async function listSubscriptions({ query }: RouteInput, ports: ApiPorts): Promise<Answer> {
  const target = query['target'] as string | undefined;
  if (target === undefined)
    return ok(shown(await ports.subscriptions.listSubscriptions(pageAsked(query)), showSubscription));
  return ok({ items: (await ports.subscriptions.subscriptionsOfTarget(target)).map(showSubscription), cursor: null });
}

async function addSubscription({ body }: RouteInput, ports: ApiPorts): Promise<Answer> {
  const { outcome, subscription } = await subscribe(ports, body as Parameters<typeof subscribe>[1]);
  return { status: outcome === 'created' ? 201 : 200, body: showSubscription(subscription) };
}

async function getSubscription({ path }: RouteInput, ports: ApiPorts): Promise<Answer> {
  return ok(showSubscription(await existingSubscription(path, ports)));
}

async function removeSubscription({ path }: RouteInput, ports: ApiPorts): Promise<Answer> {
  const subscription = await existingSubscription(path, ports);
  await endSubscription(ports, subscription);
  return { status: 204 };
}

async function deliveriesOfSubscription({ path, query }: RouteInput, ports: ApiPorts): Promise<Answer> {
  const { id } = await existingSubscription(path, ports);
  return ok(shown(await ports.deliveries.deliveriesOfSubscription(id, pageAsked(query)), showDelivery));
}

async function listTroubledDeliveries(_input: RouteInput, ports: ApiPorts): Promise<Answer> {
  return ok({ items: (await troubledDeliveries(ports)).map(showDelivery), cursor: null });
}

const existingSubscription = async (path: RouteInput['path'], ports: ApiPorts): Promise<Subscription> =>
  found(await ports.subscriptions.getSubscription(path['id'] as SubscriptionId), 'subscription', path['id']);

// ---------------------------------------------------------------- status

async function getStatus(_input: RouteInput, ports: ApiPorts): Promise<Answer> {
  return ok(await instanceStatus(ports));
}

// ---------------------------------------------------------------- shapes

const ok = (body: unknown): Answer => ({ status: 200, body });

function found<T>(value: T | null, what: string, id: string | undefined): T {
  if (value === null) throw new NotFoundError(`${what} ${quote(id)}`);
  return value;
}

const pageAsked = (query: RouteInput['query']): { limit: number; cursor: string | null } => ({
  limit: (query['limit'] as number | undefined) ?? DEFAULT_LIMIT,
  cursor: (query['cursor'] as string | undefined) ?? null,
});

const shown = <T>(page: Page<T>, show: (item: T) => unknown): unknown => ({
  items: page.items.map(show),
  cursor: page.cursor,
});

const without = (value: object, ...names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

const showMatch = (match: Match) => without(match, 'expiresAt');
const showDelivery = (delivery: Delivery) => without(delivery, 'expiresAt');
/** The token ends the subscription, so only its mails carry it. */
const showSubscription = (subscription: Subscription) =>
  without(subscription, 'unsubscribeToken', 'snsSubscriptionArn');

const showTopic = (topic: Topic, { disabledAt, source, isMissing }: TopicEntry) => ({
  id: topic.id,
  version: topic.version,
  title: topic.title,
  severity: topic.severity,
  description: topic.description,
  pack: topic.pack,
  languages: Object.keys(topic.any).sort(),
  state: disabledAt === null ? 'active' : 'disabled',
  disabledAt,
  source,
  isMissing,
});

function showFeed(feed: Feed, groups: ReadonlyMap<string, PollBatch>, ports: ApiPorts): unknown {
  return {
    ...without(feed, 'state', 'pollBatch'),
    title: feed.title || feed.state.ownTitle || displayUrl(feed.url),
    health: describeHealth(feed, groups.get(feed.pollBatch) ?? null, ports.clock.now(), ports.settings),
  };
}
