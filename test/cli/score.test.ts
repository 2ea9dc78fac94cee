// The arithmetic of `topics test`: what counts as the right passage, and how sure a share is.
import { intervalOf, isPassageRight, ratesOf } from '../../cli/topics/score.ts';

const LABELLED = 'The governor closed the northern harbour on Monday because of the storm.';

describe('a passage is right', () => {
  it.each([
    ['the labelled sentence itself', [LABELLED], true],
    ['a part of it', ['closed the northern harbour'], true],
    ['a longer passage around it', [`${LABELLED} Ships waited outside, and their crews played cards.`], true],
    ['one of several passages that is', ['Cats sleep.', LABELLED], true],
    ['another sentence', ['Ships waited outside, and their crews played cards.'], false],
    ['one that shares function words only', ['The mayor of the town is on the phone with the press.'], false],
    ['no passage', [], false],
    [
      'an article around it',
      [`${LABELLED} ${Array.from({ length: 70 }, (_, index) => `word${index}`).join(' ')}`],
      false,
    ],
  ])('%s', (_, shown, isRight) => {
    expect(isPassageRight(shown, [LABELLED])).toBe(isRight);
  });

  it('compares Chinese by pairs of characters, since it has no spaces', () => {
    expect(isPassageRight(['政府周一宣布关闭北部港口'], ['关闭北部港口'])).toBe(true);
    expect(isPassageRight(['政府周一宣布开放南部机场'], ['关闭北部港口'])).toBe(false);
  });
});

describe('shares', () => {
  it('are null where there was nothing to divide by', () => {
    expect(ratesOf({ right: 0, wrong: 0, missed: 0, rejected: 9, borderline: 0, passage: 0, best: 0 })).toEqual({
      precision: null,
      recall: null,
      f1: 0,
      passage: null,
      best: null,
    });
  });

  it('have intervals that narrow with the number of cases and stay between 0 and 1', () => {
    expect(intervalOf(0, 0)).toBeNull();
    const [few, many] = [intervalOf(8, 10)!, intervalOf(800, 1000)!];
    expect(few.map((bound) => bound.toFixed(3))).toEqual(['0.490', '0.943']);
    expect(many.map((bound) => bound.toFixed(3))).toEqual(['0.774', '0.824']);
    expect(intervalOf(10, 10)![1]).toBe(1);
    expect(intervalOf(0, 10)![0]).toBe(0);
  });
});
