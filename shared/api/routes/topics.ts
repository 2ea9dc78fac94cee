// /v1/topics
import { InvalidInputError, NotFoundError } from '../../core/errors.ts';
import { mapConcurrently } from '../../core/map-concurrently.ts';
import { pageSchemaOf } from '../../model/page.ts';
import { isInForce } from '../../model/topic.ts';
import { topicSchema } from '../../model/topic-schema.ts';
import { topicSummarySchema } from '../../model/topic-summary.ts';
import {
  restoreTopic as bringBack,
  removeTopic as endTopic,
  subscriptionsTo,
} from '../../usecases/managing/end-topics.ts';
import { NO_CONTENT, ok, onePage, pageAsked } from '../answers.ts';
import type { ApiPorts } from '../api-ports.ts';
import { topicPath } from '../path-ids.ts';
import { quote, suggestion } from '../quote.ts';
import { route } from '../route.ts';
import {
  feedbackQuery,
  feedbackSchema,
  topicQuery,
  topicRemovedSchema,
  topicsPushedSchema,
  topicsPushSchema,
  topicsQuery,
} from '../schemas.ts';
import { showMatch, showTopic } from '../views.ts';

/** Disabled topics that are read at once. */
const CONCURRENCY = 8;

export const listTopics = route({
  summary: 'Topics in force; with `state`, those that were removed too',
  query: topicsQuery,
  answers: { 200: pageSchemaOf(topicSummarySchema) },
  handle: async ({ query: { state = 'active' } }, { topics }: ApiPorts) => {
    const entries = (await topics.listEntries()).filter(
      (entry) => state === 'all' || isInForce(entry) === (state === 'active'),
    );
    const active = new Map((await topics.listTopics()).map((topic) => [topic.id, topic]));
    const shown = await mapConcurrently(entries, CONCURRENCY, async (entry) => {
      const topic = active.get(entry.id) ?? (await topics.getTopic(entry.id, entry.version));
      return topic === null ? [] : [showTopic(topic, entry)];
    });
    return ok(onePage(shown.flat()));
  },
});

export const getTopic = route({
  summary: 'One topic, in force or of an earlier version',
  path: topicPath,
  query: topicQuery,
  answers: { 200: topicSchema },
  handle: async ({ path: { id }, query: { version } }, { topics }: ApiPorts) => {
    const topic = await topics.getTopic(id, version);
    if (topic !== null) return ok(topic);
    if (version !== undefined) throw new NotFoundError(`topic ${quote(id)} version ${quote(version)}`);
    const known = (await topics.listEntries()).filter(isInForce).map((entry) => entry.id);
    throw new NotFoundError(`topic ${quote(id)}`, suggestion(id, known));
  },
});

export const putTopics = route({
  summary: 'Put topics in force; all or none',
  body: topicsPushSchema,
  answers: { 200: topicsPushedSchema },
  handle: async ({ body: { topics, replacePacks, source, endMissing } }, ports: ApiPorts) => {
    const problems = ports.problemsOfTopics(topics);
    if (problems.length > 0)
      throw new InvalidInputError('invalid_topic', 'nothing was changed: some topics cannot be used', problems);
    const whenMostEnd = endMissing === true ? 'end' : 'refuse';
    const { changed, ended, disabled } = await ports.topics.putTopics(topics, { replacePacks, source, whenMostEnd });
    ports.log.info('topics put', { changed, ended, disabled });
    return ok({ changed, ended, disabled, subscriptions: await subscriptionsTo(ended, ports.subscriptions) });
  },
});

export const removeTopic = route({
  summary: 'End a topic; its matches and subscriptions stay',
  path: topicPath,
  answers: { 200: topicRemovedSchema },
  handle: async ({ path: { id } }, ports: ApiPorts) => ok(await endTopic(ports, id)),
});

export const restoreTopic = route({
  summary: 'Put a removed topic in force again',
  path: topicPath,
  answers: { 204: null },
  handle: async ({ path: { id } }, ports: ApiPorts) => {
    await bringBack(ports, id);
    return NO_CONTENT;
  },
});

export const listFeedback = route({
  summary: 'Matches of a topic that subscribers marked as not relevant, the newest mark first',
  path: topicPath,
  query: feedbackQuery,
  answers: { 200: pageSchemaOf(feedbackSchema) },
  handle: async ({ path: { id }, query }, { topics, matches }: ApiPorts) => {
    const marks = await matches.listNotRelevant(id, pageAsked(query).limit);
    if (marks.length === 0) {
      const known = (await topics.listEntries()).map((entry) => entry.id);
      if (!known.includes(id)) throw new NotFoundError(`topic ${quote(id)}`, suggestion(id, known));
    }
    const found = new Map((await matches.getMatches(marks.map(({ matchId }) => matchId))).map((one) => [one.id, one]));
    const shown = marks.flatMap(({ matchId, subscriptionId, at }) => {
      const match = found.get(matchId);
      return match === undefined ? [] : [{ at, subscriptionId, match: showMatch(match) }];
    });
    return ok(onePage(shown));
  },
});
