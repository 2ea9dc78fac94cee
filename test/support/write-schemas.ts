// Writes the published JSON Schemas that are made from code: npx node test/support/write-schemas.ts
import { writeFileSync } from 'node:fs';
import { matchJsonSchema, storyJsonSchema } from '../../shared/api/json-schema.ts';

export const schemaFiles = (): Readonly<Record<string, string>> => ({
  'schema/match.v1.json': `${JSON.stringify(matchJsonSchema(), null, 2)}\n`,
  'schema/story.v1.json': `${JSON.stringify(storyJsonSchema(), null, 2)}\n`,
});

if (process.argv[1] === import.meta.filename) {
  for (const [file, text] of Object.entries(schemaFiles())) writeFileSync(file, text);
}
