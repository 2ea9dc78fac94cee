// A feed's memory as records: sets of 12-digit hex keys, six bytes each, some followed by a note of 32 bytes, and some of those by
// the 17 bytes of an article's id; spread by hash over pages of about a kilobyte.
// A page of that size costs one write unit, so a change costs about one unit per key that came or went, however large the memory is.
import { createHash } from 'node:crypto';
import { InvalidInputError } from '../../shared/core/errors.ts';
import type { FeedId } from '../../shared/model/ids.ts';
import { memoryPartition } from './keys.ts';
import { nameOf, RecordReader } from './record.ts';
import type { Item } from './table-client.ts';

const KEY_BYTES = 6;
const NOTE_BYTES = 32;
const ID_BYTES = 17;
/** A key, a key and its note, or these and the id of an article (shared/feeds/item-note.ts). */
const ENTRY_SHAPE = /^[0-9a-f]{12}(?:[0-9a-f]{64}(?:[0-9a-f]{34})?)?$/;
/** With the record's other fields well under 1,024 bytes even in the fuller pages. */
const BYTES_PER_PAGE = 660;
/** Notes are few and long, and a page that needs a second unit now and then is cheaper than twice as many pages. */
const BYTES_PER_NOTED_PAGE = 760;
/** Pages are dealt again only when they are on average this much fuller or emptier than wanted: dealing rewrites them all. */
const REDEAL_ABOVE = 2;
/** With notes: a new item has three keys, on up to three pages, so one page of two units costs no more. */
const REDEAL_NOTED_ABOVE = 3;
const REDEAL_BELOW = 1 / 8;

/** Which set a page belongs to: the last document's keys, or those that left in an ISO week (`2026-W47`). */
export type MemoryPart = 'current' | { readonly week: string };

export interface MemoryPage {
  readonly week: string | null;
  /** How many pages the set was dealt over when this one was written: a power of two. */
  readonly pageCount: number;
  readonly sk: string;
  /** Keys, and keys with their notes. */
  readonly keys: ReadonlySet<string>;
  readonly expiresAt: number | null;
}

export const CURRENT_PREFIX = 'CURRENT#';
export const WEEK_PREFIX = 'WEEK#';
export const prefixOf = (part: MemoryPart): string =>
  part === 'current' ? CURRENT_PREFIX : `${WEEK_PREFIX}${part.week}#`;

/**
 * The records to write, in this order, so that the stored pages of one part hold exactly `wanted`; `stored` are all its pages.
 * Pages whose content stays are not touched. Pages no longer needed are emptied and expire, rather than deleted: the function that
 * polls has no right to delete. Full pages come first, so that between two writes a reader sees at worst a key too many.
 * `expiresAt`: null for a part that does not expire. Throws InvalidInputError for an entry that is not 12 hex digits, or those and a note.
 */
export function planPages(
  id: FeedId,
  part: MemoryPart,
  stored: readonly MemoryPage[],
  wanted: ReadonlySet<string>,
  expiresAt: number | null,
  nowSeconds: number,
): readonly (readonly Item[])[] {
  const pageCount = pageCountFor(wanted, stored);
  const unneeded = new Map(stored.filter(({ keys }) => keys.size > 0).map((page) => [page.sk, page]));
  const full: Item[] = [];
  for (const [number, keys] of deal(wanted, pageCount)) {
    const sk = `${prefixOf(part)}${pageCount}#${number}`;
    const before = unneeded.get(sk);
    unneeded.delete(sk);
    if (before === undefined || !sameKeys(before.keys, keys)) full.push(encodePage(id, sk, keys, expiresAt));
  }
  return [full, [...unneeded.keys()].map((sk) => encodePage(id, sk, new Set(), nowSeconds))];
}

export function decodePage(record: Item): MemoryPage {
  const reader = new RecordReader(record, nameOf(record));
  const sk = reader.string('sk');
  const parts = /^(?:CURRENT|WEEK#(?<week>\d{4}-W\d\d))#(?<pageCount>\d+)#\d+$/.exec(sk)?.groups;
  if (parts === undefined) throw reader.damaged('its sort key names no page of a memory');
  const bytes = reader.bytes('keys');
  if (bytes.length % KEY_BYTES !== 0) {
    throw reader.damaged(`"keys" has ${bytes.length} bytes, expected a multiple of ${KEY_BYTES}`);
  }
  const notes = optionalBytes('notes', NOTE_BYTES, bytes.length / KEY_BYTES);
  const ids = optionalBytes('articles', ID_BYTES, notes.length / NOTE_BYTES);
  return {
    sk,
    week: parts['week'] ?? null,
    pageCount: Number(parts['pageCount']),
    keys: unpack(bytes, notes, ids),
    expiresAt: reader.numberOrNull('expiresAt'),
  };

  function optionalBytes(field: string, each: number, most: number): Uint8Array {
    const found = record[field] === undefined ? new Uint8Array() : reader.bytes(field);
    if (found.length % each === 0 && found.length / each <= most) return found;
    throw reader.damaged(`"${field}" has ${found.length} bytes, expected ${each} for each of the first keys`);
  }
}

export function allKeys(pages: readonly MemoryPage[]): ReadonlySet<string> {
  return new Set(pages.flatMap((page) => [...page.keys]));
}

function encodePage(id: FeedId, sk: string, keys: ReadonlySet<string>, expiresAt: number | null): Item {
  const page = { pk: memoryPartition(id), sk, type: 'memory', ...pack(keys) };
  return expiresAt === null ? page : { ...page, expiresAt };
}

function pageCountFor(wanted: ReadonlySet<string>, stored: readonly MemoryPage[]): number {
  const bytes = [...wanted].reduce((sum, entry) => sum + entry.length / 2, 0);
  const hasNotes = bytes > wanted.size * KEY_BYTES;
  const most = hasNotes ? REDEAL_NOTED_ABOVE : REDEAL_ABOVE;
  const pageCounts = new Set(stored.filter(({ keys }) => keys.size > 0).map((page) => page.pageCount));
  const [before] = pageCounts;
  // Two counts at once are left by a write that was cut short: deal again.
  if (pageCounts.size === 1 && before !== undefined) {
    const fill = bytes / before / BYTES_PER_PAGE;
    if (fill <= most && (before === 1 || fill >= REDEAL_BELOW)) return before;
  }
  if (hasNotes && bytes <= most * BYTES_PER_PAGE) return 1;
  return 2 ** Math.max(0, Math.ceil(Math.log2(bytes / (hasNotes ? BYTES_PER_NOTED_PAGE : BYTES_PER_PAGE))));
}

function deal(keys: ReadonlySet<string>, pageCount: number): ReadonlyMap<number, ReadonlySet<string>> {
  const pages = new Map<number, Set<string>>();
  for (const key of keys) {
    if (!ENTRY_SHAPE.test(key)) {
      throw new InvalidInputError('bad_memory_key', `"${key.slice(0, 40)}" is not an item key; expected 12 hex digits`);
    }
    const number = pageCount === 1 ? 0 : hashOf(keyIn(key)) % pageCount;
    const page = pages.get(number);
    if (page === undefined) pages.set(number, new Set([key]));
    else page.add(key);
  }
  return pages;
}

/** Keys are hashed again, so that pages fill evenly whatever the keys look like. */
const hashOf = (key: string): number => createHash('sha256').update(key).digest().readUInt32BE(0);

/**
 * Sorted, so that the same set is the same bytes; the longest entries first, and the notes and ids in the same order as their keys.
 * Code that does not know notes still finds every key.
 */
function pack(entries: ReadonlySet<string>): Readonly<Record<string, Uint8Array>> {
  const sorted = [...entries].sort((one, other) => other.length - one.length || (one < other ? -1 : 1));
  const column = (from: number, bytes: number): Buffer =>
    Buffer.from(sorted.map((entry) => entry.slice(from * 2, (from + bytes) * 2)).join(''), 'hex');
  const notes = column(KEY_BYTES, NOTE_BYTES);
  const articles = column(KEY_BYTES + NOTE_BYTES, ID_BYTES);
  return {
    keys: column(0, KEY_BYTES),
    ...(notes.length === 0 ? {} : { notes }),
    ...(articles.length === 0 ? {} : { articles }),
  };
}

function unpack(keys: Uint8Array, notes: Uint8Array, articles: Uint8Array): ReadonlySet<string> {
  const digits = [keys, notes, articles].map((bytes) => Buffer.from(bytes).toString('hex'));
  const widths = [KEY_BYTES, NOTE_BYTES, ID_BYTES].map((bytes) => bytes * 2);
  return new Set(
    Array.from({ length: keys.length / KEY_BYTES }, (_, nth) =>
      digits.map((column, at) => column.slice(nth * widths[at]!, (nth + 1) * widths[at]!)).join(''),
    ),
  );
}

const keyIn = (entry: string): string => entry.slice(0, KEY_BYTES * 2);

const sameKeys = (left: ReadonlySet<string>, right: ReadonlySet<string>): boolean =>
  left.size === right.size && [...left].every((key) => right.has(key));
