// `tocsin topics explain`: why a topic matches a document, or why not.
import { ReadDocument } from '../../../shared/matching/document/read-document.ts';
import { explainTopic } from '../../../shared/matching/explain/explain.ts';
import { strengthInWords } from '../../../shared/matching/strength/in-words.ts';
import { strengthOf } from '../../../shared/matching/strength/strength.ts';
import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { DOCUMENT_OPTIONS, readDocument, TRUNCATED } from '../../documents/documents.ts';
import { oneLine, printJson } from '../../output.ts';
import { passageLines, publicPassages } from '../../passages.ts';
import { matcherOptions, PACKS_OPTION, readTopics } from '../../topics/packs.ts';

export const usage =
  'tocsin topics explain TOPIC FILE|URL|- [--title T] [--lang L] [--id ID] [--all-languages] [--packs DIR]     --id: of a document in a JSON lines file';

/** Exit code 0 whether the topic matches or not: it was explained either way. */
export const run: Command = async (args, io) => {
  const options = { ...PACKS_OPTION, ...DOCUMENT_OPTIONS, 'all-languages': { type: 'boolean' } } as const;
  const { values, positionals } = parseArguments(args, options, usage, { min: 2, max: 2 });
  const [topicId = '', where = ''] = positionals;
  const [topic] = await readTopics(io, values.packs, topicId);
  const document = await readDocument(io, where, values);
  const { languages } = new ReadDocument(document);
  const costs = await matcherOptions(io);
  const lines = explainTopic(topic!, document, costs.limits, costs.today()).split('\n').map(oneLine);
  const { matches, skipped, truncated } = compileTopics([topic!], costs).matchDetailed(document);
  const [match] = matches;
  if (io.json) {
    const { passages = [], why = null } = match ?? {};
    const shown = { passages: publicPassages(passages), truncated, tree: lines };
    const strength = match === undefined ? null : { ...strengthOf(match.features), features: match.features };
    printJson(io, { topic: topicId, holds: match !== undefined, why, strength, ...shown });
    return EXIT.done;
  }
  const shown = values['all-languages'] === true ? lines : withoutOtherLanguages(lines, languages);
  io.stdout(`${shown.join('\n')}\n\n`);
  if (match !== undefined) {
    io.stdout(`matches: ${oneLine(match.why)}\n${passageLines(match.passages, io)}`);
    io.stdout(`${strengthInWords(match.features).join('\n  ')}\n`);
  } else io.stdout(skipped.length > 0 ? 'not matched: it takes too many steps on this document\n' : 'does not match\n');
  if (truncated) io.stdout(`${TRUNCATED}\n`);
  return EXIT.done;
};

/**
 * Without the trees of languages that the document is not in, if nothing was found for them: a topic in ten languages would bury the one
 * that matters. A last line names them.
 */
function withoutOtherLanguages(lines: readonly string[], languages: readonly string[]): readonly string[] {
  const [head = '', ...rest] = lines;
  const blocks: string[][] = [];
  for (const line of rest) {
    if (/^(any|all|none|history) /.test(line)) blocks.push([line]);
    else blocks.at(-1)?.push(line);
  }
  const languageOf = ([first = '']: readonly string[]): string | undefined => /^any (\S+): /.exec(first)?.[1];
  const isOtherLanguage = (block: readonly string[]): boolean => {
    const language = languageOf(block);
    if (language === undefined || language === '*' || languages.includes(language)) return false;
    return !block.some((line) => /^(any \S+: |\s+)\+ /.test(line));
  };
  const left = new Set(blocks.filter(isOtherLanguage).map(languageOf));
  const shown = blocks.filter((block) => !isOtherLanguage(block)).flat();
  const note = `nothing found in ${[...left].join(', ')} (--all-languages shows their trees)`;
  return [head, ...shown, ...(left.size === 0 ? [] : [note])];
}
