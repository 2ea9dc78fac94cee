// `tocsin topics list`: the topics in force in an instance.
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { localMinute, type ZoneOffset } from '../../local-time.ts';
import { printJson, table } from '../../output.ts';
import { fetchTopics, type ShownTopic } from '../../topics/stored-topics.ts';

export const usage = `tocsin topics list [--all] ${INSTANCE_USAGE}     --all: also those that were removed`;

export const run: Command = async (args, io) => {
  const { values } = parseArguments(args, { ...INSTANCE_OPTIONS, all: { type: 'boolean' } }, usage);
  return withApi(values, io, async (api) => {
    const topics = await fetchTopics(api, values.all === true ? 'all' : 'active');
    if (io.json) printJson(io, topics);
    else {
      const stateColumn = { title: 'STATE', value: (topic: ShownTopic) => stateInWords(topic, io.zone) };
      io.stdout(
        table(topics, [
          { title: 'ID', value: ({ id }) => id },
          { title: 'TITLE', value: ({ title }) => title },
          { title: 'SEVERITY', value: ({ severity }) => severity },
          { title: 'LANGUAGES', value: ({ languages }) => languages.join(' ') },
          { title: 'VERSION', value: ({ version }) => version },
          { title: 'PACK', value: ({ pack }) => pack },
          ...(values.all === true ? [stateColumn] : []),
        ]),
      );
    }
    return EXIT.done;
  });
};

function stateInWords({ disabledAt, isMissing }: ShownTopic, zone: ZoneOffset): string {
  if (disabledAt !== null) return `removed ${localMinute(disabledAt, zone)}`;
  return isMissing ? 'in force, pack file missing' : 'in force';
}
