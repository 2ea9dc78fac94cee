// `tocsin feeds import`: follows the feeds of an OPML file, on disk or on the web.
import { InvalidInputError, TocsinError } from '../../../shared/core/errors.ts';
import { type OpmlFeed, parseOpml } from '../../../shared/feeds/opml.ts';
import { MOST_FEEDS_A_REQUEST } from '../../../shared/model/feed.ts';
import type { ApiClient } from '../../api/client.ts';
import { INSTANCE_OPTIONS, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, type CommandIo, EXIT } from '../../command.ts';
import { WHERE } from '../../feeds/feed-usage.ts';
import { fetchFeeds, idWhenAdded } from '../../feeds/followed-feeds.ts';
import { readOpmlText } from '../../feeds/read-opml-text.ts';
import { oneLine, printJson } from '../../output.ts';

export const usage = ['tocsin feeds import FILE|URL [--dry-run] [WHERE]', WHERE];

/** Of an address in a report. */
const LONGEST_SHOWN = 200;

interface ImportResult {
  readonly added: number;
  readonly known: number;
  readonly failed: readonly { readonly url: string; readonly problem: string }[];
}

const NOTHING: ImportResult = { added: 0, known: 0, failed: [] };

/** A row that cannot be used is reported, and the others are imported; exit code 2 if there was one. */
export const run: Command = async (args, io) => {
  const options = { ...INSTANCE_OPTIONS, 'dry-run': { type: 'boolean' } } as const;
  const { values, positionals } = parseArguments(args, options, usage, { min: 1, max: 1 });
  const [where = ''] = positionals;
  const { feeds: rows, problems } = parseOpml(await readOpmlText(where, io));
  for (const problem of problems) io.stderr(`line ${problem.line}: ${oneLine(problem.message)}\n`);
  if (rows.length === 0) throw new InvalidInputError('invalid_opml', `${where} has no feeds that can be used`);
  const isDryRun = values['dry-run'] === true;
  const result = await withApi(values, io, (api) => (isDryRun ? tryRows(api, rows) : importAll(api, rows, io)));
  if (io.json) printJson(io, { ...result, problems });
  else io.stdout(`${summaryOf(result, problems.length, isDryRun)}\n`);
  return problems.length + result.failed.length > 0 ? EXIT.inputWrong : EXIT.done;
};

function summaryOf({ added, known, failed }: ImportResult, badRows: number, isDryRun: boolean): string {
  const refused = failed.length > 0 ? `, refused ${failed.length}` : '';
  return `${isDryRun ? 'would add' : 'added'} ${added}, already followed ${known}, bad rows ${badRows}${refused}`;
}

async function tryRows(api: ApiClient, rows: readonly OpmlFeed[]): Promise<ImportResult> {
  const followed = new Set<string>((await fetchFeeds(api)).map(({ id }) => id));
  const known = rows.filter(({ url }) => followed.has(idWhenAdded(url) ?? '')).length;
  return { ...NOTHING, added: rows.length - known, known };
}

async function importAll(api: ApiClient, rows: readonly OpmlFeed[], io: CommandIo): Promise<ImportResult> {
  let total = NOTHING;
  for (let at = 0; at < rows.length && !io.signal.aborted; at += MOST_FEEDS_A_REQUEST) {
    const some = rows.slice(at, at + MOST_FEEDS_A_REQUEST);
    total = sum(total, await importRows(api, some, io));
    if (rows.length > MOST_FEEDS_A_REQUEST) io.stderr(`${at + some.length} of ${rows.length} …\n`);
  }
  return total;
}

/** In one request; if it is refused because of one row, each row alone, so that the others are imported. */
async function importRows(api: ApiClient, rows: readonly OpmlFeed[], io: CommandIo): Promise<ImportResult> {
  try {
    const { outcomes } = await api.call<{ outcomes: readonly ('added' | 'known')[] }>('POST', '/v1/feeds/import', {
      body: { feeds: rows },
    });
    const added = outcomes.filter((outcome) => outcome === 'added').length;
    return { ...NOTHING, added, known: outcomes.length - added };
  } catch (error) {
    if (!(error instanceof TocsinError) || error.retryable) throw error;
    const [row] = rows;
    if (rows.length === 1 && row !== undefined) return refusedRow(row, error, io);
    let total = NOTHING;
    for (const each of rows) total = sum(total, await importRows(api, [each], io));
    return total;
  }
}

function refusedRow({ url }: OpmlFeed, error: TocsinError, io: CommandIo): ImportResult {
  const problem = [error.message, ...(error instanceof InvalidInputError ? error.problems : [])].join(': ');
  io.stderr(`${oneLine(url.slice(0, LONGEST_SHOWN))}: ${oneLine(problem)}\n`);
  return { ...NOTHING, failed: [{ url, problem }] };
}

const sum = (a: ImportResult, b: ImportResult): ImportResult => ({
  added: a.added + b.added,
  known: a.known + b.known,
  failed: [...a.failed, ...b.failed],
});
