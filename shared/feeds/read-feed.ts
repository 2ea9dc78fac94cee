// Whatever a publisher serves, to one shape: bytes to text, text to well-formed XML, rss-parser, the tolerant tree where that
// refuses, then plain values (docs/adr/0003). Nothing is kept from one document to the next.
import type { ParsedFeed } from '../model/item.ts';
import { readDate } from './reading/dates.ts';
import { decodeBytes } from './reading/decode-bytes.ts';
import { childrenOf, type Element, isBlank, type RawDocument, textOf } from './reading/element.ts';
import { PUBLISHED, UPDATED } from './reading/fields.ts';
import { readJsonFeed } from './reading/json-feed.ts';
import { normalise } from './reading/normalise.ts';
import { notAFeed } from './reading/not-a-feed.ts';
import { parseBrokenJson } from './reading/parse-json.ts';
import { tidy } from './reading/tidy.ts';
import { readTolerantly } from './reading/tolerant-tree.ts';
import { readWithRssParser } from './reading/with-rss-parser.ts';

/** Bytes of a document that are read; the fetcher stops there as well. */
const MOST_BYTES = 5_000_000;
/** Items of a document that are read, the newest of them: about as many as fit into its bytes, so that none is lost in silence. */
export const MOST_ITEMS = 20_000;

/**
 * `contentType` is the header as it came, `url` where the document was found after redirects: links are relative to it.
 * Throws a FetchFailedError of kind `not_a_feed`, which says what came instead, and nothing else.
 */
export async function readFeed({
  body,
  contentType,
  url,
}: {
  readonly body: Uint8Array;
  readonly contentType?: string;
  readonly url: string;
}): Promise<ParsedFeed> {
  const { text, notes: decodingNotes } = decodeBytes(firstBytes(body), contentType);
  const notes = [...decodingNotes];
  if (body.length > MOST_BYTES) notes.push(`only the first ${MOST_BYTES / 1_000_000} MB were read`);
  const json = readAsJson(text, url, notes);
  if (json !== null) return { ...json, items: newestFirstPart(json.items, ({ published }) => published, notes), notes };
  const document = tidy(text);
  notes.push(...document.notes);
  const raw = (await readWithRssParser(document)) ?? fromTree(document, notes);
  if (raw === null) throw notAFeed(url, body, text, null);
  if (raw.items.length === 0 && 'complete' in raw && !raw.complete) {
    throw notAFeed(url, body, text, 'it is a feed that is cut off before its first item, or too damaged to find one');
  }
  const items = newestFirstPart(raw.items, dateOf, notes);
  return { ...normalise({ ...raw, items }, url), notes };
}

/** Without half a character of UTF-8 at the end, which would make the whole look like another encoding. */
function firstBytes(body: Uint8Array): Uint8Array {
  if (body.length <= MOST_BYTES) return body;
  let end = MOST_BYTES;
  for (let back = 0; back < 3 && (body[end]! & 0xc0) === 0x80; back += 1) end -= 1;
  return body.subarray(0, end);
}

/** An object, or a call with one (JSONP); a guard against scripts may come before it. */
const JSON_BEGINS = /^[\s\ufeff]{0,1000}(?:\{|[\w.$]{1,100}\(\s{0,100}\{|\)\]\}'?,?\s{0,100}\{)/;

function readAsJson(text: string, url: string, notes: string[]): Pick<ParsedFeed, 'feed' | 'items'> | null {
  if (!JSON_BEGINS.test(text)) return null;
  const parsed = parseBrokenJson(text);
  const feed = parsed === undefined ? null : readJsonFeed(parsed.value, url);
  if (feed !== null && parsed?.repaired) notes.push('the JSON is cut off or ill-formed; what is there was read');
  return feed;
}

function fromTree(document: ReturnType<typeof tidy>, notes: string[]): RawDocument | null {
  const tree = readTolerantly(document);
  if (tree === null) return null;
  if (!tree.complete) notes.push('the document is cut off or ill-formed; what is there was read');
  // The next poll finds it whole: remembered now, with half of its text, it would not be matched again.
  if (tree.unfinished && (tree.items.length > 1 || isBlank(tree.items[0] ?? ''))) {
    notes.push('the last item is not finished and was left out');
    return { ...tree, items: tree.items.slice(0, -1) };
  }
  return tree;
}

/** Feeds list the newest item first, nearly always; where the dates say otherwise, the end is the newer part. */
function newestFirstPart<T>(items: readonly T[], date: (item: T) => string | null, notes: string[]): readonly T[] {
  if (items.length <= MOST_ITEMS) return items;
  notes.push(`only ${MOST_ITEMS} of ${items.length} items were read`);
  const first = date(items[0]!);
  const last = date(items.at(-1)!);
  return first !== null && last !== null && last > first ? items.slice(-MOST_ITEMS) : items.slice(0, MOST_ITEMS);
}

function dateOf(item: Element): string | null {
  for (const name of [...PUBLISHED, ...UPDATED]) {
    const date = readDate(textOf(childrenOf(item, name)[0]));
    if (date !== null) return date;
  }
  return null;
}
