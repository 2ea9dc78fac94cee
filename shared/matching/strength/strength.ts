// From the features of a match to its strength: a sum of weights that anyone can add up again.
import type { MatchFeatures, Strength } from '../../model/strength.ts';
import { THRESHOLDS, valuesOf, WEIGHTS, type WeightName } from './weights.ts';

/** What one feature adds to the sum: `value` times `weight`, in log-odds. */
export interface StrengthPart {
  readonly feature: WeightName;
  readonly value: number;
  readonly weight: number;
}

export interface JudgedStrength {
  readonly strength: Strength;
  /** From 0 to 1, to a hundredth: about the chance that a reader finds the match right. */
  readonly score: number;
  /** Features that add something, in the order of the table. */
  readonly parts: readonly StrengthPart[];
}

export function strengthOf(features: MatchFeatures): JudgedStrength {
  const values = valuesOf(features);
  const parts = (Object.keys(WEIGHTS) as WeightName[])
    .map((feature) => ({ feature, value: values[feature], weight: WEIGHTS[feature].weight }))
    .filter(({ value }) => value !== 0);
  const chance = chanceOf(parts.reduce((sum, { value, weight }) => sum + value * weight, 0));
  const score = Math.round(chance * 100) / 100;
  return { strength: strengthAt(score), score, parts };
}

/** The logistic function. */
export const chanceOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

const strengthAt = (score: number): Strength =>
  score >= THRESHOLDS.strong ? 'strong' : score >= THRESHOLDS.fair ? 'fair' : 'weak';
