// Mutants that no test can kill, because nothing that anyone can observe is different. Each was looked at by a person.
import { linesOf } from './changed-lines.ts';
import type { Mutant } from './mutate-source.ts';

/** A mutant is known again by what its lines say before and after, so that lines may move. */
export interface EquivalentMutant {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly why: string;
}

export function findEquivalent(
  mutant: Mutant,
  source: string,
  known: readonly EquivalentMutant[],
): EquivalentMutant | undefined {
  const { before, after } = linesOf(mutant, source);
  return known.find((one) => one.file === mutant.file && one.before === before && one.after === after);
}
