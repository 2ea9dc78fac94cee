// What a subscriber wants to be alerted to, and when. Every rule has a default, so that a newcomer need not know any of them.
import * as z from 'zod/mini';
import { described, type Immutable, instant, named } from './schema.ts';
import { SEVERITIES } from './severity.ts';
import { STRENGTHS } from './strength.ts';

export const DIGEST_PERIODS = ['none', 'hourly', 'daily', 'weekly'] as const;
export type DigestPeriod = (typeof DIGEST_PERIODS)[number];

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const FOLLOW_LEVELS = ['first', 'significant', 'all'] as const;
export type FollowLevel = (typeof FOLLOW_LEVELS)[number];

/** Rules that may differ between topics. */
export const rulesShape = {
  minSeverity: described(z._default(z.enum(SEVERITIES), 'low'), 'Topics that are less severe send no alert'),
  strength: described(
    z._default(z.enum(STRENGTHS), 'fair'),
    'Matches that are weaker send no alert; `weak`: every match sends one, those included that mention the topic in passing',
  ),
  languages: described(z._default(z.array(z.string()), []), 'Languages of articles; empty: every language'),
  onlySources: described(
    z._default(z.array(z.string()), []),
    'Hosts, or parts of the titles of feeds, that alerts may come from; empty: every source',
  ),
  exceptSources: described(z._default(z.array(z.string()), []), 'The same for those that alerts may not come from'),
  follow: described(
    z._default(z.enum(FOLLOW_LEVELS), 'significant'),
    'Which reports of a story are alerted: the `first` one, those that bring something new (`significant`), or `all`',
  ),
} as const;

const rulesSchema = z.strictObject(rulesShape);
export type AlertRules = Immutable<z.infer<typeof rulesSchema>>;
export const defaultRules: AlertRules = rulesSchema.parse({});

/** What differs for one topic; the rest is as in the subscription. */
export const topicRulesSchema = named(
  'TopicRules',
  z.strictObject({
    topic: z.string(),
    minSeverity: z.optional(z.enum(SEVERITIES)),
    strength: z.optional(z.enum(STRENGTHS)),
    languages: z.optional(z.array(z.string())),
    onlySources: z.optional(z.array(z.string())),
    exceptSources: z.optional(z.array(z.string())),
    follow: z.optional(z.enum(FOLLOW_LEVELS)),
    digest: z.optional(z.enum(DIGEST_PERIODS)),
  }),
);
export type TopicRules = Immutable<z.infer<typeof topicRulesSchema>>;

export const MUTED_KINDS = ['topic', 'story', 'source'] as const;

/** No alerts of a topic, a story or a source until an instant. */
export const muteSchema = named(
  'Mute',
  z.strictObject({
    kind: z.enum(MUTED_KINDS),
    value: described(z.string(), 'Id of the topic or the story; host, or part of the title, of the source'),
    until: instant(),
  }),
);
export type Mute = Immutable<z.infer<typeof muteSchema>>;

/** Local times, HH:MM. `from` later than `until` means across midnight. */
export const quietHoursSchema = named('QuietHours', z.strictObject({ from: z.string(), until: z.string() }));
export type QuietHours = Immutable<z.infer<typeof quietHoursSchema>>;
