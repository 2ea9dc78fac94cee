import { InvalidInputError } from '../../shared/core/errors.ts';

/** The problems for which the work refuses its input, or its message where it lists none. */
export async function problemsOf(work: Promise<unknown>): Promise<readonly string[]> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InvalidInputError)) throw new Error(`expected an InvalidInputError, got ${String(error)}`);
  return error.problems.length === 0 ? [error.message] : error.problems;
}
