import { commonFeedAddresses, discoverFeeds, looksLikeFeed } from '../../../shared/feeds/discovery.ts';

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

  it('come with their titles, those of comments after the others, each once', () => {
    const html = `
      <link rel="alternate" type="application/rss+xml" title="News » Comments Feed" href="/comments/feed/">
      <link rel="alternate" type="application/rss+xml" title="News\n &amp; views" href="/feed/">
      <a href="/rss/extra.xml">More</a>
      <a href="/feed/">Feed</a>`;

    expect(discoverFeeds(html, PAGE)).toEqual([
      { url: 'https://news.example.org/feed/', title: 'News & views', from: 'advertised' },
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
    const origins = commonFeedAddresses(PAGE).map((url) => new URL(url).origin);

    expect(new Set(origins)).toEqual(new Set(['https://news.example.org']));
    expect(commonFeedAddresses(PAGE)).toContain('https://news.example.org/feed');
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
  ])('that begins with %s looks like a feed', (text) => {
    expect(looksLikeFeed(text)).toBe(true);
  });

  it.each(['', 'rss', '<!doctype html><html>', '<svg>', '{"version":1}', '[]', '<rss'.slice(0, 3)])(
    'that begins with %s does not',
    (text) => {
      expect(looksLikeFeed(text)).toBe(false);
    },
  );
});
