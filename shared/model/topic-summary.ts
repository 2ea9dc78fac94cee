// What lists show of a topic.
import * as z from 'zod/mini';
import { described, type Immutable, named, nullableInstant } from './schema.ts';
import { SEVERITIES } from './severity.ts';
import { TOPIC_SOURCES, type Topic, type TopicEntry } from './topic.ts';

export const topicSummarySchema = named(
  'TopicSummary',
  z.strictObject({
    id: z.string(),
    version: z.string(),
    title: z.string(),
    severity: z.enum(SEVERITIES),
    description: z.string(),
    pack: z.string(),
    languages: z.array(z.string()),
    state: described(
      z.enum(['active', 'disabled']),
      '`disabled`: removed by an operator; nothing is matched for it until it is restored',
    ),
    disabledAt: nullableInstant(),
    source: described(
      z.nullable(z.enum(TOPIC_SOURCES)),
      'The folder of packs that starts and deploys read, or a push. Null: put by an older version',
    ),
    isMissing: described(
      z.boolean(),
      'Its pack file was gone at the last start; it is active all the same, because too many were gone at once',
    ),
  }),
);

export type TopicSummary = Immutable<z.infer<typeof topicSummarySchema>>;

export const summaryOf = (topic: Topic, { disabledAt, source, isMissing }: TopicEntry): TopicSummary => ({
  id: topic.id,
  version: topic.version,
  title: topic.title,
  severity: topic.severity,
  description: topic.description,
  pack: topic.pack,
  languages: Object.keys(topic.any).sort(),
  state: disabledAt === null ? 'active' : 'disabled',
  disabledAt,
  source,
  isMissing,
});
