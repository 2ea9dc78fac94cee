// `tocsin topics explain`: why a topic holds in a document, or what keeps it from holding.

import { ReadDocument } from '../../../shared/matching/document/read-document.ts';
import { explainTopic } from '../../../shared/matching/explain/explain.ts';
import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { DOCUMENT_OPTIONS, readDocument } from '../../documents.ts';
import { oneLine, printJson } from '../../output.ts';
import { matcherOptions, PACKS_OPTION, readTopics } from '../../packs.ts';
import { publicPassages, shownPassages } from '../match/shown-matches.ts';

export const usage =
  'tocsin topics explain TOPIC FILE|URL|- [--id ID of a JSON lines file] [--title T] [--lang L] [--all-languages] [--packs DIR]';

/** Exit code 0 whether the topic holds or not: either way it was explained. */
export const explainTopics: Command = async (args, io) => {
  const options = { ...PACKS_OPTION, ...DOCUMENT_OPTIONS, 'all-languages': { type: 'boolean' } } as const;
  const { values, positionals } = parseArguments(args, options, usage, { min: 2, max: 2 });
  const [topicId = '', where = ''] = positionals;
  const [topic] = await readTopics(io, values.packs, topicId);
  const document = await readDocument(io, where, values);
  const { languages } = new ReadDocument(document);
  const costs = await matcherOptions(io);
  const lines = explainTopic(topic!, document, costs.limits).split('\n').map(oneLine);
  const { matches, skipped, truncated } = compileTopics([topic!], costs).matchDetailed(document);
  const [match] = matches;
  if (io.json) {
    const { passages = [], why = null } = match ?? {};
    const shown = { passages: publicPassages(passages), truncated, tree: lines };
    printJson(io, { topic: topicId, holds: match !== undefined, why, ...shown });
    return EXIT.done;
  }
  const shown = values['all-languages'] === true ? lines : withoutStrangers(lines, languages);
  io.stdout(`${shown.join('\n')}\n\n`);
  if (match !== undefined) io.stdout(`holds: ${oneLine(match.why)}\n${shownPassages(match.passages, io)}`);
  else io.stdout(skipped.length > 0 ? 'given up: it costs too much on this document\n' : 'does not hold\n');
  if (truncated) io.stdout('the document is longer than is read; its end was not looked at\n');
  return EXIT.done;
};

/**
 * Without the trees of languages that the document is not in and of which nothing at all was found: a topic in ten
 * languages would bury the one that matters. They are named in a last line.
 */
export function withoutStrangers(lines: readonly string[], languages: readonly string[]): readonly string[] {
  const [head = '', ...rest] = lines;
  const blocks: string[][] = [];
  for (const line of rest) {
    if (/^(any|all|none) /.test(line)) blocks.push([line]);
    else blocks.at(-1)?.push(line);
  }
  const languageOf = ([first = '']: readonly string[]): string | undefined => /^any (\S+): /.exec(first)?.[1];
  const isStranger = (block: readonly string[]): boolean => {
    const language = languageOf(block);
    if (language === undefined || language === '*' || languages.includes(language)) return false;
    return !block.some((line) => /^(any \S+: |\s+)\+ /.test(line));
  };
  const strangers = new Set(blocks.filter(isStranger).map(languageOf));
  const shown = blocks.filter((block) => !isStranger(block)).flat();
  const note = `nothing found in ${[...strangers].join(', ')} (--all-languages shows their trees)`;
  return [head, ...shown, ...(strangers.size === 0 ? [] : [note])];
}
