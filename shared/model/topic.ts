// A topic as data: what a pack says of it, expressions still in text. JSON-serialisable, so it can be stored and sent.
// Its language: docs/topic-syntax.md.
import * as z from 'zod/mini';
import { type Immutable, nullableText } from './schema.ts';
import type { topicSchema } from './topic-schema.ts';

export type Topic = Immutable<z.infer<typeof topicSchema>>;

/** Expressions per language; key `*` holds for every language. */
export type ExpressionsByLanguage = Topic['any'];

/** `configuration`: from the folder of packs that starts and deploys read whole; `push`: put by hand or through the API. */
export const TOPIC_SOURCES = ['configuration', 'push'] as const;
export type TopicSource = (typeof TOPIC_SOURCES)[number];

/** What is kept of a topic beside its definition. */
export const topicEntrySchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  pack: z.string(),
  /** Hash of the whole definition: tells whether anything changed, wording of the title included. */
  digest: z.string(),
  /** Null: put by a version that did not record it. */
  source: z.nullable(z.enum(TOPIC_SOURCES)),
  /** Since when it is out of force by an operator's wish, whatever packs say; null while it is in force. RFC 3339. */
  disabledAt: nullableText(),
  /** In force although its pack file was gone at the last start. */
  isMissing: z._default(z.boolean(), false),
});

export type TopicEntry = Immutable<z.infer<typeof topicEntrySchema>>;

export const isInForce = ({ disabledAt }: Pick<TopicEntry, 'disabledAt'>): boolean => disabledAt === null;
