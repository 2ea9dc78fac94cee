// An article with its matches becomes a hit of a story, once. What gained matches since becomes the hit's next revision.
import { ConflictError, ServiceUnavailableError } from '../../core/errors.ts';
import type { Article } from '../../model/article.ts';
import { type Hit, withMatches } from '../../model/hit.ts';
import type { Match } from '../../model/match.ts';
import { withReport } from '../../model/story.ts';
import type { Clock, HitStore, Placement, StoryCandidates, StoryStore } from '../../ports.ts';
import { keysOf, placeDocument } from '../../stories/place-document.ts';
import type { DocumentReader, StoryDocument } from '../../stories/read-document.ts';
import type { StoryVerdict } from '../../stories/story-index.ts';
import type { StoryRecord } from '../../stories/story-record.ts';
import type { WordCounts } from './word-counts.ts';

/** Each time something else was put under the same words meanwhile. */
const TRIES = 8;

export interface PlacingPorts {
  readonly hits: Pick<HitStore, 'getHit' | 'revise'>;
  readonly stories: Pick<StoryStore, 'findCandidates' | 'place'>;
  readonly documentReader: DocumentReader;
  readonly words: WordCounts;
  readonly clock: Clock;
}

/** `matches`: at least one, all stored. Safe to repeat. Throws ServiceUnavailableError when others kept changing the same story. */
export async function placeHit(
  article: Article,
  matches: readonly Match[],
  ports: PlacingPorts,
): Promise<'placed' | 'revised' | 'known'> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const known = await ports.hits.getHit(article.id);
    const outcome = known === null ? await place(article, matches, ports) : await revise(known, matches, ports);
    if (outcome !== 'conflict') return outcome;
  }
  throw new ServiceUnavailableError(`the story of article ${article.id} kept changing; gave up after ${TRIES} tries`);
}

/** Counts the words of an article in which no topic holds. */
export function countWords(
  article: Article,
  { documentReader, words }: Pick<PlacingPorts, 'documentReader' | 'words'>,
): void {
  words.add(article.language, keysOf(documentReader.read(documentOf(article))));
}

async function revise(
  known: Hit,
  matches: readonly Match[],
  { hits, clock }: PlacingPorts,
): Promise<'revised' | 'known' | 'conflict'> {
  const after = withMatches(known, matches.map(entryOf), {
    isQuiet: isQuiet(matches),
    at: clock.now().toISOString(),
  });
  return after === null ? 'known' : hits.revise(known, after);
}

async function place(article: Article, matches: readonly Match[], ports: PlacingPorts): Promise<'placed' | 'conflict'> {
  let candidates: StoryCandidates = { stories: [], keys: [] };
  const index = {
    verdictOf: async () => null,
    find: async (language: string, keys: readonly number[]) => {
      candidates = await ports.stories.findCandidates(language, keys);
      return candidates.stories.map(({ record }) => record);
    },
    put: async (_id: string, verdict: StoryVerdict, record: StoryRecord | null) => {
      const placement = placementOf(article, matches, { verdict, record, candidates }, ports.clock.now());
      // Another process may have put the hit: the next try reads it.
      if ((await ports.stories.place(placement)) !== 'placed') throw new ConflictError('placed meanwhile');
    },
  };
  const { informationIn } = await ports.words
    .statistics()
    .then((all) => ({ informationIn: all.informationIn.bind(all) }));
  const statistics = {
    informationIn,
    add: (language: string, words: Iterable<number>) => ports.words.add(language, words),
  };
  try {
    await placeDocument(documentOf(article), { reader: ports.documentReader, statistics, index });
    return 'placed';
  } catch (error) {
    if (error instanceof ConflictError) return 'conflict';
    throw error;
  }
}

function placementOf(
  article: Article,
  matches: readonly Match[],
  found: {
    readonly verdict: StoryVerdict;
    readonly record: StoryRecord | null;
    readonly candidates: StoryCandidates;
  },
  now: Date,
): Placement {
  const { verdict, record, candidates } = found;
  const before = candidates.stories.find(({ story }) => story.id === verdict.story) ?? null;
  const hit: Hit = {
    article: article.id,
    story: {
      id: verdict.story,
      kind: verdict.kind,
      reason: verdict.reason,
      news: verdict.news,
      texts: record?.texts ?? 1,
    },
    matches: matches.map(entryOf),
    firstSeenAt: article.firstSeenAt,
    revision: 1,
    newFrom: 0,
    alertState: isQuiet(matches) ? 'done' : 'pending',
    changedAt: now.toISOString(),
    expiresAt: Math.max(...matches.map(({ expiresAt }) => expiresAt)),
  };
  const { title, language, source } = article;
  const story = withReport(before?.story ?? null, { hit, title, language, source });
  return { hit, story, record, before, candidates };
}

const entryOf = ({ id, topic }: Match): Hit['matches'][number] => ({ id, topic: topic.id, severity: topic.severity });

/** All matches of one article are quiet or none is. */
const isQuiet = (matches: readonly Match[]): boolean => matches.every(({ quiet }) => quiet !== null);

/** A date after the article was first seen says nothing about the order of reports. */
function documentOf({ id, title, text, language, publishedAt, firstSeenAt }: Article): StoryDocument {
  const isTimeKnown = publishedAt !== null && publishedAt <= firstSeenAt;
  return { id, title, text, language, timeMs: Date.parse(isTimeKnown ? publishedAt : firstSeenAt), isTimeKnown };
}
