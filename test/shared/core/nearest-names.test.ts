// Which known name was meant by a slip of the hand.
import { nearest, nearestNames } from '../../../shared/core/nearest-names.ts';

describe('the nearest name', () => {
  it.each([
    ['a letter more', 'feeeds', 'feeds'],
    ['a letter less', 'feds', 'feeds'],
    ['another letter', 'feads', 'feeds'],
    ['two neighbours swapped', 'feesd', 'feeds'],
    ['the first two swapped', 'efeds', 'feeds'],
    ['other capitals', 'FEEDS', 'feeds'],
    ['capitals of the name itself', 'url', 'URL'],
  ])('is one slip away: %s (%s)', (_slip, written, name) => {
    expect(nearest(written, ['topics', name, 'alerts'])).toBe(name);
  });

  it.each([
    ['one slip in a word of one letter', 'a', 'b', true],
    ['one slip in five letters', 'abcde', 'abcdx', true],
    ['two slips in five letters', 'abcde', 'abcxy', false],
    ['two slips in six letters', 'abcdef', 'abcdxy', true],
    ['three slips in six letters', 'abcdef', 'abcxyz', false],
    ['three slips in nine letters', 'abcdefghi', 'abcdefxyz', true],
    ['two pairs swapped in four letters', 'badc', 'abcd', false],
    ['letters swapped that are no neighbours', 'cba', 'abc', false],
    ['half a swap at the right', 'xb', 'bc', false],
    ['half a swap at the left', 'bx', 'cb', false],
    ['two letters more behind two', 'ab', 'abcd', false],
    ['two letters more before two', 'cd', 'abcd', false],
  ])('is a third of the letters away at most, and one at least: %s', (_slips, written, name, isNear) => {
    expect(nearest(written, [name])).toBe(isNear ? name : undefined);
  });

  it('is the first of those that are as near', () => {
    expect(nearest('cat', ['dog', 'car', 'cap'])).toBe('car');
  });

  it('is nearer than one that comes before it', () => {
    expect(nearest('abcdef', ['abcdxy', 'abcdey', 'abcdxz'])).toBe('abcdey');
  });

  it('is none of none', () => {
    expect(nearest('feeds', [])).toBeUndefined();
  });
});

describe('the names that may have been meant', () => {
  const known = ['email', 'sns-email', 'Email-digest', 'web', 'mail-log', 'webmail'];

  it.each([
    [
      'the nearest one and those that hold what was typed, three at most',
      'mail',
      ['email', 'sns-email', 'Email-digest'],
    ],
    ['each once', 'email', ['email', 'sns-email', 'Email-digest']],
    ['spaces and capitals apart', '  EMAIL-DI ', ['Email-digest']],
    ['by two letters only the nearest', 'we', ['web']],
    ['by three letters those that hold them', 'web', ['web', 'webmail']],
    ['none', 'telegraph', []],
  ])('are %s', (_what, typed, names) => {
    expect(nearestNames(typed, known)).toEqual(names);
  });

  it('are not looked for by a text that is longer than any name', () => {
    const name = 'x'.repeat(64);

    expect(nearestNames(name, [name])).toEqual([name]);
    expect(nearestNames(`${name}x`, [`${name}x`])).toEqual([]);
  });
});
