// The problems of packs as people read them. A missing pack makes its sets unknown in a hundred places: each file says so once.
import { formatProblem, type Problem } from '../query/problems.ts';

/** More unknown sets in one file are summed up. */
const MOST_ONE_BY_ONE = 3;
/** Names of unknown sets in one message. */
const MOST_NAMES = 8;

/** A text for each problem, in order; all unknown sets of a file together where they are many. */
export function formatProblems(problems: readonly Problem[]): readonly string[] {
  const byFile = Map.groupBy(problems.filter(isUnknownSet), ({ path }) => path);
  return problems.flatMap((problem) => {
    const inFile = byFile.get(problem.path) ?? [];
    if (!isUnknownSet(problem) || inFile.length <= MOST_ONE_BY_ONE) return [formatProblem(problem)];
    return problem === inFile[0] ? [formatUnknownSets(inFile, problem)] : [];
  });
}

const isUnknownSet = ({ code }: Problem): boolean => code === 'E_UNKNOWN_SET';

function formatUnknownSets(problems: readonly Problem[], { code, path }: Problem): string {
  const names = [...new Set(problems.flatMap(({ message }) => message.match(/\{[^{}]+\}/) ?? []))];
  const shown = names.slice(0, MOST_NAMES).join(', ');
  const others = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  const places = `unknown sets in ${problems.length} places: ${shown}${others}`;
  return `${code}  ${path}  ${places}\n  hint: is the pack that defines them missing?`;
}
