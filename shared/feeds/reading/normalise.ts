// From the elements of a feed to what the rest of Tocsin knows: plain text, absolute addresses, instants.
import type { Item, ParsedFeed } from '../../model/item.ts';
import { readDate } from './dates.ts';
import { attributeOf, childrenOf, type Element, firstChildrenOf, type RawDocument, textOf } from './element.ts';
import {
  CONTENT,
  FEED_DESCRIPTION,
  FEED_TITLE,
  ID,
  ITEM_TITLE,
  LANGUAGE,
  OTHER_ID,
  PUBLISHED,
  SUMMARY,
  UPDATED,
} from './fields.ts';
import { languageTag } from './language-tag.ts';
import { alternateOf, baseOf, permalinkOf, resolveUrl, textLinkOf } from './links.ts';
import { authorsOf, categoriesOf } from './people.ts';
import { cut, lineOf, paragraphsOf } from './plain-text.ts';
import { askedMinutes, hoursToSkip } from './update-rhythm.ts';

const LONGEST_ID = 4_000;

/** What items take from their feed. */
interface FeedContext {
  readonly base: string;
  readonly authors: readonly string[];
}

/** `url` is the document's own address, after redirects. */
export function normalise(document: RawDocument, url: string): Pick<ParsedFeed, 'feed' | 'items'> {
  const { feed, format } = document;
  const rootBase = rebase(attributeOf({ $: document.attributes }, 'xml:base'), url);
  const base = baseOf(feed, rootBase);
  const link = pageOf(feed, base);
  const context = { base: itemBase(base, url, link), authors: authorsOf(feed) };
  return {
    feed: {
      title: firstLine(feed, FEED_TITLE),
      link,
      description: firstParagraphs(feed, FEED_DESCRIPTION),
      language: languageOf(feed) ?? languageTag(document.attributes['xml:lang']),
      ttlMinutes: askedMinutes(feed),
      skipHours: hoursToSkip(feed),
      format,
    },
    items: document.items.map((item) => normaliseItem(item, context)),
  };
}

const rebase = (own: string | null, outer: string): string =>
  baseOf(own === null ? '' : { $: { 'xml:base': own } }, outer);

/** Without `xml:base`, links are relative to the document or, where another host serves it for the site, to the site. */
function itemBase(base: string, url: string, link: string | null): string {
  if (base !== url || link === null) return base;
  return new URL(link).host === new URL(url).host ? base : link;
}

function normaliseItem(item: Element, feed: FeedContext): Item {
  const base = baseOf(item, feed.base);
  const group = childrenOf(item, 'media:group')[0] ?? childrenOf(item, 'media:content')[0] ?? '';
  const source = childrenOf(item, 'atom:source')[0] ?? '';
  const own = authorsOf(item);
  const inherited = own.length > 0 ? own : authorsOf(source);
  return {
    id: idOf(item),
    title: firstLine(item, ITEM_TITLE) ?? firstLine(group, ITEM_TITLE),
    url: itemUrl(item, base),
    published: firstDate(item, PUBLISHED),
    updated: firstDate(item, UPDATED),
    summary: firstParagraphs(item, SUMMARY) ?? firstParagraphs(group, SUMMARY),
    content: firstParagraphs(item, CONTENT),
    authors: inherited.length > 0 ? inherited : feed.authors,
    categories: categoriesOf(item),
    language: languageOf(item) ?? languageOfText(item),
  };
}

/** The first of these elements that holds text, in the order of the names. */
function first<T>(
  element: Element,
  names: readonly string[],
  read: (child: Element, isAtom: boolean) => T | null,
): T | null {
  for (const name of names) {
    for (const child of childrenOf(element, name)) {
      const value = read(child, name.startsWith('atom:'));
      if (value !== null) return value;
    }
  }
  return null;
}

const firstLine = (element: Element, names: readonly string[]): string | null => first(element, names, lineOf);
const firstParagraphs = (element: Element, names: readonly string[]): string | null =>
  first(element, names, paragraphsOf);
const firstDate = (element: Element, names: readonly string[]): string | null =>
  first(element, names, (child) => readDate(textOf(child)));
const firstText = (element: Element, names: readonly string[]): string | null =>
  first(element, names, (child) => textOf(child).trim() || null);

function idOf(item: Element): string | null {
  const id = firstText(item, ID) ?? (attributeOf(item, 'rdf:about')?.trim() || null) ?? firstText(item, OTHER_ID);
  return id === null ? null : cut(id, LONGEST_ID);
}

/** Of a feed: its site. */
const pageOf = (feed: Element, base: string): string | null =>
  textLinkOf(childrenOf(feed, 'rss:link'), base) ?? alternateOf(childrenOf(feed, 'atom:link'), base);

function itemUrl(item: Element, base: string): string | null {
  // What FeedBurner and its like replaced by a link through themselves.
  const original = resolveUrl(firstText(item, ['feedburner:origlink']), base);
  if (original !== null) return original;
  const content = firstChildrenOf(item, ['atom:content']).find((element) => attributeOf(element, 'src') !== null);
  return (
    pageOf(item, base) ??
    permalinkOf(item) ??
    resolveUrl(attributeOf(item, 'rdf:about'), base) ??
    (content === undefined ? null : resolveUrl(attributeOf(content, 'src'), baseOf(content, base)))
  );
}

const languageOf = (element: Element): string | null =>
  first(element, LANGUAGE, (child) => languageTag(textOf(child))) ?? languageTag(attributeOf(element, 'xml:lang'));

/** Where the entry is silent, its text or its title may tell. */
const languageOfText = (item: Element): string | null =>
  first(item, [...CONTENT, ...SUMMARY, ...ITEM_TITLE], (child) => languageTag(attributeOf(child, 'xml:lang')));
