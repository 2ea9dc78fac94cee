// `tocsin topics check`: what is wrong with packs, and whether their own tests pass.
import { counted } from '../../../shared/core/counted.ts';
import { checkPack, problemsOf } from '../../../shared/packs/check-pack.ts';
import { formatProblems } from '../../../shared/packs/format-problems.ts';
import type { TopicTest } from '../../../shared/packs/pack-tests.ts';
import type { ParsedPack } from '../../../shared/packs/parse-pack.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, type CommandIo, EXIT } from '../../command.ts';
import { readDocumentLines } from '../../documents/documents.ts';
import { oneLine, printJson } from '../../output.ts';
import { frameMatrix } from '../../topics/frame-matrix.ts';
import { labelledOf } from '../../topics/labelled.ts';
import { matcherOptions, PACKS_OPTION, readPacks, unknownTopic, withTestFiles } from '../../topics/packs.ts';
import { type Label, RuleEvidence, type Unsupported } from '../../topics/rule-evidence.ts';
import type { LabelledDocument } from '../../topics/score.ts';

export const usage: readonly string[] = [
  'tocsin topics check [FILE.yaml …] [--packs DIR] [--topic ID] [--strict] [--evidence FILE.jsonl]     --strict: warnings fail too, and what has no evidence',
  '',
  'check --evidence: lists rules, and words of rules, that no test and no document of FILE supports; documents as match --jsonl and topics test read them; may be repeated.',
];

const OPTIONS = {
  ...PACKS_OPTION,
  topic: { type: 'string' },
  strict: { type: 'boolean' },
  evidence: { type: 'string', multiple: true },
} as const;

/** Syntax, limits, warnings, the packs' own tests, and what no text supports. */
export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, OPTIONS, usage, { min: 0, max: 1_000 });
  const packs = await readPacks(io, values.packs, positionals);
  if (values.topic !== undefined && packs.every((pack) => !isIn(pack, values.topic ?? ''))) {
    throw unknownTopic(
      values.topic,
      packs.flatMap((pack) => pack.topics).map(({ id }) => id),
    );
  }
  const isWanted = (topic: string | undefined) => values.topic === undefined || topic === values.topic;
  const topics = packs.flatMap((pack) => pack.topics).filter(({ id }) => isWanted(id));
  const tests = packs.flatMap((pack) => pack.tests).filter(({ topicId }) => isWanted(topicId));
  const withFiles = await withTestFiles(io, tests);
  const options = await matcherOptions(io);
  const checked = checkPack(topics, withFiles.tests, options);
  const unsupported =
    values.evidence === undefined
      ? null
      : await findUnsupported(new RuleEvidence(topics, options), withFiles.tests, values.evidence, io);
  const problems = [...packs.flatMap(problemsOf), ...withFiles.problems, ...checked.problems].filter(({ topic }) =>
    isWanted(topic),
  );
  const frames = packs.flatMap((pack) => pack.frames).filter(({ topic }) => isWanted(topic));
  const failed = checked.failed + withFiles.problems.length;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  if (io.json)
    printJson(io, {
      topics: topics.length,
      passed: checked.passed,
      failed,
      problems,
      frames,
      unsupported: unsupported ?? undefined,
    });
  else {
    for (const problem of formatProblems(errors)) io.stdout(`error    ${problem}\n`);
    for (const problem of formatProblems(warnings)) io.stdout(`warning  ${problem}\n`);
    const count = `${counted(topics.length, 'topic')}, ${counted(tests.length, 'test')}: ${checked.passed} pass, ${failed} fail`;
    io.stdout(`${count}; ${counted(errors.length, 'error')}, ${counted(warnings.length, 'warning')}\n`);
    if (unsupported !== null) io.stdout(shownUnsupported(unsupported));
    io.stdout(frameMatrix(frames, withFiles.tests));
  }
  const isLacking = warnings.length > 0 || (unsupported ?? []).some(hasUnsupported);
  return errors.length > 0 || (values.strict === true && isLacking) ? EXIT.workFailed : EXIT.done;
};

async function findUnsupported(
  evidence: RuleEvidence,
  tests: readonly TopicTest[],
  files: readonly string[],
  io: CommandIo,
): Promise<readonly Unsupported[]> {
  for (const { topicId, expect, title, text, language } of tests) {
    const label = expect === 'match' ? 'yes' : 'no';
    evidence.add({ title, text, language: language ?? undefined }, (topic) => (topic === topicId ? label : null));
  }
  for (const file of files) {
    for await (const { id, document, keys, line } of readDocumentLines(io, file)) {
      const isLabelled = keys['labels'] !== undefined;
      const labels = isLabelled ? labelledOf(id, document.title, keys, `${file}, line ${line}`) : null;
      evidence.add(document, (topic) => (labels === null ? 'unlabelled' : labelOf(topic, labels)));
    }
  }
  return evidence.unsupported();
}

function labelOf(topic: string, { labels, borderline }: LabelledDocument): Label {
  if (borderline.includes(topic)) return 'borderline';
  if (labels[topic] === undefined) return 'unlabelled';
  return labels[topic] ? 'yes' : 'no';
}

const hasUnsupported = ({ rules, words }: Unsupported): boolean => rules.length > 0 || words.length > 0;

function shownUnsupported(all: readonly Unsupported[]): string {
  const lacking = all.filter(hasUnsupported);
  if (lacking.length === 0) return 'every rule and word has evidence\n';
  const lines = lacking.flatMap(({ topic, ruleCount, wordCount, rules, words }) => [
    `${topic}: no evidence for ${rules.length} of ${counted(ruleCount, 'rule')}, and for ${counted(words.length, 'other word')} of ${wordCount}`,
    ...rules.map((rule) => `  rule   ${rule}`),
    ...[...Map.groupBy(words, ({ language }) => language)].map(
      ([language, some]) =>
        `  words  ${language === '' ? 'none' : language}: ${some.map(({ word }) => word).join(', ')}`,
    ),
  ]);
  return lines.map((line) => `${/^ */.exec(line)![0]}${oneLine(line.trimStart())}\n`).join('');
}

/** A topic with errors appears in the problems only. */
const isIn = ({ topics, problems }: ParsedPack, id: string): boolean =>
  topics.some((topic) => topic.id === id) || problems.some(({ topic }) => topic === id);
