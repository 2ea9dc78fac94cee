// Which elements form the structure of a feed, which of them may contain others, and where an unclosed one ends.
import { childrenOf, type Element } from './element.ts';
import { CONTENT, FEED_FIELDS, ID, ITEM_FIELDS, ITEM_TITLE, LINKS, PUBLISHED, SUMMARY, UPDATED } from './fields.ts';

export const FEEDS: ReadonlySet<string> = new Set(['rss/channel', 'atom/feed', 'rss/rss', 'rdf/rdf']);
/** Under a damaged root, entries may look like elements of RSS, and the other way round. */
export const ITEMS: ReadonlySet<string> = new Set(['rss/item', 'atom/entry', 'rss/entry', 'atom/item']);
/** Children that show that an element with the name of an item is an item. */
const TELLING = [...ITEM_TITLE, ...SUMMARY, ...CONTENT, ...PUBLISHED, ...UPDATED, ...ID, ...LINKS];

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Always empty: all their information is in attributes. */
const EMPTY = names(
  'atom/link rss/enclosure rss/cloud media/thumbnail media/player media/restriction itunes/image googleplay/image',
);
/** Elements that contain other elements by definition. */
const PERSONS = names('atom/author rss/author atom/contributor itunes/owner');
const PERSON_PARTS = names(
  'atom/name rss/name itunes/name atom/email rss/email itunes/email atom/uri rss/uri atom/url rss/url',
);
const WITH_OWN_PARTS = names('atom/source rss/image rss/textinput');
const OTHER_CONTAINERS = names('rss/skiphours xhtml/body xhtml/div rss/body');
const CONTAINERS = new Set([...PERSONS, ...WITH_OWN_PARTS, ...OTHER_CONTAINERS, ...ITEMS, ...FEEDS]);
/** Fields that no other module reads, but that also end the element before them. */
const UNREAD = names('rss/comments rss/copyright atom/rights atom/contributor rss/source');

const FIELDS: ReadonlySet<string> = new Set([...ITEM_FIELDS, ...FEED_FIELDS, ...PERSON_PARTS, ...UNREAD, ...ITEMS]);

/** Elements of the format and its usual modules; others may be frames around these. */
export const isKnown = (name: string): boolean => FIELDS.has(name) || FEEDS.has(name);

/** Of an extension, not of one of the feed formats themselves. */
export const isForeign = (name: string): boolean => !/^(?:rss|atom|rdf|xhtml)\//.test(name);

export const isTelling = (item: Element): boolean => TELLING.some((name) => childrenOf(item, name).length > 0);

/** Whether an unclosed element ends where another begins inside it. */
export function endsBefore(next: string, open: string): boolean {
  if (EMPTY.has(open)) return true;
  if (!CONTAINERS.has(open)) return FIELDS.has(open) && FIELDS.has(next);
  if (PERSONS.has(open)) return FIELDS.has(next) && !PERSON_PARTS.has(next);
  if (open === 'atom/source') return FIELDS.has(next) && !isOfFeed(next);
  return open === 'rss/skiphours' && FIELDS.has(next);
}

const isOfFeed = (name: string): boolean =>
  (FEED_FIELDS as readonly string[]).includes(name) || name === 'atom/updated';

/** A source or a picture has one title and one link: further ones in an unclosed source or picture belong to the item. */
export const hasOwnParts = (name: string): boolean => WITH_OWN_PARTS.has(name);
