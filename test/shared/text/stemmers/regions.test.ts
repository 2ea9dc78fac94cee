import { cutLongest, formsOf, longestFirst, regionStart, wordSet } from '../../../../shared/text/stemmers/regions.ts';

it.each([
  ['beautiful', 0, 5],
  ['beautiful', 5, 7],
  ['beauty', 0, 5],
  ['beau', 0, 4],
  ['animadversion', 0, 2],
  ['animadversion', 2, 4],
  ['eucharist', 0, 3],
  ['eucharist', 3, 6],
  ['xyz', 0, 3],
  ['', 0, 0],
])('the region of %s from %i begins at %i', (word, from, start) => {
  expect(regionStart(word, 'aeiou', from)).toBe(start);
});

it.each([
  ['wording', ['ing', 'g'], 3, 'word'],
  ['wording', ['ing', 'g'], 4, 'word'],
  ['wording', ['ing', 'g'], 5, 'wordin'],
  ['wording', ['s'], 0, undefined],
  ['wording', ['word'], 0, undefined],
  ['ing', ['ing'], 0, ''],
  ['ing', ['ing'], 1, undefined],
])('%s loses the longest of %j from %i on', (word, suffixes, from, rest) => {
  expect(cutLongest(word, suffixes, from)).toBe(rest);
});

it('lists of words are parted by white space', () => {
  expect(longestFirst(' a abc\n ab ')).toEqual(['abc', 'ab', 'a']);
  expect([...wordSet(' a\n  b ')]).toEqual(['a', 'b']);
  expect([...formsOf(' men>man\n  is,are>be ')]).toEqual([
    ['men', 'man'],
    ['is', 'be'],
    ['are', 'be'],
  ]);
});
