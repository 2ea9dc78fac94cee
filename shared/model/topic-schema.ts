// A topic's definition as a schema, in a file of its own: functions that only pass topics on do not load it.
import * as z from 'zod/mini';
import { HISTORY_CHOICES } from './history.ts';
import { named } from './schema.ts';
import { SEVERITIES } from './severity.ts';

const byLanguage = () => z.record(z.string(), z.array(z.string()));

export const topicSchema = named(
  'Topic',
  z.strictObject({
    id: z
      .string()
      .check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'expected lower-case letters, digits and hyphens, at most 64')),
    /** `<pack version>+<first 7 hex digits of the definition's hash>`, so that every change of meaning has a name of its own. */
    version: z.string().check(z.minLength(1), z.maxLength(64)),
    pack: z.string().check(z.minLength(1), z.maxLength(64)),
    title: z.string().check(z.minLength(1), z.maxLength(200)),
    description: z.string().check(z.maxLength(2000)),
    severity: z.enum(SEVERITIES),
    /** Codes of other taxonomies, such as CAMEO: metadata only. */
    codes: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    /** One of these must hold. */
    any: byLanguage(),
    /** For each language of `any`, the frames that its expressions are from, in the same order; empty for one that is from none. */
    frames: z.optional(byLanguage()),
    /** Each of these must hold somewhere in the document. */
    all: byLanguage(),
    /** None of these may hold. */
    none: byLanguage(),
    /** The sets its expressions name, and those that they name: set -> language (or `*`) -> expression. */
    sets: z.record(z.string(), z.record(z.string(), z.string())),
    /** Topics that the same words may show; where they do, the one that fits less well is weak. */
    neighbours: z.optional(z.array(z.string())),
    /** Whether what only happened in the past counts; absent: it does. docs/topic-syntax.md says what is history. */
    history: z.optional(z.enum(HISTORY_CHOICES)),
    passage: z.strictObject({ context: z.int(), max: z.int(), maxChars: z.int() }),
  }),
);
