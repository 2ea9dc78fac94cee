// What each thing of the model holds: what is shown of it, and what only its record has.
import * as z from 'zod/mini';
import { REASON_CODES } from '../../../shared/model/delivery-reason.ts';
import { DELIVERY_STATES } from '../../../shared/model/delivery-states.ts';
import {
  feedSchema,
  feedSettingsSchema,
  initialPollState,
  pollStateSchema,
  publishedFeed,
  publishedFeedSchema,
} from '../../../shared/model/feed.ts';
import { feedHealthSchema } from '../../../shared/model/feed-health.ts';
import { matchSchema } from '../../../shared/model/match.ts';
import { statusSchema } from '../../../shared/model/status.ts';
import {
  deliverySchema,
  digestSchema,
  publishedDelivery,
  publishedDeliverySchema,
  publishedSubscription,
  publishedSubscriptionSchema,
  SNS_TOPIC_SUBSCRIPTION,
  subscriptionSchema,
} from '../../../shared/model/subscription.ts';
import { isInForce, topicEntrySchema } from '../../../shared/model/topic.ts';
import { topicSchema } from '../../../shared/model/topic-schema.ts';
import { topicSummarySchema } from '../../../shared/model/topic-summary.ts';
import { aDelivery, aFeed, aSubscription, START } from '../../support/builders.ts';

type JsonSchema = ReturnType<typeof JSON.parse>;
type Shape = string | readonly Shape[] | { readonly [field: string]: Shape };

/** A schema in short: `text`, `instant`, `a / b` for a choice, `| null`; `?` behind a field that may be absent; a list has its element. */
function shapeOf(schema: z.ZodMiniType): Shape {
  const whole: JsonSchema = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })));
  return inShort(withoutRefs(whole, whole.$defs));
}

/** Named parts stand where they are used. */
function withoutRefs(schema: JsonSchema, named: JsonSchema): JsonSchema {
  if (Array.isArray(schema)) return schema.map((each) => withoutRefs(each, named));
  if (typeof schema !== 'object' || schema === null) return schema;
  if (schema.$ref !== undefined) return withoutRefs(named[schema.$ref.split('/').at(-1)], named);
  return Object.fromEntries(
    Object.entries<JsonSchema>(schema).map(([key, value]) => [key, key === '$defs' ? {} : withoutRefs(value, named)]),
  );
}

function inShort(schema: JsonSchema): Shape {
  if (schema.anyOf !== undefined) {
    const [one, other] = schema.anyOf;
    return other.type === 'null' && typeof inShort(one) === 'string'
      ? `${inShort(one)} | null`
      : schema.anyOf.map(inShort);
  }
  if (schema.enum !== undefined) return schema.enum.join(' / ');
  const [type, orNull] = [schema.type].flat();
  const short = SHORT[schema.format ?? type] ?? type;
  if (orNull === 'null') return `${short} | null`;
  if (type === 'array') return [inShort(schema.items)];
  if (type !== 'object') return short;
  if (schema.properties === undefined)
    return { [`each ${inShort(schema.propertyNames)}`]: inShort(schema.additionalProperties) };
  return Object.fromEntries(
    Object.entries<JsonSchema>(schema.properties).map(([key, field]) => [
      schema.required?.includes(key) ? key : `${key}?`,
      inShort(field),
    ]),
  );
}

const SHORT: Readonly<Record<string, string>> = { string: 'text', 'date-time': 'instant', integer: 'whole' };

const STRENGTH = 'weak / fair / strong';
const STATUSES = 'new / ok / unchanged / silent / empty / slow / blocked / broken / moved / gone / inactive';
const ORIGINS = 'article / feed / summary / title';
const SEVERITIES = 'low / medium / high / critical';

const FEED_SETTINGS = {
  url: 'text',
  title: 'text',
  folder: 'text',
  language: 'text | null',
  fullText: 'auto / always / never',
  active: 'boolean',
};
const HEALTH = {
  status: STATUSES,
  explanation: 'text',
  since: 'instant | null',
  lastGoodPollAt: 'instant | null',
  lastNewItemAt: 'instant | null',
  itemsPerDay: 'number | null',
  nextPollAt: 'instant | null',
  textOrigin: `${ORIGINS} | null`,
  validatorsIgnoredUntil: 'instant | null',
  oldItems: [{ count: 'whole', firstAt: 'instant', lastAt: 'instant' }, 'null'],
};
const SEVERITY = 'low / medium / high / critical';
const PERIOD = 'none / hourly / daily / weekly';
const FOLLOW = 'first / significant / all';
const WEB = 'webhook / slack / teams / discord / telegram / ntfy';
const SUBSCRIPTION = {
  id: 'text',
  channel: `email / sns-email / ${WEB}`,
  target: 'text',
  topics: ['text'],
  digest: PERIOD,
  'digestAt?': 'text',
  'digestDay?': 'monday / tuesday / wednesday / thursday / friday / saturday / sunday',
  'whenEmpty?': 'boolean',
  timeZone: 'text | null',
  quietHours: [{ from: 'text', until: 'text' }, 'null'],
  'minSeverity?': SEVERITY,
  'strength?': STRENGTH,
  'languages?': ['text'],
  'onlySources?': ['text'],
  'exceptSources?': ['text'],
  'follow?': FOLLOW,
  'topicRules?': [
    {
      topic: 'text',
      'minSeverity?': SEVERITY,
      'strength?': STRENGTH,
      'languages?': ['text'],
      'onlySources?': ['text'],
      'exceptSources?': ['text'],
      'follow?': FOLLOW,
      'digest?': PERIOD,
    },
  ],
  'mutes?': [{ kind: 'topic / story / source', value: 'text', until: 'instant' }],
  state: 'unconfirmed / active / unsubscribed / suppressed / disabled',
  'stateReason?': 'text | null',
  'consent?': [
    {
      question: 'mail / sns / off / local',
      requestedAt: 'instant',
      requestedBy: 'text',
      wording: 'whole | null',
      confirmedAt: 'instant | null',
    },
    'null',
  ],
  createdAt: 'instant',
  updatedAt: 'instant',
};
const REASON = `${REASON_CODES.join(' / ')} | null`;
const DELIVERY = {
  id: 'text',
  'kind?': 'match / alert / update',
  matchId: 'text',
  'matchIds?': ['text'],
  articleId: 'text | null',
  storyId: 'text | null',
  subscriptionId: 'text',
  topicId: 'text',
  channel: `email / sns / ${WEB}`,
  state: DELIVERY_STATES.join(' / '),
  attempts: 'whole',
  dueAt: 'instant | null',
  digestId: 'text | null',
  reason: 'text | null',
  'reasonCode?': REASON,
  providerId: 'text | null',
  createdAt: 'instant',
  updatedAt: 'instant',
  sentAt: 'instant | null',
};
const byLanguage = { 'each text': ['text'] };

describe('the shape', () => {
  it.each<[string, z.ZodMiniType, Shape]>([
    ['of a feed, as it is set', feedSettingsSchema, FEED_SETTINGS],
    [
      'of a feed, as it is shown',
      publishedFeedSchema,
      { id: 'text', ...FEED_SETTINGS, addedAt: 'instant', health: HEALTH },
    ],
    ['of the health of a feed', feedHealthSchema, HEALTH],
    ['of a subscription, as it is shown', publishedSubscriptionSchema, SUBSCRIPTION],
    [
      'of a subscription',
      subscriptionSchema,
      {
        ...SUBSCRIPTION,
        unsubscribeToken: 'text',
        snsSubscriptionArn: 'text | null',
        'stopped?': [{ topic: 'text', at: 'instant' }],
        'endedByLinkAt?': 'instant | null',
        'stateBefore?': 'unconfirmed / active',
        'openQuestion?': [{ link: 'text', until: 'instant', asked: 'whole', attempts: 'whole' }, 'null'],
        'step?': 'question / reminder / removal / sns | null',
        'dueAt?': 'instant | null',
      },
    ],
    ['of a delivery, as it is shown', publishedDeliverySchema, DELIVERY],
    ['of a delivery', deliverySchema, { ...DELIVERY, expiresAt: 'number' }],
    [
      'of a digest',
      digestSchema,
      {
        id: 'text',
        subscriptionId: 'text',
        windowStart: 'text',
        windowEnd: 'text',
        cause: 'asked / storm',
        'period?': PERIOD,
        state: 'open / closed / sent / failed / suppressed',
        attempts: 'number',
        dueAt: 'text | null',
        reason: 'text | null',
        'reasonCode?': REASON,
        updatedAt: 'text',
        expiresAt: 'number',
      },
    ],
    [
      'of a topic',
      topicSchema,
      {
        id: 'text',
        version: 'text',
        pack: 'text',
        title: 'text',
        description: 'text',
        severity: SEVERITIES,
        codes: { 'each text': ['text', ['text']] },
        any: byLanguage,
        'frames?': byLanguage,
        all: byLanguage,
        none: byLanguage,
        sets: { 'each text': { 'each text': 'text' } },
        'neighbours?': ['text'],
        'history?': 'include / exclude',
        passage: { context: 'whole', max: 'whole', maxChars: 'whole' },
      },
    ],
    [
      'of a topic in a list',
      topicSummarySchema,
      {
        id: 'text',
        version: 'text',
        title: 'text',
        severity: SEVERITIES,
        description: 'text',
        pack: 'text',
        languages: ['text'],
        state: 'active / disabled',
        disabledAt: 'instant | null',
        source: 'configuration / push | null',
        isMissing: 'boolean',
      },
    ],
    [
      'of what is kept beside a topic',
      topicEntrySchema,
      {
        id: 'text',
        version: 'text',
        pack: 'text',
        digest: 'text',
        source: 'configuration / push | null',
        disabledAt: 'text | null',
        'isMissing?': 'boolean',
      },
    ],
    [
      'of the status of an instance',
      statusSchema,
      {
        time: 'instant',
        feeds: { total: 'whole', failing: 'whole', neverPolled: 'whole', byStatus: { [`each ${STATUSES}`]: 'whole' } },
        topics: 'whole',
        lastScheduledMinute: 'text | null',
        oldestPolledAt: 'instant | null',
        due: 'whole',
        oldestDueAt: 'instant | null',
        deliveryFailures: [
          {
            channel: `email / sns / ${WEB}`,
            state: 'retrying / held / failed / bounced / complained / disabled / suppressed',
            count: 'whole',
            lastDay: 'whole',
            since: 'instant',
            reason: 'text',
          },
        ],
        operators: [{ confirmed: 'whole', unconfirmed: 'whole', problem: 'text | null' }, 'null'],
        question: 'mail / off / local',
        'mailQuota?': [
          {
            perSecond: 'number',
            perDay: 'number | null',
            leftToday: 'number | null',
            isSandbox: 'boolean',
            isEnabled: 'boolean',
          },
          'null',
        ],
      },
    ],
  ])('%s', (_name, schema, shape) => {
    expect(shapeOf(schema)).toEqual(shape);
  });

  it('of a match that is stored has what never leaves', () => {
    expect(shapeOf(z.pick(matchSchema, { alertState: true, expiresAt: true, quiet: true }))).toEqual({
      quiet: 'first_poll_old / old | null',
      alertState: 'pending / done',
      expiresAt: 'number',
    });
  });
});

describe('what is shown', () => {
  it('of a feed is its settings and its health, under the title that people see', () => {
    const { state: _, pollBatch: __, ...settings } = aFeed();
    const health = { status: 'ok' } as never;

    expect(publishedFeed(aFeed(), 'Seen', health)).toStrictEqual({ ...settings, title: 'Seen', health });
  });

  it('of a subscription and of a delivery is never what is internal', () => {
    const { unsubscribeToken: _, snsSubscriptionArn: __, ...subscription } = aSubscription();
    const { expiresAt: ___, ...delivery } = aDelivery();

    expect(publishedSubscription(aSubscription())).toStrictEqual(subscription);
    expect(publishedDelivery(aDelivery())).toStrictEqual(delivery);
  });
});

describe('the state of a feed', () => {
  it('before its first poll knows nothing but its interval', () => {
    const { intervalMinutes, version, baselined, askedMinutes, freshMinutes, skippedHours, ...rest } =
      initialPollState(15);

    expect({ intervalMinutes, version, baselined, askedMinutes, freshMinutes, skippedHours }).toEqual({
      intervalMinutes: 15,
      version: 0,
      baselined: false,
      askedMinutes: 0,
      freshMinutes: 0,
      skippedHours: 0,
    });
    expect(Object.values(rest).every((value) => value === null)).toBe(true);
    expect(Object.keys(initialPollState(15)).sort()).toEqual(Object.keys(pollStateSchema.shape).sort());
    expect(pollStateSchema.parse(initialPollState(15))).toEqual(initialPollState(15));
  });

  it('of an older version has neither what caches ask for nor hours that are skipped', () => {
    const { freshMinutes: _, skippedHours: __, ...older } = initialPollState(5);

    expect(pollStateSchema.parse(older)).toEqual(initialPollState(5));
  });

  it('may have a failure of a kind that only a newer version knows', () => {
    const failing = (kind: unknown) => ({
      ...initialPollState(5),
      failure: { kind, message: '', since: START, count: 1, status: 500 },
    });

    expect(pollStateSchema.parse(failing('newest'))).toEqual(failing('newest'));
    expect(pollStateSchema.safeParse(failing(5)).error?.issues).toMatchObject([
      { path: ['failure', 'kind'], message: 'expected a text' },
    ]);
  });

  it('has the target of a redirect, and where most texts come from', () => {
    const state = {
      ...initialPollState(5),
      redirect: { url: 'https://a.example/', firstAt: START, count: 2 },
      textOrigin: 'summary',
      oldItems: { count: 1, firstAt: START, lastAt: START },
    };

    expect(pollStateSchema.parse(state)).toEqual(state);
    expect(feedSchema.safeParse({ ...aFeed(), state }).success).toBe(true);
    expect(feedSchema.safeParse({ ...aFeed(), state: { ...state, textOrigin: 'page' } }).success).toBe(false);
  });
});

it('a topic is in force until it is disabled', () => {
  expect([isInForce({ disabledAt: null }), isInForce({ disabledAt: START })]).toEqual([true, false]);
});

it('the publication on SNS is recorded under one name, in every version', () => {
  expect(SNS_TOPIC_SUBSCRIPTION).toBe('sns-topic');
});
