// A feed as we follow it, what one fetch of it gave, and how it fares.
import type { FetchFailureKind } from '../core/errors.ts';
import type { FeedId } from './ids.ts';

/** Whether article pages are fetched: `auto` only where the feed's own text is short. */
export type FullTextPolicy = 'auto' | 'always' | 'never';

/** What an operator says of a feed. */
export interface FeedSettings {
  /** Address as added (http or https), fragment removed. */
  readonly url: string;
  /** Shown in alerts; the feed's own title is used where this is empty. */
  readonly title: string;
  /** Folder of the OPML it came from, `/`-separated; empty for none. */
  readonly folder: string;
  /** BCP 47 primary language the operator states, or null to use the feed's word or detection. */
  readonly language: string | null;
  readonly fullText: FullTextPolicy;
  /** False: known but not polled. */
  readonly active: boolean;
}

/** Why a feed is failing. Null in `PollState` when the last poll was good. */
export interface FeedFailure {
  readonly kind: FetchFailureKind;
  /** One line: what happened and the cure. */
  readonly message: string;
  /** Instant of the first failed poll of this run of failures. */
  readonly since: string;
  /** Failed polls in a row. */
  readonly count: number;
  /** HTTP status of the last answer, where there was one. */
  readonly status?: number;
}

/** What polling knows. Written only when something other than "unchanged" happened. Instants are RFC 3339 UTC with milliseconds. */
export interface PollState {
  /** Incremented at each write; a write names the version it read and fails when another came first. */
  readonly version: number;
  /** Sent back verbatim as If-None-Match / If-Modified-Since, only to the URL that gave them. Null when the server gave none. */
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly validatorsUrl: string | null;
  /** SHA-256 of the last good body, so that a 200 with the same bytes counts as unchanged. */
  readonly bodyHash: string | null;
  /** Minutes between polls now; a multiple of the floor. */
  readonly intervalMinutes: number;
  /** Not polled before this instant (backoff, Retry-After, cache age); null when free. */
  readonly notBefore: string | null;
  /** True once a first poll was carried out whole; until then every poll is a first poll. */
  readonly baselined: boolean;
  readonly failure: FeedFailure | null;
  /** Last good poll that this record tells of. Polls of an unchanged feed are not written down: they follow from its group (feed-health.ts). */
  readonly lastChangedPollAt: string | null;
  /** When an item not seen before last appeared; after the first poll, the date of its newest item. */
  readonly lastNewItemAt: string | null;
  /** New items per day, exponentially weighted; at first by the dates of its items. Null where nothing tells. */
  readonly itemsPerDay: number | null;
  /** Minutes between polls that the publisher's last document asked for (ttl, sy:updatePeriod); 0 when it did not say. */
  readonly askedMinutes: number;
  /** The longest interval that its caching headers have asked for since the last new item, in minutes; 0 for no more than the floor. */
  readonly freshMinutes: number;
  /** UTC hours in which it asked not to be polled (skipHours): bit n stands for hour n; 0 for none. */
  readonly skippedHours: number;
  /** Where the text of recent items came from, for "text quality"; null before the first item. */
  readonly textOrigin: 'article' | 'feed' | 'summary' | 'title' | null;
  /** A permanent redirect under observation: adopted after 3 good polls over at least a day. */
  readonly redirect: { readonly url: string; readonly firstAt: string; readonly count: number } | null;
  /** Set when the publisher answered 410: polling stops until a human acts. */
  readonly goneAt: string | null;
  /** Feed's own words, from its last good document. */
  readonly ownTitle: string | null;
  readonly siteUrl: string | null;
  readonly ownLanguage: string | null;
  /** Items in the last good document. */
  readonly itemCount: number | null;
  /** The first good poll of those that brought no item at all; null while there are items. */
  readonly emptySince: string | null;
  /** When the publisher last sent the document itself, not "not modified"; null if not recorded. */
  readonly sentWholeAt: string | null;
  /** Its "not modified" turned out to be wrong: until this time the document is requested without conditions. */
  readonly validatorsIgnoredUntil: string | null;
  /** New items whose own date was too old for an alert; the count restarts after 30 days without one. */
  readonly oldItems: OldItems | null;
}

export interface OldItems {
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

/** As many as one request may add: a list of thousands is a hundred requests. */
export const MOST_FEEDS_A_REQUEST = 100;

export interface Feed extends FeedSettings {
  readonly id: FeedId;
  readonly addedAt: string;
  /** The poll group (about 25 feeds polled by one message). */
  readonly pollBatch: string;
  readonly state: PollState;
}

/** About 25 feeds that one message polls. */
export interface PollBatch {
  readonly id: string;
  readonly feedIds: readonly FeedId[];
  /** The slot (minute, RFC 3339) whose poll was carried out last; null before the first. */
  readonly lastSlot: string | null;
  /** When that poll ended. */
  readonly lastPolledAt: string | null;
}

/** One answer of a publisher. Failures are thrown as FetchFailedError. */
export type FetchedFeed =
  | {
      readonly kind: 'changed';
      readonly body: Uint8Array;
      readonly contentType: string | undefined;
      /** The URL after redirects: base of relative links. */
      readonly finalUrl: string;
      /** Set when every hop was 301 or 308. */
      readonly movedTo: string | null;
      readonly etag: string | null;
      readonly lastModified: string | null;
      /** Seconds during which the publisher asks not to be asked again (Cache-Control max-age, Expires); null when not said. */
      readonly freshSeconds: number | null;
    }
  | {
      readonly kind: 'unchanged';
      readonly freshSeconds: number | null;
      /** As above; undefined where the fetcher does not tell. */
      readonly movedTo?: string | null;
    };

export const initialPollState = (intervalMinutes: number): PollState => ({
  version: 0,
  etag: null,
  lastModified: null,
  validatorsUrl: null,
  bodyHash: null,
  intervalMinutes,
  notBefore: null,
  baselined: false,
  failure: null,
  lastChangedPollAt: null,
  lastNewItemAt: null,
  itemsPerDay: null,
  askedMinutes: 0,
  freshMinutes: 0,
  skippedHours: 0,
  textOrigin: null,
  redirect: null,
  goneAt: null,
  ownTitle: null,
  siteUrl: null,
  ownLanguage: null,
  itemCount: null,
  emptySince: null,
  sentWholeAt: null,
  validatorsIgnoredUntil: null,
  oldItems: null,
});

/** Keys of items seen, in the feed's last document and before. See shared/feeds/feed-memory.ts for what is kept how long. */
export interface FeedMemory {
  /** Keys (12 hex digits) of the last document, and of a few items that left it; one key of each item is followed by its note. */
  readonly current: ReadonlySet<string>;
  /** Keys that left the document, by the ISO week in which they were last in it: `2026-W47`. */
  readonly past: ReadonlyMap<string, ReadonlySet<string>>;
}

/** `intervalMinutes`: how often it is polled until its own pace is known. */
export type NewFeed = FeedSettings & {
  readonly id: FeedId;
  readonly addedAt: string;
  readonly intervalMinutes: number;
};

/** What operators were notified of: a feed is failing for long (shared/feeds/long-failure.ts), or its publisher has ended it. */
export type FeedIncident = 'failing' | 'gone';
