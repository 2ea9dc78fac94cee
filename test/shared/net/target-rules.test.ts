import { InvalidInputError } from '../../../shared/core/errors.ts';
import { checkTarget, isLocalHostName, loopbackHosts, parseAllowedHosts } from '../../../shared/net/target-rules.ts';

const nobody = { allowedHosts: new Set<string>() };
const targetOf = (raw: string, rules: Parameters<typeof checkTarget>[1] = nobody) => {
  const verdict = checkTarget(raw, rules);
  return verdict.ok ? verdict.target : verdict.reason;
};

describe('a fetch target', () => {
  it.each([
    ['http://feeds.example.org/a?b=c#d', 'http://feeds.example.org/a?b=c', 80],
    ['HTTPS://Feeds.Example.ORG', 'https://feeds.example.org/', 443],
    ['https://feeds.example.org:443/', 'https://feeds.example.org/', 443],
    ['http://feeds.example.org:443/', 'http://feeds.example.org:443/', 443],
    ['http://user:pass@feeds.example.org:8080/x', 'http://feeds.example.org:8080/x', 8080],
    ['https://feeds.example.org.:8443/', 'https://feeds.example.org:8443/', 8443],
    ['http://новости.example.org/', 'http://xn--b1amnebsh.example.org/', 80],
    ['https://feeds.example.org/rss?q=药 屋', 'https://feeds.example.org/rss?q=%E8%8D%AF%20%E5%B1%8B', 443],
    ['https://feeds.example.org/a%20b?q=C%23&n=1', 'https://feeds.example.org/a%20b?q=C%23&n=1', 443],
    ['http://93.184.216.34/', 'http://93.184.216.34/', 80],
    ['http://[2606:4700::1111]:8080/', 'http://[2606:4700::1111]:8080/', 8080],
    ['  http://feeds.example.org/\tfeed\n', 'http://feeds.example.org/feed', 80],
    ['http://feeds.example.org\\@127.0.0.1/', 'http://feeds.example.org/@127.0.0.1/', 80],
    ['http://127.0.0.1.feeds.example.org/', 'http://127.0.0.1.feeds.example.org/', 80],
  ])('written %s is asked for as %s', (raw, url, port) => {
    expect(targetOf(raw)).toMatchObject({ url, port, allowed: false });
  });

  it.each([
    ['', 'cannot be read as a URL'],
    ['feeds.example.org/feed', 'cannot be read as a URL'],
    ['http://', 'cannot be read as a URL'],
    ['http://a..example.org/', 'malformed'],
    [`http://${'a'.repeat(64)}.example.org/`, 'malformed'],
    [`http://feeds.example.org/${'a'.repeat(9000)}`, 'longer than 8192 characters'],
    ['ftp://feeds.example.org/', 'only http and https are fetched, not ftp:'],
    ['http://feeds.example.org:22/', 'port 22 is not one of 80, 443, 8080, 8443'],
    ['https://feeds.example.org:9001/', 'port 9001 is not one of'],
    [`http://${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(50)}.example.org/`, 'malformed'],
    ['http://intranet/', 'the host name intranet has no domain'],
    ['http://localhost/', 'the host name localhost has no domain'],
    ['http://printer.local/', 'names that end in .local are local'],
    ['http://a.b.localhost./', 'names that end in .localhost are local'],
    ['http://a.localdomain/', 'names that end in .localdomain are local'],
    ['http://a.internal/', 'names that end in .internal are local'],
    ['http://home.arpa/', 'names that end in .home.arpa are local'],
    ['http://a.home.arpa/', 'names that end in .home.arpa are local'],
    ['http://a.lan/', 'names that end in .lan are local'],
    ['http://a.intranet/', 'names that end in .intranet are local'],
    ['http://[::1]/', 'the address ::1 is not public: outside the public IPv6 range 2000::/3'],
    ['http://127.1/', 'the address 127.0.0.1 is not public: this machine'],
  ])('written %s is refused: %s', (raw, reason) => {
    expect(targetOf(raw)).toContain(reason);
  });

  it.each([
    ['127.0.0.1:9000', 'http://127.0.0.1:9000/feed'],
    ['127.0.0.1:9000', 'http://0x7f.1:9000/feed'],
    ['localhost:80', 'http://localhost/'],
    ['localhost:443', 'https://localhost/'],
    ['[::1]:9000', 'http://[0:0::1]:9000/'],
    ['Feeds.Intranet:8000', 'http://feeds.intranet.:8000/'],
  ])('is allowed by "%s" when it is %s', (pair, url) => {
    expect(targetOf(url, { allowedHosts: parseAllowedHosts([pair]) })).toMatchObject({ allowed: true });
  });

  it.each([
    ['127.0.0.1:9000', 'http://127.0.0.1:9001/'],
    ['127.0.0.1:9000', 'http://127.0.0.2:9000/'],
    ['127.0.0.1:9000', 'http://[::ffff:127.0.0.1]:9000/'],
    ['127.0.0.1:9000', 'http://localhost:9000/'],
    ['localhost:80', 'http://a.localhost/'],
    ['localhost:80', 'https://localhost/'],
  ])('is not allowed by "%s" when it is %s', (pair, url) => {
    expect(targetOf(url, { allowedHosts: parseAllowedHosts([pair]) })).toEqual(expect.any(String));
  });

  it.each([
    `http://feeds.example.org/${'a'.repeat(8192 - 25)}`,
    `http://${'a'.repeat(63)}.example.org/`,
    `http://${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(49)}.example.org/`,
    'http://mylocal.org/',
    'http://a.arpa/',
  ])('may be as long as, and may be called, %s', (url) => {
    expect(checkTarget(url, nobody).ok).toBe(true);
  });

  it('is one character shorter than what is too long', () => {
    expect(targetOf(`http://feeds.example.org/${'a'.repeat(8192 - 24)}`)).toBe(
      'the address is longer than 8192 characters',
    );
  });

  it('may use a further port where the operator says so', () => {
    expect(targetOf('http://feeds.example.org:9001/', { ...nobody, extraPorts: [9001] })).toMatchObject({ port: 9001 });
    expect(targetOf('http://feeds.example.org:9002/', { ...nobody, extraPorts: [9001] })).toEqual(expect.any(String));
  });

  it('says what is asked of which host', () => {
    expect(targetOf('https://me:secret@[2606:4700::1111]:8443/a%20b?c=d#e')).toEqual({
      url: 'https://[2606:4700::1111]:8443/a%20b?c=d',
      origin: 'https://[2606:4700::1111]:8443',
      secure: true,
      host: '2606:4700::1111',
      port: 8443,
      path: '/a%20b?c=d',
      allowed: false,
    });
    expect(targetOf('http://feeds.example.org')).toMatchObject({ origin: 'http://feeds.example.org', secure: false });
  });

  it('knows which allowed pairs are on this machine', () => {
    const allowed = parseAllowedHosts([
      '127.0.0.1:80',
      'localhost:81',
      '[::1]:82',
      '10.0.0.1:83',
      'feeds.example.org:84',
    ]);

    expect([...loopbackHosts(allowed)]).toEqual(['127.0.0.1:80', 'localhost:81', '[::1]:82']);
  });
});

describe('a host that an operator vouches for', () => {
  it.each([
    ['feeds.example.org:1', 'feeds.example.org:1'],
    [' Feeds.Example.org.:65535 ', 'feeds.example.org:65535'],
    ['[0:0::1]:08080', '[::1]:8080'],
    ['0x7f.1:80', '127.0.0.1:80'],
  ])('written %s is %s', (written, pair) => {
    expect([...parseAllowedHosts([written])]).toEqual([pair]);
  });

  it.each([
    'feeds.example.org',
    'feeds.example.org:0',
    'feeds.example.org:65536',
    'feeds.example.org:123456',
    'feeds.example.org:x',
    'http://feeds.example.org:80',
    'me@feeds.example.org:80',
    '*.example.org:80',
    '10.0.0.0/8:80',
    'a:80:80',
    'two words:80',
    '[::1:80',
    ':80',
    'all',
    '',
  ])('is not written "%s"', (written) => {
    expect(() => parseAllowedHosts([written])).toThrow(
      `fetch.allowHosts cannot be used\n  "${written}" is not HOST:PORT; write for example 127.0.0.1:8080, feeds.example.org:8000 or [::1]:8080`,
    );
  });

  it('is refused with every other one that cannot be used', () => {
    try {
      parseAllowedHosts(['a', '127.0.0.1:80', 'b']);
      throw new Error('it was taken');
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidInputError);
      expect(error).toMatchObject({
        code: 'invalid_allow_hosts',
        problems: [expect.stringMatching(/^"a" /), expect.stringMatching(/^"b" /)],
      });
    }
  });
});

it.each([
  ['printer', true],
  ['printer.local', true],
  ['local', true],
  ['home.arpa', true],
  ['a.home.arpa', true],
  ['news.example.org', false],
  ['mylocal.org', false],
])('the name %s is known in its own network only: %s', (host, isLocal) => {
  expect(isLocalHostName(host)).toBe(isLocal);
});
