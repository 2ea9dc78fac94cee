// The published JSON Schema of what leaves Tocsin, beside the OpenAPI document. A reader must pass over fields that it does not know:
// the same version may gain some.
import * as z from 'zod/mini';
import { MATCH_V1, publishedMatchSchema } from '../model/match.ts';
import { publishedStorySchema, STORY_V1 } from '../model/story.ts';

const DRAFT = 'draft-2020-12';

export const matchJsonSchema = () =>
  jsonSchemaOf(publishedMatchSchema, {
    ...namesOf(MATCH_V1),
    description:
      "One topic that holds in one article. Offsets count UTF-16 code units into the text of the passage's origin, end exclusive; instants are RFC 3339 in UTC.",
  });

export const storyJsonSchema = () =>
  jsonSchemaOf(publishedStorySchema, {
    ...namesOf(STORY_V1),
    description:
      'Reports of one event, summed up. A report is an article in which at least one topic holds; instants are RFC 3339 in UTC.',
  });

const namesOf = (shape: string) => ({ $id: `urn:${shape.replaceAll('.', ':')}`, title: shape });

/** With whatever else a schema says. */
interface JsonSchema {
  readonly $schema: string;
  readonly [keyword: string]: unknown;
}

interface About {
  readonly $id: string;
  readonly title: string;
  readonly description: string;
}

function jsonSchemaOf(schema: z.ZodMiniType, about: About): About & JsonSchema {
  const {
    $schema = '',
    id: _,
    ...rest
  } = z.toJSONSchema(schema, {
    target: DRAFT,
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
      // The format says it.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      // Every integer has the bounds of JavaScript, which say nothing.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  // Twice: first, so that it stands on top; last, so that it holds.
  return { $schema, ...about, ...rest, ...about };
}
