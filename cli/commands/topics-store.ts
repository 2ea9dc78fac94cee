// `tocsin topics list`, `push`, `remove`, `restore`: the topics in force in an instance, and changing which these are.
import { InvalidInputError } from '../../shared/core/errors.ts';
import { nearestNames } from '../../shared/core/nearest-names.ts';
import { formatProblem, type ParsedPack } from '../../shared/packs/parse-pack.ts';
import type { TopicSubscription } from '../../shared/usecases/managing/end-topics.ts';
import { type ApiClient, HOME_OPTIONS, HOME_USAGE } from '../api-client.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, type CommandIo, EXIT } from '../command.ts';
import { localMinute } from '../local-time.ts';
import { printJson, table } from '../output.ts';
import { readPacks } from '../packs.ts';
import { aboutSubscriptions } from '../topic-changes.ts';
import { everything, withApi } from './subscribe.ts';

export const usage = {
  list: `tocsin topics list [--all] ${HOME_USAGE}     --all: those that were removed too`,
  push: `tocsin topics push [FILE.yaml …] [--end-missing] ${HOME_USAGE}     default: every pack in config/topics; --end-missing: those of files that are gone end, however many`,
  remove: `tocsin topics remove ID [ID …] ${HOME_USAGE}     matches and subscriptions stay`,
  restore: `tocsin topics restore ID [ID …] ${HOME_USAGE}     undoes remove`,
};

/** Topics that one command names. */
const MOST_NAMED = 1000;

interface ShownTopic {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly severity: string;
  readonly pack: string;
  readonly languages: readonly string[];
  readonly state: 'active' | 'disabled';
  readonly disabledAt: string | null;
  readonly isMissing: boolean;
}

export const listTopics: Command = async (args, io) => {
  const { values } = parseArguments(args, { ...HOME_OPTIONS, all: { type: 'boolean' } }, usage.list);
  return withApi(values, io, async (api) => {
    const topics = await everything<ShownTopic>(api, '/v1/topics', values.all === true ? { state: 'all' } : {});
    if (io.json) printJson(io, topics);
    else {
      io.stdout(
        table(topics, [
          { title: 'ID', value: ({ id }) => id },
          { title: 'TITLE', value: ({ title }) => title },
          { title: 'SEVERITY', value: ({ severity }) => severity },
          { title: 'LANGUAGES', value: ({ languages }) => languages.join(' ') },
          { title: 'VERSION', value: ({ version }) => version },
          { title: 'PACK', value: ({ pack }) => pack },
          ...(values.all === true ? [{ title: 'STATE', value: stateOf(io) }] : []),
        ]),
      );
    }
    return EXIT.done;
  });
};

const stateOf =
  (io: CommandIo) =>
  ({ disabledAt, isMissing }: ShownTopic): string => {
    if (disabledAt !== null) return `removed ${localMinute(disabledAt, io.zone)}`;
    return isMissing ? 'in force, pack file is gone' : 'in force';
  };

/** All packs named are put in force together, or none when one of them has an error. */
export const pushTopics: Command = async (args, io) => {
  const options = { ...HOME_OPTIONS, 'end-missing': { type: 'boolean' } } as const;
  const { values, positionals } = parseArguments(args, options, usage.push, { min: 0, max: MOST_NAMED });
  const isWhole = positionals.length === 0;
  const endMissing = values['end-missing'] === true;
  if (endMissing && !isWhole) {
    const message = '--end-missing is about packs that are gone from config/topics; it takes no files';
    throw new InvalidInputError('invalid_arguments', message, [`usage: ${usage.push}`]);
  }
  const packs = await packsToPush(io, positionals, endMissing);
  const topics = packs.flatMap((pack) => pack.topics);
  const body = {
    topics,
    replacePacks: packs.map(({ packId }) => packId),
    source: isWhole ? 'configuration' : 'push',
    endMissing,
  };
  return withApi(values, io, async (api) => {
    const answer = (await api.call('PUT', '/v1/topics', { body })) as TopicsPushed;
    if (io.json) printJson(io, answer);
    else {
      const { changed, ended, disabled } = answer;
      const parts = [named('changed', changed), named('ended', ended)];
      if (disabled.length > 0)
        parts.push(`${named('removed before', disabled)}: they stay so until tocsin topics restore`);
      io.stdout(`${topics.length} topics: ${parts.join(', ')}\n`);
      tell(io, answer.subscriptions);
    }
    return EXIT.done;
  });
};

interface TopicsPushed {
  readonly changed: readonly string[];
  readonly ended: readonly string[];
  readonly disabled: readonly string[];
  readonly subscriptions: readonly TopicSubscription[];
}

const named = (what: string, ids: readonly string[]): string =>
  `${ids.length} ${what}${ids.length > 0 ? ` (${ids.join(', ')})` : ''}`;

/** Without any errors. A folder without packs is none only when topics of packs that are gone are to end. */
async function packsToPush(
  io: CommandIo,
  files: readonly string[],
  endMissing: boolean,
): Promise<readonly ParsedPack[]> {
  const packs = await readPacks(io, undefined, files, false).catch((error: unknown) => {
    if (endMissing && error instanceof InvalidInputError && error.code === 'no_packs') return [];
    throw error;
  });
  const errors = packs.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return packs;
  const message = 'nothing was changed: some packs have errors';
  throw new InvalidInputError('invalid_topic', message, errors.map(formatProblem));
}

/** All of them, or none when one is not known. */
export const removeTopics: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, HOME_OPTIONS, usage.remove, { min: 1, max: MOST_NAMED });
  return withApi(values, io, async (api) => {
    const removed: { id: string; outcome: 'disabled' | 'ended' }[] = [];
    const subscriptions: TopicSubscription[] = [];
    for (const id of await knownTopics(api, positionals)) {
      const answer = (await api.call('DELETE', pathOf(id))) as {
        outcome: 'disabled' | 'ended';
        subscriptions: TopicSubscription[];
      };
      removed.push({ id, outcome: answer.outcome });
      subscriptions.push(...answer.subscriptions);
    }
    if (io.json) printJson(io, { removed, subscriptions });
    else {
      for (const { id, outcome } of removed) {
        const back =
          outcome === 'disabled' ? `stays so until: tocsin topics restore ${id}` : 'comes back when it is pushed again';
        io.stdout(`${id} is no longer matched, and ${back}. Its matches stay; alerts of these are still sent\n`);
      }
      tell(io, subscriptions);
    }
    return EXIT.done;
  });
};

export const restoreTopics: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, HOME_OPTIONS, usage.restore, { min: 1, max: MOST_NAMED });
  return withApi(values, io, async (api) => {
    const restored = await knownTopics(api, positionals);
    for (const id of restored) await api.call('POST', `${pathOf(id)}/restore`);
    if (io.json) printJson(io, { restored });
    else io.stdout(`in force again: ${restored.join(', ')}\n`);
    return EXIT.done;
  });
};

const pathOf = (id: string): string => `/v1/topics/${encodeURIComponent(id)}`;

/** Each once. Throws InvalidInputError with the nearest names when one is not known, before anything is changed. */
async function knownTopics(api: ApiClient, ids: readonly string[]): Promise<readonly string[]> {
  const known = (await everything<ShownTopic>(api, '/v1/topics', { state: 'all' })).map(({ id }) => id);
  const problems = ids
    .filter((id) => !known.includes(id))
    .map((id) => {
      const near = nearestNames(id, known);
      return `"${id}" is not a topic${near.length === 0 ? '; known: tocsin topics list --all' : `; did you mean ${near.join(' or ')}?`}`;
    });
  if (problems.length > 0) throw new InvalidInputError('unknown_topic', 'nothing was changed', problems);
  return [...new Set(ids)];
}

function tell(io: CommandIo, subscriptions: readonly TopicSubscription[]): void {
  for (const line of aboutSubscriptions(subscriptions)) io.stdout(`${line}\n`);
}
