// `tocsin deadletters`: the messages that were set aside after too many tries, on this machine. Works whether Tocsin runs or not.
import type { ShownDeadLetter } from '../../local/pages/machine-api.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { HOME_OPTIONS } from '../api-client.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, EXIT } from '../command.ts';
import { localMinute } from '../local-time.ts';
import { printJson, table } from '../output.ts';
import { withApi } from './subscribe.ts';

export const usage = [
  'tocsin deadletters list [--data DIR]',
  'tocsin deadletters redrive (ID... | --all) [--data DIR]     try them again',
  'tocsin deadletters drop (ID... | --all) [--data DIR]        delete them permanently',
] as const;

const OPTIONS = { data: HOME_OPTIONS.data, all: { type: 'boolean' } } as const;

export const deadletters: Command = async (args, io) => {
  const [verb = '', ...rest] = args;
  if (verb === 'list') return list(rest, io);
  if (verb === 'redrive' || verb === 'drop') return change(verb, rest, io);
  throw new InvalidInputError(
    'invalid_arguments',
    verb === '' ? 'tocsin deadletters needs a verb' : `tocsin deadletters has no "${verb}"`,
    [`usage: ${usage.join('\n         ')}`],
  );
};

const list: Command = async (args, io) => {
  const { values } = parseArguments(args, { data: HOME_OPTIONS.data }, usage[0]);
  return withApi(values, io, async (api) => {
    const { items, count } = (await api.call('GET', '/v1/dead-letters')) as {
      items: readonly ShownDeadLetter[];
      count: number;
    };
    if (io.json) printJson(io, items);
    else if (count === 0) io.stderr('no dead letters\n');
    else {
      io.stdout(
        table(items, [
          { title: 'ID', value: ({ id }) => String(id) },
          { title: 'QUEUE', value: ({ queue }) => queue },
          { title: 'SINCE', value: ({ since }) => localMinute(since, io.zone) },
          { title: 'ABOUT', value: ({ about }) => about },
          { title: 'REASON', value: ({ reason }) => reason ?? '', maxWidth: 100 },
        ]),
      );
      if (count > items.length) io.stderr(`and ${count - items.length} more\n`);
    }
    return EXIT.done;
  });
};

async function change(verb: 'redrive' | 'drop', args: readonly string[], io: Parameters<Command>[1]): Promise<number> {
  const { values, positionals } = parseArguments(args, OPTIONS, usage[verb === 'redrive' ? 1 : 2], {
    min: 0,
    max: Number.POSITIVE_INFINITY,
  });
  const ids = positionals.map(idOf);
  if ((ids.length === 0) !== (values.all === true))
    throw new InvalidInputError('invalid_arguments', `deadletters ${verb} needs ids or --all, and not both`);
  return withApi(values, io, async (api) => {
    const answer = (await api.call('POST', `/v1/dead-letters/${verb}`, {
      body: ids.length === 0 ? {} : { ids },
    })) as { redriven?: number; dropped?: number };
    const done = answer.redriven ?? answer.dropped ?? 0;
    if (io.json) printJson(io, answer);
    else {
      const what = verb === 'redrive' ? 'will be tried again' : 'dropped';
      io.stdout(`${done} ${done === 1 ? 'message' : 'messages'} ${what}\n`);
    }
    if (done < ids.length) io.stderr(`no such dead letter: ${ids.length - done} of ${ids.length} ids\n`);
    return done < ids.length ? EXIT.inputWrong : EXIT.done;
  });
}

function idOf(text: string): number {
  if (/^\d{1,15}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidInputError(
    'invalid_arguments',
    `"${text}" is not the id of a dead letter; see: tocsin deadletters list`,
  );
}
