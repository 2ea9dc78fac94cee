// The published JSON Schema of a story takes what is published, and refuses what is not a story.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { storyJsonSchema } from '../../shared/api/json-schema.ts';
import { publishedStory, withReport } from '../../shared/model/story.ts';
import { aHit, anArticle } from '../support/builders.ts';

const validate = new Ajv2020({ strict: true, validateFormats: false }).compile(storyJsonSchema());
const { title, language, source } = anArticle();
const shown = publishedStory(withReport(null, { hit: aHit(), title, language, source }));

describe('the schema of a story', () => {
  it('takes a story, also one that has gained a field', () => {
    expect([validate(shown), validate.errors]).toEqual([true, null]);
    expect(validate({ ...shown, strength: 0.8 })).toBe(true);
  });

  it.each<[string, object]>([
    ['another version', { ...shown, schema: 'tocsin.story.v2' }],
    ['a story without reports', { ...shown, hits: undefined }],
    ['an unknown severity', { ...shown, severity: 'grave' }],
    ['a source without a host', { ...shown, sources: [{ ...source, host: undefined }] }],
  ])('refuses %s', (_name, value) => {
    expect(validate(JSON.parse(JSON.stringify(value)))).toBe(false);
  });
});
