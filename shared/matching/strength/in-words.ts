// The strength of a match as a sum that a reader can add up again.
import { counted } from '../../core/counted.ts';
import type { MatchFeatures } from '../../model/strength.ts';
import { type StrengthPart, strengthOf } from './strength.ts';
import { THRESHOLDS, type WeightName } from './weights.ts';

/** Two lines: the strength with its score, and what each feature adds to it in log-odds. */
export function strengthInWords(features: MatchFeatures): readonly [string, string] {
  const { strength, score, parts } = strengthOf(features);
  return [
    `strength: ${strength}, score ${score.toFixed(2)} (fair from ${THRESHOLDS.fair}, strong from ${THRESHOLDS.strong})`,
    parts.map((part) => `${NAMES[part.feature](features)} ${signed(part)}`).join(', '),
  ];
}

const NAMES: Readonly<Record<WeightName, (features: MatchFeatures) => string>> = {
  start: () => 'start',
  headline: () => 'in the headline',
  lead: () => 'in the lead',
  sentences: ({ sentences }) => counted(sentences, 'sentence'),
  rules: ({ rules }) => counted(rules, 'rule'),
  namesPower: () => 'a state, army or body is named',
  density: ({ density }) => `${density} in 100 words matched`,
  long: () => 'a long text',
  background: () => 'background only',
  history: () => 'history only',
  neighbour: () => 'a neighbour fits better',
};

const signed = ({ value, weight }: StrengthPart): string => {
  const added = value * weight;
  return `${added < 0 ? '-' : '+'}${Math.abs(added).toFixed(1)}`;
};
