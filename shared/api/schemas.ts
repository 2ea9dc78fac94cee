// The shapes the API takes and gives. Checked on the way in, published in the OpenAPI document, held true by a test on the way out.
// What a match, feed, delivery, subscription, topic and status are is said in shared/model/.

import * as z from 'zod/mini';
import { MUTED_KINDS } from '../model/alert-rules.ts';
import { textOrigin } from '../model/article.ts';
import { CHANNELS, DELIVERY_CHANNELS } from '../model/channels.ts';
import { REASON_CODES } from '../model/delivery-reason.ts';
import { DELIVERY_STATES } from '../model/delivery-states.ts';
import { FULL_TEXT_POLICIES, MOST_FEEDS_A_REQUEST, publishedFeedSchema } from '../model/feed.ts';
import { publishedMatchSchema } from '../model/match.ts';
import { LONGEST_OUTPUT_TITLE, MOST_TOPICS_OF_OUTPUT, publishedOutputSchema } from '../model/output.ts';
import {
  deliveryId,
  described,
  feedId,
  instant,
  named,
  nullableInstant,
  nullableText,
  subscriptionId,
} from '../model/schema.ts';
import { PROMINENCES, STRENGTHS } from '../model/strength.ts';
import { publishedSubscriptionSchema } from '../model/subscription.ts';
import { LONGEST_NAME, settingsChangeShape } from '../model/subscription-settings.ts';
import { MOST_TOPICS } from '../model/subscription-topics.ts';
import { TOPIC_SOURCES } from '../model/topic.ts';
import { topicSchema } from '../model/topic-schema.ts';
import { DISMISSALS, LONGEST_NOTE, TRIAGE_STATES } from '../model/triage.ts';
import { isLanguage, languageWanted } from '../text/language-codes.ts';
import { isMoment, MOMENT_WANTED } from './moments.ts';

export const topicsPushSchema = z.strictObject({
  topics: z.array(topicSchema).check(z.maxLength(20_000)),
  replacePacks: described(z.optional(z.array(z.string())), 'Topics of these packs that are not in `topics` end'),
  source: described(
    z.optional(z.enum(TOPIC_SOURCES, 'expected configuration or push')),
    '`configuration`: these are all topics of the configuration folder, and those that came from it before and are not among them end; refused when these are more than half of all topics',
  ),
  endMissing: described(z.optional(z.boolean()), 'Ends topics whose pack files are gone, however many they are'),
});

/** Subscriptions that name a topic which is no longer active. */
const topicSubscriptions = z.array(
  z.strictObject({ topic: z.string(), id: z.string(), channel: z.enum(CHANNELS), target: z.string() }),
);

export const topicsPushedSchema = z.strictObject({
  changed: z.array(z.string()),
  ended: z.array(z.string()),
  disabled: described(z.array(z.string()), 'Pushed, but disabled: see DELETE'),
  subscriptions: topicSubscriptions,
});

export const topicRemovedSchema = z.strictObject({
  outcome: described(
    z.enum(['disabled', 'ended']),
    '`disabled`: neither a start nor a push brings it back, only a restore; `ended`: it had been pushed, and can be pushed again',
  ),
  subscriptions: topicSubscriptions,
});

/** A match that a subscriber marked as not relevant, by a link in a mail. */
export const feedbackSchema = named(
  'Feedback',
  z.strictObject({
    at: instant(),
    subscriptionId: subscriptionId(),
    match: publishedMatchSchema,
  }),
);

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
  fullText: z.optional(z.enum(FULL_TEXT_POLICIES, 'expected auto, always or never')),
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
  feed: publishedFeedSchema,
  /** What was read of it, with `verify`; absent when it was followed already under the address given. */
  read: z.optional(
    z.strictObject({
      title: nullableText(),
      format: z.enum(['rss', 'rdf', 'atom', 'json']),
      language: nullableText(),
      items: z.int(),
      newestAt: nullableInstant(),
      /** What the feed has of most items' texts: all of it (`feed`), a summary or the title; null without items. */
      textOrigin: z.nullable(textOrigin()),
    }),
  ),
  /** The page whose address was given, when the feed was found through it. */
  foundOn: z.optional(nullableText()),
});

const topicIds = (fewest: number, description: string, examples: readonly (readonly string[])[]) =>
  z
    .array(z.string().check(z.minLength(1), z.maxLength(200)))
    .check(z.minLength(fewest), z.maxLength(500), z.meta({ description, examples }));
const TOPICS_WANTED = `Ids, at most ${MOST_TOPICS} in one subscription, or \`*\` for every topic`;

export const newSubscriptionSchema = z.strictObject({
  channel: z.enum(CHANNELS),
  // Its length is checked elsewhere: what is wrong with it must not be quoted, because it may be a secret.
  target: z.string().check(
    z.minLength(1),
    z.meta({
      description:
        'E-mail address; address of the webhook, of Slack, Teams or Discord; `TOKEN@CHAT` of Telegram; server and topic of ntfy. All but e-mail addresses are kept apart and never shown again',
      examples: ['desk@example.org'],
    }),
  ),
  chat: z.optional(z.string().check(z.describe('Telegram: the chat, where it is not part of the target'))),
  token: z.optional(z.string().check(z.describe('ntfy: access token of the server'))),
  topics: topicIds(1, TOPICS_WANTED, [['*']]),
  ...settingsChangeShape,
});

/** With what became of the request. */
export const subscribedSchema = named(
  'Subscribed',
  z.strictObject({
    ...publishedSubscriptionSchema.shape,
    outcome: described(
      z.enum(['created', 'extended', 'changed', 'renewed', 'unchanged']),
      '`extended`: topics were added to the one that the address had; `changed`: settings were; `renewed`: it had ended, and begins again with these topics only',
    ),
    isAsked: described(
      z.boolean(),
      'The address is asked now whether it agrees, by mail or by SNS; nothing else is sent to it before it does',
    ),
    signingKey: described(
      z.optional(z.string()),
      'Key of a new webhook (`whsec_…`), with which its receiver checks the signatures. It is shown this once',
    ),
    others: described(
      z.array(z.string()),
      'Ids of further active subscriptions of the address on the channel, from before each had one only; they stay as they are',
    ),
  }),
);

export const forgetSchema = z.strictObject({
  address: z.string().check(z.minLength(1), z.maxLength(320), z.meta({ examples: ['reader@example.org'] })),
});

/** What was deleted by this request, and what remains. */
export const forgottenSchema = named(
  'Forgotten',
  z.strictObject({
    isDone: described(z.boolean(), 'False: there was more than one request can delete; ask again'),
    subscriptions: described(z.int(), 'Subscriptions of the address on any channel, with their settings and links'),
    deliveries: described(z.int(), 'Records of what was sent to it'),
    atSns: described(z.int(), 'Subscriptions of the address that SNS held'),
    mails: described(z.int(), 'Mails to it that were kept on this machine'),
    remains: described(z.array(z.string()), 'What is not deleted, and until when; one sentence each'),
  }),
);

/** What the service said of a test. */
export const testSentSchema = named(
  'TestSent',
  z.strictObject({
    state: described(
      z.enum(['sent', 'accepted', 'delivered']),
      '`sent`: the provider took it; `accepted`: the service took it; its arrival is not confirmed; `delivered`: its answer confirms it',
    ),
    providerId: described(z.string(), 'What the service calls the message; empty where it gives no name'),
  }),
);

export const rotatedSecretSchema = named(
  'RotatedSecret',
  z.strictObject({
    signingKey: described(z.string(), 'The new key (`whsec_…`). It is shown this once'),
    previousUntil: described(nullableInstant(), 'Until when the key before signs along; null when there was none'),
  }),
);

export const subscriptionChangeSchema = z.strictObject({
  topics: z.optional(topicIds(1, `All topics from now on. ${TOPICS_WANTED}`, [['*']])),
  addTopics: z.optional(topicIds(0, 'Ids of topics to add', [['troop-deployment']])),
  dropTopics: z.optional(topicIds(0, 'Ids of topics to drop', [['troop-deployment']])),
  ...settingsChangeShape,
});

export const suppressedAddressSchema = z.strictObject({
  address: z.string().check(z.minLength(1), z.maxLength(320), z.meta({ examples: ['desk@example.org'] })),
});
export const suppressionRemovedSchema = z.strictObject({
  outcome: described(z.enum(['lifted', 'not_suppressed']), '`not_suppressed`: the address was not on the list'),
  subscriptions: described(z.array(subscriptionId()), 'Those of the address that go on'),
});

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
const language = z.string().check(
  z.refine(isLanguage, { error: ({ input }) => languageWanted(String(input)) }),
  z.meta({
    description: "The article's language: a code such as `en`; what follows it (`pt-BR`) is ignored",
    examples: ['en'],
  }),
);

/** A part of a filter: absent, null for none, or a text. */
const filterText = (description: string) =>
  z.optional(z.nullable(z.string().check(z.minLength(1), z.maxLength(200), z.describe(description))));

export const outputRequestSchema = z.strictObject({
  title: z.optional(
    z.nullable(
      z
        .string()
        .check(
          z.minLength(1),
          z.maxLength(LONGEST_OUTPUT_TITLE),
          z.describe('What feed readers call it; by itself, the names of its topics'),
        ),
    ),
  ),
  topics: z.optional(
    topicIds(1, `Ids, at most ${MOST_TOPICS_OF_OUTPUT}, or \`*\` for every topic, which is the default`, [
      ['troop-deployment'],
    ]),
  ),
  feed: z.optional(
    z.nullable(described(feedId().check(z.maxLength(200)), 'Id of a feed: only articles that it carried')),
  ),
  source: filterText('Host of a source, or a part of its title; case does not matter'),
  lang: z.optional(z.nullable(language)),
  text: filterText('Part of the headline or of a passage; case does not matter'),
});

export const openedOutputSchema = named(
  'OpenedOutput',
  z.strictObject({
    ...publishedOutputSchema.shape,
    addresses: described(
      z.strictObject({ atom: z.string(), json: z.string() }),
      'Where programs read it, as Atom 1.0 and as JSON Feed 1.1. Whoever has an address can read it, so it is shown this once. It begins with `/` where the address of this Tocsin is not known',
    ),
  }),
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
  lang: z.optional(language),
  text: queryText('Part of the headline or of a passage; case does not matter'),
  strength: z.optional(z.enum(STRENGTHS).check(z.describe('How much of the article the topic is'))),
  prominence: z.optional(z.enum(PROMINENCES).check(z.describe('Where the earliest evidence stands'))),
  limit,
  cursor,
});
export const muteQuery = z.strictObject({
  kind: z.enum(MUTED_KINDS).check(z.describe('What is muted')),
  value: z
    .string()
    .check(
      z.minLength(1),
      z.maxLength(LONGEST_NAME),
      z.describe('Id of the topic or the story; host, or part of the title, of the source'),
    ),
});
/** The filters of matches, for stories. */
export const storiesQuery = z.strictObject({
  topic: queryText('Id of a topic that holds in any report of the story'),
  feed: queryText('Id of a feed that reported the story; the first 32 feeds of a story are known'),
  since: moment(
    'Last reported at this time or later: an RFC 3339 instant, a day in UTC, or an ISO 8601 duration back from now such as `P7D`. The story may have begun before',
  ),
  until: moment(
    'Last reported before this time; a day in UTC is included. A story that is reported again later moves out of it',
  ),
  source: queryText('Host of a source that reported the story, or a part of its title; case does not matter'),
  lang: z.optional(language),
  text: queryText(
    "Part of the first report's headline, or of that of the newest report that was no copy; case does not matter",
  ),
  limit,
  cursor,
});
/** Several of these words, separated by commas; `wordsIn` parts them. */
const someOf = (words: readonly string[], description: string) =>
  z.optional(
    z
      .string()
      .check(
        z.regex(
          new RegExp(`^(?:${words.join('|')})(?:,(?:${words.join('|')}))*$`),
          `expected some of ${words.join(', ')}, separated by commas`,
        ),
        z.describe(description),
      ),
  );
export const storiesToShowQuery = z.strictObject({
  ...storiesQuery.shape,
  triage: someOf(
    TRIAGE_STATES,
    'Only stories with which the team has done one of these: `unread,kept`. A page may then be empty before the end',
  ),
  with: someOf(['report', 'triage'], 'What to show of each story in addition: its newest `report`, its `triage`'),
});
export const storyToShowQuery = z.strictObject({
  ...pageQuery.shape,
  with: someOf(
    ['triage', 'matches'],
    'What to show in addition: what the team has done with it; the matches of the reports that are shown, with their passages',
  ),
});
export const triageChangeSchema = z.strictObject({
  state: z.enum(TRIAGE_STATES),
  dismissedAs: z.optional(z.nullable(z.enum(DISMISSALS))),
  note: z.optional(
    z
      .nullable(z.string().check(z.maxLength(LONGEST_NOTE)))
      .check(z.describe('For colleagues. Null removes the note; absent leaves it')),
  ),
  revision: z.optional(
    z
      .int()
      .check(
        z.nonnegative(),
        z.describe(
          'What you saw, 0 for none: when it is another by now, nothing is changed (409). Absent: changed in any case',
        ),
      ),
  ),
});
export const volumeQuery = z.strictObject({
  topic: storiesQuery.shape.topic,
  source: storiesQuery.shape.source,
  lang: storiesQuery.shape.lang,
  text: storiesQuery.shape.text,
  since: storiesQuery.shape.since,
  until: storiesQuery.shape.until,
});
/** A filter that is given or not. */
const flag = (description: string) =>
  z.optional(z.enum(['true'], 'expected true, or nothing at all').check(z.describe(description)));
export const deliveriesQuery = z.strictObject({
  failing: flag(
    'Only those that need somebody: being tried again, held because a quota is used up, or failed in the last days. All of them, without `since`, `until` and `cursor`',
  ),
  failed: flag(
    'Only those that did not arrive: failed, bounced, complained, disabled, or suppressed because of the address. `since` and `until` are then about when that was found, and the last found comes first',
  ),
  state: z.optional(z.enum(DELIVERY_STATES).check(z.describe('State that the delivery is in now'))),
  reason: z.optional(z.enum(REASON_CODES).check(z.describe('`reasonCode`: why it was not sent, or is held'))),
  channel: z.optional(z.enum(DELIVERY_CHANNELS).check(z.describe('How it travels'))),
  since: moment(
    'Recorded at this time or later: an RFC 3339 instant, a day in UTC, or an ISO 8601 duration back from now',
  ),
  until: moment('Recorded before this time; a day in UTC is included'),
  match: queryText('Id of a match that it is about'),
  story: queryText('Id of the story that its article belongs to'),
  subscription: queryText('Id of a subscription; `sns-topic` for the SNS topic'),
  target: queryText('Address of the subscriber'),
  with: someOf(['target'], 'What to show of each in addition: the `target` of its subscription'),
  limit,
  cursor,
});

const MOST_REDELIVERED = 100;
export const redeliverySchema = z.strictObject({
  ids: z.optional(
    z
      .array(z.string().check(z.minLength(1), z.maxLength(300)))
      .check(z.minLength(1), z.maxLength(MOST_REDELIVERED), z.describe('Ids of deliveries; instead of `failed`')),
  ),
  failed: z.optional(
    z.literal(true, 'expected true, or nothing at all').check(z.describe('All that did not arrive, a page at a time')),
  ),
  since: moment('With `failed`: those found at this time or later'),
  until: moment('With `failed`: those found before this time'),
  channel: z.optional(z.enum(DELIVERY_CHANNELS).check(z.describe('With `failed`: those of this channel'))),
  cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(4096), z.describe('`cursor` of the answer before'))),
});

export const redeliveredSchema = z.strictObject({
  redelivered: described(z.array(deliveryId()), 'These are due now'),
  skipped: described(z.array(z.strictObject({ id: z.string(), why: z.string() })), 'These are not sent again, and why'),
  cursor: described(nullableText(), 'With `failed`, for the next request; null when there are no more'),
});

export const subscriptionsQuery = z.strictObject({ target: queryText('Address of the subscriber'), limit, cursor });
export const topicsQuery = z.strictObject({
  state: z.optional(
    z
      .enum(['active', 'disabled', 'all'], 'expected active, disabled or all')
      .check(z.describe('Which topics; active ones where it is absent')),
  ),
});
export const feedbackQuery = z.pick(pageQuery, { limit: true });
export const topicQuery = z.strictObject({ version: queryText('An earlier version; absent for the one in force') });

/** https://json-schema.org/draft/2020-12/schema */
export const jsonSchemaSchema = z.looseObject({ $schema: z.string(), $id: z.string(), title: z.string() });

/** OpenAPI 3.1: https://spec.openapis.org/oas/v3.1.0 */
export const openApiSchema = z.looseObject({ openapi: z.string(), info: z.looseObject({}), paths: z.looseObject({}) });

export const problemSchema = named(
  'Problem',
  z.strictObject({
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
        .check(z.describe('Every problem in the input, in order of position; at most 50')),
    ),
    kind: z.optional(z.string().check(z.describe('With feed_refused: what is wrong with the address'))),
    temporary: z.optional(z.boolean().check(z.describe('With feed_refused: it may pass by itself'))),
    advice: z.optional(z.string().check(z.describe('With feed_refused: what to do'))),
    candidates: z.optional(
      z
        .array(z.strictObject({ url: z.string(), title: z.string() }))
        .check(z.describe('With feed_refused: the feeds of the page at the address')),
    ),
  }),
);
