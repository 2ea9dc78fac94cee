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

  it('reads ten thousand rows', () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, n) => `<outline text="${n}" xmlUrl="https://h${n}.example.org/f"/>`,
    );

    expect(parseOpml(opml(...rows)).feeds).toHaveLength(10_000);
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
});
