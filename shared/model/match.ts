// One topic holding in one article, with the passages that show it.

import * as z from 'zod/mini';
import { type Article, articleSourceSchema, type TextOrigin, textOrigin } from './article.ts';
import { type FeedId, matchIdOf } from './ids.ts';
import {
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
import { SEVERITIES } from './severity.ts';
import { type MatchFeatures, PROMINENCES, type Prominence, STRENGTHS, type Strength } from './strength.ts';

/** What the published shape of a match calls itself; docs/adr/0015-one-public-shape.md says when the number rises. */
export const MATCH_V1 = 'tocsin.match.v1';

// Bounds in bytes of UTF-8. Their sum, with keys and field names, is under 31 KB in the worst case; the codec's test adds it up.
const LONGEST_TITLE = 1_000;
const LONGEST_TEXT = 500;
const LONGEST_URL = 2_048;
/** BCP 47 tags are at most 35 characters long. */
const LONGEST_LANGUAGE = 35;
/** An article that this many feeds carry is not told apart further. */
export const MOST_SOURCES = 32;

/** [start, end): UTF-16 code units. */
export type Range = readonly [start: number, end: number];

const range = () => z.tuple([z.int(), z.int()]);

/**
 * Offsets count in one way everywhere: UTF-16 code units into the text of the passage's origin, end exclusive. The origin is stored only where
 * it is not the usual one (`usualOrigin`), so records from before it was kept are read correctly.
 */
const passageSchema = named(
  'Passage',
  z.strictObject({
    text: described(
      z.string(),
      "Exactly that part of the origin's text, in NFC; where it is too long to be stored, its beginning and ` […]`",
    ),
    field: z.enum(['title', 'body']),
    origin: stored(
      described(
        textOrigin(),
        "The text it comes from: the page's (`article`), the feed's full text (`feed`), its `summary`, or the headline (`title`)",
      ),
      { mayBeMissing: true },
    ),
    start: described(z.int(), 'UTF-16 code units into the text of the origin'),
    end: described(z.int(), 'UTF-16 code units into the text of the origin, exclusive'),
    highlights: described(
      z.array(range()),
      'The matched words: [start, end) pairs in the same coordinates as start and end; sorted, disjoint, inside the passage',
    ),
    cut: described(
      z.optional(z.enum(['start', 'end', 'both'])),
      'The edge at which the sentence was cut because it was too long to show; absent when it is whole',
    ),
  }),
);

export type Passage = Immutable<z.infer<typeof passageSchema>>;

/**
 * Why a match sends no alert. first_poll_old: its feed was new, and the item was older than the feed's first poll allows. old: its own
 * date is more than `alerts.maxAgeDays` before the feed first showed it.
 */
const QUIET_REASONS = ['first_poll_old', 'old'] as const;

/** A new field of a match is a line here: its record, API, event, JSON Schema, CSV and command output follow. */
const publicShape = {
  id: described(matchId(), 'The same for the same topic and article'),
  topic: z.strictObject({
    id: z.string(),
    version: described(z.string(), 'Version of the definition that matched'),
    title: stored(z.string(), { cutTo: LONGEST_TEXT }),
    severity: z.enum(SEVERITIES),
  }),
  article: z.strictObject({
    id: z.string(),
    url: stored(described(z.string(), 'As the feed gave it; empty where it gave none'), { leftOutAbove: LONGEST_URL }),
    canonicalUrl: stored(described(z.string(), 'Without tracking parameters, fragment and default port'), {
      leftOutAbove: LONGEST_URL,
    }),
    title: stored(z.string(), { cutTo: LONGEST_TITLE }),
    language: stored(described(z.string(), 'Primary BCP 47 tag; `und` where it is not known'), {
      cutTo: LONGEST_LANGUAGE,
    }),
    origin: described(textOrigin(), "The article's main text: where most passages come from"),
    publishedAt: described(nullableInstant(), 'Null where the feed gave no readable date'),
    firstSeenAt: instant(),
    extractionFailure: stored(
      described(nullableText(), "Why the page's text could not be used; null when nothing failed"),
      { cutTo: LONGEST_TEXT, read: withoutAdvice },
    ),
  }),
  sources: stored(described(z.array(articleSourceSchema), 'The feeds that carried the article, the first one first'), {
    atMost: MOST_SOURCES,
  }),
  passages: described(z.array(passageSchema), 'In the order of the document'),
  why: stored(
    described(
      z.string(),
      'The clause that matched, as its author wrote it, with its language: `en: {forces} NEAR/8 {send}`',
    ),
    { cutTo: LONGEST_TITLE },
  ),
  strength: described(
    z._default(z.enum(STRENGTHS), 'fair'),
    'How much of the article the topic is. `weak`: mentioned in passing; it alerts only those who ask for it',
  ),
  prominence: stored(
    described(
      z.enum(PROMINENCES),
      "Where the earliest evidence stands; `lead`: the first three sentences, or the feed's summary",
    ),
    { mayBeMissing: true },
  ),
  times: described(
    z.strictObject({ polledAt: instant(), matchedAt: instant(), alertedAt: nullableInstant() }),
    'When each step was done, so that delay can be explained; alertedAt is null until every alert has been prepared',
  ),
  quiet: described(
    z.nullable(z.enum(QUIET_REASONS)),
    'Why it sends no alert: too old at the first poll of its feed, or by its own date; null when people are alerted',
  ),
};

export const matchSchema = z.strictObject({
  ...publicShape,
  // Internal: these never leave.
  /** `pending` only in records from before there were hits: alerts are still to be prepared for the match itself. */
  alertState: z.enum(['pending', 'done']),
  expiresAt: expiry(),
});

/** A stored match: one topic holding in one article. */
export type Match = Immutable<z.infer<typeof matchSchema>>;

/** `match.v1`: what API, events, files and commands show. */
export const publishedMatchSchema = named(
  'Match',
  z.strictObject({
    schema: z.literal(MATCH_V1),
    ...publicShape,
    link: described(
      nullableText(),
      'The article, opened at the passage where the browser can do that (URL text fragment); null where there is no web address',
    ),
  }),
);

export type PublishedMatch = Immutable<z.infer<typeof publishedMatchSchema>>;

/** `link` is made by `linkToMatch` in shared/alerts. */
export const publishedMatch = (match: Match, link: string | null): PublishedMatch =>
  pick(publishedMatchSchema, { schema: MATCH_V1, ...match, link });

/** Null when people are alerted. */
export type QuietReason = Match['quiet'];

/** The default origin of a passage: the headline, or the main text of its article. */
export const usualOrigin = (field: Passage['field'], ofArticle: TextOrigin): TextOrigin =>
  field === 'title' ? 'title' : ofArticle;

/** The texts that a match's passages come from, each once, in the order shown; without passages, the article's main text. */
export const originsOf = ({ passages, article }: Pick<Match, 'passages' | 'article'>): readonly TextOrigin[] =>
  passages.length === 0 ? [article.origin] : [...new Set(passages.map(({ origin }) => origin))];

/** What the matcher says: pure matching, no article data. */
export interface TopicMatch {
  readonly topicId: string;
  readonly topicVersion: string;
  /** One to `passage.max`, in document order. */
  readonly passages: readonly Passage[];
  /** The clause that matched, as its author wrote it, with its language: `en: {forces} NEAR/8 {send}`. */
  readonly why: string;
  readonly strength: Strength;
  readonly prominence: Prominence;
  /** What the strength is made of. */
  readonly features: MatchFeatures;
}

/** What `match.v1` shows of a match that is not stored: of a document without feed, article or time. */
export type FoundMatch = Pick<PublishedMatch, 'topic' | 'passages' | 'why' | 'strength' | 'prominence'>;

export const foundMatch = (found: TopicMatch, topic: Pick<Match['topic'], 'title' | 'severity'>): FoundMatch => ({
  topic: { id: found.topicId, version: found.topicVersion, title: topic.title, severity: topic.severity },
  passages: found.passages,
  why: found.why,
  strength: found.strength,
  prominence: found.prominence,
});

/** Of a match that was stored before prominence was: as far as its passages show it. */
export function prominenceOf(passages: readonly Passage[]): Prominence {
  if (passages.some(({ field }) => field === 'title')) return 'headline';
  return passages.some(({ origin }) => origin === 'summary') ? 'lead' : 'body';
}

export function buildMatch(
  article: Article,
  found: TopicMatch,
  topic: Pick<Match['topic'], 'title' | 'severity'>,
  when: {
    readonly polledAt: string;
    readonly matchedAt: string;
    readonly quiet: QuietReason;
    readonly expiresAt: number;
  },
): Match {
  return {
    id: matchIdOf(found.topicId, article.id),
    ...foundMatch(found, topic),
    article: {
      id: article.id,
      url: article.url,
      canonicalUrl: article.canonicalUrl,
      title: article.title,
      language: article.language,
      origin: article.origin,
      publishedAt: article.publishedAt,
      firstSeenAt: article.firstSeenAt,
      extractionFailure: article.extractionFailure,
    },
    sources: [article.source],
    times: { polledAt: when.polledAt, matchedAt: when.matchedAt, alertedAt: null },
    quiet: when.quiet,
    alertState: 'done',
    expiresAt: when.expiresAt,
  };
}

export interface MatchFilter {
  readonly topic?: string;
  readonly feedId?: FeedId;
  /** First seen at or after / before; RFC 3339. */
  readonly since?: string;
  readonly until?: string;
  /** Host or part of the source's title, case-insensitive. */
  readonly source?: string;
  readonly language?: string;
  /** Part of the headline or of a passage, case-insensitive. */
  readonly text?: string;
  readonly strength?: Strength;
  readonly prominence?: Prominence;
}

/**
 * Earlier versions stored the whole message of a failure: the address, what happened, and what the operator may do about it. Readers
 * are shown what happened.
 */
function withoutAdvice(failure: string): string {
  return /^https?:\/\/\S+: (.*?)\.(?: \p{Lu}.*)?$/su.exec(failure)?.[1] ?? failure;
}
