// Spans of tokens, and the law that only the smallest are kept.
import { compareTokens, shareToken, smallest, uniteTokens } from '../../../shared/matching/document/span.ts';

const span = (...tokens: readonly number[]) => ({ first: tokens[0]!, last: tokens.at(-1)!, tokens });
const kept = (...spans: readonly (readonly number[])[]): (readonly number[])[] =>
  smallest(spans.map((tokens) => span(...tokens))).map(({ tokens }) => tokens);

describe('of several spans', () => {
  it('those stay that contain no other, in their order', () => {
    expect(kept([5, 9], [1, 3], [2, 4])).toEqual([
      [1, 3],
      [2, 4],
      [5, 9],
    ]);
    expect(kept([1, 9], [2, 4])).toEqual([[2, 4]]);
    expect(kept([2, 4], [1, 9])).toEqual([[2, 4]]);
    expect(kept()).toEqual([]);
  });

  it('the shorter stays of two that begin or end together', () => {
    expect(kept([1, 4], [2, 4])).toEqual([[2, 4]]);
    expect(kept([1, 4], [1, 3])).toEqual([[1, 3]]);
  });

  it('with the same ends the one of the fewest words stays, then the one whose words come first', () => {
    expect(kept([1, 2, 5], [1, 5])).toEqual([[1, 5]]);
    expect(kept([1, 3, 5], [1, 2, 5])).toEqual([[1, 2, 5]]);
    expect(kept([1, 2, 5], [1, 3, 5])).toEqual([[1, 2, 5]]);
    expect(kept([1, 5], [1, 5])).toEqual([[1, 5]]);
  });
});

it('words are compared by their number, then one after the other', () => {
  expect(compareTokens([1, 9], [1, 2, 3])).toBeLessThan(0);
  expect(compareTokens([1, 2, 3], [1, 9])).toBeGreaterThan(0);
  expect(compareTokens([1, 2, 9], [1, 3, 4])).toBeLessThan(0);
  expect(compareTokens([1, 2], [1, 2])).toBe(0);
});

it('words are united in their order, each once', () => {
  expect(uniteTokens([[3, 5], [1, 3], [10]])).toEqual([1, 3, 5, 10]);
  expect(uniteTokens([[1, 2]])).toEqual([1, 2]);
  expect(uniteTokens([])).toEqual([]);
});

it('words are shared where one is in both', () => {
  expect(shareToken([1, 2], [2, 3])).toBe(true);
  expect(shareToken([1, 2], [3])).toBe(false);
  expect(shareToken([], [3])).toBe(false);
});
