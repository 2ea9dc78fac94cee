// The strength of a match as people are shown it by `topics explain`.
import { strengthInWords } from '../../../../shared/matching/strength/in-words.ts';
import { someFeatures } from '../../../support/builders.ts';

describe('a strength in words', () => {
  it('is the score between its thresholds, and the sum that it is made of', () => {
    const features = someFeatures({
      prominence: 'lead',
      sentences: 2,
      rules: 4,
      namesPower: true,
      density: 1,
      length: 'long',
    });

    expect(strengthInWords(features)).toEqual([
      'strength: strong, score 0.94 (fair from 0.5, strong from 0.8)',
      'start -0.5, in the lead +0.9, 2 sentences +0.8, 4 rules +1.8, a state, army or body is named +0.3, 1 in 100 words matched +0.3, a long text -0.9',
    ]);
  });

  it('names what makes a match weak, and leaves out what adds nothing', () => {
    const features = someFeatures({ prominence: 'body', density: 0, time: 'background', neighbourFitsBetter: true });

    expect(strengthInWords(features)).toEqual([
      'strength: weak, score 0.00 (fair from 0.5, strong from 0.8)',
      'start -0.5, background only -10.0, a neighbour fits better -10.0',
    ]);
    expect(strengthInWords(someFeatures({ time: 'history' }))[1]).toContain('history only -10.0');
    expect(strengthInWords(someFeatures())[1]).toContain('in the headline +1.5');
  });
});
