// The shapes the API takes and gives. Checked on the way in, published in the OpenAPI document, held true by a test on the way out.
import * as z from 'zod/mini';
import { HEALTH_STATUSES } from '../feeds/feed-health.ts';
import { MOST_FEEDS_A_REQUEST } from '../model/feed.ts';
import { QUIET_REASONS } from '../model/match.ts';
import { isLanguage, languageWanted } from './languages.ts';
import { isMoment, MOMENT_WANTED } from './moments.ts';

const instant = z.iso.datetime();
const nullableText = z.nullable(z.string());

const range = z.tuple([z.int(), z.int()]);

const textOrigin = z.enum(['article', 'feed', 'summary', 'title']);

export const passageSchema = z
  .strictObject({
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
  })
  .check(z.meta({ id: 'Passage' }));

const sourceSchema = z.strictObject({ feedId: z.string(), title: z.string(), host: z.string() });

export const matchSchema = z
  .strictObject({
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
  })
  .check(z.meta({ id: 'Match' }));

export const deliverySchema = z
  .strictObject({
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
  })
  .check(z.meta({ id: 'Delivery' }));

export const topicSummarySchema = z
  .strictObject({
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
  })
  .check(z.meta({ id: 'TopicSummary' }));

const byLanguage = z.record(z.string(), z.array(z.string()));

export const topicSchema = z
  .strictObject({
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
  })
  .check(z.meta({ id: 'Topic' }));

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

export const feedSchema = z
  .strictObject({
    id: z.string(),
    url: z.string(),
    title: z.string(),
    folder: z.string(),
    language: nullableText,
    fullText: z.enum(['auto', 'always', 'never']),
    active: z.boolean(),
    addedAt: instant,
    health: z.strictObject({
      status: z.enum(HEALTH_STATUSES),
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
  })
  .check(z.meta({ id: 'Feed' }));

const feedUrl = z
  .string()
  .check(z.minLength(1), z.maxLength(2048), z.meta({ examples: ['https://www.example.org/feed.xml'] }));

const newFeedSchema = z.strictObject({
  url: feedUrl,
  title: z.optional(z.string().check(z.maxLength(200))),
  folder: z.optional(z.string().check(z.maxLength(200))),
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
  /** The page whose address was given, when the feed was found through it. */
  foundOn: z.optional(nullableText),
});

/** Never holds the unsubscribe token. */
export const subscriptionSchema = z
  .strictObject({
    id: z.string(),
    channel: z.enum(['email', 'sns-email']),
    target: z.string(),
    topics: z.array(z.string()),
    digest: z.enum(['none', 'hourly', 'daily']),
    state: z.enum(['active', 'unsubscribed', 'suppressed']),
    createdAt: instant,
    updatedAt: instant,
  })
  .check(z.meta({ id: 'Subscription' }));

export const newSubscriptionSchema = z.strictObject({
  channel: z.enum(['email', 'sns-email']),
  target: z.string().check(z.minLength(1), z.maxLength(320), z.meta({ examples: ['desk@example.org'] })),
  topics: z
    .array(z.string().check(z.minLength(1), z.maxLength(200)))
    .check(z.minLength(1), z.maxLength(500), z.meta({ description: 'Ids, or `*` for every topic', examples: [['*']] })),
  digest: z.optional(z.enum(['none', 'hourly', 'daily'])),
});

export const statusSchema = z
  .strictObject({
    time: instant,
    feeds: z.strictObject({
      total: z.int(),
      /** Those that cannot be read: slow, blocked, broken, gone. */
      failing: z.int(),
      neverPolled: z.int(),
      byStatus: z.partialRecord(z.enum(HEALTH_STATUSES), z.int()),
    }),
    topics: z.int(),
    /** The last minute whose polls were queued. */
    lastScheduledMinute: nullableText,
    oldestPolledAt: z.nullable(instant),
    /** Matches, deliveries and digests that are due and not finished. */
    due: z.int(),
    oldestDueAt: z.nullable(instant),
    /** Deliveries that are being retried, or failed for good within seven days; empty when none is. */
    deliveryTroubles: z.array(
      z.strictObject({
        channel: z.enum(['email', 'sns']),
        state: z.enum(['retrying', 'failed']),
        count: z.int(),
        since: instant,
        /** The latest error. */
        reason: z.string(),
      }),
    ),
  })
  .check(z.meta({ id: 'Status' }));

const LIMIT_WANTED = 'a whole number from 1 to 100';
/** A text from a query: a name of something, or a part of it. */
const queryText = (description: string) =>
  z.optional(z.string().check(z.minLength(1), z.maxLength(200), z.describe(description)));

const limit = z.optional(
  z.pipe(
    z
      .string()
      .check(
        z.regex(/^0*(?:[1-9]\d?|100)$/, LIMIT_WANTED),
        z.describe('Items on a page: 1 to 100, 50 when it is absent'),
      ),
    z.transform(Number),
  ),
);
const cursor = z.optional(
  z
    .string()
    .check(
      z.minLength(1),
      z.maxLength(4096),
      z.describe('`cursor` of the page before, with the same filters; absent for the first page'),
    ),
);
const moment = (description: string) =>
  z.optional(
    z.string().check(z.refine(isMoment, MOMENT_WANTED), z.meta({ description, examples: ['2026-11-23', 'P7D'] })),
  );
const language = z.optional(
  z
    .string()
    .check(
      z.refine(isLanguage, { error: ({ input }) => languageWanted(String(input)) }),
      z.meta({ description: "The article's language: a code such as `en` or `pt-BR`", examples: ['en'] }),
    ),
);

export const pageQuery = z.strictObject({ limit, cursor });
export const matchesQuery = z.strictObject({
  topic: queryText('Id of a topic: one in force, or one that has ended and has matches'),
  feed: queryText('Id of a feed: one that is followed, or one that was removed and has matches'),
  since: moment(
    'First seen at this time or later: an RFC 3339 instant, a day in UTC, or an ISO 8601 duration back from now such as `P7D`',
  ),
  until: moment('First seen before this time; a day in UTC is included'),
  source: queryText('Host of a source, or a part of its title; case does not matter'),
  lang: language,
  text: queryText('Part of the headline or of a passage; case does not matter'),
  limit,
  cursor,
});
export const subscriptionsQuery = z.strictObject({ target: queryText('Address of the subscriber'), limit, cursor });
export const topicsQuery = z.strictObject({
  state: z.optional(
    z
      .enum(['active', 'disabled', 'all'], 'expected active, disabled or all')
      .check(z.describe('Which topics; active ones where it is absent')),
  ),
});
export const topicQuery = z.strictObject({ version: queryText('An earlier version; absent for the one in force') });

/** OpenAPI 3.1: https://spec.openapis.org/oas/v3.1.0 */
export const openApiSchema = z.looseObject({ openapi: z.string(), info: z.looseObject({}), paths: z.looseObject({}) });

export const pageOf = (item: z.ZodMiniType) => z.strictObject({ items: z.array(item), cursor: nullableText });

export const problemSchema = z
  .strictObject({
    type: z.string().check(z.describe('`urn:tocsin:problem:` and the code')),
    title: z.string().check(z.describe('The same for every problem of this code')),
    status: z.int(),
    detail: z.string().check(z.describe('What happened, to what, and what to do')),
    code: z.string().check(z.describe('Stable; listed in docs/errors.md')),
    errors: z.optional(
      z
        .array(
          z.strictObject({
            detail: z.string().check(z.describe('Where, what was got, what is allowed')),
            pointer: z.optional(z.string().check(z.describe('JSON pointer into the body, as a URI fragment'))),
            parameter: z.optional(z.string().check(z.describe('Name of the query parameter'))),
          }),
        )
        .check(z.describe('Every fault of the input, sorted by place; the first 50')),
    ),
    kind: z.optional(z.string().check(z.describe('With feed_refused: what is wrong with the address'))),
    temporary: z.optional(z.boolean().check(z.describe('With feed_refused: it may pass by itself'))),
    advice: z.optional(z.string().check(z.describe('With feed_refused: what to do'))),
    candidates: z.optional(
      z
        .array(z.strictObject({ url: z.string(), title: z.string() }))
        .check(z.describe('With feed_refused: the feeds of the page at the address')),
    ),
  })
  .check(z.meta({ id: 'Problem' }));
