// How strong a match is: a sum of weights that anyone can add up again.
import { type JudgedStrength, strengthOf } from '../../../../shared/matching/strength/strength.ts';
import { THRESHOLDS, valuesOf, WEIGHTS } from '../../../../shared/matching/strength/weights.ts';
import type { MatchFeatures } from '../../../../shared/model/strength.ts';
import { someFeatures } from '../../../support/builders.ts';

const strengthFrom = (change: Partial<MatchFeatures>): string => strengthOf(someFeatures(change)).strength;

const ONCE_DEEP_IN_A_REPORT: Partial<MatchFeatures> = { prominence: 'body', length: 'long', density: 0.3 };
const THROUGHOUT_A_REPORT: Partial<MatchFeatures> = { ...ONCE_DEEP_IN_A_REPORT, sentences: 6, rules: 3, density: 2 };

describe('a match is strong', () => {
  it('when a plain headline states it', () => {
    expect(strengthFrom({})).toBe('strong');
  });

  it('when the body of a long report deals with it in many sentences', () => {
    expect(strengthFrom(THROUGHOUT_A_REPORT)).toBe('strong');
  });
});

describe('a match is at least fair', () => {
  it('when the one sentence of an item states it, whatever words it takes', () => {
    expect(strengthFrom({ prominence: 'lead', density: 2 })).not.toBe('weak');
  });

  it('when the headline of a long report names it and nothing else does', () => {
    expect(strengthFrom({ length: 'long', density: 0.3 })).not.toBe('weak');
  });
});

describe('a match is weak', () => {
  it('when a long report mentions it once, deep in its body, even of a state and in words that fit every rule', () => {
    expect(strengthFrom({ ...ONCE_DEEP_IN_A_REPORT, namesPower: true, rules: 8 })).toBe('weak');
  });

  it.each<[string, Partial<MatchFeatures>]>([
    ['is background', { time: 'background' }],
    ['is history', { time: 'history' }],
    ['fits a neighbour better', { neighbourFitsBetter: true }],
  ])('when all of its evidence %s, however much there is', (_, change) => {
    const most = { sentences: 8, rules: 8, namesPower: true } as const;

    expect(strengthFrom({ ...most, ...change })).toBe('weak');
  });
});

describe('the score', () => {
  it('is the chance that the sum of its parts stands for, to a hundredth', () => {
    const { parts, score } = strengthOf(someFeatures({ sentences: 4, rules: 2, namesPower: true, length: 'long' }));
    const logOdds = parts.reduce((sum, { value, weight }) => sum + value * weight, 0);

    expect(score).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 2);
    expect(score * 100).toBeCloseTo(Math.round(score * 100), 6);
  });

  it('names each feature that adds something, and no other', () => {
    const named = (judged: JudgedStrength) => judged.parts.map(({ feature }) => feature);

    expect(named(strengthOf(someFeatures({ prominence: 'body', density: 0 })))).toEqual(['start']);
    expect(
      named(strengthOf(someFeatures({ sentences: 2, rules: 2, namesPower: true, length: 'long', time: 'background' }))),
    ).toEqual(['start', 'headline', 'sentences', 'rules', 'namesPower', 'density', 'long', 'background']);
  });

  it.each([
    ['fair', 'weak', THRESHOLDS.fair],
    ['strong', 'fair', THRESHOLDS.strong],
  ] as const)('makes a match %s from its threshold on, and %s below it', (above, below, threshold) => {
    const found: JudgedStrength[] = [];
    for (let sentences = 1; sentences <= 8; sentences++)
      for (const density of [0, 0.5, 1, 2, 3])
        for (const prominence of ['headline', 'lead', 'body'] as const)
          found.push(strengthOf(someFeatures({ prominence, sentences, density, length: 'long' })));

    const at = (strength: string) => found.filter((each) => each.strength === strength).map(({ score }) => score);
    expect(Math.min(...at(above))).toBeGreaterThanOrEqual(threshold);
    expect(Math.max(...at(below))).toBeLessThan(threshold);
  });

  it('grows with each sentence, each rule, an actor and the density, and falls with the length', () => {
    const middling = someFeatures({ prominence: 'body', sentences: 2, rules: 2, density: 1, length: 'medium' });
    const scoreWith = (change: Partial<MatchFeatures>) => strengthOf({ ...middling, ...change }).score;

    for (const change of [{ sentences: 3 }, { namesPower: true }, { density: 2 }])
      expect(scoreWith(change)).toBeGreaterThan(scoreWith({}));
    expect(scoreWith({ prominence: 'lead', rules: 3 })).toBeGreaterThan(scoreWith({ prominence: 'lead' }));
    expect(scoreWith({ length: 'long' })).toBeLessThan(scoreWith({}));
    expect(scoreWith({ length: 'brief' })).toBe(scoreWith({}));
    expect(scoreWith({ prominence: 'headline' })).toBeGreaterThan(scoreWith({ prominence: 'lead' }));
    expect(scoreWith({ prominence: 'lead' })).toBeGreaterThan(scoreWith({}));
  });
});

describe('rules in the body', () => {
  it('count no further than the sentences', () => {
    const rulesIn = (sentences: number, rules: number) =>
      valuesOf(someFeatures({ prominence: 'body', sentences, rules })).rules;

    expect([rulesIn(1, 8), rulesIn(2, 8), rulesIn(8, 2)]).toEqual([0, 1, 1]);
    expect(valuesOf(someFeatures({ prominence: 'lead', sentences: 1, rules: 8 })).rules).toBe(3);
  });
});

describe('the table of weights', () => {
  it('has a weight for each value of the features, and no other', () => {
    expect(Object.keys(WEIGHTS).sort()).toEqual(Object.keys(valuesOf(someFeatures())).sort());
  });

  it('counts doublings: two sentences are one more than one, eight are three more', () => {
    const sentences = (count: number) => valuesOf(someFeatures({ sentences: count })).sentences;
    const rules = (count: number) => valuesOf(someFeatures({ rules: count })).rules;

    expect([1, 2, 8].map(sentences)).toEqual([0, 1, 3]);
    expect([1, 2, 8].map(rules)).toEqual([0, 1, 3]);
    expect([0, 1, 3, 7].map((density) => valuesOf(someFeatures({ density })).density)).toEqual([0, 1, 2, 3]);
  });
});
