// Which addresses somebody may mean who gives us one to follow.
import { addressesOf } from '../../../shared/net/feed-scheme.ts';

const either = (rest: string): readonly string[] => [`https://${rest}`, `http://${rest}`];

describe('the addresses that are meant by', () => {
  it.each([
    ['https://news.example.org/feed', ['https://news.example.org/feed']],
    ['  HTTP://news.example.org/feed\n', ['HTTP://news.example.org/feed']],
    ['feed://news.example.org/feed', ['http://news.example.org/feed']],
    ['feed:https://news.example.org/feed', ['https://news.example.org/feed']],
    ['bbc.co.uk', either('bbc.co.uk')],
    ['bbc.co.uk/news?x=1', either('bbc.co.uk/news?x=1')],
    ['//bbc.co.uk', either('bbc.co.uk')],
    ['bücher.example', either('bücher.example')],
    ['192.0.2.1:8080/feed', either('192.0.2.1:8080/feed')],
    ['[2001:db8::1]:8080/feed', either('[2001:db8::1]:8080/feed')],
    ['localhost:3000', either('localhost:3000')],
  ])('%j are %j', (written, addresses) => {
    expect(addressesOf(written)).toEqual(addresses);
  });

  it.each([
    '',
    'news',
    'file:///etc/passwd',
    'ftp://news.example.org/feed',
    'mailto:desk@example.org',
    'desk@example.org',
    'two words.org',
    'http://',
    'https://[::1',
    'bbc.co.uk:port',
  ])('%j are none', (written) => {
    expect(() => addressesOf(written)).toThrow(
      expect.objectContaining({
        code: 'invalid_feed_url',
        message: `"${written}" is not an http or https address`,
      }),
    );
  });

  it('are quoted in 200 characters when they are none', () => {
    expect(() => addressesOf('x'.repeat(201))).toThrow(`"${'x'.repeat(200)}" is not`);
  });
});
