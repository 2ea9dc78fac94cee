// What expressions ask of an article itself.
import { isDescribedAs } from '../../../shared/matching/evaluate/descriptions.ts';
import type { MatchableDocument } from '../../../shared/model/article.ts';
import type { DescriptionField } from '../../../shared/query/syntax.ts';

const DOCUMENT: MatchableDocument = {
  title: '',
  text: '',
  url: 'https://www.example.co.uk:8080/World/1',
  source: { title: 'The Daily Example', host: 'News.Example.ORG' },
  authors: ['A. Smythe', 'B. Müller'],
  categories: ['World/News', 'Asie'],
};
const isDescribed = (
  field: DescriptionField,
  value: string,
  change: Partial<MatchableDocument> = {},
  languages: readonly string[] = ['en', 'nl'],
): boolean => isDescribedAs({ ...DOCUMENT, ...change }, languages, field, value);

it.each<[field: DescriptionField, described: readonly string[], not: readonly string[]]>([
  ['lang', ['en', 'EN'], ['nl', 'e', 'english', '']],
  ['url', ['/world/', 'WORLD/1', 'https://', '8080'], ['/sport/', 'example.org']],
  ['author', ['smythe', 'A. Smythe', 'MULLER', 'b. müller'], ['smyth', 'smythe b', 'A. Müller', '!', '']],
  ['category', ['world', 'news', 'world news', 'ASIE'], ['news world', 'news asie', 'asia', '-']],
  [
    'source',
    [
      'example.org',
      'news.example.org',
      'www.example.org',
      'EXAMPLE.org',
      'example.co.uk',
      'daily example',
      'the daily',
    ],
    ['ample.org', 'org', 'uk', 'host.news.example.org', 'daily the', 'co.uk.example', ''],
  ],
  ['country', ['uk', 'GB', 'gb', 'UK'], ['org', 'us', 'co', '']],
])('an article is described by %s as %j, and not as %j', (field, described, not) => {
  expect(described.filter((value) => !isDescribed(field, value))).toEqual([]);
  expect(not.filter((value) => isDescribed(field, value))).toEqual([]);
});

it('a name of a source may be one word of it', () => {
  expect(isDescribed('source', 'example', { source: 'The Daily Example', url: undefined })).toBe(true);
  expect(isDescribed('source', 'daily', { source: 'The Daily Example', url: undefined })).toBe(true);
  expect(isDescribed('source', 'exam', { source: 'The Daily Example', url: undefined })).toBe(false);
});

it('a source that is given as one text may be a host', () => {
  expect(isDescribed('source', 'example.fr', { source: 'www.example.fr', url: undefined })).toBe(true);
  expect(isDescribed('country', 'fr', { source: 'www.example.fr', url: undefined })).toBe(true);
  expect(isDescribed('country', 'fr', { source: 'Example fr', url: undefined })).toBe(false);
});

it.each([
  'http://example.de',
  'HTTPS://example.de/a.b?c',
  'https://example.de#x',
  'https://example.de?x=1',
  'a+b-c.1://example.de/',
])('the host of an address counts: %s', (url) => {
  expect(isDescribed('country', 'de', { url })).toBe(true);
  expect(isDescribed('source', 'example.de', { url })).toBe(true);
});

it.each(['example.de', '//example.de', '1http://example.de', 'see http://example.de', 'http:/example.de', ''])(
  'what is no address has no host: %j',
  (url) => {
    expect(isDescribed('country', 'de', { url, source: undefined })).toBe(false);
  },
);

it('an article that lacks a field is not described by it', () => {
  const nothing = { url: undefined, source: undefined, authors: undefined, categories: undefined };

  for (const field of ['url', 'author', 'category', 'source', 'country'] as const) {
    expect([field, isDescribed(field, 'undefined', nothing), isDescribed(field, 'x', nothing)]).toEqual([
      field,
      false,
      false,
    ]);
  }
  expect(isDescribed('country', '', nothing)).toBe(false);
  expect(isDescribed('lang', 'en', {}, [])).toBe(false);
});
