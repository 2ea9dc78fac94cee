import { commonFeedAddresses, discoverFeeds, looksLikeFeed } from '../../../shared/feeds/discovery.ts';
import { MAX_NESTING } from '../../../shared/text/limit-nesting.ts';

const PAGE = 'https://news.example.org/world/index.html';
const urlsIn = (html: string): readonly string[] => discoverFeeds(html, PAGE).map(({ url }) => url);

describe('the feeds that a page names', () => {
  it.each<[html: string, urls: readonly string[]]>([
    ['<link rel="alternate" type="application/rss+xml" href="/rss.xml">', ['https://news.example.org/rss.xml']],
    ['<link rel="alternate" type="application/atom+xml" href="atom">', ['https://news.example.org/world/atom']],
    ['<link rel="alternate" type="application/feed+json" href="/feed.json">', ['https://news.example.org/feed.json']],
    ['<LINK REL="Alternate" TYPE="Application/RSS+XML" HREF="/rss">', ['https://news.example.org/rss']],
    [
      "<link href='/rss' type='application/rss+xml; charset=utf-8' rel='alternate home'>",
      ['https://news.example.org/rss'],
    ],
    ['<link rel=feed href=/f>', ['https://news.example.org/f']],
    ['<link rel="alternate" type="text/xml" href="/feed.xml">', ['https://news.example.org/feed.xml']],
    [
      '<link rel="alternate" type="application/rss+xml" href="//cdn.example.com/rss#top">',
      ['https://cdn.example.com/rss'],
    ],
    [
      '<base href="https://other.example.com/x/"><link rel=alternate type=application/rss+xml href=rss>',
      ['https://other.example.com/x/rss'],
    ],
    ['<a href="/news.rss">RSS</a>', ['https://news.example.org/news.rss']],
    [
      '<a href="/rss/world">RSS</a><a href="/feeds/">all</a>',
      ['https://news.example.org/rss/world', 'https://news.example.org/feeds/'],
    ],
    ['<a href="/x?format=y" type="application/rss+xml">RSS</a>', ['https://news.example.org/x?format=y']],
    ['<link rel="alternate" type="application/rss+xml" href="/a&amp;b">', ['https://news.example.org/a&b']],
  ])('%s', (html, urls) => {
    expect(urlsIn(html)).toEqual(urls);
  });

  it.each([
    '<link rel="stylesheet" type="application/rss+xml" href="/rss.xml">',
    '<link rel="alternate" hreflang="de" href="/de/feed">',
    '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">',
    '<link rel="alternate" type="application/json+oembed" href="/oembed?feed">',
    '<link rel="alternate" type="application/rss+xml">',
    '<link rel="alternate" type="application/rss+xml" href=" ">',
    '<link rel="alternate" type="application/rss+xml" href="javascript:feed()">',
    '<link rel="alternate" type="application/rss+xml" href="file:///etc/feed.xml">',
    '<link rel="alternate" type="application/rss+xml" href="http://[">',
    '<!-- <link rel="alternate" type="application/rss+xml" href="/rss.xml"> -->',
    '<script>"<link rel=alternate type=application/rss+xml href=/rss.xml>"</script>',
    '<a href="/feedback">Feedback</a><a href="/atomic-energy">Energy</a><a href="/photos/feed.jpg">x</a>',
    '',
  ])('are none in %s', (html) => {
    expect(urlsIn(html)).toEqual([]);
  });

  it.each([
    'application/rss+xml',
    'application/atom+xml',
    'application/rdf+xml',
    'application/feed+json',
    'application/rss',
    'application/x-rss',
    'text/rss',
    'text/rss+xml',
    'text/atom+xml',
    ' application/rss+xml ;charset=utf-8',
  ])('are of the type "%s"', (type) => {
    expect(urlsIn(`<link rel="alternate" type="${type}" href="/x">`)).toHaveLength(1);
    expect(urlsIn(`<a type="${type}" href="/x.php">x</a>`)).toHaveLength(1);
  });

  it.each([
    'application/rss+xmlx',
    'x-application/rss',
    'text/rssx',
    'text/xmlx',
    'application/json-x',
    'x-text/xml',
    'text/html',
    '',
  ])('are not of the type "%s"', (type) => {
    expect(urlsIn(`<link rel="alternate" type="${type}" href="/feed">`)).toEqual([]);
  });

  it.each(['application/json', 'application/xml', ' text/xml; charset=utf-8'])(
    'are of the type "%s" only where the address says so too',
    (type) => {
      const found = (href: string) => urlsIn(`<link rel="alternate" type="${type}" href="${href}">`).length;

      expect(['feed', '/news.rss', '/world-atom', '/rss2', '/a_feeds/b', '/rdf'].map(found)).toEqual([
        1, 1, 1, 1, 1, 1,
      ]);
      expect(['/feedback', '/newsfeed', '/api/posts'].map(found)).toEqual([0, 0, 0]);
    },
  );

  it.each<[href: string, isLinked: boolean]>([
    ['/a.rss', true],
    ['/a.ATOM', true],
    ['/a.rdf', true],
    ['/a.rss?x=1', true],
    ['/a.rss#top', true],
    ['/a.rss.html', false],
    ['/feed.xml', true],
    ['/feed.json', true],
    ['/feed.html', false],
    ['/sitemap.xml', false],
    ['/FEED', true],
    ['/feed/', true],
    ['/feed/latest', true],
    ['/feed/latest.html', false],
    ['/news?format=feed', false],
    ['/news#/feed', false],
    ['feed', false],
  ])('are among the links of a text by address: %s %s', (href, isLinked) => {
    expect(discoverFeeds(`<a href="${href}">x</a>`, PAGE).map(({ from }) => from)).toEqual(isLinked ? ['linked'] : []);
  });

  it('are found by the first base address of the page that can be one', () => {
    const link = '<link rel=feed href=f>';

    expect(urlsIn(`<base href="javascript:x">${link}`)).toEqual(['https://news.example.org/world/f']);
    expect(urlsIn(`<base target="_top">${link}`)).toEqual(['https://news.example.org/world/f']);
    expect(urlsIn(`<base href="https://a.example/"><base href="https://b.example/">${link}`)).toEqual([
      'https://a.example/f',
    ]);
    expect(urlsIn(`<base href="/x/">${link}`)).toEqual(['https://news.example.org/x/f']);
  });

  it.each([
    'Comment',
    'comments',
    'Kommentare',
    'Kommentar',
    'Commentaires',
    'comentarios',
    'Комментарии',
    '评论',
    '댓글',
  ])('come after the others when their title says %s', (title) => {
    expect(
      urlsIn(`<link rel=feed href=/1 title="${title}"><link rel=feed href=/2><link rel=feed href=/3>`).map((url) =>
        url.at(-1),
      ),
    ).toEqual(['2', '3', '1']);
  });

  it('come after the others when their address says that they are comments', () => {
    expect(urlsIn('<a href=/rss>x</a><link rel=feed href=/comments/feed><link rel=feed href=/feed>')).toEqual([
      'https://news.example.org/feed',
      'https://news.example.org/comments/feed',
      'https://news.example.org/rss',
    ]);
  });

  it('have titles of 200 characters at most', () => {
    const [feed] = discoverFeeds(`<link rel=feed href=/f title="${'x'.repeat(300)}">`, PAGE);

    expect(feed?.title).toBe('x'.repeat(200));
  });

  it('are looked for as deep as honest pages nest, among however many elements', () => {
    const within = (depth: number) => urlsIn(`${'<div>'.repeat(depth - 1)}<link rel=feed href=/f>`);

    expect(within(MAX_NESTING)).toHaveLength(1);
    expect(within(MAX_NESTING + 1)).toEqual([]);
    expect(urlsIn(`${'<p></p>'.repeat(MAX_NESTING + 1)}<link rel=feed href=/f>`)).toHaveLength(1);
    expect(urlsIn(`<p></p>${'<div>'.repeat(MAX_NESTING)}<link rel=feed href=/f>`)).toEqual([]);
  });

  it('come with their titles, those of comments after the others, each once', () => {
    const html = `
      <link rel="alternate" type="application/rss+xml" title="News » Comments Feed" href="/comments/feed/">
      <link rel="alternate" type="application/rss+xml" title="News\n &amp; views" href="/feed/">
      <link rel="feed" href="/f">
      <a href="/rss/extra.xml">More</a>
      <a href="/feed/">Feed</a>`;

    expect(discoverFeeds(html, PAGE)).toEqual([
      { url: 'https://news.example.org/feed/', title: 'News & views', from: 'advertised' },
      { url: 'https://news.example.org/f', title: '', from: 'advertised' },
      { url: 'https://news.example.org/comments/feed/', title: 'News » Comments Feed', from: 'advertised' },
      { url: 'https://news.example.org/rss/extra.xml', title: '', from: 'linked' },
    ]);
  });

  it('are at most fifty, on however hostile a page', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => `<link rel=feed href=/${at}>`).join('');

    expect(urlsIn(many).length).toBe(50);
    expect(urlsIn(`<link rel=feed href=/f>${'<div>'.repeat(200_000)}`)).toEqual(['https://news.example.org/f']);
  });
});

describe('the usual addresses of feeds', () => {
  it('are on the site of the page', () => {
    expect(commonFeedAddresses(PAGE)).toEqual(
      ['/feed', '/rss', '/rss.xml', '/feed.xml', '/atom.xml', '/index.xml', '/feed.json', '/rss/news.xml'].map(
        (path) => `https://news.example.org${path}`,
      ),
    );
  });
});

describe('a document', () => {
  it.each([
    '<rss version="2.0">',
    '\uFEFF \n<?xml version="1.0"?>\n<!-- <html> --><!DOCTYPE rss><rss>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    '<a:feed xmlns:a="http://www.w3.org/2005/Atom">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '{ "version": "https://jsonfeed.org/version/1.1", "items": [] }',
    '{"title":"x","version" : "http://jsonfeed.org/version/1"}',
    '\uFEFF{"version":"https://jsonfeed.org/version/1"}',
    '  <RSS>',
    '<rss-x:rss>',
    '<!-- one\n<html> --><!-- two --><rss>',
  ])('that begins with %s looks like a feed', (text) => {
    expect(looksLikeFeed(text)).toBe(true);
  });

  it.each([
    '',
    'rss',
    '<!doctype html><html>',
    '<svg>',
    '{"version":1}',
    '[]',
    '<rs',
    '<rdf-x>',
    '<html><rss>',
    '<feeds>',
    '[{"version":"https://jsonfeed.org/version/1"}]',
    '{"version":"https://example.org/version/1"}',
  ])('that begins with %s does not', (text) => {
    expect(looksLikeFeed(text)).toBe(false);
  });
});
