// `tocsin topics list` and `push`: the topics in force in an instance, and putting packs in force there.
import { InvalidInputError } from '../../shared/errors.ts';
import { formatProblem } from '../../shared/topics/parse-pack.ts';
import { HOME_OPTIONS } from '../api-client.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, EXIT } from '../command.ts';
import { printJson, table } from '../output.ts';
import { readPacks } from '../packs.ts';
import { everything, withApi } from './subscribe.ts';

export const usage = {
  list: 'tocsin topics list [--stack NAME]',
  push: 'tocsin topics push [FILE.yaml …] [--stack NAME]     default: every pack in config/topics',
};

interface ShownTopic {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly severity: string;
  readonly pack: string;
  readonly languages: readonly string[];
}

export const listTopics: Command = async (args, io) => {
  const { values } = parseArguments(args, HOME_OPTIONS, usage.list);
  return withApi(values, io, async (api) => {
    const topics = await everything<ShownTopic>(api, '/v1/topics');
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
        ]),
      );
    }
    return EXIT.done;
  });
};

/** All packs named are put in force together, or none when one of them has an error. */
export const pushTopics: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, HOME_OPTIONS, usage.push, { min: 0, max: 1000 });
  const packs = await readPacks(io, undefined, positionals, false);
  const errors = packs.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    throw new InvalidInputError(
      'invalid_topic',
      'nothing was changed: some packs have errors',
      errors.map(formatProblem),
    );
  }
  const topics = packs.flatMap((pack) => pack.topics);
  return withApi(values, io, async (api) => {
    const replacePacks = [...new Set(topics.map(({ pack }) => pack))];
    const answer = (await api.call('PUT', '/v1/topics', { body: { topics, replacePacks } })) as {
      changed: string[];
      ended: string[];
    };
    if (io.json) printJson(io, answer);
    else
      io.stdout(
        `${topics.length} topics: ${answer.changed.length} changed${answer.changed.length > 0 ? ` (${answer.changed.join(', ')})` : ''}, ${answer.ended.length} ended${answer.ended.length > 0 ? ` (${answer.ended.join(', ')})` : ''}\n`,
      );
    return EXIT.done;
  });
};
