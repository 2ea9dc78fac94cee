// `tocsin topics check`: what is wrong with packs, and whether their own examples hold.

import { InvalidInputError } from '../../../shared/core/errors.ts';
import { checkPack, problemsOf } from '../../../shared/packs/check-pack.ts';
import type { ParsedPack } from '../../../shared/packs/parse-pack.ts';
import { formatProblem, type Problem } from '../../../shared/query/problems.ts';
import { didYouMean, parseArguments } from '../../arguments.ts';
import { type Command, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';
import { matcherOptions, PACKS_OPTION, readPacks, withTestFiles } from '../../packs.ts';

export const usage =
  'tocsin topics check [FILE.yaml …] [--packs DIR] [--topic ID] [--strict]     --strict: warnings fail too';

/** Syntax, limits, warnings, and the packs' own examples. */
export const checkTopics: Command = async (args, io) => {
  const options = { ...PACKS_OPTION, topic: { type: 'string' }, strict: { type: 'boolean' } } as const;
  const { values, positionals } = parseArguments(args, options, usage, { min: 0, max: 1_000 });
  const packs = await readPacks(io, values.packs, positionals);
  if (values.topic !== undefined && packs.every((pack) => !isIn(pack, values.topic ?? ''))) {
    const known = packs.flatMap((pack) => pack.topics).map(({ id }) => id);
    const near = didYouMean(values.topic, known).map((id) => `did you mean ${id}?`);
    throw new InvalidInputError('unknown_topic', `no pack has a topic ${values.topic}`, [
      ...near,
      `known: ${known.join(', ')}`,
    ]);
  }
  const isWanted = (topic: string | undefined) => values.topic === undefined || topic === values.topic;
  const topics = packs.flatMap((pack) => pack.topics).filter(({ id }) => isWanted(id));
  const tests = packs.flatMap((pack) => pack.tests).filter(({ topicId }) => isWanted(topicId));
  const withFiles = await withTestFiles(io, tests);
  const checked = checkPack(topics, withFiles.tests, await matcherOptions(io));
  const problems = [...packs.flatMap(problemsOf), ...withFiles.problems, ...checked.problems].filter(({ topic }) =>
    isWanted(topic),
  );
  const failed = checked.failed + withFiles.problems.length;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.length - errors.length;
  if (io.json) printJson(io, { topics: topics.length, passed: checked.passed, failed, problems });
  else {
    for (const problem of problems) io.stdout(`${shown(problem)}\n`);
    const count = `${topics.length} topics, ${tests.length} tests: ${checked.passed} pass, ${failed} fail`;
    io.stdout(`${count}; ${errors.length} errors, ${warnings} warnings\n`);
  }
  return errors.length > 0 || (values.strict === true && warnings > 0) ? EXIT.workFailed : EXIT.done;
};

/** Broken topics are known by their problems. */
const isIn = ({ topics, problems }: ParsedPack, id: string): boolean =>
  topics.some((topic) => topic.id === id) || problems.some(({ topic }) => topic === id);

const shown = (problem: Problem): string =>
  `${problem.severity === 'error' ? 'error  ' : 'warning'}  ${formatProblem(problem)}`;
