// `tocsin outputs`: what is offered to other programs as feeds, and when each was last read.
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson, table } from '../../output.ts';
import { fetchOutputs, filterInWords } from '../../outputs/known-outputs.ts';

export const usage = `tocsin outputs list ${INSTANCE_USAGE}`;

export const run: Command = async (args, io) => {
  const { values } = parseArguments(args, INSTANCE_OPTIONS, usage);
  return withApi(values, io, async (api) => {
    const found = await fetchOutputs(api);
    if (io.json) printJson(io, found);
    else if (found.length === 0)
      io.stderr('there are no outputs yet. To add one: tocsin outputs add --topic troop-deployment\n');
    else
      io.stdout(
        table(found, [
          { title: 'TITLE', value: ({ title }) => title, maxWidth: 40 },
          { title: 'SHOWS', value: filterInWords, maxWidth: 80 },
          { title: 'LAST READ', value: ({ lastReadOn }) => lastReadOn ?? 'never' },
          { title: 'ID', value: ({ id }) => id },
        ]),
      );
    return EXIT.done;
  });
};
