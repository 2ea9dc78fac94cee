// An item made ours: stable id, canonical URL, plain text, instants in UTC. Nothing after this point sees HTML or XML.
import * as z from 'zod/mini';
import type { ArticleId } from './ids.ts';
import { described, feedId, type Immutable, stored } from './schema.ts';

/** Where a text came from: the article's page, the feed's full text, the feed's summary, or the headline. */
const TEXT_ORIGINS = ['article', 'feed', 'summary', 'title'] as const;
export type TextOrigin = (typeof TEXT_ORIGINS)[number];
export const textOrigin = () => z.enum(TEXT_ORIGINS);

export const articleSourceSchema = z.strictObject({
  feedId: feedId(),
  title: stored(described(z.string(), 'Name of the feed, as shown to people'), { cutTo: 120 }),
  host: stored(
    described(
      z.string(),
      "Host of the article's URL, or of the feed if the article has no address; lower case, without `www.`",
    ),
    { cutTo: 100 },
  ),
});

export type ArticleSource = Immutable<z.infer<typeof articleSourceSchema>>;

export interface Article {
  readonly id: ArticleId;
  /** As the feed gave it; empty when the item has none. */
  readonly url: string;
  /** Tracking parameters, fragment and default port removed; equals `url`'s identity. */
  readonly canonicalUrl: string;
  readonly title: string;
  /** Plain text in NFC, paragraphs separated by a blank line, without the title. May be empty. */
  readonly text: string;
  readonly origin: TextOrigin;
  /** What the feed adds to `text`: sentences of its summary and content that are neither there nor in the title. Often empty. */
  readonly more: readonly ExtraText[];
  /**
   * Primary BCP 47 tag: as stated, unless the text is clearly in another language; else as detected. `und` when unknown; `sh` for
   * Croatian, Bosnian or Serbian in Latin letters, if nothing states which.
   */
  readonly language: string;
  readonly authors: readonly string[];
  /** Categories from the feed: labels and terms. Empty in messages from before they were kept. */
  readonly categories: readonly string[];
  readonly source: ArticleSource;
  /** RFC 3339 UTC, null when the feed gave no readable date. */
  readonly publishedAt: string | null;
  readonly firstSeenAt: string;
  /** Why the page's text is not used although it was wanted; null when nothing failed. */
  readonly extractionFailure: string | null;
  /** True when the text was cut to fit a bound. */
  readonly truncated: boolean;
}

/** A part of another text that is matched in addition to the main one. */
export interface ExtraText {
  readonly text: string;
  readonly origin: TextOrigin;
  /** Where it begins in the whole text of that origin, UTF-16 code units; passages give their places in that text. */
  readonly start: number;
  /** Whether `lead:` includes it, such as the feed's short summary. */
  readonly isLead: boolean;
}

/** What the matcher reads of an article; every document that has a title and a text will do. */
export interface MatchableDocument {
  readonly title: string;
  readonly text: string;
  /** What `text` is; absent: `article`. */
  readonly origin?: TextOrigin;
  /** Matched together with `text`. Words of two texts are never near each other, or in one phrase, sentence or paragraph. */
  readonly more?: readonly ExtraText[];
  readonly language?: string;
  readonly url?: string;
  /** Source name and host, both searched by `source:`. */
  readonly source?: { readonly title: string; readonly host: string } | string;
  readonly authors?: readonly string[];
  readonly categories?: readonly string[];
  /** RFC 3339, or a day, 2026-11-30; what happened is judged as news or history against it. Absent: today. */
  readonly publishedAt?: string;
}

export interface FetchedPage {
  readonly html: string;
  readonly finalUrl: string;
}

export type Extraction =
  | {
      readonly ok: true;
      /** Plain text, paragraphs separated by a blank line. */
      readonly text: string;
      readonly title: string | null;
      /** rel=canonical of the page when it may be believed, else null. */
      readonly canonicalUrl: string | null;
      readonly language: string | null;
    }
  | { readonly ok: false; readonly reason: string };
