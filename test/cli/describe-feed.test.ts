// The words of `feeds check` and `feeds add`, line by line.
import { describeAdded, describeRefused } from '../../cli/feeds/describe-added-feed.ts';
import { describeFeed, describePage, type ResponseFacts } from '../../cli/feeds/describe-feed.ts';
import type { FeedFacts, ItemFacts } from '../../cli/feeds/feed-facts.ts';
import type { ShownFeed } from '../../cli/feeds/followed-feeds.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { UTC } from '../../shared/text/zoned-time.ts';

const ITEM: ItemFacts = {
  title: 'Long one',
  url: 'https://news.example.org/1',
  publishedAt: '2026-11-30T08:21:00.000Z',
  language: 'en',
  contentChars: 12_345,
  summaryChars: 100,
  textOrigin: 'feed',
  fetchesPage: false,
};
const FACTS: FeedFacts = {
  encoding: 'utf-8',
  format: 'rss',
  repairs: ['an ampersand was escaped', 'a date was read as Spanish'],
  title: 'Harbour',
  siteUrl: 'https://news.example.org/',
  language: 'en-gb',
  ttlMinutes: 12,
  skipHours: [3, 4],
  items: 9,
  distinctItems: 7,
  identifiedBy: { guid: 1, link: 4, titleAndDay: 2 },
  pagesToFetch: 3,
  undatedItems: 1,
  futureItems: 2,
  newest: [
    ITEM,
    { ...ITEM, title: '', url: null, publishedAt: null, language: null, textOrigin: 'summary', contentChars: 0 },
    { ...ITEM, title: 'Third', textOrigin: 'title', fetchesPage: true },
  ],
  intervalMinutes: 30,
};
const EMPTY: FeedFacts = {
  ...FACTS,
  format: 'json',
  repairs: [],
  title: null,
  siteUrl: null,
  language: null,
  ttlMinutes: null,
  skipHours: [],
  items: 0,
  newest: [],
  intervalMinutes: 60,
};
const RESPONSE: ResponseFacts = {
  finalUrl: 'https://news.example.org/new',
  moved: 'for_good',
  bytes: 12_345,
  contentType: 'text/xml',
  etag: '"v1"',
  lastModified: 'Mon, 30 Nov 2026 08:00:00 GMT',
  freshSeconds: 1_801,
};
const settings = { ...defaultSettings, poll: { ...defaultSettings.poll, slowestMinutes: 60 } };

describe('a feed that is checked', () => {
  it.each([
    ['rss', 'RSS'],
    ['rdf', 'RSS 1.0 (RDF)'],
    ['atom', 'Atom'],
    ['json', 'JSON Feed'],
  ] as const)('of the format %s is called %s', (format, name) => {
    expect(describeFeed('feed.xml', null, { ...FACTS, format }, settings, UTC)).toContain(
      `format     ${name}, utf-8\n`,
    );
  });

  it('names only the ways by which items were identified', () => {
    const facts = { ...FACTS, distinctItems: 9, identifiedBy: { guid: 9, link: 0, titleAndDay: 0 } };

    expect(describeFeed('feed.xml', null, facts, settings, UTC)).toContain('items      9; identified: 9 by its guid\n');
  });

  it('is described with each fact and what follows from it', () => {
    expect(describeFeed('https://news.example.org/feed', RESPONSE, FACTS, settings, UTC).split('\n')).toEqual([
      'address    https://news.example.org/feed',
      'answered   https://news.example.org/new: a permanent redirect; the feed moves there after three good polls over a day',
      'document   12,345 bytes, Content-Type text/xml',
      'validators ETag "v1", Last-Modified Mon, 30 Nov 2026 08:00:00 GMT: an unchanged feed is answered without a document',
      'format     RSS, utf-8',
      'repairs    an ampersand was escaped',
      '           a date was read as Spanish',
      'title      Harbour',
      'site       https://news.example.org/',
      'language   en-gb',
      'items      9, 2 of them repeated; identified: 1 by its guid, 4 by its link, 2 by its title and day',
      '           1 without a date: the first poll stores them without an alert',
      '           2 dated more than a day ahead: the date is ignored',
      '           the page is fetched for 3 whose text in the feed is short or cut off (--full-text auto)',
      'polling    every 30 minutes, up to every 60 while it is quiet',
      '           the publisher requests 31 minutes in its caching headers and 12 minutes in the document',
      '           not in the UTC hours 3, 4 (skipHours)',
      '',
      '2026-11-30 08:21 UTC     Long one',
      '                         https://news.example.org/1',
      '                         en; 12,345 characters of text: matched as it is',
      'no date                  (no title)',
      '                         (no link)',
      '                         language unknown; 100 characters: matched as it is',
      '2026-11-30 08:21 UTC     Third',
      '                         https://news.example.org/1',
      '                         en; only a title: its page is fetched',
      '',
    ]);
  });

  it('is described as a file, and by what it does not state', () => {
    expect(describeFeed('file:///a.json', null, EMPTY, settings, UTC).split('\n')).toEqual([
      'file       file:///a.json',
      'format     JSON Feed, utf-8',
      'repairs    none needed',
      'title      none: the host is shown, unless you set one with --title',
      'site       none',
      'language   none stated: recognised in each article',
      'items      none yet',
      'polling    every 60 minutes',
      '           the publisher requests no interval',
      '',
      '',
    ]);
  });

  it.each([
    [{ moved: 'no' }, /^address .*\ndocument /],
    [
      { moved: 'for_now' },
      /\nanswered {3}https:\/\/news\.example\.org\/new: a temporary redirect; the address above stays\n/,
    ],
    [{ contentType: null }, /Content-Type not stated\n/],
    [{ etag: null, lastModified: null }, /\nvalidators none: every poll downloads the whole document\n/],
    [{ freshSeconds: null }, /\n +the publisher requests 12 minutes in the document\n/],
  ] as const)('answered with %j', (change, line) => {
    expect(describeFeed('https://news.example.org/feed', { ...RESPONSE, ...change }, FACTS, settings, UTC)).toMatch(
      line,
    );
  });

  it('without repeats or doubtful dates has no words on them', () => {
    const plain = { ...FACTS, distinctItems: 9, undatedItems: 0, futureItems: 0, pagesToFetch: 0 };
    const text = describeFeed('a', null, plain, settings, UTC);

    expect(text).toContain(
      "items      9; identified: 1 by its guid, 4 by its link, 2 by its title and day\n           the feed's own text is matched; no page is fetched\npolling",
    );
  });
});

it('a page that is checked gives its feeds', () => {
  const feeds = [
    { url: 'https://a.example.org/1', title: 'One', from: 'advertised' as const },
    { url: 'https://a.example.org/2', title: '', from: 'linked' as const },
  ];

  expect(describePage('https://a.example.org/', feeds)).toBe(
    'https://a.example.org/ is a web page, not a feed; 2 feeds were found:\n  https://a.example.org/1  One\n  https://a.example.org/2  (only linked, not declared by the page)\n',
  );
  expect(describePage('https://a.example.org/', feeds.slice(0, 1))).toContain('; one feed was found:\n');
});

describe('a feed that is added', () => {
  const feed = { id: 'f1', url: 'https://a.example.org/feed' } as ShownFeed;
  const read = {
    title: 'Coast',
    format: 'atom',
    language: 'en',
    items: 1,
    newestAt: '2026-11-30T08:21:00.000Z',
    textOrigin: 'feed',
  } as const;

  it('is described with what was read', () => {
    expect(describeAdded(feed.url, { outcome: 'added', feed, read }, false, UTC)).toBe(
      'f1 was added; its first poll is queued\n  read      Coast (Atom, en): 1 item, newest from 2026-11-30 08:21 UTC, with full text\n',
    );
  });

  it.each([
    [{ title: null, language: null, newestAt: null, textOrigin: null }, 'no title (Atom): 1 item\n'],
    [
      { format: 'rdf', items: 0, newestAt: null, textOrigin: 'title' },
      'Coast (RSS 1.0, en): 0 items, with titles only\n',
    ],
    [
      { format: 'json', textOrigin: 'summary' },
      'Coast (JSON Feed, en): 1 item, newest from 2026-11-30 08:21 UTC, with summaries\n',
    ],
  ] as const)('with %j', (change, words) => {
    const text = describeAdded(feed.url, { outcome: 'added', feed, read: { ...read, ...change } }, false, UTC);

    expect(text).toContain(`  read      ${words}`);
  });

  it('is described with the page it was found on, and its own address', () => {
    expect(
      describeAdded('a.example.org', { outcome: 'added', feed, foundOn: 'https://a.example.org/' }, false, UTC),
    ).toBe(
      'f1 was added; its first poll is queued\n  found on  https://a.example.org/, which is a web page\n  address   https://a.example.org/feed\n',
    );
  });

  it('that was followed already is left alone, and the command to change it is named where it matters', () => {
    expect(describeAdded(feed.url, { outcome: 'known', feed }, false, UTC)).toBe(
      'f1 was already followed and stays as it is\n',
    );
    expect(describeAdded(feed.url, { outcome: 'known', feed }, true, UTC)).toBe(
      'f1 was already followed and stays as it is; to change its settings: tocsin feeds change f1\n',
    );
  });

  it('or is refused with problems, advice and candidates', () => {
    const refused = {
      outcome: 'refused',
      url: 'x',
      code: 'feed_refused',
      message: 'no feed\nthere',
      problems: ['first'],
      temporary: false,
      candidates: [],
    } as const;

    expect(describeRefused(refused)).toBe('tocsin: no feed there\n  first\n');
    expect(
      describeRefused({
        ...refused,
        advice: 'try one',
        candidates: [
          { url: "https://a/it's", title: '' },
          { url: 'b', title: 'B' },
        ],
      }),
    ).toBe(
      "tocsin: no feed there\n  first\n  try one\n  1  tocsin feeds add 'https://a/it'\\''s'\n  2  tocsin feeds add 'b'  B\n",
    );
  });
});
