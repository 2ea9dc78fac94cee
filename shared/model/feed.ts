// A feed as we follow it, what one fetch of it gave, and how it fares.
import * as z from 'zod/mini';
import type { FetchFailureKind } from '../core/errors.ts';
import { textOrigin } from './article.ts';
import { type FeedHealth, feedHealthSchema, oldItemsSchema } from './feed-health.ts';
import type { FeedId } from './ids.ts';
import { described, feedId, type Immutable, instant, named, nullableText, pick, stored } from './schema.ts';

// Bounds in bytes, so that a record stays far under 32 KB whatever a publisher sends.
const LONGEST_TEXT = 1_000;
/** What must be sent back verbatim is stored whole or, when longer than this, not at all. */
const LONGEST_VERBATIM = 4_096;

const shortText = () => stored(nullableText(), { cutTo: LONGEST_TEXT });
const verbatim = () => stored(nullableText(), { leftOutAbove: LONGEST_VERBATIM });

/** Whether article pages are fetched: `auto` only where the feed's own text is short. */
export const FULL_TEXT_POLICIES = ['auto', 'always', 'never'] as const;
export type FullTextPolicy = (typeof FULL_TEXT_POLICIES)[number];

/** What an operator says of a feed. */
export const feedSettingsSchema = z.strictObject({
  url: described(z.string(), 'As added (http or https), without a fragment'),
  title: stored(described(z.string(), 'Shown in alerts'), { cutTo: LONGEST_TEXT }),
  folder: stored(described(z.string(), "The operator's grouping of feeds, `/`-separated; empty for none"), {
    name: 'group',
    cutTo: LONGEST_TEXT,
  }),
  language: described(
    nullableText(),
    "Primary BCP 47 tag that the operator states; null: the feed's word, or detection",
  ),
  fullText: described(
    z.enum(FULL_TEXT_POLICIES),
    "Whether article pages are fetched; `auto`: only where the feed's own text is short",
  ),
  active: described(z.boolean(), 'False: known, but not polled'),
});

/** `title` may be empty: then the feed's own title is shown. */
export type FeedSettings = Immutable<z.infer<typeof feedSettingsSchema>>;

/** Newer code may add kinds; a kind that this code does not know is only shown. */
const failureKind = () => z.custom<FetchFailureKind>((value) => typeof value === 'string', 'expected a text');

const feedFailureSchema = z.strictObject({
  kind: failureKind(),
  /** One line: what happened and the cure. */
  message: stored(z.string(), { cutTo: LONGEST_TEXT }),
  /** Instant of the first failed poll of this run of failures. */
  since: z.string(),
  /** Failed polls in a row. */
  count: z.number(),
  /** HTTP status of the last answer, where there was one. */
  status: z.optional(z.number()),
});

/** Why a feed is failing. Null in `PollState` when the last poll was good. */
export type FeedFailure = Immutable<z.infer<typeof feedFailureSchema>>;

/** Instants are RFC 3339 UTC with milliseconds. It never leaves as it is: `FeedHealth` is what is shown of it. */
export const pollStateSchema = z.strictObject({
  /** Incremented at each write; a write names the version it read and fails when another came first. */
  version: z.number(),
  /** Sent back verbatim as If-None-Match / If-Modified-Since, only to the URL that gave them. Null when the server gave none. */
  etag: verbatim(),
  lastModified: verbatim(),
  validatorsUrl: verbatim(),
  /** SHA-256 of the last good body, so that a 200 with the same bytes counts as unchanged. */
  bodyHash: nullableText(),
  /** Minutes between polls now; a multiple of the floor. */
  intervalMinutes: z.number(),
  /** Not polled before this instant (backoff, Retry-After, cache age); null when free. */
  notBefore: nullableText(),
  /** True once a first poll was carried out whole; until then every poll is a first poll. */
  baselined: z.boolean(),
  failure: z.nullable(feedFailureSchema),
  /** Last good poll that this record tells of. Polls of an unchanged feed are not written down: they follow from its batch (feed-health.ts). */
  lastChangedPollAt: nullableText(),
  /** When an item not seen before last appeared; after the first poll, the date of its newest item. */
  lastNewItemAt: nullableText(),
  /** New items per day, exponentially weighted; at first by the dates of its items. Null where nothing tells. */
  itemsPerDay: z.nullable(z.number()),
  /** Minutes between polls that the publisher's last document asked for (ttl, sy:updatePeriod); 0 when it did not say. */
  askedMinutes: z.number(),
  /** The longest interval that its caching headers have asked for since the last new item, in minutes; 0 for no more than the floor. */
  freshMinutes: z._default(z.number(), 0),
  /** UTC hours in which it asked not to be polled (skipHours): bit n stands for hour n; 0 for none. */
  skippedHours: z._default(z.number(), 0),
  /** Where the text of recent items came from, for "text quality"; null before the first item. */
  textOrigin: z.nullable(textOrigin()),
  /** A permanent redirect under observation: adopted after 3 good polls over at least a day. */
  redirect: z.nullable(z.strictObject({ url: z.string(), firstAt: z.string(), count: z.number() })),
  /** Set when the publisher answered 410: polling stops until a human acts. */
  goneAt: nullableText(),
  /** Feed's own words, from its last good document. */
  ownTitle: shortText(),
  siteUrl: verbatim(),
  ownLanguage: shortText(),
  /** Items in the last good document. */
  itemCount: z.nullable(z.number()),
  /** The first good poll of those that brought no item at all; null while there are items. */
  emptySince: nullableText(),
  /** When the publisher last sent the document itself, not "not modified"; null if not recorded. */
  sentWholeAt: nullableText(),
  /** Its "not modified" turned out to be wrong: until this time the document is requested without conditions. */
  validatorsIgnoredUntil: nullableText(),
  /** New items whose own date was too old for an alert; the count restarts after 30 days without one. */
  oldItems: z.nullable(oldItemsSchema),
});

/** What polling knows. Written only when something other than "unchanged" happened. */
export type PollState = Immutable<z.infer<typeof pollStateSchema>>;

/** As many as one request may add: a list of thousands is a hundred requests. */
export const MOST_FEEDS_A_REQUEST = 100;

const publicShape = { id: feedId(), ...feedSettingsSchema.shape, addedAt: instant() };

export const feedSchema = z.strictObject({
  ...publicShape,
  // Internal: these never leave.
  /** The poll batch (about 25 feeds polled by one message). */
  pollBatch: stored(z.string(), { name: 'pollGroup' }),
  /** One text instead of twenty attributes: a poll reads 25 feeds, and taking attributes apart is most of what an unchanged feed costs. */
  state: stored(pollStateSchema, { form: 'json' }),
});

export type Feed = Immutable<z.infer<typeof feedSchema>>;

/** What API and commands show of a feed. */
export const publishedFeedSchema = named('Feed', z.strictObject({ ...publicShape, health: feedHealthSchema }));

export type PublishedFeed = Immutable<z.infer<typeof publishedFeedSchema>>;

/** `title`: as people see it, never empty. */
export const publishedFeed = (feed: Feed, title: string, health: FeedHealth): PublishedFeed =>
  pick(publishedFeedSchema, { ...feed, title, health });

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
