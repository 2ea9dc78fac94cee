// `tocsin topics check|test|explain|words`: writing topics, with nothing but the packs on disk. The verbs that speak to an
// instance are in topics-store.ts.
import { InvalidInputError } from '../../shared/core/errors.ts';
import { didYouMean } from '../arguments.ts';
import type { Command } from '../command.ts';
import { checkTopics, usage as checkUsage } from './topics/check.ts';
import { explainTopics, usage as explainUsage } from './topics/explain.ts';
import { testTopics, usage as testUsage } from './topics/test.ts';
import { topicWords, usage as wordsUsage } from './topics/words.ts';

export { checkTopics, explainTopics, testTopics, topicWords };

export const usage = { check: checkUsage, test: testUsage, explain: explainUsage, words: wordsUsage } as const;

const VERBS: Readonly<Record<string, Command>> = {
  check: checkTopics,
  test: testTopics,
  explain: explainTopics,
  words: topicWords,
};
/** Verbs of topics-store.ts, which main.ts calls: known, so that a misspelt one is named. */
const ELSEWHERE = ['list', 'push', 'remove', 'restore'];

export const topics: Command = async ([verb = '', ...rest], io) => {
  const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (run !== undefined) return run(rest, io);
  const known = [...Object.keys(VERBS), ...ELSEWHERE];
  const what = verb === '' ? 'tocsin topics needs a verb' : `tocsin topics has no "${verb}"`;
  const near = verb === '' ? [] : didYouMean(verb, known).map((name) => `did you mean ${name}?`);
  throw new InvalidInputError('invalid_arguments', what, [
    ...near,
    `known: ${known.join(', ')}`,
    ...Object.values(usage).map((line) => `usage: ${line}`),
  ]);
};
