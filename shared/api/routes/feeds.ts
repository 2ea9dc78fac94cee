// /v1/feeds
import { type Feed, type PollBatch, publishedFeedSchema } from '../../model/feed.ts';
import type { FeedId } from '../../model/ids.ts';
import { pageSchemaOf } from '../../model/page.ts';
import { addFeeds, addFeed as follow, verifyAndAddFeed } from '../../usecases/managing/add-feeds.ts';
import { queuePollNow } from '../../usecases/polling/schedule-polls.ts';
import { ACCEPTED, created, existing, NO_CONTENT, ok, pageAsked, shownPage } from '../answers.ts';
import type { ApiPorts } from '../api-ports.ts';
import { mustBeFeedUrls } from '../feed-url.ts';
import { feedPath } from '../path-ids.ts';
import { route } from '../route.ts';
import {
  addedFeedSchema,
  addedFeedsSchema,
  feedChangeSchema,
  followFeedSchema,
  newFeedsSchema,
  pageQuery,
} from '../schemas.ts';
import { showFeed } from '../views.ts';

export const listFeeds = route({
  summary: 'Feeds and their health',
  query: pageQuery,
  answers: { 200: pageSchemaOf(publishedFeedSchema) },
  handle: async ({ query }, ports: ApiPorts) => {
    const [page, batches] = await Promise.all([ports.feeds.listFeeds(pageAsked(query)), batchesById(ports)]);
    return ok(shownPage(page, (feed) => shown(feed, batches.get(feed.pollBatch), ports)));
  },
});

export const getFeed = route({
  summary: 'One feed and its health',
  path: feedPath,
  answers: { 200: publishedFeedSchema },
  handle: async ({ path: { id } }, ports: ApiPorts) => ok(await shownAlone(await existingFeed(id, ports), ports)),
});

export const addFeed = route({
  summary: 'Follow a feed; it is polled at once',
  body: followFeedSchema,
  answers: { 200: addedFeedSchema, 201: addedFeedSchema },
  refusals: ['feed_refused'],
  handle: async ({ body: { verify = false, ...request } }, ports: ApiPorts) => {
    if (!verify) mustBeFeedUrls([{ written: request.url, path: ['url'] }]);
    const { id, outcome, ...found } = await (verify ? verifyAndAddFeed(request, ports) : follow(request, ports));
    const feed = await shownAlone(await existingFeed(id, ports), ports);
    return created(outcome === 'added', { outcome, feed, ...found });
  },
});

export const importFeeds = route({
  summary: 'Follow up to a hundred feeds; they are polled at once',
  body: newFeedsSchema,
  answers: { 200: addedFeedsSchema },
  handle: async ({ body: { feeds } }, ports: ApiPorts) => {
    mustBeFeedUrls(feeds.map(({ url }, index) => ({ written: url, path: ['feeds', index, 'url'] })));
    return ok({ outcomes: (await addFeeds(feeds, ports)).map(({ outcome }) => outcome) });
  },
});

export const changeFeed = route({
  summary: 'Change the settings of a feed',
  path: feedPath,
  body: feedChangeSchema,
  answers: { 200: publishedFeedSchema },
  handle: async ({ path: { id }, body }, ports: ApiPorts) =>
    ok(await shownAlone(await ports.feeds.updateFeedSettings(id, body), ports)),
});

export const removeFeed = route({
  summary: 'Stop following a feed; its matches stay',
  path: feedPath,
  answers: { 204: null },
  handle: async ({ path: { id } }, { feeds }: ApiPorts) => {
    await feeds.removeFeed(id);
    return NO_CONTENT;
  },
});

export const pollFeed = route({
  summary: 'Poll a feed now',
  path: feedPath,
  answers: { 202: null },
  handle: async ({ path }, ports: ApiPorts) => {
    const { id } = await existingFeed(path.id, ports);
    await queuePollNow([id], ports);
    return ACCEPTED;
  },
});

const existingFeed = async (id: FeedId, { feeds }: ApiPorts): Promise<Feed> =>
  existing(await feeds.getFeed(id), 'feed', id);

const batchesById = async ({ feeds }: ApiPorts): Promise<ReadonlyMap<string, PollBatch>> =>
  new Map((await feeds.listPollBatches()).map((batch) => [batch.id, batch]));

const shown = (feed: Feed, batch: PollBatch | undefined, { clock, settings }: ApiPorts) =>
  showFeed(feed, batch ?? null, clock.now(), settings);

const shownAlone = async (feed: Feed, ports: ApiPorts) =>
  shown(feed, (await ports.feeds.getPollBatch(feed.pollBatch)) ?? undefined, ports);
