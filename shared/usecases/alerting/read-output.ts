// What an output shows: the newest articles that fit it, each once, with all its matches that fit.
import { mapConcurrently } from '../../core/map-concurrently.ts';
import type { Match, MatchFilter } from '../../model/match.ts';
import type { OutputFeed } from '../../model/output.ts';
import { newestFirst } from '../../model/positions.ts';
import { severityRank } from '../../model/severity.ts';
import type { MatchStore } from '../../ports.ts';
import { EVERY_TOPIC } from '../managing/named-topics.ts';

const MOST_ENTRIES = 100;
const MATCHES_A_PAGE = 100;
/** Of one topic, or of every topic together. A filter that finds less than that much in them shows what was found. */
const MOST_PAGES = 5;
const TOPICS_AT_ONCE = 4;

/** The matches of one article, the gravest first. */
export type OutputEntry = readonly [Match, ...Match[]];

/**
 * Newest first, at most `MOST_ENTRIES`. What sends no alert because it is old is left out: a new feed's archive would push out the news. A filter by
 * source, language or text looks through the newest few thousand matches.
 */
export async function entriesOfOutput(
  output: Pick<OutputFeed, 'topics' | 'feed' | 'source' | 'lang' | 'text'>,
  matches: Pick<MatchStore, 'queryMatches'>,
): Promise<readonly OutputEntry[]> {
  const { feed, source, lang, text } = output;
  const filter: MatchFilter = {
    feedId: feed ?? undefined,
    source: source ?? undefined,
    language: lang ?? undefined,
    text: text ?? undefined,
  };
  const topics = output.topics.includes(EVERY_TOPIC) ? [undefined] : output.topics;
  const found = await mapConcurrently(topics, TOPICS_AT_ONCE, (topic) => newestArticles({ ...filter, topic }, matches));
  return entriesIn(found.flat()).slice(0, MOST_ENTRIES);
}

/** The matches of the newest articles, one more than are shown where there are so many. */
async function newestArticles(
  filter: MatchFilter,
  matches: Pick<MatchStore, 'queryMatches'>,
): Promise<readonly Match[]> {
  const found: Match[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await matches.queryMatches(filter, { limit: MATCHES_A_PAGE, cursor });
    found.push(...page.items.filter(({ quiet }) => quiet === null));
    cursor = page.cursor;
    if (cursor === null || new Set(found.map(({ article }) => article.id)).size > MOST_ENTRIES) break;
  }
  return cursor === null || filter.topic !== undefined ? found : withoutLast(found);
}

/** The next page may hold further matches of the last articles. */
function withoutLast(found: readonly Match[]): readonly Match[] {
  const last = found.at(-1)?.article.firstSeenAt;
  const whole = found.filter(({ article }) => article.firstSeenAt !== last);
  return whole.length === 0 ? found : whole;
}

function entriesIn(matches: readonly Match[]): readonly OutputEntry[] {
  const byArticle = Map.groupBy(matches, ({ article }) => article.id);
  return [...byArticle.values()]
    .map((some) => some.toSorted(gravestFirst) as unknown as OutputEntry)
    .sort(newestFirst(([{ article }]) => `${article.firstSeenAt}#${article.id}`));
}

const gravestFirst = (one: Match, other: Match): number =>
  severityRank(other.topic.severity) - severityRank(one.topic.severity) || (one.topic.id < other.topic.id ? -1 : 1);
