// `tocsin topics explain`: why a topic holds in a document, or what keeps it from holding.
import { explainTopic } from '../../../shared/matching/explain.ts';
import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { DOCUMENT_OPTIONS, readDocument } from '../../documents.ts';
import { oneLine, printJson } from '../../output.ts';
import { PACKS_OPTION, readSoundPacks, topicsOf } from '../../packs.ts';
import { shownPassages } from '../match/shown-matches.ts';

export const usage =
  'tocsin topics explain TOPIC FILE|URL|- [--id ID of a JSON lines file] [--title T] [--lang L] [--packs DIR]';

/** Exit code 0 whether the topic holds or not: either way it was explained. */
export const explainTopics: Command = async (args, io) => {
  const options = { ...PACKS_OPTION, ...DOCUMENT_OPTIONS } as const;
  const { values, positionals } = parseArguments(args, options, usage, { min: 2, max: 2 });
  const [topicId = '', where = ''] = positionals;
  const [topic] = topicsOf(await readSoundPacks(io, values.packs), topicId);
  const document = await readDocument(io, where, values);
  const lines = explainTopic(topic!, document).split('\n').map(oneLine);
  const { matches, skipped, truncated } = compileTopics([topic!]).matchDetailed(document);
  const [match] = matches;
  if (io.json) {
    const { passages = [], why = null } = match ?? {};
    printJson(io, { topic: topicId, holds: match !== undefined, why, passages, truncated, tree: lines });
    return EXIT.done;
  }
  io.stdout(`${lines.join('\n')}\n\n`);
  if (match !== undefined) io.stdout(`holds: ${oneLine(match.why)}\n${shownPassages(match.passages, io)}`);
  else io.stdout(skipped.length > 0 ? 'given up: it costs too much on this document\n' : 'does not hold\n');
  if (truncated) io.stdout('the document is longer than is read; its end was not looked at\n');
  return EXIT.done;
};
