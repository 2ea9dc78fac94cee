// `tocsin feeds`: what is followed and how it fares; add, remove, import, export; and `check`, which explains without storing.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { unreadable } from '../../adapters/files/unreadable.ts';
import { InvalidInputError, TocsinError } from '../../shared/core/errors.ts';
import { HEALTH_STATUSES } from '../../shared/feeds/feed-health.ts';
import { type OpmlFeed, parseOpml, writeOpml } from '../../shared/feeds/opml.ts';
import { counted } from '../../shared/health/finding.ts';
import { MOST_FEEDS_A_REQUEST } from '../../shared/model/feed.ts';
import { feedIdOf } from '../../shared/model/ids.ts';
import { canonicalUrl } from '../../shared/net/canonical-url.ts';
import { displayUrl } from '../../shared/net/display-url.ts';
import { withoutFeedScheme } from '../../shared/net/feed-scheme.ts';
import { type ApiClient, connect, HOME_OPTIONS, HOME_USAGE } from '../api-client.ts';
import { didYouMean, parseArguments } from '../arguments.ts';
import { type Command, type CommandIo, configFolder, EXIT } from '../command.ts';
import { localMinute, withLocalTimes } from '../local-time.ts';
import { oneLine, printJson, table } from '../output.ts';
import { addFeeds } from './feeds-add.ts';
import { everything, withApi } from './subscribe.ts';

export interface ShownFeed {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly folder: string;
  readonly language: string | null;
  readonly fullText: 'auto' | 'always' | 'never';
  readonly active: boolean;
  readonly health: {
    readonly status: string;
    readonly explanation: string;
    readonly since: string | null;
    readonly lastGoodPollAt: string | null;
    readonly lastNewItemAt: string | null;
    readonly itemsPerDay: number | null;
    readonly nextPollAt: string | null;
    readonly textOrigin: string | null;
    /** Absent in answers of an older version. */
    readonly validatorsIgnoredUntil?: string | null;
    readonly oldItems?: { readonly count: number; readonly firstAt: string; readonly lastAt: string } | null;
  };
}

/** One line a verb, and what WHERE is. */
export const usage = [
  'tocsin feeds list [--status S] [WHERE]',
  'tocsin feeds add URL [URL …] [--title T] [--folder F] [--lang L] [--full-text auto|always|never] [--anyway] [WHERE]     each is read first, unless --anyway',
  'tocsin feeds change ID|URL [--title T] [--folder F] [--lang L] [--full-text auto|always|never] [--pause|--resume] [WHERE]',
  'tocsin feeds check URL|FILE         what would be read, and why; nothing is stored',
  'tocsin feeds import FILE|URL [--dry-run] [WHERE]',
  'tocsin feeds export [WHERE]         OPML on standard output',
  'tocsin feeds remove ID|URL [WHERE]',
  'tocsin feeds poll ID|URL [WHERE]    at once, whatever the schedule says',
  `WHERE: ${HOME_USAGE}`,
] as const;

/** The line of a verb, for a message about its arguments. */
const usageOf = (verb: string): string =>
  usage.filter((line) => line.startsWith(`tocsin feeds ${verb} `) || line.startsWith('WHERE')).join('\n         ');

/** In pages as long as the API gives, for each costs a look at all poll groups. */
export const allFeeds = (api: ApiClient): Promise<readonly ShownFeed[]> =>
  everything<ShownFeed>(api, '/v1/feeds', { limit: '100' });

const STATUSES: readonly string[] = HEALTH_STATUSES;

const ACTIONS: Readonly<Record<string, Command>> = {
  list,
  add,
  change,
  check,
  import: importOpml,
  export: exportOpml,
  remove,
  poll,
};

export const feeds: Command = async (args, io) => {
  const [action = 'list', ...rest] = args[0]?.startsWith('-') ? ['list', ...args] : args;
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (run !== undefined) return run(rest, io);
  const near = didYouMean(action, Object.keys(ACTIONS)).map((name) => `did you mean ${name}?`);
  throw new InvalidInputError('invalid_arguments', `tocsin feeds has no "${action}"`, [
    ...near,
    `usage: ${usage.join('\n         ')}`,
  ]);
};

async function list(args: readonly string[], io: CommandIo): Promise<number> {
  const { values } = parseArguments(args, { ...HOME_OPTIONS, status: { type: 'string' } }, usageOf('list'));
  if (values.status !== undefined && !STATUSES.includes(values.status)) {
    const near = didYouMean(values.status, STATUSES).map((name) => `did you mean ${name}?`);
    const known = `--status: "${values.status}" is not one of ${STATUSES.join(', ')}`;
    throw new InvalidInputError('invalid_arguments', known, near);
  }
  return withApi(values, io, async (api) => {
    const all = await allFeeds(api);
    const minute = (instant: string | null): string => (instant === null ? '' : localMinute(instant, io.zone));
    const shown = values.status === undefined ? all : all.filter(({ health }) => health.status === values.status);
    if (io.json) printJson(io, shown);
    else {
      io.stdout(
        table(shown, [
          { title: 'STATUS', value: ({ health }) => health.status },
          { title: 'FEED', value: ({ title }) => title, maxWidth: 36 },
          { title: 'FOLDER', value: ({ folder }) => folder, maxWidth: 20 },
          { title: 'SINCE', value: ({ health }) => minute(health.since) },
          { title: 'LAST GOOD POLL', value: ({ health }) => minute(health.lastGoodPollAt) },
          { title: 'LAST NEW ITEM', value: ({ health }) => minute(health.lastNewItemAt) },
          { title: 'A DAY', value: ({ health }) => health.itemsPerDay?.toFixed(1) ?? '' },
          { title: 'NEXT', value: ({ health }) => minute(health.nextPollAt) },
          { title: 'TEXT', value: ({ health }) => health.textOrigin ?? '' },
          { title: 'ADDRESS', value: ({ url }) => displayUrl(url), maxWidth: 80 },
          { title: 'IN WORDS', value: (feed) => withLocalTimes(inWords(feed), io.zone), maxWidth: 360 },
        ]),
      );
      io.stderr(`${counted(shown.length, 'feed')}\n`);
    }
    return EXIT.done;
  });
}

/** Without the address, which has a column of its own. */
function inWords({ url, health }: ShownFeed): string {
  const shown = displayUrl(url);
  return health.explanation.startsWith(shown)
    ? health.explanation.slice(shown.length).replace(/^:? /, '')
    : health.explanation;
}

/** Each takes some seconds; more are for `import`. */
const MOST_ADDED = 100;

const SETTING_OPTIONS = {
  title: { type: 'string' },
  folder: { type: 'string' },
  lang: { type: 'string' },
  'full-text': { type: 'string' },
} as const;

/** What the options say of a feed, as the API takes it. */
const settingsIn = (values: { title?: string; folder?: string; lang?: string; 'full-text'?: string }) => ({
  ...(values.title === undefined ? {} : { title: values.title }),
  ...(values.folder === undefined ? {} : { folder: values.folder }),
  ...(values.lang === undefined ? {} : { language: values.lang === '' ? null : values.lang }),
  ...(values['full-text'] === undefined ? {} : { fullText: values['full-text'] }),
});

async function add(args: readonly string[], io: CommandIo): Promise<number> {
  const options = { ...HOME_OPTIONS, ...SETTING_OPTIONS, anyway: { type: 'boolean' } } as const;
  const { values, positionals } = parseArguments(args, options, usageOf('add'), { min: 1, max: MOST_ADDED });
  if (values.title !== undefined && positionals.length > 1) {
    throw new InvalidInputError('invalid_arguments', '--title is for one feed; several are named', [
      `usage: ${usageOf('add')}`,
    ]);
  }
  const settings = settingsIn(values);
  return withApi(values, io, (api) => addFeeds(positionals, { settings, anyway: values.anyway === true }, api, io));
}

/** Only what is named changes; an empty text takes back what was said (`--lang ''`: the language is told from the text again). */
async function change(args: readonly string[], io: CommandIo): Promise<number> {
  const options = {
    ...HOME_OPTIONS,
    ...SETTING_OPTIONS,
    pause: { type: 'boolean' },
    resume: { type: 'boolean' },
  } as const;
  const { values, positionals } = parseArguments(args, options, usageOf('change'), { min: 1, max: 1 });
  if (values.pause && values.resume) {
    throw new InvalidInputError('invalid_arguments', '--pause and --resume contradict each other', [
      `usage: ${usageOf('change')}`,
    ]);
  }
  const active = values.pause ? { active: false } : values.resume ? { active: true } : {};
  const body = { ...settingsIn(values), ...active };
  if (Object.keys(body).length === 0) {
    throw new InvalidInputError('invalid_arguments', 'nothing is named that is to change', [
      `usage: ${usageOf('change')}`,
    ]);
  }
  return withApi(values, io, async (api) => {
    const id = await idOf(api, positionals[0]);
    const feed = (await api.call('PATCH', `/v1/feeds/${encodeURIComponent(id)}`, { body })) as ShownFeed;
    if (io.json) printJson(io, feed);
    else
      io.stdout(
        `${id} is changed: ${JSON.stringify(body)}. What config/feeds.opml says of it, the next start or deploy says again\n`,
      );
    return EXIT.done;
  });
}

async function remove(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArguments(args, HOME_OPTIONS, usageOf('remove'), { min: 1, max: 1 });
  return withApi(values, io, async (api) => {
    const id = await idOf(api, positionals[0]);
    await api.call('DELETE', `/v1/feeds/${encodeURIComponent(id)}`);
    if (io.json) printJson(io, { removed: id });
    else
      io.stdout(
        `${id} is no longer followed; its matches stay. If it stands in config/feeds.opml, take it out there too: the next start or deploy brings it back\n`,
      );
    return EXIT.done;
  });
}

/** Polls a feed now, whatever its schedule says; what its host asked for is still heeded. */
async function poll(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArguments(args, HOME_OPTIONS, usageOf('poll'), { min: 1, max: 1 });
  return withApi(values, io, async (api) => {
    const id = await idOf(api, positionals[0]);
    await api.call('POST', `/v1/feeds/${encodeURIComponent(id)}/poll`);
    if (io.json) printJson(io, { queued: id });
    else io.stdout(`${id} is polled next\n`);
    return EXIT.done;
  });
}

const idOf = (api: ApiClient, which = ''): Promise<string> | string =>
  which.includes('/') ? idOfUrl(api, which) : which;

/** By the address as it was added, however it is written; or by the one to which the feed has moved since. */
async function idOfUrl(api: ApiClient, url: string): Promise<string> {
  const id = idWhenAdded(url);
  const feed = (await allFeeds(api)).find((each) => each.id === id || each.url === url);
  if (feed === undefined) throw new InvalidInputError('not_found', `${url} is not followed`);
  return feed.id;
}

function idWhenAdded(url: string): string | null {
  const canonical = canonicalUrl(withoutFeedScheme(url.trim()));
  return canonical === null ? null : feedIdOf(canonical);
}

async function exportOpml(args: readonly string[], io: CommandIo): Promise<number> {
  const { values } = parseArguments(args, HOME_OPTIONS, usageOf('export'));
  return withApi(values, io, async (api) => {
    const all = await allFeeds(api);
    // A feed without any title is shown by its address, which is no title to be kept.
    io.stdout(
      writeOpml(all.map((feed) => ({ ...feed, title: feed.title === displayUrl(feed.url) ? '' : feed.title }))),
    );
    return EXIT.done;
  });
}

/** A row that cannot be used is reported and the others are imported; exit code 2 tells of it. */
async function importOpml(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArguments(
    args,
    { ...HOME_OPTIONS, 'dry-run': { type: 'boolean' } },
    usageOf('import'),
    {
      min: 1,
      max: 1,
    },
  );
  const { feeds: rows, problems } = parseOpml(await opmlText(positionals[0] ?? '', io));
  for (const problem of problems) io.stderr(`line ${problem.line}: ${oneLine(problem.message)}\n`);
  if (rows.length === 0)
    throw new InvalidInputError('invalid_opml', `${positionals[0]} holds no feed that can be used`);
  const outcome = await withOutcome(rows, values, io);
  if (io.json) printJson(io, { ...outcome, problems });
  else
    io.stdout(
      `${values['dry-run'] ? 'would add' : 'added'} ${outcome.added}, known already ${outcome.known}, bad rows ${problems.length}${outcome.failed.length > 0 ? `, refused ${outcome.failed.length}` : ''}\n`,
    );
  return problems.length + outcome.failed.length > 0 ? EXIT.inputWrong : EXIT.done;
}

/** Of an address in a report. */
const LONGEST_SHOWN = 200;

interface ImportOutcome {
  added: number;
  known: number;
  readonly failed: { readonly url: string; readonly problem: string }[];
}

async function withOutcome(
  rows: readonly OpmlFeed[],
  values: { 'dry-run'?: boolean; data?: string; stack?: string; region?: string },
  io: CommandIo,
): Promise<ImportOutcome> {
  const outcome: ImportOutcome = { added: 0, known: 0, failed: [] };
  const api = await connect(values, io);
  try {
    const followed = values['dry-run'] ? new Set((await allFeeds(api)).map(({ id }) => id)) : null;
    if (followed !== null) {
      outcome.known = rows.filter(({ url }) => followed.has(idWhenAdded(url) ?? '')).length;
      outcome.added = rows.length - outcome.known;
      return outcome;
    }
    for (let at = 0; at < rows.length && !io.signal.aborted; at += MOST_FEEDS_A_REQUEST) {
      const some = rows.slice(at, at + MOST_FEEDS_A_REQUEST);
      await importRows(api, some, outcome, io);
      if (rows.length > MOST_FEEDS_A_REQUEST) io.stderr(`${at + some.length} of ${rows.length} …\n`);
    }
    return outcome;
  } finally {
    await api.close();
  }
}

/** Together; where one of them is refused, each alone, so that it does not take the others with it. */
async function importRows(
  api: ApiClient,
  rows: readonly OpmlFeed[],
  outcome: ImportOutcome,
  io: CommandIo,
): Promise<void> {
  try {
    const answer = (await api.call('POST', '/v1/feeds/import', { body: { feeds: rows } })) as {
      outcomes: readonly ('added' | 'known')[];
    };
    for (const each of answer.outcomes) outcome[each] += 1;
  } catch (error) {
    if (!(error instanceof TocsinError) || error.retryable) throw error;
    const [row, ...others] = rows;
    if (row === undefined) return;
    if (others.length > 0) {
      for (const each of rows) await importRows(api, [each], outcome, io);
      return;
    }
    const problem = [error.message, ...(error instanceof InvalidInputError ? error.problems : [])].join(': ');
    outcome.failed.push({ url: row.url, problem });
    io.stderr(`${oneLine(row.url.slice(0, LONGEST_SHOWN))}: ${oneLine(problem)}\n`);
  }
}

/** In whatever encoding its declaration names: older readers export in that of their country. */
async function opmlText(where: string, io: CommandIo): Promise<string> {
  const bytes = /^https?:/i.test(where) ? await opmlFromWeb(where, io) : await opmlFromFile(where, io);
  const { decodeBytes } = await import('../../shared/feeds/reading/decode-bytes.ts');
  return decodeBytes(bytes, undefined).text;
}

async function opmlFromWeb(url: string, io: CommandIo): Promise<Uint8Array> {
  const [{ fetchDocument }, { readSettings }] = await Promise.all([
    import('../../adapters/http/fetch-document.ts'),
    import('../../adapters/files/read-configuration.ts'),
  ]);
  const { contact, fetch } = await readSettings(configFolder(io), io.env);
  return fetchDocument(url, { allowHosts: fetch.allowHosts, contact });
}

const opmlFromFile = (where: string, io: CommandIo): Promise<Uint8Array> =>
  readFile(resolve(io.cwd, where)).catch((cause: unknown) => {
    throw unreadable(where, cause);
  });

async function check(args: readonly string[], io: CommandIo): Promise<number> {
  const { explainFeed } = await import('../explain-feed.ts');
  const { positionals } = parseArguments(args, {}, usageOf('check'), { min: 1, max: 1 });
  return explainFeed(positionals[0] ?? '', io);
}
