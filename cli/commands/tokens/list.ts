// `tocsin tokens`: who may use the console and the API of this machine, and as what.
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { localMinute } from '../../local-time.ts';
import { printJson, table } from '../../output.ts';

export const usage = `tocsin tokens list ${INSTANCE_USAGE}`;

interface Token {
  readonly name: string;
  readonly role: string;
  readonly createdAt: string;
}

export const run: Command = async (args, io) => {
  const { values } = parseArguments(args, INSTANCE_OPTIONS, usage);
  return withApi(values, io, async (api) => {
    const { items } = await api.call<{ items: readonly Token[] }>('GET', '/v1/tokens');
    if (io.json) printJson(io, items);
    else if (items.length === 0)
      io.stderr(
        'there are no tokens but the one in the file `token`. To make one: tocsin tokens create ana --role analyst\n',
      );
    else
      io.stdout(
        table(items, [
          { title: 'NAME', value: ({ name }) => name },
          { title: 'ROLE', value: ({ role }) => role },
          { title: 'MADE', value: ({ createdAt }) => localMinute(createdAt, io.zone) },
        ]),
      );
    return EXIT.done;
  });
};
