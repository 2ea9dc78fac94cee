// `tocsin outputs add`: offers matches as a feed, under a secret address.
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';
import {
  addressesAsText,
  type OpenedOutput,
  OUTPUT_OPTIONS,
  OUTPUT_USAGE,
  outputAsText,
  requestIn,
} from '../../outputs/known-outputs.ts';

export const usage = `tocsin outputs add ${OUTPUT_USAGE} ${INSTANCE_USAGE}`;

export const run: Command = async (args, io) => {
  const { values } = parseArguments(args, { ...INSTANCE_OPTIONS, ...OUTPUT_OPTIONS }, usage);
  return withApi(values, io, async (api) => {
    const body = await requestIn(api, values);
    const output = await api.call<OpenedOutput>('POST', '/v1/outputs', { body });
    if (io.json) printJson(io, output);
    else io.stdout(`${outputAsText(output, io.zone)}${addressesAsText(output)}`);
    return EXIT.done;
  });
};
