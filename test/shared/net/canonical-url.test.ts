import { canonicalArticleUrl, canonicalUrl, hostOf } from '../../../shared/net/canonical-url.ts';

describe('the canonical form of an address', () => {
  it.each([
    ['campaign parameters', 'https://a.example.org/x?utm_source=rss&id=7&fbclid=abc', 'https://a.example.org/x?id=7'],
    ['nothing but campaign parameters', 'https://a.example.org/x?utm_medium=feed', 'https://a.example.org/x'],
    [
      'a parameter that only looks like one',
      'https://a.example.org/x?my_utm_source=1',
      'https://a.example.org/x?my_utm_source=1',
    ],
    [
      'a capital host, a default port and a trailing dot',
      'HTTPS://News.Example.ORG.:443/A',
      'https://news.example.org/A',
    ],
    ['a fragment', 'https://a.example.org/x#comments', 'https://a.example.org/x'],
    ['a fragment that is the page', 'https://a.example.org/#!/news/5', 'https://a.example.org/#!/news/5'],
    ['user and password', 'https://me:secret@a.example.org/x', 'https://a.example.org/x'],
    ['a blank that does not break', '\u00a0https://a.example.org/x', 'https://a.example.org/x'],
    ['white space around', '  https://a.example.org/x\n', 'https://a.example.org/x'],
    ['a bare question mark', 'https://a.example.org/x?', 'https://a.example.org/x'],
    ['empty parameters', 'https://a.example.org/x?&&id=7&', 'https://a.example.org/x?id=7'],
    ['a parameter without a value', 'https://a.example.org/x?fbclid&id', 'https://a.example.org/x?id'],
    ['a parameter in capitals', 'https://a.example.org/x?UTM_Source=1', 'https://a.example.org/x'],
    ['user alone', 'https://me@a.example.org/x', 'https://a.example.org/x'],
    ['several dots', 'http://a.example.org../x', 'http://a.example.org/x'],
    ['nothing when its host is dots', 'http://./x', 'http://./x'],
  ])('is free of %s', (_, address, canonical) => {
    expect(canonicalUrl(address)).toBe(canonical);
  });

  it('keeps what a server may heed: order, encoding, the slash at the end, index.html, another port', () => {
    const address = 'https://a.example.org:8443/index.html/?b=2&a=%20+%C3%A9&c';

    expect(canonicalUrl(address)).toBe(address);
  });

  it.each(['', 'nonsense', 'mailto:a@example.org', 'javascript:alert(1)', 'ftp://example.org/x', '/relative'])(
    'does not exist for %j',
    (address) => {
      expect(canonicalUrl(address)).toBeNull();
    },
  );

  it('stays as it is when made canonical again', () => {
    const once = canonicalUrl('HTTP://Example.ORG.:80/?utm_id=1&x=%zz#y');

    expect(canonicalUrl(once ?? '')).toBe(once);
  });
});

describe('the canonical form of an article', () => {
  const PAGE = 'https://a.example.org/x?id=7';

  it.each([
    'srsltid',
    'gad_source',
    '__hstc',
    '__hsfp',
    '_openstat',
    'itm_campaign',
    'otm_source',
    's_cid',
    'mibextid',
    'hsa_acc',
    'fb_action_ids',
    'ml_subscriber_hash',
    'pk_source',
    'irclickid',
    '_kx',
    'SC_UID',
    'ga_source',
    'at_custom1',
    'at_link_id',
    'mtm_group',
    'otm_x',
    'hsa_x',
    'utm',
    'utm_source',
    'fbclid',
  ])('is free of %s', (name) => {
    expect(canonicalArticleUrl(`${PAGE}&${name}=1`)).toBe(PAGE);
    expect(canonicalArticleUrl(`https://a.example.org/x?${name}=1&id=7`)).toBe(PAGE);
  });

  it.each([
    'id',
    'page',
    'p',
    'ref',
    'source',
    's',
    'sid',
    'mc',
    'ga_id',
    'story',
    'itm',
    'utm_',
    'mtm_',
    'otm_',
    'hsa_',
    'at_link_',
    'at_custom',
    'at_customx',
    'xspm',
    'spmx',
    'my_srsltid',
    'srsltids',
    'article_id',
  ])('keeps %s', (name) => {
    expect(canonicalArticleUrl(`${PAGE}&${name}=1`)).toBe(`${PAGE}&${name}=1`);
  });

  it('leaves the addresses of feeds as they were, for their ids follow from them', () => {
    expect(canonicalUrl(`${PAGE}&srsltid=1`)).toBe(`${PAGE}&srsltid=1`);
  });

  it('does not exist for a text that is not an address', () => {
    expect(canonicalArticleUrl('mailto:desk@example.org')).toBeNull();
  });
});

describe('the host shown to people', () => {
  it('is in lower case, without www., and empty for anything but an address', () => {
    const addresses = ['https://WWW.Example.org/x', 'https://www2.example.org/', 'https://a.www.example.org/', 'x'];

    expect(addresses.map(hostOf)).toEqual(['example.org', 'www2.example.org', 'a.www.example.org', '']);
  });
});
