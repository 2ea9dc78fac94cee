// What the mutation run prints: each survivor as a small diff, and the scores.
import { linesOf } from './changed-lines.ts';
import type { Mutant } from './mutate-source.ts';

export interface Result {
  readonly mutant: Mutant;
  /** `killed by types`: no test noticed, but the compiler does. It counts as a survivor. */
  readonly outcome: 'killed' | 'timed out' | 'survived' | 'killed by types' | 'equivalent';
}

/** File, line and kind, and what stands there before and after. */
export function describeMutant(mutant: Mutant, source: string): string {
  const { before, after } = linesOf(mutant, source);
  return [`${mutant.file}:${mutant.line} ${mutant.kind}`, ...marked('-', before), ...marked('+', after)].join('\n');
}

const marked = (mark: string, text: string): string[] => text.split('\n').map((line) => `  ${mark} ${line}`);

/** One line for each folder and each area, and the total. Mutants that nobody could notice count for nothing. */
export function summary(results: readonly Result[], title: string): string {
  const groups = Object.groupBy(
    results.flatMap((result) => groupsOf(result).map((group) => ({ group, result }))),
    ({ group }) => group,
  );
  const lines = Object.keys(groups)
    .sort()
    .map((group) =>
      scoreLine(
        group,
        (groups[group] ?? []).map(({ result }) => result),
      ),
    );
  return [`== ${title}`, ...lines, scoreLine('total', results)].join('\n');
}

function groupsOf({ mutant }: Result): string[] {
  const [area = '', folder = ''] = mutant.file.split('/');
  return folder.endsWith('.ts') ? [area] : [area, `${area}/${folder}`];
}

function scoreLine(name: string, results: readonly Result[]): string {
  const count = (outcome: Result['outcome']): number => results.filter((result) => result.outcome === outcome).length;
  const noticed = count('killed') + count('timed out');
  const counted = results.length - count('equivalent');
  const percent = counted === 0 ? 100 : Math.round((1000 * noticed) / counted) / 10;
  return (
    `${name}: ${noticed} of ${counted} killed (${percent} %), ${count('timed out')} of them timed out; ` +
    `survived ${count('survived')}, killed by types only ${count('killed by types')}, equivalent ${count('equivalent')}`
  );
}
