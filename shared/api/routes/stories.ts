// GET /v1/stories: reports of one event, together; and the story that a match belongs to.
import * as z from 'zod/mini';
import { mapConcurrently } from '../../core/map-concurrently.ts';
import { type Hit, publishedReport, publishedReportSchema } from '../../model/hit.ts';
import type { MatchId } from '../../model/ids.ts';
import { type MatchFilter, publishedMatchSchema } from '../../model/match.ts';
import { type Page, pageSchemaOf } from '../../model/page.ts';
import { described } from '../../model/schema.ts';
import { publishedStorySchema, type Story } from '../../model/story.ts';
import { publishedTriage, publishedTriageSchema, stateOfTriage, type Triage } from '../../model/triage.ts';
import { triageStory } from '../../usecases/managing/triage-story.ts';
import { existing, ok, pageAsked, wordsIn } from '../answers.ts';
import type { ApiPorts } from '../api-ports.ts';
import { matchFilterOf, mustExist } from '../match-filter.ts';
import { articleIdSchema, matchPath, storyPath } from '../path-ids.ts';
import { route } from '../route.ts';
import { storiesToShowQuery, storyToShowQuery, triageChangeSchema } from '../schemas.ts';
import { showMatch, showStory } from '../views.ts';
import { existingMatch } from './matches.ts';

const newestReportSchema = z.strictObject({
  ...publishedReportSchema.shape,
  passages: described(publishedMatchSchema.shape.passages, 'Of the match that it leads with'),
});
/** What is shown of a story only where it is asked for. */
const triageShown = described(z.nullable(publishedTriageSchema), 'What the team has done with it; null: nothing yet');
const shownStorySchema = z.strictObject({
  ...publishedStorySchema.shape,
  report: z.optional(
    described(
      z.nullable(newestReportSchema),
      'The newest; null when its matches are no longer stored. With `with=report`',
    ),
  ),
  triage: z.optional(triageShown),
});

export const listStories = route({
  summary:
    'Stories, the one reported last first. `since` and `until` are about the last report, `text` about headlines, the other filters about any report',
  query: storiesToShowQuery,
  answers: { 200: pageSchemaOf(shownStorySchema) },
  handle: async ({ query }, ports: ApiPorts) => {
    const filter = matchFilterOf(query, ports.clock.now());
    const states = wordsIn(query.triage);
    const page = await storiesInStates(filter, pageAsked(query), states, ports);
    if (page.items.length === 0 && page.cursor === null) await mustExist(filter, ports);
    return ok({ items: await withAdditions(page.items, wordsIn(query.with), ports), cursor: page.cursor });
  },
});

/** Pages that are looked at for stories in a state; after that, the page is shorter. */
const MOST_PAGES = 10;

async function storiesInStates(
  filter: MatchFilter,
  { limit, cursor }: ReturnType<typeof pageAsked>,
  states: ReadonlySet<string>,
  { stories, triages }: ApiPorts,
): Promise<Page<Story>> {
  if (states.size === 0) return stories.queryStories(filter, { limit, cursor });
  const items: Story[] = [];
  let next: string | null = cursor;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    // No more than are still wanted, so that the cursor never passes over one.
    const page = await stories.queryStories(filter, { limit: limit - items.length, cursor: next });
    const known = byStory(await triages.getTriages(page.items.map(({ id }) => id)));
    items.push(...page.items.filter(({ id }) => states.has(stateOfTriage(known.get(id) ?? null))));
    next = page.cursor;
    if (next === null || items.length >= limit) break;
  }
  return { items, cursor: next };
}

async function withAdditions(stories: readonly Story[], asked: ReadonlySet<string>, ports: ApiPorts) {
  const ids = stories.map(({ id }) => id);
  const [reports, known] = await Promise.all([
    asked.has('report') ? newestReports(ids, ports) : null,
    asked.has('triage') ? ports.triages.getTriages(ids).then(byStory) : null,
  ]);
  return stories.map((story) => ({
    ...showStory(story),
    ...(reports === null ? {} : { report: reports.get(story.id) ?? null }),
    ...(known === null ? {} : { triage: shownTriage(known.get(story.id)) }),
  }));
}

const byStory = (triages: readonly Triage[]) => new Map(triages.map((triage) => [triage.story, triage]));
const shownTriage = (triage: Triage | undefined) => (triage === undefined ? null : publishedTriage(triage));

/** Queries at once. */
const QUERIES_AT_ONCE = 16;

/** The newest report of each story with the passages of the match that it leads with: one that is no mention in passing, where there is one. */
async function newestReports(ids: readonly string[], { hits, matches }: ApiPorts) {
  const newest = await mapConcurrently(ids, QUERIES_AT_ONCE, async (id) => {
    const { items } = await hits.hitsOfStory(id, { limit: 1, cursor: null });
    return items;
  });
  const leading = newest
    .flat()
    .map((hit) => ({ hit, lead: hit.matches.find(({ strength }) => strength !== 'weak') ?? hit.matches[0] }));
  const found = new Map(
    (await matches.getMatches(leading.flatMap(({ lead }) => lead?.id ?? []))).map((match) => [match.id, match]),
  );
  return new Map(
    leading.flatMap(({ hit, lead }) => {
      const match = lead === undefined ? undefined : found.get(lead.id);
      if (match === undefined) return [];
      return [[hit.story.id, { ...publishedReport(hit, match), passages: match.passages }] as const];
    }),
  );
}

const storyWithReportsSchema = z.strictObject({
  ...publishedStorySchema.shape,
  triage: z.optional(triageShown),
  reports: described(pageSchemaOf(publishedReportSchema), 'Newest first; `limit` and `cursor` are about these'),
  matches: z.optional(
    described(z.array(publishedMatchSchema), 'Those of these reports that are still stored. With `with=matches`'),
  ),
});

export const getStory = route({
  summary: 'One story with its reports, newest first, and why each is part of it',
  path: storyPath,
  query: storyToShowQuery,
  answers: { 200: storyWithReportsSchema },
  handle: async ({ path: { id }, query }, ports: ApiPorts) => {
    const story = existing(await ports.stories.getStory(id), 'story', id);
    const { items, cursor } = await ports.hits.hitsOfStory(id, pageAsked(query));
    const asked = wordsIn(query.with);
    const [shown] = await withAdditions([story], asked, ports);
    const ids = items.flatMap(({ matches }) => matches.map((match) => match.id));
    const matches = asked.has('matches') ? { matches: (await ports.matches.getMatches(ids)).map(showMatch) } : {};
    return ok({
      ...(shown ?? showStory(story)),
      reports: { items: await reportsOf(items, ports), cursor },
      ...matches,
    });
  },
});

export const putTriage = route({
  summary:
    'What the team has done with a story: read it, kept it, or dismissed it as not relevant or as a duplicate. Shared by all; a note stays until it is changed',
  path: storyPath,
  body: triageChangeSchema,
  answers: { 200: publishedTriageSchema },
  refusals: ['conflict'],
  handle: async ({ path: { id }, body: { revision, ...change } }, ports: ApiPorts) =>
    ok(publishedTriage(await triageStory(id, change, { by: ports.caller ?? 'API', revision }, ports))),
});

export const getStoryOfMatch = route({
  summary:
    "The story that a match's article belongs to, and the article as a report of it; none for a match from before there were stories",
  path: matchPath,
  answers: {
    200: z.strictObject({ story: publishedStorySchema, report: publishedReportSchema }),
  },
  handle: async ({ path }, ports: ApiPorts) => {
    const match = await existingMatch(path.id, ports);
    const hit = await ports.hits.getHit(articleIdSchema.parse(match.article.id));
    const story = hit === null ? null : await ports.stories.getStory(hit.story.id);
    const what = 'the story of match';
    return ok({
      story: showStory(existing(story, what, path.id)),
      report: publishedReport(existing(hit, what, path.id), match),
    });
  },
});

/** One read for all, since the matches of a hit share its article. */
async function reportsOf(hits: readonly Hit[], { matches }: ApiPorts) {
  const firsts = hits.flatMap(({ matches: [first] }): readonly MatchId[] => (first === undefined ? [] : [first.id]));
  const found = new Map((await matches.getMatches(firsts)).map((match) => [match.article.id, match]));
  return hits.map((hit) => publishedReport(hit, found.get(hit.article) ?? null));
}
