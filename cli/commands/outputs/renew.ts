// `tocsin outputs renew`: another address for an output; the one before opens nothing any more.
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';
import { addressesAsText, type OpenedOutput, outputAsText, outputPath } from '../../outputs/known-outputs.ts';

export const usage = `tocsin outputs renew ID ${INSTANCE_USAGE}     the address before opens nothing any more`;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 1, max: 1 });
  return withApi(values, io, async (api) => {
    const output = await api.call<OpenedOutput>('POST', `${outputPath(positionals[0] ?? '')}/renew`);
    if (io.json) printJson(io, output);
    else io.stdout(`${outputAsText(output, io.zone)}${addressesAsText(output)}`);
    return EXIT.done;
  });
};
