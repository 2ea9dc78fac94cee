// The published JSON Schema of a match takes what is published, and refuses what is not a match.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { showMatch } from '../../shared/alerts/match-link.ts';
import { matchJsonSchema } from '../../shared/api/json-schema.ts';
import type { PublishedMatch } from '../../shared/model/match.ts';
import { aMatch } from '../support/builders.ts';
import { schemaFiles } from '../support/write-schemas.ts';

const validate = new Ajv2020({ strict: true, validateFormats: false, allowUnionTypes: true }).compile(
  matchJsonSchema(),
);
const shown = showMatch(aMatch());
const [passage] = shown.passages;

describe('the schema of a match', () => {
  it.each(Object.entries(schemaFiles()))('stands in %s: npx node test/support/write-schemas.ts', (file, text) => {
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it.each<[string, PublishedMatch]>([
    ['a match', shown],
    [
      'a match without date, link or passage',
      { ...shown, article: { ...shown.article, publishedAt: null }, link: null, passages: [] },
    ],
    ['a match that sent no alert', { ...shown, quiet: 'old' }],
    ['a passage that is cut', { ...shown, passages: [{ ...passage!, cut: 'both' }] }],
  ])('takes %s', (_name, match) => {
    expect({ isValid: validate(JSON.parse(JSON.stringify(match))), errors: validate.errors }).toEqual({
      isValid: true,
      errors: null,
    });
  });

  it.each<[string, object]>([
    ['another version', { ...shown, schema: 'tocsin.match.v2' }],
    ['a match without topic', { ...shown, topic: undefined }],
    ['an unknown severity', { ...shown, topic: { ...shown.topic, severity: 'grave' } }],
    ['half a highlight', { ...shown, passages: [{ ...passage!, highlights: [[1]] }] }],
    ['an offset that is no whole number', { ...shown, passages: [{ ...passage!, start: 0.5 }] }],
  ])('refuses %s', (_name, value) => {
    expect(validate(JSON.parse(JSON.stringify(value)))).toBe(false);
  });

  it('lets the same version gain fields', () => {
    expect(validate({ ...shown, mood: 'grave' })).toBe(true);
  });

  it('says in which coordinates offsets count', () => {
    const properties = JSON.stringify(matchJsonSchema());

    expect(properties.match(/UTF-16 code units into the text of the origin/g)).toHaveLength(2);
  });
});

describe('the offsets of a published match', () => {
  it('count UTF-16 code units into the text of the origin, for the passage and its highlights', () => {
    const text = '🚢 Zuerst nichts. A convoy of forty trucks crossed the river at dawn.';
    const start = text.indexOf('A convoy');
    const words = ['convoy', 'river'].map((word): [number, number] => [
      text.indexOf(word),
      text.indexOf(word) + word.length,
    ]);
    const match = showMatch(
      aMatch({}, { passages: [{ ...passage!, text: text.slice(start), start, end: text.length, highlights: words }] }),
    );

    for (const one of match.passages) {
      expect(text.slice(one.start, one.end)).toBe(one.text);
      expect(one.highlights.map(([from, to]) => text.slice(from, to))).toEqual(['convoy', 'river']);
    }
  });
});
