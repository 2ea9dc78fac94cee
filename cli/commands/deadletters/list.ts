// `tocsin deadletters list`: the messages that were set aside after too many tries, on this machine. Works whether Tocsin runs or not.
import type { ShownDeadLetter } from '../../../local/pages/machine-api.ts';
import { INSTANCE_OPTIONS, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { localMinute } from '../../local-time.ts';
import { printJson, table } from '../../output.ts';

export const usage = 'tocsin deadletters list [--data DIR]';

interface DeadLetterList {
  /** The oldest ones; the API limits their number. */
  readonly items: readonly ShownDeadLetter[];
  readonly count: number;
}

export const run: Command = async (args, io) => {
  const { values } = parseArguments(args, { data: INSTANCE_OPTIONS.data }, usage);
  return withApi(values, io, async (api) => {
    const { items, count } = await api.call<DeadLetterList>('GET', '/v1/dead-letters');
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
