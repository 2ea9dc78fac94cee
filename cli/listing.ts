// What the commands have in common that list what was found, newest first: filters, times, the limit, formats.
import type { CsvColumn } from '../shared/model/csv-columns.ts';
import type { Page } from '../shared/model/page.ts';
import type { ApiClient } from './api/client.ts';
import { clockOf } from './api/clock.ts';
import { invalidArguments, oneOf, usageHint } from './arguments.ts';
import type { CommandIo } from './command.ts';
import { ALLOWED_TIMES, isRelative, localMinute, readTime } from './local-time.ts';
import { csv, printJson } from './output.ts';

/** What every listing takes besides its own filters. */
export const PAGE_OPTIONS = {
  since: { type: 'string' },
  until: { type: 'string' },
  limit: { type: 'string' },
  format: { type: 'string' },
  bom: { type: 'boolean' },
} as const;

export const PAGE_USAGE = '[--limit N] [--format table|json|jsonl|csv] [--bom]';

/** Of matches and stories. */
export const LISTING_FILTERS = ['topic', 'source', 'lang', 'feed', 'text'] as const;

export const LISTING_OPTIONS = {
  ...PAGE_OPTIONS,
  topic: { type: 'string' },
  source: { type: 'string' },
  lang: { type: 'string' },
  feed: { type: 'string' },
  text: { type: 'string' },
} as const;

export const LISTING_USAGE = `[--topic T] [--since TIME] [--until TIME] [--source S] [--lang L] [--feed ID] [--text …] ${PAGE_USAGE}`;

/** Explains words of `LISTING_USAGE` and `PAGE_USAGE`. */
export const LISTING_HELP: readonly string[] = [
  `TIME: ${ALLOWED_TIMES}`,
  '--bom: begin the CSV with a byte order mark, so that Excel reads it as UTF-8.',
  'Days, and times without an offset, are in the time zone of this terminal; --until DAY includes that day. Tables show times in that zone, JSON and CSV in UTC.',
];

/** Without it Excel reads a CSV in the old encoding of its country. */
const BYTE_ORDER_MARK = '\ufeff';

const FORMATS = ['table', 'json', 'jsonl', 'csv'] as const;

const DEFAULT_LIMIT = 50;
/** Things in one request: the most that the API allows. */
const PAGE_LIMIT = 100;

type ListingValues = Readonly<
  Partial<Record<Exclude<keyof typeof PAGE_OPTIONS, 'bom'>, string | undefined>> & { bom?: boolean | undefined }
> &
  Readonly<Record<string, unknown>>;

/** What was asked for, checked. */
export interface Asked {
  readonly format: (typeof FORMATS)[number];
  readonly limit: number;
  readonly values: ListingValues;
}

/** One kind of thing that is listed. */
export interface Listing<T> {
  readonly path: string;
  /** Options that go into the query under their names; one without a value as `true`. */
  readonly filters: readonly string[];
  readonly columns: readonly CsvColumn<T>[];
  asText(found: readonly T[], io: CommandIo): string;
  /** For an empty table: `no matches`. */
  readonly none: string;
  /** It comes from feeds: finding nothing means little if they could not be read. */
  readonly isOfFeeds: boolean;
}

/** Mistakes are reported before the first request. Throws InvalidInputError. */
export function readListing(values: ListingValues, synopsis: string, io: CommandIo): Asked {
  const format = values.format === undefined ? (io.json ? 'json' : 'table') : oneOf('--format', values.format, FORMATS);
  const limit = limitOf(values.limit);
  if (values.bom === true && format !== 'csv')
    throw invalidArguments('--bom works with --format csv only', [usageHint(synopsis)]);
  readTimes(values, new Date(), io);
  return { format, limit, values };
}

export async function printListing<T>(api: ApiClient, asked: Asked, listing: Listing<T>, io: CommandIo): Promise<void> {
  const { format, limit, values } = asked;
  const { since, until } = values;
  const now = isRelative(since) || isRelative(until) ? await clockOf(api) : new Date();
  const filters = listing.filters.filter((name) => values[name] !== undefined);
  const query = {
    ...Object.fromEntries(filters.map((name) => [name, String(values[name])])),
    ...readTimes(values, now, io),
  };
  const printLine = (thing: T): void => io.stdout(`${JSON.stringify(thing)}\n`);
  const { found, hasMore } = await fetchNewest(
    api,
    listing.path,
    query,
    limit,
    format === 'jsonl' ? printLine : () => {},
  );
  if (format === 'json') printJson(io, found);
  if (format === 'csv') io.stdout(`${values.bom === true ? BYTE_ORDER_MARK : ''}${asCsv(found, listing.columns)}`);
  if (format === 'table') io.stdout(listing.asText(found, io));
  if (format === 'table' && found.length === 0) {
    if (listing.isOfFeeds) await printFeedHealth(api, listing.none, io);
    else io.stderr(`${listing.none}\n`);
  }
  if (hasMore) io.stderr(`showing the newest ${limit}; --limit N shows more\n`);
}

/** `onFound` is called as the pages arrive. */
async function fetchNewest<T>(
  api: ApiClient,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  limit: number,
  onFound: (thing: T) => void,
): Promise<{ readonly found: readonly T[]; readonly hasMore: boolean }> {
  const found: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await api.call<Page<T>>('GET', path, {
      query: { ...query, limit: String(Math.min(PAGE_LIMIT, limit - found.length)), cursor: cursor ?? undefined },
    });
    for (const thing of page.items) onFound(thing);
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null && found.length < limit);
  return { found, hasMore: cursor !== null };
}

const asCsv = <T>(found: readonly T[], columns: readonly CsvColumn<T>[]): string =>
  csv([columns.map(({ name }) => name), ...found.map((thing) => columns.map(({ value }) => value(thing)))]);

/** Nothing found means nothing if the feeds could not be read. */
async function printFeedHealth(api: ApiClient, none: string, io: CommandIo): Promise<void> {
  const { feeds, oldestPolledAt } = await api.call<{
    readonly feeds: { readonly total: number; readonly failing: number };
    readonly oldestPolledAt: string | null;
  }>('GET', '/v1/status');
  const since = oldestPolledAt === null ? '' : `, all polled since ${localMinute(oldestPolledAt, io.zone)}`;
  io.stderr(`${none}; ${feeds.total - feeds.failing} of ${feeds.total} feeds are working${since}\n`);
}

function limitOf(given: string | undefined): number {
  if (given === undefined) return DEFAULT_LIMIT;
  const limit = Number(given);
  if (Number.isInteger(limit) && limit >= 1) return limit;
  throw invalidArguments(`--limit: "${given}" is not a whole number above 0`);
}

/** Relative times become instants here, once, so that the query stays the same from page to page. */
export const readTimes = (
  { since, until }: Pick<ListingValues, 'since' | 'until'>,
  now: Date,
  { zone }: Pick<CommandIo, 'zone'>,
) => ({
  since: since === undefined ? undefined : readTime('since', since, now, zone),
  until: until === undefined ? undefined : readTime('until', until, now, zone),
});
