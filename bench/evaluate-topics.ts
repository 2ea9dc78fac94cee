// node bench/evaluate-topics.ts DOCUMENTS.jsonl PREDICTIONS.jsonl [PACKS_DIR]
// Runs the shipped packs over documents { id, title, text, lang } and writes what was found, one line per match:
// { id, topic, passages: [text, …] }. A scorer of labelled documents takes it from there.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileTopics } from '../shared/matching/topic-matcher.ts';
import { parsePacks } from '../shared/packs/parse-pack.ts';
import { formatProblem } from '../shared/query/problems.ts';

interface LabelledDocument {
  readonly id: string;
  readonly title?: string;
  readonly text?: string;
  readonly lang?: string;
}

export async function run(args: readonly string[]): Promise<void> {
  const [documentsPath, predictionsPath, packsFolder = 'config/topics'] = args;
  if (documentsPath === undefined || predictionsPath === undefined) {
    throw new Error('usage: node bench/evaluate-topics.ts DOCUMENTS.jsonl PREDICTIONS.jsonl [PACKS_DIR]');
  }
  const files = readdirSync(packsFolder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => ({ path: join(packsFolder, name), text: readFileSync(join(packsFolder, name), 'utf8') }));
  const packs = parsePacks(files);
  for (const problem of packs.flatMap((pack) => pack.problems)) {
    if (problem.severity === 'error') console.error(formatProblem(problem));
  }
  const matcher = compileTopics(packs.flatMap((pack) => pack.topics));
  const documents = readFileSync(documentsPath, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as LabelledDocument);
  const began = performance.now();
  const lines = documents.flatMap(({ id, title = '', text = '', lang }) =>
    matcher
      .match({ title, text, language: lang })
      .map((match) => JSON.stringify({ id, topic: match.topicId, passages: match.passages.map((each) => each.text) })),
  );
  const seconds = (performance.now() - began) / 1_000;
  writeFileSync(predictionsPath, lines.map((line) => `${line}\n`).join(''));
  console.error(
    `${documents.length} documents, ${matcher.topicCount} topics, ${lines.length} matches in ${seconds.toFixed(2)} s`,
  );
}

if (process.argv[1]?.endsWith('evaluate-topics.ts')) await run(process.argv.slice(2));
