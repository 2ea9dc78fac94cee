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
/** A mutant may make a test slower without being noticed. */
const SLOWER = 4;
/** For a file that costs next to nothing, and the start of the process that runs it. */
const LEAST_SECONDS = 8;
/** So many times what was thought is more than chance. */
const MISJUDGED = 1.5;
/** For a file that ran out of time, to learn what it costs without a mutant. */
const MEASURED_SECONDS = 120;

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
  const limitOf = limitsBy(costs);
  const { outcome, failedTest, costMs } = await workbench.with(mutant, () => workbench.runTests(files, limitOf));
  if (outcome === 'passed') costs.learn(costMs);
  if (failedTest !== null && (await isItsOwnFault(failedTest, outcome, trial)))
    return tryMutant(mutant, related, trial);
  return {
    mutant,
    outcome: outcome === 'passed' ? 'survived' : outcome === 'failed' ? 'killed' : outcome,
    by: failedTest,
    ran: costMs.size,
    leftOut,
  };
}

/** Whether the test fails without the mutant, too, or takes longer than was thought: then it says nothing about the mutant. */
async function isItsOwnFault(test: string, outcome: TestRun['outcome'], trial: Trial): Promise<boolean> {
  const { workbench, costs, failing } = trial;
  if (outcome === 'failed' && failing.has(test)) return failing.get(test) === true;
  const before = costs.of(test);
  const alone = await workbench.runTests([test], () => MEASURED_SECONDS);
  costs.learn(alone.costMs);
  failing.set(test, alone.outcome !== 'passed');
  return alone.outcome !== 'passed' || (outcome === 'timed out' && costs.of(test) > MISJUDGED * before);
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

/** In seconds of processor time. */
const limitsBy =
  (costs: TestCosts) =>
  (file: string): number =>
    Math.ceil(LEAST_SECONDS + (SLOWER * costs.of(file)) / 1000);
