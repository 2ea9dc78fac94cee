// Well-formed feeds of all kinds with three items, and what careless hands do to one tag of the second item. For each damage it is
// known which fields of that item may suffer: those that the damaged element gives, and no others.

export interface SampleFeed {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Elements of an item; `#` stands for the number of the item. */
  readonly elements: readonly string[];
  /** Start and end tag of an item, and the fields that the start tag gives. */
  readonly frame: readonly [start: string, end: string];
  readonly givenByFrame?: readonly string[];
}

export interface DamagedFeed {
  readonly text: string;
  /** Index among the elements of the item; null for the tags of the item itself, or of the feed. */
  readonly element: number | null;
  /** What was done, for messages. */
  readonly what: string;
}

type Damage = (tag: string) => readonly string[];

const isTag = (part: string): boolean => part.startsWith('<');
const isEnd = (tag: string): boolean => tag.startsWith('</');
const isEmpty = (tag: string): boolean => tag.endsWith('/>');
const isStart = (tag: string): boolean => isTag(tag) && !isEnd(tag) && !isEmpty(tag);

/** What may become of one tag, or of the end of a section; nothing where a damage does not apply. */
export const DAMAGES: Readonly<Record<string, Damage>> = {
  'the slash of an empty element is missing': (tag) => (isEmpty(tag) ? [tag.replace('/>', '>')] : []),
  'the slash of an end tag is missing': (tag) => (isEnd(tag) ? [tag.replace('</', '<')] : []),
  'the > is missing': (tag) => (isTag(tag) ? [tag.slice(0, -1)] : []),
  'the < is missing': (tag) => (isTag(tag) ? [tag.slice(1)] : []),
  'a closing quote is missing': (tag) =>
    quotes(tag).flatMap((at, index) => (index % 2 === 1 ? [without(tag, at)] : [])),
  'an opening quote is missing': (tag) =>
    quotes(tag).flatMap((at, index) => (index % 2 === 0 ? [without(tag, at)] : [])),
  'the end tag is missing': (tag) => (isEnd(tag) ? [''] : []),
  'the start tag is missing': (tag) => (isStart(tag) ? [''] : []),
  'the end tag is misspelt': (tag) => (isEnd(tag) ? misspelt(tag) : []),
  'the start tag is misspelt': (tag) => (isStart(tag) ? misspelt(tag) : []),
  'the end tag is in capitals': (tag) => (isEnd(tag) ? [tag.toUpperCase()] : []),
  'the end tag is there twice': (tag) => (isEnd(tag) ? [tag + tag] : []),
  'the start tag is there twice': (tag) => (isStart(tag) ? [tag + tag] : []),
  'an end tag of something else is there': (tag) => [`</b>${tag}`, `${tag}</table>`],
  'a comment before it is not closed': (tag) => [`<!-- note ${tag}`],
  'an unknown element before it is not closed': (tag) => [`<x:box>${tag}`],
  'a section is not closed': (part) => (part === ']]>' ? ['', ']>', ']]'] : []),
};

const without = (tag: string, at: number): string => tag.slice(0, at) + tag.slice(at + 1);
const quotes = (tag: string): readonly number[] => [...tag.matchAll(/"/g)].map(({ index }) => index);

/** Two letters swapped, one left out, one too many; short names are only written in capitals. */
function misspelt(tag: string): readonly string[] {
  const [, open = '', prefix = '', name = '', rest = ''] = /^(<\/?)([\w.]+:)?([\w.]+)(.*)$/s.exec(tag) ?? [];
  if (name.length < 4) return [open + prefix + name.toUpperCase() + rest];
  const swapped = name.slice(0, -3) + name.at(-2) + name.at(-3) + name.at(-1);
  return [swapped === name ? `${name}e` : swapped, name.slice(0, 2) + name.slice(3), `${name}s`].map(
    (wrong) => open + prefix + wrong + rest,
  );
}

const item = ({ elements, frame: [start, end] }: SampleFeed, number: number, gap: string): string =>
  [start, ...elements, end].join(gap).replaceAll('#', String(number));

const documentOf = (feed: SampleFeed, gap: string, items: readonly string[]): string =>
  [feed.before, ...items, feed.after].join(gap);

/** With a line for each element, or all in one line. */
export const whole = (feed: SampleFeed, gap: string): string =>
  documentOf(
    feed,
    gap,
    [1, 2, 3].map((number) => item(feed, number, gap)),
  );

/** Each tag of one item damaged in its turn. */
export function damaged(feed: SampleFeed, gap: string, damage: Damage, number: 1 | 2 | 3 = 2): readonly DamagedFeed[] {
  const parts = [feed.frame[0], ...feed.elements, feed.frame[1]];
  return parts.flatMap((part, index) =>
    damagesOf(part, damage).map(({ text, what }) => {
      const other = parts.with(index, text).join(gap).replaceAll('#', String(number));
      const items = [1, 2, 3].map((each) => (each === number ? other : item(feed, each, gap)));
      const isFrame = index === 0 || index === parts.length - 1;
      return { text: documentOf(feed, gap, items), element: isFrame ? null : index - 1, what };
    }),
  );
}

/** Each tag of the feed before its first item damaged in its turn, but for those of the root. */
export function damagedHead(feed: SampleFeed, gap: string, damage: Damage): readonly DamagedFeed[] {
  const root = /^.*?<(?:rss|feed|rdf:RDF)[^<>]*>/s.exec(feed.before)![0];
  const head = feed.before.slice(root.length);
  return damagesOf(head, damage).map(({ text, what }) => ({
    text: whole({ ...feed, before: root + text }, gap),
    element: null,
    what,
  }));
}

const damagesOf = (part: string, damage: Damage): readonly { readonly text: string; readonly what: string }[] =>
  [...part.matchAll(/<\/?[\w.]+(?::[\w.]+)?(?:\s[^<>]*)?>|\]\]>/g)].flatMap(({ 0: tag, index }) =>
    damage(tag).map((wrong) => ({
      text: part.slice(0, index) + wrong + part.slice(index + tag.length),
      what: `${tag} became ${wrong || 'nothing'}`,
    })),
  );

const RSS_LINKS = '<link>https://example.org/#</link>';
const RSS_GUID = '<guid isPermaLink="false">item-#</guid>';
const RSS_DATE = '<pubDate>Mon, 0# Mar 2026 10:00:00 GMT</pubDate>';
const MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"';
const XHTML = 'xmlns="http://www.w3.org/1999/xhtml"';

export const SAMPLES: readonly SampleFeed[] = [
  {
    name: 'RSS 2.0',
    before:
      '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Harbour Gazette</title><link>https://example.org/</link>',
    frame: ['<item>', '</item>'],
    elements: [
      '<title>Ferry # is late</title>',
      RSS_LINKS,
      '<description>&lt;p&gt;The ferry no. # waits for the tide.&lt;/p&gt;</description>',
      '<author>desk#@example.org (Desk #)</author>',
      '<category domain="https://example.org/topics">ships #</category>',
      '<category>tides #</category>',
      '<enclosure url="https://example.org/#.mp3" length="#000" type="audio/mpeg"/>',
      '<source url="https://other.example/feed">Other paper #</source>',
      RSS_GUID,
      RSS_DATE,
    ],
    after: '<!-- end --></channel></rss>',
  },
  {
    name: 'RSS 2.0 with modules',
    before:
      `<rss version="2.0" ${MEDIA} xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" ` +
      'xmlns:atom="http://www.w3.org/2005/Atom"><channel><atom:link rel="self" href="https://example.org/feed"/>' +
      '<title>Harbour Gazette</title><link>https://example.org/</link>',
    frame: ['<item>', '</item>'],
    elements: [
      RSS_GUID,
      '<media:thumbnail url="https://example.org/#.jpg" width="40"/>',
      '<title><![CDATA[Ferry # & others]]></title>',
      '<media:group><media:content url="https://example.org/#.mp4"><media:title>Film #</media:title></media:content></media:group>',
      '<content:encoded><![CDATA[<p>The ferry no. # waits.</p><p>So do "others".</p>]]></content:encoded>',
      '<media:content url="https://example.org/#.jpg" medium="image"><media:credit>Photo desk</media:credit></media:content>',
      '<dc:creator><![CDATA[Desk #]]></dc:creator>',
      '<dc:subject>ships #</dc:subject>',
      RSS_LINKS,
      '<description>The ferry no. # waits for the tide, they "say".</description>',
      '<dc:date>2026-03-0#T10:00:00Z</dc:date>',
    ],
    after: '<!-- end --></channel></rss>',
  },
  {
    name: 'a podcast',
    before:
      '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Harbour talk</title>' +
      '<itunes:image href="https://example.org/cover.jpg"/><itunes:category text="News"><itunes:category text="Daily"/></itunes:category>',
    frame: ['<item>', '</item>'],
    elements: [
      '<itunes:episode>#</itunes:episode>',
      '<itunes:image href="https://example.org/#.jpg"/>',
      '<title>Episode #</title>',
      '<itunes:author>Desk #</itunes:author>',
      '<enclosure url="https://example.org/#.mp3" length="#000" type="audio/mpeg"/>',
      '<itunes:duration>10:0#</itunes:duration>',
      '<description><p>Pilots <b>talk</b> about # ferries.</p></description>',
      RSS_LINKS,
      RSS_DATE,
      RSS_GUID,
    ],
    after: '<!-- end --></channel></rss>',
  },
  {
    name: 'Atom',
    before:
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Gazette</title><id>urn:example:feed</id><link rel="self" href="https://example.org/atom"/>',
    frame: ['<entry>', '</entry>'],
    elements: [
      '<link rel="alternate" type="text/html" href="https://example.org/#"/>',
      '<author><name>Desk #</name><email>desk#@example.org</email><uri>https://example.org/desk</uri></author>',
      '<title type="html">Ferry # &lt;b&gt;late&lt;/b&gt;</title>',
      '<id>urn:example:#</id>',
      '<link rel="enclosure" href="https://example.org/#.mp3"/>',
      '<updated>2026-03-0#T11:00:00Z</updated>',
      '<category term="ships#" label="Ships #"/>',
      '<category term="tides#"/>',
      '<summary>The ferry no. # waits for the tide.</summary>',
      `<content type="xhtml"><div ${XHTML}><p>The <b>ferry</b> no. #.</p><p>It waits.</p></div></content>`,
      '<published>2026-03-0#T10:00:00Z</published>',
    ],
    after: '<!-- end --></feed>',
  },
  {
    name: 'Atom with media and a source',
    before: `<feed xmlns="http://www.w3.org/2005/Atom" ${MEDIA}><title>Harbour films</title><id>urn:example:films</id>`,
    frame: ['<entry>', '</entry>'],
    elements: [
      '<id>urn:example:#</id>',
      '<title>Film #</title>',
      '<link rel="alternate" href="https://example.org/#"/>',
      '<published>2026-03-0#T10:00:00Z</published>',
      '<updated>2026-03-0#T11:00:00Z</updated>',
      '<source><id>urn:example:source</id><title>Other films</title><updated>2020-01-01T00:00:00Z</updated></source>',
      '<media:group><media:content url="https://example.org/#.mp4" type="video/mp4"/><media:thumbnail url="https://example.org/#.jpg"/></media:group>',
      '<author><name>Desk #</name></author>',
      '<summary type="text">Filmed from quay #.</summary>',
    ],
    after: '<!-- end --></feed>',
  },
  {
    name: 'RSS 1.0',
    before:
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">' +
      '<channel rdf:about="https://example.org/"><title>Harbour Gazette</title><link>https://example.org/</link>' +
      '<items><rdf:Seq><rdf:li rdf:resource="https://example.org/1"/></rdf:Seq></items></channel>',
    frame: ['<item rdf:about="urn:example:#">', '</item>'],
    givenByFrame: ['id'],
    elements: [
      '<title>Ferry # is late</title>',
      RSS_LINKS,
      '<description>It waits at quay #.</description>',
      '<dc:creator>Desk #</dc:creator>',
      '<dc:subject>ships #</dc:subject>',
      '<dc:date>2026-03-0#T10:00:00Z</dc:date>',
    ],
    after: '<!-- end --></rdf:RDF>',
  },
];
