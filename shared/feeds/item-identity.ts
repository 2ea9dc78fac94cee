// When two items are the same. Feeds change guids, links and dates at will; a date never decides.
import { createHash } from 'node:crypto';
import { canonicalUrl } from '../articles/canonical-url.ts';
import type { Item } from '../model/item.ts';

/** 48 bits: in a feed of 10,000 items the chance that a new one looks known is one in 28 thousand million. */
const KEY_DIGITS = 12;

export interface IdentifiedItem {
  readonly item: Item;
  /** What the item is remembered by: guid, else canonical link, else title and day; and, apart from it, link with title, which survives a changed guid. */
  readonly keys: readonly string[];
  /** False when the link is shared by several items of the document or is the site's home page: it names no article then. */
  readonly linkIsOwn: boolean;
}

/** Items of one document with their keys, without repeats: of items with the same first key the first one stays. */
export function identifyItems(items: readonly Item[], siteUrl: string | null): readonly IdentifiedItem[] {
  const uses = new Map<string, Set<string>>();
  for (const item of items) {
    const link = linkOf(item);
    if (link !== null) uses.set(link, (uses.get(link) ?? new Set()).add(firstIdentity(item)));
  }
  const home = siteUrl === null ? null : canonicalUrl(siteUrl);
  const seen = new Set<string>();
  return items.flatMap((item) => {
    const link = linkOf(item);
    const linkIsOwn = link !== null && link !== home && !isHomePage(link) && (uses.get(link)?.size ?? 0) === 1;
    const keys = keysOf(item, linkIsOwn ? link : null);
    const [first = ''] = keys;
    if (seen.has(first)) return [];
    seen.add(first);
    return [{ item, keys, linkIsOwn }];
  });
}

function keysOf(item: Item, ownLink: string | null): readonly string[] {
  const first = keyOf('item', firstIdentity(item));
  return ownLink === null ? [first] : [first, keyOf('link', ownLink, item.title ?? '')];
}

function firstIdentity(item: Item): string {
  if (item.id !== null && item.id.trim() !== '') return `guid ${item.id.trim()}`;
  const link = linkOf(item);
  if (link !== null && !isHomePage(link)) return `link ${link}`;
  return `title ${item.title ?? ''} ${(item.published ?? item.updated ?? '').slice(0, 10)} ${(item.title ?? '') === '' ? (item.summary ?? item.content ?? '').slice(0, 200) : ''}`;
}

const linkOf = (item: Item): string | null => (item.url === null ? null : canonicalUrl(item.url));

const isHomePage = (link: string): boolean => {
  const { pathname, search, hash } = new URL(link);
  return pathname === '/' && search === '' && hash === '';
};

const keyOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, KEY_DIGITS);
