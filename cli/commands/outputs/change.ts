// `tocsin outputs change`: shows something else under the same address.
import type { PublishedOutput } from '../../../shared/model/output.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { invalidArguments, parseArguments, usageHint } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';
import { OUTPUT_OPTIONS, OUTPUT_USAGE, outputAsText, outputPath, requestIn } from '../../outputs/known-outputs.ts';

const SYNOPSIS = `tocsin outputs change ID ${OUTPUT_USAGE} ${INSTANCE_USAGE}`;

export const usage: readonly string[] = [
  SYNOPSIS,
  '',
  "What is not named stays; --topic names all topics from now on, and an empty value ends a filter: --source ''",
];

export const run: Command = async (args, io) => {
  const options = { ...INSTANCE_OPTIONS, ...OUTPUT_OPTIONS };
  const { values, positionals } = parseArguments(args, options, SYNOPSIS, { min: 1, max: 1 });
  return withApi(values, io, async (api) => {
    const body = await requestIn(api, values);
    if (Object.keys(body).length === 0)
      throw invalidArguments('nothing to change: give at least one option', [usageHint(SYNOPSIS)]);
    const output = await api.call<PublishedOutput>('PATCH', outputPath(positionals[0] ?? ''), { body });
    if (io.json) printJson(io, output);
    else io.stdout(outputAsText(output, io.zone));
    return EXIT.done;
  });
};
