// Which numbers are the same one, rounded by another outlet.
import { isKnownRounded, numberKey } from '../../../shared/stories/rounded-numbers.ts';

const isRounded = (value: number, known: number, shown = String(value)): boolean =>
  isKnownRounded(value, shown, (key) => key === numberKey(known));

describe('a number is the same as a known one, rounded', () => {
  it.each([
    [312, 300],
    [300, 312],
    [300, 286],
    [4_980, 5_000],
    [48_700, 50_000],
    [2_700_000_000, 3_000_000_000],
    [3_000_000_000, 2_700_000_000],
  ])('%d and %d', (value, known) => {
    expect(isRounded(value, known)).toBe(true);
  });

  it('1,960 and 2,000, which is no year as it is written', () => {
    expect(isRounded(1_960, 2_000, '1,960')).toBe(true);
    expect(isRounded(1_960, 2_000)).toBe(false);
  });

  it.each([
    [316, 300],
    [300, 318],
    [470, 312],
    [312, 313],
    [20, 21],
    [99, 100],
    [2026, 2000],
    [2_000_000, 3_000_000],
  ])('but not %d and %d', (value, known) => {
    expect(isRounded(value, known)).toBe(false);
  });
});
