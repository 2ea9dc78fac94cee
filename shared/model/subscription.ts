// Who receives what, and the record of each alert sent.
import * as z from 'zod/mini';
import {
  DIGEST_PERIODS,
  defaultRules,
  muteSchema,
  quietHoursSchema,
  rulesShape,
  topicRulesSchema,
  WEEKDAYS,
} from './alert-rules.ts';
import { CHANNELS, DELIVERY_CHANNELS } from './channels.ts';
import { consentSchema, openQuestionSchema, SUBSCRIPTION_STEPS } from './consent.ts';
import { REASON_CODES } from './delivery-reason.ts';
import { DELIVERY_STATES } from './delivery-states.ts';
import type { ArticleId, DeliveryId, MatchId, SubscriptionId } from './ids.ts';
import {
  articleId,
  deliveryId,
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
  subscriptionId,
} from './schema.ts';

/**
 * `unconfirmed`: nothing is sent but the question whether the address agrees. `suppressed`: the address bounced or complained; nothing is sent
 * until a human lifts it. `disabled`: the service says that its address is gone.
 */
const SUBSCRIPTION_STATES = ['unconfirmed', 'active', 'unsubscribed', 'suppressed', 'disabled'] as const;

const publicSubscriptionShape = {
  id: subscriptionId(),
  channel: z.enum(CHANNELS),
  target: described(
    z.string(),
    'E-mail address, as given (trimmed). Where the address of the channel is a secret: what of it may be shown',
  ),
  topics: described(z.array(z.string()), 'Topic ids; `*` stands for every topic. Sorted, without duplicates'),
  digest: described(z.enum(DIGEST_PERIODS), 'How its alerts come: `none` for single ones, else gathered'),
  digestAt: described(z._default(z.string(), '07:00'), 'Local time, HH:MM, at which a daily or weekly digest is sent'),
  digestDay: described(z._default(z.enum(WEEKDAYS), 'monday'), 'Day of a weekly digest'),
  whenEmpty: described(
    z._default(z.boolean(), false),
    'Whether a digest without a single alert is sent, too, with the state of the feeds',
  ),
  timeZone: described(nullableText(), 'IANA time zone of its times; null: `mail.timeZone` of the settings'),
  quietHours: described(
    z.nullable(quietHoursSchema),
    'Local times between which alerts are held; those of critical topics are sent all the same',
  ),
  ...rulesShape,
  topicRules: stored(described(z._default(z.array(topicRulesSchema), []), 'What differs for single topics'), {
    form: 'json',
  }),
  mutes: stored(described(z._default(z.array(muteSchema), []), 'What sends no alerts for a while'), { form: 'json' }),
  state: z.enum(SUBSCRIPTION_STATES),
  stateReason: described(
    z._default(nullableText(), null),
    'Why nothing is sent to a suppressed or disabled one, or why an unconfirmed one could not be asked; null otherwise. Holds no address',
  ),
  consent: stored(
    described(
      z._default(z.nullable(consentSchema), null),
      'What is known of the agreement; null: it is from before addresses were asked, or its channel needs no question',
    ),
    { form: 'json' },
  ),
  createdAt: instant(),
  updatedAt: instant(),
};

export const subscriptionSchema = z.strictObject({
  ...publicSubscriptionShape,
  // Internal: these never leave.
  /** 32 random bytes in base64url: the only thing needed, and of no other use, to end this subscription. Only its mails carry it. */
  unsubscribeToken: z.string(),
  /** ARN given by SNS, for `sns-email` only. */
  snsSubscriptionArn: nullableText(),
  /** Topics that the subscriber stopped by a link in a mail, and may take back for a while. */
  stopped: stored(z.optional(z.array(z.strictObject({ topic: z.string(), at: instant() }))), { form: 'json' }),
  /** When the subscriber ended it by a link in a mail; null or absent when it was ended in another way. */
  endedByLinkAt: z.optional(nullableInstant()),
  /** What it was before its address was suppressed, and is again when that is lifted. Of no meaning in another state. */
  stateBefore: z.optional(z.enum(['unconfirmed', 'active'])),
  openQuestion: stored(z.optional(z.nullable(openQuestionSchema)), { form: 'json' }),
  /** What the sweep does next for it, and from when on; null or absent: nothing. */
  step: z.optional(z.nullable(z.enum(SUBSCRIPTION_STEPS))),
  dueAt: z.optional(nullableInstant()),
});

export type Subscription = Immutable<z.infer<typeof subscriptionSchema>>;

/** What a newcomer need not know: single alerts of everything that holds, updates when there is something new. */
export const defaultSubscriptionSettings = {
  ...defaultRules,
  digest: 'none',
  digestAt: '07:00',
  digestDay: 'monday',
  whenEmpty: false,
  timeZone: null,
  quietHours: null,
  topicRules: [],
  mutes: [],
} as const satisfies Partial<Subscription>;

/** What a subscriber may change of it; the rest follows from these. */
export type SubscriptionChange = Partial<
  Omit<Subscription, 'id' | 'channel' | 'target' | 'createdAt' | 'updatedAt' | 'unsubscribeToken'>
>;

/** What API and commands show of a subscription. */
export const publishedSubscriptionSchema = named('Subscription', z.strictObject(publicSubscriptionShape));

export type PublishedSubscription = Immutable<z.infer<typeof publishedSubscriptionSchema>>;

export const publishedSubscription = (subscription: Subscription): PublishedSubscription =>
  pick(publishedSubscriptionSchema, subscription);

/** The subscription id under which the one publication to the deployment's SNS topic is recorded. */
export const SNS_TOPIC_SUBSCRIPTION = 'sns-topic' as SubscriptionId;

// ---------------------------------------------------------------- deliveries

/** Bounds the reason in a record. */
const LONGEST_REASON = 1_000;

/** `match`: the event of one match, for machines. `alert`: one article, for people; `update`: the same, below an earlier alert of its story. */
const DELIVERY_KINDS = ['match', 'alert', 'update'] as const;

const publicDeliveryShape = {
  id: deliveryId(),
  kind: z._default(z.enum(DELIVERY_KINDS), 'match'),
  matchId: described(matchId(), 'The match that it leads with'),
  matchIds: described(z._default(z.array(matchId()), []), 'All its matches; empty for one of kind `match`'),
  articleId: described(z.nullable(articleId()), 'Null for one of kind `match`'),
  storyId: described(nullableText(), 'The story that the article belongs to; null for one of kind `match`'),
  subscriptionId: subscriptionId(),
  topicId: described(z.string(), 'Topic of the match that it leads with'),
  channel: z.enum(DELIVERY_CHANNELS),
  state: z.enum(DELIVERY_STATES),
  attempts: described(z.int(), 'Sends begun so far'),
  dueAt: described(
    nullableInstant(),
    'When the sweep takes it up (pending: next try; held: its time; sending: the attempt counts as lost); null in a final state and while waiting',
  ),
  digestId: nullableText(),
  reason: stored(
    described(
      nullableText(),
      'Why it was not sent, is held or tried again, in words; null otherwise. Holds no address',
    ),
    { cutTo: LONGEST_REASON },
  ),
  reasonCode: described(
    z._default(z.nullable(z.enum(REASON_CODES)), null),
    'The same for programs; null where there is no reason, and for a delivery from before there were codes',
  ),
  providerId: described(nullableText(), 'Message id that the provider gave on acceptance'),
  createdAt: instant(),
  updatedAt: instant(),
  sentAt: nullableInstant(),
};

export const deliverySchema = z.strictObject({
  ...publicDeliveryShape,
  // Internal: it never leaves.
  expiresAt: expiry(),
});

export type Delivery = Immutable<z.infer<typeof deliverySchema>>;

/** What API and commands show of a delivery. */
export const publishedDeliverySchema = named('Delivery', z.strictObject(publicDeliveryShape));

export type PublishedDelivery = Immutable<z.infer<typeof publishedDeliverySchema>>;

export const publishedDelivery = (delivery: Delivery): PublishedDelivery => pick(publishedDeliverySchema, delivery);

/** Why it exists: the subscriber asked for digests, or too many single alerts came at once. */
const DIGEST_CAUSES = ['asked', 'storm'] as const;
/** open: takes members until windowEnd; closed: no new members, being sent; sent, failed and suppressed are final. */
const DIGEST_STATES = ['open', 'closed', 'sent', 'failed', 'suppressed'] as const;

export const digestSchema = z.strictObject({
  /** `<subscription id>.<window start, epoch seconds>.<period, or storm>`; without the last part from before there were hits. */
  id: z.string(),
  subscriptionId: subscriptionId(),
  windowStart: z.string(),
  windowEnd: z.string(),
  cause: z.enum(DIGEST_CAUSES),
  /** `none`: a storm, or one from before it was kept. */
  period: z._default(z.enum(DIGEST_PERIODS), 'none'),
  state: z.enum(DIGEST_STATES),
  attempts: z.number(),
  dueAt: nullableText(),
  reason: stored(nullableText(), { cutTo: LONGEST_REASON }),
  reasonCode: z._default(z.nullable(z.enum(REASON_CODES)), null),
  updatedAt: z.string(),
  expiresAt: expiry(),
});

/** The mail that gathers a subscription's waiting deliveries of one window. */
export type Digest = Immutable<z.infer<typeof digestSchema>>;

/** What waits for the sweep. `match`: one that was stored before there were hits. */
export type Due =
  | { readonly kind: 'hit'; readonly id: ArticleId; readonly dueAt: string }
  | { readonly kind: 'match'; readonly id: MatchId; readonly dueAt: string }
  | { readonly kind: 'delivery'; readonly id: DeliveryId; readonly dueAt: string }
  | { readonly kind: 'digest'; readonly id: string; readonly dueAt: string }
  | { readonly kind: 'subscription'; readonly id: SubscriptionId; readonly dueAt: string };
