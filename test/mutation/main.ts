// npm run mutate -- --sample 100 --seed 1: puts small faults into the code, one at a time, and runs the tests that should notice.
// Prints the faults that none did, and scores. CONTRIBUTING.md says how to read them. Exit code 0 whatever the score.
//
//   --area shared/text   folders or files to take faults from, again and again; without it, all code
//   --tests test/shared  only tests below this folder
//   --at FILE:LINE       only these of the sample: to try a survivor again
//   --budget 90          seconds of processor time for the tests of one fault
//   --workers 2          side by side
//   --no-types           does not ask the compiler about survivors
//   --list               shows the sample and runs nothing
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type EquivalentMutant, findEquivalent } from './equivalent.ts';
import type { Mutant } from './mutate-source.ts';
import { nearByName, readImporters, relatedTests, testsIn } from './related-tests.ts';
import { describeMutant, type Result, summary } from './report.ts';
import { AREAS, sampleMutants } from './sample.ts';
import { readTestCosts } from './test-costs.ts';
import { tryMutant } from './try-mutant.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '..', '..');
const COSTS = join(tmpdir(), 'tocsin-mutation-costs.json');

const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    area: { type: 'string', multiple: true },
    at: { type: 'string', multiple: true },
    tests: { type: 'string', default: 'test' },
    workers: { type: 'string', default: '1' },
    budget: { type: 'string', default: '90' },
    types: { type: 'boolean', default: true },
    list: { type: 'boolean', default: false },
  },
  allowNegative: true,
});

const wholeNumber = (name: string, text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name}: "${text}" must be a whole number`);
  return Number(text);
};

const sample = sampleMutants(
  ROOT,
  values.area ?? AREAS,
  wholeNumber('sample', values.sample),
  wholeNumber('seed', values.seed),
);
/** As the files were at the start: a run takes long, and work goes on beside it. */
const texts = new Map<string, string>();
const mutants = sample.filter(({ file, line }) => values.at === undefined || values.at.includes(`${file}:${line}`));
if (values.list) for (const mutant of mutants) console.log(describeMutant(mutant, sourceOf(mutant)));
else await tryAll(mutants, wholeNumber('workers', values.workers), wholeNumber('budget', values.budget) * 1000);

function sourceOf(mutant: Mutant): string {
  return textOf(mutant.file);
}

function textOf(file: string): string {
  const text = texts.get(file) ?? readFileSync(join(ROOT, file), 'utf8');
  texts.set(file, text);
  return text;
}

async function tryAll(all: readonly Mutant[], workers: number, budgetMs: number): Promise<void> {
  const known: readonly EquivalentMutant[] = JSON.parse(readFileSync(join(HERE, 'equivalent.json'), 'utf8'));
  const importers = readImporters(ROOT);
  for (const file of [...all.map((mutant) => mutant.file), ...testsIn(importers)]) textOf(file);
  const costs = readTestCosts(COSTS);
  const failing = new Map<string, boolean>();
  const results: Result[] = [];
  const waiting = [...all];

  async function judge(mutant: Mutant, workbench: Workbench): Promise<Result['outcome']> {
    if (findEquivalent(mutant, sourceOf(mutant), known)) return 'equivalent';
    const related = nearByName(relatedTests(importers, mutant.file, values.tests), mutant.file, textOf);
    const { outcome, by, ran, leftOut } = await tryMutant(mutant, related, { workbench, costs, failing, budgetMs });
    const byTypes = outcome === 'survived' && values.types && !(await workbench.with(mutant, workbench.typesHold));
    print(`${byTypes ? 'killed by types' : outcome} ${by ?? ''} (${ran} test files, ${leftOut} left out)`);
    return byTypes ? 'killed by types' : outcome;
  }

  async function work(): Promise<void> {
    const workbench = openWorkbench(ROOT);
    try {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        results.push({ mutant, outcome: await judge(mutant, workbench) });
        print(`${results.length}/${all.length} ${results.at(-1)?.outcome} ${describeMutant(mutant, sourceOf(mutant))}`);
        costs.save();
      }
    } finally {
      workbench.remove();
    }
  }

  await Promise.all(Array.from({ length: workers }, work));
  for (const [test, fails] of failing) if (fails) print(`left out, since it fails without a mutant: ${test}`);
  print(summary(results, `seed ${values.seed}`));
}

function print(line: string): void {
  console.log(line);
}
