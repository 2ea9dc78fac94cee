// GET /v1/stories: reports of one event, together; and the story that a match belongs to.
import * as z from 'zod/mini';
import { type Hit, publishedReport, publishedReportSchema } from '../../model/hit.ts';
import type { MatchId } from '../../model/ids.ts';
import { pageSchemaOf } from '../../model/page.ts';
import { described } from '../../model/schema.ts';
import { publishedStorySchema } from '../../model/story.ts';
import { existing, ok, pageAsked, shownPage } from '../answers.ts';
import type { ApiPorts } from '../api-ports.ts';
import { matchFilterOf, mustExist } from '../match-filter.ts';
import { articleIdSchema, matchPath, storyPath } from '../path-ids.ts';
import { route } from '../route.ts';
import { pageQuery, storiesQuery } from '../schemas.ts';
import { showStory } from '../views.ts';
import { existingMatch } from './matches.ts';

export const listStories = route({
  summary:
    'Stories, the one reported last first. `since` and `until` are about the last report, `text` about headlines, the other filters about any report',
  query: storiesQuery,
  answers: { 200: pageSchemaOf(publishedStorySchema) },
  handle: async ({ query }, ports: ApiPorts) => {
    const filter = matchFilterOf(query, ports.clock.now());
    const page = await ports.stories.queryStories(filter, pageAsked(query));
    if (page.items.length === 0 && page.cursor === null) await mustExist(filter, ports);
    return ok(shownPage(page, showStory));
  },
});

const storyWithReportsSchema = z.strictObject({
  ...publishedStorySchema.shape,
  reports: described(pageSchemaOf(publishedReportSchema), 'Newest first; `limit` and `cursor` are about these'),
});

export const getStory = route({
  summary: 'One story with its reports, newest first, and why each is part of it',
  path: storyPath,
  query: pageQuery,
  answers: { 200: storyWithReportsSchema },
  handle: async ({ path: { id }, query }, ports: ApiPorts) => {
    const story = existing(await ports.stories.getStory(id), 'story', id);
    const { items, cursor } = await ports.hits.hitsOfStory(id, pageAsked(query));
    return ok({ ...showStory(story), reports: { items: await reportsOf(items, ports), cursor } });
  },
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
