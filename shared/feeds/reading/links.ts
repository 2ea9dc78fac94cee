// Which of the links of a feed or an entry is its page, and what it is relative to.

import { withoutFeedScheme } from '../../net/feed-scheme.ts';
import { tidyLine } from '../../text/html-to-text.ts';
import { attributeOf, childrenOf, type Element, textOf } from './element.ts';

const LONGEST_URL = 8_000;
const ALTERNATE = /^(?:https?:\/\/www\.iana\.org\/assignments\/(?:link-relations|relation)s?\/)?alternate$/i;
const PAGE_TYPE = /^(?:text\/html|application\/xhtml\+xml)\b/i;

/** An absolute http(s) URL, or null. Forgives white space, a missing scheme before `www.`, and an ampersand escaped once too often. */
export function resolveUrl(written: string | null | undefined, base: string): string | null {
  if (written === null || written === undefined || written === '') return null;
  const text = USUAL.test(written) ? written : repaired(written);
  if (text === '' || text === '#' || isPlaceholder(text) || text.length > LONGEST_URL) return null;
  const url = parse(text, base);
  const isPage = url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname !== '';
  return isPage ? url.href : null;
}

/** An absolute address without anything in it that is often wrong. */
const USUAL = /^https?:\/\/[!#-%'-;=?-Z_a-z~]+$/;

/** What programs write when they have no value, in every item alike. */
export const isPlaceholder = (text: string): boolean => /^(?:n\/?a|none|null|nil|undefined|-)$/i.test(text.trim());

/** An HTML link, of which only the address is used. */
const HTML_LINK = /^<a\s[^<>]{0,1000}?\bhref\s{0,9}=\s{0,9}["']([^"'<>]+)/i;

function repaired(written: string): string {
  const line = tidyLine(written);
  const text = (HTML_LINK.exec(line)?.[1] ?? line).replaceAll('&amp;', '&');
  if (/^www\.[^/\s]+\.[a-z]{2,}(?:[/:?#]|$)/i.test(text)) return `http://${text}`;
  return withoutFeedScheme(text);
}

/** `xml:base` of an element within that of its parent. */
export function baseOf(element: Element, outer: string): string {
  const own = attributeOf(element, 'xml:base');
  return own === null ? outer : (parse(own, outer)?.href ?? outer);
}

function parse(url: string, base: string | undefined): URL | null {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}

/** The page among Atom's links: `alternate` or without a relation, HTML before other types. */
export function alternateOf(links: readonly Element[], base: string): string | null {
  const candidates = links.flatMap((link) => {
    const relation = (attributeOf(link, 'rel') ?? 'alternate').trim();
    const url = resolveUrl(attributeOf(link, 'href') ?? textOf(link), baseOf(link, base));
    if (url === null || !ALTERNATE.test(relation === '' ? 'alternate' : relation)) return [];
    const type = attributeOf(link, 'type');
    return [{ url, rank: type === null ? 1 : PAGE_TYPE.test(type.trim()) ? 0 : 2 }];
  });
  return candidates.toSorted((a, b) => a.rank - b.rank)[0]?.url ?? null;
}

/** Where the feed says that it is itself; null unless that is an address somewhere on the web. */
export function selfOf(links: readonly Element[]): URL | null {
  for (const link of links) {
    if (attributeOf(link, 'rel')?.trim().toLowerCase() !== 'self') continue;
    const url = parse(attributeOf(link, 'href') ?? '', undefined);
    if (url !== null && /^https?:$/.test(url.protocol) && /[a-z]\.[a-z]/i.test(url.hostname)) return url;
  }
  return null;
}

/** A link of RSS: text, or what some write instead, an attribute. */
export function textLinkOf(links: readonly Element[], base: string): string | null {
  for (const link of links) {
    const relation = attributeOf(link, 'rel');
    if (relation !== null && !ALTERNATE.test(relation)) continue;
    const url = resolveUrl(
      textOf(link) || attributeOf(link, 'href') || attributeOf(link, 'rdf:resource'),
      baseOf(link, base),
    );
    if (url !== null) return url;
  }
  return null;
}

/** What an entry calls itself, if that is a page: else it is the entry in Atom. */
export function ownPageOf(link: Element, base: string): string | null {
  const isOwn = attributeOf(link, 'rel')?.trim().toLowerCase() === 'self';
  const isPage = PAGE_TYPE.test(attributeOf(link, 'type')?.trim() ?? '');
  return isOwn && isPage ? resolveUrl(attributeOf(link, 'href'), baseOf(link, base)) : null;
}

/** An identifier that is the address of a page, which without a link is taken as that of the entry. */
export function addressIn(id: Element): string | null {
  const text = textOf(id).trim();
  return /^https?:\/\/\S+$/i.test(text) ? resolveUrl(text, text) : null;
}

/** The guid, where it is the address of the page, as it is unless it says otherwise. */
export function permalinkOf(item: Element): string | null {
  const guid = childrenOf(item, 'rss/guid')[0];
  if (guid === undefined) return null;
  const says = (attributeOf(guid, 'ispermalink') ?? 'true').trim().toLowerCase();
  return says !== 'false' && says !== 'no' && says !== '0' ? addressIn(guid) : null;
}
