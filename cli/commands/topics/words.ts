// `tocsin topics words`: the forms that a topic's bare words and wildcards match in real texts, so that a stem or a `*` that matches too
// much is found before it causes an alert.
import { InvalidInputError } from '../../../shared/core/errors.ts';
import { compileTopic } from '../../../shared/matching/compile/compile-topic.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { readDocuments } from '../../documents/documents.ts';
import { printJson, table } from '../../output.ts';
import { type CapturedWord, capturedWords, WordCounts } from '../../topics/captured-words.ts';
import { matcherOptions, PACKS_OPTION, readTopics } from '../../topics/packs.ts';

export const usage =
  'tocsin topics words TOPIC FILE|URL|- … [--word W] [--packs DIR]     FILE may be a JSON lines file';

export const run: Command = async (args, io) => {
  const options = { ...PACKS_OPTION, word: { type: 'string' } } as const;
  const { values, positionals } = parseArguments(args, options, usage, { min: 2, max: 10_000 });
  const [topicId = '', ...files] = positionals;
  const [topic] = await readTopics(io, values.packs, topicId);
  const { compiled, problems } = compileTopic(topic!, (await matcherOptions(io)).limits);
  if (compiled === null)
    throw new InvalidInputError(
      'invalid_topic',
      topicId,
      problems.map(({ message }) => message),
    );
  const counts = new WordCounts(compiled);
  for (const file of files) for await (const document of readDocuments(io, file)) counts.add(document);
  const all = capturedWords(counts);
  const words = values.word === undefined ? all : all.filter(({ word }) => word === values.word);
  if (words.length === 0 && values.word !== undefined) {
    const known = all.map(({ word }) => word).join(', ');
    throw new InvalidInputError('unknown_word', `${topicId} has no word "${values.word}"`, [`known: ${known}`]);
  }
  const isWhole = values.word !== undefined;
  if (io.json) printJson(io, { documents: counts.documents, words });
  else io.stdout(shownWords(words, isWhole) + footer(words, counts));
  return EXIT.done;
};

/** Forms shown for a word; `--word W` shows all of them. */
const MOST_FORMS = 10;

const shownWords = (words: readonly CapturedWord[], isWhole: boolean): string =>
  table(
    words.filter(({ forms }) => forms.length > 0),
    [
      { title: 'WORD', value: ({ word }) => word },
      { title: 'LANGUAGE', value: ({ language }) => language },
      { title: 'COUNT', value: ({ count }) => String(count) },
      { title: 'FORMS', value: ({ forms }) => shownForms(forms, isWhole), maxWidth: isWhole ? 100_000 : 400 },
    ],
  );

function shownForms(forms: CapturedWord['forms'], isWhole: boolean): string {
  const shown = (isWhole ? forms : forms.slice(0, MOST_FORMS)).map(({ form, count }) => `${form} ${count}`).join(', ');
  return !isWhole && forms.length > MOST_FORMS ? `${shown} and ${forms.length - MOST_FORMS} more` : shown;
}

function footer(words: readonly CapturedWord[], counts: WordCounts): string {
  const idle = words.filter(({ forms }) => forms.length === 0).map(({ word }) => word);
  const nothing = idle.length === 0 ? '' : `no matches for: ${[...new Set(idle)].join(', ')}\n`;
  return `${nothing}${counts.documents} documents, ${counts.tokens} words\n`;
}
