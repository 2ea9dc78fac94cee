// Feeds as publishers write them, made from a seed: RSS 2.0, RSS 1.0, Atom and JSON Feed, with as many items as asked for.
import { below, pick, type Random, seeded } from './seeded.ts';

export const FEED_FORMATS = ['rss', 'rdf', 'atom', 'json'] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

export interface FeedShape {
  readonly seed: number;
  readonly format: FeedFormat;
  readonly items: number;
  /** Paragraphs of full content in each item; 0 for none. */
  readonly paragraphs: number;
}

const WORDS =
  'harbour council minister border talks river bridge storm grain price vote court strike railway airport island energy treaty school hospital market budget patrol summit coast village drought election reform tunnel fishing bank museum satellite forest mayor region committee report'.split(
    ' ',
  );
const JOINTS = 'of and for after before with over against near without since during'.split(' ');
const ACCENTED = ['Zürich', 'Málaga', 'Łódź', 'Brașov', 'Київ', '서울', '東京', 'Αθήνα'];
const NAMES = ['North Desk', 'Harbour Office', 'Weather Service', 'Science Desk'];
const START = Date.UTC(2026, 0, 1);
const QUARTER_HOUR = 900_000;

interface Entry {
  readonly number: number;
  readonly id: string;
  readonly link: string;
  readonly title: string;
  readonly summary: string;
  readonly html: string;
  readonly time: Date;
  readonly author: string;
  readonly categories: readonly string[];
}

export function generateFeed({ seed, format, items, paragraphs }: FeedShape): string {
  const random = seeded(seed);
  const entries = Array.from({ length: items }, (_, index) => entryOf(random, seed, items - index, paragraphs));
  const title = `${capital(pick(random, WORDS))} & ${pick(random, WORDS)} news`;
  return WRITERS[format](title, entries);
}

function entryOf(random: Random, seed: number, number: number, paragraphs: number): Entry {
  const body = Array.from({ length: paragraphs }, (_, index) => {
    const word = pick(random, WORDS);
    const link = ` <a href="https://example.org/topics/${word}/" target="_blank" rel="noopener">${word}</a>`;
    return `<p>${sentences(random, 3)}${index % 2 === 0 ? link : ''}</p>`;
  });
  const image = paragraphs > 0 ? pictureOf(random, number) : '';
  return {
    number,
    id: `tag:example.org,2026:${seed}-${number}`,
    link: `https://example.org/news/${seed}/${number}?utm_source=feed&utm_medium=rss`,
    title: headline(random),
    summary: sentences(random, 2),
    html: image + body.join('\n'),
    time: new Date(START + (seed % 1000) * 86_400_000 + number * QUARTER_HOUR),
    author: pick(random, NAMES),
    categories: Array.from({ length: 1 + below(random, 4) }, () => pick(random, WORDS)),
  };
}

/** As content systems write them: pictures with many sizes, links with all their attributes, shares below. */
function pictureOf(random: Random, number: number): string {
  const sizes = [300, 768, 1024, 1536].map((width) => `https://media.example.org/${number}-${width}.jpg ${width}w`);
  return `<figure class="wp-block-image size-large"><img loading="lazy" decoding="async" width="1024" height="683" src="https://media.example.org/${number}-1024.jpg" alt="${pick(random, WORDS)}" class="wp-image-${number}" srcset="${sizes.join(', ')}" sizes="(max-width: 1024px) 100vw, 1024px" /><figcaption>${headline(random)}</figcaption></figure>\n`;
}

function headline(random: Random): string {
  const words = Array.from({ length: 5 + below(random, 5) }, (_, index) =>
    pick(random, index % 3 === 2 ? JOINTS : WORDS),
  );
  if (random() < 0.2) words.push(pick(random, ACCENTED));
  return capital(words.join(' ')) + (random() < 0.1 ? ' – “live” & more' : '');
}

const sentences = (random: Random, count: number): string =>
  Array.from(
    { length: count },
    () => `${headline(random)} ${pick(random, JOINTS)} ${headline(random).toLowerCase()}.`,
  ).join(' ');

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const cdata = (html: string): string => `<![CDATA[${html}]]>`;

const WRITERS: Readonly<Record<FeedFormat, (title: string, entries: readonly Entry[]) => string>> = {
  rss: (title, entries) => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${escaped(title)}</title><link>https://example.org/</link><description>All that happens</description><language>en-gb</language><ttl>30</ttl>
<atom:link href="https://example.org/feed.xml" rel="self" type="application/rss+xml"/>
${entries
  .map(
    (each) => `<item>
<title>${escaped(each.title)}</title>
<link>${escaped(each.link)}</link>
<guid isPermaLink="false">${each.id}</guid>
<pubDate>${each.time.toUTCString()}</pubDate>
<dc:creator>${cdata(each.author)}</dc:creator>
<comments>https://example.org/news/${each.number}/#comments</comments>
${each.categories.map((category) => `<category>${cdata(category)}</category>`).join('\n')}
<description>${escaped(`<p>${each.summary}</p>`)}</description>
${each.html === '' ? '' : `<content:encoded>${cdata(each.html)}</content:encoded>\n`}<wfw:commentRss>https://example.org/news/${each.number}/feed/</wfw:commentRss>
<slash:comments>${each.number % 7}</slash:comments>
<media:content url="https://media.example.org/${each.number}.jpg" medium="image" type="image/jpeg" width="1024" height="683"><media:title type="plain">${escaped(each.title)}</media:title></media:content>
<media:thumbnail url="https://media.example.org/small.jpg" width="144" height="81"/>
</item>`,
  )
  .join('\n')}
</channel></rss>
`,
  rdf: (title, entries) => `<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="https://example.org/"><title>${escaped(title)}</title><link>https://example.org/</link><description>All</description><dc:language>en</dc:language></channel>
${entries
  .map(
    (
      each,
    ) => `<item rdf:about="${escaped(each.link)}"><title>${escaped(each.title)}</title><link>${escaped(each.link)}</link>
<description>${escaped(each.summary)}</description><dc:date>${each.time.toISOString()}</dc:date><dc:creator>${each.author}</dc:creator>
${each.html === '' ? '' : `<content:encoded>${cdata(each.html)}</content:encoded>`}</item>`,
  )
  .join('\n')}
</rdf:RDF>
`,
  atom: (title, entries) => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title type="text">${escaped(title)}</title><id>https://example.org/feed.atom</id><updated>${(entries[0]?.time ?? new Date(START)).toISOString()}</updated>
<link rel="self" href="https://example.org/feed.atom"/><link rel="alternate" type="text/html" href="https://example.org/"/>
${entries
  .map(
    (each) => `<entry>
<title type="html">${escaped(each.title)}</title>
<id>${each.id}</id>
<link rel="alternate" type="text/html" href="${escaped(each.link)}"/>
<published>${each.time.toISOString()}</published><updated>${each.time.toISOString()}</updated>
<author><name>${each.author}</name></author>${each.categories.map((category) => `<category term="${category}" scheme="https://example.org/topics"/>`).join('')}
<summary type="text">${escaped(each.summary)}</summary>
${each.html === '' ? '' : `<content type="html">${escaped(each.html)}</content>`}
</entry>`,
  )
  .join('\n')}
</feed>
`,
  json: (title, entries) =>
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title,
      home_page_url: 'https://example.org/',
      items: entries.map((each) => ({
        id: each.id,
        url: each.link,
        title: each.title,
        summary: each.summary,
        ...(each.html === '' ? {} : { content_html: each.html }),
        date_published: each.time.toISOString(),
        authors: [{ name: each.author }],
        tags: each.categories,
      })),
    }),
};
