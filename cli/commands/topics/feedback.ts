// `tocsin topics feedback`: matches that readers marked as not relevant, and the examples that would keep them out.
import type { PublishedMatch } from '../../../shared/model/match.ts';
import type { Page } from '../../../shared/model/page.ts';
import { INSTANCE_OPTIONS, INSTANCE_USAGE, withApi } from '../../api/connect.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, type CommandIo, EXIT } from '../../command.ts';
import { localMinute } from '../../local-time.ts';
import { oneLine, printJson } from '../../output.ts';
import { passageRows } from '../../passages.ts';
import { mustNotExamples } from '../../topics/must-not-examples.ts';
import { topicPath } from '../../topics/stored-topics.ts';

export const usage = `tocsin topics feedback ID ${INSTANCE_USAGE}     what readers marked as not relevant, the newest first`;

/** As many as the API shows at once. */
const LIMIT = '100';

interface Feedback {
  readonly at: string;
  readonly subscriptionId: string;
  readonly match: PublishedMatch;
}

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, INSTANCE_OPTIONS, usage, { min: 1, max: 1 });
  const [topic = ''] = positionals;
  return withApi(values, io, async (api) => {
    const path = `${topicPath(topic)}/feedback`;
    const { items } = await api.call<Page<Feedback>>('GET', path, { query: { limit: LIMIT } });
    if (io.json) printJson(io, items);
    else if (items.length === 0) io.stdout(`${oneLine(topic)}: nobody has marked a match as not relevant\n`);
    else {
      io.stdout(`${items.map((one) => inWords(one, io)).join('\n')}\n`);
      io.stdout(`Examples of what must not match, for the tests of ${oneLine(topic)} in its pack:\n\n`);
      io.stdout(mustNotExamples(items.map(({ match }) => match)));
    }
    return EXIT.done;
  });
};

function inWords({ at, match }: Feedback, { color, zone }: Pick<CommandIo, 'color' | 'zone'>): string {
  const { article, passages, why, topic } = match;
  const lines = [
    `${localMinute(at, zone)}  ${oneLine(article.title)}`,
    ...passageRows(passages, color),
    `  why      ${oneLine(why)}  (version ${oneLine(topic.version)})`,
    `  ${oneLine(article.url)}  ${match.id}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}
