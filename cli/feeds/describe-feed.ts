// The words of `tocsin feeds check`: each fact, and the decision that follows from it.
import type { DiscoveredFeed } from '../../shared/feeds/discovery.ts';
import type { Settings } from '../../shared/model/settings.ts';
import { localMinute, type ZoneOffset } from '../local-time.ts';
import { oneLine } from '../output.ts';
import type { FeedFacts, ItemFacts } from './feed-facts.ts';

/** The HTTP answer, before the document is read. */
export interface ResponseFacts {
  readonly finalUrl: string;
  /** `for_good`: every redirect was a permanent one. */
  readonly moved: 'no' | 'for_now' | 'for_good';
  /** Of the document, after decompression. */
  readonly bytes: number;
  readonly contentType: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Seconds until the publisher wants the next request; null when not stated. */
  readonly freshSeconds: number | null;
}

const LABEL_WIDTH = 11;

/** `response` is null for a file. */
export function describeFeed(
  url: string,
  response: ResponseFacts | null,
  facts: FeedFacts,
  settings: Settings,
  zone: ZoneOffset,
): string {
  const lines = [
    ...(response === null ? [row('file', url)] : responseLines(url, response)),
    row('format', `${FORMAT_NAMES[facts.format]}, ${facts.encoding}`),
    ...(facts.repairs.length === 0 ? [row('repairs', 'none needed')] : rows('repairs', facts.repairs)),
    row('title', facts.title ?? 'none: the host is shown, unless you set one with --title'),
    row('site', facts.siteUrl ?? 'none'),
    row('language', facts.language ?? 'none stated: recognised in each article'),
    ...rows('items', itemLines(facts)),
    ...rows('polling', pollingLines(response, facts, settings)),
  ];
  return `${[...lines, '', ...newestLines(facts.newest, zone)].map((line) => `${line}\n`).join('')}`;
}

export function describePage(url: string, feeds: readonly DiscoveredFeed[]): string {
  const lines = feeds.map(({ url: feedUrl, title, from }) => {
    const name = title === '' ? '' : `  ${oneLine(title)}`;
    return `  ${oneLine(feedUrl)}${name}${from === 'linked' ? '  (only linked, not declared by the page)' : ''}\n`;
  });
  const count = feeds.length === 1 ? 'one feed was found' : `${feeds.length} feeds were found`;
  return `${oneLine(url)} is a web page, not a feed; ${count}:\n${lines.join('')}`;
}

const FORMAT_NAMES = { rss: 'RSS', rdf: 'RSS 1.0 (RDF)', atom: 'Atom', json: 'JSON Feed' } as const;

const row = (label: string, text: string): string => `${label.padEnd(LABEL_WIDTH)}${oneLine(text)}`;
const rows = (label: string, texts: readonly string[]): readonly string[] =>
  texts.map((text, index) => row(index === 0 ? label : '', text));

function responseLines(url: string, { finalUrl, moved, bytes, ...response }: ResponseFacts): readonly string[] {
  const validators = [
    response.etag === null ? [] : [`ETag ${response.etag}`],
    response.lastModified === null ? [] : [`Last-Modified ${response.lastModified}`],
  ].flat();
  return [
    row('address', url),
    ...(moved === 'no' ? [] : [row('answered', `${finalUrl}: ${MOVES[moved]}`)]),
    row('document', `${bytes.toLocaleString('en')} bytes, Content-Type ${response.contentType ?? 'not stated'}`),
    row(
      'validators',
      validators.length === 0
        ? 'none: every poll downloads the whole document'
        : `${validators.join(', ')}: an unchanged feed is answered without a document`,
    ),
  ];
}

const MOVES = {
  for_now: 'a temporary redirect; the address above stays',
  for_good: 'a permanent redirect; the feed moves there after three good polls over a day',
} as const;

function itemLines(facts: FeedFacts): readonly string[] {
  const { items, distinctItems, identifiedBy, undatedItems, futureItems, pagesToFetch } = facts;
  if (items === 0) return ['none yet'];
  const ways = [
    [identifiedBy.guid, 'by its guid'],
    [identifiedBy.link, 'by its link'],
    [identifiedBy.titleAndDay, 'by its title and day'],
  ] as const;
  const repeats = items - distinctItems;
  return [
    `${items}${repeats === 0 ? '' : `, ${repeats} of them repeated`}; identified: ${ways
      .filter(([count]) => count > 0)
      .map(([count, way]) => `${count} ${way}`)
      .join(', ')}`,
    ...(undatedItems === 0 ? [] : [`${undatedItems} without a date: the first poll stores them without an alert`]),
    ...(futureItems === 0 ? [] : [`${futureItems} dated more than a day ahead: the date is ignored`]),
    pagesToFetch === 0
      ? "the feed's own text is matched; no page is fetched"
      : `the page is fetched for ${pagesToFetch} whose text in the feed is short or cut off (--full-text auto)`,
  ];
}

function pollingLines(response: ResponseFacts | null, facts: FeedFacts, { poll }: Settings): readonly string[] {
  const requested = [
    response?.freshSeconds ? [`${Math.ceil(response.freshSeconds / 60)} minutes in its caching headers`] : [],
    facts.ttlMinutes ? [`${facts.ttlMinutes} minutes in the document`] : [],
  ].flat();
  const hours = facts.skipHours.length === 0 ? [] : [`not in the UTC hours ${facts.skipHours.join(', ')} (skipHours)`];
  return [
    `every ${facts.intervalMinutes} minutes${facts.intervalMinutes < poll.slowestMinutes ? `, up to every ${poll.slowestMinutes} while it is quiet` : ''}`,
    requested.length === 0 ? 'the publisher requests no interval' : `the publisher requests ${requested.join(' and ')}`,
    ...hours,
  ];
}

/** Characters of an instant on the terminal. */
const DATE_WIDTH = 23;

function newestLines(newest: readonly ItemFacts[], zone: ZoneOffset): readonly string[] {
  return newest.flatMap((item) => [
    `${(item.publishedAt === null ? 'no date' : localMinute(item.publishedAt, zone)).padEnd(DATE_WIDTH)}  ${oneLine(item.title || '(no title)')}`,
    `${''.padEnd(DATE_WIDTH + 2)}${oneLine(item.url ?? '(no link)')}`,
    `${''.padEnd(DATE_WIDTH + 2)}${item.language ?? 'language unknown'}; ${textOf(item)}`,
  ]);
}

function textOf({ contentChars, summaryChars, textOrigin, fetchesPage }: ItemFacts): string {
  const chars = Math.max(contentChars, summaryChars).toLocaleString('en');
  const own = {
    feed: `${chars} characters of text`,
    summary: `${chars} characters`,
    title: 'only a title',
    article: '',
  };
  return `${own[textOrigin]}: ${fetchesPage ? 'its page is fetched' : 'matched as it is'}`;
}
