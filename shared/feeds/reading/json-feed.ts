// JSON Feed 1.0 and 1.1 (jsonfeed.org). Fields of the wrong type are as if they were missing.
import type { Item, ParsedFeed } from '../../model/item.ts';
import { withWindows1252Signs } from '../../text/character-references.ts';
import { readDate } from './dates.ts';
import { languageTag } from './language-tag.ts';
import { isPlaceholder, resolveUrl } from './links.ts';
import { asName, distinct } from './people.ts';
import { cut, plainLine, plainParagraphs } from './plain-text.ts';

const LONGEST_ID = 4_000;

type Json = Readonly<Record<string, unknown>>;

/** Null when the value is not a JSON Feed: neither its version nor a list of items. */
export function readJsonFeed(value: unknown, url: string): Pick<ParsedFeed, 'feed' | 'items'> | null {
  if (!isRecord(value)) return null;
  const { version } = value;
  const saysSo = typeof version === 'string' && /jsonfeed\.org\/version\//i.test(version);
  const items = (Array.isArray(value['items']) ? value['items'] : [value['items']]).filter(isRecord);
  if (!saysSo && !items.some(isItem)) return null;
  const authors = authorsOf(value);
  const base = resolveUrl(text(value, 'feed_url'), url) ?? url;
  const language = languageTag(text(value, 'language'));
  return {
    feed: {
      title: line(value, 'title'),
      link: resolveUrl(text(value, 'home_page_url'), base),
      description: paragraphs(value, 'description', 'text'),
      language,
      ttlMinutes: null,
      skipHours: [],
      format: 'json',
    },
    items: items.map((item) => readItem(item, base, authors, language)),
  };
}

/** Other lists of things have neither of these together with a text. */
const isItem = (item: Json): boolean =>
  (text(item, 'id') !== null || text(item, 'url') !== null) &&
  ['content_html', 'content_text', 'title', 'summary', 'date_published'].some((name) => text(item, name) !== null);

function readItem(item: Json, base: string, feedAuthors: readonly string[], feedLanguage: string | null): Item {
  const own = authorsOf(item);
  const language = languageTag(text(item, 'language'));
  const id = text(item, 'id');
  return {
    id: id === null || isPlaceholder(id) ? null : cut(id, LONGEST_ID),
    title: line(item, 'title'),
    url: addressAt(item, 'url', base) ?? addressAt(item, 'external_url', base) ?? webAddress(id),
    published: readDate(text(item, 'date_published') ?? '', language ?? feedLanguage),
    updated: readDate(text(item, 'date_modified') ?? '', language ?? feedLanguage),
    summary: paragraphs(item, 'summary', 'text'),
    content: paragraphs(item, 'content_html', 'html') ?? paragraphs(item, 'content_text', 'text'),
    authors: own.length > 0 ? own : feedAuthors,
    categories: distinct(tagsOf(item['tags']).map((tag) => plainLine(signs(tag), 'text'))),
    language,
  };
}

/** The specification requires ids to be addresses where there is one. */
const webAddress = (id: string | null): string | null =>
  id !== null && /^https?:\/\/\S+$/i.test(id) ? resolveUrl(id, id) : null;

/** `authors` of 1.1, `author` of 1.0, each as a list or alone, of people or of their names. */
function authorsOf(value: Json): readonly string[] {
  const people = [value['authors'], value['author']].flatMap((written) =>
    Array.isArray(written) ? listOf(written) : [written],
  );
  return distinct(people.map((person) => nameIn(isRecord(person) ? person['name'] : person)));
}

/** Null where only an address is given: neither a page nor a mailbox is a name. */
function nameIn(written: unknown): string | null {
  const name = typeof written === 'string' ? plainLine(signs(written), 'text') : null;
  return name === null ? null : asName(name);
}

/** A list; or one text with commas, as some write it. */
const tagsOf = (written: unknown): readonly string[] =>
  typeof written === 'string'
    ? written.split(',', 100)
    : listOf(written).flatMap((tag) =>
        isRecord(tag) ? (text(tag, 'name') ?? []) : typeof tag === 'string' ? tag : [],
      );

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.slice(0, 100) : []);

/** Numbers too: some write them as ids. */
function text(value: Json, name: string): string | null {
  const found = value[name];
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && found.trim() !== '' ? signs(found.trim()) : null;
}

/** Written directly, or as escapes (`\u0092`), which are resolved by now. */
const signs = withWindows1252Signs;

/** A number is not an address. */
function addressAt(value: Json, name: string, base: string): string | null {
  const found = value[name];
  return typeof found === 'string' ? resolveUrl(found, base) : null;
}

function line(value: Json, name: string): string | null {
  const found = text(value, name);
  return found === null ? null : plainLine(found, 'text');
}

function paragraphs(value: Json, name: string, kind: 'html' | 'text'): string | null {
  const found = text(value, name);
  return found === null ? null : plainParagraphs(found, kind);
}
