// Which link is the page, and how addresses are repaired.
import type { Element } from '../../../../shared/feeds/reading/element.ts';
import {
  addressIn,
  alternateOf,
  baseOf,
  isPlaceholder,
  ownPageOf,
  permalinkOf,
  resolveUrl,
  selfOf,
  textLinkOf,
} from '../../../../shared/feeds/reading/links.ts';

const BASE = 'https://news.example.org/feeds/main.xml';
const PAGE = 'https://news.example.org/a';
const link = (attributes: Readonly<Record<string, string>>, text = ''): Element => ({ $: attributes, _: text });

describe('an address', () => {
  it.each<[written: string, url: string]>([
    ['https://news.example.org/a', PAGE],
    [' https://news.example.org/a\n', PAGE],
    ['/a', PAGE],
    ['../a', PAGE],
    ['//news.example.org/a', PAGE],
    ['https://news.example.org/a?b=1&amp;c=2', 'https://news.example.org/a?b=1&c=2'],
    ['https://news.example.org/a<b>', 'https://news.example.org/a%3Cb%3E'],
    ['feed://news.example.org/a', 'http://news.example.org/a'],
    ['feed:https://news.example.org/a', PAGE],
    ['www.example.org', 'http://www.example.org/'],
    ['WWW.Example.org/a', 'http://www.example.org/a'],
    ['www.example.org?a', 'http://www.example.org/?a'],
    ['www.example.org:8080', 'http://www.example.org:8080/'],
    ['www.example.org#a', 'http://www.example.org/#a'],
    ['www.html', 'https://news.example.org/feeds/www.html'],
    ['www.example.o', 'https://news.example.org/feeds/www.example.o'],
    ['not-www.example.org', 'https://news.example.org/feeds/not-www.example.org'],
    ['<a href="https://news.example.org/a">Read</a>', PAGE],
    ["<A class=x HREF = 'https://news.example.org/a'>", PAGE],
    ['?id=7', 'https://news.example.org/feeds/main.xml?id=7'],
    [`https://news.example.org/${'a'.repeat(8_000 - 25)}`, `https://news.example.org/${'a'.repeat(8_000 - 25)}`],
  ])('written %j is %s', (written, url) => {
    expect(resolveUrl(written, BASE)).toBe(url);
  });

  it.each([
    null,
    undefined,
    '',
    ' ',
    '#',
    'None',
    'mailto:desk@example.org',
    'javascript:alert(1)',
    'ftp://news.example.org/a',
    'https://',
    'https://[',
    'x https://news.example.org/a https://[',
    `https://news.example.org/${'a'.repeat(8_000 - 24)}`,
  ])('is none in %j', (written) => {
    expect(resolveUrl(written, 'mailto:nobody')).toBeNull();
  });

  it.each(['n/a', 'NA', ' None ', 'null', 'nil', 'undefined', '-'])('is none where programs write %j', (text) => {
    expect(isPlaceholder(text)).toBe(true);
    expect(resolveUrl(text, BASE)).toBeNull();
  });

  it.each(['none of them', 'a null', 'n//a', '--', ''])('may be what %j says', (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });
});

describe('the base of an element', () => {
  it.each<[own: string, base: string]>([
    ['https://other.example.org/', 'https://other.example.org/'],
    [' /x/ ', 'https://news.example.org/x/'],
    ['https://[', BASE],
  ])('with xml:base %j is %s', (own, base) => {
    expect(baseOf(link({ 'xml:base': own }), BASE)).toBe(base);
  });

  it('is that of its parent where it has none', () => {
    expect(baseOf(link({}), BASE)).toBe(BASE);
    expect(baseOf('text', BASE)).toBe(BASE);
  });
});

describe('the page among links of Atom', () => {
  it.each<[what: string, links: readonly Element[], url: string | null]>([
    ['none', [], null],
    ['one without a relation', [link({ href: '/a' })], PAGE],
    ['one whose relation is empty', [link({ href: '/a', rel: ' ' })], PAGE],
    ['one with the address as its text', ['/a'], PAGE],
    ['one within its own base', [link({ href: 'a', 'xml:base': 'https://news.example.org/' })], PAGE],
    ['an alternate in capitals', [link({ href: '/a', rel: 'ALTERNATE' })], PAGE],
    [
      'an alternate by its full name',
      [link({ href: '/a', rel: 'http://www.iana.org/assignments/relation/alternate' })],
      PAGE,
    ],
    [
      'an alternate by its other full name',
      [link({ href: '/a', rel: 'https://www.iana.org/assignments/link-relations/alternate' })],
      PAGE,
    ],
    ...['http://www.iana.org/assignments/relations/', 'http://www.iana.org/assignments/link-relations/'].map(
      (list): [string, readonly Element[], string] => [
        `an alternate of ${list}`,
        [link({ href: '/a', rel: `${list}alternate` })],
        PAGE,
      ],
    ),
    ['others', [link({ href: '/a', rel: 'self' }), link({ href: '/b', rel: 'not-alternate' })], null],
    ['one without an address', [link({ rel: 'alternate' })], null],
    ['HTML before one of no type', [link({ href: '/b' }), link({ href: '/a', type: ' text/html; charset=x' })], PAGE],
    [
      'XHTML before another type',
      [link({ href: '/b', type: 'x/y' }), link({ href: '/a', type: 'application/xhtml+xml' })],
      PAGE,
    ],
    ['one of no type before another type', [link({ href: '/b', type: 'text/htmlx' }), link({ href: '/a' })], PAGE],
    ['the first of two alike', [link({ href: '/a' }), link({ href: '/b' })], PAGE],
  ])('that are %s', (_what, links, url) => {
    expect(alternateOf(links, BASE)).toBe(url);
  });
});

describe('where a feed is itself', () => {
  it.each<[links: readonly Element[], href: string | undefined]>([
    [[link({ rel: ' Self ', href: ' https://news.example.org/feed ' })], 'https://news.example.org/feed'],
    [[link({ rel: 'self', href: '/feed' }), link({ rel: 'self', href: PAGE })], PAGE],
    [[link({ rel: 'self', href: 'http://localhost/feed' })], undefined],
    [[link({ rel: 'self', href: 'http://127.0.0.1/feed' })], undefined],
    [[link({ rel: 'self', href: 'ftp://news.example.org/feed' })], undefined],
    [[link({ rel: 'self' })], undefined],
    [[link({ href: PAGE })], undefined],
    [[link({ rel: 'alternate', href: PAGE })], undefined],
    [[], undefined],
  ])('among %j is %s', (links, href) => {
    expect(selfOf(links)?.href).toBe(href);
  });
});

describe('a link of RSS', () => {
  it.each<[links: readonly Element[], url: string | null]>([
    [['/a'], PAGE],
    [['', '/a'], PAGE],
    [[link({ href: '/a' })], PAGE],
    [[link({ 'rdf:resource': '/a' })], PAGE],
    [[link({ href: '/b' }, '/a')], PAGE],
    [[link({ rel: 'alternate' }, '/a')], PAGE],
    [[link({ rel: 'self' }, '/b'), '/a'], PAGE],
    [[link({ 'xml:base': 'https://other.example.org/' }, 'a')], 'https://other.example.org/a'],
    [[''], null],
    [[], null],
  ])('among %j is %s', (links, url) => {
    expect(textLinkOf(links, BASE)).toBe(url);
  });
});

describe('without a link an entry is', () => {
  it.each<[attributes: Readonly<Record<string, string>>, url: string | null]>([
    [{ rel: ' SELF ', type: ' text/html', href: '/a' }, PAGE],
    [{ rel: 'self', type: 'application/atom+xml', href: '/a' }, null],
    [{ rel: 'self', href: '/a' }, null],
    [{ rel: 'edit', type: 'text/html', href: '/a' }, null],
    [{ type: 'text/html', href: '/a' }, null],
  ])('the page that it calls itself by %j: %s', (attributes, url) => {
    expect(ownPageOf(link(attributes), BASE)).toBe(url);
  });

  it.each<[id: string, url: string | null]>([
    [` ${PAGE} `, PAGE],
    ['HTTP://news.example.org/a', 'http://news.example.org/a'],
    ['tag:news.example.org,2026:7', null],
    [`see ${PAGE}`, null],
    [`${PAGE} b`, null],
    ['/a', null],
  ])('the page that its identifier %j names: %s', (id, url) => {
    expect(addressIn(id)).toBe(url);
  });

  it.each<[item: Element, url: string | null]>([
    [{ 'rss/guid': [PAGE] }, PAGE],
    [{ 'rss/guid': [link({ ispermalink: 'true' }, PAGE)] }, PAGE],
    [{ 'rss/guid': [link({ ispermalink: ' False ' }, PAGE)] }, null],
    [{ 'rss/guid': [link({ ispermalink: 'no' }, PAGE)] }, null],
    [{ 'rss/guid': [link({ ispermalink: '0' }, PAGE)] }, null],
    [{ 'rss/guid': ['7'] }, null],
    [{}, null],
  ])('the page of the guid in %j: %s', (item, url) => {
    expect(permalinkOf(item)).toBe(url);
  });
});
