// The figures of an instance: what is followed and in force, what waits, what fails.
import * as z from 'zod/mini';
import { DELIVERY_CHANNELS } from './channels.ts';
import { HEALTH_STATUSES } from './feed-health.ts';
import { described, type Immutable, instant, named, nullableInstant, nullableText } from './schema.ts';

/** `retrying`: tried again. `held`: a quota is used up. The others: it did not arrive, and this is why (`suppressed`: the address had bounced). */
export const DELIVERY_TROUBLES = [
  'retrying',
  'held',
  'failed',
  'bounced',
  'complained',
  'disabled',
  'suppressed',
] as const;

const deliveryFailureSchema = z.strictObject({
  channel: z.enum(DELIVERY_CHANNELS),
  state: z.enum(DELIVERY_TROUBLES),
  count: z.int(),
  lastDay: described(z.int(), 'Those of them that were created or, if they did not arrive, ended within the last day'),
  since: described(instant(), 'When the first of them was created or, if it did not arrive, ended'),
  reason: described(z.string(), 'The latest error; holds no address'),
});

/** Deliveries of one channel that fail alike. */
export type DeliveryFailure = Immutable<z.infer<typeof deliveryFailureSchema>>;

const operatorsSchema = z.strictObject({
  confirmed: described(z.int(), 'Subscriptions of the operations topic that get alarms and notices'),
  unconfirmed: described(z.int(), 'Those whose owner has not followed the link in the mail of AWS: they get nothing'),
  problem: described(nullableText(), 'Why they could not be counted; null when they were'),
});

/** Who receives alarms. */
export type OperatorsTold = Immutable<z.infer<typeof operatorsSchema>>;

const mailQuotaSchema = z.strictObject({
  perSecond: described(z.number(), 'Mails a second'),
  perDay: described(z.nullable(z.number()), 'Mails within 24 hours; null: no limit'),
  leftToday: described(z.nullable(z.number()), 'Of these, those that are left; null: no limit'),
  isSandbox: described(z.boolean(), 'Mails reach verified addresses only'),
  isEnabled: described(z.boolean(), 'False: the provider has stopped sending'),
});

export const statusSchema = named(
  'Status',
  z.strictObject({
    time: described(instant(), "The instance's own clock"),
    feeds: z.strictObject({
      total: z.int(),
      failing: described(z.int(), 'Those that cannot be read: slow, blocked, broken, gone'),
      neverPolled: z.int(),
      byStatus: z.partialRecord(z.enum(HEALTH_STATUSES), z.int()),
    }),
    topics: z.int(),
    lastScheduledMinute: described(nullableText(), 'The last minute whose polls were queued'),
    oldestPolledAt: described(nullableInstant(), 'Every batch of feeds has been polled since this time'),
    due: described(z.int(), 'Matches, deliveries, digests and questions to subscribers that are due and not finished'),
    oldestDueAt: nullableInstant(),
    question: described(
      z.enum(['mail', 'off', 'local']),
      'Whether a new address is asked before anything is sent to it: by `mail`; not, because `mail.confirm` is `off`; or not, because mails are `local` to the machine',
    ),
    deliveryFailures: described(
      z.array(deliveryFailureSchema),
      'Deliveries that are being retried, that wait for a quota, or that did not arrive in the last seven days, by channel and state; empty when there are none',
    ),
    operators: described(
      z.nullable(operatorsSchema),
      'Who receives alarms; null on one machine, where notices stand in the outbox',
    ),
    mailQuota: described(
      z.optional(z.nullable(mailQuotaSchema)),
      'What SES allows, at most ten minutes old; null where it could not be read; absent where mails do not leave by SES',
    ),
  }),
);

export type InstanceStatus = Immutable<z.infer<typeof statusSchema>>;
