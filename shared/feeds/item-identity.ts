// When two items are the same. Feeds change guids, links, texts and dates at will; a date alone never decides.
// An item has two keys, and is known when either is: one by what the publisher calls it, one by what it shows. Where neither guid nor link
// holds it and its date has changed, its words may tell: feed-memory.ts.
import { createHash } from 'node:crypto';
import { identityAddress } from '../articles/publisher-address.ts';
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
  /**
   * For an item without a guid: its look if its link were not its own, or were. Whether a link is an item's own depends on the rest of
   * the document, and that changes from poll to poll.
   */
  readonly otherLook: string | null;
  /**
   * From title and text, without the day, of an item whose link is not its own; null where there is no text. It alone does not make an item
   * known: a bulletin may come again in the same words.
   */
  readonly words: string | null;
}

/** Items of one document with their keys, in its order and without repeats. `siteUrl` is the feed's home page, null when not known. */
export function identifyItems(items: readonly Item[], siteUrl: string | null): readonly IdentifiedItem[] {
  const home = siteUrl === null ? null : linkKey(siteUrl);
  const seen = items.map((item) => ({
    item,
    guid: item.id?.trim() || null,
    link: item.url === null ? null : linkKey(item.url),
  }));
  // Whose guid or link it is: the same entry may stand in a document twice, so items count as several only when they look different.
  const guidUses = usesOf(
    seen,
    ({ guid }) => guid,
    ({ item, link }) => `${link} ${item.title}`,
  );
  const linkGuids = usesOf(
    seen,
    ({ link }) => link,
    ({ item, guid }) => `${guid ?? item.title}`,
  );
  const linkTexts = usesOf(
    seen,
    ({ link }) => (link !== null && linkGuids.get(link)?.size === 1 ? null : link),
    ({ item }) => `${item.title} ${textOf(item)}`,
  );
  const names = new Set<string>();
  const looks = new Set<string>();
  const identified: IdentifiedItem[] = [];
  for (const { item, guid, link } of seen) {
    const isNamedOnce = link !== null && (linkGuids.get(link)?.size === 1 || linkTexts.get(link)?.size === 1);
    const linkIsOwn = isNamedOnce && link !== home && !isHomePage(link);
    const ownGuid = guid !== null && guidUses.get(guid)?.size === 1 ? guid : null;
    const keys = keysOf(item, ownGuid, link, linkIsOwn);
    // Two guids for what looks the same are one item, unless it shows so little that many things would look like it.
    const isRepeat = names.has(keys.name) || (looks.has(keys.look) && (linkIsOwn || textOf(item) !== ''));
    names.add(keys.name);
    looks.add(keys.look);
    if (!isRepeat) identified.push({ item, keys, linkIsOwn });
  }
  return identified;
}

/** The name of an item looked at alone, for what needs an id when its document is no longer at hand. */
export const nameOfItem = (item: Item): string => keysOf(item, item.id?.trim() || null, null, false).name;

function keysOf(item: Item, guid: string | null, link: string | null, linkIsOwn: boolean): ItemKeys {
  const title = item.title?.trim() ?? '';
  const day = (item.published ?? item.updated ?? '').slice(0, 10);
  const byText = (): string => keyOf('text', title, textOf(item), day);
  const byLink = (): string | null => (link === null ? null : keyOf('link', link, title, day));
  const look = (linkIsOwn ? byLink() : null) ?? byText();
  const words = linkIsOwn || textOf(item) === '' ? null : keyOf('words', title, textOf(item));
  if (guid !== null) return { name: keyOf('guid', guid), look, otherLook: null, words };
  const otherLook = linkIsOwn ? byText() : byLink();
  if (linkIsOwn && link !== null) return { name: keyOf('page', link), look, otherLook, words };
  return { name: title === '' ? look : keyOf('title', title, day), look, otherLook, words };
}

const textOf = ({ content, summary }: Item): string => content ?? summary ?? '';

/** A site that goes from http to https shows the same items, and so does a search engine by other links to them. */
const linkKey = identityAddress;

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
