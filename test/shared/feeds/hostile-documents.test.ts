import { FetchFailedError } from '../../../shared/core/errors.ts';
import { MOST_ITEMS, readFeed } from '../../../shared/feeds/read-feed.ts';

const HALF_A_MEGABYTE = 500_000;
const read = (text: string) => readFeed({ body: new TextEncoder().encode(text), url: 'https://example.org/feed.xml' });
const outcomeOf = (text: string): Promise<unknown> => read(text).catch((error: unknown) => error);
/** The piece over and over, to about so many characters. */
const much = (piece: string, characters = HALF_A_MEGABYTE): string =>
  piece.repeat(Math.ceil(characters / piece.length));
const rss = (inside: string): string => `<rss version="2.0"><channel><title>T</title>${inside}</channel></rss>`;
const item = (inside: string): string => rss(`<item><title>One</title>${inside}</item>`);
const numbered = (count: number, piece: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => piece(index)).join('');

describe('a hostile document', () => {
  // Quadratic work on so much takes minutes, and the test would end by its own time limit.
  it.each<[what: string, document: string]>([
    ['elements that nest', item(much('<x>'))],
    ['ampersands', item(`<description>${much('&')}</description>`)],
    ['numeric references', item(`<description>${much('&#65;')}</description>`)],
    ['unknown entities', item(`<description>${numbered(100_000, (index) => `&q${index};`)}</description>`)],
    ['open CDATA sections', item(`<description>${much('<![CDATA[x')}</description>`)],
    ['open comments', item(`<description>${much('<!--')}</description>`)],
    ['open instructions', item(much('<?x '))],
    ['open declarations', `${much('<!DOCTYPE [')}${item('')}`],
    ['open quotes', item(much('<a b="'))],
    ['open quotes before other tags', item(much("<a b='<"))],
    ['attributes', item(`<category ${numbered(80_000, (index) => `a${index}="b" `)}>x</category>`)],
    ['namespaces', item(numbered(30_000, (index) => `<p${index}:title xmlns:p${index}="urn:x">1</p${index}:title>`))],
    ['titles in the item', item(much('<title> </title>'))],
    ['dates in the item', item(much('<pubDate>x 12 y</pubDate>'))],
    ['descriptions of nothing', item(much('<description>&lt;b&gt; &lt;/b&gt;</description>'))],
    ['tags of HTML without end', item(`<description><![CDATA[${much('<p')}]]></description>`)],
    ['end tags of HTML without end', item(`<description><![CDATA[${much('</p ')}]]></description>`)],
    ['white space', item(`<description>a${much(' ')}b${much(' \n')}c</description>`)],
    ['brackets in names', item(`<author>${much('(')}</author><author>${much('<a@b')}</author>`)],
    ['digits in a date', item(`<pubDate>${much('1')}</pubDate>`)],
    ['declarations before a bracket', `${much('<!DOCTYPE>')}${item('')}[`],
    ['tags without end, before one', `${item(much('</a '))}>`],
    ['sections that open twice', item(`<x>${much('<![CDATA[a<![CDATA[b]]>')}</x>`)],
    ['unknown elements around fields', item(much('<q><category>x</category>'))],
    ['comments that are cut by items', `${item('')}${much('<!-- <item> -->')}`],
    ['tags without a quote', item(much('<link href="x y=z w >'))],
    ['blanks in a tag without end', item(`<link href="x${much(' ')}<b/>`)],
    ['misspelt end tags', item(numbered(60_000, (index) => `<a${index}bc></a${index}bd>`))],
    ['links that are not closed', item(much('<atom:link href="x">'))],
    ['titles that are not closed', item(much('<subtitle>x'))],
    ['entities', `<!DOCTYPE rss [${numbered(20_000, (index) => `<!ENTITY e${index} "x">`)}]>${item('')}`],
    ['open declarations of entities', `<!DOCTYPE rss [${much('<!ENTITY a "')}${item('')}`],
    ['media in media', item(much('<media:group><media:content>'))],
    ['ends of items', `${item('')}${much('</item>')}`],
    ['text before the feed', `${much('x <br> ')}${item('')}`],
  ])('with very many %s gives its item', async (_what, document) => {
    expect((await read(document)).items).toMatchObject([{ title: expect.stringMatching(/^One/) }]);
  });

  it.each<[what: string, document: string]>([
    ['open items', much('<item>')],
    ['titles that are never closed, in items that are not', rss(much('<title>') + much('<item>'))],
    ['items inside of items', rss(much('<item><title>x</title>'))],
    ['JSON that nests', `{"version":"https://jsonfeed.org/version/1","items":${much('[')}`],
    ['angle brackets', much('<')],
    ['open names', much('<aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')],
    ['end tags', rss(much('</a>'))],
    ['titles in titles', rss(`<item><title>${much('<title ')}>`)],
    ['JSON with raw line breaks', `{"version":"https://jsonfeed.org/version/1","items":[${much('{"id":"1\n",},')}`],
    ['comments in comments', item(`${much('<!--<item>', 200_000)}${much('-->', 200_000)}`)],
    ['entries inside of contents in XML', `<feed>${much('<entry><content type="application/xml"><a>x</a>')}`],
    ['half-open pages', `<html>${much('<p:')}`],
  ])('of %s is read or refused', async (_what, document) => {
    const outcome = await outcomeOf(document);
    if (outcome instanceof Error) expect(outcome).toBeInstanceOf(FetchFailedError);
    else expect(outcome).toMatchObject({ items: expect.any(Array) });
  });

  it('gets no entity that grows beyond bounds', async () => {
    const laughs = numbered(30, (index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`);
    const bomb = `<!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}]>${item('<description>&l30;</description>')}`;
    const { items } = await read(bomb);
    expect(items[0]?.summary).toBe('&l30;');
  });

  it('gets a million characters from its entities, and not more', async () => {
    const long = 'x'.repeat(2_000);
    const references = '&long;'.repeat(600);
    const document = `<!DOCTYPE rss [<!ENTITY long "${long}">]>${item(`<description>a${references}</description>`)}`;

    const { items } = await read(document);

    expect(items[0]?.summary).toBe(`a${long.repeat(500)}${'&long;'.repeat(100)}`.slice(0, 1_000_000));
  });

  it('changes no prototype', async () => {
    const names = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'];
    const inside = names.map((name) => `<${name} ${name}="x"><${name}>y</${name}></${name}>`).join('');
    const { items } = await read(item(`${inside}<category __proto__="x" _="y" constructor="z">c</category>`));
    expect(items).toMatchObject([{ title: 'One', categories: ['c'] }]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('the refusal of anything but a feed', () => {
  it.each([
    '<html><title>Log in\u001b[2J\u202etxt</title><input type=password></html>',
    '{"status\u001b[2J\u202e": 1}',
    '<in\u001b[2J\u202evoice/>',
    'plain \u001b[2J\u202e text',
  ])('repeats nothing that acts on a terminal (%#)', async (text) => {
    const { message } = (await outcomeOf(text)) as Error;
    expect(message).toMatch(/ holds no feed: it (?:is|looks)/);
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('shows no secret of the address', async () => {
    const url = 'https://user:passw0rd@example.org/feed?token=s3cret&page=2';
    const failure = await readFeed({ body: new TextEncoder().encode('<html>'), url }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ url: 'https://example.org/feed?token=…&page=2' });
    expect((failure as Error).message).not.toMatch(/passw0rd|s3cret/);
  });
});

describe('a long document', () => {
  it.each([0, 1, 2])('is cut between characters (%s)', async (shift) => {
    const long = '港'.repeat(20_000);
    const text = rss(
      `${'x'.repeat(shift)}${numbered(100, (index) => `<item><title>${index}</title><description>${long}</description></item>`)}`,
    );
    const { items } = await read(text);
    expect(items.length).toBeGreaterThan(80);
    expect(items.every(({ summary }) => summary === long)).toBe(true);
  });

  const dated = (index: number, day: number): string =>
    `<item><title>${index}</title><pubDate>${new Date(Date.UTC(2020, 0, day)).toUTCString()}</pubDate></item>`;

  it('gives its first items, and a note', async () => {
    const { items, notes } = await read(rss(numbered(MOST_ITEMS + 10, (index) => dated(index, 9_000 - index))));
    expect(items).toHaveLength(MOST_ITEMS);
    expect(items[0]?.title).toBe('0');
    expect(notes).toEqual([`only ${MOST_ITEMS} of ${MOST_ITEMS + 10} items were read`]);
  });

  it('gives its last items where these are the newest', async () => {
    const { items } = await read(rss(numbered(MOST_ITEMS + 10, (index) => dated(index, index))));
    expect(items).toHaveLength(MOST_ITEMS);
    expect(items.at(-1)?.title).toBe(String(MOST_ITEMS + 9));
  });

  it.each([
    [5_000_000, []],
    [5_000_001, ['only the first 5 MB were read']],
  ])('of %i bytes has the notes %j', async (length, said) => {
    const [start = '', end = ''] = rss('<item><title>A</title></item>|').split('|');
    const { notes } = await read(start + ' '.repeat(length - start.length - end.length) + end);

    expect(notes.filter((note) => note.includes('MB'))).toEqual(said);
  });

  it('is read up to five megabytes, in whole items', async () => {
    const text = 'x'.repeat(10_000);
    const { items, notes } = await read(
      rss(numbered(600, (index) => `<item><guid>${index}</guid><description>${text}</description></item>`)),
    );
    expect(items.length).toBeGreaterThan(490);
    expect(items.length).toBeLessThan(500);
    expect(items.every(({ summary }) => summary === text)).toBe(true);
    expect(notes[0]).toBe('only the first 5 MB were read');
  });
});
