// JSON Feed, as it should be and as it is written.
import { readJsonFeed } from '../../../../shared/feeds/reading/json-feed.ts';

const URL_OF_IT = 'https://news.example.org/feed.json';
const VERSION = 'https://jsonfeed.org/version/1.1';
const PAGE = 'https://news.example.org/a';
const feedOf = (feed: object) => readJsonFeed({ version: VERSION, ...feed }, URL_OF_IT)?.feed;
const itemOf = (item: object, feed: object = {}) =>
  readJsonFeed({ version: VERSION, ...feed, items: [item] }, URL_OF_IT)?.items[0];

describe('a value is a JSON Feed', () => {
  it.each<[value: unknown, isFeed: boolean]>([
    [{ version: VERSION }, true],
    [{ version: 'HTTP://JSONFEED.ORG/version/1' }, true],
    [{ version: 'https://example.org/version/1' }, false],
    [{ version: 1 }, false],
    [{ items: [{ id: '1', title: 'A' }] }, true],
    [{ items: { url: '/a', summary: 'A' } }, true],
    [{ items: [{ id: '1', content_html: 'A' }] }, true],
    [{ items: [{ id: '1', content_text: 'A' }] }, true],
    [{ items: [{ id: '1', date_published: '2026' }] }, true],
    [{ items: [7, { id: 1, title: 'A' }] }, true],
    [{ items: [{ id: '1' }] }, false],
    [{ items: [{ title: 'A' }] }, false],
    [{ items: [{ id: ' ', title: 'A' }] }, false],
    [{ items: [] }, false],
    [[{ id: '1', title: 'A' }], false],
    [null, false],
    ['feed', false],
  ])('%j: %s', (value, isFeed) => {
    expect(readJsonFeed(value, URL_OF_IT) !== null).toBe(isFeed);
  });
});

it('a feed says what it is called, where it is and in which language', () => {
  expect(
    feedOf({
      title: ' Harbour\nnews ',
      home_page_url: '/',
      description: 'One\n\ntwo',
      language: 'en-GB',
      feed_url: 'https://other.example.org/feed.json',
    }),
  ).toEqual({
    title: 'Harbour news',
    link: 'https://other.example.org/',
    description: 'One\n\ntwo',
    language: 'en-GB',
    ttlMinutes: null,
    skipHours: [],
    format: 'json',
  });
  expect(feedOf({ home_page_url: '/', feed_url: 'mailto:a' })?.link).toBe('https://news.example.org/');
});

describe('an item', () => {
  it('has the fields of the specification', () => {
    const item = {
      id: 'a1',
      title: 'Pier opens',
      url: '/a',
      date_published: '2026-11-30T08:00:00Z',
      date_modified: '2026-11-30T09:00:00Z',
      summary: 'A <b>pier</b>',
      content_html: '<p>A <b>pier</b></p>',
      content_text: 'unused',
      authors: [{ name: 'Foreign desk' }],
      tags: ['sea', 'harbour', 'sea'],
      language: 'de',
    };

    expect(itemOf(item)).toEqual({
      id: 'a1',
      title: 'Pier opens',
      url: PAGE,
      published: '2026-11-30T08:00:00.000Z',
      updated: '2026-11-30T09:00:00.000Z',
      summary: 'A pier',
      content: 'A pier',
      authors: ['Foreign desk'],
      categories: ['sea', 'harbour'],
      language: 'de',
    });
  });

  it('has nothing where fields are missing or of another type', () => {
    const nothing = {
      id: null,
      title: null,
      url: null,
      published: null,
      updated: null,
      summary: null,
      content: null,
      authors: [],
      categories: [],
      language: null,
    };

    expect(itemOf({})).toEqual(nothing);
    expect(itemOf({ id: {}, title: [], url: 7, summary: true, authors: 7, tags: 7, language: {} })).toEqual(nothing);
  });

  it.each<[id: unknown, kept: string | null]>([
    [7, '7'],
    [' a ', 'a'],
    ['null', null],
    ['', null],
    ['x'.repeat(4_001), 'x'.repeat(4_000)],
  ])('whose id is %j is known as %j', (id, kept) => {
    expect(itemOf({ id })?.id).toBe(kept);
  });

  it.each<[item: object, url: string | null]>([
    [{ url: ' /a ', external_url: '/b', id: 'https://news.example.org/c' }, PAGE],
    [{ url: 'mailto:x', external_url: '/a' }, PAGE],
    [{ id: PAGE }, PAGE],
    [{ id: 'HTTPS://news.example.org/a' }, PAGE],
    [{ id: `see ${PAGE}` }, null],
    [{ id: `${PAGE} b` }, null],
  ])('%j is at %s', (item, url) => {
    expect(itemOf(item)?.url).toBe(url);
  });

  it('has plain text where it has no HTML, and signs of Windows as they were meant', () => {
    expect(itemOf({ content_html: ' ', content_text: 'a < b' })?.content).toBe('a < b');
    expect(itemOf({ title: 'It\u0092s', tags: ['a\u0096b'], authors: 'O\u0092Hara' })).toMatchObject({
      title: 'It’s',
      categories: ['a–b'],
      authors: ['O’Hara'],
    });
  });

  it('has dates in its own language, else in that of the feed', () => {
    const date = '03/04/2026';

    expect(itemOf({ date_published: date, date_modified: date }, { language: 'en-US' })).toMatchObject({
      published: '2026-03-04T00:00:00.000Z',
      updated: '2026-03-04T00:00:00.000Z',
    });
    expect(itemOf({ date_published: date, date_modified: date, language: 'fr' }, { language: 'en-US' })).toMatchObject({
      published: '2026-04-03T00:00:00.000Z',
      updated: '2026-04-03T00:00:00.000Z',
    });
  });

  it.each<[value: object, names: readonly string[]]>([
    [{ authors: [{ name: 'A' }, 'B', 7, null], author: { name: 'C' } }, ['A', 'B', 'C']],
    [{ author: 'A' }, ['A']],
    [{ author: [{ name: 'A' }] }, ['A']],
    [{ authors: { name: 'A' } }, ['A']],
    [{ author: { url: 'https://news.example.org/' } }, []],
    [{ author: { name: 'https://news.example.org/' } }, []],
    [{ authors: Array.from({ length: 101 }, (_, n) => `${n}`) }, Array.from({ length: 100 }, (_, n) => `${n}`)],
  ])('of %j is by %j', (value, names) => {
    expect(itemOf(value)?.authors).toEqual(names);
    expect(itemOf({}, value)?.authors).toEqual(names);
  });

  it('is by its own authors rather than those of its feed', () => {
    expect(itemOf({ author: 'A' }, { author: 'B' })?.authors).toEqual(['A']);
  });

  it.each<[tags: unknown, categories: readonly string[]]>([
    ['sea, harbour', ['sea', 'harbour']],
    [
      [{ name: 'sea' }, { label: 'x' }, 7, 'harbour'],
      ['sea', 'harbour'],
    ],
    [Array.from({ length: 101 }, (_, n) => `${n}`).join(','), Array.from({ length: 100 }, (_, n) => `${n}`)],
    [Array.from({ length: 101 }, (_, n) => `${n}`), Array.from({ length: 100 }, (_, n) => `${n}`)],
  ])('with the tags %j is of %j', (tags, categories) => {
    expect(itemOf({ tags })?.categories).toEqual(categories);
  });
});
