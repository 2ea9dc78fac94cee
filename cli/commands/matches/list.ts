// `tocsin matches`: stored matches, newest first, filtered, in the format asked for.
import type { PublishedMatch } from '../../../shared/model/match.ts';
import type { Page } from '../../../shared/model/page.ts';
import type { ApiClient } from '../../api/client.ts';
import { clockOf } from '../../api/clock.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { invalidArguments, oneOf, parseArguments, usageHint } from '../../arguments.ts';
import { type Command, type CommandIo, EXIT } from '../../command.ts';
import { ALLOWED_TIMES, isRelative, localMinute, readTime, type ZoneOffset } from '../../local-time.ts';
import { matchesAsCsv } from '../../matches/match-csv.ts';
import { matchesAsText } from '../../matches/shown-match.ts';
import { printJson } from '../../output.ts';
import { showMatch } from './show.ts';

const SYNOPSIS = `tocsin matches [ID] [--topic T] [--since TIME] [--until TIME] [--source S] [--lang L] [--feed ID] [--text …] [--limit N] [--format table|json|jsonl|csv] [--bom] ${INSTANCE_USAGE}`;

export const usage: readonly string[] = [
  SYNOPSIS,
  '',
  `TIME: ${ALLOWED_TIMES}`,
  '--bom: begin the CSV with a byte order mark, so that Excel reads it as UTF-8.',
  'Days, and times without an offset, are in the time zone of this terminal; --until DAY includes that day. Tables show times in that zone, JSON and CSV in UTC.',
];

const OPTIONS = {
  ...INSTANCE_OPTIONS,
  topic: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  source: { type: 'string' },
  lang: { type: 'string' },
  feed: { type: 'string' },
  text: { type: 'string' },
  limit: { type: 'string' },
  format: { type: 'string' },
  bom: { type: 'boolean' },
} as const;

/** Without it Excel reads a CSV in the old encoding of its country. */
const BYTE_ORDER_MARK = '\ufeff';

const FORMATS = ['table', 'json', 'jsonl', 'csv'] as const;
type Format = (typeof FORMATS)[number];

const DEFAULT_LIMIT = 50;
/** Matches in one request: the most that the API allows. */
const PAGE_LIMIT = 100;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, OPTIONS, SYNOPSIS, { min: 0, max: 1 });
  const format = formatOf(values.format, io);
  const limit = limitOf(values.limit);
  if (values.bom === true && format !== 'csv')
    throw invalidArguments('--bom works with --format csv only', [usageHint(SYNOPSIS)]);
  const { topic, since, until, source, lang, feed, text } = values;
  // Mistakes are reported before the first request.
  readTimes({ since, until }, new Date(), io.zone);
  return withApi(values, io, async (api) => {
    const [id] = positionals;
    if (id !== undefined) return showMatch(api, id, io);
    const now = isRelative(since) || isRelative(until) ? await clockOf(api) : new Date();
    const query = { topic, ...readTimes({ since, until }, now, io.zone), source, lang, feed, text };
    const printLine = (match: PublishedMatch): void => io.stdout(`${JSON.stringify(match)}\n`);
    const { found, hasMore } = await fetchMatches(api, query, limit, format === 'jsonl' ? printLine : () => {});
    if (format === 'json') printJson(io, found);
    if (format === 'csv') io.stdout(`${values.bom === true ? BYTE_ORDER_MARK : ''}${matchesAsCsv(found)}`);
    if (format === 'table') io.stdout(matchesAsText(found, io));
    if (format === 'table' && found.length === 0) await printFeedHealth(api, io);
    if (hasMore) io.stderr(`showing the newest ${limit}; --limit N shows more\n`);
    return EXIT.done;
  });
};

/** `onMatch` is called as the pages arrive. */
async function fetchMatches(
  api: ApiClient,
  query: Readonly<Record<string, string | undefined>>,
  limit: number,
  onMatch: (match: PublishedMatch) => void,
): Promise<{ readonly found: readonly PublishedMatch[]; readonly hasMore: boolean }> {
  const found: PublishedMatch[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<PublishedMatch> = await api.call<Page<PublishedMatch>>('GET', '/v1/matches', {
      query: { ...query, limit: String(Math.min(PAGE_LIMIT, limit - found.length)), cursor: cursor ?? undefined },
    });
    for (const match of page.items) onMatch(match);
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null && found.length < limit);
  return { found, hasMore: cursor !== null };
}

/** No matches mean nothing if the feeds could not be read. */
async function printFeedHealth(api: ApiClient, io: CommandIo): Promise<void> {
  const { feeds, oldestPolledAt } = await api.call<{
    readonly feeds: { readonly total: number; readonly failing: number };
    readonly oldestPolledAt: string | null;
  }>('GET', '/v1/status');
  const since = oldestPolledAt === null ? '' : `, all polled since ${localMinute(oldestPolledAt, io.zone)}`;
  io.stderr(`no matches; ${feeds.total - feeds.failing} of ${feeds.total} feeds are working${since}\n`);
}

function formatOf(given: string | undefined, io: CommandIo): Format {
  if (given === undefined) return io.json ? 'json' : 'table';
  return oneOf('--format', given, FORMATS);
}

function limitOf(given: string | undefined): number {
  if (given === undefined) return DEFAULT_LIMIT;
  const limit = Number(given);
  if (Number.isInteger(limit) && limit >= 1) return limit;
  throw invalidArguments(`--limit: "${given}" is not a whole number above 0`);
}

interface TimeBounds {
  readonly since: string | undefined;
  readonly until: string | undefined;
}

/** Relative times become instants here, once, so that the query stays the same from page to page. */
const readTimes = ({ since, until }: TimeBounds, now: Date, zone: ZoneOffset): TimeBounds => ({
  since: since === undefined ? undefined : readTime('since', since, now, zone),
  until: until === undefined ? undefined : readTime('until', until, now, zone),
});
