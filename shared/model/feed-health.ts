// How a feed fares, as it is shown. shared/feeds/feed-health.ts tells it from the feed's record.
import * as z from 'zod/mini';
import { textOrigin } from './article.ts';
import { described, type Immutable, instant, nullableInstant } from './schema.ts';

/**
 * new: not polled yet. ok: something new within a day. unchanged: answers, nothing new for longer than a day, as is its way.
 * silent: answers, but nothing new for much longer than is its way. empty: answers without a single item. slow: too slow, or asks
 * to be asked less. blocked: refused, by the publisher or by our own guard. broken: cannot be reached or read. moved: answers from
 * another address, which is adopted when it stays. gone: ended by the publisher (410), no longer polled. inactive: switched off.
 */
export const HEALTH_STATUSES = [
  'new',
  'ok',
  'unchanged',
  'silent',
  'empty',
  'slow',
  'blocked',
  'broken',
  'moved',
  'gone',
  'inactive',
] as const;

export type HealthStatus = (typeof HEALTH_STATUSES)[number];

export const oldItemsSchema = z.strictObject({ count: z.int(), firstAt: instant(), lastAt: instant() });

/** New items whose own dates were too old for an alert. */
export type OldItems = Immutable<z.infer<typeof oldItemsSchema>>;

export const feedHealthSchema = z.strictObject({
  status: z.enum(HEALTH_STATUSES),
  explanation: described(z.string(), 'The status in a sentence, with what to do about it, where possible'),
  since: described(nullableInstant(), 'When this status began; null if unknown'),
  lastGoodPollAt: nullableInstant(),
  lastNewItemAt: nullableInstant(),
  itemsPerDay: z.nullable(z.number()),
  nextPollAt: nullableInstant(),
  textOrigin: described(z.nullable(textOrigin()), 'What most of the newest items offer for matching'),
  validatorsIgnoredUntil: described(
    nullableInstant(),
    'Its "not modified" was wrong: until this time each poll downloads the whole feed. Null: "not modified" is believed',
  ),
  oldItems: described(
    z.nullable(oldItemsSchema),
    'New items whose own dates were too old for an alert; null when there were none for 30 days',
  ),
});

export type FeedHealth = Immutable<z.infer<typeof feedHealthSchema>>;
