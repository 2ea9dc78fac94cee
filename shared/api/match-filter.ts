// Filters of a query for stored matches or stories: the times must be consistent, the topic and the feed must exist.
import type * as z from 'zod/mini';

import { feedAddressOf } from '../feeds/feed-address.ts';
import type { FeedId } from '../model/ids.ts';
import type { MatchFilter } from '../model/match.ts';
import { isInForce } from '../model/topic.ts';
import type { FeedStore, MatchStore, TopicStore } from '../ports.ts';
import { problemAt, type RequestPart } from './describe-problems.ts';
import { instantOf, isDuration } from './moments.ts';
import { feedIdSchema } from './path-ids.ts';
import { type InputProblem, RequestError } from './problem.ts';
import { quote, suggestion } from './quote.ts';
import type { matchesQuery, storiesQuery } from './schemas.ts';

/** What stories cannot be asked for is absent. */
type MatchesQuery = Readonly<
  z.output<typeof storiesQuery> & Partial<Pick<z.output<typeof matchesQuery>, 'strength' | 'prominence'>>
>;

interface Stores {
  readonly matches: Pick<MatchStore, 'queryMatches'>;
  readonly topics: Pick<TopicStore, 'getTopic' | 'listEntries'>;
  readonly feeds: Pick<FeedStore, 'getFeed' | 'listPollBatches'>;
}

/** Throws RequestError `invalid_query` for times that contradict each other or the cursor. */
export function matchFilterOf(query: MatchesQuery, now: Date): MatchFilter {
  return {
    topic: query.topic,
    feedId: query.feed === undefined ? undefined : feedIdSchema.parse(query.feed),
    ...timesOf(query, now),
    source: query.source,
    language: query.lang,
    text: query.text,
    strength: query.strength,
    prominence: query.prominence,
  };
}

interface Times {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly cursor?: string | undefined;
}

/** Throws RequestError `invalid_query` or `invalid_body` for times that contradict each other or the cursor. */
export function timesOf(
  query: Times,
  now: Date,
  part: RequestPart = 'query',
): { readonly since?: string; readonly until?: string } {
  const since = instantOf(query.since, now);
  const until = instantOf(query.until, now, 'end');
  const problems = [...durationsWithCursor(query, part), ...reversedTimes(query, since, until, part)];
  if (problems.length > 0) throw new RequestError(`invalid_${part}`, `the ${part} cannot be used`, { problems });
  return { ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
}

const durationsWithCursor = (query: Times, part: RequestPart): readonly InputProblem[] =>
  query.cursor === undefined
    ? []
    : (['since', 'until'] as const)
        .filter((name) => isDuration(query[name] ?? ''))
        .map((name) =>
          problemAt(
            part,
            [name],
            `got ${quote(query[name])}, which moves with the clock; expected an instant or a day with a cursor`,
          ),
        );

const reversedTimes = (
  query: Times,
  since: string | undefined,
  until: string | undefined,
  part: RequestPart,
): readonly InputProblem[] =>
  since !== undefined && until !== undefined && since > until
    ? [problemAt(part, ['since'], `got ${quote(query.since)}; expected a time before until (${quote(query.until)})`)]
    : [];

/**
 * For a query that found nothing, because a name may be misspelled. A topic that has ended or a feed that was removed exists while it has
 * matches. Throws RequestError `unknown_topic` or `unknown_feed`, with the nearest names.
 */
export async function mustExist({ topic, feedId }: MatchFilter, stores: Stores): Promise<void> {
  const [noTopic, noFeed] = await Promise.all([
    topic === undefined ? null : unknownTopic(topic, stores),
    feedId === undefined ? null : unknownFeed(feedId, stores),
  ]);
  const problems = [noFeed, noTopic].filter((problem) => problem !== null);
  if (problems.length === 0) return;
  throw new RequestError(noTopic === null ? 'unknown_feed' : 'unknown_topic', 'nothing can be found', { problems });
}

async function unknownTopic(topic: string, { matches, topics }: Stores): Promise<InputProblem | null> {
  if ((await topics.getTopic(topic)) !== null || (await hasMatches({ topic }, matches))) return null;
  const known = (await topics.listEntries()).filter(isInForce).map(({ id }) => id);
  return problemAt(
    'query',
    ['topic'],
    `there is no topic ${quote(topic)}, and no match of it.${suggestion(topic, known)} GET /v1/topics lists them`,
  );
}

async function unknownFeed(feedId: FeedId, { matches, feeds }: Stores): Promise<InputProblem | null> {
  if ((await feeds.getFeed(feedId)) !== null || (await hasMatches({ feedId }, matches))) return null;
  const near = await nearFeeds(feedId, feeds);
  return problemAt(
    'query',
    ['feed'],
    `there is no feed ${quote(feedId)}, and no match of it.${near} GET /v1/feeds lists them`,
  );
}

/** The feed whose address was given instead of its id, or the nearest ids. */
async function nearFeeds(given: string, feeds: Stores['feeds']): Promise<string> {
  const address = feedAddressOf(given);
  const ofAddress = address === null ? null : await feeds.getFeed(address.id);
  if (ofAddress !== null) return ` Did you mean ${quote(ofAddress.id)}?`;
  const ids = (await feeds.listPollBatches()).flatMap(({ feedIds }) => feedIds);
  return suggestion(given, ids);
}

const hasMatches = async (filter: MatchFilter, matches: Stores['matches']): Promise<boolean> =>
  (await matches.queryMatches(filter, { limit: 1, cursor: null })).items.length > 0;
