// `tocsin feeds add`: each address is read before it is followed, by the instance that will poll it.
import { InvalidInputError } from '../../../shared/core/errors.ts';
import { addressesOf } from '../../../shared/net/feed-scheme.ts';
import { type ApiClient, ApiProblemError, inCommandWords } from '../../api/client.ts';
import { INSTANCE_OPTIONS, withApi } from '../../api/connect.ts';
import { invalidArguments, parseArguments, usageHint } from '../../arguments.ts';
import { type Command, type CommandIo, EXIT } from '../../command.ts';
import { type AddedFeed, describeAdded, describeRefused, type RefusedFeed } from '../../feeds/describe-added-feed.ts';
import { SETTING_OPTIONS, SETTING_USAGE, settingsIn } from '../../feeds/feed-settings.ts';
import { WHERE } from '../../feeds/feed-usage.ts';
import { printJson } from '../../output.ts';

export const usage = [
  `tocsin feeds add URL [URL …] ${SETTING_USAGE} [--anyway] [WHERE]     each is read first, unless --anyway`,
  WHERE,
];

/** Each takes some seconds; `feeds import` is for more. */
const MOST_ADDED = 100;

interface AddOptions {
  /** As the API takes them. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Do not read it first. */
  readonly anyway: boolean;
}

export const run: Command = async (args, io) => {
  const options = { ...INSTANCE_OPTIONS, ...SETTING_OPTIONS, anyway: { type: 'boolean' } } as const;
  const { values, positionals } = parseArguments(args, options, usage, { min: 1, max: MOST_ADDED });
  if (values.title !== undefined && positionals.length > 1)
    throw invalidArguments('--title applies to one feed, but several are given', [usageHint(usage)]);
  const settings = settingsIn(values);
  return withApi(values, io, (api) => addFeeds(positionals, { settings, anyway: values.anyway === true }, api, io));
};

/** One after the other; a refused one does not stop the others. Exit code 2, or 1 if every failure may be temporary. */
async function addFeeds(urls: readonly string[], options: AddOptions, api: ApiClient, io: CommandIo): Promise<number> {
  const results: (AddedFeed | RefusedFeed)[] = [];
  for (const url of urls) {
    if (io.signal.aborted) break;
    const result = await addFeed(url, options, api);
    results.push(result);
    if (io.json) continue;
    if (result.outcome === 'refused') io.stderr(describeRefused(result));
    else io.stdout(describeAdded(url, result, Object.keys(options.settings).length > 0, io.zone));
  }
  if (io.json) printJson(io, urls.length === 1 ? results[0] : results);
  const refused = results.filter((result) => result.outcome === 'refused');
  if (refused.length === 0) return EXIT.done;
  return refused.every(({ temporary }) => temporary) ? EXIT.workFailed : EXIT.inputWrong;
}

async function addFeed(
  url: string,
  { settings, anyway }: AddOptions,
  api: ApiClient,
): Promise<AddedFeed | RefusedFeed> {
  try {
    // The scheme can be found only by reading the address. If it is not read, the likeliest one is taken.
    const body = { ...settings, url: anyway ? addressesOf(url)[0] : url, verify: !anyway };
    return await api.call<AddedFeed>('POST', '/v1/feeds', { body });
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const refusal: Partial<RefusedFeed> = error instanceof ApiProblemError ? error.problem : {};
    const { kind, temporary, advice, candidates } = refusal;
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
