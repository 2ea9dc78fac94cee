// GET /v1/matches, and the deliveries of a match.
import type { MatchId } from '../../model/ids.ts';
import { type Match, publishedMatchSchema } from '../../model/match.ts';
import { pageSchemaOf } from '../../model/page.ts';
import { publishedDeliverySchema } from '../../model/subscription.ts';
import { existing, ok, onePage, pageAsked, shownPage } from '../answers.ts';
import type { ApiPorts } from '../api-ports.ts';
import { matchFilterOf, mustExist } from '../match-filter.ts';
import { articleIdSchema, matchPath } from '../path-ids.ts';
import { route } from '../route.ts';
import { matchesQuery } from '../schemas.ts';
import { showDelivery, showMatch } from '../views.ts';

export const listMatches = route({
  summary: 'Stored matches, newest first',
  query: matchesQuery,
  answers: { 200: pageSchemaOf(publishedMatchSchema) },
  handle: async ({ query }, ports: ApiPorts) => {
    const filter = matchFilterOf(query, ports.clock.now());
    const page = await ports.matches.queryMatches(filter, pageAsked(query));
    if (page.items.length === 0 && page.cursor === null) await mustExist(filter, ports);
    return ok(shownPage(page, showMatch));
  },
});

export const getMatch = route({
  summary: 'One match, with its passages and why it matched',
  path: matchPath,
  answers: { 200: publishedMatchSchema },
  handle: async ({ path: { id } }, ports: ApiPorts) => ok(showMatch(await existingMatch(id, ports))),
});

export const listDeliveriesOfMatch = route({
  summary: 'Who was alerted to a match, how and when: its own event, and the alerts of its article that name it',
  path: matchPath,
  answers: { 200: pageSchemaOf(publishedDeliverySchema) },
  handle: async ({ path }, ports: ApiPorts) => {
    const { id, article } = await existingMatch(path.id, ports);
    const [ofMatch, ofArticle] = await Promise.all([
      ports.deliveries.deliveriesOfMatch(id),
      ports.deliveries.deliveriesOfHit(articleIdSchema.parse(article.id)),
    ]);
    const found = [...ofMatch, ...ofArticle.filter(({ matchIds }) => matchIds.includes(id))];
    return ok(onePage(found.map(showDelivery)));
  },
});

/** Throws NotFoundError. */
export const existingMatch = async (id: MatchId, { matches }: ApiPorts): Promise<Match> =>
  existing(await matches.getMatch(id), 'match', id);
