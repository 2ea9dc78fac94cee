import { displayUrl, quoteForeign, withoutCredentials } from '../../../shared/net/display-url.ts';

describe('a URL in a message', () => {
  it.each([
    ['https://feeds.example.org/world?format=rss&page=2', 'https://feeds.example.org/world?format=rss&page=2'],
    ['https://user:pass@feeds.example.org/#top', 'https://feeds.example.org/'],
    ['https://feeds.example.org/?token=abc', 'https://feeds.example.org/?token=…'],
    ['https://feeds.example.org/?access_token=abc&x=1', 'https://feeds.example.org/?access_token=…&x=1'],
    ['https://feeds.example.org/?accessToken=abc', 'https://feeds.example.org/?accessToken=…'],
    ['https://feeds.example.org/?X-Amz-Signature=abc', 'https://feeds.example.org/?X-Amz-Signature=…'],
    ['https://feeds.example.org/?u=9f86d081884c7d659a2feaa0c55ad015', 'https://feeds.example.org/?u=…'],
    ['https://feeds.example.org/?author=smith&keyword=tea', 'https://feeds.example.org/?author=smith&keyword=tea'],
    ['https://feeds.example.org/?q=%E2%80%AEevil', 'https://feeds.example.org/?q=%E2%80%AEevil'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
    ['//user:pass@feeds.example.org?token=1', '//feeds.example.org?…'],
    ['not a url\u0000\u202e\r\n', 'not a url    '],
  ])('%s is shown as %s', (raw, shown) => {
    expect(displayUrl(raw)).toBe(shown);
  });

  it('is cut when it is long', () => {
    expect(displayUrl(`https://feeds.example.org/${'a'.repeat(1000)}`).length).toBe(301);
  });
});

describe('foreign text in a message', () => {
  it.each([
    ['plain', '"plain"'],
    ['two\r\nlines\u2028and "quotes"', '"two lines and \\"quotes\\""'],
    ['\u001b[31mred\u0007', '"[31mred"'],
    ['\ud800 half a character', '"\uFFFD half a character"'],
    ['a'.repeat(100), `"${'a'.repeat(80)}…"`],
  ])('%j is quoted as %s', (text, quoted) => {
    expect(quoteForeign(text)).toBe(quoted);
  });
});

describe('an address to follow', () => {
  it.each([
    ['https://reader:secret@feeds.example.org/a?key=1#top', 'https://feeds.example.org/a?key=1'],
    [' HTTPS://Feeds.Example.org:443/a ', 'HTTPS://Feeds.Example.org:443/a'],
    ['no address', 'no address'],
  ])('%s is kept as %s', (given, kept) => {
    expect(withoutCredentials(given)).toBe(kept);
  });
});

it.each([
  [' https://feeds.example.org/a?b=c ', 'https://feeds.example.org/a?b=c'],
  ['HTTPS://Feeds.Example.org', 'HTTPS://Feeds.Example.org'],
  ['https://feeds.example.org/a#top', 'https://feeds.example.org/a'],
  ['https://user@feeds.example.org/a', 'https://feeds.example.org/a'],
  ['https://:secret@feeds.example.org/a', 'https://feeds.example.org/a'],
  ['https://user:secret@feeds.example.org/a?b=c#top', 'https://feeds.example.org/a?b=c'],
  ['no address', 'no address'],
])('of an address to follow, "%s", is kept: %s', (given, kept) => {
  expect(withoutCredentials(given)).toBe(kept);
});
