import { buildArticle, wantsPage } from '../../../shared/articles/build-article.ts';
import { identifyItems } from '../../../shared/feeds/item-identity.ts';
import type { Extraction } from '../../../shared/model/article.ts';
import type { FullTextPolicy } from '../../../shared/model/feed.ts';
import { articleIdOf } from '../../../shared/model/ids.ts';
import type { Item } from '../../../shared/model/item.ts';
import { articleMessage } from '../../../shared/usecases/matching/article-message.ts';
import { aFeed, anItem, later, START } from '../../support/builders.ts';

const DAY = 86_400_000;
const LONG = 'The ferry carried trucks and soldiers over the river until the evening. '.repeat(10);
const DOCUMENT = {
  title: 'Harbour news',
  link: null,
  description: null,
  language: null,
  ttlMinutes: null,
  skipHours: [],
  format: 'rss' as const,
};

function messageOf(
  item: Partial<Item> = {},
  {
    fullText = 'auto',
    language = null as string | null,
    feedLanguage = null as string | null,
    url = undefined as string | undefined,
  }: { fullText?: FullTextPolicy; language?: string | null; feedLanguage?: string | null; url?: string } = {},
) {
  const feed = aFeed({ fullText, language, ...(url === undefined ? {} : { url }) });
  const [identified] = identifyItems([anItem(item)], null);
  return articleMessage(feed, { ...DOCUMENT, language: feedLanguage }, identified!, {
    firstPoll: false,
    polledAt: START,
  });
}

const page = (change: Partial<Extract<Extraction, { ok: true }>> = {}): Extraction => ({
  ok: true,
  text: LONG,
  title: 'Title of the page',
  canonicalUrl: null,
  language: null,
  ...change,
});

describe('an article whose feed links to it through a service', () => {
  it.each([
    'https://www.google.com/amp/s/news.example.org/2026/convoy?id=7',
    'https://news-example-org.cdn.ampproject.org/c/s/news.example.org/2026/convoy?id=7',
    'https://www.google.com/url?rct=j&url=https://news.example.org/2026/convoy%3Fid%3D7&ct=ga&usg=AOv',
    'http://www.bing.com/news/apiclick.aspx?tid=1&url=https%3A%2F%2Fnews.example.org%2F2026%2Fconvoy%3Fid%3D7&c=2',
  ])('is the same as under its own address, which people are shown: %s', (url) => {
    const own = buildArticle(messageOf({ url: 'https://news.example.org/2026/convoy?id=7' }), null);
    const copy = buildArticle(messageOf({ url }), null);

    expect(copy).toMatchObject({
      id: own.id,
      url: own.url,
      canonicalUrl: own.canonicalUrl,
      source: { host: 'news.example.org' },
    });
  });
});

describe('the page of an item', () => {
  it.each<[fullText: FullTextPolicy, item: Partial<Item>, wanted: boolean]>([
    ['auto', { summary: 'Short.' }, true],
    ['auto', { content: LONG }, false],
    ['auto', { content: `${LONG} […] Weiterlesen »` }, true],
    ['auto', { content: `${LONG}…` }, true],
    ['auto', { content: `${LONG} [...]` }, true],
    ['auto', { content: 'x'.repeat(599) }, true],
    ['auto', { content: 'x'.repeat(600) }, false],
    ['auto', { content: `${LONG} [&hellip;]` }, true],
    ['auto', { content: `${LONG}... ` }, true],
    ['auto', { content: `${LONG} … More here` }, true],
    ['auto', { content: `${LONG} […] ${'x'.repeat(31)}` }, false],
    ['auto', { content: `${LONG}.. ` }, false],
    ['auto', { content: `… ${LONG}` }, false],
    ['auto', { summary: null, content: null }, true],
    ['auto', { summary: 'Short.', url: null }, false],
    ['always', { content: LONG }, true],
    ['always', { content: LONG, url: null }, false],
    ['never', { summary: null, content: null }, false],
  ])('by the rule of its feed and its text (%#, %s)', (fullText, item, wanted) => {
    expect(wantsPage(messageOf(item, { fullText }))).toBe(wanted);
  });

  it('is asked for when the text of the feed had to be cut', () => {
    expect(wantsPage(messageOf({ content: LONG.repeat(200) }))).toBe(true);
    expect(wantsPage(messageOf({ content: LONG.repeat(200) }, { fullText: 'never' }))).toBe(false);
  });
});

describe('the text of an article', () => {
  it.each<[origin: string, item: Partial<Item>, extraction: Extraction | null, failure: string | null]>([
    ['article', { summary: 'Short.' }, page(), null],
    ['feed', { content: LONG }, null, null],
    ['summary', { summary: 'Short.' }, null, null],
    ['title', { summary: null, content: null }, null, null],
    ['summary', { summary: 'Short.' }, { ok: false, reason: 'answered 403' }, 'answered 403'],
    ['feed', { content: LONG }, page({ text: 'Accept cookies?' }), 'the page gives less text than the feed'],
  ])('comes from the %s', (origin, item, extraction, failure) => {
    const article = buildArticle(messageOf(item), extraction);

    expect(article).toMatchObject({ origin, extractionFailure: failure });
    expect(article.text).toBe(origin === 'article' ? LONG.trim() : (item.content ?? item.summary ?? '').trim());
  });
});

describe('the text of a page', () => {
  const content = 'x'.repeat(800);

  it.each([
    [400, 'article'],
    [399, 'feed'],
  ])('of %d characters beside 800 of the feed: the text comes from the %s', (length, origin) => {
    expect(buildArticle(messageOf({ content }), page({ text: 'y'.repeat(length) })).origin).toBe(origin);
  });

  it('that is empty is none, even where the feed has none either', () => {
    expect(buildArticle(messageOf({ summary: null }), page({ text: ' ' }))).toMatchObject({
      origin: 'title',
      extractionFailure: 'the page gives less text than the feed',
    });
  });

  it('makes up for what had to be cut in the feed', () => {
    const message = messageOf({ content: LONG.repeat(200) });

    expect(buildArticle(message, null).truncated).toBe(true);
    expect(buildArticle(message, page({ text: LONG.repeat(200) })).truncated).toBe(false);
    expect(buildArticle(message, page({ text: 'Accept cookies?' })).truncated).toBe(true);
  });

  it('of the feed is the longer of two short ones', () => {
    const texts = { content: 'Short content.', summary: 'A summary that is longer.' };

    expect(buildArticle(messageOf(texts), null)).toMatchObject({ text: texts.summary, origin: 'summary' });
    expect(buildArticle(messageOf({ ...texts, summary: 'Short summary.' }), null).text).toBe(texts.content);
  });
});

describe('an article without a link', () => {
  it('has no address, and the host of its feed', () => {
    expect(buildArticle(messageOf({ url: null }), null)).toMatchObject({
      url: '',
      canonicalUrl: '',
      source: { host: 'news.example.org' },
    });
  });
});

describe('what the feed says beyond the page', () => {
  const PAGE =
    'The storm reached the coast at noon. Roofs flew through the streets of the old town. Schools stay closed.';
  const moreOf = (item: Partial<Item>, text = PAGE) =>
    buildArticle(messageOf({ title: 'Storm hits the coast', ...item }), page({ text })).more;

  it('is kept, with its origin and its place in the text of the feed', () => {
    const summary = 'The storm reached the coast at noon. The ministry will send soldiers.';

    expect(moreOf({ summary })).toEqual([
      { text: 'The ministry will send soldiers.', origin: 'summary', start: 37, isLead: true },
    ]);
  });

  it('is both its content and its summary, what they share once', () => {
    const content = 'The ministry will send soldiers. A bridge is closed.';
    const summary = 'A bridge is closed. Trains stand still.';

    expect(moreOf({ summary, content })).toEqual([
      { text: content, origin: 'summary', start: 0, isLead: true },
      { text: 'Trains stand still.', origin: 'summary', start: 20, isLead: true },
    ]);
  });

  it('is called its text where its content is as long as an article, and is then no part of the lead', () => {
    expect(moreOf({ content: LONG, summary: null }, `${PAGE} `.repeat(5))).toEqual([
      { text: LONG.trim(), origin: 'feed', start: 0, isLead: false },
    ]);
  });

  it.each([
    [599, 'summary', true],
    [600, 'feed', false],
  ])('and has %s characters of content is its %s, of the lead: %s', (length, origin, isLead) => {
    const content = `${'Rain and wind. '.repeat(60)}`.slice(0, length - 1).replace(/.$/, 'x.');

    expect(content).toHaveLength(length);
    expect(moreOf({ content, summary: null }, `${PAGE} `.repeat(5))).toMatchObject([{ origin, isLead }]);
  });

  it.each([
    ['nothing', null],
    ['the headline again', 'STORM HITS THE COAST!'],
    ['what the page says', '“Roofs flew through the streets of the old town”'],
    ['the beginning of what the page says', 'The storm reached the coast at noon. Roofs flew through the str…'],
  ])('is nothing where the feed says %s', (_what, summary) => {
    expect(moreOf({ summary })).toEqual([]);
  });

  it('is the summary beside the full text of the feed, where no page is read', () => {
    const message = messageOf({
      title: 'Ferry',
      content: LONG,
      summary: 'Two hundred men came. The ferry carried trucks.',
    });

    const article = buildArticle(message, null);

    expect(article).toMatchObject({ text: LONG.trim(), origin: 'feed' });
    expect(article.more.map(({ text }) => text)).toEqual(['Two hundred men came. The ferry carried trucks.']);
  });

  it('leaves a page that was not understood aside, whatever it says', () => {
    const article = buildArticle(messageOf({ content: LONG, summary: null }), page({ text: 'Accept cookies?' }));

    expect(article.more).toEqual([]);
  });

  it('has no say in the language', () => {
    const summary = 'Паром перевёз последних солдат через реку, и никто не пострадал. '.repeat(3).trim();

    expect(buildArticle(messageOf({ summary, title: 'Storm' }), page({ text: PAGE })).language).toBe('en');
  });
});

describe('the title of an article', () => {
  it.each([
    ['Storm hits the coast', 'Storm hits the coast'],
    ['', 'Title of the page'],
  ])('"%s" of the feed is "%s": that of the page stands in only where there is none', (title, expected) => {
    expect(buildArticle(messageOf({ title, summary: 'Short.' }), page()).title).toBe(expected);
  });
});

describe('the language of an article', () => {
  const german = 'Die Fähre brachte am Abend die letzten Soldaten über den Fluss, und niemand wurde verletzt.';
  const russian = 'Паром перевёз последних солдат через реку, и никто не пострадал.';
  it.each<[stated: Parameters<typeof messageOf>[1] & { item?: string }, text: string, language: string]>([
    [{ feedLanguage: 'de-AT' }, german, 'de'],
    [{ feedLanguage: 'en' }, russian, 'ru'],
    [{ feedLanguage: 'uk' }, russian, 'uk'],
    [{ feedLanguage: 'en', item: 'de' }, german, 'de'],
    [{ feedLanguage: 'en', language: 'de', item: 'fr' }, german, 'de'],
    [{}, german, 'de'],
    [{ feedLanguage: 'nonsense' }, german, 'de'],
  ])('is what is stated, as far as the script agrees: %j', ({ item = null, ...stated }, text, language) => {
    const message = messageOf({ title: text, summary: text, language: item }, stated);

    expect(buildArticle(message, null).language).toBe(language);
  });
});

describe('a language that the feed states wrongly', () => {
  it('yields to the text', () => {
    const summary =
      'Das Parlament hat den Haushalt nach langer Debatte gebilligt. Die Gespräche der beiden Delegationen scheiterten in der ' +
      'Nacht, und am Sonntag wählen die Bürger einen Nachfolger für den Bürgermeister.';

    const article = buildArticle(messageOf({ title: 'Haushalt gebilligt', summary }, { feedLanguage: 'en-US' }), null);

    expect(article.language).toBe('de');
  });
});

describe('an article', () => {
  it('is the same in every feed that links to it, whatever its guid, its page and its tracking', () => {
    const link = 'https://news.example.org/convoy';
    const ids = [
      buildArticle(messageOf({ url: link }), null).id,
      buildArticle(messageOf({ url: `${link}?utm_source=x`, id: 'other', title: 'New' }), null).id,
      buildArticle(messageOf({ url: link }, { url: 'https://other.example.org/feed' }), page()).id,
      buildArticle(messageOf({ url: link }), page({ canonicalUrl: 'https://news.example.org/other' })).id,
      buildArticle(messageOf({ url: 'http://news.example.org/convoy' }), null).id,
    ];

    expect(new Set(ids).size).toBe(1);
  });

  it('keeps the id that links by https had before others were led back to them', () => {
    const { id } = buildArticle(messageOf({ url: 'https://news.example.org/convoy?id=7&utm_source=x' }), null);

    expect(id).toBe(articleIdOf('https://news.example.org/convoy?id=7'));
  });

  it('that is linked to by http is shown and asked for by http', () => {
    const article = buildArticle(messageOf({ url: 'http://news.example.org/convoy' }), null);

    expect([article.url, article.canonicalUrl]).toEqual([
      'http://news.example.org/convoy',
      'http://news.example.org/convoy',
    ]);
  });

  it('has the categories of its feed, twenty of them at most, each of a hundred characters at most', () => {
    const categories = Array.from({ length: 30 }, (_, index) => `${index} ${'x'.repeat(200)}`);

    const article = buildArticle(messageOf({ categories }), null);

    expect(article.categories).toHaveLength(20);
    expect(article.categories[19]).toBe(`19 ${'x'.repeat(97)}`);
  });

  it('has none where the message was sent by a version that left them out', () => {
    const message = messageOf();
    const { categories: _, ...item } = message.item;

    const article = buildArticle({ ...message, item: item as Item }, null);

    expect(article.categories).toEqual([]);
  });

  it('has the address its page believably claims', () => {
    const article = buildArticle(messageOf(), page({ canonicalUrl: 'https://news.example.org/whole?utm_source=x' }));

    expect(article.canonicalUrl).toBe('https://news.example.org/whole');
  });

  it.each([
    [later(DAY / 2), later(DAY / 2)],
    [later(DAY), later(DAY)],
    [later(DAY + 1), null],
    ['yesterday', null],
    ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'],
    [null, null],
  ])('published at %s is of %s', (published, told) => {
    expect(buildArticle(messageOf({ published }), null).publishedAt).toBe(told);
  });

  it('that says only when it was updated is of that time', () => {
    expect(buildArticle(messageOf({ published: null, updated: later(-DAY) }), null).publishedAt).toBe(later(-DAY));
  });

  it('is known by the id of its message', () => {
    const message = { ...messageOf(), articleId: articleIdOf('https://news.example.org/first') };

    expect(buildArticle(message, null).id).toBe(message.articleId);
  });

  it('is in the language that its page states, where the feed states none', () => {
    expect(
      buildArticle(messageOf({ title: '7', summary: '8' }), page({ text: '9'.repeat(80), language: 'fi' })).language,
    ).toBe('fi');
  });
});

describe('an article without boilerplate', () => {
  it('loses the lines that publishing systems add to a summary', () => {
    const summary =
      'The court met on Monday.\n\nThe post Troops deployed to the border appeared first on Example Gazette.';

    expect(buildArticle(messageOf({ summary }), null)).toMatchObject({
      text: 'The court met on Monday.',
      origin: 'summary',
    });
  });

  it('loses them in its content and in the text of its page', () => {
    const content = `${LONG}\n\nFollow our live blog on the troop deployment.`;
    const text = `${LONG}\n\nRead also: Troops deployed to the border\n\nNobody was hurt.`;

    expect(buildArticle(messageOf({ content }), null).text).toBe(LONG.trim());
    expect(buildArticle(messageOf(), page({ text })).text).toBe(`${LONG}\n\nNobody was hurt.`);
  });

  it('is the title alone where the summary is nothing else', () => {
    expect(buildArticle(messageOf({ summary: 'Read more »', content: null }), null)).toMatchObject({
      text: '',
      origin: 'title',
    });
  });

  it('keeps the mark of a text that breaks off, so that its page is asked for', () => {
    const item = { content: `${LONG}… Continue reading Troops deployed to the border →` };

    expect(wantsPage(messageOf(item))).toBe(true);
    expect(buildArticle(messageOf(item), null).text).toBe(`${LONG}…`);
  });
});
