// `tocsin outputs show`: what one output shows, and when it was last read. Its address cannot be shown again.
import type { PublishedOutput } from '../../../shared/model/output.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';
import { outputAsText, outputPath } from '../../outputs/known-outputs.ts';

export const usage = `tocsin outputs show ID ${INSTANCE_USAGE}`;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 1, max: 1 });
  return withApi(values, io, async (api) => {
    const output = await api.call<PublishedOutput>('GET', outputPath(positionals[0] ?? ''));
    if (io.json) printJson(io, output);
    else io.stdout(outputAsText(output, io.zone));
    return EXIT.done;
  });
};
