// Logistic regression by plain gradient descent: for a few hundred rows and a handful of features.
import { chanceOf } from '../shared/matching/strength/strength.ts';

export interface LabelledRow {
  readonly values: readonly number[];
  /** From 0 to 1; a half where fair readers differ. */
  readonly label: number;
}

export interface FitOptions {
  /** Where the weights begin, and what they are pulled back to. */
  readonly from: readonly number[];
  /** How hard, as so many rows that speak for `from`. */
  readonly pull: number;
}

/** More change no digit that is shown. */
const STEPS = 4_000;
/** The steepest curve of the loss, with values as large as `valuesOf` makes them; a step is as long as it lets one go without going too far. */
const STEEPEST = 10;

/** The weights under which the labels are most likely. Without rows: `from`. */
export function fitWeights(rows: readonly LabelledRow[], { from, pull }: FitOptions): readonly number[] {
  if (rows.length === 0) return from;
  const stepSize = 1 / (STEEPEST + pull / rows.length);
  let weights = from;
  for (let step = 0; step < STEPS; step++) {
    const slope = from.map((start, at) => (pull * (weights[at]! - start)) / rows.length);
    for (const { values, label } of rows) {
      const miss = chanceOf(sumOf(values, weights)) - label;
      for (let at = 0; at < slope.length; at++) slope[at]! += (miss * values[at]!) / rows.length;
    }
    weights = weights.map((weight, at) => weight - stepSize * slope[at]!);
  }
  return weights;
}

export const sumOf = (values: readonly number[], weights: readonly number[]): number =>
  values.reduce((sum, value, at) => sum + value * weights[at]!, 0);
