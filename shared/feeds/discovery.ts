// Which feeds a web page names. The page is a stranger's: what is found here is a claim, and goes through the fetch guard like any address.
import { Parser } from 'htmlparser2';
import { MAX_NESTING } from '../text/limit-nesting.ts';
import { tidyText } from '../text/tidy-text.ts';

export interface DiscoveredFeed {
  /** Absolute, http or https, without fragment. */
  readonly url: string;
  /** As the page names it; empty where it does not. */
  readonly title: string;
  /** `advertised` in a link element for readers, or only `linked` in the page's text by an address that looks like a feed's. */
  readonly from: 'advertised' | 'linked';
}

const MAX_FEEDS = 50;
const MAX_TITLE_CHARS = 200;

const FEED_TYPES =
  /^(application\/(rss|atom|rdf|feed)\+(xml|json)|application\/(x-)?rss|text\/(rss|atom)(\+xml)?)\s*(;|$)/i;
/** Types that may be a feed's when the address says so too: sites advertise pictures of their API under them. */
const VAGUE_TYPES = /^(application\/(json|xml)|text\/xml)\s*(;|$)/i;
const FEED_LIKE_PATH = /(^|[/._-])(rss|atom|feeds?|rdf)([/._-]|\d|$)/i;
const COMMENTS = /comments?|kommentare?|commentaires|comentarios|комментари|评论|댓글/i;

/**
 * Advertised feeds first, those of comments last among them, then linked ones; each address once, at most 50.
 * Throws nothing, whatever the page; stops where elements nest too deep to be honest.
 */
export function discoverFeeds(html: string, pageUrl: string): readonly DiscoveredFeed[] {
  const found: DiscoveredFeed[] = [];
  let base = pageUrl;
  forEachElement(html, (name, attributes) => {
    if (name === 'base' && base === pageUrl) base = absolute(attributes['href'], pageUrl) ?? pageUrl;
    const from = name === 'link' ? advertises(attributes) : name === 'a' ? links(attributes) : null;
    if (from === null) return;
    const url = absolute(attributes['href'], base);
    if (url !== null) found.push({ url, title: tidyText(attributes['title'] ?? '').slice(0, MAX_TITLE_CHARS), from });
  });
  const rank = ({ from, title, url }: DiscoveredFeed): number =>
    from === 'linked' ? 2 : COMMENTS.test(`${title} ${url}`) ? 1 : 0;
  const seen = new Set<string>();
  return found
    .toSorted((left, right) => rank(left) - rank(right))
    .filter(({ url }) => !seen.has(url) && seen.add(url))
    .slice(0, MAX_FEEDS);
}

/** Where publishing systems put feeds that their pages do not name; tried only on request. */
export function commonFeedAddresses(pageUrl: string): readonly string[] {
  const paths = ['/feed', '/rss', '/rss.xml', '/feed.xml', '/atom.xml', '/index.xml', '/feed.json', '/rss/news.xml'];
  return paths.map((path) => new URL(path, pageUrl).href);
}

/** Whether the beginning of a document is that of an RSS, RDF, Atom or JSON feed: a glance, no reading. */
export function looksLikeFeed(beginning: string): boolean {
  const text = beginning.replace(/^\uFEFF?\s*/, '');
  if (text.startsWith('{')) return /"version"\s*:\s*"https?:\/\/jsonfeed\.org\/version\//.test(text);
  const root = /<(?![?!])(?:[\w-]+:)?([\w-]+)/.exec(text.replace(/<!--.*?-->/gs, ''))?.[1]?.toLowerCase();
  return root === 'rss' || root === 'feed' || root === 'rdf';
}

type Attributes = Readonly<Record<string, string | undefined>>;

function advertises({ rel = '', type = '', href = '' }: Attributes): 'advertised' | null {
  const relations = rel.toLowerCase().split(/\s+/);
  if (relations.includes('feed')) return 'advertised';
  if (!relations.includes('alternate')) return null;
  return FEED_TYPES.test(type.trim()) || (VAGUE_TYPES.test(type.trim()) && FEED_LIKE_PATH.test(href))
    ? 'advertised'
    : null;
}

function links({ type = '', href = '' }: Attributes): 'linked' | null {
  if (FEED_TYPES.test(type.trim())) return 'linked';
  const path = href.split(/[?#]/, 1)[0] ?? '';
  return /\.(rss|atom|rdf)$/i.test(path) || (/(\.xml|\.json|\/)$|\/[^.]*$/i.test(path) && FEED_LIKE_PATH.test(path))
    ? 'linked'
    : null;
}

function absolute(href: string | undefined, base: string): string | null {
  const url = href === undefined || href.trim() === '' ? null : URL.parse(href.trim(), base);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  url.hash = '';
  return url.href;
}

class Enough extends Error {}

function forEachElement(html: string, visit: (name: string, attributes: Attributes) => void): void {
  let depth = 0;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      depth += 1;
      if (depth > MAX_NESTING) throw new Enough();
      visit(name, attributes);
    },
    onclosetag: () => {
      depth -= 1;
    },
  });
  try {
    parser.end(html);
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
}
