// Changes of what a subscriber wants: only what is named changes, and null brings the default back.
import * as z from 'zod/mini';
import { DIGEST_PERIODS, FOLLOW_LEVELS, MUTED_KINDS, type Mute, type rulesShape, WEEKDAYS } from './alert-rules.ts';
import { described, type Immutable, named } from './schema.ts';
import { SEVERITIES } from './severity.ts';
import { STRENGTHS } from './strength.ts';
import { defaultSubscriptionSettings, type Subscription } from './subscription.ts';

/** Hosts and titles of sources, those of single topics included; this bounds the record of a subscription. */
export const MOST_SOURCES = 200;
/** Languages, counted in the same way. */
export const MOST_LANGUAGES = 200;
export const MOST_MUTES = 100;
/** Characters of a source, and of what is muted. */
export const LONGEST_NAME = 200;
/** What is silent for longer should not be subscribed to. */
export const LONGEST_MUTE_DAYS = 366;

const change = <Schema extends z.ZodMiniType>(schema: Schema) => z.optional(z.nullable(schema));

const rulesChangeShape = {
  minSeverity: change(z.enum(SEVERITIES)),
  strength: change(z.enum(STRENGTHS)),
  languages: change(z.array(z.string())),
  onlySources: change(z.array(z.string())),
  exceptSources: change(z.array(z.string())),
  follow: change(z.enum(FOLLOW_LEVELS)),
} as const satisfies Record<keyof typeof rulesShape, z.ZodMiniType>;

/** Adds to what differs for a topic; null: again as in the subscription. */
const topicRulesChangeSchema = named(
  'TopicRulesChange',
  z.strictObject({ topic: z.string(), ...rulesChangeShape, digest: change(z.enum(DIGEST_PERIODS)) }),
);

/** Fields of a request. A field that is absent changes nothing. */
export const settingsChangeShape = {
  ...rulesChangeShape,
  digest: change(z.enum(DIGEST_PERIODS)),
  digestAt: described(change(z.string()), 'Local time, HH:MM'),
  digestDay: change(z.enum(WEEKDAYS)),
  whenEmpty: change(z.boolean()),
  timeZone: described(change(z.string()), 'IANA time zone, such as Europe/Berlin; null: that of the mails'),
  quietHours: described(
    change(z.strictObject({ from: z.string(), until: z.string() })),
    'Local times, HH:MM; across midnight when `from` is the later one. Null: none',
  ),
  topicRules: described(
    change(z.array(topicRulesChangeSchema).check(z.maxLength(100))),
    'What differs for the topics named; those of other topics stay. Null: nothing differs',
  ),
} as const;

const settingsChangeSchema = z.strictObject(settingsChangeShape);
export type SettingsChange = Immutable<z.infer<typeof settingsChangeSchema>>;
export type TopicRulesChange = Immutable<z.infer<typeof topicRulesChangeSchema>>;

const INSTANT_WANTED = 'an instant in UTC such as 2026-11-30T08:00:00Z';

/** What is silenced. */
export const muteRequestSchema = z.strictObject({
  kind: z.enum(MUTED_KINDS),
  value: described(
    z.string().check(z.minLength(1), z.maxLength(LONGEST_NAME)),
    'Id of the topic or the story; host, or part of the title, of the source',
  ),
  until: described(
    z.iso.datetime(INSTANT_WANTED),
    `When alerts begin again: later than now, and at most ${LONGEST_MUTE_DAYS} days away`,
  ),
});

/** All that a subscriber may set, beside the topics. */
export type SubscriptionSettings = Pick<Subscription, keyof typeof defaultSubscriptionSettings>;

export const settingsOf = (subscription: SubscriptionSettings): SubscriptionSettings => {
  const names = Object.keys(defaultSubscriptionSettings) as readonly (keyof SubscriptionSettings)[];
  return Object.fromEntries(names.map((name) => [name, subscription[name]])) as unknown as SubscriptionSettings;
};

/** A difference in the order of fields alone counts, which costs one write. */
export const isSameSettings = (left: SubscriptionSettings, right: SubscriptionSettings): boolean =>
  JSON.stringify(settingsOf(left)) === JSON.stringify(settingsOf(right));

export const unexpired = (mutes: readonly Mute[], now: Date): readonly Mute[] =>
  mutes.filter(({ until }) => Date.parse(until) > now.getTime());
