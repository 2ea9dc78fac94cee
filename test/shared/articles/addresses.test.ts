import { believableCanonical } from '../../../shared/articles/canonical-claim.ts';
import { originalOfAmpCache } from '../../../shared/net/amp.ts';

describe('an AMP address', () => {
  it.each([
    [
      'https://news-example-org.cdn.ampproject.org/c/s/news.example.org/2026/harbour',
      'https://news.example.org/2026/harbour',
    ],
    ['https://cdn.ampproject.org/v/s/news.example.org/a?amp_js_v=1', 'https://news.example.org/a?amp_js_v=1'],
    ['https://cdn.ampproject.org/c/news.example.org', 'http://news.example.org/'],
    ['https://www.google.com/amp/s/news.example.org/a', 'https://news.example.org/a'],
    ['https://www.google.co.uk/amp/news.example.org/a', 'http://news.example.org/a'],
    ['https://google.de/amp/s/news.example.org', 'https://news.example.org/'],
    ['https://bing.com/amp/s/news.example.org/a?b=c', 'https://news.example.org/a?b=c'],
    ['https://www.bing.com/amp/s/news.example.org/a', 'https://news.example.org/a'],
  ])('%s is a copy of %s', (url, original) => {
    expect(originalOfAmpCache(url)).toBe(original);
  });

  it.each([
    'https://news.example.org/amp/s/other.example.org/a',
    'https://www.google.com/search?q=amp',
    'https://www.google.com/amp/s/localhost',
    'https://cdn.ampproject.org/',
    'https://cdn.ampproject.org/c/s/news.example%20org/a',
    'https://cdn.ampproject.org/amp/s/news.example.org/a',
    'https://cdn.ampproject.org/i/s/news.example.org/a.jpg',
    'https://cdn.ampproject.org/x/c/s/news.example.org/a',
    'https://mycdn.ampproject.org.example.org/c/s/news.example.org/a',
    'https://mycdn-ampproject.org/c/s/news.example.org/a',
    'https://evilcdn.ampproject.org/c/s/news.example.org/a',
    'https://www.google.com/c/s/news.example.org/a',
    'https://www.google.com/x/amp/s/news.example.org/a',
    'https://mygoogle.com/amp/s/news.example.org/a',
    'https://www.google.com.example.org/amp/s/news.example.org/a',
    'https://bing.com.example.org/amp/s/news.example.org/a',
    'https://bing.de/amp/s/news.example.org/a',
    'https://evil-cdn.ampproject.org.example.com/c/s/news.example.org/',
    'not a url',
  ])('is not what %s is', (url) => {
    expect(originalOfAmpCache(url)).toBeNull();
  });
});

describe("a page's word about its own address", () => {
  it.each([
    ['https://news.example.org/a', 'https://news.example.org/a?x=1', 'https://news.example.org/a'],
    ['/a', 'https://news.example.org/a?x=1', 'https://news.example.org/a'],
    [' https://example.org/a#top ', 'https://www.example.org/a', 'https://example.org/a'],
    ['https://www.example.co.uk/a', 'https://amp.example.co.uk/a', 'https://www.example.co.uk/a'],
    ['https://user:pass@example.org/a', 'https://m.example.org/a', 'https://example.org/a'],
    [
      'https://news.example.com/a',
      'https://news-example-com.cdn.ampproject.org/c/s/news.example.com/a',
      'https://news.example.com/a',
    ],
    ['https://example.org/', 'https://example.org/index.html', 'https://example.org/'],
    ['https://example.org/', 'https://example.org/', 'https://example.org/'],
    ['https://example.org/?p=7', 'https://example.org/a', 'https://example.org/?p=7'],
    ['https://example.org/indexes', 'https://example.org/a', 'https://example.org/indexes'],
    ['https://a.example.org./x', 'https://b.example.org/y', 'https://a.example.org./x'],
    ['https://93.184.216.34/a', 'https://93.184.216.34/b', 'https://93.184.216.34/a'],
  ])('%s is believed on %s', (claim, page, canonical) => {
    expect(believableCanonical(claim, page)).toBe(canonical);
  });

  it.each([
    ['https://other.example.com/a', 'https://news.example.org/a'],
    ['https://other.co.uk/a', 'https://news.co.uk/a'],
    ['https://example.org/', 'https://example.org/2026/harbour'],
    ['https://example.org/index.html', 'https://example.org/2026/harbour'],
    ['javascript:alert(1)', 'https://example.org/a'],
    ['http://10.0.0.2/a', 'http://10.0.0.1/a'],
    ['http://[', 'https://example.org/a'],
    ['https://a.com.de/x', 'https://b.com.de/x'],
    ['https://a.co.uk/x', 'https://b.co.uk/x'],
    ['https://a.com/x', 'https://b.com/x'],
    ['https://co.example/x', 'https://org.example/x'],
    ['https://93.184.216.34/a', 'https://94.184.216.34/b'],
    ['http://[2606:4700::1111]/a', 'http://[2606:4700::1112]/a'],
    ['https://example.org/index.php', 'https://example.org/a'],
    ['mailto:a@example.org', 'https://example.org/a'],
    ['https://example.org/a', 'not an address'],
    [' ', 'https://example.org/a'],
    ['', 'https://example.org/a'],
    [null, 'https://example.org/a'],
  ])('%s is not believed on %s', (claim, page) => {
    expect(believableCanonical(claim, page)).toBeNull();
  });
});
