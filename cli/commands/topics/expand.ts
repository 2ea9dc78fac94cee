// `tocsin topics expand`: the expressions that the frames of a topic become, so that an author can read what is looked for.
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { oneLine, printJson } from '../../output.ts';
import { PACKS_OPTION, readTopics } from '../../topics/packs.ts';

export const usage =
  'tocsin topics expand TOPIC [--lang L] [--sets] [--packs DIR]     --sets: also the sets that the expressions name';

interface ExpandedEntry {
  readonly language: string;
  /** Empty for an expression that the topic adds to its frames. */
  readonly frame: string;
  readonly expression: string;
}

export const run: Command = async (args, io) => {
  const options = { ...PACKS_OPTION, lang: { type: 'string' }, sets: { type: 'boolean' } } as const;
  const { values, positionals } = parseArguments(args, options, usage, { min: 1, max: 1 });
  const [topic] = await readTopics(io, values.packs, positionals[0] ?? '');
  const isWanted = (language: string): boolean => values.lang === undefined || language === values.lang;
  const entries = Object.entries(topic!.any)
    .filter(([language]) => isWanted(language))
    .flatMap(([language, texts]) =>
      texts.map((expression, index): ExpandedEntry => {
        return { language, frame: topic!.frames?.[language]?.[index] ?? '', expression: oneLine(expression) };
      }),
    );
  const sets = Object.entries(topic!.sets).flatMap(([set, byLanguage]) =>
    Object.entries(byLanguage)
      .filter(([language]) => isWanted(language))
      .map(([language, expression]) => ({ set, language, expression: oneLine(expression) })),
  );
  if (io.json) printJson(io, { topic: topic!.id, entries, sets });
  else {
    for (const { language, frame, expression } of entries) {
      io.stdout(`${frame === '' ? '' : `${frame}: `}${language}: ${expression}\n`);
    }
    if (values.sets === true) {
      for (const { set, language, expression } of sets) io.stdout(`{${set}} ${language}: ${expression}\n`);
    }
  }
  return EXIT.done;
};
