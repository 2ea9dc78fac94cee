// The shapes the API takes and gives. Checked on the way in, published in the OpenAPI document, held true by a test on the way out.
import * as z from 'zod/mini';
import { MOST_FEEDS_A_REQUEST } from '../model/feed.ts';
import { QUIET_REASONS } from '../model/match.ts';

const instant = z.iso.datetime();
const nullableText = z.nullable(z.string());

const range = z.tuple([z.int(), z.int()]);

const textOrigin = z.enum(['article', 'feed', 'summary', 'title']);

export const passageSchema = z.strictObject({
  text: z.string(),
  field: z.enum(['title', 'body']),
  /** The text it comes from: the page's, the feed's full text, its summary, or the headline. */
  origin: textOrigin,
  /** UTF-16 code units into that text, end exclusive. */
  start: z.int(),
  end: z.int(),
  highlights: z.array(range),
  /** The edge beyond which the sentence goes on, being too long to be shown whole. */
  cut: z.optional(z.enum(['start', 'end', 'both'])),
});

const sourceSchema = z.strictObject({ feedId: z.string(), title: z.string(), host: z.string() });

export const matchSchema = z.strictObject({
  id: z.string(),
  topic: z.strictObject({
    id: z.string(),
    version: z.string(),
    title: z.string(),
    severity: z.enum(['low', 'medium', 'high', 'critical']),
  }),
  article: z.strictObject({
    id: z.string(),
    url: z.string(),
    canonicalUrl: z.string(),
    title: z.string(),
    language: z.string(),
    origin: textOrigin,
    publishedAt: z.nullable(instant),
    firstSeenAt: instant,
    extractionFailure: nullableText,
  }),
  sources: z.array(sourceSchema),
  passages: z.array(passageSchema),
  why: z.string(),
  times: z.strictObject({ polledAt: instant, matchedAt: instant, alertedAt: z.nullable(instant) }),
  quiet: z.nullable(z.enum(QUIET_REASONS)),
  alertState: z.enum(['pending', 'done']),
});

export const deliverySchema = z.strictObject({
  id: z.string(),
  matchId: z.string(),
  subscriptionId: z.string(),
  topicId: z.string(),
  channel: z.enum(['email', 'sns']),
  state: z.enum(['pending', 'sending', 'waiting', 'sent', 'failed', 'suppressed']),
  attempts: z.int(),
  dueAt: z.nullable(instant),
  digestId: nullableText,
  reason: nullableText,
  providerId: nullableText,
  createdAt: instant,
  updatedAt: instant,
  sentAt: z.nullable(instant),
});

export const topicSummarySchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  severity: z.enum(['low', 'medium', 'high', 'critical']),
  description: z.string(),
  pack: z.string(),
  languages: z.array(z.string()),
  /** `disabled`: removed by an operator; nothing is matched for it until it is restored. */
  state: z.enum(['active', 'disabled']),
  disabledAt: z.nullable(instant),
  /** Where it came from: the folder of packs that starts and deploys read, or a push. Null: put by an older version. */
  source: z.nullable(z.enum(['configuration', 'push'])),
  /** Its pack file was gone at the last start; it is active all the same, since too many were gone at once. */
  isMissing: z.boolean(),
});

const byLanguage = z.record(z.string(), z.array(z.string()));

export const topicSchema = z.strictObject({
  id: z
    .string()
    .check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'expected lower-case letters, digits and hyphens, at most 64')),
  version: z.string().check(z.minLength(1), z.maxLength(64)),
  pack: z.string().check(z.minLength(1), z.maxLength(64)),
  title: z.string().check(z.minLength(1), z.maxLength(200)),
  description: z.string().check(z.maxLength(2000)),
  severity: z.enum(['low', 'medium', 'high', 'critical']),
  codes: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  any: byLanguage,
  all: byLanguage,
  none: byLanguage,
  sets: z.record(z.string(), z.record(z.string(), z.string())),
  passage: z.strictObject({ context: z.int(), max: z.int(), maxChars: z.int() }),
});

export const topicsPushSchema = z.strictObject({
  topics: z.array(topicSchema).check(z.maxLength(20_000)),
  /** Topics of these packs that are not in `topics` end. */
  replacePacks: z.optional(z.array(z.string())),
  /**
   * `configuration`: these are all topics of the configuration folder, and those that came from it before and are not among them end;
   * refused when these are more than half of all topics.
   */
  source: z.optional(z.enum(['configuration', 'push'], 'expected configuration or push')),
  /** Ends topics whose pack files are gone, however many they are. */
  endMissing: z.optional(z.boolean()),
});

/** Subscriptions that name a topic which is no longer active. */
const topicSubscriptions = z.array(
  z.strictObject({ topic: z.string(), id: z.string(), channel: z.enum(['email', 'sns-email']), target: z.string() }),
);

export const topicsPushedSchema = z.strictObject({
  changed: z.array(z.string()),
  ended: z.array(z.string()),
  /** Pushed, but disabled: see DELETE. */
  disabled: z.array(z.string()),
  subscriptions: topicSubscriptions,
});

export const topicRemovedSchema = z.strictObject({
  /** `disabled`: neither a start nor a push brings it back, only a restore; `ended`: it had been pushed, and can be pushed again. */
  outcome: z.enum(['disabled', 'ended']),
  subscriptions: topicSubscriptions,
});

export const feedSchema = z.strictObject({
  id: z.string(),
  url: z.string(),
  title: z.string(),
  group: z.string(),
  language: nullableText,
  fullText: z.enum(['auto', 'always', 'never']),
  active: z.boolean(),
  addedAt: instant,
  health: z.strictObject({
    status: z.enum([
      'new',
      'ok',
      'empty',
      'unchanged',
      'slow',
      'blocked',
      'broken',
      'moved',
      'gone',
      'silent',
      'inactive',
    ]),
    /** The status in words, with the cure where there is one. */
    explanation: z.string(),
    since: z.nullable(instant),
    lastGoodPollAt: z.nullable(instant),
    lastNewItemAt: z.nullable(instant),
    itemsPerDay: z.nullable(z.number()),
    nextPollAt: z.nullable(instant),
    textOrigin: z.nullable(textOrigin),
    /** The publisher's "not modified" was wrong: until this time each poll downloads the whole feed. */
    validatorsIgnoredUntil: z.nullable(instant),
    /** New items whose own dates were too old for an alert; null when there were none for 30 days. */
    oldItems: z.nullable(z.strictObject({ count: z.int(), firstAt: instant, lastAt: instant })),
  }),
});

const feedUrl = z.string().check(z.minLength(1), z.maxLength(2048));

export const newFeedSchema = z.strictObject({
  url: feedUrl,
  title: z.optional(z.string().check(z.maxLength(200))),
  group: z.optional(z.string().check(z.maxLength(200))),
  language: z.optional(
    z.nullable(
      z
        .string()
        .check(z.regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'expected a language tag such as "en" or "pt-BR"')),
    ),
  ),
  fullText: z.optional(z.enum(['auto', 'always', 'never'], 'expected auto, always or never')),
});

export const followFeedSchema = z.strictObject({
  ...newFeedSchema.shape,
  /**
   * The address is read first: it may lack its scheme or be a page with one feed; one that cannot be read as a feed is refused (422).
   * Takes up to 25 s. @default false
   */
  verify: z.optional(z.boolean()),
});

export const newFeedsSchema = z.strictObject({
  feeds: z.array(newFeedSchema).check(z.minLength(1), z.maxLength(MOST_FEEDS_A_REQUEST)),
});

export const feedChangeSchema = z.strictObject({
  ...z.omit(newFeedSchema, { url: true }).shape,
  active: z.optional(z.boolean()),
});

/** In the order asked for. */
export const addedFeedsSchema = z.strictObject({ outcomes: z.array(z.enum(['added', 'known'])) });

export const addedFeedSchema = z.strictObject({
  outcome: z.enum(['added', 'known']),
  feed: feedSchema,
  /** What was read of it, with `verify`; absent when it was followed already under the address given. */
  read: z.optional(
    z.strictObject({
      title: nullableText,
      format: z.enum(['rss', 'rdf', 'atom', 'json']),
      language: nullableText,
      items: z.int(),
      newestAt: z.nullable(instant),
      /** What the feed has of most items' texts: all of it (`feed`), a summary or the title; null without items. */
      textOrigin: z.nullable(textOrigin),
    }),
  ),
  /** The page that told of the feed, where its address was given. */
  foundOn: z.optional(nullableText),
});

/** Never holds the unsubscribe token. */
export const subscriptionSchema = z.strictObject({
  id: z.string(),
  channel: z.enum(['email', 'sns-email']),
  target: z.string(),
  topics: z.array(z.string()),
  digest: z.enum(['none', 'hourly', 'daily']),
  state: z.enum(['active', 'unsubscribed', 'suppressed']),
  createdAt: instant,
  updatedAt: instant,
});

export const newSubscriptionSchema = z.strictObject({
  channel: z.enum(['email', 'sns-email']),
  target: z.string().check(z.minLength(1), z.maxLength(320)),
  topics: z.array(z.string()).check(z.minLength(1), z.maxLength(500)),
  digest: z.optional(z.enum(['none', 'hourly', 'daily'])),
});

export const statusSchema = z.strictObject({
  time: instant,
  feeds: z.strictObject({ total: z.int(), failing: z.int(), neverPolled: z.int() }),
  topics: z.int(),
  /** The last minute whose polls were queued. */
  lastScheduledMinute: nullableText,
  oldestPolledAt: z.nullable(instant),
  /** Matches, deliveries and digests that are due and not finished. */
  due: z.int(),
  oldestDueAt: z.nullable(instant),
});

const limit = z.optional(
  z.pipe(
    z.string().check(z.regex(/^\d{1,3}$/, 'expected a whole number from 1 to 100')),
    z.pipe(z.transform(Number), z.int().check(z.gte(1), z.lte(100))),
  ),
);
const cursor = z.optional(z.string().check(z.maxLength(4096)));
/**
 * RFC 3339; a day in UTC, which `until` includes; or an ISO 8601 duration counted back from now: `P7D`, `PT24H`. A duration moves with
 * the clock, so a cursor works only with instants or days.
 */
const moment = z.optional(
  z
    .string()
    .check(
      z.regex(
        /^(?:\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?|P(?=\d|T\d)(?:\d+W)?(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?)?)$/,
        'expected an instant such as 2026-11-23T08:00:00Z, a day in UTC such as 2026-11-23, or a duration such as P7D',
      ),
    ),
);
const text = z.optional(z.string().check(z.maxLength(200)));

export const pageQuery = z.strictObject({ limit, cursor });
export const matchesQuery = z.strictObject({
  topic: text,
  feed: text,
  since: moment,
  until: moment,
  source: text,
  lang: text,
  text,
  limit,
  cursor,
});
export const subscriptionsQuery = z.strictObject({ target: text, limit, cursor });
export const deliveriesQuery = z.strictObject({ match: text, subscription: text, limit, cursor });
export const topicsQuery = z.strictObject({
  /** @default active */
  state: z.optional(z.enum(['active', 'disabled', 'all'], 'expected active, disabled or all')),
});
export const topicQuery = z.strictObject({ version: text });

export const pageOf = (item: z.ZodMiniType) => z.strictObject({ items: z.array(item), cursor: nullableText });

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  problems: z.optional(z.array(z.string())),
  /** With `feed_refused`: what is wrong with the address, whether that may pass, and the feeds of the page there. */
  kind: z.optional(z.string()),
  temporary: z.optional(z.boolean()),
  candidates: z.optional(z.array(z.strictObject({ url: z.string(), title: z.string() }))),
});
