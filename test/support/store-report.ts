// Stores an article, with a match of each of its topics, as a report of a story, without asking which story it belongs to.
import type { Hit } from '../../shared/model/hit.ts';
import type { Match } from '../../shared/model/match.ts';
import { withReport } from '../../shared/model/story.ts';
import type { Stores } from '../../shared/ports.ts';
import { aHit, aMatch, later } from './builders.ts';

export interface SomeReport {
  readonly story: string;
  /** Also the end of the article's id. */
  readonly ms?: number;
  readonly topics?: readonly string[];
  readonly place?: Partial<Hit['story']>;
  readonly title?: string;
  readonly sources?: Match['sources'];
}

/** Its hit, as it is stored. */
export async function storeReport(
  { matches, hits, stories }: Pick<Stores, 'matches' | 'hits' | 'stories'>,
  { story, ms = 0, topics = ['river-crossings'], place = {}, title = 'Convoy crosses the river', sources }: SomeReport,
): Promise<Hit> {
  const found = topics.map((topicId) => {
    const match = aMatch({ articleId: `${story}-${ms}`, firstSeenAt: later(ms), topicId });
    return { ...match, article: { ...match.article, title }, sources: sources ?? match.sources };
  });
  for (const match of found) await matches.putMatch(match);
  const hit = aHit({ story: { ...aHit().story, ...place, id: story } }, found);
  const before = await stories.getStory(story);
  const [{ article, sources: all }] = found as [Match, ...Match[]];
  const { language } = article;
  const [source] = all as [Match['sources'][number]];
  const outcome = await stories.place({
    hit,
    story: withReport(before, { hit, title, language, source }),
    record: null,
    before: null,
    candidates: { stories: [], keys: [] },
  });
  if (outcome !== 'placed') throw new Error(`a report of ${story} was not placed: ${outcome}`);
  return (await hits.getHit(hit.article)) ?? hit;
}
