// When two items are the same. Feeds change guids, links, texts and dates at will; a date alone never decides.
// An item has two keys, and is known when either is: one by what the publisher calls it, one by what it shows.
import { createHash } from 'node:crypto';
import { canonicalUrl } from '../articles/canonical-url.ts';
import type { Item } from '../model/item.ts';

/** 48 bits: among 20,000 remembered keys the chance that a new one looks known is one in fourteen thousand million. */
const KEY_DIGITS = 12;

export interface IdentifiedItem {
  readonly item: Item;
  readonly keys: ItemKeys;
  /** False when the link is shared by several items of the document or is the site's home page: it names no article then. */
  readonly linkIsOwn: boolean;
}

export interface ItemKeys {
  /** From guid, else canonical link, else title and day. */
  readonly name: string;
  /**
   * From what a reader sees: title and day, with the link where it is the item's own, else with the text.
   * Catches guids that change at each poll. The day is part of it because a bulletin may come again in the same words.
   */
  readonly look: string;
}

/** Items of one document with their keys, in its order and without repeats. `siteUrl` is the feed's home page, null when not known. */
export function identifyItems(items: readonly Item[], siteUrl: string | null): readonly IdentifiedItem[] {
  const home = siteUrl === null ? null : canonicalUrl(siteUrl);
  const seen = items.map((item) => ({
    item,
    guid: item.id?.trim() || null,
    link: item.url === null ? null : canonicalUrl(item.url),
  }));
  // Whose guid or link it is: the same entry may stand in a document twice, so items count as several only when they look different.
  const guidUses = usesOf(
    seen,
    ({ guid }) => guid,
    ({ item, link }) => `${link} ${item.title}`,
  );
  const linkUses = usesOf(
    seen,
    ({ link }) => link,
    ({ item, guid }) => `${guid ?? item.title}`,
  );
  const byName = new Map<string, IdentifiedItem>();
  for (const { item, guid, link } of seen) {
    const linkIsOwn = link !== null && link !== home && !isHomePage(link) && linkUses.get(link)?.size === 1;
    const ownGuid = guid !== null && guidUses.get(guid)?.size === 1 ? guid : null;
    const keys = keysOf(item, ownGuid, linkIsOwn ? link : null);
    if (!byName.has(keys.name)) byName.set(keys.name, { item, keys, linkIsOwn });
  }
  return [...byName.values()];
}

/** The name of an item looked at alone, for what needs an id when its document is no longer at hand. */
export const nameOfItem = (item: Item): string => keysOf(item, item.id?.trim() || null, null).name;

function keysOf(item: Item, guid: string | null, ownLink: string | null): ItemKeys {
  const title = item.title?.trim() ?? '';
  const day = (item.published ?? item.updated ?? '').slice(0, 10);
  const text = item.content ?? item.summary ?? '';
  const look = ownLink === null ? keyOf('text', title, text, day) : keyOf('link', ownLink, title, day);
  if (guid !== null) return { name: keyOf('guid', guid), look };
  if (ownLink !== null) return { name: keyOf('page', ownLink), look };
  return { name: title === '' ? look : keyOf('title', title, day), look };
}

function usesOf<T>(
  all: readonly T[],
  nameIn: (one: T) => string | null,
  lookOf: (one: T) => string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const uses = new Map<string, Set<string>>();
  for (const one of all) {
    const value = nameIn(one);
    if (value === null) continue;
    const looks = uses.get(value);
    if (looks === undefined) uses.set(value, new Set([lookOf(one)]));
    else looks.add(lookOf(one));
  }
  return uses;
}

function isHomePage(link: string): boolean {
  const { pathname, search, hash } = new URL(link);
  return pathname === '/' && search === '' && hash === '';
}

const keyOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, KEY_DIGITS);
