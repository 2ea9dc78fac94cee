import { checkTarget, loopbackHosts, parseAllowedHosts } from '../../../shared/net/target-rules.ts';

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
    ['http://intranet/', 'has no domain'],
    ['http://printer.local/', 'names that end in .local are local'],
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
