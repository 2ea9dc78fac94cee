// When two items are the same. Feeds change guids, links, texts and dates at will; a date alone never decides.
// An item has two keys, and is known when either is: one by what the publisher calls it, one by what it shows. Where neither guid nor link
// holds it and its date has changed, its words may decide: feed-memory.ts. What was seen to name several items over time is not used as a
// name: docs/adr/0008-identity-over-time.md.
import { hash } from 'node:crypto';
import { type ArticleId, articleIdOf, type FeedId } from '../model/ids.ts';
import type { Item } from '../model/item.ts';
import { identityAddress } from '../net/publisher-address.ts';
import { wordsOf } from './item-words.ts';

/** 48 bits: among 20,000 remembered keys the chance that a new one looks known is one in fourteen thousand million. */
export const KEY_DIGITS = 12;
/** A link that is longer names nothing a browser would open. Characters. */
export const LONGEST_URL = 2_048;
/** This many different words, with the instant, distinguish two stories; without an instant (no date, or a bare day) it takes more. */
const WORDS_OF_A_STORY = 5;
const WORDS_OF_AN_UNDATED_STORY = 6;
/** Characters in which those words are looked for. */
const STORY_BEGINNING = 400;

export interface IdentifiedItem {
  readonly item: Item;
  readonly keys: ItemKeys;
  /** False when the link names several items, now or over time, or is the site's home page: it names no article then. */
  readonly linkIsOwn: boolean;
}

export interface ItemKeys {
  /** From guid, else canonical link, else title and day, else what it shows. */
  readonly name: string;
  readonly namedBy: 'guid' | 'page' | 'title' | 'look';
  /** The name that its link would give it; null without a link. */
  readonly page: string | null;
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
   * From title and text, without the day, of an item whose link is not its own; null without a text. It alone does not make an item
   * known: a bulletin may come again in the same words.
   */
  readonly words: string | null;
  /**
   * From title, text and date, without guid and link, of an item whose link is its own: holds an item whose guid and link change together.
   * Null where there are too few words to distinguish two items. Several items of a document may share it.
   */
  readonly story: string | null;
  /** Of its guid, link or title that is not used as a name, because it was seen to name other items. See `reusedMark`. */
  readonly marks: readonly string[];
  /** Names that at least half of the items of this document share. */
  readonly shared: readonly string[];
}

/** The key in a feed's memory for "this name was seen to be reused". */
export const reusedMark = (name: string): string => keyOf('reused', name);

/** The key of the nth item (from 0) with the same story. */
export const storyKey = (story: string, nth: number): string => (nth === 0 ? story : keyOf('again', story, `${nth}`));

/**
 * Items of one document with their keys, in its order and without repeats. `siteUrl` is the feed's home page, null when not known.
 * `isReused` says whether a name (by guid, page or title) was seen to name several items.
 */
export function identifyItems(
  items: readonly Item[],
  siteUrl: string | null,
  isReused: (name: string) => boolean = () => false,
): readonly IdentifiedItem[] {
  const home = siteUrl === null ? null : linkKey(siteUrl);
  const seen = items.map((item) => ({ item, guid: item.id?.trim() || null, link: addressOf(item) }));
  const uses = usesIn(seen);
  const names = new Set<string>();
  const looks = new Set<string>();
  const identified: IdentifiedItem[] = [];
  for (const each of seen) {
    const { item } = each;
    const { keys, linkIsOwn } = keysIn(each, uses, home, isReused);
    // Two guids for what looks the same are one item, unless it shows so little that many things would look like it.
    const isRepeat = names.has(keys.name) || (looks.has(keys.look) && (linkIsOwn || textOf(item) !== ''));
    names.add(keys.name);
    looks.add(keys.look);
    if (!isRepeat) identified.push({ item, keys, linkIsOwn });
  }
  return identified;
}

interface SeenItem {
  readonly item: Item;
  readonly guid: string | null;
  readonly link: string | null;
}

/** How many items of a document each guid, link and title names. */
type Uses = ReturnType<typeof usesIn>;

/** Whose guid or link it is: a document may have the same entry twice, so items count as several only when they look different. */
function usesIn(seen: readonly SeenItem[]) {
  const linkGuids = usesOf(
    seen,
    ({ link }) => link,
    ({ item, guid }) => `${guid ?? item.title}`,
  );
  return {
    items: seen.length,
    linkGuids,
    guids: usesOf(
      seen,
      ({ guid }) => guid,
      ({ item, link }) => `${link} ${item.title}`,
    ),
    linkTexts: usesOf(
      seen,
      ({ link }) => (link !== null && linkGuids.get(link)?.size === 1 ? null : link),
      ({ item }) => `${item.title} ${textOf(item)}`,
    ),
    titleTexts: usesOf(
      seen,
      ({ item }) => titleAndDay(item).join('\0'),
      ({ item }) => textOf(item),
    ),
  };
}

function keysIn(
  { item, guid, link }: SeenItem,
  { items, guids, linkGuids, linkTexts, titleTexts }: Uses,
  home: string | null,
  isReused: (name: string) => boolean,
): { readonly keys: ItemKeys; readonly linkIsOwn: boolean } {
  const isHalf = (uses: ReadonlySet<string> | undefined): boolean =>
    uses !== undefined && uses.size > 1 && uses.size * 2 >= items;
  const isNamedOnce = link !== null && (linkGuids.get(link)?.size === 1 || linkTexts.get(link)?.size === 1);
  const guidName = guid === null ? null : keyOf('guid', guid);
  const pageName = link === null || link === home || isHomePage(link) ? null : keyOf('page', link);
  const titleName =
    titleTexts.get(titleAndDay(item).join('\0'))?.size === 1 ? keyOf('title', ...titleAndDay(item)) : null;
  const reused = [guidName, pageName, titleName].filter((name) => name !== null && isReused(name)) as string[];
  const ownGuid = guid !== null && guids.get(guid)?.size === 1 && !reused.includes(guidName!) ? guid : null;
  const linkIsOwn = isNamedOnce && pageName !== null && !reused.includes(pageName);
  const shared = [
    isHalf(guids.get(guid ?? '')) ? guidName : null,
    linkIsOwn || !isHalf(linkGuids.get(link ?? '')) ? null : pageName,
  ];
  const keys: ItemKeys = {
    ...keysOf(item, ownGuid, link, linkIsOwn, titleName !== null && !reused.includes(titleName)),
    page: pageName,
    marks: reused.map(reusedMark),
    shared: shared.filter((name) => name !== null),
  };
  return { keys, linkIsOwn };
}

/**
 * The article of an item: by its link where that is its own, so that it is the same in every feed that carries it; else by feed and name.
 * Follows from the document, and from what is remembered of names that were reused.
 */
export const articleIdOfItem = (feedId: FeedId, { item, keys, linkIsOwn }: IdentifiedItem): ArticleId =>
  (linkIsOwn ? articleIdOfLink(item) : null) ?? articleIdOf(feedId, keys.name);

/** The id by the item's link; null when it has none that can name an article. */
export function articleIdOfLink(item: Item): ArticleId | null {
  if (item.url === null || item.url.length > LONGEST_URL) return null;
  const known = articleIds.get(item);
  if (known !== undefined) return known;
  const link = addressOf(item);
  const id = link === null ? null : articleIdOf(link);
  articleIds.set(item, id);
  return id;
}

/** The name of an item looked at alone, for messages that do not name their article: those of older versions. */
export const nameOfItem = (item: Item): string => keysOf(item, item.id?.trim() || null, null, false, true).name;

function keysOf(
  item: Item,
  guid: string | null,
  link: string | null,
  linkIsOwn: boolean,
  titleIsOwn: boolean,
): Omit<ItemKeys, 'page' | 'marks' | 'shared'> {
  const [title, day] = titleAndDay(item);
  const byText = (): string => keyOf('text', title, textOf(item), day);
  const byLink = (): string | null => (link === null ? null : keyOf('link', link, title, day));
  const look = (linkIsOwn ? byLink() : null) ?? byText();
  const words = linkIsOwn || textOf(item) === '' ? null : keyOf('words', title, textOf(item));
  const story = linkIsOwn && tellsAStory(item) ? keyOf('story', wholeDigest(item), dateOf(item)) : null;
  if (guid !== null) return { name: keyOf('guid', guid), namedBy: 'guid', look, otherLook: null, words, story };
  const otherLook = linkIsOwn ? byText() : byLink();
  const rest = { look, otherLook, words, story };
  if (linkIsOwn && link !== null) return { name: keyOf('page', link), namedBy: 'page', ...rest };
  if (title === '' || !titleIsOwn) return { name: look, namedBy: 'look', ...rest };
  return { name: keyOf('title', title, day), namedBy: 'title', ...rest };
}

export const titleAndDay = (item: Item): readonly [title: string, day: string] => [
  item.title?.trim() ?? '',
  dateOf(item).slice(0, 10),
];

/** As the feed wrote it, RFC 3339; empty when there is none. */
export const dateOf = ({ published, updated }: Item): string => published ?? updated ?? '';

const textOf = ({ content, summary }: Item): string => content ?? summary ?? '';

/** Of title, summary and content, whatever white space stands between their words. */
export function wholeDigest(item: Item): string {
  const known = digests.get(item);
  if (known !== undefined) return known;
  const whole = `${item.title ?? ''}\n${item.summary ?? ''}\n${item.content ?? ''}`;
  // A single blank, as nearly all are, need not be replaced.
  const digest = hash('sha256', whole.replaceAll(/\s{2,}|[^\S ]/g, ' '));
  digests.set(item, digest);
  return digest;
}

/** An item is looked at several times in a poll, and its text may be long. */
const digests = new WeakMap<Item, string>();
const addresses = new WeakMap<Item, string | null>();
const articleIds = new WeakMap<Item, ArticleId | null>();

function addressOf(item: Item): string | null {
  const known = addresses.get(item);
  if (known !== undefined) return known;
  const address = item.url === null ? null : linkKey(item.url);
  addresses.set(item, address);
  return address;
}

/** Of items that say little, many are alike: warnings with a title and a link each, all of the same hour. */
function tellsAStory(item: Item): boolean {
  const beginning = `${item.title ?? ''} ${textOf(item).slice(0, STORY_BEGINNING)}`;
  return wordsOf(beginning, 1).size >= (hasInstant(item) ? WORDS_OF_A_STORY : WORDS_OF_AN_UNDATED_STORY);
}

/** False without a date, and for a bare day, which is read as its midnight. */
export const hasInstant = (item: Item): boolean => dateOf(item) !== '' && !dateOf(item).includes('T00:00:00');

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

export const keyOf = (...parts: readonly string[]): string => hash('sha256', parts.join('\0')).slice(0, KEY_DIGITS);
