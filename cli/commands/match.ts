// `tocsin match`: which topics match a document, or a stream of documents, with the passages that show it.
import { PLACES } from '../../shared/alerts/wording.ts';
import { counted } from '../../shared/core/counted.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { compileTopics, type MatcherOptions, type TopicMatcher } from '../../shared/matching/topic-matcher.ts';
import { type FoundMatch, foundMatch } from '../../shared/model/match.ts';
import type { Topic } from '../../shared/model/topic.ts';
import { invalidArguments, parseArguments } from '../arguments.ts';
import { type Command, type CommandIo, EXIT } from '../command.ts';
import { DOCUMENT_OPTIONS, readDocument, TRUNCATED } from '../documents/documents.ts';
import { matchLines } from '../documents/match-lines.ts';
import { oneLine, printJson } from '../output.ts';
import { passageLines } from '../passages.ts';
import { matcherOptions, PACKS_OPTION, readTopics } from '../topics/packs.ts';

export const usage = [
  'tocsin match FILE|URL|- [--title T] [--lang L] [--id ID] [--topic ID] [--packs DIR]     --id: of a document in a JSON lines file',
  'tocsin match --jsonl FILE|- [--topic ID] [--packs DIR]     documents { id, title, text, lang?, url?, source?, publishedAt? }, one per line',
];

const OPTIONS = {
  ...PACKS_OPTION,
  ...DOCUMENT_OPTIONS,
  topic: { type: 'string' },
  jsonl: { type: 'boolean' },
} as const;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, OPTIONS, usage, { min: 1, max: 1 });
  const [where = ''] = positionals;
  if (values.jsonl === true && [values.title, values.lang, values.id].some((each) => each !== undefined)) {
    const hint = 'each line states its own title and lang';
    throw invalidArguments('--title, --lang and --id cannot be used with --jsonl', [hint]);
  }
  const topics = await readTopics(io, values.packs, values.topic);
  const matcher = compiledFrom(topics, await matcherOptions(io));
  if (values.jsonl === true) return matchLines(matcher, where, io);
  const document = await readDocument(io, where, values);
  const { matches, skipped, truncated } = matcher.matchDetailed(document);
  const found = matches.flatMap((match) =>
    topics.filter(({ id }) => id === match.topicId).map((topic) => foundMatch(match, topic)),
  );
  if (io.json) printJson(io, found);
  else io.stdout(asText(found, topics.length, io));
  for (const topic of skipped) io.stderr(`not matched: ${topic} takes too many steps on this document\n`);
  if (truncated) io.stderr(`${TRUNCATED}\n`);
  return EXIT.done;
};

function compiledFrom(topics: readonly Topic[], options: MatcherOptions): TopicMatcher {
  const matcher = compileTopics(topics, options);
  const { problems } = matcher;
  if (problems.length === 0) return matcher;
  const lines = problems.map(({ topicId, code, message }) => `${code}  ${topicId}: ${message}`);
  throw new InvalidInputError('invalid_topic', 'some topics cannot be used', lines);
}

function asText(found: readonly FoundMatch[], topicCount: number, io: CommandIo): string {
  if (found.length === 0) return `no matches (${counted(topicCount, 'topic')} checked)\n`;
  const width = Math.max(...found.map(({ topic }) => topic.id.length));
  return found
    .map(({ topic, passages, why, strength, prominence }) => {
      const head = `${topic.id.padEnd(width)}  ${oneLine(topic.title)}\n`;
      return `${head}${passageLines(passages, io)}  why ${oneLine(why)}\n  ${strength}, ${PLACES[prominence]}\n`;
    })
    .join('\n');
}
