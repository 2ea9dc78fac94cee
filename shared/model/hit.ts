// A hit: one article in which at least one topic holds, with all its matches and its place in a story.
import * as z from 'zod/mini';
import { articleSourceSchema } from './article.ts';
import type { Match } from './match.ts';
import {
  articleId,
  described,
  expiry,
  type Immutable,
  instant,
  matchId,
  named,
  nullableInstant,
  nullableText,
  pick,
  stored,
} from './schema.ts';
import { SEVERITIES, type Severity } from './severity.ts';
import { STRENGTHS } from './strength.ts';

/** What a hit is to its story. `first` starts it, `new` brings something new; `same` and `copy` bring nothing. */
const STORY_KINDS = ['first', 'copy', 'same', 'new'] as const;
export type StoryKind = (typeof STORY_KINDS)[number];

/** A reason is a line for people. */
const LONGEST_REASON = 500;
/** Words that a hit brought to its story. */
const MOST_NEWS = 8;

const publicShape = {
  article: described(articleId(), 'The article; the id of the hit, too'),
  story: described(
    z.strictObject({
      id: z.string(),
      kind: z.enum(STORY_KINDS),
      reason: stored(described(z.string(), 'Why it is there: the deciding words stand between asterisks'), {
        cutTo: LONGEST_REASON,
      }),
      news: stored(
        described(z.array(stored(z.string(), { cutTo: 100 })), 'What it brought that the story did not have, in words'),
        { atMost: MOST_NEWS },
      ),
      texts: described(z.int(), 'Independent texts of the story, this one included; copies count as one'),
    }),
    'Its place among the reports of the same event',
  ),
  matches: described(
    z.array(
      z.strictObject({
        id: matchId(),
        topic: z.string(),
        severity: z.enum(SEVERITIES),
        strength: z._default(z.enum(STRENGTHS), 'fair'),
      }),
    ),
    'All topics that hold in the article',
  ),
  firstSeenAt: instant(),
};

export const hitSchema = z.strictObject({
  ...publicShape,
  // Internal: these never leave.
  /** 1 at first; one more each time the article matched further topics, because its page was read later or it was edited. */
  revision: z.int(),
  /** Subscribers were alerted to the matches before this place in the list. */
  newFrom: z.int(),
  /** `pending` until every subscriber of the moment has a delivery record. A quiet hit is `done` from the start. */
  alertState: z.enum(['pending', 'done']),
  /** Where a pending hit with very many subscribers stands: those up to here have their record for this revision. Null: none has. */
  expandedTo: z._default(nullableText(), null),
  /** When the sweep looks whether each of its deliveries was tried, those that were not getting a due time of their own; null: nothing to look at. */
  checkAt: z._default(nullableInstant(), null),
  changedAt: instant(),
  expiresAt: expiry(),
});

export type Hit = Immutable<z.infer<typeof hitSchema>>;
export type HitMatch = Hit['matches'][number];

/** A match as its hit names it. */
export const hitMatchOf = ({ id, topic, strength }: Pick<Match, 'id' | 'topic' | 'strength'>): HitMatch => ({
  id,
  topic: topic.id,
  severity: topic.severity,
  strength,
});

/** What the API shows of a hit; the matches themselves are asked for by id. */
const publishedHitSchema = named('Hit', z.strictObject(publicShape));
export type PublishedHit = Immutable<z.infer<typeof publishedHitSchema>>;

export const publishedHit = (hit: Hit): PublishedHit => pick(publishedHitSchema, hit);

/** A hit as a report of its story: with what people call the article by. */
export const publishedReportSchema = named(
  'Report',
  z.strictObject({
    ...publicShape,
    title: described(nullableText(), "The article's headline; null when its matches are no longer stored"),
    url: described(nullableText(), "The article's address as its feed gave it; null without one"),
    sources: described(z.array(articleSourceSchema), 'The feeds that carried the article, the first one first'),
  }),
);
export type PublishedReport = Immutable<z.infer<typeof publishedReportSchema>>;

/** `match`: any of the hit's matches, since they share the article; null when none is stored. */
export const publishedReport = (hit: Hit, match: Match | null): PublishedReport =>
  pick(publishedReportSchema, {
    ...hit,
    title: match?.article.title ?? null,
    url: match?.article.url || null,
    sources: match?.sources ?? [],
  });

/** Of what was found, the matches that the hit does not have, and those that it has as weak and that are stronger now. */
export const gainedBy = ({ matches }: Pick<Hit, 'matches'>, found: readonly HitMatch[]): readonly HitMatch[] =>
  found.filter(({ id, strength }) => {
    const known = matches.find((match) => match.id === id);
    return known === undefined || (known.strength === 'weak' && strength !== 'weak');
  });

/**
 * The hit with what it gained; null when that is nothing. Each time it is another revision, so that a sender who works on
 * the one before neither settles what it has not seen nor repeats an id.
 */
export function withMatches(
  hit: Hit,
  found: readonly HitMatch[],
  when: { readonly isQuiet: boolean; readonly at: string },
): Hit | null {
  const gained = gainedBy(hit, found);
  if (gained.length === 0) return null;
  const isKept = ({ id }: HitMatch): boolean => gained.every((match) => match.id !== id);
  const kept = hit.matches.filter(isKept);
  const isPending = hit.alertState === 'pending';
  return {
    ...hit,
    matches: [...kept, ...gained],
    revision: hit.revision + 1,
    newFrom: isPending ? hit.matches.slice(0, hit.newFrom).filter(isKept).length : kept.length,
    alertState: isPending || !when.isQuiet ? 'pending' : 'done',
    expandedTo: null,
    changedAt: when.at,
  };
}

export const newMatchesOf = ({ matches, newFrom }: Hit): readonly HitMatch[] => matches.slice(newFrom);

/** Of a list that is not empty. */
export const gravest = (severities: readonly Severity[]): Severity =>
  SEVERITIES.findLast((each) => severities.includes(each)) ?? 'low';
