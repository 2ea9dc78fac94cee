// Runs the tests that could notice a mutant, the nearest and cheapest first, until one does.

import type { Mutant } from './mutate-source.ts';
import type { RelatedTests } from './related-tests.ts';
import type { TestCosts } from './test-costs.ts';
import type { TestRun, Workbench } from './workbench.ts';

interface Verdict {
  readonly mutant: Mutant;
  readonly outcome: 'killed' | 'timed out' | 'survived';
  /** The test file that noticed it. */
  readonly by: string | null;
  /** How many test files ran, and how many could not within the budget. */
  readonly ran: number;
  readonly leftOut: number;
}

/** A test file that costs more waits until the others have run, however near it is. */
const EXPENSIVE_MS = 8_000;
/** Most mutants die within the first few files; a mutant that makes one hang should not cost the time limit of all. */
const FIRST_BATCH_MS = 8_000;
/** A mutant may make a test slower without being noticed. */
const SLOWER = 4;
const START_SECONDS = 15;

interface Trial {
  readonly workbench: Workbench;
  readonly costs: TestCosts;
  /** Test files that fail without any mutant, too: they say nothing. Shared by all trials. */
  readonly failing: Map<string, boolean>;
  /** Tests run for at most about so long for one mutant. */
  readonly budgetMs: number;
}

export async function tryMutant(mutant: Mutant, related: RelatedTests, trial: Trial): Promise<Verdict> {
  const { workbench, costs, failing } = trial;
  const usable = [...related].filter(([file]) => failing.get(file) !== true);
  const files = withinBudget(inOrder(usable, costs), costs, trial.budgetMs);
  const leftOut = usable.length - files.length;
  let ran = 0;
  for (const batch of batches(files, costs)) {
    const result = await workbench.with(mutant, () => workbench.runTests(batch, limitOf(batch, costs)));
    if (result.outcome === 'passed') costs.learn(result.costMs);
    ran += result.outcome === 'passed' ? batch.length : result.costMs.size;
    if (result.outcome === 'timed out') return { mutant, outcome: 'timed out', by: null, ran, leftOut };
    if (result.outcome === 'failed') {
      if (await failsWithoutMutant(result, trial)) return tryMutant(mutant, related, trial);
      return { mutant, outcome: 'killed', by: result.failedTest, ran, leftOut };
    }
  }
  return { mutant, outcome: 'survived', by: null, ran, leftOut };
}

async function failsWithoutMutant({ failedTest }: TestRun, { workbench, costs, failing }: Trial): Promise<boolean> {
  if (failedTest === null) return false;
  const known = failing.get(failedTest);
  if (known !== undefined) return known;
  const { outcome, costMs } = await workbench.runTests([failedTest], limitOf([failedTest], costs));
  costs.learn(costMs);
  failing.set(failedTest, outcome !== 'passed');
  return outcome !== 'passed';
}

const inOrder = (related: readonly (readonly [file: string, distance: number])[], costs: TestCosts): string[] =>
  related
    .map(([file, distance]) => ({ file, distance, costMs: costs.of(file) }))
    .map((test) => ({ ...test, isExpensive: Number(test.costMs > EXPENSIVE_MS) }))
    .sort(
      (a, b) =>
        a.isExpensive - b.isExpensive || a.distance - b.distance || a.costMs - b.costMs || (a.file < b.file ? -1 : 1),
    )
    .map(({ file }) => file);

/** Always one at least. */
function withinBudget(files: readonly string[], costs: TestCosts, budgetMs: number): string[] {
  let spentMs = 0;
  return files.filter((file, index) => {
    spentMs += costs.of(file);
    return index === 0 || spentMs <= budgetMs;
  });
}

function batches(files: readonly string[], costs: TestCosts): string[][] {
  let spentMs = 0;
  const first = files.filter((file, index) => {
    spentMs += costs.of(file);
    return index === 0 || spentMs <= FIRST_BATCH_MS;
  });
  return [first, files.slice(first.length)].filter((batch) => batch.length > 0);
}

/** In seconds of processor time. */
const limitOf = (files: readonly string[], costs: TestCosts): number =>
  Math.ceil(START_SECONDS + (SLOWER * files.reduce((sum, file) => sum + costs.of(file), 0)) / 1000);
