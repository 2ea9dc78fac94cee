// `tocsin topics restore`: undoes `topics remove`.
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';
import { knownTopics, MOST_NAMED, topicPath } from '../../topics/stored-topics.ts';

export const usage = `tocsin topics restore ID [ID …] ${INSTANCE_USAGE}     undoes remove`;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 1, max: MOST_NAMED });
  return withApi(values, io, async (api) => {
    const restored = await knownTopics(api, positionals);
    for (const id of restored) await api.call('POST', `${topicPath(id)}/restore`);
    if (io.json) printJson(io, { restored });
    else io.stdout(`in force again: ${restored.join(', ')}\n`);
    return EXIT.done;
  });
};
