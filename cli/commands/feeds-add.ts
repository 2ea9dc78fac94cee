// `tocsin feeds add`: each address is read before it is followed, by the instance that will poll it.
import { InvalidInputError } from '../../shared/core/errors.ts';
import { displayUrl } from '../../shared/net/display-url.ts';
import { addressesOf } from '../../shared/net/feed-scheme.ts';
import type { FeedSummary } from '../../shared/usecases/managing/verify-feed.ts';
import { type ApiClient, ApiProblemError, inCommandWords } from '../api-client.ts';
import { type CommandIo, EXIT } from '../command.ts';
import { localMinute } from '../local-time.ts';
import { oneLine, printJson } from '../output.ts';
import type { ShownFeed } from './feeds.ts';

interface Added {
  readonly outcome: 'added' | 'known';
  readonly feed: ShownFeed;
  /** Absent when it was not read. */
  readonly read?: FeedSummary;
  readonly foundOn?: string | null;
}

interface Refused {
  readonly outcome: 'refused';
  readonly url: string;
  readonly code: string;
  readonly message: string;
  readonly problems: readonly string[];
  readonly kind?: string;
  readonly temporary: boolean;
  readonly advice?: string;
  readonly candidates: readonly { readonly url: string; readonly title: string }[];
}

export interface AddOptions {
  /** What is said of each feed, as the API takes it. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Without reading it first. */
  readonly anyway: boolean;
}

/** One after the other; what is refused is told and does not stop the others. Exit code 2, or 1 where all that failed may pass. */
export async function addFeeds(
  urls: readonly string[],
  options: AddOptions,
  api: ApiClient,
  io: CommandIo,
): Promise<number> {
  const outcomes: (Added | Refused)[] = [];
  for (const url of urls) {
    if (io.signal.aborted) break;
    const outcome = await addFeed(url, options, api);
    outcomes.push(outcome);
    if (io.json) continue;
    if (outcome.outcome === 'refused') tellRefusal(outcome, io);
    else tell(url, outcome, options, io);
  }
  if (io.json) printJson(io, urls.length === 1 ? outcomes[0] : outcomes);
  const refused = outcomes.filter((outcome) => outcome.outcome === 'refused');
  if (refused.length === 0) return EXIT.done;
  return refused.every(({ temporary }) => temporary) ? EXIT.workFailed : EXIT.inputWrong;
}

async function addFeed(url: string, { settings, anyway }: AddOptions, api: ApiClient): Promise<Added | Refused> {
  try {
    // Without reading the address its scheme cannot be found: the likeliest is taken.
    const body = { ...settings, url: anyway ? addressesOf(url)[0] : url, verify: !anyway };
    return (await api.call('POST', '/v1/feeds', { body })) as Added;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const { kind, temporary, advice, candidates } = (
      error instanceof ApiProblemError ? error.problem : {}
    ) as Partial<Refused>;
    return {
      outcome: 'refused',
      url,
      code: error.code,
      message: error.message.split('\n', 1)[0] ?? '',
      problems: error.problems,
      ...(kind === undefined ? {} : { kind }),
      temporary: temporary === true,
      ...(advice === undefined ? {} : { advice: inCommandWords(advice) }),
      candidates: candidates ?? [],
    };
  }
}

function tell(url: string, { outcome, feed, read, foundOn }: Added, { settings }: AddOptions, io: CommandIo): void {
  if (outcome === 'added') io.stdout(`${feed.id} is followed from now on; its first poll is queued\n`);
  else {
    const change = Object.keys(settings).length > 0 ? `, and stays as it is: tocsin feeds change ${feed.id}` : '';
    io.stdout(`${feed.id} was followed already${change}\n`);
  }
  if (foundOn) io.stdout(`  found on  ${oneLine(displayUrl(foundOn))}, which is a web page\n`);
  if (displayUrl(feed.url) !== displayUrl(url)) io.stdout(`  address   ${oneLine(displayUrl(feed.url))}\n`);
  if (read !== undefined) io.stdout(`  read      ${inWords(read, io)}\n`);
}

function inWords({ title, format, language, items, newestAt, textOrigin }: FeedSummary, io: CommandIo): string {
  const name = title === null ? 'no title' : oneLine(title);
  const about = [FORMATS[format], ...(language === null ? [] : [oneLine(language)])].join(', ');
  const count = items === 1 ? '1 item' : `${items} items`;
  const newest = newestAt === null ? [] : [`the newest of ${localMinute(newestAt, io.zone)}`];
  return [`${name} (${about}): ${count}`, ...newest, ...(textOrigin === null ? [] : [TEXTS[textOrigin]])].join(', ');
}

const TEXTS = {
  article: '',
  feed: 'with their whole text',
  summary: 'with summaries of their text',
  title: 'with nothing but titles',
} as const;
const FORMATS = { rss: 'RSS', rdf: 'RSS 1.0', atom: 'Atom', json: 'JSON Feed' } as const;

function tellRefusal({ message, problems, advice, candidates }: Refused, io: CommandIo): void {
  io.stderr(`tocsin: ${oneLine(message)}\n`);
  for (const line of [...problems, ...(advice === undefined ? [] : [advice])]) io.stderr(`  ${oneLine(line)}\n`);
  for (const [index, { url, title }] of candidates.entries()) {
    const name = title === '' ? '' : `  ${oneLine(title)}`;
    io.stderr(`  ${index + 1}  tocsin feeds add ${quoted(oneLine(url))}${name}\n`);
  }
}

/** For a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
