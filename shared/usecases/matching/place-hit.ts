// An article with its matches becomes a hit of a story, once. What gained matches since becomes the hit's next revision.
import { ConflictError, ServiceUnavailableError } from '../../core/errors.ts';
import type { Article } from '../../model/article.ts';
import { gainedBy, type Hit, hitMatchOf, withMatches } from '../../model/hit.ts';
import type { Match } from '../../model/match.ts';
import { withReport } from '../../model/story.ts';
import type { Clock, HitStore, MatchStore, Placement, StoryCandidates, StoryStore } from '../../ports.ts';
import { keysOf, placeDocument } from '../../stories/place-document.ts';
import type { StoryDocument } from '../../stories/read-document.ts';
import type { StoryVerdict } from '../../stories/story-index.ts';
import type { StoryRecord } from '../../stories/story-record.ts';
import type { PlacingParts } from './placing-parts.ts';

/** Another try each time that something else was put under the same words meanwhile. */
const TRIES = 8;

export interface FoundMatch {
  readonly match: Match;
  /** What came of storing it. */
  readonly outcome: 'stored' | 'known';
}

export interface PlacingPorts extends PlacingParts {
  readonly matches: Pick<MatchStore, 'getMatches' | 'strengthen'>;
  readonly hits: Pick<HitStore, 'getHit' | 'revise'>;
  readonly stories: Pick<StoryStore, 'addTopics' | 'findCandidates' | 'place'>;
  readonly clock: Clock;
}

/** `found`: at least one, all stored. Safe to repeat. Throws ServiceUnavailableError when others kept changing the same story. */
export async function placeHit(
  article: Article,
  found: readonly FoundMatch[],
  ports: PlacingPorts,
): Promise<'placed' | 'revised' | 'known'> {
  const matches = found.map(({ match }) => match);
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (tries > 0) await ports.waitBeforeTry(tries);
    const known = await ports.hits.getHit(article.id);
    const outcome =
      known === null
        ? await place(article, await newestLast(found, ports), ports)
        : await revise(known, matches, ports);
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
  { matches: store, hits, stories, clock }: PlacingPorts,
): Promise<'revised' | 'known' | 'conflict'> {
  const found = matches.map(hitMatchOf);
  const after = withMatches(known, found, {
    isQuiet: isQuiet(matches),
    at: clock.now().toISOString(),
  });
  if (after === null) return 'known';
  const gained = new Set(gainedBy(known, found));
  // The hit last: after a crash it still lacks what it gained, and all is written again.
  for (const [at, match] of matches.entries())
    if (gained.has(found[at]!) && known.matches.some(({ id }) => id === match.id)) await store.strengthen(match);
  await stories.addTopics(known.story.id, [...gained]);
  return hits.revise(known, after);
}

interface Found {
  readonly matches: readonly Match[];
  /** How many of them, from the first on, need no alert. */
  readonly settled: number;
}

/**
 * For an article without a hit. A match that is stored already is either from before there were hits, and then it is quiet, was alerted, or will be
 * under its own id; or the process died before it put the hit, and then the match still needs an alert. Those that were stored just now need one.
 */
async function newestLast(found: readonly FoundMatch[], ports: PlacingPorts): Promise<Found> {
  const matches = found.map(({ match }) => match);
  const known = found.filter(({ outcome }) => outcome === 'known').map(({ match }) => match.id);
  if (known.length === 0) return { matches, settled: isQuiet(matches) ? matches.length : 0 };
  const stored = await ports.matches.getMatches(known);
  const isSettled = ({ id, quiet }: Match): boolean =>
    quiet !== null || stored.some((each) => each.id === id && needsNoAlert(each));
  const settled = matches.filter(isSettled);
  return { matches: [...settled, ...matches.filter((match) => !isSettled(match))], settled: settled.length };
}

const needsNoAlert = ({ quiet, alertState, times }: Match): boolean =>
  quiet !== null || alertState === 'pending' || times.alertedAt !== null;

async function place(article: Article, found: Found, ports: PlacingPorts): Promise<'placed' | 'conflict'> {
  let candidates: StoryCandidates = { stories: [], keys: [] };
  const index = {
    verdictOf: async () => null,
    find: async (language: string, keys: readonly number[]) => {
      candidates = await ports.stories.findCandidates(language, keys);
      return candidates.stories.map(({ record }) => record);
    },
    put: async (_id: string, verdict: StoryVerdict, record: StoryRecord | null) => {
      const placement = placementOf(article, found, { verdict, record, candidates }, ports.clock.now());
      // Another process may have put the hit: the next try reads it.
      if ((await ports.stories.place(placement)) !== 'placed') throw new ConflictError('placed meanwhile');
    },
  };
  const shared = await ports.words.statistics();
  const statistics = {
    informationIn: shared.informationIn.bind(shared),
    guessedIn: shared.guessedIn.bind(shared),
    add: (language: string, words: Iterable<number>) => ports.words.add(language, words),
  };
  try {
    await placeDocument(documentOf(article), {
      reader: ports.documentReader,
      statistics,
      index,
      turns: ports.placingTurns,
    });
    return 'placed';
  } catch (error) {
    if (error instanceof ConflictError) return 'conflict';
    throw error;
  }
}

function placementOf(
  article: Article,
  { matches, settled }: Found,
  decided: {
    readonly verdict: StoryVerdict;
    readonly record: StoryRecord | null;
    readonly candidates: StoryCandidates;
  },
  now: Date,
): Placement {
  const { verdict, record, candidates } = decided;
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
    matches: matches.map(hitMatchOf),
    firstSeenAt: article.firstSeenAt,
    revision: 1,
    expandedTo: null,
    newFrom: settled,
    alertState: settled === matches.length ? 'done' : 'pending',
    checkAt: null,
    changedAt: now.toISOString(),
    expiresAt: Math.max(...matches.map(({ expiresAt }) => expiresAt)),
  };
  const { title, language, source } = article;
  const story = withReport(before?.story ?? null, { hit, title, language, source });
  return { hit, story, record, before, candidates };
}

/** All matches of one article are quiet or none is. */
const isQuiet = (matches: readonly Match[]): boolean => matches.every(({ quiet }) => quiet !== null);

/** A date after the article was first seen says nothing about the order of reports. */
function documentOf({ id, title, text, language, publishedAt, firstSeenAt }: Article): StoryDocument {
  const isTimeKnown = publishedAt !== null && publishedAt <= firstSeenAt;
  return { id, title, text, language, timeMs: Date.parse(isTimeKnown ? publishedAt : firstSeenAt), isTimeKnown };
}
