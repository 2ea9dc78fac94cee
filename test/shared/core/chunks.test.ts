import { chunks } from '../../../shared/core/chunks.ts';

describe('chunks of a list', () => {
  it.each([
    ['an empty list has none', [], []],
    ['a short list is one', [1, 2], [[1, 2]]],
    ['a list of the size is one', [1, 2, 3], [[1, 2, 3]]],
    ['the last is shorter', [1, 2, 3, 4], [[1, 2, 3], [4]]],
    ['every element comes once, in order', [1, 2, 3, 4, 5, 6, 7], [[1, 2, 3], [4, 5, 6], [7]]],
  ])('%s', (_what, all, expected) => {
    expect(chunks(all, 3)).toEqual(expected);
  });
});
