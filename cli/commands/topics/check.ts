// `tocsin topics check`: what is wrong with packs, and whether their own tests pass.
import { counted } from '../../../shared/core/counted.ts';
import { checkPack, problemsOf } from '../../../shared/packs/check-pack.ts';
import { formatProblems } from '../../../shared/packs/format-problems.ts';
import type { ParsedPack } from '../../../shared/packs/parse-pack.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';
import { frameMatrix } from '../../topics/frame-matrix.ts';
import { matcherOptions, PACKS_OPTION, readPacks, unknownTopic, withTestFiles } from '../../topics/packs.ts';

export const usage =
  'tocsin topics check [FILE.yaml …] [--packs DIR] [--topic ID] [--strict]     --strict: warnings fail too';

/** Syntax, limits, warnings, and the packs' own tests. */
export const run: Command = async (args, io) => {
  const options = { ...PACKS_OPTION, topic: { type: 'string' }, strict: { type: 'boolean' } } as const;
  const { values, positionals } = parseArguments(args, options, usage, { min: 0, max: 1_000 });
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
  const checked = checkPack(topics, withFiles.tests, await matcherOptions(io));
  const problems = [...packs.flatMap(problemsOf), ...withFiles.problems, ...checked.problems].filter(({ topic }) =>
    isWanted(topic),
  );
  const frames = packs.flatMap((pack) => pack.frames).filter(({ topic }) => isWanted(topic));
  const failed = checked.failed + withFiles.problems.length;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  if (io.json) printJson(io, { topics: topics.length, passed: checked.passed, failed, problems, frames });
  else {
    for (const problem of formatProblems(errors)) io.stdout(`error    ${problem}\n`);
    for (const problem of formatProblems(warnings)) io.stdout(`warning  ${problem}\n`);
    const count = `${counted(topics.length, 'topic')}, ${counted(tests.length, 'test')}: ${checked.passed} pass, ${failed} fail`;
    io.stdout(`${count}; ${counted(errors.length, 'error')}, ${counted(warnings.length, 'warning')}\n`);
    io.stdout(frameMatrix(frames, withFiles.tests));
  }
  return errors.length > 0 || (values.strict === true && warnings.length > 0) ? EXIT.workFailed : EXIT.done;
};

/** A topic with errors appears in the problems only. */
const isIn = ({ topics, problems }: ParsedPack, id: string): boolean =>
  topics.some((topic) => topic.id === id) || problems.some(({ topic }) => topic === id);
