// How messages show what a client sent.
import { quote, suggestion } from '../../../shared/api/quote.ts';

const x = (length: number): string => 'x'.repeat(length);

describe('a value that is quoted', () => {
  it.each<[unknown, string]>([
    ['plain', '"plain"'],
    ['', '""'],
    ['two\nlines "and" \\', '"two\\nlines \\"and\\" \\\\"'],
    [x(60), `"${x(60)}"`],
    [x(61), `"${x(60)}…" (61 characters)`],
    [`${x(59)}💥`, `"${x(59)}…" (61 characters)`],
    [`${x(58)}💥`, `"${x(58)}💥"`],
    [[], 'a list of 0'],
    [[1], 'a list of 1'],
    [[1, 2], 'a list of 2'],
    [{}, 'an object'],
    [null, 'null'],
    [7, '7'],
    [true, 'true'],
    [undefined, 'undefined'],
  ])('%j is shown as %s', (value, shown) => {
    expect(quote(value)).toBe(shown);
  });

  it.each([
    ['\u007e', '~'],
    ['\u007f', '\\u007f'],
    ['\u009f', '\\u009f'],
    ['\u00a0', '\u00a0'],
    ['\u00ad', '\\u00ad'],
    ['\u061c', '\\u061c'],
    ['\u200a', '\u200a'],
    ['\u200b', '\\u200b'],
    ['\u200f', '\\u200f'],
    ['\u2010', '\u2010'],
    ['\u2028', '\\u2028'],
    ['\u202e', '\\u202e'],
    ['\u202f', '\u202f'],
    ['\u2060', '\\u2060'],
    ['\u206f', '\\u206f'],
    ['\ufeff', '\\ufeff'],
  ])('has what cannot be seen written out: %j', (letter, shown) => {
    expect(quote(`a${letter}b${letter}`)).toBe(`"a${shown}b${shown}"`);
  });

  it('may come with what was meant', () => {
    expect(suggestion('matchs', ['matches', 'topics'])).toBe(' Did you mean "matches"?');
    expect(suggestion('feed', ['feeds', 'feed-url', 'topics'])).toBe(' Did you mean "feeds" or "feed-url"?');
    expect(suggestion('zzz', ['matches'])).toBe('');
  });
});
