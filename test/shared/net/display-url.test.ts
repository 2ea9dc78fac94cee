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
    ['https://feeds.example.org/?keys=abc&code2=abc&my-PWD=abc', 'https://feeds.example.org/?keys=…&code2=…&my-PWD=…'],
    ['https://feeds.example.org/?monkey=abc&authors=abc', 'https://feeds.example.org/?monkey=abc&authors=abc'],
    [`https://feeds.example.org/?u=1${'a'.repeat(19)}`, 'https://feeds.example.org/?u=…'],
    [`https://feeds.example.org/?u=1${'a'.repeat(18)}`, `https://feeds.example.org/?u=1${'a'.repeat(18)}`],
    [`https://feeds.example.org/?u=${'a'.repeat(20)}`, `https://feeds.example.org/?u=${'a'.repeat(20)}`],
    [`https://feeds.example.org/?u=${'1'.repeat(20)}`, `https://feeds.example.org/?u=${'1'.repeat(20)}`],
    [`https://feeds.example.org/?u=1${'A'.repeat(20)}`, 'https://feeds.example.org/?u=…'],
    [`https://feeds.example.org/?u=a1,${'a'.repeat(20)}`, `https://feeds.example.org/?u=a1%2C${'a'.repeat(20)}`],
    ['https://feeds.example.org:8443/a?b=ä c', 'https://feeds.example.org:8443/a?b=%C3%A4%20c'],
    ['https://feeds.example.org/?a%26b=1', 'https://feeds.example.org/?a%26b=1'],
    ['feeds.example.org/a?token=1\n&x', 'feeds.example.org/a?…'],
    ['//me@a//you@b', '//a//you@b'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
    ['//user:pass@feeds.example.org?token=1', '//feeds.example.org?…'],
    ['not a url\u0000\u202e\r\n', 'not a url    '],
  ])('%s is shown as %s', (raw, shown) => {
    expect(displayUrl(raw)).toBe(shown);
  });

  it.each([
    ...['auth', 'token', 'key', 'apikey', 'secret', 'sig', 'signature', 'pass', 'passwd', 'password', 'pwd', 'session'],
    ...['sid', 'credential', 'code', 'jwt', 'hash', 'hmac', 'API_KEY', 'xSid', 'tokens', 'key1'],
  ])('hides the value of %s', (name) => {
    expect(displayUrl(`https://feeds.example.org/?${name}=abc`)).toBe(`https://feeds.example.org/?${name}=…`);
  });

  it('is cut when it is longer than 300 characters', () => {
    const url = `https://feeds.example.org/${'a'.repeat(274)}`;

    expect(displayUrl(url)).toBe(url);
    expect(displayUrl(`${url}b`)).toBe(`${url}…`);
    expect(displayUrl('a'.repeat(301))).toBe(`${'a'.repeat(300)}…`);
  });
});

describe('foreign text in a message', () => {
  it.each([
    ['plain', '"plain"'],
    ['two\r\nlines\u2028and "quotes"', '"two lines and \\"quotes\\""'],
    ['\u001b[31mred\u0007', '"[31mred"'],
    ['\ud800 half a character', '"\uFFFD half a character"'],
    ['  one\t\n  line ', '"one line"'],
    ['a'.repeat(80), `"${'a'.repeat(80)}"`],
    ['a'.repeat(81), `"${'a'.repeat(80)}…"`],
  ])('%j is quoted as %s', (text, quoted) => {
    expect(quoteForeign(text)).toBe(quoted);
  });

  it('is as long as the place allows', () => {
    expect(quoteForeign('abcd', 3)).toBe('"abc…"');
  });
});

it.each([
  [' https://feeds.example.org/a?b=c ', 'https://feeds.example.org/a?b=c'],
  ['HTTPS://Feeds.Example.org', 'HTTPS://Feeds.Example.org'],
  ['https://feeds.example.org/a#top', 'https://feeds.example.org/a'],
  ['https://user@feeds.example.org/a', 'https://feeds.example.org/a'],
  ['https://:secret@feeds.example.org/a', 'https://feeds.example.org/a'],
  ['https://user:secret@feeds.example.org/a?b=c#top', 'https://feeds.example.org/a?b=c'],
  ['\u00a0https://user@feeds.example.org/a', 'https://feeds.example.org/a'],
  ['no address', 'no address'],
])('of an address to follow, "%s", is kept: %s', (given, kept) => {
  expect(withoutCredentials(given)).toBe(kept);
});
