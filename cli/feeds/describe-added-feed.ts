// The words of `tocsin feeds add`: what was read at an address, or why it is not followed.
import { counted } from '../../shared/core/counted.ts';
import { displayUrl } from '../../shared/net/display-url.ts';
import type { FeedSummary } from '../../shared/usecases/managing/verify-feed.ts';
import { localMinute, type ZoneOffset } from '../local-time.ts';
import { oneLine } from '../output.ts';
import type { ShownFeed } from './followed-feeds.ts';

export interface AddedFeed {
  readonly outcome: 'added' | 'known';
  readonly feed: ShownFeed;
  /** Absent when the address was not read. */
  readonly read?: FeedSummary;
  /** The web page that links to the feed, if a page was given. */
  readonly foundOn?: string | null;
}

export interface RefusedFeed {
  readonly outcome: 'refused';
  readonly url: string;
  readonly code: string;
  readonly message: string;
  readonly problems: readonly string[];
  readonly kind?: string;
  /** Another try in some minutes may succeed. */
  readonly temporary: boolean;
  readonly advice?: string;
  readonly candidates: readonly { readonly url: string; readonly title: string }[];
}

/** `hasSettings`: settings were given, which are not applied to a feed that was followed already. */
export function describeAdded(
  url: string,
  { outcome, feed, read, foundOn }: AddedFeed,
  hasSettings: boolean,
  zone: ZoneOffset,
): string {
  const change = hasSettings ? `; to change its settings: tocsin feeds change ${feed.id}` : '';
  const lines = [
    outcome === 'added'
      ? `${feed.id} was added; its first poll is queued`
      : `${feed.id} was already followed and stays as it is${change}`,
    ...(foundOn ? [`  found on  ${oneLine(displayUrl(foundOn))}, which is a web page`] : []),
    ...(displayUrl(feed.url) === displayUrl(url) ? [] : [`  address   ${oneLine(displayUrl(feed.url))}`]),
    ...(read === undefined ? [] : [`  read      ${summaryInWords(read, zone)}`]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function summaryInWords(summary: FeedSummary, zone: ZoneOffset): string {
  const { title, format, language, items, newestAt, textOrigin } = summary;
  const name = title === null ? 'no title' : oneLine(title);
  const about = [FORMATS[format], ...(language === null ? [] : [oneLine(language)])].join(', ');
  const newest = newestAt === null ? [] : [`newest from ${localMinute(newestAt, zone)}`];
  return [
    `${name} (${about}): ${counted(items, 'item')}`,
    ...newest,
    ...(textOrigin === null ? [] : [TEXTS[textOrigin]]),
  ].join(', ');
}

const TEXTS = { article: '', feed: 'with full text', summary: 'with summaries', title: 'with titles only' } as const;
const FORMATS = { rss: 'RSS', rdf: 'RSS 1.0', atom: 'Atom', json: 'JSON Feed' } as const;

export function describeRefused({ message, problems, advice, candidates }: RefusedFeed): string {
  const lines = [
    `tocsin: ${oneLine(message)}`,
    ...[...problems, ...(advice === undefined ? [] : [advice])].map((line) => `  ${oneLine(line)}`),
    ...candidates.map(({ url, title }, index) => {
      const name = title === '' ? '' : `  ${oneLine(title)}`;
      return `  ${index + 1}  tocsin feeds add ${quoted(oneLine(url))}${name}`;
    }),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** For a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
