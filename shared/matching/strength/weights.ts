// What each feature of a match counts, in log-odds: the sum is turned into the chance that a reader finds the match right.
// Decision: docs/adr/0024-strength.md. `npm run fit-strength` prints this table from judged matches.
import type { MatchFeatures } from '../../model/strength.ts';

/** In the order in which people are shown them. */
export type WeightName = keyof typeof WEIGHTS;

/**
 * `judged`: by judgement, so that what the decision promises holds: a plain headline is strong, a mention deep in a long report is weak. `fitted`: as a fit
 * to 375 judged matches of a news stream had them, rounded. `rule`: so large that nothing outweighs it.
 */
export const WEIGHTS = {
  /** Of a match in the body of a text that is not long, with one sentence, one rule, nobody named and no density. */
  start: { weight: -0.5, origin: 'judged' },
  headline: { weight: 1.5, origin: 'judged' },
  lead: { weight: 0.9, origin: 'judged' },
  /** For each doubling, as are those of `rules` and of 1 + `density`. */
  sentences: { weight: 0.8, origin: 'fitted' },
  rules: { weight: 0.9, origin: 'fitted' },
  namesPower: { weight: 0.3, origin: 'fitted' },
  density: { weight: 0.3, origin: 'judged' },
  long: { weight: -0.9, origin: 'judged' },
  background: { weight: -10, origin: 'rule' },
  history: { weight: -10, origin: 'rule' },
  neighbour: { weight: -10, origin: 'rule' },
} as const satisfies Readonly<
  Record<string, { readonly weight: number; readonly origin: 'judged' | 'fitted' | 'rule' }>
>;

/** A match is at least this strong from this score on; below the first it is weak. */
export const THRESHOLDS = { fair: 0.5, strong: 0.8 } as const;

/** The features as numbers, which the weights multiply. */
export const valuesOf = (features: MatchFeatures): Readonly<Record<WeightName, number>> => ({
  start: 1,
  headline: is(features.prominence === 'headline'),
  lead: is(features.prominence === 'lead'),
  sentences: Math.log2(Math.max(1, features.sentences)),
  rules: Math.log2(Math.max(1, rulesThatCount(features))),
  namesPower: is(features.namesPower),
  density: Math.log2(1 + features.density),
  long: is(features.length === 'long'),
  background: is(features.time === 'background'),
  history: is(features.time === 'history'),
  neighbour: is(features.neighbourFitsBetter),
});

/** In the body no more than sentences: a mention in passing says no more for the several rules that it happens to fit. */
const rulesThatCount = ({ prominence, rules, sentences }: MatchFeatures): number =>
  prominence === 'body' ? Math.min(rules, sentences) : rules;

const is = (holds: boolean): number => (holds ? 1 : 0);
