// What a message on the article queue says of an item and its feed, and where it is cut.
import type { IdentifiedItem } from '../../../../shared/feeds/item-identity.ts';
import type { ArticleId } from '../../../../shared/model/ids.ts';
import type { Item, ParsedFeed } from '../../../../shared/model/item.ts';
import { articleMessage } from '../../../../shared/usecases/matching/article-message.ts';
import { aFeed, anItem, aPollState, START } from '../../../support/builders.ts';

const x = (length: number): string => 'x'.repeat(length);
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const DOCUMENT: ParsedFeed['feed'] = {
  title: 'Title of the document',
  link: null,
  description: null,
  language: 'en',
  ttlMinutes: null,
  skipHours: [],
  format: 'rss',
};
const POLL = { firstPoll: false, polledAt: START };

const messageOf = (
  item: Partial<Item>,
  {
    feed = {},
    document = {},
    found = {},
    poll = {},
  }: {
    feed?: Parameters<typeof aFeed>[0];
    document?: Partial<ParsedFeed['feed']>;
    found?: Partial<IdentifiedItem> & { articleId?: ArticleId };
    poll?: object;
  } = {},
) =>
  articleMessage(
    aFeed(feed),
    { ...DOCUMENT, ...document },
    { item: anItem(item), linkIsOwn: true, ...found } as IdentifiedItem,
    { ...POLL, ...poll },
  );

describe('a message for the article queue', () => {
  it('has the item, what is needed of its feed, and when it was polled', () => {
    const feed = aFeed();

    expect(articleMessage(feed, DOCUMENT, { item: anItem(), linkIsOwn: true } as IdentifiedItem, POLL)).toStrictEqual({
      v: 1,
      kind: 'article',
      feed: { id: feed.id, title: 'Example News', url: feed.url, language: 'en', fullText: 'auto' },
      item: anItem(),
      linkIsOwn: true,
      firstPoll: false,
      polledAt: START,
      truncated: false,
    });
  });

  it.each([
    ['the operator states', { title: 'Ours' }, {}, 'Ours'],
    ['the document states', { title: '' }, {}, 'Title of the document'],
    [
      'an earlier document stated',
      { title: '', state: aPollState({ ownTitle: 'Earlier' }) },
      { title: null },
      'Earlier',
    ],
    ['the address gives', { title: '', url: 'https://news.example.org/a/b' }, { title: '' }, 'news.example.org'],
  ])('calls the feed by the title that %s', (_name, feed, document, title) => {
    expect(messageOf({}, { feed, document }).feed.title).toBe(title);
  });

  it.each([
    ['the operator', { language: 'fr' }, { feed: 'fr', item: null }],
    ['its document and its entries', { language: null }, { feed: 'en', item: 'de' }],
  ])('takes the language from %s', (_name, feed, languages) => {
    const message = messageOf({ language: 'de' }, { feed });

    expect({ feed: message.feed.language, item: message.item.language }).toEqual(languages);
  });

  it('says what the poll knows, and only that', () => {
    const known = messageOf({}, { poll: { firstPoll: true, edited: true, datesAreReliable: false } });

    expect(known).toMatchObject({ firstPoll: true, edited: true, datesAreReliable: false });
    expect(messageOf({}, { poll: { datesAreReliable: true } }).datesAreReliable).toBe(true);
    expect(messageOf({}, { poll: { edited: false } })).not.toHaveProperty('edited');
    expect(messageOf({})).not.toHaveProperty('datesAreReliable');
  });

  it('names the article where its id does not follow from the item', () => {
    expect(messageOf({}, { found: { articleId: 'a' as ArticleId } }).articleId).toBe('a');
    expect(messageOf({})).not.toHaveProperty('articleId');
  });

  it.each<[string, { readonly url?: string | null }, Partial<IdentifiedItem>, boolean]>([
    ['its own link', {}, { linkIsOwn: true }, true],
    ['a link that it shares', {}, { linkIsOwn: false }, false],
    ['no link', { url: null }, { linkIsOwn: true }, false],
    ['a link that is too long for a browser', { url: `https://a.example/${x(2_031)}` }, { linkIsOwn: true }, false],
    ['the longest link', { url: `https://a.example/${x(2_030)}` }, { linkIsOwn: true }, true],
  ])('with %s knows whether that identifies the article', (_name, item, found, linkIsOwn) => {
    const message = messageOf(item, { found });

    expect(message.linkIsOwn).toBe(linkIsOwn);
    expect(message.item.url === null).toBe(item.url === null || (item.url?.length ?? 0) > 2_048);
  });
});

describe('in a message, what is too long is cut:', () => {
  it.each([
    ['id', 1_000],
    ['title', 1_000],
    ['summary', 5_000],
  ] as const)('the %s of an item after %d characters', (name, longest) => {
    expect(messageOf({ [name]: x(longest) }).item[name]).toBe(x(longest));
    expect(messageOf({ [name]: x(longest + 1) }).item[name]).toBe(x(longest));
    expect(messageOf({ [name]: null }).item[name]).toBeNull();
  });

  it('the title of a feed after 1000 characters', () => {
    expect(messageOf({}, { feed: { title: x(1_001) } }).feed.title).toBe(x(1_000));
  });

  it('ten authors and twenty categories of 100 characters each', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => `${x(98)}${10 + at}`);
    const { authors, categories } = messageOf({
      authors: many(11).map((name) => `${name}!`),
      categories: many(21).map((name) => `${name}!`),
    }).item;

    expect(authors).toEqual(many(10));
    expect(categories).toEqual(many(20));
  });

  it.each([
    ['\ud800', 999],
    ['\udbff', 999],
    ['\ud7ff', 1_000],
    ['\udc00', 1_000],
  ])('never between the halves of a character (%j at the end leaves %d)', (last, length) => {
    expect(messageOf({ title: `${x(999)}${last}y` }).item.title).toHaveLength(length);
  });

  it('the content until the message has 60,000 bytes, and little more than needed', () => {
    for (const character of ['x', 'ж', '\u0007', '"']) {
      const message = messageOf({ content: character.repeat(60_000) });

      expect(bytesOf(message)).toBeLessThanOrEqual(60_000);
      expect(bytesOf(message)).toBeGreaterThan(58_000);
      expect(message.truncated).toBe(true);
    }
  });

  it('nothing of a message that has 60,000 bytes', () => {
    const room = 60_000 - bytesOf(messageOf({ content: '' }));

    expect(messageOf({ content: x(room) })).toMatchObject({ item: { content: x(room) }, truncated: false });
    expect(messageOf({ content: x(room + 1) }).truncated).toBe(true);
  });

  it('the whole content where the rest leaves no room', () => {
    const rest = {
      id: '\u0001'.repeat(1_000),
      title: '\u0001'.repeat(1_000),
      summary: '\u0001'.repeat(5_000),
      authors: Array.from({ length: 10 }, () => '\u0001'.repeat(100)),
      categories: Array.from({ length: 20 }, () => '\u0001'.repeat(100)),
      content: 'A few words.',
    };

    expect(messageOf(rest)).toMatchObject({ item: { content: null }, truncated: true });
  });

  it('which the message tells of content and summary', () => {
    expect(messageOf({ summary: x(5_001) }).truncated).toBe(true);
    expect(messageOf({ title: x(1_001) }).truncated).toBe(false);
  });
});
