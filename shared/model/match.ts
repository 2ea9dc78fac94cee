// One topic holding in one article, with the passages that show it.

import type { Article, ArticleSource, TextOrigin } from './article.ts';
import type { FeedId } from './ids.ts';
import { type MatchId, matchIdOf } from './ids.ts';
import type { Severity } from './topic.ts';

/** [start, end): UTF-16 code units. */
export type Range = readonly [start: number, end: number];

export interface Passage {
  /** Exactly `text of that origin.slice(start, end)`: the title, the page's text, the feed's full text or its summary, in NFC. */
  readonly text: string;
  readonly field: 'title' | 'body';
  /** Which of the article's texts it comes from. A match may have passages of several; `title` where the field is the title, and only there. */
  readonly origin: TextOrigin;
  readonly start: number;
  readonly end: number;
  /** The matched words only, in the same coordinates as start and end; sorted, disjoint, inside [start, end). */
  readonly highlights: readonly Range[];
  /** Where the sentence was too long to be shown whole: it goes on beyond this edge. Absent when it is whole. */
  readonly cut?: 'start' | 'end' | 'both';
}

/** The default origin of a passage: the headline, or the main text of its article. */
export const usualOrigin = (field: Passage['field'], ofArticle: TextOrigin): TextOrigin =>
  field === 'title' ? 'title' : ofArticle;

/** The texts that a match's passages come from, each once, in the order shown; without passages, the article's main text. */
export const originsOf = ({ passages, article }: Pick<Match, 'passages' | 'article'>): readonly TextOrigin[] =>
  passages.length === 0 ? [article.origin] : [...new Set(passages.map(({ origin }) => origin))];

/** What people are shown before and after the passage. */
export const cutMarks = ({ cut }: Passage): readonly [before: string, after: string] => [
  cut === 'start' || cut === 'both' ? '…' : '',
  cut === 'end' || cut === 'both' ? '…' : '',
];

/** What the matcher says: pure matching, no article data. */
export interface TopicMatch {
  readonly topicId: string;
  readonly topicVersion: string;
  /** One to `passage.max`, in document order. */
  readonly passages: readonly Passage[];
  /** The clause that matched, as its author wrote it, with its language: `en: {forces} NEAR/8 {send}`. */
  readonly why: string;
}

/**
 * Why a match sends no alert. first_poll_old: its feed was new, and the item was older than the feed's first poll allows. old: its own
 * date is more than `alerts.maxAgeDays` before the feed first showed it.
 */
export const QUIET_REASONS = ['first_poll_old', 'old'] as const;

/** Null when people are alerted. */
export type QuietReason = (typeof QUIET_REASONS)[number] | null;

/** A stored match. */
export interface Match {
  readonly id: MatchId;
  readonly topic: {
    readonly id: string;
    readonly version: string;
    readonly title: string;
    readonly severity: Severity;
  };
  readonly article: {
    readonly id: string;
    readonly url: string;
    readonly canonicalUrl: string;
    readonly title: string;
    readonly language: string;
    readonly origin: TextOrigin;
    readonly publishedAt: string | null;
    readonly firstSeenAt: string;
    readonly extractionFailure: string | null;
  };
  /** Every feed that carried the article, the first one first. */
  readonly sources: readonly ArticleSource[];
  readonly passages: readonly Passage[];
  readonly why: string;
  /** Instants of each step, so that delay can be explained. */
  readonly times: { readonly polledAt: string; readonly matchedAt: string; readonly alertedAt: string | null };
  readonly quiet: QuietReason;
  /** `pending` until every subscriber of the moment has a delivery record. */
  readonly alertState: 'pending' | 'done';
  /** Epoch seconds after which the record may vanish. */
  readonly expiresAt: number;
}

export function buildMatch(
  article: Article,
  found: TopicMatch,
  topic: { readonly title: string; readonly severity: Severity },
  when: {
    readonly polledAt: string;
    readonly matchedAt: string;
    readonly quiet: QuietReason;
    readonly expiresAt: number;
  },
): Match {
  return {
    id: matchIdOf(found.topicId, article.id),
    topic: { id: found.topicId, version: found.topicVersion, title: topic.title, severity: topic.severity },
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
    passages: found.passages,
    why: found.why,
    times: { polledAt: when.polledAt, matchedAt: when.matchedAt, alertedAt: null },
    quiet: when.quiet,
    alertState: when.quiet === null ? 'pending' : 'done',
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
}
