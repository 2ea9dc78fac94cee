// `tocsin topics test`: the packs against a file of labelled documents, JSON lines with
// `{ id, title, text, lang, labels: { topic: bool }, borderline: [topic], passages: { topic: [sentence] }, sample }`.
import { InvalidInputError } from '../../../shared/core/errors.ts';
import { compileTopics } from '../../../shared/matching/topic-matcher.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { readDocumentLines } from '../../documents/documents.ts';
import { oneLine, printJson, table } from '../../output.ts';
import { labelledOf } from '../../topics/labelled.ts';
import { matcherOptions, PACKS_OPTION, readTopics } from '../../topics/packs.ts';
import { type Counts, type Miss, ratesOf, Score } from '../../topics/score.ts';
import { percent, shareOf } from '../../topics/shares.ts';

export const usage =
  'tocsin topics test FILE.jsonl [--topic ID] [--lang L|non-en] [--sample S,T] [--misses] [--packs DIR]';

const OPTIONS = {
  ...PACKS_OPTION,
  topic: { type: 'string' },
  lang: { type: 'string' },
  sample: { type: 'string' },
  misses: { type: 'boolean' },
} as const;

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, OPTIONS, usage, { min: 1, max: 1 });
  const [file = ''] = positionals;
  const topics = await readTopics(io, values.packs, values.topic);
  const matcher = compileTopics(topics, await matcherOptions(io));
  const ids = topics.map(({ id }) => id);
  const labelledTopics = new Set<string>();
  const score = new Score(ids);
  for await (const { id, document, keys, line } of readDocumentLines(io, file)) {
    if (!isWanted(keys, values)) continue;
    const labelled = labelledOf(id, document.title, keys, `${file}, line ${line}`);
    for (const topic of [...Object.keys(labelled.labels), ...labelled.borderline]) labelledTopics.add(topic);
    const found = matcher
      .match(document)
      .map(({ topicId, passages }) => [topicId, passages.map(({ text }) => text)] as const);
    score.add(labelled, new Map(found));
  }
  const rows = [...score.topics].filter(([topic]) => labelledTopics.has(topic));
  const unknown = [...labelledTopics].filter((topic) => !ids.includes(topic));
  if (rows.length === 0) throw new InvalidInputError('no_labels', `${file} has no labels for ${ids.join(', ')}`);
  if (values.topic === undefined && unknown.length > 0)
    io.stderr(`left out, because no pack has them: ${unknown.map(oneLine).join(', ')}\n`);
  const misses = values.misses === true ? score.misses : undefined;
  if (io.json) {
    const figures = (counts: Counts) => ({ ...counts, ...ratesOf(counts) });
    const perTopic = Object.fromEntries(rows.map(([topic, { counts }]) => [topic, figures(counts)]));
    printJson(io, { documents: score.documents, topics: perTopic, overall: figures(score.total), misses });
  } else {
    io.stdout(
      shownScore([
        ...rows.map(([topic, { counts }]) => ({ topic, counts })),
        { topic: 'overall', counts: score.total },
      ]),
    );
    io.stdout(`${score.documents} documents; ${score.total.borderline} borderline pairs left out\n`);
    for (const miss of misses ?? []) io.stdout(`\n${shownMiss(miss)}`);
  }
  return EXIT.done;
};

function isWanted(
  { lang, sample }: Readonly<Record<string, unknown>>,
  wanted: { readonly lang?: string; readonly sample?: string },
): boolean {
  const isLanguage = wanted.lang === 'non-en' ? lang !== 'en' : wanted.lang === undefined || lang === wanted.lang;
  return isLanguage && (wanted.sample === undefined || wanted.sample.split(',').includes(String(sample)));
}

interface Row {
  readonly topic: string;
  readonly counts: Counts;
}

const shownScore = (rows: readonly Row[]): string =>
  table(rows, [
    { title: 'TOPIC', value: ({ topic }) => topic },
    { title: 'LABELLED', value: ({ counts }) => String(counts.right + counts.missed) },
    { title: 'RIGHT', value: ({ counts }) => String(counts.right) },
    { title: 'WRONG', value: ({ counts }) => String(counts.wrong) },
    { title: 'MISSED', value: ({ counts }) => String(counts.missed) },
    { title: 'PRECISION', value: ({ counts }) => shareOf(counts.right, counts.right + counts.wrong) },
    { title: 'RECALL', value: ({ counts }) => shareOf(counts.right, counts.right + counts.missed) },
    { title: 'F1', value: ({ counts }) => percent(hasCases(counts) ? ratesOf(counts).f1 : null) },
    { title: 'PASSAGE', value: ({ counts }) => percent(ratesOf(counts).passage) },
    { title: 'BEST', value: ({ counts }) => percent(ratesOf(counts).best) },
  ]);

/** Without a labelled or found document there is nothing to divide by, and 0.0 would look like the worst score. */
const hasCases = ({ right, wrong, missed }: Counts): boolean => right + wrong + missed > 0;

const MISS_WORDS = { missed: 'missed', wrong: 'found by mistake', passage: 'found with the wrong passage' } as const;

function shownMiss({ kind, topic, id, title, shown, labelled }: Miss): string {
  const lines = [`${topic}, ${id}: ${MISS_WORDS[kind]}`, title === '' ? null : `title     ${title}`];
  if (labelled !== null) lines.push(`labelled  ${labelled}`);
  if (shown !== null) lines.push(`shown     ${shown}`);
  return lines
    .filter((line) => line !== null)
    .map((line, index) => `${index === 0 ? '' : '  '}${oneLine(line)}\n`)
    .join('');
}
