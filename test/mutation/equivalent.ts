// Mutants that no test can kill, because nothing that anyone can observe is different. Each was looked at by a person.
import type { Mutant } from './mutate-source.ts';

/** A mutant is known again by its file, the text of its line and the change, so that lines may move. */
export interface EquivalentMutant {
  readonly file: string;
  /** The line as it is in the file, without the white space around it. */
  readonly line: string;
  /** What is replaced, and by what. */
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

export function findEquivalent(
  mutant: Mutant,
  source: string,
  known: readonly EquivalentMutant[],
): EquivalentMutant | undefined {
  const line = (source.split('\n')[mutant.line - 1] ?? '').trim();
  const from = source.slice(mutant.start, mutant.end);
  return known.find(
    (one) => one.file === mutant.file && one.line === line && one.from === from && one.to === mutant.replacement,
  );
}
