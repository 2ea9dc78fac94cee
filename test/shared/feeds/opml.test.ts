import { parseOpml, writeOpml } from '../../../shared/feeds/opml.ts';

const opml = (...rows: string[]): string =>
  ['<?xml version="1.0"?>', '<opml version="2.0">', '<body>', ...rows, '</body>', '</opml>'].join('\n');

describe('a list of feeds in OPML', () => {
  it('gives address, title, language and the folders as a path', () => {
    const { feeds, problems } = parseOpml(
      opml(
        '<outline text="Europe"><outline text="Ministries">',
        '<outline type="rss" text="short" title="Ministry &amp; Press" xmlUrl="https://mfa.example.org/feed" language="fr-CA"/>',
        '</outline></outline>',
        '<outline text="Agency" XMLURL="https://agency.example.com/rss"/>',
      ),
    );

    expect(problems).toEqual([]);
    expect(feeds).toEqual([
      { url: 'https://mfa.example.org/feed', title: 'Ministry & Press', folder: 'Europe/Ministries', language: 'fr' },
      { url: 'https://agency.example.com/rss', title: 'Agency', folder: '', language: null },
    ]);
  });

  it('reports each bad row with its line and keeps the others', () => {
    const { feeds, problems } = parseOpml(
      opml(
        '<outline type="rss" text="No address"/>',
        '<outline type="rss" text="Mail" xmlUrl="mailto:a@example.org"/>',
        '<outline text="Good" xmlUrl="https://a.example.org/feed" language="English language"/>',
        '<outline text="Again" xmlUrl="HTTPS://A.example.org:443/feed#top"/>',
        '<outline text="Late" xmlUrl="https://b.example.org/feed" fullText="sometimes"/>',
      ),
    );

    expect(problems).toEqual([
      { line: 4, message: '"No address" has no xmlUrl, so it names no feed' },
      { line: 5, message: 'xmlUrl "mailto:a@example.org" is not an http or https address' },
      {
        line: 6,
        message: 'language "English language" is not a language tag such as en or pt-BR; the feed is added without one',
      },
      { line: 7, message: '"HTTPS://A.example.org:443/feed#top" is in the file twice, first on line 6' },
      { line: 8, message: 'tocsin:fullText "sometimes" is not known. Known: auto, always, never; auto is taken' },
    ]);
    expect(feeds.map(({ url }) => url)).toEqual(['https://a.example.org/feed', 'https://b.example.org/feed']);
  });

  it('leaves out rows that are commented out, with what is below them', () => {
    const { feeds, problems } = parseOpml(
      opml(
        '<outline text="Old" isComment="true"><outline type="rss" text="x" xmlUrl="https://old.example.org/"/></outline>',
        '<outline text="New" xmlUrl="https://new.example.org/feed"/>',
      ),
    );

    expect(problems).toEqual([]);
    expect(feeds.map(({ title }) => title)).toEqual(['New']);
  });

  it('takes an empty folder and a feed: address for what they are', () => {
    const { feeds, problems } = parseOpml(
      opml('<outline text="Later"/>', '<outline text="F" xmlUrl="feed://f.example.org/rss"/>'),
    );

    expect(problems).toEqual([]);
    expect(feeds[0]?.url).toBe('http://f.example.org/rss');
  });

  it.each([
    [
      'another document',
      '<html><body><p>Hello</p></body></html>',
      'is not OPML: it begins with <html>, expected <opml>',
    ],
    ['nothing', '', 'is not OPML: no element was found, expected <opml>'],
    ['plain words', 'just words', 'is not OPML: no element was found, expected <opml>'],
  ])('says that %s is none', (_, text, message) => {
    expect(parseOpml(text)).toEqual({ feeds: [], problems: [{ line: 1, message }] });
  });

  it('keeps the rows of a file that was cut off, and says so', () => {
    const whole = opml('<outline text="A" xmlUrl="https://a.example.org/feed"/>');

    const { feeds, problems } = parseOpml(whole.slice(0, -12));

    expect(feeds).toHaveLength(1);
    expect(problems).toEqual([{ line: 5, message: 'the file ends before </opml>: it may have been cut off' }]);
  });

  it('expands no entities, and survives nesting and size', () => {
    const bomb = `<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${opml(
      '<outline text="&b;" xmlUrl="https://a.example.org/feed"/>',
    )}`;
    const nested = (depth: number): string =>
      `${'<outline text="f">'.repeat(depth)}<outline text="x" xmlUrl="https://a.example.org/"/>${'</outline>'.repeat(depth)}`;

    expect(parseOpml(bomb).feeds[0]?.title).toBe('&b;');
    expect(parseOpml(opml(nested(900))).feeds[0]?.folder).toBe('f/f/f/f/f/f/f/f');
    expect(parseOpml('x'.repeat(20_000_001)).problems[0]?.message).toContain('Allowed: 20000000');
  });

  it('reads up to where elements nest too deep, says so, and costs no more for the rest', () => {
    const good = '<outline text="A" xmlUrl="https://a.example.org/feed"/>';
    const begun = performance.now();

    const { feeds, problems } = parseOpml(opml(good, '<outline text="f">'.repeat(1_000_000)));

    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(feeds).toHaveLength(1);
    expect(problems).toEqual([
      { line: 5, message: 'elements nest more than 1000 deep: the rest of the file is not read' },
    ]);
  });

  it('reads twenty thousand feeds, and says once that there are more', () => {
    const rows = Array.from({ length: 20_002 }, (_, n) => `<outline xmlUrl="https://h${n}.example.org/f"/>`);

    const { feeds, problems } = parseOpml(opml(...rows));

    expect(feeds).toHaveLength(20_000);
    expect(problems).toEqual([{ line: 20_004, message: 'more than 20000 feeds: the rest of the file is not read' }]);
  });

  it('may nest a thousand elements deep', () => {
    const nested = (depth: number) => parseOpml(opml('<outline>'.repeat(depth - 2), '</outline>'.repeat(depth - 2)));

    expect(nested(1_000).problems).toEqual([]);
    expect(nested(1_001).problems).toHaveLength(1);
  });

  it('has two hundred problems at most', () => {
    expect(parseOpml(opml('<outline type="rss"/>'.repeat(201))).problems).toHaveLength(200);
  });

  it('may be as long as twenty million characters', () => {
    expect(parseOpml('<opml>'.padEnd(20_000_000)).problems).toEqual([
      { line: 1, message: 'the file ends before </opml>: it may have been cut off' },
    ]);
    expect(parseOpml('<opml>'.padEnd(20_000_001)).problems).toEqual([
      { line: 1, message: 'the file has 20000001 characters. Allowed: 20000000; split it' },
    ]);
  });

  it('is not read where its first element is another', () => {
    const row = '<outline xmlUrl="https://a.example.org/feed"/>';

    expect(parseOpml(`<${'x'.repeat(50)}>${row}`)).toEqual({
      feeds: [],
      problems: [{ line: 1, message: `is not OPML: it begins with <${'x'.repeat(40)}>, expected <opml>` }],
    });
    expect(parseOpml(`<html><opml>${row}</opml></html>`).feeds).toEqual([]);
  });
});

describe('a row of a list of feeds', () => {
  const ADDRESS = 'https://a.example.org/feed';
  const read = (row: string) => parseOpml(opml(row));
  const feedOf = (attributes: string) => read(`<outline xmlUrl="${ADDRESS}" ${attributes}/>`).feeds[0];

  it.each<[attributes: string, title: string]>([
    ['title=" Harbour \n news " text="x"', 'Harbour news'],
    ['title=" " text=" Harbour "', 'Harbour'],
    ['text="Harbour"', 'Harbour'],
    ['', ''],
    [`text="${ADDRESS}"`, ''],
    [`text="${'x'.repeat(200)}"`, 'x'.repeat(200)],
    [`text="${'x'.repeat(201)}"`, `${'x'.repeat(199)}…`],
  ])('with %s has the title "%s"', (attributes, title) => {
    expect(feedOf(attributes)?.title).toBe(title);
  });

  it.each<[language: string, tag: string | null]>([
    ['de', 'de'],
    [' EN_us ', 'en'],
    ['pt-BR', 'pt'],
    ['gsw', 'gsw'],
    ['', null],
    ['d', null],
    ['germ', null],
    ['1de', null],
  ])('that says the language "%s" has the tag %j', (language, tag) => {
    expect(feedOf(`language="${language}"`)?.language).toBe(tag);
  });

  it.each<[attributes: string, fullText: string | undefined]>([
    ['fullText="never"', 'never'],
    ['tocsin:fullText=" always "', 'always'],
    ['tocsin:fullText="auto" fullText="never"', 'auto'],
    ['fullText=" "', undefined],
    ['fullText="Never"', undefined],
  ])('with %s has the full text policy %s', (attributes, fullText) => {
    expect(feedOf(attributes)?.fullText).toBe(fullText);
  });

  it.each<[row: string, folder: string]>([
    ['<outline text="A / B"><outline xmlUrl="X"/></outline>', 'A/B'],
    ['<outline text="A"></outline><outline xmlUrl="X"/>', ''],
    ['<outline text="A"><outline><outline text="C"><outline xmlUrl="X"/></outline></outline></outline>', 'A/C'],
    [
      '<outline text="A"><outline text="B" xmlUrl="https://b.example.org/"><outline xmlUrl="X"/></outline></outline>',
      'A',
    ],
    ['<outline text="A"><outline text="B"/><outline xmlUrl="X"/></outline>', 'A'],
    [`<outline text="${'x'.repeat(60)}"><outline xmlUrl="X"/></outline>`, 'x'.repeat(60)],
    [`<outline text="${'x'.repeat(61)}"><outline xmlUrl="X"/></outline>`, `${'x'.repeat(59)}…`],
  ])('in %s is in the folder "%s"', (row, folder) => {
    expect(read(row.replace('X', ADDRESS)).feeds.find(({ url }) => url === ADDRESS)?.folder).toBe(folder);
  });

  it.each<[attributes: string, isMissed: boolean]>([
    ['type="rss"', true],
    ['type=" RSS "', true],
    ['type="atom"', true],
    ['type="feed"', true],
    ['htmlUrl=""', true],
    ['type="link"', false],
    ['type=""', false],
  ])('with %s and no address is a feed or an empty folder', (attributes, isMissed) => {
    expect(read(`<outline ${attributes}/>`).problems.map(({ message }) => message)).toEqual(
      isMissed ? ['a row has no xmlUrl, so it names no feed'] : [],
    );
  });

  it.each<[isComment: string, count: number]>([
    ['true', 0],
    [' true ', 0],
    ['false', 1],
    ['', 1],
  ])('is left out or not with isComment="%s"', (isComment, count) => {
    expect(read(`<outline isComment="${isComment}" xmlUrl="${ADDRESS}"/>`).feeds).toHaveLength(count);
  });

  it('is quoted in eighty characters when something is wrong with it', () => {
    const long = 'x'.repeat(81);
    const cut = `${'x'.repeat(79)}…`;
    const problemOf = (attributes: string) => read(`<outline ${attributes}/>`).problems[0]?.message;

    expect(problemOf(`type="rss" text="${'x'.repeat(80)}"`)).toContain(`"${'x'.repeat(80)}" has`);
    expect(problemOf(`type="rss" text="${long}"`)).toContain(`"${cut}" has`);
    expect(problemOf(`xmlUrl="${long}"`)).toContain(`"${cut}" is not`);
    expect(problemOf(`xmlUrl="${ADDRESS}" language="${long}"`)).toContain(`"${cut}" is not`);
    expect(problemOf(`xmlUrl="${ADDRESS}" fullText="${long}"`)).toContain(`"${cut}" is not`);
  });
});

describe('writing OPML', () => {
  it('gives back, when read, what was written', () => {
    const feeds = [
      { url: 'https://a.example.org/?x=1&y="2"', title: '<A> & "B"', folder: 'Europe/North', language: 'fi' },
      { url: 'https://b.example.org/feed', title: '', folder: '', language: null },
      { url: 'https://c.example.org/feed', title: 'C', folder: 'Europe', language: null, fullText: 'never' as const },
    ];

    const { feeds: read, problems } = parseOpml(writeOpml(feeds));

    expect(problems).toEqual([]);
    expect([...read].sort((a, b) => (a.url < b.url ? -1 : 1))).toEqual([
      { ...feeds[0], url: 'https://a.example.org/?x=1&y="2"' },
      feeds[1],
      feeds[2],
    ]);
  });

  it('is OPML 2.0, with folders as outlines and inactive feeds commented out', () => {
    const text = writeOpml([
      { url: 'https://a.example.org/feed', title: 'A\u0001\u0008', folder: 'News', language: 'en', active: false },
    ]);

    expect(text).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0" xmlns:tocsin="urn:tocsin:opml">',
        '  <head><title>Feeds followed by Tocsin</title></head>',
        '  <body>',
        '    <outline text="News">',
        '      <outline type="rss" text="A" title="A" xmlUrl="https://a.example.org/feed" language="en" isComment="true"/>',
        '    </outline>',
        '  </body>',
        '</opml>',
        '',
      ].join('\n'),
    );
  });

  const aFeed = (change: object = {}) => ({
    url: 'https://a.example.org/feed',
    title: 'A',
    folder: '',
    language: null,
    ...change,
  });
  const rowsOf = (...feeds: readonly ReturnType<typeof aFeed>[]): readonly string[] =>
    writeOpml(feeds).split('\n').slice(4, -3);

  it.each<[change: object, row: string]>([
    [
      { title: '' },
      'text="https://a.example.org/feed" title="https://a.example.org/feed" xmlUrl="https://a.example.org/feed"',
    ],
    [
      { siteUrl: 'https://a.example.org/' },
      'text="A" title="A" xmlUrl="https://a.example.org/feed" htmlUrl="https://a.example.org/"',
    ],
    [{ siteUrl: null }, 'text="A" title="A" xmlUrl="https://a.example.org/feed"'],
    [{ fullText: 'auto' }, 'text="A" title="A" xmlUrl="https://a.example.org/feed"'],
    [{ fullText: 'never' }, 'text="A" title="A" xmlUrl="https://a.example.org/feed" tocsin:fullText="never"'],
    [{ active: true }, 'text="A" title="A" xmlUrl="https://a.example.org/feed"'],
    [
      { title: '&<>"\t\n\r\u000b\u001f\ufffe\uffff\ud800' },
      'text="&#38;&#60;&#62;&#34;&#9;&#10;&#13;\ufffd" title="&#38;&#60;&#62;&#34;&#9;&#10;&#13;\ufffd" xmlUrl="https://a.example.org/feed"',
    ],
  ])('makes of a feed with %j one row', (change, row) => {
    expect(rowsOf(aFeed(change))).toEqual([`    <outline type="rss" ${row}/>`]);
  });

  it('puts a folder where its first feed stands, and keeps the order within it', () => {
    const rows = rowsOf(
      aFeed({ title: '1' }),
      aFeed({ title: '2', folder: 'A/B' }),
      aFeed({ title: '3' }),
      aFeed({ title: '4', folder: '/A//B/' }),
      aFeed({ title: '5', folder: 'A' }),
    );

    expect(rows.map((row) => row.replace(/ title=.*(?=\/>)/, '').replace('type="rss" ', ''))).toEqual([
      '    <outline text="1"/>',
      '    <outline text="A">',
      '      <outline text="B">',
      '        <outline text="2"/>',
      '        <outline text="4"/>',
      '      </outline>',
      '      <outline text="5"/>',
      '    </outline>',
      '    <outline text="3"/>',
    ]);
  });

  it('has the title that it is given', () => {
    expect(writeOpml([], 'Harbour & sea')).toContain('<head><title>Harbour &#38; sea</title></head>');
  });
});
