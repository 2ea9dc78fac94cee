// Reads what stands under config/, checks all of it, and makes the one JSON that `configure` brings into the table.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidInputError } from '../shared/errors.ts';
import { type OpmlFeed, parseOpml } from '../shared/feeds/opml.ts';
import type { Topic } from '../shared/model/topic.ts';
import { formatProblem, parsePack } from '../shared/topics/parse-pack.ts';

export interface CompiledConfiguration {
  readonly feeds: readonly OpmlFeed[];
  readonly topics: readonly Topic[];
  /** Every pack under config/topics: topics of these that are no longer in the files end. */
  readonly packs: readonly string[];
}

/** JSON text of CompiledConfiguration. Throws InvalidInputError with every problem of every file. */
export function compileConfiguration(folder: string): string {
  const problems: string[] = [];
  const opml = parseOpml(readFileSync(join(folder, 'feeds.opml'), 'utf8'));
  problems.push(...opml.problems.map((problem) => `feeds.opml:${problem.line}: ${problem.message}`));
  const topics: Topic[] = [];
  for (const file of readdirSync(join(folder, 'topics')).sort()) {
    if (!/\.ya?ml$/.test(file)) continue;
    const pack = parsePack(readFileSync(join(folder, 'topics', file), 'utf8'), join('topics', file));
    problems.push(...pack.problems.filter(({ severity }) => severity === 'error').map(formatProblem));
    topics.push(...pack.topics);
  }
  if (problems.length > 0) throw new InvalidInputError('invalid_configuration', `${folder} cannot be deployed`, problems);
  const compiled: CompiledConfiguration = {
    feeds: opml.feeds,
    topics,
    packs: [...new Set(topics.map(({ pack }) => pack))].sort(),
  };
  return JSON.stringify(compiled);
}
