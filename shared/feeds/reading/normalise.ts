// From the elements of a feed to what the rest of Tocsin knows: plain text, absolute addresses, instants.
import type { Item, ParsedFeed } from '../../model/item.ts';
import { readDate } from './dates.ts';
import { attributeOf, childrenOf, type Element, type RawDocument, textOf } from './element.ts';
import { type Fields, fieldsIn } from './fields.ts';
import { languageTag } from './language-tag.ts';
import {
  addressIn,
  alternateOf,
  baseOf,
  isPlaceholder,
  ownPageOf,
  permalinkOf,
  resolveUrl,
  selfOf,
  textLinkOf,
} from './links.ts';
import { authorsOf, categoriesOf } from './people.ts';
import { cut, lineOf, paragraphsOf } from './plain-text.ts';
import { askedMinutes, hoursToSkip } from './update-rhythm.ts';

const LONGEST_ID = 4_000;
/** How deep, and how many per element, media elements are searched for a title. */
const DEEPEST_MEDIA = 4;
const MOST_MEDIA = 10;

/** What is the same for all items of a document: where to look, and what they take from their feed. */
interface Context {
  readonly fields: Fields;
  readonly base: string;
  readonly authors: readonly string[];
  readonly language: string | null;
}

/** `url` is the document's own address, after redirects. */
export function normalise(document: RawDocument, url: string): Pick<ParsedFeed, 'feed' | 'items'> {
  const { feed, format, attributes, names } = document;
  const fields = fieldsIn(names);
  const base = baseOf(feed, baseOf({ $: attributes }, url));
  const self = base === url ? selfOf(childrenOf(feed, 'atom/link'))?.href : undefined;
  const link = pageOf(feed, self ?? base) ?? resolveUrl(attributeOf(feed, 'href'), base);
  const language = languageOf(feed, fields) ?? languageTag(attributes['xml:lang']);
  const context = { fields, base: itemBase(base, { url, link, self }), authors: feedAuthorsOf(feed, fields), language };
  return {
    feed: {
      title: first(feed, fields.feedTitle, lineOf),
      link,
      description: first(feed, fields.feedDescription, paragraphsOf),
      language,
      ttlMinutes: askedMinutes(feed),
      skipHours: hoursToSkip(feed),
      format,
    },
    items: document.items.map((item) => normaliseItem(item, context)),
  };
}

/**
 * Without `xml:base`, links are relative to the document or, where another host serves it for the site, to the site: where the feed
 * says that it is itself, if that is there as well.
 */
function itemBase(
  base: string,
  { url, link, self }: { readonly url: string; readonly link: string | null; readonly self: string | undefined },
): string {
  if (base !== url || link === null || !URL.canParse(url)) return base;
  const { host } = new URL(link);
  if (host === new URL(url).host) return base;
  return self !== undefined && new URL(self).host === host ? self : link;
}

/** Who is responsible for the whole, where no author is given. */
function feedAuthorsOf(feed: Element, { authors, responsible }: Fields): readonly string[] {
  for (const names of [authors, ...responsible.map((name) => [name])]) {
    const found = authorsOf(feed, names);
    if (found.length > 0) return found;
  }
  return [];
}

function normaliseItem(
  item: Element,
  { fields, base: feedBase, authors: feedAuthors, language: feedLanguage }: Context,
): Item {
  const base = baseOf(item, feedBase);
  const texts = textsOf(item, fields);
  const language = languageOf(item, fields) ?? languageOfText(item, fields);
  const dateIn = (element: Element): string | null => readDate(textOf(element), language ?? feedLanguage);
  return {
    id: idOf(item, fields),
    title: first(item, fields.title, lineOf) ?? firstOfMedia(item, fields.title, lineOf, fields),
    url: urlOf(item, base),
    published: first(item, fields.published, dateIn),
    updated: first(item, fields.updated, dateIn) ?? dateAt(item, 'lastmod', language ?? feedLanguage),
    summary: texts.summary ?? firstOfMedia(item, fields.summary, paragraphsOf, fields),
    content: texts.content,
    authors: authorsWithin(item, fields) ?? feedAuthors,
    categories: categoriesOf(item, fields.categories),
    language,
  };
}

/** Of an RSS item with a description and a summary, but no other content, the longer one is the content. */
function textsOf(item: Element, fields: Fields): { readonly summary: string | null; readonly content: string | null } {
  const summary = first(item, fields.summary, paragraphsOf);
  const content = first(item, fields.content, paragraphsOf);
  if (content !== null || fields.twins.length < 2) return { summary, content };
  const [one = null, other = null] = fields.twins.map((name) => first(item, [name], paragraphsOf));
  if (one === null || other === null || one === other) return { summary, content };
  return one.length <= other.length ? { summary: one, content: other } : { summary: other, content: one };
}

/** The first of these elements in which something is found, in the order of the names. */
function first<T>(
  element: Element,
  names: readonly string[],
  read: (child: Element, isAtom: boolean) => T | null,
): T | null {
  if (element === '') return null;
  for (const name of names) {
    for (const child of childrenOf(element, name)) {
      const value = read(child, name.startsWith('atom/'));
      if (value !== null) return value;
    }
  }
  return null;
}

/** Title or text from the item's media elements, at any depth, when the item has none of its own. */
function firstOfMedia<T>(
  element: Element,
  names: readonly string[],
  read: (child: Element, isAtom: boolean) => T | null,
  fields: Fields,
  depth = 0,
): T | null {
  if (fields.groups.length === 0 || depth > DEEPEST_MEDIA) return null;
  for (const group of fields.groups.flatMap((name) => childrenOf(element, name).slice(0, MOST_MEDIA))) {
    const value = first(group, names, read) ?? firstOfMedia(group, names, read, fields, depth + 1);
    if (value !== null) return value;
  }
  return null;
}

function dateAt(element: Element, attribute: string, language: string | null): string | null {
  const written = attributeOf(element, attribute);
  return written === null ? null : readDate(written, language);
}
function identifierIn(element: Element): string | null {
  const text = textOf(element).trim();
  return text === '' || isPlaceholder(text) ? null : text;
}
const languageIn = (element: Element): string | null => languageTag(textOf(element));
const languageAt = (element: Element): string | null => languageTag(attributeOf(element, 'xml:lang'));

function idOf(item: Element, { id, otherId }: Fields): string | null {
  const found =
    first(item, id, identifierIn) ??
    (attributeOf(item, 'rdf:about')?.trim() || null) ??
    first(item, otherId, identifierIn);
  return found === null ? null : cut(found, LONGEST_ID);
}

/** An entry taken from another feed names that feed's authors; null when none is named. */
function authorsWithin(item: Element, fields: Fields): readonly string[] | null {
  const own = authorsOf(item, fields.authors);
  if (own.length > 0) return own;
  const source = childrenOf(item, 'atom/source')[0];
  const others = source === undefined ? own : authorsOf(source, fields.authors);
  return others.length > 0 ? others : null;
}

/** Of a feed: its site. */
const pageOf = (element: Element, base: string): string | null =>
  textLinkOf(childrenOf(element, 'rss/link'), base) ?? alternateOf(childrenOf(element, 'atom/link'), base);

/** What FeedBurner and its like replaced by a link through themselves comes before that link. */
const urlOf = (item: Element, base: string): string | null =>
  resolveUrl(textOf(childrenOf(item, 'feedburner/origlink')[0]), base) ??
  pageOf(item, base) ??
  permalinkOf(item) ??
  resolveUrl(attributeOf(item, 'rdf:about') ?? attributeOf(item, 'href'), base) ??
  first(item, ['atom/content'], (content) => resolveUrl(attributeOf(content, 'src'), baseOf(content, base))) ??
  first(item, ['atom/link'], (link) => ownPageOf(link, base)) ??
  first(item, ['atom/id'], addressIn);

const languageOf = (element: Element, { language }: Fields): string | null =>
  first(element, language, languageIn) ?? languageAt(element);

/** Where the entry does not say, its text or its title may. */
const languageOfText = (item: Element, { content, summary, title }: Fields): string | null =>
  first(item, content, languageAt) ?? first(item, summary, languageAt) ?? first(item, title, languageAt);
