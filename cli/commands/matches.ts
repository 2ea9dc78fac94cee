// `tocsin matches`: stored matches, newest first, filtered, in the format asked for.

import { failureInWords } from '../../shared/alerts/wording.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { cutMarks, type Match, originsOf, type Passage, usualOrigin } from '../../shared/model/match.ts';
import { type ApiClient, connect, HOME_OPTIONS, HOME_USAGE } from '../api-client.ts';
import { didYouMean, parseArguments } from '../arguments.ts';
import { type Command, type CommandIo, EXIT } from '../command.ts';
import { ALLOWED_TIMES, isRelative, localMinute, localSecond, readTime, type ZoneOffset } from '../local-time.ts';
import { csv, oneLine, printJson } from '../output.ts';

const SYNOPSIS = `tocsin matches [ID] [--topic T] [--since TIME] [--until TIME] [--source S] [--lang L] [--feed ID] [--text …] [--limit N] [--format table|json|jsonl|csv] [--bom] ${HOME_USAGE}`;

export const usage: readonly string[] = [
  SYNOPSIS,
  '',
  `TIME: ${ALLOWED_TIMES}`,
  '--bom: begin the CSV with a byte order mark, so that Excel reads it as UTF-8.',
  'Days and times without an offset are in the time zone of this terminal; --until DAY includes that day. Tables show times in that zone; JSON and CSV are in UTC.',
];

const OPTIONS = {
  ...HOME_OPTIONS,
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

/** Excel takes a CSV file without it for one in the old encoding of its country. */
const BYTE_ORDER_MARK = '\ufeff';

const FORMATS = ['table', 'json', 'jsonl', 'csv'] as const;
type Format = (typeof FORMATS)[number];

type ShownMatch = Omit<Match, 'expiresAt'>;

const DEFAULT_LIMIT = 50;
/** Matches asked for in one request: the API's own bound. */
const PAGE = 100;

export const matches: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, OPTIONS, SYNOPSIS, { min: 0, max: 1 });
  const format = formatOf(values.format, io);
  const limit = limitOf(values.limit);
  if (values.bom === true && format !== 'csv')
    throw new InvalidInputError('invalid_arguments', '--bom goes with --format csv only', [`usage: ${SYNOPSIS}`]);
  const { topic, since, until, source, lang, feed, text } = values;
  // Mistakes are reported before the first request.
  readTimes({ since, until }, new Date(), io.zone);
  const api = await connect(values, io);
  try {
    if (positionals[0] !== undefined) return await showOne(api, positionals[0], io);
    const now = isRelative(since) || isRelative(until) ? await clockOf(api) : new Date();
    const query = { topic, ...readTimes({ since, until }, now, io.zone), source, lang, feed, text };
    const { found, thereAreMore } = await collect(
      api,
      query,
      limit,
      format === 'jsonl' ? (match) => io.stdout(`${JSON.stringify(match)}\n`) : () => {},
    );
    if (format === 'json') printJson(io, found);
    if (format === 'csv') io.stdout(`${values.bom === true ? BYTE_ORDER_MARK : ''}${asCsv(found)}`);
    if (format === 'table') io.stdout(asText(found, io));
    if (found.length === 0 && format === 'table') await sayWhatSilenceMeans(api, io);
    if (thereAreMore) io.stderr(`the newest ${limit}; --limit N shows more\n`);
    return EXIT.done;
  } finally {
    await api.close();
  }
};

async function collect(
  api: ApiClient,
  query: Record<string, string | undefined>,
  limit: number,
  onMatch: (match: ShownMatch) => void,
): Promise<{ readonly found: readonly ShownMatch[]; readonly thereAreMore: boolean }> {
  const found: ShownMatch[] = [];
  let cursor: string | null = null;
  do {
    const page = (await api.call('GET', '/v1/matches', {
      query: { ...query, limit: String(Math.min(PAGE, limit - found.length)), cursor: cursor ?? undefined },
    })) as { items: ShownMatch[]; cursor: string | null };
    const items = page.items.map(withOrigins);
    for (const match of items) onMatch(match);
    found.push(...items);
    cursor = page.cursor;
  } while (cursor !== null && found.length < limit);
  return { found, thereAreMore: cursor !== null };
}

/** A deployment of an older version does not send the origin of a passage. */
const withOrigins = (match: ShownMatch): ShownMatch => ({
  ...match,
  passages: match.passages.map((passage: Omit<Passage, 'origin'> & Partial<Passage>) => ({
    ...passage,
    origin: passage.origin ?? usualOrigin(passage.field, match.article.origin),
  })),
});

async function showOne(api: ApiClient, id: string, io: CommandIo): Promise<number> {
  const match = withOrigins((await api.call('GET', `/v1/matches/${encodeURIComponent(id)}`)) as ShownMatch);
  const { items } = (await api.call('GET', `/v1/matches/${encodeURIComponent(id)}/deliveries`)) as {
    items: {
      subscriptionId: string;
      channel: string;
      state: string;
      attempts: number;
      sentAt: string | null;
      reason: string | null;
    }[];
  };
  if (io.json) {
    printJson(io, { ...match, deliveries: items });
    return EXIT.done;
  }
  const second = (instant: string | null): string | null => (instant === null ? null : localSecond(instant, io.zone));
  io.stdout(asText([match], io));
  io.stdout(`  why        ${oneLine(match.why)} (${match.topic.id} ${match.topic.version})\n`);
  io.stdout(
    `  text from  ${match.article.origin}${match.article.extractionFailure === null ? '' : `; ${oneLine(failureInWords(match.article.extractionFailure))}`}\n`,
  );
  io.stdout(
    `  polled     ${second(match.times.polledAt)}, matched ${second(match.times.matchedAt)}, alerts ready ${second(match.times.alertedAt) ?? (match.quiet === null ? 'not yet' : `never: ${QUIET_WORDS[match.quiet]}`)}\n`,
  );
  for (const each of items) {
    io.stdout(
      `  ${each.channel.padEnd(9)}  ${each.state}${each.sentAt === null ? '' : ` ${second(each.sentAt)}`}, tries ${each.attempts}, subscription ${each.subscriptionId}${each.reason === null ? '' : `: ${oneLine(each.reason)}`}\n`,
    );
  }
  return EXIT.done;
}

async function sayWhatSilenceMeans(api: ApiClient, io: CommandIo): Promise<void> {
  const { feeds, oldestPolledAt } = (await api.call('GET', '/v1/status')) as {
    feeds: { total: number; failing: number };
    oldestPolledAt: string | null;
  };
  io.stderr(
    `no matches; ${feeds.total - feeds.failing} of ${feeds.total} feeds are well${oldestPolledAt === null ? '' : `, all polled since ${localMinute(oldestPolledAt, io.zone)}`}\n`,
  );
}

// ---------------------------------------------------------------- formats

const QUIET_WORDS: Readonly<Record<NonNullable<Match['quiet']>, string>> = {
  first_poll_old: 'an old item of a first poll',
  old: 'its date was old when its feed first showed it',
};

/** Before the title of a match that sent no alert. */
const QUIET_MARKS: Readonly<Record<NonNullable<Match['quiet']>, string>> = {
  first_poll_old: '(first poll) ',
  old: '(old) ',
};

function asText(found: readonly ShownMatch[], { color, zone }: CommandIo): string {
  return found
    .map((match) => {
      const head = `${localMinute(match.article.firstSeenAt, zone)}  [${oneLine(match.topic.title)}] ${match.quiet === null ? '' : QUIET_MARKS[match.quiet]}${oneLine(match.article.title)} — ${match.sources.map(({ title }) => oneLine(title)).join(', ')}`;
      const passages = match.passages
        .map((passage) => `  ${passage.origin.padEnd(8)} ${marked(passage, color)}\n`)
        .join('');
      return `${head}\n${passages}  ${oneLine(match.article.url)}  ${match.id}\n`;
    })
    .join('\n');
}

/** The passage with its matched words in bold on a terminal, between asterisks elsewhere. */
export function marked(passage: Match['passages'][number], color: boolean): string {
  const [open, close] = color ? ['\u001b[1;33m', '\u001b[0m'] : ['*', '*'];
  const [before, after] = cutMarks(passage);
  let out = before;
  let at = 0;
  for (const [start, end] of passage.highlights) {
    out += oneLine(passage.text.slice(at, start - passage.start));
    out += open + oneLine(passage.text.slice(start - passage.start, end - passage.start)) + close;
    at = end - passage.start;
  }
  return out + oneLine(passage.text.slice(at)) + after;
}

const asCsv = (found: readonly ShownMatch[]): string =>
  csv([
    [
      'id',
      'topic',
      'topic_version',
      'severity',
      'first_seen',
      'published',
      'language',
      'sources',
      'title',
      'url',
      'passage',
      'origin',
      'why',
      'quiet',
    ],
    ...found.map((match) => [
      match.id,
      match.topic.id,
      match.topic.version,
      match.topic.severity,
      match.article.firstSeenAt,
      match.article.publishedAt ?? '',
      match.article.language,
      match.sources.map(({ title }) => title).join('; '),
      match.article.title,
      match.article.url,
      match.passages.map(({ text }) => text).join(' … '),
      originsOf(match).join('; '),
      match.why,
      match.quiet ?? '',
    ]),
  ]);

// ---------------------------------------------------------------- arguments

function formatOf(given: string | undefined, io: CommandIo): Format {
  if (given === undefined) return io.json ? 'json' : 'table';
  const format = FORMATS.find((name) => name === given);
  if (format !== undefined) return format;
  const near = didYouMean(given, FORMATS).map((name) => `did you mean ${name}?`);
  throw new InvalidInputError('invalid_arguments', `--format: "${given}" is not one of ${FORMATS.join(', ')}`, near);
}

function limitOf(given: string | undefined): number {
  if (given === undefined) return DEFAULT_LIMIT;
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < 1)
    throw new InvalidInputError('invalid_arguments', `--limit: "${given}" is not a whole number above 0`);
  return limit;
}

/** The query stays the same from page to page, because relative times become instants here, once. */
function readTimes(
  { since, until }: { readonly since: string | undefined; readonly until: string | undefined },
  now: Date,
  zone: ZoneOffset,
): { readonly since: string | undefined; readonly until: string | undefined } {
  return {
    since: since === undefined ? undefined : readTime('since', since, now, zone),
    until: until === undefined ? undefined : readTime('until', until, now, zone),
  };
}

/** The instance's clock: this machine's may be wrong. */
async function clockOf(api: ApiClient): Promise<Date> {
  const { time } = (await api.call('GET', '/v1/status')) as { time: string };
  return new Date(time);
}
