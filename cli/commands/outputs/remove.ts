// `tocsin outputs remove`: ends an output; its matches stay.
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';
import { outputPath } from '../../outputs/known-outputs.ts';

export const usage = `tocsin outputs remove ID ${INSTANCE_USAGE}`;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 1, max: 1 });
  const [id = ''] = positionals;
  return withApi(values, io, async (api) => {
    await api.call('DELETE', outputPath(id));
    if (io.json) printJson(io, { removed: id });
    else io.stdout(`${id} was removed, and its address opens nothing any more; its matches stay\n`);
    return EXIT.done;
  });
};
