// npm run fit-strength -- JUDGED.jsonl [--seed N] [--pull N]: the table of weights of shared/matching/strength/weights.ts from matches that a reader judged,
// and how well it would have done on matches that it was not fitted on. A line of the file: { id, topic, verdict: right|arguable|wrong, features }.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chanceOf } from '../shared/matching/strength/strength.ts';
import { THRESHOLDS, valuesOf, WEIGHTS, type WeightName } from '../shared/matching/strength/weights.ts';
import type { MatchFeatures } from '../shared/model/strength.ts';
import { below, seeded } from '../test/support/seeded.ts';
import { fitWeights, type LabelledRow, sumOf } from './logistic.ts';

const LABELS = { right: 1, arguable: 0.5, wrong: 0 } as const;
type Verdict = keyof typeof LABELS;

/** What the fit reads of a judged match. */
export interface JudgedMatch {
  readonly verdict: Verdict;
  readonly features: MatchFeatures;
}

interface Row extends LabelledRow {
  readonly verdict: Verdict;
}

const FOLDS = 5;
/** So many rows speak for the weights as they are: enough that a feature that few rows have stays where judgement put it. */
const PULL = 10;

const NAMES = Object.keys(WEIGHTS) as readonly WeightName[];
/** Rules are not fitted: they say what a weak match is. */
const FITTED = NAMES.filter((name) => WEIGHTS[name].origin !== 'rule');
const PRESENT = NAMES.map((name) => WEIGHTS[name].weight);

export interface FitReport {
  readonly rows: number;
  readonly table: readonly { readonly name: WeightName; readonly present: number; readonly fitted: number }[];
  /** Of the present table, and of fitted ones on rows that they were not fitted on. */
  readonly present: readonly Figures[];
  readonly crossValidated: readonly Figures[];
}

/** Of the matches at a threshold or above. */
export interface Figures {
  readonly at: keyof typeof THRESHOLDS;
  readonly matches: number;
  readonly right: number;
  readonly rightOrArguable: number;
  /** Right ones in all, these included. */
  readonly ofRight: number;
}

export function fitReport(judged: readonly JudgedMatch[], options: { seed: number; pull: number }): FitReport {
  const rows = judged.map(rowOf);
  const fitted = fitAll(rows, options.pull);
  const present = rows.map((row) => ({ row, score: scoreOf(row, PRESENT) }));
  return {
    rows: rows.length,
    table: NAMES.map((name, at) => ({ name, present: PRESENT[at]!, fitted: fitted[at]! })),
    present: figuresOf(present),
    crossValidated: figuresOf(crossValidated(rows, options)),
  };
}

const rowOf = ({ verdict, features }: JudgedMatch): Row => {
  const values = valuesOf(features);
  return { verdict, label: LABELS[verdict], values: NAMES.map((name) => values[name]) };
};

const scoreOf = ({ values }: Row, weights: readonly number[]): number => chanceOf(sumOf(values, weights));

/** All weights, in the order of the table: those of rules as they are. Rows that a rule decides teach nothing about the others. */
function fitAll(rows: readonly Row[], pull: number): readonly number[] {
  const pick = (all: readonly number[]): readonly number[] => FITTED.map((name) => all[NAMES.indexOf(name)]!);
  const free = rows.filter(({ values }) => NAMES.every((name, at) => FITTED.includes(name) || values[at] === 0));
  const weights = fitWeights(
    free.map(({ label, values }) => ({ label, values: pick(values) })),
    { from: pick(PRESENT), pull },
  );
  return NAMES.map((name, at) => (FITTED.includes(name) ? weights[FITTED.indexOf(name)]! : PRESENT[at]!));
}

interface Scored {
  readonly row: Row;
  readonly score: number;
}

function crossValidated(rows: readonly Row[], { seed, pull }: { seed: number; pull: number }): readonly Scored[] {
  const random = seeded(seed);
  const shuffled = [...rows];
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = below(random, at + 1);
    [shuffled[at], shuffled[other]] = [shuffled[other]!, shuffled[at]!];
  }
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const weights = fitAll(
      shuffled.filter((_, at) => at % FOLDS !== fold),
      pull,
    );
    return shuffled.filter((_, at) => at % FOLDS === fold).map((row) => ({ row, score: scoreOf(row, weights) }));
  });
}

function figuresOf(scored: readonly Scored[]): readonly Figures[] {
  const count = (some: readonly Scored[], ...verdicts: readonly Verdict[]): number =>
    some.filter(({ row }) => verdicts.includes(row.verdict)).length;
  return (['fair', 'strong'] as const).map((at) => {
    const above = scored.filter(({ score }) => score >= THRESHOLDS[at]);
    return {
      at,
      matches: above.length,
      right: count(above, 'right'),
      rightOrArguable: count(above, 'right', 'arguable'),
      ofRight: count(scored, 'right'),
    };
  });
}

// ---------------------------------------------------------------- the command

export function reportInWords({ rows, table, present, crossValidated: validated }: FitReport): string {
  const width = Math.max(...NAMES.map((name) => name.length));
  return [
    `${rows} judged matches`,
    `${''.padEnd(width)}  present   fitted`,
    ...table.map(({ name, present: before, fitted }) =>
      [name.padEnd(width), before.toFixed(2).padStart(7), fitted.toFixed(2).padStart(7)].join('  '),
    ),
    'the present table:',
    ...present.map(figuresInWords),
    `fitted again, on matches that were left out of the fit (${FOLDS} parts):`,
    ...validated.map(figuresInWords),
    '',
  ].join('\n');
}

const figuresInWords = ({ at, matches, right, rightOrArguable, ofRight }: Figures): string =>
  `  ${at.padEnd(6)} or above: ${matches} matches, right ${percent(right, matches)}, right or arguable ${percent(rightOrArguable, matches)}, recall of the right ones ${percent(right, ofRight)}`;

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

/** Throws for a line that is no judged match, with its number. */
export function judgedIn(text: string): readonly JudgedMatch[] {
  return text
    .split('\n')
    .map((line, at) => ({ line, number: at + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => {
      const judged = JSON.parse(line) as Partial<JudgedMatch>;
      const { verdict, features } = judged;
      if (verdict === undefined || !Object.hasOwn(LABELS, verdict) || features === undefined)
        throw new Error(`line ${number}: expected a verdict (${Object.keys(LABELS).join(', ')}) and features`);
      return { verdict, features };
    });
}

if (process.argv[1] === import.meta.filename) {
  const { values, positionals } = parseArgs({
    options: { seed: { type: 'string', default: '1' }, pull: { type: 'string', default: String(PULL) } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined) {
    console.error('npm run fit-strength -- JUDGED.jsonl [--seed N] [--pull N]');
    process.exitCode = 2;
  } else {
    const options = { seed: Number(values.seed), pull: Number(values.pull) };
    process.stdout.write(reportInWords(fitReport(judgedIn(readFileSync(file, 'utf8')), options)));
  }
}
