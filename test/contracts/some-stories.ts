// What the contracts of hits, of stories and of their readers share.
import type { Hit, HitMatch } from '../../shared/model/hit.ts';
import { matchIdOf } from '../../shared/model/ids.ts';
import type { Severity } from '../../shared/model/severity.ts';
import { withReport } from '../../shared/model/story.ts';
import type { KnownStory, Placement, StoryCandidates } from '../../shared/ports.ts';
import type { StoryRecord } from '../../shared/stories/story-record.ts';
import { aHit, aMatch, anArticle, later } from '../support/builders.ts';
import type { Subject } from './store-contract.ts';

export const NOTHING_FOUND: StoryCandidates = { stories: [], keys: [] };

export const matchOf = (topic: string, severity: Severity = 'medium'): HitMatch => ({
  id: matchIdOf(topic, anArticle().id),
  topic,
  severity,
  strength: 'strong',
});

/** A hit of its own article, so many milliseconds after the start. */
export const hitAt = (ms: number, story: string, change: Partial<Hit> = {}): Hit => {
  const hit = aHit({}, [aMatch({ articleId: `article-${ms}`, firstSeenAt: later(ms) })]);
  return { ...hit, story: { ...hit.story, id: story }, ...change };
};

/** What recognises the next report of a story under these keys. */
export const aStoryRecord = (id: string, lookupKeys: readonly number[] = []): StoryRecord => ({
  id,
  language: 'en',
  lookupKeys,
  firstAtMs: 0,
  lastAtMs: 0,
  reports: 1,
  texts: 1,
  centroidKeys: [1, 2],
  centroidWeights: [0.5, 0.25],
  centroidLength: 0.56,
  newest: [],
  known: [1, 2],
  names: [2],
  labels: [],
});

/** The hit's story as it is after it. */
export const placementOf = (
  hit: Hit,
  {
    before = null,
    keys = [],
    candidates = NOTHING_FOUND,
    title = 'Convoy crosses the river',
    source = anArticle().source,
  }: {
    readonly before?: KnownStory | null;
    readonly keys?: readonly number[];
    readonly candidates?: StoryCandidates;
    readonly title?: string;
    readonly source?: Placement['story']['sources'][number];
  } = {},
): Placement => ({
  hit,
  story: withReport(before?.story ?? null, { hit, title, language: 'en', source }),
  record: before?.record ?? aStoryRecord(hit.story.id, keys),
  before,
  candidates,
});

/** Under keys that no other hit has: the hit decides nothing about the rest. */
export async function placeAlone(
  { stories }: Pick<Subject, 'stories'>,
  hit: Hit = aHit(),
): Promise<'placed' | 'known' | 'conflict'> {
  const key = [...hit.story.id].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) | 0, 7);
  const candidates = await stories.findCandidates('en', [key]);
  const before = candidates.stories.find(({ story }) => story.id === hit.story.id) ?? null;
  return stories.place(placementOf(hit, { before, keys: [key], candidates }));
}
